"""Pictures of what the program writes: a sheet as it stands on the screen, a page, a text.

A sheet is printed by LibreOffice with the letters of its columns and the numbers of its rows; where these stand on the page says
where each cell is, so that a callout names a cell and not a place.
"""

import functools
import html
import math
import os
import pathlib
import re
import struct
import subprocess
import sys
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "templates/fonts"

CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-pdf-header-footer --generate-pdf-document-outline"
).split()
# Numbers as an officer's Excel shows them, letters of the typeface that stands in for the one the sheets ask for.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
FONT_CHOICE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Liberation Serif</string></edit></match></fontconfig>
"""


def run(*command, codes=(0,), cwd=None, env=None):
    """Runs a program; what it printed."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    said = done.stdout.decode(errors="replace")
    if done.returncode not in codes:
        sys.exit(f"{command[0]}: exit code {done.returncode}\n{said}{done.stderr.decode(errors='replace')}")
    return said


class Workbook:
    """The parts of an .xlsx, changed as text: nothing that the program wrote is lost on the way."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as file:
            self.parts = {name: file.read(name).decode("utf-8", "surrogateescape") for name in file.namelist()}
        self.sheets = [html.unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', self.parts["xl/workbook.xml"])]

    def part(self, sheet):
        return f"xl/worksheets/sheet{self.sheets.index(sheet) + 1}.xml"

    def place(self, field):
        """Sheet and cell of a field of the form, by the name the template gives it."""
        name = "xhht_" + field.replace(".", "__")
        found = re.search(rf'<definedName name="{name}">(.*?)</definedName>', self.parts["xl/workbook.xml"])
        sheet, cell = html.unescape(found[1]).replace("$", "").rsplit("!", 1)
        return sheet.strip("'"), cell

    def type(self, sheet, cell, value):
        """Types into a blank cell."""
        if isinstance(value, str):
            kind, content = ' t="inlineStr"', f"<is><t>{html.escape(value)}</t></is>"
        else:
            kind, content = "", f"<v>{value}</v>"
        part = self.part(sheet)
        blank = rf'<c r="{cell}"( s="\d+")?/>'
        self.parts[part], times = re.subn(blank, rf'<c r="{cell}"\1{kind}>{content}</c>', self.parts[part])
        if times != 1:
            sys.exit(f"{sheet}!{cell} is no blank cell")

    def texts(self, sheet, column):
        """What stands in a column, by row."""
        shared = [
            html.unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", entry, flags=re.S)))
            for entry in re.findall(r"<si>(.*?)</si>", self.parts["xl/sharedStrings.xml"], flags=re.S)
        ]
        cells = re.findall(rf'<c r="{column}(\d+)"([^>]*)><v>(.*?)</v>', self.parts[self.part(sheet)])
        return {int(row): shared[int(value)] if 't="s"' in kind else value for row, kind, value in cells}

    def fill(self, values):
        for field, value in values.items():
            self.type(*self.place(field), value)

    def on_screen(self, sheet, area, hidden, widths, heights):
        """Leaves one sheet to be printed, as wide as it is, with the letters and numbers around it."""
        book = re.sub(r'<definedName name="_xlnm.Print_.*?</definedName>', "", self.parts["xl/workbook.xml"])
        first, last = area.split(":")
        quoted = html.escape("'" + sheet.replace("'", "''") + "'", quote=False)
        absolute = ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", corner) for corner in (first, last))
        at = self.sheets.index(sheet)
        name = f'<definedName name="_xlnm.Print_Area" localSheetId="{at}">{quoted}!{absolute}</definedName>'
        if "<definedNames>" not in book:
            book = book.replace("</sheets>", "</sheets><definedNames></definedNames>")
        book = book.replace("<definedNames>", f"<definedNames>{name}")
        shown = iter(range(len(self.sheets)))
        book = re.sub(
            r'(<sheet name="[^"]*" sheetId="\d+")(?: state="\w+")?',
            lambda found: found[1] + ("" if next(shown) == at else ' state="hidden"'),
            book,
        )
        book = re.sub(r' (activeTab|firstSheet)="\d+"', "", book)
        self.parts["xl/workbook.xml"] = book.replace("<workbookView ", f'<workbookView activeTab="{at}" ')
        text = self.parts[self.part(sheet)]
        text = re.sub(r"<headerFooter.*?</headerFooter>|<printOptions[^>]*/>|<rowBreaks.*?</rowBreaks>", "", text)
        text = text.replace("<pageMargins", '<printOptions headings="1"/><pageMargins', 1)
        text = re.sub(r"<pageSetup[^>]*/>", '<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"/>', text)
        if "<pageSetUpPr" not in text:
            sys.exit(f"{sheet}: no page is set up")
        columns = re.search(r"<cols>(.*?)</cols>", text)[1]
        text = re.sub(r"<cols>.*?</cols>", "<cols>" + changed_columns(columns, hidden, widths) + "</cols>", text)
        for row, height in heights.items():
            text, times = re.subn(rf'(<row r="{row}"[^>]*?) ht="[^"]*"', rf'\1 ht="{height}"', text)
            if times != 1:
                sys.exit(f"{sheet}: row {row} has no height")
        self.parts[self.part(sheet)] = text

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in self.parts.items():
                file.writestr(name, text.encode("utf-8", "surrogateescape"))


def number_of(letters):
    return functools.reduce(lambda sum, letter: sum * 26 + ord(letter) - 64, letters, 0)


def changed_columns(text, hidden, widths):
    """The columns one by one, some of them narrower, some out of sight."""
    columns = {}
    for entry in re.findall(r"<col ([^>]*)/>", text):
        known = dict(re.findall(r'(\w+)="([^"]*)"', entry))
        for column in range(int(known.pop("min")), min(int(known.pop("max")), 100) + 1):
            columns[column] = dict(known)
    for letters in hidden:
        columns.setdefault(number_of(letters), {"width": "9"})["hidden"] = "1"
    for letters, width in widths.items():
        columns[number_of(letters)] |= {"width": str(width), "customWidth": "1"}

    def told(known):
        return " ".join(f'{key}="{value}"' for key, value in known.items())

    return "".join(f'<col min="{at}" max="{at}" {told(columns[at])}/>' for at in sorted(columns))


class Camera:
    """Makes pictures in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "profile/user").mkdir(parents=True)
        (folder / "profile/user/registrymodifications.xcu").write_text(SETTINGS)
        (folder / "fonts.conf").write_text(FONT_CHOICE.format(fonts=FONTS, cache=folder / "font-cache"))
        self.env = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}

    def sheet(self, name, workbook, sheet, area, width, hidden="", widths=None, heights=None):
        """A sheet on the screen, so many pixels wide. Where its cells are: a function of a cell and a share of its row."""
        book = Workbook(workbook)
        book.on_screen(sheet, area, hidden.split(), widths or {}, heights or {})
        copy = self.folder / f"{name}.xlsx"
        book.save(copy)
        profile = f"-env:UserInstallation=file://{self.folder}/profile"
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", self.folder, copy, env=self.env)
        box = self.page(name, copy.with_suffix(".pdf"), 1, width)
        return self.cells(copy.with_suffix(".pdf"), box)

    def print(self, page, pdf):
        """A page of HTML on paper."""
        profile = self.folder / "chromium"
        run("chromium", *CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}", page.as_uri(), env=self.env)

    def html(self, name, body, wide, width, style=""):
        """Words as a picture: they may name a unit or a sheet of one plan, and the words of a guide name none."""
        page = self.folder / f"{name}.html"
        style = f"@page {{ size: {wide}mm 300mm; margin: 0 }} {style}"
        head = f'<meta charset="utf-8"><link rel="stylesheet" href="huong-dan.css"><style>{style}</style>'
        page.write_text(f"<!doctype html>{head}{body}")
        self.print(page, page.with_suffix(".pdf"))
        self.page(name, page.with_suffix(".pdf"), 1, width)

    def page(self, name, pdf, page, width, top=0.0, bottom=1.0):
        """A page without the white around it, so many pixels wide. Where it was: left, top, width, height in points."""
        target = self.folder / "page"
        fine = 250
        run("pdftoppm", "-f", page, "-l", page, "-singlefile", "-r", fine, "-gray", pdf, target)
        wide, high, grey = pixels(target.with_suffix(".pgm"))
        rows = [at for at in range(int(high * top), int(high * bottom)) if min(grey[at * wide : (at + 1) * wide]) < 250]
        columns = [at for at in range(wide) if min(grey[at::wide]) < 250]
        box = [part * 72 / fine for part in (columns[0], rows[0], columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0])]
        dots = width * 72 / box[2]
        x, y, w, h = (round(part * dots / 72) for part in box)
        size = ["-r", dots, "-x", x, "-y", y, "-W", w, "-H", h]
        run("pdftoppm", "-f", page, "-l", page, "-singlefile", *size, pdf, target)
        (self.folder / f"{name}.png").write_bytes(palette_png(*pixels(target.with_suffix(".ppm"))))
        return box

    def cells(self, pdf, box):
        """The places of the cells of a printed sheet, in percent of its picture."""
        words = run("pdftotext", "-f", 1, "-l", 1, "-bbox", pdf, "-")
        word = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
        found = [(*map(float, at), text) for *at, text in re.findall(word, words)]
        top = min((low + high) / 2 for _, low, _, high, text in found if re.fullmatch("[A-Z]", text) and low < box[1] + 12)
        left = min((low + high) / 2 for low, _, high, _, text in found if text.isdigit() and low < box[0] + 20)
        x = {text: (a + b) / 2 for a, low, b, high, text in found if abs((low + high) / 2 - top) < 4}
        y = {text: (low + high) / 2 for a, low, b, high, text in found if abs((a + b) / 2 - left) < 6}

        def place(cell):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
            return 100 * (x[letters] - box[0]) / box[2], 100 * (y[row] - box[1]) / box[3]

        return place


