#!/usr/bin/env python3
"""Holds JSON files against a schema. usage: tools/check_schema.py SCHEMA FILE..."""
import json
import sys
from pathlib import Path

import jsonschema

if len(sys.argv) < 3:
    sys.exit(__doc__)
schema = json.loads(Path(sys.argv[1]).read_text())
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
n_bad = 0
for file in sys.argv[2:]:
    errors = list(validator(schema).iter_errors(json.loads(Path(file).read_text())))
    for error in errors:
        print(f"{file}: {'/'.join(map(str, error.path))}: {error.message[:500]}")
    print(f"{file}: {'does not follow' if errors else 'follows'} {sys.argv[1]}")
    n_bad += bool(errors)
sys.exit(1 if n_bad else 0)
