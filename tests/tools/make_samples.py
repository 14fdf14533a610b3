#!/usr/bin/env python3
"""Writes one small template and re-saves it with other programs: make_samples.py FOLDER.

Writes FOLDER/openpyxl.xlsx and openpyxl-1904.xlsx (formulas without values), then with LibreOffice lo.xlsx, lo.xls,
lo.ods, lo-1904.xls, lo-1904.ods, and with gnumeric, where it is installed, gnumeric.xlsx, gnumeric.xls, gnumeric.ods.
Prints the names of the files written, one a line.
"""

import datetime
import pathlib
import shutil
import subprocess
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


def libreoffice(folder, source, kind, target):
    out = folder / f"out-{target}"
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", out, source]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (out / source.with_suffix(f".{kind}").name).rename(folder / target)
    return target


def gnumeric(folder, source, kind, target):
    exporter = {"xlsx": "Gnumeric_Excel:xlsx", "xls": "Gnumeric_Excel:excel_biff8", "ods": "Gnumeric_OpenCalc:odf"}[kind]
    command = ["ssconvert", "--recalc", "-T", exporter, source, folder / target]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return target


def main():
    folder = pathlib.Path(sys.argv[1])
    plain, mac = folder / "openpyxl.xlsx", folder / "openpyxl-1904.xlsx"
    template(plain)
    template(mac, mac_epoch=True)
    written = [plain.name, mac.name]
    for kind in ["xlsx", "xls", "ods"]:
        written.append(libreoffice(folder, plain, kind, f"lo.{kind}"))
    for kind in ["xls", "ods"]:
        written.append(libreoffice(folder, mac, kind, f"lo-1904.{kind}"))
    if shutil.which("ssconvert"):
        for kind in ["xlsx", "xls", "ods"]:
            written.append(gnumeric(folder, plain, kind, f"gnumeric.{kind}"))
    print("\n".join(written))


main()
