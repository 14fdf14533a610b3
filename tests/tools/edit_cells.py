#!/usr/bin/env python3
"""Types over cells of a workbook, as somebody at a desk does.

    edit_cells.py BOOK EDITS OUTPUT [BOOK EDITS OUTPUT]...

EDITS is a JSON list of [sheet, address, value]; null empties the cell. Nothing is worked out anew.
"""

import openpyxl
from batches import each


def edit(book, edits, output):
    book = openpyxl.load_workbook(book)
    for sheet, address, value in edits:
        book[sheet][address].value = value
    book.save(output)


if __name__ == "__main__":
    each(__doc__, edit)
