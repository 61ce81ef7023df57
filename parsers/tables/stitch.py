"""Tables that a page break has cut, joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Block, Cell, Finding, Grid, Paragraph, Severity
from parsers.tables.grids import LARGEST_GRID
from parsers.tables.headings import is_heading_row
from parsers.tables.lexicon import Token, token

_BETWEEN_PAGES = re.compile(
    r"(?:第?\s*[-–—―~]*\s*\d{1,4}\s*[-–—―~]*\s*(?:页|/\s*\d{1,4})?\s*(?:共\s*\d{1,4}\s*页)?|[(（\[【]?\s*(?:接?上表|续表?|接下表|接?下页)\s*[)）\]】]?)"
)


def stitch(blocks: Sequence[Block], findings: list[Finding]) -> list[Block]:
    """Join a table with the part of it that follows without headings of its own, page numbers in between let be."""
    joined: list[Block] = []
    last = -1  # index in `joined` of the table that the next one may continue
    for block in blocks:
        if isinstance(block, Paragraph):
            if last >= 0 and block.text.strip() and not _BETWEEN_PAGES.fullmatch(block.text.strip()):
                last = -1
            joined.append(block)
            continue
        if last >= 0:
            before = joined[last]
            whole = _join(before, block) if isinstance(before, Grid) else None
            if whole is not None and isinstance(before, Grid):
                joined[last] = whole
                findings.append(
                    Finding(
                        "table.stitched",
                        Severity.INFO,
                        f"A table of {before.rows} rows goes on in a second part of {block.rows} rows.",
                        {"rows": [before.rows, block.rows]},
                    )
                )
                continue
        joined.append(block)
        last = len(joined) - 1
    return joined


def _join(first: Grid, second: Grid) -> Grid | None:
    """The two grids as one, when the second one has no headings and the rows of the first one's table; else None."""
    cols = max(first.cols, second.cols)
    if (first.rows + second.rows) * cols > LARGEST_GRID or not first.cells or not second.cells:
        return None
    heads = _heading_rows(first)
    if not heads:
        return None
    open_heading = first.rows - 1 in heads
    starts_anew = bool(_heading_rows(second))
    if starts_anew and not (open_heading and first.cols == second.cols):
        return None
    if not open_heading and not _same_table(first, second):
        return None
    if open_heading and first.cols != second.cols and not _fits_below(first, second):
        return None
    # Label columns may be missing in one part, merged ones above all: the values are on the right in both.
    return Grid(
        (*_moved(first, 0, cols - first.cols), *_moved(second, first.rows, cols - second.cols)),
        first.rows + second.rows,
        cols,
        first.caption,
        "stitched",
    )


def _fits_below(heading: Grid, rows: Grid) -> bool:
    """Whether the rows have labels of a form in several columns where the heading has one, and values below the rest.

    Columns of labels that are merged all over a part of a table leave no trace in it.
    """
    first = rows.cols - heading.cols + 1
    if first <= 1 or any(cell.col == 0 and cell.col_span > 1 for cell in heading.cells if cell.row == heading.rows - 1):
        return False
    spots = [(cell, token(cell.text)) for cell in rows.cells]
    return any(t.rows for _, t in spots) and all(
        t.value_like and cell.col_span == 1
        if cell.col >= first
        else cell.col + cell.col_span <= first and not t.numeric
        for cell, t in spots
    )


def _heading_rows(grid: Grid) -> set[int]:
    """The rows of a grid that are headings of columns."""
    rows: dict[int, list[Token]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(token(cell.text))
    return {row for row, tokens in rows.items() if is_heading_row(tokens)}


def _moved(grid: Grid, down: int, right: int) -> list[Cell]:
    return [replace(cell, row=cell.row + down, col=cell.col + right) for cell in grid.cells]


def _same_table(first: Grid, second: Grid) -> bool:
    """Whether both grids have known rows of one and the same table of a form."""

    def tables(grid: Grid) -> set[tuple[str, str]]:
        return {(t.form, t.id) for cell in grid.cells for t, _ in token(cell.text).rows}

    return bool(tables(first) & tables(second))
