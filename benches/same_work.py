"""The table of run.py in which peers do the same work as parts of xhht, and xhht is put beside the best of them.

The peers (peers/) are handed what xhht works out itself: the provincial workbook, the return copies and the reports as plain
data, made beforehand from what xhht wrote. So a peer reads, or writes; it neither adds up, nor words, nor lays out tables.
What is loaded for it is taken off its processor time. Programs run one after the other in each round; medians of the rounds,
of a difference the median of the rounds' differences.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys

import pdf
from common import AS_OF, DATA, ROOT, TARGET, TOOLS, YEAR, cargo, province, run

PEERS = ROOT / "benches" / "peers"
PYTHON = TOOLS / "bin" / "python"
XHHT = TARGET / "release" / "xhht"
WORK = DATA / "same-work"
SAMPLES = ROOT / "samples" / "2024"
RULES = ROOT / "templates" / "plan" / "long-an" / "quy-tac.toml"
OUT = {"core": WORK / "core", "december": WORK / "december"}
AS_GIVEN = "XlsxWriter, formulas as given"
WORKBOOK_PEERS = ["XlsxWriter", AS_GIVEN, "openpyxl"]
# Peers that print their own processor time.
OWN_TIME = {*WORKBOOK_PEERS, "composed"}
WORKBOOK_ONLY = ["--without", "pdf", "--without", "word", "--without", "returns"]


def peer(name, *arguments):
    return [PYTHON, PEERS / f"{name}.py", *arguments]


def prepared(*arguments):
    """A preparation, not timed; ends the program when it fails."""
    command = [str(part) for part in peer(*arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def same(written, by_peer):
    """Ends the program unless the peer's workbook holds as much as the one xhht wrote."""
    found = subprocess.run([str(part) for part in peer("dump", "same", written, by_peer)], capture_output=True, text=True)
    if found.returncode:
        sys.exit(f"a peer did not do the same work: {found.stderr}")


def milliseconds(told, units):
    """The median that divan prints for one size."""
    for line in told.splitlines():
        columns = [column.strip() for column in line.split("│")]
        named = re.search(r"[├╰]─ (\d+) ", line)
        if named and int(named[1]) == units and len(columns) >= 6:
            # Counted from the right: the branches of the tree may hold bars, too.
            number, unit = columns[-4].split()
            return float(number) * {"ns": 1e-6, "µs": 1e-3, "ms": 1.0, "s": 1e3}[unit]
    sys.exit(f"cargo bench did not tell what write_workbook takes at {units} units:\n{told}")


def stage(units):
    """Seconds of the stage that only writes the workbook: divan's clock, the process held to one processor, as the
    library assembles sheets in threads."""
    cargo("bench", "--bench", "stages", "--no-run")
    pin = (lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})) if hasattr(os, "sched_setaffinity") else None
    told = subprocess.run(
        ["cargo", "bench", "--bench", "stages", "--", "write_workbook"], cwd=ROOT, check=True, text=True, preexec_fn=pin,
        env={**os.environ, "XHHT_UNITS": str(units)}, stdout=subprocess.PIPE,
    ).stdout
    return milliseconds(told, units) / 1000


def province_commands(units, tabs):
    """xhht, the floor and the peers on a made-up province, and what to look at once they have run."""
    folder = province(units)
    inbox, plan = folder / "hop-thu", folder / "ke-hoach"
    core = OUT["core"]
    core_command = [
        XHHT, "consolidate", inbox, "--year", YEAR, "--as-of", AS_OF, "--plan", plan, "--quiet", "--threads", "1",
        *WORKBOOK_ONLY, "--out", core,
    ]
    run(core_command)
    written, dump = core / f"tong-hop-xhht-{YEAR}.xlsx", WORK / "workbook.dump"
    original = WORK / written.name
    shutil.copy(written, original)
    prepared("dump", "book", original, dump)
    each = prepared("read_check", "--comparisons", inbox, plan / "quy-tac.toml")
    targets = {name: WORK / f"{name}.xlsx" for name in ("xlsxwriter", "as-given", "openpyxl")}
    commands = {
        "check": [XHHT, "check", inbox, "--year", YEAR, "--plan", plan, "--quiet", "--threads", "1"],
        "core": core_command,
        "floor": [TARGET / "release" / "examples" / "floor", inbox, WORK / "floor.xlsx"],
        "python-calamine": peer("read_check", inbox, each, *tabs),
        "XlsxWriter": peer("workbook_xlsxwriter", dump, targets["xlsxwriter"]),
        AS_GIVEN: peer("workbook_xlsxwriter", dump, targets["as-given"], "--formulas-as-given"),
        "openpyxl": peer("workbook_openpyxl", dump, targets["openpyxl"]),
    }
    return commands, [(original, target) for target in targets.values()]


