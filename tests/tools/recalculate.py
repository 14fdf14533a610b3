#!/usr/bin/env python3
"""Lets LibreOffice recalculate workbooks and compares the results with those written beside the formulas.

    recalculate.py FILE.xlsx...

Prints "N formulas, M differ" for each file, and each difference. Exit code 1 when a result differs, a formula gives
an error or a file has no formula; 2 when a tool is missing. Needs soffice on PATH and the Python package openpyxl.
"""

import pathlib
import subprocess
import sys
import tempfile
import warnings

try:
    import openpyxl
except ImportError:
    sys.exit("recalculate.py: the Python package openpyxl is missing")

TOLERANCE = 1e-9

# LibreOffice trusts stored results of files it has not written itself unless told to recalculate always (0).
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""


def recalculated(source: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """A copy of the workbook saved by LibreOffice after a full recalculation."""
    user = folder / "profile" / "user"
    if not user.exists():
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    out = pathlib.Path(tempfile.mkdtemp(dir=folder))
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        str(source),
    ]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    except FileNotFoundError:
        print("recalculate.py: soffice is not on PATH", file=sys.stderr)
        sys.exit(2)
    results = list(out.glob("*.xlsx"))
    if not results:
        print(f"recalculate.py: soffice made nothing of {source}: {run.stderr.strip()}", file=sys.stderr)
        sys.exit(1)
    return results[0]


def load(path: pathlib.Path, data_only: bool):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=data_only)


def same(written, computed) -> bool:
    """Equal as a reader would see it; an empty text is stored as nothing by some programs."""
    written = "" if written is None else written
    computed = "" if computed is None else computed
    numbers = (int, float)
    if isinstance(written, bool) or isinstance(computed, bool):
        return written is computed
    if isinstance(written, numbers) and isinstance(computed, numbers):
        return abs(written - computed) <= TOLERANCE * max(1.0, abs(written), abs(computed))
    return type(written) is type(computed) and written == computed


def compare(source: pathlib.Path, folder: pathlib.Path) -> bool:
    formulas = load(source, data_only=False)
    written = load(source, data_only=True)
    computed = load(recalculated(source, folder), data_only=True)
    count = 0
    differences = []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                before = written[sheet.title][cell.coordinate].value
                after = computed[sheet.title][cell.coordinate]
                if after.data_type == "e" or not same(before, after.value):
                    place = f"{sheet.title}!{cell.coordinate}"
                    differences.append(f"{place}: written {before!r}, recalculated {after.value!r}, {cell.value}")
    print(f"{source.name}: {count} formulas, {len(differences)} differ")
    for difference in differences:
        print(f"  {difference}")
    return count > 0 and not differences


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="recalculate-") as folder:
        good = [compare(pathlib.Path(name).resolve(), pathlib.Path(folder)) for name in arguments]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
