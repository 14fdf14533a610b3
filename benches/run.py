#!/usr/bin/env python3
"""Runs whole commands on made-up provinces and writes RESULTS.md: xhht, the floor, and the peers, interleaved.

    benches/run.py [--units 15,100,1000,3321] [--rounds 3] [--peers-up-to 1000] [--same-work 100]

Needs cargo and Python 3.11 or later; the peers' packages are installed into target/bench-tools. --same-work is the size of
the province at which peers do the same work as parts of xhht (same_work.py); 0 leaves that table out. Times are processor
seconds (user and system, with children) as the operating system counts them, medians of the rounds; in each round every
program runs once, one after the other, so that a slow moment of the machine strikes all alike.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys

import pdf
import same_work
from common import AS_OF, DATA, ROOT, TARGET, TOOLS, YEAR, cargo, province, run


def proven(result, truth):
    """Whether the program's result is the generator's true result."""
    found = {i["id"]: i for i in json.loads(result.read_text())["indicators"]}
    for true in json.loads(truth.read_text())["indicators"]:
        for key in ("numerator", "denominator", "percent", "verdict"):
            if found[true["id"]][key] != true[key]:
                sys.exit(f"{true['id']} {key}: {found[true['id']][key]} is not {true[key]}")


def programs(folder, scratch, tabs, with_pandas):
    xhht = TARGET / "release" / "xhht"
    inbox = folder / "hop-thu"
    job = [xhht, "consolidate", inbox, "--year", YEAR, "--as-of", AS_OF, "--plan", folder / "ke-hoach", "--quiet"]
    python = TOOLS / "bin" / "python"
    peers = ROOT / "benches" / "peers"
    rows = {
        "xhht": [*job, "--threads", "1", "--out", scratch / "all"],
        "xhht, two threads": [*job, "--threads", "2", "--out", scratch / "two"],
        "xhht without PDF": [*job, "--threads", "1", "--without", "pdf", "--out", scratch / "no-pdf"],
        "xhht without PDF and return copies": [
            *job, "--threads", "1", "--without", "pdf", "--without", "returns", "--out", scratch / "core"
        ],
        "xhht check": [
            xhht, "check", inbox, "--year", YEAR, "--plan", folder / "ke-hoach", "--quiet", "--threads", "1",
        ],
        "floor": [TARGET / "release" / "examples" / "floor", inbox, scratch / "floor.xlsx"],
        "python-calamine + XlsxWriter": [python, peers / "calamine_xlsxwriter.py", inbox, scratch / "pc.xlsx", *tabs],
    }
    if with_pandas:
        rows["pandas + openpyxl"] = [python, peers / "pandas_openpyxl.py", inbox, scratch / "pd.xlsx", *tabs]
    return rows


def measured(units, rounds, peers_up_to, tabs):
    folder, scratch = province(units), DATA / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    rows = programs(folder, scratch, tabs, units <= peers_up_to)
    samples = {name: [] for name in rows}
    for number in range(rounds):
        for name, command in rows.items():
            samples[name].append(run(command))
            print(f"{units} units, round {number + 1}, {name}: {samples[name][-1]}", flush=True)
    proven(scratch / "all" / f"ket-qua-xhht-{YEAR}.json", folder / "ket-qua-dung.json")
    files = sum(1 for path in (folder / "hop-thu").rglob("*") if path.is_file())
    medians = {
        name: {key: statistics.median(sample[key] for sample in taken) for key in ("cpu", "wall", "memory")}
        for name, taken in samples.items()
    }
    shutil.rmtree(scratch)
    return files, medians


def small(rounds):
    """The two commands an office feels every day."""
    xhht, out = TARGET / "release" / "xhht", DATA / "scratch-december"
    december = [
        xhht, "consolidate", ROOT / "samples/2024", "--year", "2024", "--as-of", "2024-12-16",
        "--history", ROOT / "samples/2023", "--quiet", "--out", out,
    ]
    rows = {
        "December of the samples, all outputs, one thread": [*december, "--threads", "1"],
        "December of the samples, all outputs, two threads": [*december, "--threads", "2"],
        "xhht --version": [xhht, "--version"],
    }
    samples = {name: [] for name in rows}
    for _ in range(max(rounds, 5)):
        for name, command in rows.items():
            samples[name].append(run(command))
    shutil.rmtree(out, ignore_errors=True)
    return {
        name: {key: statistics.median(sample[key] for sample in taken) for key in ("cpu", "wall", "memory")}
        for name, taken in samples.items()
    }


def machine():
    model = "unknown processor"
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return f"{model}, {os.cpu_count()} processors, {platform.system()}, rustc {rustc}, Python {platform.python_version()}"


def exponent(a, b, units_a, units_b):
    import math

    return math.log(b / a) / math.log(units_b / units_a)


def report(results, everyday, beside, command, rounds):
    lines = [
        "# Results",
        "",
        f"Made by `{command}`; medians of {rounds} rounds, interleaved. {machine()}.",
        "Other work may have run on the machine at the same time: ratios within a row tell more than seconds.",
        "After each size the program's result was compared with the generator's true result; they were equal.",
        "",
        "| command | CPU s | wall s | peak MB |",
        "|---|---|---|---|",
    ]
    for name, value in everyday.items():
        lines.append(f"| {name} | {value['cpu']:.3f} | {value['wall']:.3f} | {value['memory']:.0f} |")
    size = (TARGET / "release" / "xhht").stat().st_size
    lines += ["", f"Release binary, stripped, fonts included: {size / 1e6:.1f} MB."]
    lines += beside
    for units, (files, medians) in results.items():
        floor = medians["floor"]["cpu"]
        lines += [
            "",
            f"## {units} units, {files} files",
            "",
            "| program | CPU s | × floor | wall s | peak MB |",
            "|---|---|---|---|---|",
        ]
        for name, value in medians.items():
            lines.append(
                f"| {name} | {value['cpu']:.2f} | {value['cpu'] / floor:.2f} | {value['wall']:.2f} | {value['memory']:.0f} |"
            )
    sizes = sorted(results)
    if len(sizes) > 1:
        small_units, large = (100 if 100 in sizes[:-1] else sizes[0]), sizes[-1]
        lines += ["", f"## Growth from {small_units} to {large} units", "", "| program | exponent of CPU time |", "|---|---|"]
        for name in results[large][1]:
            if name in results[small_units][1]:
                a, b = results[small_units][1][name]["cpu"], results[large][1][name]["cpu"]
                lines.append(f"| {name} | {exponent(a, b, small_units, large):.2f} |")
    (ROOT / "benches" / "RESULTS.md").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", default="15,100,1000,3321")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers-up-to", type=int, default=1000, help="pandas takes minutes beyond")
    parser.add_argument("--no-stage", action="store_true", help="leaves out the row that needs cargo bench's own build")
    parser.add_argument("--same-work", type=int, default=100, help="units of the table beside the best peer; 0: none")
    options = parser.parse_args()
    cargo("build", "--release", "--bin", "xhht", "--example", "fill", "--example", "floor", "--example", "report_pdf")
    pdf.tools()
    # From 2025 on the sheets are called the same in every form.
    tabs = subprocess.run(
        [TARGET / "release" / "examples" / "floor", "--tabs"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    # First what may fail of itself: a workbook of a peer that holds less, output of cargo bench that cannot be read.
    beside = same_work.table(options.same_work, options.rounds, tabs, not options.no_stage) if options.same_work else []
    everyday = small(options.rounds)
    results = {
        int(units): measured(int(units), options.rounds, options.peers_up_to, tabs)
        for units in options.units.split(",")
    }
    report(results, everyday, beside, " ".join(["benches/run.py", *sys.argv[1:]]), options.rounds)


if __name__ == "__main__":
    main()
