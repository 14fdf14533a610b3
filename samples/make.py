#!/usr/bin/env python3
"""Makes the sample December: invented reports, filled and saved by other programs than ours.

    python samples/make.py --xhht target/debug/xhht           writes samples/2024 and samples/2023, then checks them
    python samples/make.py --xhht target/debug/xhht --check   only compares the program's findings with MISTAKES

Run by hand; the results are committed. Needs openpyxl, and soffice on PATH. Templates come from the program; cells are
found by the table on their hidden sheet alone, so that nothing here knows how the program lays a form out.
"""

import argparse
import collections
import datetime
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
import warnings
import zipfile

import openpyxl
from openpyxl.styles import Font
from openpyxl.writer.excel import ExcelWriter

from figures import SIZE, District, department

HERE = pathlib.Path(__file__).resolve().parent
NARRATIVE = tomllib.loads((HERE / "narrative.toml").read_text(encoding="utf-8"))
# openpyxl warns of parts of the template that it drops; what senders' programs drop is what the samples are for.
warnings.filterwarnings("ignore", module="openpyxl")

# unit: day of the report, format, file name; "openpyxl" is xlsx as openpyxl writes it, the others LibreOffice saved.
# A file name of None is that of the template.
SENT = {
    "794": ("2024-12-04", "openpyxl", "794 - TP Tân An (gửi lại).xlsx"),
    "795": ("2024-12-11", "xls", "gui-muon/795-Thị xã Kiến Tường.xls"),
    "796": ("2024-12-02", "ods", "796-Huyện Tân Hưng.ods"),
    "797": ("2024-12-06", "xls", "797-Huyện Vĩnh Hưng.xls"),
    "798": ("2024-12-09", "ods", "Moc Hoa - bao cao XHHT.ods"),
    "799": ("2024-12-02", "openpyxl", None),
    "800": ("2024-12-05", "openpyxl", None),
    "802": ("2024-12-06", "xlsx", None),
    "803": ("2024-11-29", "xlsx", None),
    "804": ("2024-12-03", "openpyxl", None),
    "805": ("2024-12-09", "openpyxl", "805-Huyện Tân Trụ (1).xlsx"),
    "806": ("2024-11-28", "xls", "bao cao XHHT Can Duoc 2024.xls"),
    "807": ("2024-12-05", "xlsx", None),
    "808": ("2024-12-04", "xlsx", None),
    "SGDDT": ("2024-12-06", "xlsx", None),
    "SLDTBXH": ("2024-12-05", "xlsx", None),
    "SVHTTDL": ("2024-12-03", "xlsx", None),
    "STC": ("2024-12-02", "openpyxl", None),
    "BDBP": ("2024-12-06", "openpyxl", None),
    "CAT": ("2024-12-04", "xls", "CAT-Công an tỉnh.xls"),
    "LDLD": ("2024-12-13", "xlsx", "LDLD-Liên đoàn Lao động tỉnh.xlsx"),
    "MTTQ": ("2024-12-09", "ods", "UBMTTQ tinh bao cao.ods"),
    "HKH": ("2024-11-25", "openpyxl", None),
    "TD": ("2024-12-09", "ods", "TD-Tỉnh Đoàn.ods"),
    "HLHPN": ("2024-12-05", "openpyxl", None),
    "HCCB": ("2024-12-06", "openpyxl", None),
    "BLA": ("2024-12-03", "openpyxl", None),
    "DPTTH": ("2024-12-06", "xlsx", None),
}

