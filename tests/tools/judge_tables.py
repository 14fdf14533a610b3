"""Opens the tables of `xhht consolidate --tables` with DuckDB, pandas and a Frictionless validator.

    judge_tables.py year TABLES RESULT.json    one year beside the result for other programs
    judge_tables.py years TABLES               many plans and years as one set of data

Ends with 1 and the differences where something does not agree.
"""

import csv
import json
import pathlib
import sys
from decimal import Decimal

import duckdb
import pandas
from frictionless import Package, system

wrong = []


def agree(found, expected, what):
    if found != expected:
        wrong.append(f"{what}: {found!r} is not {expected!r}")


def number(value):
    return None if value is None else Decimal(str(value))


def rows(table, where=""):
    cursor = connection.execute(f"SELECT * FROM {table} {where}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def as_text(value):
    """A value of Parquet as CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        return "0" if text == "-0" else text
    return str(value)


def year(folder, result):
    resources = json.loads((folder / "datapackage.json").read_text())["resources"]
    names = [resource["name"] for resource in resources if resource["format"] == "csv"]
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    # It reads Parquet through a library that knows no missing integers; what Parquet says is compared with CSV below.
    for task in report.tasks:
        if not task.name.endswith("-parquet"):
            wrong.extend(f"frictionless: {task.name}: {error.message}" for error in task.errors)
    agree(len([task for task in report.tasks if task.name in names]), len(names), "tables validated")
    for name in names:
        path = folder / f"{name}.parquet"
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}', hive_partitioning = false)")
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file)
        stored = rows(name)
        agree(len(stored), len(lines), f"{name}: rows of Parquet and CSV")
        for row, line in zip(stored, lines):
            agree([as_text(row[column]) for column in head], line, f"{name}: Parquet and CSV")
        frame = pandas.read_parquet(path)
        agree((len(frame), list(frame.columns)), (len(lines), head), f"{name}: pandas")
        again = pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        agree((len(again), list(again.columns)), (len(lines), head), f"{name}: pandas, CSV")
        schema = next(resource["schema"] for resource in resources if resource["name"] == name)
        agree([field["name"] for field in schema["fields"]], head, f"{name}: described columns")
        key = ", ".join(schema["primaryKey"])
        twice = rows(f"(SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1)")
        agree(twice, [], f"{name}: keys that stand twice")
    against_result(json.loads(result.read_text()))
    # The pairs add up to the indicators they make.
    added = connection.execute(
        """SELECT i.indicator, i.numerator, i.denominator, sum(c.numerator), sum(c.denominator), count(*)
           FROM indicators i JOIN contributions c USING (plan, year, indicator)
           WHERE i.kind = 'ratio' AND c.status IN ('reported', 'estimate', 'none') GROUP BY ALL"""
    ).fetchall()
    for indicator, numerator, denominator, of_pairs, of_wholes, pairs in added:
        agree((of_pairs, of_wholes), (numerator, denominator), f"{indicator}: sum of {pairs} pairs")
    if not added:
        wrong.append("no indicator is a sum of pairs")
    # Each pair is found again among the values, in a cell of a file.
    traced, lost = connection.execute(
        """SELECT count(v.cell), count(*) FILTER (v.number IS DISTINCT FROM c.numerator) FROM contributions c
           JOIN values v ON v.plan = c.plan AND v.year = c.year AND v.unit = c.unit AND v.field = c.numerator_field
           WHERE c.denominator_field IS NOT NULL AND c.numerator IS NOT NULL AND v.status <> 'none'"""
    ).fetchone()
    if traced == 0 or lost > 0:
        wrong.append(f"{traced} numerators are traced to cells, {lost} differ")


def against_result(result):
    found = {row["indicator"]: row for row in rows("indicators")}
    agree(sorted(found), sorted(i["id"] for i in result["indicators"]), "indicators")
    for indicator in result["indicators"]:
        row = found[indicator["id"]]
        for key in ("numerator", "denominator", "percent", "lower", "upper", "target", "needed"):
            agree(row[key], number(indicator.get(key)), f"{indicator['id']}: {key}")
        agree(row["verdict"], indicator["verdict"], f"{indicator['id']}: verdict")
        agree((row["flags"] or "").split(), indicator["flags"], f"{indicator['id']}: flags")
        of_units = rows("indicator_units", f"WHERE indicator = '{indicator['id']}'")
        expected = [(u["unit"], number(u.get("numerator")), u["status"]) for u in indicator["by_unit"]]
        agree([(u["unit"], u["numerator"], u["status"]) for u in of_units], expected, f"{indicator['id']}: units")
    agree(len(rows("findings")), len(result["findings"]), "findings")
    agree(len(rows("decisions")), len(result["waivers"]) + len(result["corrections"]), "decisions")
    agree([(u["unit"], u["status"]) for u in rows("units")], [(u["code"], u["status"]) for u in result["units"]], "units")
    agree(len(rows("submissions")), sum(len(u["files"]) for u in result["units"]), "submissions")
    agree(len(rows("values")), sum(len(u["values"]) for u in result["units"]), "values")
    points = [(i["id"], p["year"]) for i in (result.get("series") or {"indicators": []})["indicators"] for p in i["points"]]
    agree([(p["indicator"], p["of_year"]) for p in rows("series")], points, "series")


def years(folder):
    """A question over all partitions: each gives what its own file says."""
    every = f"read_parquet('{folder}/*/*/indicators.parquet', hive_partitioning = true)"
    together = connection.execute(
        f"SELECT plan, year, count(*), sum(numerator) FROM {every} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    alone = []
    for path in sorted(folder.glob("*/*/indicators.parquet")):
        plan, of_year = (part.name.split("=", 1)[1] for part in (path.parents[1], path.parents[0]))
        frame = pandas.read_parquet(path)
        agree((set(frame["plan"]), set(frame["year"])), ({plan}, {int(of_year)}), f"{path}: plan and year")
        alone.append((plan, int(of_year), len(frame), sum(frame["numerator"], Decimal(0))))
    agree([(p, int(y), n, s) for p, y, n, s in together], sorted(alone), "all partitions")
    if len(alone) < 4:
        wrong.append(f"only {len(alone)} partitions")
    # Of the units of all provinces and years, by year: only the folders that are asked for are opened.
    last = max(of_year for _, of_year, _, _ in alone)
    share = connection.execute(
        f"""SELECT year, count(DISTINCT plan), sum(numerator), sum(denominator)
            FROM read_parquet('{folder}/*/*/indicator_units.parquet', hive_partitioning = true)
            WHERE year = {last} AND status = 'reported' GROUP BY year"""
    ).fetchall()
    agree([row[1] for row in share], [len({plan for plan, of_year, _, _ in alone if of_year == last})], "plans of the last year")


connection = duckdb.connect()
if sys.argv[1] == "year":
    year(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
else:
    years(pathlib.Path(sys.argv[2]))
if wrong:
    sys.exit("\n".join(wrong[:40]))
