"""Tables that a page break has cut, joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.model import Block, Cell, Finding, Grid, Paragraph, Severity
from parsers.tables.grids import LARGEST_GRID, Sheet, is_heading_row
from parsers.tables.lexicon import token

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
    upper, lower = Sheet(first), Sheet(second)
    heads = [is_heading_row([t for _, cell, t in upper.distinct(r) if cell.row == r]) for r in range(first.rows)]
    if not any(heads):
        return None
    open_heading = heads[-1]
    starts_anew = any(
        is_heading_row([t for _, cell, t in lower.distinct(r) if cell.row == r]) for r in range(second.rows)
    )
    if starts_anew and not (open_heading and first.cols == second.cols):
        return None
    if not open_heading and not _same_table(first, second):
        return None
    if open_heading and first.cols != second.cols:
        return None
    shift, shift_first = cols - second.cols, cols - first.cols
    if shift_first:
        return None
    moved = [
        Cell(cell.row + first.rows, cell.col + shift, cell.text, cell.row_span, cell.col_span) for cell in second.cells
    ]
    return Grid((*first.cells, *moved), first.rows + second.rows, cols, first.caption, "stitched")


def _same_table(first: Grid, second: Grid) -> bool:
    """Whether both grids have known rows of one and the same table of a form."""

    def tables(grid: Grid) -> set[tuple[str, str]]:
        return {(t.form, t.id) for cell in grid.cells for t, _ in token(cell.text).rows}

    return bool(tables(first) & tables(second))