# What senders did to single cells: unit, field, what stands there (None empties it), the finding expected (None: none).
# Estimates chosen in the status column, text taken apart (NFD) and dates in words are fine and stay silent.
MISTAKES = [
    ("802", "nltt.dat", lambda v: f"{v:,} người".replace(",", "."), "C003"),
    ("796", "nltt.dtts", "-", "C009"),
    ("799", "dong_ho.dang_ky", "khoảng 110", "C013"),
    ("798", "cong_dan.dat", "chưa có", "C010"),
    ("798", "cong_dan.nu", None, None),
    ("798", "cong_dan.dtts", None, None),
    ("800", "kns.dat", lambda v: v + 30000, "R001"),
    ("804", "nltt.nu", lambda v: v * 10 // 4, "R003"),
    ("807", "cong_dong.cong_nhan", lambda v: v + 20, "R002"),
    ("805", "cong_dan.ty_le", lambda v: round(v + 10, 2), "R005"),
    ("797", "cs_th.dat", None, "C011"),
    ("803", "xmc_md2.dat", "x", "C016"),
    ("808", "nv.1.ket_qua", lambda v: tcvn3(v), "C014"),
    ("SLDTBXH", "dai_hoc_tinh.dat", "=E9*M9/N9", "C005"),
    ("806", "kns.tinh_trang", "Ước", None),
    ("806", "han_che.gia_tri", lambda v: unicodedata.normalize("NFD", v), None),
    ("799", "ngay_lap.gia_tri", "ngày 02 tháng 12 năm 2024", None),
    ("805", "ngay_lap.gia_tri", "9/12/24", "C018"),
]

# Findings that come from whole files, dates and units rather than from a cell above.
OTHERS = [
    ("O002", "794"),
    # What the version sent again says differently, cell by cell.
    *[("O006", "794")] * 5,
    ("T001", "STTTT"),
    ("F001", "HND"),
    ("F007", None),
    ("T002", "795"),
    ("T002", "LDLD"),
    ("K001", None),
    *[("O003", unit) for unit in ["801", "STTTT", "HND", "SNGV", "BTGTU", "HNCT", "HCGC"]],
]

# The sample December shows every verdict there is.
VERDICTS = {
    "met": ["1.5", "2.1", "2.3", "3.2", "4.2"],
    "not-met": ["1.3", "2.2", "3.1"],
    "depends": ["1.1", "1.4", "3.3", "4.1"],
    "no-data": ["2.4"],
    "no-standard": ["1.2"],
}

TCVN3_LETTERS = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)


class Legacy(str):
    """Text typed for an 8-bit font; shown right only in that font."""


def tcvn3(text):
    """Vietnamese as it was typed for the fonts of the 1990s (TCVN 5712:1993)."""
    return Legacy("".join(TCVN3_LETTERS.get(letter, letter) for letter in text))


class DatedZip(zipfile.ZipFile):
    """A zip file whose parts bear one given moment, so that the same contents give the same bytes."""

    def __init__(self, path, moment):
        super().__init__(path, "w", zipfile.ZIP_DEFLATED)
        self.moment = moment

    def writestr(self, name, data, *_, **__):
        part = zipfile.ZipInfo(name, self.moment.timetuple()[:6])
        super().writestr(part, data, zipfile.ZIP_DEFLATED)

    def write(self, path, name, *_, **__):
        self.writestr(name, pathlib.Path(path).read_bytes())


def templates(xhht, year, folder):
    """The program's templates of a year, by unit code."""
    subprocess.run([xhht, "--quiet", "template", "--year", str(year), "--out", folder], check=True)
    return {path.name.split("-")[0]: path for path in sorted(folder.glob("*.xlsx"))}


def cells_of(book):
    """Field id → (cell, kind), by the table on the template's hidden sheet."""
    rows = iter(book["_xhht"].iter_rows(values_only=True))
    for row in rows:
        if row[0] == "field":
            break
    return {field: (book[sheet][cell], kind) for field, sheet, cell, kind, *_ in rows if field}


