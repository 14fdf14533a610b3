#!/usr/bin/env python3
"""Sets a report of 23 pages with xhht, ReportLab and typst, interleaved, and prints what each takes.

    benches/pdf.py [--rounds 7]

xhht lays out, draws, tags, and reads its own tables again to compare them; typst tags (PDF/A-2a); ReportLab does not
tag. The peers set the same headings, paragraphs and tables, without the charts. Whole processes are measured: processor
seconds (user and system) and peak memory as the operating system counts them, medians of the rounds.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
FONTS = ROOT / "templates" / "fonts"
FOLDER = TARGET / "bench-pdf"
TOOLS = TARGET / "bench-tools"


def tools():
    python = TOOLS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLS], check=True)
    wanted = ROOT / "benches" / "requirements.txt"
    subprocess.run([python, "-m", "pip", "-q", "install", "-r", wanted], check=True)
    return python


def run(command):
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def reportlab(content, target):
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    for name, file in [("serif", "LiberationSerif-Regular.ttf"), ("bold", "LiberationSerif-Bold.ttf")]:
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    body = ParagraphStyle("body", fontName="serif", fontSize=13, leading=18, alignment=4, firstLineIndent=28)
    heading = ParagraphStyle("heading", fontName="bold", fontSize=13, leading=20)
    cell = ParagraphStyle("cell", fontName="serif", fontSize=10, leading=12)
    story = []
    for part in json.loads(pathlib.Path(content).read_text("utf-8")):
        if "heading" in part:
            story.append(Paragraph(part["heading"], heading))
        elif "paragraph" in part:
            story.append(Paragraph(part["paragraph"], body))
        else:
            rows = [[Paragraph(words, cell) for words in row] for row in [part["head"], *part["rows"]]]
            share = 460 / sum(part["widths"])
            table = LongTable(rows, colWidths=[w * share for w in part["widths"]], repeatRows=1)
            table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
            story.append(table)
    SimpleDocTemplate(target, pagesize=A4).build(story)


def typst(content, target):
    import typst as program

    quoted = lambda words: json.dumps(words, ensure_ascii=False)
    lines = [
        '#set document(title: "Báo cáo")',
        '#set page(paper: "a4", numbering: "1")',
        '#set text(font: "Liberation Serif", size: 13pt, lang: "vi")',
        "#set par(justify: true, first-line-indent: 1cm)",
    ]
    for part in json.loads(pathlib.Path(content).read_text("utf-8")):
        if "heading" in part:
            lines.append(f"#heading({quoted(part['heading'])})")
        elif "paragraph" in part:
            lines.append(f"#par({quoted(part['paragraph'])})")
        else:
            widths = ", ".join(f"{w}fr" for w in part["widths"])
            head = ", ".join(quoted(words) for words in part["head"])
            rows = ",\n".join(", ".join(quoted(words) for words in row) for row in part["rows"])
            lines.append(f"#text(size: 10pt, table(columns: ({widths},), table.header({head}),\n{rows}))")
    source = pathlib.Path(target).with_suffix(".typ")
    source.write_text("\n".join(lines), "utf-8")
    program.compile(source, output=target, font_paths=[FONTS], ignore_system_fonts=True, pdf_standards=["a-2a"])


def measure(python, rounds):
    """Processor seconds and peak memory (MB) of each program, medians; the example report_pdf must have been built."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    own, content = TARGET / "release" / "examples" / "report_pdf", FOLDER / "content.json"
    subprocess.run([own, "content", content], check=True)
    commands = {"xhht": [own, "write", FOLDER / "xhht.pdf"]}
    for name in ["reportlab", "typst"]:
        commands[name] = [python, __file__, "--set", name, content, FOLDER / f"{name}.pdf"]
    taken = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(run(command))
    return {n: [statistics.median(column) for column in zip(*runs)] for n, runs in taken.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--set", nargs=3, metavar=("PROGRAM", "CONTENT", "TARGET"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.set:
        program, content, target = arguments.set
        return {"reportlab": reportlab, "typst": typst}[program](content, target)
    python = tools()
    subprocess.run(["cargo", "build", "--release", "--example", "report_pdf"], cwd=ROOT, check=True)
    median = measure(python, arguments.rounds)
    print("| program | CPU, ms | of xhht | peak memory, MB | file, kB |")
    print("|---|--:|--:|--:|--:|")
    for name, (cpu, memory) in median.items():
        size = (FOLDER / f"{name}.pdf").stat().st_size / 1024
        print(f"| {name} | {cpu * 1000:.0f} | {cpu / median['xhht'][0]:.1f} | {memory:.0f} | {size:.0f} |")


if __name__ == "__main__":
    main()
