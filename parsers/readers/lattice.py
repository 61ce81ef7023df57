"""Tables from ruling lines: horizontal and vertical strokes of a page become cells.

Used for PDF pages, where strokes are drawn, and for pictures, where they are found. Coordinates grow to the right
and downwards, in any unit; `tolerance` is what the drawing program or the scanner may be off by.

Strokes that touch are one table. Its rows and columns are all the lines on which strokes lie; where no stroke
separates two neighbouring fields they are one merged cell. The outline of the strokes is always taken as drawn,
because a page break often cuts a table without a closing line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_STROKES = 20_000
MAX_LINES = 1_500  # distinct strokes of one direction after joining
MAX_FIELDS = 100_000
DOUBLE = 3.6  # points: lines closer than this are one; the smallest print is higher


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: at `at` on the other axis, from `start` to `end` along its own."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether the point lies inside, or at most `slack` outside."""
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """A cell of a lattice: rows and columns as half-open ranges, and its rectangle."""

    row: int
    col: int
    end_row: int
    end_col: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table. `ys` and `xs` are its lines; `ragged` when strokes left a field that is not a rectangle."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    ragged: bool = False


def joined(strokes: Iterable[Stroke], tolerance: float) -> list[Stroke]:
    """Strokes on one line that touch or nearly touch as one stroke; their position is the longest one's."""
    rows: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if rows and stroke.at - rows[-1][0].at <= tolerance:
            rows[-1].append(stroke)
        else:
            rows.append([stroke])
    result: list[Stroke] = []
    for row in rows:
        at = max(row, key=lambda stroke: stroke.end - stroke.start).at
        current: Stroke | None = None
        for stroke in sorted(row, key=lambda stroke: stroke.start):
            if current is not None and stroke.start <= current.end + tolerance:
                current = Stroke(at, current.start, max(current.end, stroke.end))
            else:
                if current is not None:
                    result.append(current)
                current = Stroke(at, stroke.start, stroke.end)
        if current is not None:
            result.append(current)
    return result


def find_lattices(horizontal: Sequence[Stroke], vertical: Sequence[Stroke], tolerance: float) -> list[Lattice]:
    """The ruled tables and frames of a page, from top to bottom; a frame has a single cell.

    Returns nothing for drawings with more than MAX_STROKES strokes: those are pictures.
    """
    if len(horizontal) + len(vertical) > MAX_STROKES:
        return []
    across = joined(_doubles_as_one(joined(horizontal, tolerance)), tolerance)
    down = joined(_doubles_as_one(joined(vertical, tolerance)), tolerance)
    if len(across) > MAX_LINES or len(down) > MAX_LINES:
        return []
    lattices = []
    groups = _connected(across, down, tolerance)
    alone = [stroke for stroke in down if not any(stroke in cols for _, cols in groups)]
    for rows, cols in groups:
        lattice = _lattice(rows, cols + _sides(rows, cols, alone, tolerance), tolerance)
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: (lattice.box.top, lattice.box.left))


def _doubles_as_one(strokes: list[Stroke]) -> list[Stroke]:
    """Strokes that lie closer together than any print fits between moved onto one line.

    So lie double lines, and the outlines of cells that each have their own.
    """
    bands: list[list[Stroke]] = []
    for stroke in strokes:  # by position
        if bands and stroke.at - bands[-1][-1].at <= DOUBLE and stroke.at - bands[-1][0].at <= 2 * DOUBLE:
            bands[-1].append(stroke)
        else:
            bands.append([stroke])
    moved = []
    for band in bands:
        at = (band[0].at + band[-1].at) / 2 if len(band) > 1 else band[0].at
        moved += [Stroke(at, stroke.start, stroke.end) for stroke in band]
    return moved