def values_of(unit, year, day):
    """What a unit reports, by field id: who, figures, words."""
    draw = random.Random(f"{unit} who")
    family, letter = draw.choice(["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Huỳnh"]), draw.choice("ABCDEGHK")
    middle = draw.choice(["Văn", "Thị"])
    district = unit in SIZE
    values = {
        "nguoi_lap.gia_tri": f"{family} {middle} {letter}",
        "chuc_vu.gia_tri": "Chuyên viên Phòng Giáo dục và Đào tạo" if district else "Chuyên viên",
        "dien_thoai.gia_tri": f"0272 000 {draw.randint(1, 99):03}",
        "ngay_lap.gia_tri": day,
        "nguoi_ky.gia_tri": f"{draw.choice(['Đặng', 'Bùi', 'Đỗ', 'Hồ'])} {draw.choice(['Văn', 'Thị'])} {draw.choice('LMNPQ')}",
    }
    values |= District(unit, year).values if district else department(unit, year)
    if year == 2024:
        told = NARRATIVE.get(unit, {})
        for key, text in told.items():
            kind, group = key[:-1], key[-1]
            if kind == "sp":
                values |= {f"nv.{group}.{column}": count for column, count in text.items()}
            else:
                field = {"nv": "nv.{}.ket_qua", "kk": "nv.{}.kho_khan"}.get(kind, "").format(group)
                values[field or f"{key}.gia_tri"] = text
        for group in "12345678":
            if f"nv{group}" in told:
                values[f"nv.{group}.trang_thai"] = "Đang thực hiện" if f"kk{group}" in told else "Đã hoàn thành"
            elif group == "7" and district:
                values["nv.7.trang_thai"] = "Chưa thực hiện"
    return values


def fill(template, values, moment, target):
    """Writes the values into a template with openpyxl and saves it as of a moment."""
    book = openpyxl.load_workbook(template)
    cells = cells_of(book)
    for field, value in values.items():
        cell, kind = cells[field]
        # Dates of ours are written year first; what a sender typed as words stays words.
        is_day = kind == "date" and value[:2] == "20"
        cell.value = datetime.date.fromisoformat(value) if is_day else value
        if isinstance(value, Legacy):
            cell.font = Font(name=".VnTime", size=12)
    book.properties.modified = moment
    book.properties.lastModifiedBy = values["nguoi_lap.gia_tri"]
    target.parent.mkdir(parents=True, exist_ok=True)
    # Workbook.save would put the present moment in place of ours.
    with DatedZip(target, moment) as archive:
        ExcelWriter(book, archive).save()


def saved_by_libreoffice(source, kind, target, work):
    """Opens a workbook with LibreOffice and saves it in another format; LibreOffice keeps the moment it was saved."""
    export = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods"}[kind]
    profile = (work / "profile").as_uri()
    out = work / "saved"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", export, "--outdir", out, source]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(out / source.with_suffix(f".{kind}").name, target)


def moment_of(unit, day):
    draw = random.Random(f"{unit} {day} clock")
    hour = draw.choice([8, 9, 10, 14, 15, 16])
    return datetime.datetime.fromisoformat(day).replace(hour=hour, minute=draw.randint(1, 58))


def send(unit, values, day, kind, name, template, folder, work):
    """Fills and saves one report the way its sender did."""
    target = folder / (name or template.name)
    if kind == "openpyxl":
        fill(template, values, moment_of(unit, day), target)
        return
    filled = work / f"{unit}.xlsx"
    fill(template, values, moment_of(unit, day), filled)
    saved_by_libreoffice(filled, kind, target, work)


def with_mistakes(unit, values):
    for _, field, typed, _ in (mistake for mistake in MISTAKES if mistake[0] == unit):
        if typed is None:
            values.pop(field, None)
        else:
            values[field] = typed(values[field]) if callable(typed) else typed
    return values


def make_2024(xhht, folder, work):
    shutil.rmtree(folder, ignore_errors=True)
    forms = templates(xhht, 2024, work / "templates-2024")
    for unit, (day, kind, name) in SENT.items():
        values = with_mistakes(unit, values_of(unit, 2024, day))
        place = folder if unit in SIZE else folder / "so-nganh"
        send(unit, values, day, kind, name, forms[unit], place, work)

    # Tân An's first version, before it was corrected and sent again.
    older = values_of("794", 2024, "2024-11-29")
    older["nltt.dat"] -= 3120
    older["nltt.nu"] -= 1500
    del older["nltt.ty_le"], older["kien_nghi.gia_tri"]
    send("794", older, "2024-11-29", "openpyxl", None, forms["794"], folder, work)

    # This year's words in last year's file.
    old_forms = templates(xhht, 2023, work / "templates-2023")
    words = values_of("STTTT", 2024, "2024-11-28")
    words["nv.4.ket_qua"] = "Phủ sóng Internet băng rộng đến 100% trung tâm xã; tập huấn kỹ năng số cho 5.300 lượt người."
    send("STTTT", words, "2024-11-28", "openpyxl", None, old_forms["STTTT"], folder / "so-nganh", work)

    (folder / "so-nganh" / forms["HND"].name).write_bytes(a_pdf())
    (folder / ("~$" + forms["802"].name)).write_bytes(a_lock_file("Nguyen Van A"))


