#!/usr/bin/env python3
"""clang-tidy over the files named, two at a time, remembering which were clean.

usage: tools/tidy.py BUILD_FOLDER FILE...
"""
import concurrent.futures
import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

TIDY, CLANG = "clang-tidy-19", "clang++-19"
# Path-sensitive analysis of a test body finds little and costs most of the time.
TEST_CHECKS = ["--checks=-clang-analyzer-*"]

root = Path(__file__).resolve().parent.parent
build = Path(sys.argv[1]).resolve()
commands = {entry["file"]: entry for entry in json.loads(
    (build / "compile_commands.json").read_text())}
clean = build / "tidy"
clean.mkdir(exist_ok=True)


def fingerprint(entry, extra):
    """Hash of everything that clang-tidy would see: the preprocessed file and the settings."""
    words = [w for w in shlex.split(entry["command"]) if w != "-Werror"]
    start = 2 if "ccache" in words[0] else 1
    keep = words[start:words.index("-o")] + ["-E", "-w", entry["file"]]
    seen = subprocess.run([CLANG, *keep], cwd=entry["directory"], capture_output=True)
    if seen.returncode:
        return None
    settings = (root / ".clang-tidy").read_bytes() + " ".join(extra).encode()
    return hashlib.sha256(settings + seen.stdout).hexdigest()


def check(name):
    """What clang-tidy says of a file; empty: clean."""
    entry = commands.get(str(root / name))
    if entry is None:
        return ""  # not built here: a fuzz target, say
    extra = TEST_CHECKS if name.endswith("_test.cpp") or name.startswith("tests/") else []
    mark = fingerprint(entry, extra)
    if mark and (clean / mark).exists():
        return ""
    run = subprocess.run([TIDY, "--quiet", "-p", str(build), *extra, entry["file"]],
                         capture_output=True, text=True)
    if run.returncode == 0:
        if mark:
            (clean / mark).touch()
        return ""
    return run.stdout + ("" if run.stdout.strip() else run.stderr)


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    found = 0
    for text in pool.map(check, sys.argv[2:]):
        found += bool(text)
        print(text, end="", flush=True)
print(f"clang-tidy: {len(sys.argv) - 2} files, {found} with findings")
sys.exit(1 if found else 0)
