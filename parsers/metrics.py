"""The metric dictionary: every quantity that the forms and the prose of the reports can state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from parsers.model import Metric

KINDS = ("count", "change", "money")
"""A count is a whole number of at least 0, a change may be negative, money is an amount in 元 to the cent or finer."""


@cache
def _entries() -> Mapping[str, Mapping[str, object]]:
    entries = tomllib.loads((files("parsers") / "data" / "metrics.toml").read_text(encoding="utf-8"))
    for name, entry in entries.items():
        unknown = set(entry) - {"label", "label_en", "unit", "kind", "description", "applicant"}
        if unknown or entry["kind"] not in KINDS:
            raise ValueError(f"metrics.toml: {name}: unknown keys {sorted(unknown)} or kind {entry['kind']!r}")
        if (entry["kind"] == "money") != (entry["unit"] == "元"):
            raise ValueError(f"metrics.toml: {name}: money and only money is stored in 元")
    return entries


@cache
def all_metrics() -> tuple[Metric, ...]:
    """Every metric of the dictionary, in its order."""
    return tuple(
        Metric(
            id=name,
            label=str(entry["label"]),
            label_en=str(entry["label_en"]),
            unit=str(entry["unit"]),
            description=str(entry["description"]),
        )
        for name, entry in _entries().items()
    )


@cache
def kinds() -> Mapping[str, str]:
    """Metric id → one of KINDS."""
    return {name: str(entry["kind"]) for name, entry in _entries().items()}


@cache
def units() -> Mapping[str, str]:
    """Metric id → the unit of stored values."""
    return {name: str(entry["unit"]) for name, entry in _entries().items()}
