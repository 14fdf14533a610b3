"""Peer: python-calamine reads the form's sheets, numbers are added by place, XlsxWriter writes.

calamine_xlsxwriter.py DIR OUT.xlsx TAB...
"""

import pathlib
import sys

import xlsxwriter
from python_calamine import CalamineWorkbook

folder, out, *tabs = sys.argv[1:]
files = sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".xlsx", ".xls"))
workbook = xlsxwriter.Workbook(out, {"constant_memory": True})
sheet = workbook.add_worksheet()
columns, sums, row, failed = {}, [], 0, 0
for path in files:
    try:
        book = CalamineWorkbook.from_path(path)
    except Exception:
        failed += 1
        continue
    sheet.write_string(row, 0, path.name)
    values = {}
    for tab in set(book.sheet_names) & set(tabs):
        for r, cells in enumerate(book.get_sheet_by_name(tab).to_python(skip_empty_area=False)):
            for c, value in enumerate(cells):
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    column = columns.setdefault((tab, r, c), len(columns))
                    if column == len(sums):
                        sums.append(0.0)
                    sums[column] += value
                    values[column] = value
    for column in sorted(values):
        if column < 16_000:
            sheet.write_number(row, column + 1, values[column])
    row += 1
for column, total in enumerate(sums[:16_000]):
    sheet.write_number(row, column + 1, total)
workbook.close()
print(f"{row} files read, {failed} not, {len(sums)} places")
