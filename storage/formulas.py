"""Text of a report that a spreadsheet would run as a formula: an apostrophe before it makes it text again."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=@＝＠\t\r]|[+＋－-](?![\d.,%]*(?:[eE][+-]?\d+)?$)")
_CELL = re.compile(r'"[^"]*(?:""[^"]*)*"|[^,"\r\n]+')


def harmless(text: str) -> str:
    """The text of a cell, kept from being run. A signed number is none that would be."""
    return f"'{text}" if _FORMULA.match(text) else text


def harmless_csv(records: str) -> str:
    """Whole records of a CSV file with the text of every cell kept from being run."""
    return _CELL.sub(lambda cell: _harmless_cell(cell[0]), records)


def _harmless_cell(cell: str) -> str:
    return f'"{harmless(cell[1:-1])}"' if cell.startswith('"') else harmless(cell)
