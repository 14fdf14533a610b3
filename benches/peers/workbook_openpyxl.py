"""Peer: openpyxl writes a workbook from its dump (see dump.py).

workbook_openpyxl.py IN.dump OUT.xlsx

Prints {"cpu": S}: processor seconds of this process, start and imports included, loading the dump taken off. openpyxl
writes formulas without the values they had at writing.
"""

import sys
import warnings

import openpyxl
from dump import BLANK, FORMULA, RICH, measured
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break


def looks(workbook, styles):
    """What a cell keeps of each format. Made once on a spare sheet: setting it cell by cell takes five look-ups a cell."""
    spare = workbook.create_sheet("_")
    made = []
    for number, style in enumerate(styles, 1):
        cell = spare.cell(number, 1)
        if style is not None:
            name, size, bold, italic, underline, strike, colour = style["font"]
            horizontal, vertical, wrap, indent, rotation, shrink = style["align"]
            cell.font = Font(name=name, sz=size, b=bold, i=italic, u=underline, strike=strike, color=colour)
            if style["fill"]:
                cell.fill = PatternFill("solid", fgColor=style["fill"])
            sides = {side: Side(style=line, color=of) for side, (line, of) in style["border"].items()}
            cell.border = Border(**sides)
            cell.alignment = Alignment(
                horizontal=horizontal, vertical=vertical, wrap_text=wrap, indent=indent, text_rotation=rotation,
                shrink_to_fit=shrink,
            )
            cell.number_format = style["number"]
            cell.protection = Protection(locked=style["locked"])
        made.append(cell._style)
    workbook.remove(spare)
    return made


def rich(parts):
    font = lambda bold, italic: InlineFont(b=bold or None, i=italic or None)
    return CellRichText(*(TextBlock(font(b, i), text) if b or i else text for text, b, i in parts))


def write_cells(sheet, cells, links, styles):
    for row, column, kind, value, style in cells:
        cell = sheet.cell(row + 1, column + 1)
        if kind == FORMULA:
            cell.value = value[0]
        elif kind == RICH:
            cell.value = rich(value)
        elif kind != BLANK:
            cell.value = value
            if isinstance(value, str) and cell.data_type == "f":
                cell.data_type = "s"  # words that begin with an equals sign
        if (row, column) in links:
            target, location, display, tip = links[row, column]
            cell.hyperlink = Hyperlink(
                ref=cell.coordinate, target=target, location=location, display=display, tooltip=tip
            )
        cell._style = styles[style]


def conditional(sheet, rules):
    for _, area, kind, operator, formulas, stop, changes in rules:
        font = Font(b=changes.get("bold") or None, i=changes.get("italic") or None, color=changes.get("colour"))
        fill = PatternFill(bgColor=changes["fill"]) if changes.get("fill") else None
        if kind == "expression":
            rule = FormulaRule(formula=formulas, stopIfTrue=stop, font=font, fill=fill)
        elif kind == "cellIs":
            rule = CellIsRule(operator=operator, formula=formulas, stopIfTrue=stop, font=font, fill=fill)
        elif kind == "dataBar":
            rule = DataBarRule("min", None, "max", None, color="FF638EC6")
        else:
            continue
        sheet.conditional_formatting.add(area, rule)


def validations(sheet, all_of_them):
    for area, kind, operator, first, second, blank, style, title, error, prompt_title, prompt in all_of_them:
        rule = DataValidation(
            sqref=area, type=kind, operator=operator, formula1=first, formula2=second, allow_blank=blank,
            errorStyle=style, errorTitle=title, error=error, promptTitle=prompt_title, prompt=prompt,
            showErrorMessage=True, showInputMessage=True,
        )
        sheet.add_data_validation(rule)


def chart(workbook, sheet, made):
    drawn = LineChart() if made["type"] == "line" else BarChart()
    if made["type"] == "bar":
        drawn.type = "bar"
    if made["stacked"]:
        drawn.grouping, drawn.overlap = "stacked", 100
    for name, categories, values in made["series"]:
        series = Series(Reference(sheet, range_string=values), title=name if name and "!" not in name else None)
        if name and "!" in name:
            series.tx = openpyxl.chart.series.SeriesLabel(strRef=StrRef(name))
        if categories:
            series.cat = AxDataSource(strRef=StrRef(categories))
        drawn.series.append(series)
    (top, left), (bottom, right) = made["at"], made["to"]
    drawn.width, drawn.height = max(right - left, 1) * 1.7, max(bottom - top, 1) * 0.53
    sheet.add_chart(drawn, f"{get_column_letter(left + 1)}{top + 1}")


def page(sheet, of):
    sheet.page_setup.orientation = "landscape" if of["landscape"] else "portrait"
    sheet.page_setup.paperSize = of["paper"] or None
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom, margins.header, margins.footer = of["margins"]
    for place, text in zip(("left", "center", "right"), of["footer"]):
        if text:
            getattr(sheet.oddFooter, place).text = text
    if of["fit"]:
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = of["fit"]
    for row in of["breaks"]:
        sheet.row_breaks.append(Break(id=row))
    rows, columns = of["titles"]
    if rows:
        sheet.print_title_rows = rows.replace("$", "")
    if columns:
        sheet.print_title_cols = columns.replace("$", "")
    if of["area"]:
        sheet.print_area = of["area"]


def write(dump, out):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    styles = looks(workbook, dump["styles"])
    for of in dump["sheets"]:
        sheet = workbook.create_sheet(of["name"])
        write_cells(sheet, of["cells"], of["links"], styles)
        for top, left, bottom, right in of["merges"]:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        if of["height"]:
            sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = of["height"], True
        for first, last, stored, hidden in of["widths"]:
            dimension = sheet.column_dimensions[get_column_letter(first + 1)]
            dimension.min, dimension.max, dimension.width, dimension.hidden = first + 1, last + 1, stored, hidden
        for row, height, hidden in of["heights"]:
            sheet.row_dimensions[row + 1].height = height
            sheet.row_dimensions[row + 1].hidden = hidden
        conditional(sheet, of["conditional"])
        validations(sheet, of["validations"])
        for row, column, text in of["comments"]:
            sheet.cell(row + 1, column + 1).comment = Comment(text, "")
        for made in of["charts"]:
            chart(workbook, sheet, made)
        sheet.freeze_panes = of["freeze"]
        sheet.auto_filter.ref = of["filter"]
        sheet.sheet_view.showGridLines = of["gridlines"]
        sheet.sheet_properties.tabColor = of["tab"]
        sheet.protection.sheet = of["protected"]
        sheet.sheet_state = of["state"]
        page(sheet, of)
    for name, refers in dump["names"]:
        workbook.defined_names[name] = DefinedName(name, attr_text=refers)
    workbook.save(out)


def main():
    warnings.simplefilter("ignore")
    source, out = sys.argv[1:]
    measured(source, lambda dump: write(dump, out))


if __name__ == "__main__":
    main()
