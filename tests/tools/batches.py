"""The arguments of a tool that does the same with several files: three of a kind each time."""

import json
import sys


def each(usage, do):
    """Calls do(INPUT, what the JSON file says, OUTPUT) for every three arguments."""
    arguments = sys.argv[1:]
    if not arguments or len(arguments) % 3:
        sys.exit(usage)
    for source, told, output in zip(*[iter(arguments)] * 3):
        with open(told, encoding="utf-8") as file:
            do(source, json.load(file), output)
