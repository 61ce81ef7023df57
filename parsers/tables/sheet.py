"""A grid while it is read: its cells as tokens, its header, its rows as entries, and how it matches a form."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from parsers.forms import Column, FormTable, Row
from parsers.model import Cell, Figure, Finding, Grid
from parsers.tables.lexicon import Token, token

Slot = tuple[tuple[FormTable, Column], ...]
"""The form columns that a printed column can be."""
RowKey = tuple[tuple[FormTable, Row], ...]
"""The form rows that a printed row can be."""
Crossing = tuple[str | None, Column | None]
"""Metric and column of a cell; None where the form has none or more than one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a row gives under certain headings: a crossing for each slot, and the votes of its cells for forms."""

    by_col: dict[int, Crossing]
    in_order: tuple[Crossing, ...]
    complete: bool  # the headings are all those of the row's table
    simple: tuple[tuple[int, str, str], ...]  # column, metric, applicant: where each metric has one column
    votes: Counter[str]


@dataclass(slots=True)
class Header:
    """What the heading rows say of the columns below them."""

    slots: dict[int, Slot] = field(default_factory=dict)  # grid column → the form columns it can be
    order: tuple[tuple[Slot, str], ...] = ()  # the same in reading order of the headings, with their printed path
    paths: dict[int, str] = field(default_factory=dict)  # printed headings of a column, joined
    notes: dict[int, str] = field(default_factory=dict)  # unit printed with a heading
    roles: dict[int, tuple[str, str]] = field(default_factory=dict)  # columns of a list
    trusted: bool = True  # False when one column carries two headings of the same table
    printed: frozenset[int] = frozenset()  # columns with a heading, from the first of the form on
    tables: frozenset[int] = frozenset()  # identities of the form tables that the slots belong to
    unknown: tuple[str, ...] = ()  # headings among those of the form that are not the form's
    reordered: bool = False
    copies: tuple[int, ...] = ()  # columns with the headings of the column on their left
    plans: dict[RowKey, Plan] = field(default_factory=dict)


@dataclass(slots=True)
class Entry:
    """A row with a label or with values, before it is matched."""

    row: int
    header: Header
    path: list[Cell]
    leaf: Token | None
    cells: list[Spot]  # right of the label
    unit: str | None = None
    sole: bool = False  # the numbers of the whole table stand in one column
    rows: RowKey = ()


@dataclass(slots=True)
class Match:
    """What a grid gave."""

    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    rows_seen: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    matched: bool = False
    values: int = 0  # printed numbers among the matched cells
    money_unit: str | None = None


Spot = tuple[int, Cell, Token]
"""A cell with the first column that it covers in a row."""


class Sheet:
    """A grid laid out for reading: the cell that covers each position, and each row's distinct cells."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows: list[list[Cell | None]] = [[None] * grid.cols for _ in range(grid.rows)]
        for cell in grid.cells:
            if cell.row_span == 1 and cell.col_span == 1:
                self.rows[cell.row][cell.col] = cell
                continue
            for line in self.rows[cell.row : cell.row + cell.row_span]:
                line[cell.col : cell.col + cell.col_span] = [cell] * (
                    min(grid.cols, cell.col + cell.col_span) - cell.col
                )

        self._lines: dict[int, list[Spot]] = {}

    def distinct(self, row: int) -> list[Spot]:
        """The cells of a row from left to right, each once, with the first column that it covers there."""
        found = self._lines.get(row)
        if found is None:
            found = []
            last = None
            for col, cell in enumerate(self.rows[row]):
                if cell is not None and cell is not last:
                    found.append((col, cell, token(cell.text)))
                last = cell
            self._lines[row] = found
        return found
