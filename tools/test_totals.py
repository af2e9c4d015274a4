#!/usr/bin/env python3
"""Closing lines of ./test: what each test run counted, names of what was skipped, the totals.

usage: tools/test_totals.py VERDICT JUNIT_FILE...
"""
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

totals = {"passed": 0, "failed": 0, "skipped": 0}
names = {"failed": [], "skipped": []}
print("\n== Tests")
for file in map(Path, sys.argv[2:]):
    build = file.stem.removesuffix("-tests")
    if not file.exists():
        print(f"{build}: no test ran")
        continue
    count = dict.fromkeys(totals, 0)
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        status = case.get("status")
        kind = {"run": "passed", "fail": "failed"}.get(status, "skipped")
        count[kind] += 1
        totals[kind] += 1
        if kind != "passed":
            names[kind].append(f"{case.get('name')} ({build})")
    print(f"{build}: " + ", ".join(f"{n} {kind}" for kind, n in count.items()))
for kind in ("skipped", "failed"):
    for name in names[kind]:
        print(f"{kind}: {name}")
print(f"\n{sys.argv[1]}")
print(", ".join(f"{n} {kind}" for kind, n in totals.items()))
