"""Comparing what readers give with what was printed."""

from __future__ import annotations

import re

from parsers.model import Block, Document, Grid, Paragraph
from tests.formats.one_source import Table, positions


def grids(document: Document) -> list[Grid]:
    """The tables of a document."""
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    """The paragraphs of a document."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(grid: Grid) -> dict[tuple[int, int], tuple[str, int, int]]:
    """Text and spans by anchor; line breaks in cells do not count, they are the printer's."""
    return {(c.row, c.col): (re.sub(r"\s", "", c.text), c.row_span, c.col_span) for c in grid.cells}


def printed(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The same for a table of one_source."""
    return {(row, col): (re.sub(r"\s", "", cell.text), cell.rows, cell.cols) for row, col, cell in positions(table)}


def rows(grid: Grid) -> list[list[str]]:
    """The texts of the cells row by row, each where it begins."""
    result: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        result[cell.row].append(cell.text)
    return result


def is_sound(grid: Grid) -> bool:
    """Whether every position is covered at most once, inside the extent, and every row and column begins a cell."""
    seen: set[tuple[int, int]] = set()
    for cell in grid.cells:
        covered = {(cell.row + i, cell.col + k) for i in range(cell.row_span) for k in range(cell.col_span)}
        if covered & seen or cell.row + cell.row_span > grid.rows or cell.col + cell.col_span > grid.cols:
            return False
        seen |= covered
    return {cell.row for cell in grid.cells} == set(range(grid.rows)) and {cell.col for cell in grid.cells} == set(
        range(grid.cols)
    )


def codes(document: Document) -> set[str]:
    """Codes of the findings."""
    return {finding.code for finding in document.findings}


def kinds(blocks: tuple[Block, ...]) -> str:
    """The order of the blocks: p for a paragraph, T for a table."""
    return "".join("T" if isinstance(block, Grid) else "p" for block in blocks)
