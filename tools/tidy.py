#!/usr/bin/env python3
"""clang-tidy over the files named, on all cores, remembering which were clean.

usage: tools/tidy.py BUILD_FOLDER FILE...

Most of the time of clang-tidy goes into the headers, so files of one folder are read together: a
unit is a generated file that includes several. Where two files hold the same private name they
go into different units; a unit that does not compile all the same is read file by file.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

TIDY, CLANG = "clang-tidy-19", "clang++-19"
LARGEST_UNIT = 8
# Path-sensitive analysis of a test body finds little and costs most of the time.
TEST_CHECKS = "--checks=-clang-analyzer-*,-bugprone-suspicious-include"
CHECKS = "--checks=-bugprone-suspicious-include"

root = Path(__file__).resolve().parent.parent
build = Path(sys.argv[1]).resolve()
commands = {entry["file"]: entry for entry in json.loads(
    (build / "compile_commands.json").read_text())}
kept = build / "tidy"
kept.mkdir(exist_ok=True)


def is_test(name):
    return name.endswith("_test.cpp")


def private_names(name):
    """Names that a file declares at the left margin of its unnamed namespaces."""
    text = (root / name).read_text()
    hidden = "\n".join(re.findall(r"^namespace \{$(.*?)^\}  // namespace$", text,
                                  re.MULTILINE | re.DOTALL))
    types = re.findall(r"^(?:struct|class|enum|enum class|using) (\w+)", hidden, re.MULTILINE)
    others = re.findall(r"^(?!TEST|\s)[\w:<>,&* ]*?[ &*](\w+)(?: = |[({;\[])", hidden, re.MULTILINE)
    return set(types) | set(others)


def make_units(names):
    """Groups files of one folder and kind so that no private name meets itself."""
    units = []
    for name in names:
        mine, key = private_names(name), (str(Path(name).parent), is_test(name))
        for unit in units:
            if unit["key"] == key and len(unit["names"]) < LARGEST_UNIT and not (
                    unit["taken"] & mine):
                unit["names"].append(name)
                unit["taken"] |= mine
                break
        else:
            units.append({"key": key, "names": [name], "taken": mine})
    return [unit["names"] for unit in units]


def check(names):
    """What clang-tidy says of these files, read together; empty: clean."""
    entry = commands[str(root / names[0])]
    words = shlex.split(entry["command"])
    flags = words[2 if "ccache" in words[0] else 1:words.index("-o")]
    flags = [w for w in flags if w != "-Werror"] + ["-w", f"-I{(root / names[0]).parent}"]
    text = "".join(f'#include "{root / name}"\n' for name in names)
    unit = kept / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.cpp"
    unit.write_text(text)

    # The preprocessed text and the settings are all that clang-tidy sees.
    checks = TEST_CHECKS if is_test(names[0]) else CHECKS
    seen = subprocess.run([CLANG, *flags, "-E", str(unit)], capture_output=True, cwd=build)
    settings = (root / ".clang-tidy").read_bytes() + Path(__file__).read_bytes()
    clean = kept / hashlib.sha256(settings + seen.stdout).hexdigest()
    if seen.returncode == 0 and clean.exists():
        return ""
    run = subprocess.run([TIDY, "--quiet", checks, f"--config-file={root / '.clang-tidy'}",
                          str(unit), "--", *flags], capture_output=True, text=True, cwd=build)
    if run.returncode == 0:
        clean.touch()
        return ""
    if "[clang-diagnostic-error]" in run.stdout and len(names) > 1:
        return "".join(check([name]) for name in names)
    return run.stdout or run.stderr


known = [name for name in sys.argv[2:] if str(root / name) in commands]
units = make_units(known)
units.sort(key=len, reverse=True)
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    found = 0
    for text in pool.map(check, units):
        found += bool(text)
        print(text, end="", flush=True)
print(f"clang-tidy: {len(known)} files in {len(units)} units, {found} units with findings")
sys.exit(1 if found else 0)
