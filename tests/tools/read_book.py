#!/usr/bin/env python3
"""Prints the stored values of a workbook as JSON, by sheet and cell; a date as its serial number: read_book.py FILE."""

import datetime
import json
import sys

import openpyxl
from openpyxl.utils.datetime import to_excel


def plain(value):
    if isinstance(value, (datetime.date, datetime.datetime)):
        return to_excel(value)
    # Of texts that stand in their cells the library leaves an escaped “_x…_” as it is.
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def empty(cell):
    # The library gives an empty cell with a link the link's target for a value.
    link = cell.hyperlink
    targets = (link.location, link.target) if link else ()
    return cell.value in (None, "", *targets)


def main(path):
    book = openpyxl.load_workbook(path, data_only=True)
    sheets = {}
    for sheet in book.worksheets:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        sheets[sheet.title] = {c.coordinate: plain(c.value) for c in cells if not empty(c)}
    json.dump(sheets, sys.stdout, ensure_ascii=False)


main(*sys.argv[1:])