def a_pdf():
    """A page with one line: what arrives when somebody renames a PDF to .xlsx."""
    text = b"BT /F1 14 Tf 72 760 Td (Bao cao nam 2024 - ban in) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def a_lock_file(user):
    """What Excel leaves beside an open workbook: the user's name twice, 165 bytes."""
    narrow = bytes([len(user)]) + user.encode("ascii").ljust(54)
    return narrow + len(user).to_bytes(2, "little") + user.ljust(54).encode("utf-16-le")


def make_2023(xhht, folder, work):
    """Last year's result: every unit in time and without mistakes. Only the JSON is kept."""
    forms = templates(xhht, 2023, work / "templates-2023")
    inbox = work / "inbox-2023"
    for unit, form in forms.items():
        values = values_of(unit, 2023, "2023-12-05")
        send(unit, values, "2023-12-05", "openpyxl", None, form, inbox, work)
    result, findings = consolidate(xhht, inbox, 2023, "2023-12-12", work / "out-2023")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(result, folder)
    for finding in findings:
        print("2023:", finding["code"], finding.get("unit"), finding["cause"])


def consolidate(xhht, inbox, year, as_of, out, *options):
    command = [xhht, "--quiet", "consolidate", inbox, "--year", str(year), "--out", out, "--as-of", as_of, *options]
    run = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if run.returncode > 1:
        sys.exit(f"xhht consolidate {inbox}: exit code {run.returncode}")
    result = out / f"ket-qua-xhht-{year}.json"
    return result, json.loads(result.read_text(encoding="utf-8"))["findings"]


def check(xhht, folder, work):
    """Compares the program's findings and verdicts with what was put into the files; returns whether they agree."""
    history = ["--history", folder.parent / "2023"]
    result, findings = consolidate(xhht, folder, 2024, "2024-12-16", work / "out-2024", *history)
    forms = templates(xhht, 2024, work / "templates-2024")
    planned = collections.Counter((code, unit, None) for code, unit in OTHERS)
    for unit, field, _, code in MISTAKES:
        if code:
            cell = cells_of(openpyxl.load_workbook(forms[unit]))[field][0]
            planned[(code, unit, f"{cell.parent.title}!{cell.coordinate}")] += 1
    at_cell = {code for code, _, place in planned if place}
    told = collections.Counter()
    for finding in findings:
        place = f"{finding.get('sheet')}!{finding.get('cell')}" if finding["code"] in at_cell else None
        told[(finding["code"], finding.get("unit"), place)] += 1
    for kind, difference in [("unplanned", told - planned), ("missing", planned - told)]:
        for (code, unit, place), count in sorted(difference.items(), key=str):
            print(f"{kind}: {code} {unit} {place or ''} ×{count}")
    verdicts = collections.defaultdict(list)
    for indicator in json.loads(result.read_text(encoding="utf-8"))["indicators"]:
        verdicts[indicator["verdict"]].append(indicator["id"])
    if verdicts != VERDICTS:
        print("verdicts:", dict(verdicts))
    print(f"{told.total()} findings, {planned.total()} planned")
    return told == planned and verdicts == VERDICTS


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--xhht", type=pathlib.Path, required=True, help="the program")
    options.add_argument("--check", action="store_true", help="write nothing, compare only")
    asked = options.parse_args()
    xhht = asked.xhht.resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        if not asked.check:
            make_2023(xhht, HERE / "2023", work)
            make_2024(xhht, HERE / "2024", work)
        if not check(xhht, HERE / "2024", work):
            sys.exit(1)


main()
