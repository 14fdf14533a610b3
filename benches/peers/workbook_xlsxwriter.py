"""Peer: XlsxWriter writes a workbook from its dump (see dump.py).

workbook_xlsxwriter.py IN.dump OUT.xlsx [--formulas-as-given]

The library looks every formula through with thirty regular expressions for functions newer than the file format, which
takes a third to two thirds of its time here and offers no way around. With --formulas-as-given a private method of the
library is replaced, and formulas, which are complete in the dump, are written as they are.

Prints {"cpu": S}: processor seconds of this process, start and imports included, loading the dump taken off.
"""

import re
import sys

import xlsxwriter
from dump import BLANK, BOOL, ERROR, FORMULA, NUMBER, RICH, TEXT, measured

LINES = {
    "thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7, "mediumDashed": 8,
    "dashDot": 9, "mediumDashDot": 10, "dashDotDot": 11, "mediumDashDotDot": 12, "slantDashDot": 13,
}
CRITERIA = {
    "equal": "==", "notEqual": "!=", "greaterThan": ">", "lessThan": "<", "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=", "between": "between", "notBetween": "not between",
}
UNDERLINES = {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}


def hashed(colour):
    return f"#{colour}"


def format_of(workbook, style):
    if style is None:
        return None
    name, size, bold, italic, underline, strike, colour = style["font"]
    horizontal, vertical, wrap, indent, rotation, shrink = style["align"]
    made = {"font_name": name, "font_size": size, "num_format": style["number"], "locked": style["locked"]}
    made.update({
        key: value
        for key, value in [
            ("bold", bold), ("italic", italic), ("underline", UNDERLINES.get(underline)), ("font_strikeout", strike),
            ("font_color", colour and hashed(colour)), ("bg_color", style["fill"] and hashed(style["fill"])),
            ("align", "center_across" if horizontal == "centerContinuous" else horizontal),
            ("valign", "vcenter" if vertical == "center" else vertical), ("text_wrap", wrap), ("indent", indent),
            ("rotation", 90 - rotation if rotation > 90 else rotation), ("shrink", shrink),
        ]
        if value and value != "general"
    })
    for side, (line, colour) in style["border"].items():
        made[side] = LINES.get(line, 1)
        if colour:
            made[f"{side}_color"] = hashed(colour)
    return workbook.add_format(made)


def width(stored):
    """The width asked for, of the width kept in the file, which has padding."""
    return stored * 7 / 12 if stored < 12 / 7 else stored - 5 / 7


def address(target, location):
    if not target:
        return f"internal:{location}"
    outside = target if re.match(r"(https?|ftp|mailto):", target) else f"external:{target}"
    return f"{outside}#{location}" if location else outside


def write_cells(sheet, cells, links, formats, bold, italic):
    for row, column, kind, value, style in cells:
        format = formats[style]
        if (row, column) in links:
            # The words come afterwards: a link may stand at a number or a formula.
            target, location, display, tip = links[row, column]
            sheet.write_url(row, column, address(target, location), format, display, tip)
        if kind == TEXT:
            sheet.write_string(row, column, value, format)
        elif kind == NUMBER:
            sheet.write_number(row, column, value, format)
        elif kind == FORMULA:
            sheet.write_formula(row, column, value[0], format, value[1])
        elif kind == BLANK:
            if (row, column) not in links:
                sheet.write_blank(row, column, None, format)
        elif kind == BOOL:
            sheet.write_boolean(row, column, value, format)
        elif kind == ERROR:
            sheet.write_formula(row, column, f"={value}", format, value)
        elif kind == RICH:
            parts = []
            for text, strong, slanted in value:
                parts += [bold, text] if strong else [italic, text] if slanted else [text]
            if len(value) > 1:
                sheet.write_rich_string(row, column, *parts, format)
            else:
                sheet.write_string(row, column, value[0][0], format)


def conditional(sheet, rules, difference):
    for _, area, kind, operator, formulas, stop, changes in rules:
        rule = {"stop_if_true": stop, "multi_range": area}
        if kind == "expression":
            rule.update(type="formula", criteria=f"={formulas[0]}", format=difference(changes))
        elif kind == "cellIs":
            rule.update(type="cell", criteria=CRITERIA[operator], format=difference(changes))
            values = ["value"] if len(formulas) == 1 else ["minimum", "maximum"]
            rule.update(zip(values, (f"={formula}" for formula in formulas)))
        elif kind == "dataBar":
            rule = {"type": "data_bar", "multi_range": area}
        else:
            continue
        if " " not in area:
            del rule["multi_range"]
        sheet.conditional_format(area.split()[0], rule)


