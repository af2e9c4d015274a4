#!/usr/bin/env python3
"""Long files: over 400 lines is said, over 600 is refused. clang-tidy watches the functions."""
import subprocess
import sys
from pathlib import Path

SAID, REFUSED = 400, 600
root = Path(__file__).resolve().parent.parent
listed = subprocess.run(["git", "ls-files", "*.h", "*.cpp", "*.py", "*.sh"], cwd=root, check=True,
                        capture_output=True, text=True).stdout.split()
failed = False
for name in listed:
    path = root / name
    lines = len(path.read_text().splitlines()) if path.exists() else 0
    if lines > SAID:
        verdict = "split it by topic" if lines > REFUSED else "consider splitting it"
        print(f"{name}: {lines} lines; {verdict}")
        failed |= lines > REFUSED
sys.exit(1 if failed else 0)
