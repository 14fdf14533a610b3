"""Peer: a whole December, put together from the other peers, in one process.

december.py FOLDER INBOX COMPARISONS TAB...

FOLDER holds what was prepared (see dump.py): *.dump of every workbook xhht wrote, *.content.json of every PDF, and
result.json. Reads and compares (read_check.py), writes every workbook with XlsxWriter (formulas as given, see
workbook_xlsxwriter.py) and every PDF with ReportLab, and the result as JSON, into FOLDER/out.

Prints {"cpu": S, "parts": {...}}: processor seconds of this process, start and imports included, loading what was
prepared taken off.
"""

import gc
import json
import pathlib
import sys
import time

import read_check
import workbook_xlsxwriter
from dump import load

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import pdf  # noqa: E402  benches/pdf.py


def main():
    folder, inbox, each, *tabs = sys.argv[1:]
    folder = pathlib.Path(folder)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    start = time.process_time()
    dumps = {path: load(path) for path in sorted(folder.glob("*.dump"))}
    contents = sorted(folder.glob("*.content.json"))  # read where they are set: some milliseconds
    result = json.loads((folder / "result.json").read_text("utf-8"))
    gc.freeze()  # what was loaded is not looked through again by the collector while the peer works
    end = time.process_time()
    loading, parts = end - start, {"start": start}

    def part(name):
        nonlocal end
        end, begun = time.process_time(), end
        parts[name] = parts.get(name, 0.0) + end - begun

    workbook_xlsxwriter.formulas_as_given()
    read_check.check(inbox, int(each), tabs)
    part("read and check")
    for path, dump in dumps.items():
        workbook_xlsxwriter.write(dump, str(out / f"{path.stem}.xlsx"))
        part("provincial workbook" if path.stem.startswith("tong-hop") else "return copies")
    for path in contents:
        pdf.reportlab(path, str(out / path.name.replace(".content.json", ".pdf")))
        part("PDF")
    (out / "result.json").write_text(json.dumps(result, ensure_ascii=False, indent=2), "utf-8")
    part("JSON")
    print(json.dumps({"cpu": time.process_time() - loading, "parts": parts}))


if __name__ == "__main__":
    main()
