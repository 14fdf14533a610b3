#!/usr/bin/env python3
"""Fills templates the way another program would: by the sheet _xhht alone.

    fill.py TEMPLATE VALUES OUTPUT [TEMPLATE VALUES OUTPUT]...

VALUES is a JSON object of field id to value: a number, a text, or for a date cell "2024-12-05". Texts are written as
texts also when they start with "=". {"formula": "=1/0"} writes a formula, {"date": "2024-12-05"} a day into any cell, and
in a date cell a text that is no such day is written as a text; {"percent": 1} writes a number shown as 100%. A field that the template does not name is a failure.
"""

import datetime
import gc

import openpyxl
from batches import each

HEADER = ("field", "sheet", "cell", "kind", "label")


def table(book):
    """Field id to (sheet, cell, kind)."""
    rows = list(book["_xhht"].iter_rows(max_col=len(HEADER), values_only=True))
    start = rows.index(HEADER) + 1
    return {row[0]: row[1:4] for row in rows[start:] if row[0]}


def day(value, kind):
    """The day that a value means, if it means one."""
    if isinstance(value, dict) and "date" in value:
        return datetime.date.fromisoformat(value["date"])
    if kind != "date" or not isinstance(value, str):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def fill(template, values, output):
    gc.collect()
    book = openpyxl.load_workbook(template)
    places = table(book)
    for field, value in values.items():
        sheet, address, kind = places[field]
        cell = book[sheet][address]
        if isinstance(value, dict) and "formula" in value:
            cell.value = value["formula"]
        elif isinstance(value, dict) and "percent" in value:
            cell.value = value["percent"]
            cell.number_format = "0%"
        elif day(value, kind) is not None:
            cell.value = day(value, kind)
            cell.number_format = "dd/mm/yyyy"
        elif isinstance(value, str):
            cell.value = value
            cell.data_type = "s"
        else:
            cell.value = value
    book.save(output)


# Looking for circles while a book is read takes a fifth of the time; a book is let go of before the next.
gc.disable()
each(__doc__, fill)
