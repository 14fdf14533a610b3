#!/usr/bin/env python3
"""Types over cells of a workbook, as somebody at a desk does.

    edit_cells.py BOOK EDITS OUTPUT [BOOK EDITS OUTPUT]...

EDITS is a JSON list of [sheet, address, value]; null empties the cell. Nothing is worked out anew.
"""

import json
import sys

import openpyxl


def edit(book, edits, output):
    book = openpyxl.load_workbook(book)
    for sheet, address, value in edits:
        book[sheet][address].value = value
    book.save(output)


def main(arguments):
    if not arguments or len(arguments) % 3:
        sys.exit(__doc__)
    for book, edits, output in zip(*[iter(arguments)] * 3):
        with open(edits, encoding="utf-8") as file:
            edit(book, json.load(file), output)


if __name__ == "__main__":
    main(sys.argv[1:])
