"""What run.py and same_work.py share: where things are, how a command is measured, made-up provinces."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
DATA = TARGET / "bench-data"
TOOLS = TARGET / "bench-tools"
YEAR = "2026"
AS_OF = "2026-12-16"


def cargo(*arguments):
    subprocess.run(["cargo", *arguments], cwd=ROOT, check=True)


def run(command, own=False):
    """Processor seconds, wall seconds and peak memory in MB; with `own`, the processor seconds and parts that the peer
    prints of itself, which leave out loading what was prepared for it."""
    start = time.monotonic()
    out = subprocess.PIPE if own else subprocess.DEVNULL
    process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=subprocess.PIPE)
    said = process.stderr.read().decode(errors="replace")
    printed = json.loads(process.stdout.read() or "{}") if own else {}
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    # The program ends with 1 where senders made mistakes; from a peer that would be a failure.
    if code != 0 and not (code == 1 and "xhht" in pathlib.Path(command[0]).name):
        sys.exit(f"{command} ended with {code}: {said}")
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.monotonic() - start,
        "memory": usage.ru_maxrss / 1024,
        **printed,
    }


def province(units):
    folder = DATA / f"{YEAR}-{units}"
    if not (folder / "ket-qua-dung.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        fill = TARGET / "release" / "examples" / "fill"
        subprocess.run(
            [fill, "--year", YEAR, "--units", str(units), "--seed", "1", "--mess", "20", "--out", folder], check=True
        )
    return folder
