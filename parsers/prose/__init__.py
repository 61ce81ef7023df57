"""Figures, mentions and arithmetic of the sentences of a report."""

from __future__ import annotations

from parsers.prose.reading import ProseReading, read_prose

__all__ = ["ProseReading", "read_prose"]
