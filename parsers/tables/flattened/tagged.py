"""Cells that know their row, because the text prints one cell a line between marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.model import Block, Cell, Grid, Paragraph
from parsers.tables.flattened.squeezed import LONGEST_CELL
from parsers.tables.flattened.stream import ONLY_PIPES
from parsers.tables.lexicon import token

_PIPES = re.compile(r"[|｜│┃¦]")


def rows_of_cells(paragraphs: list[Paragraph]) -> list[Block]:
    """Grids from paragraphs with a row number and from lines of cells divided by pipes."""
    out: list[Block] = []
    rows: list[list[str]] = []
    held: list[Paragraph] = []
    number: int | None = None
    tagged = False

    def flush() -> None:
        nonlocal rows, held, number, tagged
        wide = sum(1 for row in rows if len(row) > 1)
        if wide >= 2 and (tagged or _is_table(rows)):
            out.append(_grid(rows))
        else:
            out.extend(held)
        rows, held, number, tagged = [], [], None, False

    for n, paragraph in enumerate(paragraphs):
        if not rows and (heads := _headings_of_rows(paragraphs, n)):
            rows, held, tagged = [heads], [paragraph], True
            continue
        if rows and _is_row_of_one_cell(paragraphs, n, tagged):
            rows.append([paragraph.text])
            held.append(paragraph)
            continue
        if paragraph.row is not None:
            if rows and not tagged:
                flush()
            if number is not None and paragraph.row == number:
                rows[-1].append(paragraph.text)
            else:
                if number is not None and paragraph.row != number + 1:
                    flush()
                rows.append([paragraph.text])
            number, tagged = paragraph.row, True
            held.append(paragraph)
            continue
        cells = _PIPES.split(paragraph.text) if _PIPES.search(paragraph.text) else []
        if tagged or (rows and not cells):
            flush()
        if not cells:
            out.append(paragraph)
            continue
        if ONLY_PIPES.fullmatch(paragraph.text):
            (held if rows else out).append(paragraph)
            continue
        cells = [cell.strip() for cell in cells]
        if not cells[0]:
            cells = cells[1:]
        if cells and not cells[-1]:
            cells = cells[:-1]
        rows.append(cells or [""])
        held.append(paragraph)
    flush()
    return out


def _is_row_of_one_cell(paragraphs: Sequence[Paragraph], n: int, tagged: bool) -> bool:
    """Whether a line without any divider is a heading of a form over the whole width, with rows on either side."""
    paragraph = paragraphs[n]
    if paragraph.row is not None or _PIPES.search(paragraph.text) or len(paragraph.text) > LONGEST_CELL:
        return False
    if not any(row.metric is None and not row.cells for _, row in token(paragraph.text).rows):
        return False
    following = _after_headings(paragraphs, n)
    if following is None:
        return False
    return following.row is not None if tagged else bool(following.row is None and _PIPES.search(following.text))


def _headings_of_rows(paragraphs: Sequence[Paragraph], n: int) -> list[str]:
    """The headings on a line of its own, when rows of cells follow after it; else nothing."""
    text = paragraphs[n].text
    words = text.split() if paragraphs[n].row is None and len(text) <= 2 * LONGEST_CELL else []
    if len(words) < 2 or not all(token(word).role for word in words):
        return []
    following = _after_headings(paragraphs, n)
    return words if following is not None and following.row is not None else []


def _after_headings(paragraphs: Sequence[Paragraph], n: int) -> Paragraph | None:
    """The next paragraph but one or two that are headings of a form over the whole width."""
    return next((p for p in paragraphs[n + 1 : n + 4] if not _is_row_of_heading(p)), None)


def _is_row_of_heading(paragraph: Paragraph) -> bool:
    t = token(paragraph.text)
    return paragraph.row is None and any(row.metric is None and not row.cells for _, row in t.rows)


def _is_table(rows: list[list[str]]) -> bool:
    """Whether lines with pipes are a table: known labels, or numbers in rows of equal length."""
    tokens = [token(cell) for row in rows for cell in row]
    known = sum(1 for t in tokens if t.rows or t.columns)
    if known >= 3:
        return True
    lengths = {len(row) for row in rows if len(row) > 1}
    return len(lengths) == 1 and len(rows) >= 3 and sum(1 for t in tokens if t.numeric) * 4 >= len(tokens)


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    cols = max(len(row) for row in rows)
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Grid(cells, len(rows), cols, None, "flattened")
