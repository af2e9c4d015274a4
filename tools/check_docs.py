#!/usr/bin/env python3
"""Refuses links in the documents to files that are not there."""
import re
import subprocess
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
listed = subprocess.run(["git", "ls-files", "*.md"], cwd=root, check=True, capture_output=True,
                        text=True).stdout.split()
bad = 0
for name in filter(lambda n: (root / n).exists(), listed):
    for number, line in enumerate((root / name).read_text().splitlines(), 1):
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", line):
            if "://" not in link and not (root / name).parent.joinpath(link).exists():
                bad += 1
                print(f"{name}:{number}: there is no {link}")
sys.exit(1 if bad else 0)
