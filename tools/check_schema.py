#!/usr/bin/env python3
"""Holds result.json files against the schema. usage: tools/check_result.py SCHEMA RESULT..."""
import json
import sys
from pathlib import Path

import jsonschema

schema = json.loads(Path(sys.argv[1]).read_text())
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
bad = 0
for file in sys.argv[2:]:
    for error in validator(schema).iter_errors(json.loads(Path(file).read_text())):
        bad += 1
        print(f"{file}: {'/'.join(map(str, error.path))}: {error.message}")
    print(f"{file}: {'does not follow' if bad else 'follows'} {sys.argv[1]}")
sys.exit(1 if bad else 0)
