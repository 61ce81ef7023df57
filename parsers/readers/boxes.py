"""Tables drawn with characters in a text: ┌─┬─┐ and │, or +---+ and |.

The characters are lines on a page of squares, so the same lattice is found as from the strokes of a PDF, merged cells
with it. How wide a character counts differs by the program that drew the table: two squares for an ideograph, two for
the lines too, or one for everything. The reading under which every line of the drawing meets is the right one. Where
none does, the cells of a line are counted off between its bars, if every line has as many.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from parsers.model import Cell, Grid
from parsers.readers.grids import collapse, compressed
from parsers.readers.lattice import Lattice, Stroke, find_lattices
from parsers.readers.typeset import display_width

WIDE, HIGH = 10.0, 20.0  # of a square, in points: far enough apart for the lattice's own tolerances
TOLERANCE = 2.5
NARROW = 1.5 * WIDE  # verticals closer than this hold no character between them: the drawing does not meet
LONGEST = 400  # characters of a drawn line

_DRAWN = re.compile("[\u2500-\u257f]")
_BAR = re.compile("[|│┃║┆┇┊┋]")
_ASCII_RULE = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")
_ASCII_LINE = re.compile(r"^\s*[+|].*[+|]\s*$")
_ASCII_RUN = re.compile(r"(?<=[+|])[-=]+(?=[+|])")


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A drawn table and the line after it."""

    end: int
    grid: Grid


@dataclass(frozen=True, slots=True)
class _Square:
    """A character with the squares that it takes."""

    text: str
    left: float
    right: float


def find_boxes(lines: Sequence[str]) -> dict[int, DrawnTable]:
    """First line of every drawn table -> the table; a drawing that cannot be made out is left out."""
    found: dict[int, DrawnTable] = {}
    start = 0
    while start < len(lines):
        end = _end(lines, start)
        if end - start >= 3 and (grid := _grid([line.rstrip() for line in lines[start:end]])) is not None:
            found[start] = DrawnTable(end, grid)
        start = max(end, start + 1)
    return found


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the drawing that begins at `start`; `start` itself where none does."""
    end = start
    first = lines[start].strip()[:1]
    if _DRAWN.match(first):
        while end < len(lines) and len(lines[end]) < LONGEST and _DRAWN.match(lines[end].strip()[:1]):
            end += 1
    elif _ASCII_RULE.match(lines[start][:LONGEST]):
        while end < len(lines) and len(lines[end]) < LONGEST and _ASCII_LINE.match(lines[end]):
            end += 1
    return end


def _grid(lines: Sequence[str]) -> Grid | None:
    for width in (display_width, _width_of_squares, _one):
        squares = [_squares(line, width) for line in lines]
        lattice = _lattice(lines, squares)
        if lattice is not None:
            return _filled(lattice, squares)
    return _counted(lines)


# ---------------------------------------------------------------- how wide a character is


def _width_of_squares(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _one(_: str) -> int:
    return 1


def _squares(line: str, width: Callable[[str], int]) -> list[_Square]:
    found = []
    at = 0
    for character in line:
        end = at + width(character)
        found.append(_Square(character, at * WIDE, end * WIDE))
        at = end
    return found


# ---------------------------------------------------------------- characters to strokes


@cache
def _arms(character: str) -> frozenset[str]:
    """Where the strokes of a character for drawing go: left, right, up, down."""
    name = unicodedata.name(character, "")
    arms = {arm for arm in ("left", "right", "up", "down") if arm.upper() in name}
    if "HORIZONTAL" in name:
        arms |= {"left", "right"}
    if "VERTICAL" in name:
        arms |= {"up", "down"}
    return frozenset(arms)


def _drawing(line: str) -> dict[int, frozenset[str]]:
    """The characters of a line that are lines, by their place, with the directions in which they go."""
    arms = {at: _arms(character) for at, character in enumerate(line) if _DRAWN.match(character)}
    if arms:
        return arms
    runs = [run for run in _ASCII_RUN.finditer(line) if "+" in (line[run.start() - 1], line[run.end()])]
    for run in runs:
        arms.update(dict.fromkeys(range(run.start(), run.end()), frozenset(["left", "right"])))
    for at, character in enumerate(line):
        if character == "|":
            arms[at] = frozenset(["up", "down"])
        elif character == "+" and (at - 1 in arms or at + 1 in arms):
            arms[at] = frozenset(["left", "right", "up", "down"])
    return arms


def _lattice(lines: Sequence[str], squares: Sequence[Sequence[_Square]]) -> Lattice | None:
    """The lattice of a drawing whose lines meet; None for one whose lines do not."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    drawings = [_drawing(line) for line in lines]
    bars = [
        {squares[row][at].left for at, arms in drawing.items() if "up" in arms or "down" in arms}
        for row, drawing in enumerate(drawings)
    ]
    for row, line in enumerate(lines):
        top, middle, bottom = row * HIGH, (row + 0.5) * HIGH, (row + 1) * HIGH
        for at, drawn in drawings[row].items():
            square, arms = squares[row][at], set(drawn)
            if line[at] == "+":  # a corner of any kind: it has the arms that something meets
                beside = {"left": at - 1 in drawings[row], "right": at + 1 in drawings[row]}
                beside["up"] = row > 0 and square.left in bars[row - 1]
                beside["down"] = row + 1 < len(bars) and square.left in bars[row + 1]
                arms = {arm for arm, met in beside.items() if met}
            centre = (square.left + square.right) / 2
            if "left" in arms:
                across.append(Stroke(middle, square.left, centre))
            if "right" in arms:
                across.append(Stroke(middle, centre, square.right))
            if "up" in arms:
                down.append(Stroke(centre, top, middle))
            if "down" in arms:
                down.append(Stroke(centre, middle, bottom))
    lattices = find_lattices(across, down, TOLERANCE)
    if len(lattices) != 1 or lattices[0].ragged:
        return None
    (lattice,) = lattices
    ends = {line[-1].right for line in squares if line}
    narrow = any(right - left < NARROW for left, right in pairwise(lattice.xs))
    return None if narrow or len(ends) > 1 or len(lattice.cells) < 4 else lattice