def pixels(path):
    """Width, height and bytes of a picture in one of the plain formats of pdftoppm."""
    data = path.read_bytes()
    kind, width, height, _ = data.split(maxsplit=4)[:4]
    width, height = int(width), int(height)
    return width, height, data[-width * height * (3 if kind == b"P6" else 1) :]


def distance(one, other):
    return math.dist(one, other)


def palette_png(width, height, data):
    """A PNG of 16 colours: the grounds, which are met most, then of the others those that lie far from all that are there."""
    step = bytes(min(round(value / 4) * 4, 255) for value in range(256))
    data = data.translate(step)
    colours = [data[at : at + 3] for at in range(0, len(data), 3)]
    met = {}
    for colour in colours:
        met[colour] = met.get(colour, 0) + 1
    palette = []
    for most, apart in ((8, 8), (14, 70), (16, 35), (16, 0)):
        for colour in sorted(met, key=lambda colour: (-met[colour], colour)):
            if len(palette) < most and all(distance(colour, known) > apart for known in palette):
                palette.append(colour)
    place = {colour: index for index, colour in enumerate(palette)}
    for colour in met:
        if colour not in place:
            near = min(range(len(palette)), key=lambda at: distance(palette[at], colour))
            place[colour] = near
    indices = bytes(place[colour] for colour in colours)
    rows = b"".join(b"\0" + indices[at : at + width] for at in range(0, len(indices), width))

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, content) for name, content in parts)
