"""Preparation for the peers, never timed: what is in a workbook or report that xhht wrote, as plain data; and counts of it.

dump.py book IN.xlsx OUT.dump        cells, formats, links, ... of a workbook, read with openpyxl, kept with marshal
dump.py report IN.docx OUT.json      headings, paragraphs and tables of a Word report, as benches/pdf.py sets them
dump.py lines IN.pdf OUT.json        the lines of a PDF, each a paragraph
dump.py same A.xlsx B.xlsx           ends with 1 unless both have as many sheets, filled cells, formulas, links, merges

A dump is a dictionary: `styles` is a list of formats; `sheets` is a list, each with `cells` as (row, column, kind, value,
style), rows and columns counted from 0. Of a formula the value is (text, value at writing); of rich text, a list of (text,
bold, italic). Dates are numbers with a format, as in the file.
"""

import datetime
import gc
import json
import marshal
import sys
import time
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from xml.sax.saxutils import escape

BLANK, NUMBER, TEXT, FORMULA, BOOL, ERROR, RICH = range(7)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def colour(of):
    """RRGGBB; None for automatic and theme colours."""
    return of.rgb[-6:] if of is not None and of.type == "rgb" and isinstance(of.rgb, str) else None


def style(cell):
    font, fill, alignment = cell.font, cell.fill, cell.alignment
    sides = {}
    for side in ("left", "right", "top", "bottom"):
        line = getattr(cell.border, side)
        if line is not None and line.style:
            sides[side] = (line.style, colour(line.color))
    return {
        "font": (font.name, font.sz, bool(font.b), bool(font.i), font.u, bool(font.strike), colour(font.color)),
        "fill": colour(fill.fgColor) if fill.fill_type == "solid" else None,
        "border": sides,
        "align": (
            alignment.horizontal, alignment.vertical, bool(alignment.wrap_text), int(alignment.indent or 0),
            alignment.text_rotation or 0, bool(alignment.shrink_to_fit),
        ),
        "number": cell.number_format,
        "locked": bool(cell.protection.locked),
    }


def difference(format):
    """What a conditional format changes."""
    if format is None:
        return {}
    font, fill = format.font, format.fill
    return {
        "bold": bool(font and font.b),
        "italic": bool(font and font.i),
        "colour": colour(font.color) if font else None,
        "fill": colour(fill.bgColor) if fill else None,
    }


def plain(value):
    """A cell's value as marshal keeps it."""
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        return to_excel(value)
    return value


def runs(rich):
    parts = []
    for part in rich:
        font = getattr(part, "font", None)
        parts.append((str(part), bool(font and font.b), bool(font and font.i)))
    return parts


def cells_of(sheet, cached):
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.worksheet.formula import ArrayFormula

    for (row, column), cell in sorted(sheet._cells.items()):
        value, kind = cell.value, TEXT
        if value is None:
            kind = BLANK
        elif cell.data_type == "f":
            kind = FORMULA
            found = plain(cached._cells[row, column].value)
            value = (value.text if isinstance(value, ArrayFormula) else value, "" if found is None else found)
        elif cell.data_type == "b":
            kind = BOOL
        elif cell.data_type == "e":
            kind = ERROR
        elif isinstance(value, CellRichText):
            kind, value = RICH, runs(value)
        elif cell.data_type in ("n", "d"):
            kind, value = NUMBER, plain(value)
        yield row - 1, column - 1, kind, value, cell.style_id


def reference(of):
    """The range a chart's series points to."""
    kind = of and (of.numRef if getattr(of, "numRef", None) else getattr(of, "strRef", None))
    return kind.f if kind else None


def chart_of(chart):
    series = []
    for one in chart.ser:
        name = one.tx.strRef.f if one.tx and one.tx.strRef else (one.tx.v if one.tx else None)
        series.append((name, reference(one.cat), reference(one.val)))
    start, end = chart.anchor._from, getattr(chart.anchor, "to", None)
    return {
        "type": "line" if type(chart).__name__ == "LineChart" else "bar" if chart.barDir == "bar" else "column",
        "stacked": getattr(chart, "grouping", None) in ("stacked", "percentStacked"),
        "series": series,
        "at": (start.row, start.col),
        "to": (end.row, end.col) if end else (start.row + 20, start.col + 8),
    }


def fitting(page):
    """Pages across and down; 0 is as many as it takes, and what is not said is 1."""
    return tuple(1 if number is None else int(number) for number in (page.fitToWidth, page.fitToHeight))