# ---------------------------------------------------------------- characters into cells


def _filled(lattice: Lattice, squares: Sequence[Sequence[_Square]]) -> Grid | None:
    cells: list[tuple[Cell, dict[int, str]]] = []
    for cell in lattice.cells:
        box = cell.box
        texts = {}
        for row in range(len(squares)):
            if box.top < (row + 0.5) * HIGH < box.bottom:
                # The lines stand on the edges of the cell; what stands inside is its text, a bar too.
                inside = (
                    square.text
                    for square in squares[row]
                    if box.left + 1 < (square.left + square.right) / 2 < box.right - 1
                )
                texts[row] = collapse("".join(inside))
        cells.append((Cell(cell.row, cell.col, "", cell.end_row - cell.row, cell.end_col - cell.col), texts))
    return _with_rows_apart(cells)


def _counted(lines: Sequence[str]) -> Grid | None:
    """The grid of lines with the same number of bars, divided into rows by the lines without text; no merged cells."""
    cells: list[tuple[Cell, dict[int, str]]] = []
    row, columns = 0, 0
    current: dict[int, list[str]] = {}

    def finish() -> None:
        nonlocal row, current
        cells.extend(
            (Cell(row, col, ""), {at: texts[col] for at, texts in current.items()})
            for col in range(columns if current else 0)
        )
        row, current = row + bool(current), {}

    for at, line in enumerate(lines):
        arms = _drawing(line)
        if all(place in arms or character == " " for place, character in enumerate(line)) and any(
            "left" in directions for directions in arms.values()
        ):
            finish()
            continue
        if any("left" in directions or "right" in directions for directions in arms.values()):
            return None  # a line and text beside each other: merged cells, which bars do not count
        texts = [collapse(text) for text in _BAR.split(line.strip())[1:-1]]
        if not texts or (columns and len(texts) != columns):
            return None
        columns = len(texts)
        current[at] = texts
    finish()
    return _with_rows_apart(cells) if columns > 1 and row > 1 else None


def _with_rows_apart(cells: Sequence[tuple[Cell, dict[int, str]]]) -> Grid | None:
    """The grid of cells with their lines; a row without a line between its rows is taken apart.

    So where every line of it has a text in its first column and a number: the rows of a table that has a line below
    its headings only. Where labels run over several lines the rows cannot be told, and stay one.
    """
    rows: dict[int, list[tuple[Cell, dict[int, str]]]] = {}
    for cell, texts in cells:
        rows.setdefault(cell.row, []).append((cell, texts))
    found: list[Cell] = []
    at = 0
    for row in sorted(rows):
        own = rows[row]
        lines = sorted({line for _, texts in own for line in texts})
        apart = (
            len(lines) > 1
            and all(cell.row_span == 1 for cell, _ in own)
            and all(own[0][1].get(line) and any(_is_number(texts.get(line, "")) for _, texts in own) for line in lines)
        )
        for cell, texts in own:
            if apart:
                found += [Cell(at + n, cell.col, texts[line], 1, cell.col_span) for n, line in enumerate(lines)]
            else:
                text = "\n".join(text for _, text in sorted(texts.items()) if text)
                found.append(Cell(at, cell.col, text, cell.row_span, cell.col_span))
        at += len(lines) if apart else 1
    return compressed(found)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-−]?[0-9０-９][0-9０-９,.]*", text))
