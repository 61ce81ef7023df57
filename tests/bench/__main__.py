"""Every benchmark, one after the other: make bench."""

from __future__ import annotations

import runpy
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    print(f"\n== {path.stem}")
    runpy.run_module(f"tests.bench.{path.stem}", run_name="__main__")
