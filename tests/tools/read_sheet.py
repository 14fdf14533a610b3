#!/usr/bin/env python3
"""Prints the stored values of a worksheet as JSON, a list of rows: read_sheet.py FILE SHEET."""

import json
import sys

import openpyxl


def main(path, sheet):
    book = openpyxl.load_workbook(path, data_only=True)
    rows = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    json.dump(rows, sys.stdout, ensure_ascii=False, default=str)


main(*sys.argv[1:])