def validations(sheet, all_of_them):
    for area, kind, operator, first, second, blank, style, title, error, prompt_title, prompt in all_of_them:
        if kind is None:
            continue
        rule = {"validate": {"whole": "integer", "textLength": "length"}.get(kind, kind), "ignore_blank": blank}
        if kind == "list":
            rule["source"] = first[1:-1].split(",") if first.startswith('"') else f"={first}"
        elif kind == "custom":
            rule["value"] = f"={first}"
        else:
            rule["criteria"] = CRITERIA[operator or "between"]
            rule.update({"value": f"={first}"} if second is None else {"minimum": f"={first}", "maximum": f"={second}"})
        texts = {"error_title": title, "error_message": error, "input_title": prompt_title, "input_message": prompt}
        rule.update({key: text for key, text in texts.items() if text})
        rule["error_type"] = style or "stop"
        rule["other_cells"] = [cells_of(one) for one in area.split()[1:]]
        sheet.data_validation(area.split()[0], rule)


def cells_of(area):
    from xlsxwriter.utility import xl_cell_to_rowcol

    first, _, last = area.partition(":")
    return [*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last or first)]


def chart(workbook, sheet, made):
    kind = {"type": made["type"]}
    if made["stacked"]:
        kind["subtype"] = "stacked"
    drawn = workbook.add_chart(kind)
    for name, categories, values in made["series"]:
        series = {"values": f"={values}"}
        if categories:
            series["categories"] = f"={categories}"
        if name:
            series["name"] = f"={name}" if "!" in name else name
        drawn.add_series(series)
    (top, left), (bottom, right) = made["at"], made["to"]
    drawn.set_size({"width": max(right - left, 1) * 64, "height": max(bottom - top, 1) * 20})
    sheet.insert_chart(top, left, drawn)


def page(sheet, of):
    if of["landscape"]:
        sheet.set_landscape()
    sheet.set_paper(of["paper"])
    left, right, top, bottom, header, footer = of["margins"]
    sheet.set_margins(left, right, top, bottom)
    texts = "".join(f"&{place}{text}" for place, text in zip("LCR", of["footer"]) if text)
    if texts:
        sheet.set_footer(texts, {"margin": footer})
    if of["fit"]:
        sheet.fit_to_pages(*of["fit"])
    if of["breaks"]:
        sheet.set_h_pagebreaks(of["breaks"])
    rows, columns = of["titles"]
    if rows:
        first, last = rows.replace("$", "").split(":")
        sheet.repeat_rows(int(first) - 1, int(last) - 1)
    if columns:
        sheet.repeat_columns(columns.replace("$", ""))
    if of["area"]:
        sheet.print_area(of["area"])


def write(dump, out):
    workbook = xlsxwriter.Workbook(out)
    formats = [format_of(workbook, style) for style in dump["styles"]]
    bold, italic = workbook.add_format({"bold": True}), workbook.add_format({"italic": True})
    known = {}

    def difference(changes):
        key = tuple(sorted(changes.items(), key=lambda item: item[0]))
        if key not in known:
            made = {"bold": changes.get("bold"), "italic": changes.get("italic")}
            made["font_color"] = changes.get("colour") and hashed(changes["colour"])
            made["bg_color"] = changes.get("fill") and hashed(changes["fill"])
            known[key] = workbook.add_format({k: v for k, v in made.items() if v})
        return known[key]

    sheets = [workbook.add_worksheet(of["name"]) for of in dump["sheets"]]
    for sheet, of in zip(sheets, dump["sheets"]):
        if of["height"]:
            sheet.set_default_row(of["height"])
        for first, last, stored, hidden in of["widths"]:
            sheet.set_column(first, last, width(stored), None, {"hidden": hidden})
        for row, height, hidden in of["heights"]:
            sheet.set_row(row, height, None, {"hidden": hidden})
        # A merge writes blanks of its own; the cells that are written after it are what the file has.
        for merge in of["merges"]:
            sheet.merge_range(*merge, "", formats[0])
        write_cells(sheet, of["cells"], of["links"], formats, bold, italic)
        conditional(sheet, of["conditional"], difference)
        validations(sheet, of["validations"])
        for row, column, text in of["comments"]:
            sheet.write_comment(row, column, text)
        for made in of["charts"]:
            chart(workbook, sheet, made)
        if of["freeze"]:
            sheet.freeze_panes(of["freeze"])
        if of["filter"]:
            sheet.autofilter(of["filter"])
        if not of["gridlines"]:
            sheet.hide_gridlines(2)
        if of["tab"]:
            sheet.set_tab_color(hashed(of["tab"]))
        if of["protected"]:
            sheet.protect()
        if of["state"] != "visible":
            sheet.very_hidden() if of["state"] == "veryHidden" else sheet.hide()
        page(sheet, of)
    for name, refers in dump["names"]:
        workbook.define_name(name, f"={refers}")
    workbook.close()


def formulas_as_given():
    xlsxwriter.worksheet.Worksheet._prepare_formula = lambda self, formula, expand=False: formula.removeprefix("=")


def main():
    source, out, *how = sys.argv[1:]
    if how == ["--formulas-as-given"]:
        formulas_as_given()
    measured(source, lambda dump: write(dump, out))


if __name__ == "__main__":
    main()
