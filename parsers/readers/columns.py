"""Text set in columns: print that runs down one column of the page and goes on at the top of the next.

Read line by line across the page such a text is torn apart. Columns are taken for certain where a gutter stays free
from top to bottom of a strip of the page and running text stands on either side of it: lines as long as their column,
one below the other. Short pieces side by side (labels and figures, signatures, addresses) are no columns; text side
by side that is too short to tell is reported, and read line by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parsers.readers.lattice import Box
from parsers.readers.typeset import Glyph, Margins, Piece, is_numbered, pieces_of, rows_of

LEAST_LINES = 3  # of a column
NARROWEST = 7  # characters of the print in a column's width
LONG = 0.75  # share of its column that a line of running text fills
LEAST_LONG = 0.45  # share of long lines in a column
STEP = 3.0  # points between the places at which a gutter is looked for
_SIDE_BY_SIDE = 5  # ideographs that make a piece of a row a piece of text


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a page over its full width that is set in columns; their margins from left to right."""

    top: float
    bottom: float
    columns: tuple[Margins, ...]
    lines: int  # of running text

    def column_of(self, x: float, y: float) -> int | None:
        """The column in which a point lies, None outside of the strip."""
        if not self.top <= y <= self.bottom:
            return None
        return sum(x > (before.right + after.left) / 2 for before, after in pairwise(self.columns))


@dataclass(frozen=True, slots=True)
class _Placed:
    piece: Piece
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def find_strips(glyphs: Sequence[Glyph], boxes: Sequence[Box], before: Strip | None = None) -> list[Strip]:
    """The strips of a page that are set in columns, from top to bottom; `boxes` are the tables on it.

    `before` is the strip at the foot of the page before: its columns go on here, even for a line or two.
    """
    placed = [
        _Placed(piece, min(glyph.top for glyph in row), max(glyph.bottom for glyph in row))
        for row in rows_of(glyphs)
        for piece in pieces_of(row)
    ]
    if not placed:
        return []
    found = _strips(placed, boxes)
    return found if found or before is None else _going_on(placed, boxes, before)


def _going_on(placed: Sequence[_Placed], boxes: Sequence[Box], before: Strip) -> list[Strip]:
    """The columns of the page before at the top of this one, as far down as all print keeps to them."""
    size = median(item.height for item in placed)
    end = min((box.top for box in boxes), default=float("inf"))
    lines: list[_Placed] = []
    for item in sorted(placed, key=lambda item: item.top):
        fits = any(
            column.left - size < item.piece.left and item.piece.right < column.right + size for column in before.columns
        )
        if not fits or item.top > end:
            break
        lines.append(item)
    if not lines:
        return []
    return [Strip(lines[0].top, max(item.bottom for item in lines), before.columns, len(lines))]


def _ideographs(text: str) -> int:
    return sum("\u4e00" <= character <= "\u9fff" for character in text)