def _connected(across: list[Stroke], down: list[Stroke], tolerance: float) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that cross or touch each other; only groups with both directions."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(across):
        for j, col in enumerate(down, len(across)):
            if (
                row.start - tolerance <= col.at <= row.end + tolerance
                and col.start - tolerance <= row.at <= col.end + tolerance
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, row in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, col in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(col)
    return [group for group in groups.values() if group[0] and group[1]]


def _sides(rows: list[Stroke], cols: list[Stroke], alone: list[Stroke], tolerance: float) -> list[Stroke]:
    """Strokes beside a table, as high as its columns, that touch nothing: the edge of cells that fill the page.

    So stands the outer edge of a merged cell that begins on an earlier page and ends on a later one.
    """
    top, bottom = min(stroke.start for stroke in cols), max(stroke.end for stroke in cols)
    if any(not top - tolerance <= stroke.at <= bottom + tolerance for stroke in rows):
        return []
    return [
        stroke for stroke in alone if abs(stroke.start - top) <= tolerance and abs(stroke.end - bottom) <= tolerance
    ]


def _positions(values: Iterable[float], tolerance: float) -> list[float]:
    """Line positions, those within the tolerance of the one before taken as the same."""
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > tolerance:
            positions.append(value)
    return positions


def is_covered(strokes: list[Stroke], at: float, start: float, end: float, tolerance: float) -> bool:
    """Whether strokes on the line `at` cover more than half of the way from start to end."""
    length = sum(
        max(0.0, min(stroke.end, end) - max(stroke.start, start))
        for stroke in strokes
        if abs(stroke.at - at) <= tolerance
    )
    return length > (end - start) / 2


def _without_loose_ends(
    rows: list[Stroke], cols: list[Stroke], xs: list[float], ys: list[float], tolerance: float
) -> list[float]:
    """Leave out rows at either end that a single stroke sticks out into: a mark in the margin, no part of the table.

    A row that a page break left open is kept, since strokes separate its cells or close it on both sides.
    """

    def sticks_out(outer: float, inner: float) -> bool:
        top, bottom = min(outer, inner), max(outer, inner)
        if is_covered(rows, outer, xs[0], xs[-1], tolerance):
            return False
        return sum(is_covered(cols, x, top, bottom, tolerance) for x in xs) < 2

    while len(ys) > 2 and sticks_out(ys[0], ys[1]):
        ys = ys[1:]
    while len(ys) > 2 and sticks_out(ys[-1], ys[-2]):
        ys = ys[:-1]
    return ys


def _lattice(rows: list[Stroke], cols: list[Stroke], tolerance: float) -> Lattice | None:
    left = min(*(s.start for s in rows), *(s.at for s in cols))
    right = max(*(s.end for s in rows), *(s.at for s in cols))
    top = min(*(s.at for s in rows), *(s.start for s in cols))
    bottom = max(*(s.at for s in rows), *(s.end for s in cols))
    ys = _positions([top, *(s.at for s in rows), bottom], tolerance)
    xs = _positions([left, *(s.at for s in cols), right], tolerance)
    ys = _without_loose_ends(rows, cols, xs, ys, tolerance)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_FIELDS:
        return None
    height, width = len(ys) - 1, len(xs) - 1
    by_line = {y: [s for s in rows if abs(s.at - y) <= tolerance] for y in ys}
    by_column = {x: [s for s in cols if abs(s.at - x) <= tolerance] for x in xs}
    # open_right[r][c]: no stroke between fields (r, c) and (r, c + 1); open_below likewise
    open_right = [
        [not is_covered(by_column[xs[c + 1]], xs[c + 1], ys[r], ys[r + 1], tolerance) for c in range(width - 1)]
        for r in range(height)
    ]
    open_below = [
        [not is_covered(by_line[ys[r + 1]], ys[r + 1], xs[c], xs[c + 1], tolerance) for c in range(width)]
        for r in range(height - 1)
    ]
    taken = [[False] * width for _ in range(height)]
    cells: list[LatticeCell] = []
    ragged = False
    for r in range(height):
        for c in range(width):
            if taken[r][c]:
                continue
            end_col = c + 1
            while end_col < width and open_right[r][end_col - 1] and not taken[r][end_col]:
                end_col += 1
            end_row = r + 1
            while end_row < height and all(open_below[end_row - 1][k] for k in range(c, end_col)):
                if any(taken[end_row][k] for k in range(c, end_col)) or not all(
                    open_right[end_row][k] for k in range(c, end_col - 1)
                ):
                    ragged = True
                    break
                if end_col < width and open_right[end_row][end_col - 1]:
                    ragged = True
                if c > 0 and open_right[end_row][c - 1]:
                    ragged = True
                end_row += 1
            for i in range(r, end_row):
                for k in range(c, end_col):
                    taken[i][k] = True
            cells.append(LatticeCell(r, c, end_row, end_col, Box(xs[c], ys[r], xs[end_col], ys[end_row])))
    return Lattice(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), tuple(cells), ragged)
