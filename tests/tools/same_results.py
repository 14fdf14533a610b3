#!/usr/bin/env python3
"""Compares the results written beside formulas with those of a copy that another program has worked out anew.

    same_results.py FILE.xlsx RECALCULATED.xlsx

Prints "N formulas, M differ" and each difference. Exit code 1 when a result differs, a formula gives an error or the
file has no formula.
"""

import pathlib
import sys
import warnings

import openpyxl

TOLERANCE = 1e-9

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


def compare(source: pathlib.Path, recalculated: pathlib.Path) -> bool:
    formulas = load(source, data_only=False)
    written = load(source, data_only=True)
    computed = load(recalculated, data_only=True)
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


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(0 if compare(*map(pathlib.Path, sys.argv[1:])) else 1)