def december_commands(tabs):
    out, folder = OUT["december"], WORK / "december-peer"
    own = [
        XHHT, "consolidate", SAMPLES, "--year", "2024", "--as-of", "2024-12-16", "--history", ROOT / "samples" / "2023",
        "--quiet", "--threads", "1", "--out", out,
    ]
    run(own)
    folder.mkdir()
    written = {}
    for path in [*sorted(out.glob("*.xlsx")), *sorted((out / "phan-hoi").glob("*.xlsx"))]:
        written[path.stem] = WORK / f"written-{path.name}"
        shutil.copy(path, written[path.stem])
        prepared("dump", "book", path, folder / f"{path.stem}.dump")
    for path in sorted(out.glob("*.pdf")):
        # The official report is also there for Word, which tells headings and tables; of the others there are lines.
        word = path.with_suffix(".docx")
        what = ("report", word) if word.exists() else ("lines", path)
        prepared("dump", *what, folder / f"{path.stem}.content.json")
    shutil.copy(next(out.glob("*.json")), folder / "result.json")
    each = prepared("read_check", "--comparisons", SAMPLES, RULES)
    commands = {"december": own, "composed": peer("december", folder, SAMPLES, each, *tabs)}
    return commands, [(path, folder / "out" / f"{stem}.xlsx") for stem, path in written.items()]


def table(units, rounds, tabs, with_stage):
    """Lines of the report. The stage of writing alone takes a build of its own."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    pages = {name: taken[0] for name, taken in pdf.measure(PYTHON, max(rounds, 5)).items()}
    writing = stage(units) if with_stage else None
    of_province, pairs = province_commands(units, tabs)
    of_december, december_pairs = december_commands(tabs)
    commands = {**of_province, **of_december}
    samples = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            # Where an earlier run's results lie, xhht tells what has changed since.
            shutil.rmtree(OUT.get(name, WORK / "none"), ignore_errors=True)
            samples[name].append(run(command, own=name in OWN_TIME))
            print(f"same work, {units} units, round {number + 1}, {name}: {samples[name][-1]}", flush=True)
        if number == 0:
            for pair in [*pairs, *december_pairs]:
                same(*pair)
    cpu = {name: [sample["cpu"] for sample in taken] for name, taken in samples.items()}
    median = {name: statistics.median(taken) for name, taken in cpu.items()}
    made = statistics.median(core - check for core, check in zip(cpu["core"], cpu["check"]))
    workbook = {name: median[name] for name in WORKBOOK_PEERS}
    parts = {
        name: statistics.median(sample["parts"][name] for sample in samples["composed"])
        for name in samples["composed"][0]["parts"]
    }
    rows = [
        (f"read and check, {units} units", median["check"], {"python-calamine": median["python-calamine"]}, median["floor"]),
        (f"provincial workbook, {units} units: consolidating, wording, writing, JSON", made, workbook, None),
        *([(f"provincial workbook, {units} units: writing alone (stage)", writing, workbook, None)] if with_stage else []),
        ("PDF of 23 pages", pages["xhht"], {"ReportLab": pages["reportlab"], "typst": pages["typst"]}, None),
        ("whole December of the samples", median["december"], {"composed": median["composed"]}, None),
    ]
    shutil.rmtree(WORK)
    return shown(rows, parts)


def shown(rows, parts):
    lines = [
        "",
        "## Beside the best peer on the same work",
        "",
        "Processor seconds; what the peers do and do not do is said in `benches/README.md`.",
        "",
        "| work | xhht, CPU s | best peer | its CPU s | xhht / best peer | xhht / floor | other peers, CPU s |",
        "|---|--:|---|--:|--:|--:|---|",
    ]
    for work, own, peers, floor in rows:
        (best, least), *others = sorted(peers.items(), key=lambda item: item[1])
        to_floor = f"{own / floor:.2f}" if floor else "–"
        others = ", ".join(f"{name} {seconds:.3f}" for name, seconds in others) or "–"
        lines.append(f"| {work} | {own:.3f} | {best} | {least:.3f} | {own / least:.2f} | {to_floor} | {others} |")
    told = ", ".join(f"{name} {seconds:.3f}" for name, seconds in parts.items())
    return [*lines, "", f"Parts of the composed December, CPU s: {told}."]
