#!/usr/bin/env python3
"""Refuses an #include that src/catena/LAYERS does not name. No output: all is well."""
import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
layers, problems = {}, []
for number, line in enumerate((root / "src/catena/LAYERS").read_text().splitlines(), 1):
    if line.strip() and not line.startswith("#"):
        name, _, needs = line.partition(":")
        for need in set(needs.split()) - set(layers):  # only those above: so there is no cycle
            problems.append(f"src/catena/LAYERS:{number}: {name} needs {need}, which is not above it")
        layers[name] = set(needs.split()) | {name}
for folder in sorted(p.name for p in (root / "src/catena").iterdir() if p.is_dir()):
    if folder not in layers:
        problems.append(f"src/catena/{folder}: this folder is not in src/catena/LAYERS")

every = set(layers)
allowed = {"apps/catena": every - {"validation"}, "apps/catena-validate": every, "tests": every,
           "bench": every - {"validation"}, "fuzz": every - {"validation"}}
allowed.update({f"src/catena/{name}": needs for name, needs in layers.items()})
inside_only = re.compile(r"pugixml|nlohmann/|fmt/|CLI/")  # third parties that no header may show
for folder, may in allowed.items():
    for path in sorted(p for p in (root / folder).rglob("*") if p.suffix in (".h", ".cpp")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)', line)
            part = include and re.match(r"catena/(\w+)/", include[1])
            where = f"{path.relative_to(root)}:{number}"
            if part and part[1] not in may:
                problems.append(f"{where}: {folder} may not include catena/{part[1]}")
            elif include and path.suffix == ".h" and inside_only.match(include[1]):
                problems.append(f"{where}: <{include[1]}> belongs into a .cpp file")
print("\n".join(problems), end="\n" if problems else "")
sys.exit(1 if problems else 0)