def _strips(placed: Sequence[_Placed], boxes: Sequence[Box]) -> list[Strip]:
    low = min(item.piece.left for item in placed)
    high = max(item.piece.right for item in placed)
    size = median(item.height for item in placed)
    tried: list[tuple[int, list[Strip]]] = []
    for x in _places(low, high, size):
        found = [strip for part in _parts(placed, boxes, x) if (strip := _strip(part, boxes, x, size)) is not None]
        tried.append((sum(strip.lines for strip in found), found))
    most = max((lines for lines, _ in tried), default=0)
    best = [found for lines, found in tried if lines == most]
    return best[len(best) // 2] if most else []


def _places(left: float, right: float, size: float) -> Iterator[float]:
    """Where between two edges a gutter can stand."""
    x = left + NARROWEST * size
    while x < right - NARROWEST * size:
        yield x
        x += STEP


def _parts(placed: Sequence[_Placed], boxes: Sequence[Box], x: float) -> Iterator[list[_Placed]]:
    """The pieces between those that cross `x`, from top to bottom."""
    crossing = sorted(
        [item.top for item in placed if item.piece.left < x - 1 and item.piece.right > x + 1]
        + [box.top for box in boxes if box.left < x < box.right]
    )
    rest = sorted(
        (item for item in placed if not (item.piece.left < x - 1 and item.piece.right > x + 1)),
        key=lambda item: item.top,
    )
    for end in [*crossing, float("inf")]:
        part = [item for item in rest if item.top < end]
        rest = rest[len(part) :]
        if part:
            yield part


def _strip(part: Sequence[_Placed], boxes: Sequence[Box], x: float, size: float) -> Strip | None:
    """The columns on either side of `x`; None where there is no running text on both."""
    sides = [[item for item in part if item.piece.right <= x + 1], [item for item in part if item.piece.right > x + 1]]
    if not all(sides):
        return None
    tops = [_first(side, boxes, x, index) for index, side in enumerate(sides)]
    top = max(tops) - 0.5 * size
    sides = [[item for item in side if item.bottom > top] for side in sides]
    if not all(sides):
        return None
    sides[0] = _without_heading_below(sides[0], sides[1])
    columns: list[Margins] = []
    lines = 0
    for side in sides:
        inner = _inner(side, size)
        if inner is None:
            return None
        columns += inner[0]
        lines += inner[1]
    bottom = max(item.bottom for side in sides for item in side)
    return Strip(top, bottom, tuple(columns), lines)


def _first(side: Sequence[_Placed], boxes: Sequence[Box], x: float, index: int) -> float:
    """Where a column begins: at its first line, or at the table on top of it."""
    text = min(item.top for item in side)
    return min([text, *(box.top for box in boxes if (box.left > x if index else box.right < x) and box.bottom < text)])


def _without_heading_below(left: list[_Placed], right: Sequence[_Placed]) -> list[_Placed]:
    """The left column without a heading that stands below both columns: it opens the text after them."""
    if len(left) > 1 and is_numbered(left[-1].piece.text) and left[-1].top > max(item.bottom for item in right):
        return left[:-1]
    return left


def _inner(side: Sequence[_Placed], size: float) -> tuple[Sequence[Margins], int] | None:
    """The columns on one side of a gutter, one or several, and their lines; None for what is no running text."""
    if len(side) < LEAST_LINES:
        return None
    lefts, rights = sorted(item.piece.left for item in side), sorted(item.piece.right for item in side)
    for x in _places(lefts[0], rights[-1], size):
        if not any(item.piece.left < x - 1 and item.piece.right > x + 1 for item in side):
            strip = _strip(side, [], x, size)
            if strip is not None:
                return strip.columns, strip.lines
    margins = Margins(lefts[len(side) // 10], rights[-1 - len(side) // 10])
    width = margins.right - margins.left
    long = [item for item in side if item.piece.right - item.piece.left >= LONG * width]
    running = [item for item in long if _ideographs(item.piece.text) * 2 > len(item.piece.text)]
    if width < NARROWEST * size or len(running) < max(2, LEAST_LONG * len(side)):
        return None
    return [margins], len(running)


def rows_side_by_side(rows: Sequence[Sequence[Glyph]]) -> int:
    """How many rows one below the other hold pieces of text side by side, so that their order is not certain."""
    longest = run = 0
    gutter: tuple[float, float] | None = None
    for row in rows:
        pieces = [piece for piece in pieces_of(row) if piece.text]
        words = len(pieces) == 2 and all(
            _ideographs(piece.text) >= _SIDE_BY_SIDE - 1
            and not set(piece.text) & set("：:0123456789")
            and not piece.text.endswith(("。", "；"))
            for piece in pieces
        )
        free = (pieces[0].right, pieces[1].left) if words else None
        if free is not None and gutter is not None:
            gutter = (max(gutter[0], free[0]), min(gutter[1], free[1]))
            gutter = gutter if gutter[0] < gutter[1] else None
        if free is None or gutter is None:
            run, gutter = 0, free
        run += free is not None
        longest = max(longest, run)
    return longest if longest >= LEAST_LINES else 0
