#!/usr/bin/env python3
"""Writes one small template: make_samples.py FOLDER.

Writes FOLDER/openpyxl.xlsx and openpyxl-1904.xlsx, the same with the other first day of dates; formulas have no values.
"""

import datetime
import pathlib
import sys

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName


def template(path, mac_epoch=False):
    book = openpyxl.Workbook()
    if mac_epoch:
        book.epoch = CALENDAR_MAC_1904
    form = book.active
    form.title = "Phụ lục 1.a"
    form["A1"] = "Biểu số 1: người học"
    form["D7"] = 1234
    form["D8"] = "1.234"
    form["D9"] = 0.8512
    form["D9"].number_format = "0.00%"
    form["D10"] = datetime.date(2024, 12, 5)
    form["D10"].number_format = "dd/mm/yyyy"
    form["D11"] = True
    form["D12"] = "=D7*2"
    form["D13"] = "=1/0"
    form["D14"] = "=\"x\"&\"y\""
    form["D15"] = "=IF(D7>0,\"\",1)"
    form["D16"] = "85%"
    form["D17"] = 12.5
    form["F300"] = "xa bên dưới"
    book.create_sheet("Hướng dẫn")["A1"] = "không phải biểu"
    identity = book.create_sheet("_xhht")
    for row in [
        ("xhht_plan", "long-an-2021-2030"),
        ("xhht_plan_version", "1.0"),
        ("xhht_year", 2024),
        ("xhht_unit", "794"),
        ("field", "sheet", "cell", "kind", "label"),
        ("nltt.tong", form.title, "D7", "count", "Tổng số"),
        ("nltt.dat", form.title, "D8", "count", "Số đạt"),
    ]:
        identity.append(row)
    identity.sheet_state = "veryHidden"
    for name, cell in [("xhht_nltt__tong", "$D$7"), ("xhht_nltt__dat", "$D$8")]:
        book.defined_names[name] = DefinedName(name, attr_text=f"'{form.title}'!{cell}")
    book.defined_names["xhht_mat__cho"] = DefinedName("xhht_mat__cho", attr_text="#REF!")
    book.save(path)


def main():
    folder = pathlib.Path(sys.argv[1])
    template(folder / "openpyxl.xlsx")
    template(folder / "openpyxl-1904.xlsx", mac_epoch=True)


main()
