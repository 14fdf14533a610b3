#!/usr/bin/env python3
"""Judges a JSON file by a JSON Schema of draft 2020-12, formats such as dates included: validate_json.py SCHEMA FILE.

Prints every violation; exit code 1 when there is one.
"""

import json
import sys

from jsonschema import Draft202012Validator


def load(path):
    with open(path, encoding="utf-8") as text:
        return json.load(text)


def main(schema_path, path):
    schema = load(schema_path)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    violations = sorted(validator.iter_errors(load(path)), key=lambda error: list(map(str, error.path)))
    for violation in violations:
        print(f"{violation.json_path}: {violation.message}")
    return 1 if violations else 0


sys.exit(main(*sys.argv[1:]))
