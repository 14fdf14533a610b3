"""Peer: python-calamine reads every cell of the form's sheets, and of the hidden one that says whose form it is, of every
workbook, and as many comparisons are made as `xhht check` judges rules.

read_check.py DIR COMPARISONS TAB...
read_check.py --comparisons DIR RULES.toml

COMPARISONS is how many are made a file. The second form, a preparation that is not timed, prints it: the places at which
rules stand in the fullest form of DIR (each workbook lists them on its hidden sheet), and one for each [[rule]] of the
plan, for those that compare with other units and years.
"""

import pathlib
import sys

from python_calamine import CalamineWorkbook

IDENTITY = "_xhht"
HIDDEN = "_kiem_tra"  # a row a place; the first column holds the number of its rule


def workbooks(folder):
    """Each workbook, opened; None for one that cannot be. What a file is, its content says, not its name."""
    for path in sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".xlsx", ".xls", ".ods")):
        try:
            with path.open("rb") as stream:
                yield CalamineWorkbook.from_filelike(stream)
        except Exception:
            yield None


def comparisons(folder, rules):
    places = 0
    for book in workbooks(folder):
        if book is not None and HIDDEN in book.sheet_names:
            rows = book.get_sheet_by_name(HIDDEN).to_python()
            places = max(places, sum(1 for row in rows[1:] if row and row[0] != ""))
    return places + sum(line.strip() == "[[rule]]" for line in pathlib.Path(rules).read_text("utf-8").splitlines())


def check(folder, each, tabs):
    tabs, files, failed, cells, made, broken = {IDENTITY, *tabs}, 0, 0, 0, 0, 0
    for book in workbooks(folder):
        if book is None:
            failed += 1
            continue
        files, numbers = files + 1, []
        for tab in book.sheet_names:
            if tab in tabs:
                for row in book.get_sheet_by_name(tab).to_python(skip_empty_area=False):
                    for value in row:
                        if value != "":
                            cells += 1
                            if isinstance(value, (int, float)) and not isinstance(value, bool):
                                numbers.append(value)
        count = len(numbers)
        if count:
            made += each
            for at in range(each):
                broken += not numbers[at % count] <= numbers[(at + 1) % count]
    if not made:
        sys.exit(f"no figure in any of the sheets {sorted(tabs)} of the workbooks in {folder}")
    return f"{files} files read, {failed} not, {cells} cells, {made} comparisons, {broken} false"


if __name__ == "__main__":
    if sys.argv[1] == "--comparisons":
        print(comparisons(*sys.argv[2:]))
    else:
        print(check(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
