"""Peer: pandas reads the form's sheets through openpyxl, numbers are added by place, pandas writes through openpyxl.

pandas_openpyxl.py DIR OUT.xlsx TAB...
"""

import pathlib
import sys
import warnings

import pandas

warnings.simplefilter("ignore")
folder, out, *tabs = sys.argv[1:]
files = sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".xlsx", ".xls"))
rows, failed = {}, 0
for path in files:
    try:
        with path.open("rb") as stream, pandas.ExcelFile(stream, engine="openpyxl") as book:
            sheets = book.parse(sheet_name=[t for t in tabs if t in book.sheet_names], header=None)
    except Exception:
        failed += 1
        continue
    row = {}
    for tab, frame in sheets.items():
        numbers = frame.apply(pandas.to_numeric, errors="coerce").stack()
        row.update({(tab, r, c): value for (r, c), value in numbers.items()})
    rows[str(path.relative_to(folder))] = row
table = pandas.DataFrame.from_dict(rows, orient="index")
table.loc["Tổng"] = table.sum()
table.columns = [f"{tab}!{r},{c}" for tab, r, c in table.columns]
table.iloc[:, :16_000].to_excel(out, engine="openpyxl")
print(f"{len(rows)} files read, {failed} not, {len(table.columns)} places")