def sheet_of(sheet, cached):
    links = {}
    for (row, column), cell in sheet._cells.items():
        if cell.hyperlink:
            link = cell.hyperlink
            links[row - 1, column - 1] = (link.target, link.location, link.display, link.tooltip)
    rules = [
        (rule.priority, str(area.sqref), rule.type, rule.operator, list(rule.formula), bool(rule.stopIfTrue),
         difference(rule.dxf))
        for area in sheet.conditional_formatting for rule in area.rules
    ]
    page, margins, view = sheet.page_setup, sheet.page_margins, sheet.sheet_view
    properties = sheet.sheet_properties.pageSetUpPr
    return {
        "name": sheet.title,
        "state": sheet.sheet_state,
        "cells": list(cells_of(sheet, cached)),
        "links": links,
        "merges": [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges],
        "widths": [
            (d.min - 1, d.max - 1, d.width, bool(d.hidden))
            for d in sheet.column_dimensions.values() if d.min and (d.customWidth or d.hidden)
        ],
        "heights": [
            (row - 1, d.height, bool(d.hidden)) for row, d in sheet.row_dimensions.items() if d.height or d.hidden
        ],
        "height": sheet.sheet_format.defaultRowHeight if sheet.sheet_format.customHeight else None,
        "conditional": sorted(rules, key=lambda rule: rule[0]),
        "validations": [
            (str(v.sqref), v.type, v.operator, v.formula1, v.formula2, bool(v.allow_blank), v.errorStyle, v.errorTitle,
             v.error, v.promptTitle, v.prompt)
            for v in sheet.data_validations.dataValidation
        ],
        "comments": [(r - 1, c - 1, v.comment.text) for (r, c), v in sheet._cells.items() if v.comment],
        "charts": [chart_of(chart) for chart in sheet._charts],
        "freeze": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "gridlines": view.showGridLines is not False,
        "tab": colour(sheet.sheet_properties.tabColor),
        "protected": bool(sheet.protection.sheet),
        "landscape": page.orientation == "landscape",
        "paper": int(page.paperSize or 0),
        "fit": fitting(page) if properties and properties.fitToPage else None,
        "margins": (margins.left, margins.right, margins.top, margins.bottom, margins.header, margins.footer),
        "footer": (sheet.oddFooter.left.text, sheet.oddFooter.center.text, sheet.oddFooter.right.text),
        "breaks": [b.id for b in sheet.row_breaks.brk],
        "titles": (sheet.print_title_rows, sheet.print_title_cols),
        "area": sheet.print_area.split("!")[-1].replace("$", "") if sheet.print_area else None,
    }


def book(path):
    import openpyxl

    warnings.simplefilter("ignore")
    workbook = openpyxl.load_workbook(path, rich_text=True)
    cached = openpyxl.load_workbook(path, data_only=True)
    known = {}
    for sheet in workbook:
        for cell in sheet._cells.values():
            if cell.style_id not in known:
                known[cell.style_id] = style(cell)
    styles = [known.get(number) for number in range(max(known) + 1)]
    names = [(name, defined.attr_text) for name, defined in workbook.defined_names.items()]
    return {"styles": styles, "sheets": [sheet_of(s, cached[s.title]) for s in workbook], "names": names}


def load(path):
    with open(path, "rb") as stream:
        return marshal.load(stream)


def measured(source, write):
    """Loads a dump, lets the peer write it, and prints the peer's processor seconds, loading taken off."""
    start = time.process_time()
    dump = load(source)
    gc.freeze()  # what was loaded is not looked through again by the collector while the peer works
    loading = time.process_time() - start
    write(dump)
    print(json.dumps({"cpu": time.process_time() - loading}))


def words(element):
    nodes = (node for node in element.iter() if node.tag in (WORD + "t", WORD + "tab"))
    return "".join((node.text or "") if node.tag == WORD + "t" else " " for node in nodes)


def report(path):
    body = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml")).find(WORD + "body")
    parts = []
    for element in body:
        if element.tag == WORD + "p":
            text, named = escape(words(element).strip()), element.find(f"{WORD}pPr/{WORD}pStyle")
            heading = named is not None and named.get(WORD + "val", "").lower().startswith("heading")
            if text:
                parts.append({"heading" if heading else "paragraph": text})
        elif element.tag == WORD + "tbl":
            widths = [int(column.get(WORD + "w", 1)) for column in element.iter(WORD + "gridCol")]
            rows = []
            for row in element.findall(WORD + "tr"):
                texts = [escape(words(cell).strip()) for cell in row.findall(WORD + "tc")]
                rows.append((texts + [""] * len(widths))[: len(widths)])
            parts.append({"head": rows[0], "rows": rows[1:], "widths": widths})
    return parts


def lines(path):
    import pypdf

    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    return [{"paragraph": escape(line.strip())} for page in pages for line in page.splitlines() if line.strip()]


def counts(path):
    """Sheets, filled cells, formulas, links and merges of a workbook, from its XML: no library of any program is asked."""
    found = {"sheets": 0, "filled cells": 0, "formulas": 0, "links": 0, "merges": 0}
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if not (part.startswith("xl/worksheets/") and part.endswith(".xml")):
                continue
            found["sheets"] += 1
            with archive.open(part) as stream:
                for _, element in ElementTree.iterparse(stream):
                    if element.tag == MAIN + "c":
                        children = {child.tag[len(MAIN):] for child in element}
                        found["filled cells"] += bool(children & {"v", "is", "f"})
                        found["formulas"] += "f" in children
                    elif element.tag == MAIN + "hyperlink":
                        found["links"] += 1
                    elif element.tag == MAIN + "mergeCell":
                        found["merges"] += 1
                    if element.tag == MAIN + "row":
                        element.clear()
    return found


def same(a, b):
    """Ends the program unless both workbooks hold as much."""
    if counts(a) != counts(b):
        sys.exit(f"{a} has {counts(a)}, but {b} has {counts(b)}")


if __name__ == "__main__":
    what, source, target = sys.argv[1:]
    if what == "book":
        with open(target, "wb") as stream:
            marshal.dump(book(source), stream)
    elif what == "same":
        same(source, target)
    else:
        with open(target, "w", encoding="utf-8") as stream:
            json.dump({"report": report, "lines": lines}[what](source), stream, ensure_ascii=False)
