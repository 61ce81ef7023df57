"""Building grids from rows of cells with edges, as word processors store them.

Word, WPS and LibreOffice keep a table as rows, each with its own cell edges, and let a cell continue the one above.
A grid's columns are the edges that all rows together have; edges a hair apart are one column line drawn by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.model import Block, Cell, Grid, Paragraph

EDGE_TOLERANCE = 100  # twips, 1.8 mm: half a character of the smallest print, so no column is that narrow
MAX_CELLS = 60_000  # cells of a document's tables; the largest form has about 250


@dataclass(frozen=True, slots=True)
class EdgedCell:
    """A cell between two vertical edges (any unit). `joins_above` marks the continuation of the cell above it."""

    left: float
    right: float
    text: str
    joins_above: bool = False


def snapped(positions: Iterable[float], tolerance: float) -> dict[float, int]:
    """Number the column lines from left to right; positions closer than the tolerance to the next get one number.

    A chain of close positions is cut when it would grow wider than twice the tolerance.
    """
    numbers: dict[float, int] = {}
    line, first, last = -1, 0.0, 0.0
    for position in sorted(set(positions)):
        if line < 0 or position - last > tolerance or position - first > 2 * tolerance:
            line, first = line + 1, position
        numbers[position], last = line, position
    return numbers


def grid_of(rows: Sequence[Sequence[EdgedCell]], tolerance: float) -> Grid | None:
    """Make a grid of rows of edged cells; None when there is no cell.

    A cell that joins the one above must have its edges; one that has not stands for itself, blank or not.
    Rows and columns in which nothing begins are left out: they cannot be seen.
    """
    lines = snapped((edge for row in rows for cell in row for edge in (cell.left, cell.right)), tolerance)
    if any(lines[cell.left] >= lines[cell.right] for row in rows for cell in row):
        # A column as narrow as the tolerance is printed: take the edges as they are.
        lines = snapped((edge for row in rows for cell in row for edge in (cell.left, cell.right)), 0.0)
    anchors: list[Cell] = []
    above: dict[tuple[int, int], int] = {}  # (left, right) of the row above -> index in anchors
    for row_number, row in enumerate(rows):
        current: dict[tuple[int, int], int] = {}
        filled = -1
        for cell in sorted(row, key=lambda cell: cell.left):
            left, right = max(lines[cell.left], filled), lines[cell.right]
            if left >= right:
                continue
            filled = right
            joined = above.get((left, right)) if cell.joins_above else None
            if joined is not None:
                anchor = anchors[joined]
                anchors[joined] = replace(anchor, row_span=row_number - anchor.row + 1)
                current[left, right] = joined
            else:
                current[left, right] = len(anchors)
                anchors.append(Cell(row_number, left, cell.text, 1, right - left))
        above = current
    return compressed(anchors)


def compressed(cells: Sequence[Cell], caption: str | None = None, origin: str = "table") -> Grid | None:
    """Renumber rows and columns so that at least one cell begins in each of them; None without cells."""
    if not cells:
        return None
    rows = {row: number for number, row in enumerate(sorted({cell.row for cell in cells}))}
    cols = {col: number for number, col in enumerate(sorted({cell.col for cell in cells}))}

    def shrink(numbers: dict[int, int], start: int, span: int) -> int:
        if span == 1:
            return 1
        return sum(start <= position < start + span for position in numbers)

    renumbered = tuple(
        Cell(
            rows[cell.row],
            cols[cell.col],
            cell.text,
            shrink(rows, cell.row, cell.row_span),
            shrink(cols, cell.col, cell.col_span),
        )
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.col))
    )
    return Grid(renumbered, len(rows), len(cols), caption, origin)


def collapse(text: str) -> str:
    """One line of text with every run of white space (ideographic and no-break too) as one space, ends stripped."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def cell_text(lines: Iterable[str]) -> str:
    """The text of a cell: its non-empty lines, each collapsed, joined by line breaks."""
    return "\n".join(line for line in map(collapse, lines) if line)


_NAMES_TABLE = re.compile(r"(?:[表录]|统计表|情况表|一览表|汇总表)(?:\s*[（(][^（）()]{0,30}[）)])?[:：]?$")


def captioned(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each grid with the line above it as caption when that line names a table. The line stays."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and block.caption is None and result and isinstance(result[-1], Paragraph):
            line = result[-1].text
            if len(line) <= 60 and _NAMES_TABLE.search(line):
                result.append(replace(block, caption=line))
                continue
        result.append(block)
    return tuple(result)


def unboxed(grid: Grid) -> tuple[Block, ...]:
    """The grid, or the paragraphs of its only cell: a box drawn round a text is no table."""
    texts = [cell.text for cell in grid.cells if cell.text]
    if not texts:
        return (grid,) if len(grid.cells) > 1 else ()
    if len(grid.cells) == 1:
        return tuple(Paragraph(line) for line in texts[0].split("\n"))
    return (grid,)


@dataclass(frozen=True, slots=True)
class BlockCell:
    """A cell of a word processor's table with the blocks inside it; edges and `joins_above` as in EdgedCell."""

    left: float
    right: float
    blocks: tuple[Block, ...]
    joins_above: bool = False


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A table as blocks. `nested`: a data table stands in a cell of another; `covered`: cells with unprinted text."""

    blocks: tuple[Block, ...]
    nested: bool = False
    covered: int = 0


def table_blocks(rows: Sequence[Sequence[BlockCell]], tolerance: float) -> LaidOut:
    """A table as a grid; one that only lays out inner tables and lines of text as the blocks of its cells."""
    cells = [cell for row in rows for cell in row]
    inner = [block for cell in cells for block in cell.blocks if isinstance(block, Grid)]
    if inner:
        beside = sum(bool(cell.blocks) and not any(isinstance(b, Grid) for b in cell.blocks) for cell in cells)
        if beside <= len(rows):
            return LaidOut(tuple(block for cell in cells for block in cell.blocks))
    covered = 0
    edged: list[list[EdgedCell]] = []
    for row in rows:
        line: list[EdgedCell] = []
        for cell in row:
            text = cell_text(block.text for block in cell.blocks if isinstance(block, Paragraph))
            covered += cell.joins_above and bool(text)
            line.append(EdgedCell(cell.left, cell.right, "" if cell.joins_above else text, cell.joins_above))
        edged.append(line)
    grid = grid_of(edged, tolerance)
    return LaidOut((*(unboxed(grid) if grid is not None else ()), *inner), bool(inner), covered)
