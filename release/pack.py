#!/usr/bin/env python3
"""Packs the files of a folder so that the same files give the same bytes: in the order of their names, with the time of
SOURCE_DATE_EPOCH, readable by all, executable where they are programs, and nobody's.

    release/pack.py DIR ARCHIVE      (.zip or .tar.gz)
"""

import gzip
import os
import pathlib
import sys
import tarfile
import time
import zipfile


def mode(path):
    # What a checkout's umask made of the others is not to be seen.
    return 0o755 if os.access(path, os.X_OK) else 0o644


def zipped(files, archive, epoch):
    # Zips count from 1980, in steps of two seconds.
    when = max(time.gmtime(epoch)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(archive, "w") as out:
        for name, path in files:
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode(path)) << 16
            out.writestr(entry, path.read_bytes(), compresslevel=9)


def tarred(files, archive, epoch):
    with (
        open(archive, "wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as out,
    ):
        for name, path in files:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = path.stat().st_size, mode(path), epoch
            with path.open("rb") as content:
                out.addfile(entry, content)


def main(folder, archive):
    root = pathlib.Path(folder)
    paths = (path for path in root.rglob("*") if path.is_file())
    files = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    pack = zipped if archive.endswith(".zip") else tarred
    pack(files, archive, int(os.environ["SOURCE_DATE_EPOCH"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
