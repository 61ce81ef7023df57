"""Tables without ruling lines: rows of short pieces of text that stand in columns of their own.

Only what is plainly a table is taken for one: at least three rows one below the other, columns that no text crosses,
and figures in them. Everything else stays text, where nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.readers.typeset import Glyph, Piece, pieces_of

MAX_TEXT = 40  # characters of a cell
_FIGURE = re.compile(r"^(?:[-−+]?[0-9][0-9,.]*(?:%|％|万元|元|件|条|个|次)?|[/／—–-]{1,2})$")


@dataclass(frozen=True, slots=True)
class UnruledTable:
    """Rows of the page from `start` to before `end`; column edges; for each row the text in each column."""

    start: int
    end: int
    edges: tuple[float, ...]
    texts: tuple[tuple[str, ...], ...]


def find_unruled(rows: Sequence[Sequence[Glyph]]) -> list[UnruledTable]:
    """The tables among the rows of a page (grouped by height, from top to bottom)."""
    pieces = [pieces_of(row) for row in rows]
    tables: list[UnruledTable] = []
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and len(pieces[end]) > 1 and (end == start or _is_near(rows[end - 1], rows[end])):
            end += 1
        table = _table(pieces[start:end], start) if end - start >= 3 else None
        if table is not None:
            tables.append(table)
        start = max(end, start + 1)
    return tables


def _is_near(above: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    size = max(glyph.height for glyph in below)
    return min(glyph.top for glyph in below) - max(glyph.bottom for glyph in above) < 2.5 * size


def _table(rows: Sequence[Sequence[Piece]], start: int) -> UnruledTable | None:
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.left):
        if columns and piece.left < columns[-1][1] + 2:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    if len(columns) < 2 or (len(columns) == 2 and len(rows) < 4):
        return None
    texts = []
    for row in rows:
        line = [""] * len(columns)
        for piece in row:
            index = next(i for i, (left, right) in enumerate(columns) if left <= piece.left <= right)
            line[index] = f"{line[index]} {piece.text}".strip()
        texts.append(tuple(line))
    body = [text for line in texts[1:] for text in line[1:] if text]
    figures = sum(bool(_FIGURE.match(text)) for text in body)
    whole_column = any(all(_FIGURE.match(line[c]) for line in texts[1:]) for c in range(1, len(columns)))
    too_long = any(len(text) > MAX_TEXT or text.endswith(("。", "；", "，")) for line in texts for text in line)
    if too_long or not whole_column or figures < 0.7 * len(body) or not all(line[0] for line in texts[1:]):
        return None
    between = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    edges = (columns[0][0] - 1, *between, columns[-1][1] + 1)
    return UnruledTable(start, start + len(rows), edges, tuple(texts))
