"""The values of a row put under its columns, where that is certain."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.model import Cell
from parsers.tables.headings import plan_of
from parsers.tables.lexicon import Token, token
from parsers.tables.sheet import Crossing, Entry


@dataclass(slots=True)
class Placed:
    """A value cell with what stands in its row and column, its printed headings and the unit printed there."""

    crossing: Crossing
    cell: Cell
    token: Token
    path: str
    note: str | None


def place_values(entry: Entry) -> list[Placed] | None:
    """The values of a row with the form columns they stand under; None when that is not certain."""
    header = entry.header
    plan = plan_of(header, entry.rows)
    if header.slots and header.trusted and aligned(entry):
        by_col: dict[int, tuple[Cell, Token]] = {}
        for c, cell, t in entry.cells:
            by_col[c] = (cell, t)
            if cell.col_span > 1:
                by_col.update(dict.fromkeys(range(c, cell.col + cell.col_span), (cell, t)))
        if header.printed <= by_col.keys():
            return [
                Placed(crossing, *by_col[col], header.paths[col], header.notes.get(col))
                for col, crossing in plan.by_col.items()
            ]
    values = entry.cells
    if not plan.complete:
        return None
    if len(values) == 1 and values[0][1].col_span == len(header.order):
        _, cell, t = values[0]  # digits over all columns that could not be cut
        return [
            Placed(crossing, cell, t, path, None)
            for crossing, (_, path) in zip(plan.in_order, header.order, strict=True)
        ]
    if len(values) > len(header.order) and values[-1][2].blank:
        return None  # blank cells in front or behind
    while len(values) > len(header.order) and values[0][2].blank:
        values = values[1:]  # blank label cells, when the width of the headings was lost
    if len(values) != len(header.order):
        return None
    if any(cell.col_span > 1 and not t.blank for _, cell, t in values):
        return None
    return [
        Placed(crossing, cell, t, path, token(path.rsplit(" / ", 1)[-1]).note_unit)
        for crossing, (_, path), (_, cell, t) in zip(plan.in_order, header.order, values, strict=True)
    ]


def aligned(entry: Entry) -> bool:
    """Whether every number of the row stands under a heading of the form."""
    slots = entry.header.slots
    first = min(slots)
    for c, cell, t in entry.cells:
        if c in slots:
            if t.rows and not t.value_like:
                return False
        elif c < first:
            if t.numeric or first < cell.col + cell.col_span:
                return False
        elif t.numeric and c not in entry.header.paths:
            return False
        if cell.col_span > 1 and not t.blank and any(at not in slots for at in range(c, cell.col + cell.col_span)):
            return False
    return entry.leaf is None or bool(entry.path and entry.path[-1].col + entry.path[-1].col_span <= first)


def list_values(entry: Entry) -> list[tuple[str, Cell, str, str | None]] | None:
    """The values of a row of a list with their periods; None when a number stands under no known heading."""
    header = entry.header
    columns = {c: role for c, role in header.roles.items() if role[0] == "value"}
    numeric = [(c, cell) for c, cell, t in entry.cells if t.numeric]
    if columns:
        start = entry.path[-1].col
        end = min((c for c, r in header.roles.items() if r[0] == "label" and c > start), default=1 << 30)
        columns = {c: role for c, role in columns.items() if start < c < end}
    if not columns:
        if not entry.sole or any(cell.col_span > 1 for _, cell in numeric):
            return None
        candidates = [(cell, t) for c, cell, t in entry.cells if not header.roles.get(c)]
        if len(numeric) == 1 and all(cell is numeric[0][1] or t.blank for cell, t in candidates):
            return [("year", numeric[0][1], header.paths.get(numeric[0][0], ""), None)]
        if not numeric and len(candidates) == 1:
            return [("year", candidates[0][0], "", None)]
        return None
    by_col = {at: cell for c, cell, _ in entry.cells for at in range(c, cell.col + cell.col_span)}
    if any(at not in columns for c, cell in numeric for at in range(c, cell.col + cell.col_span)):
        return None
    found: dict[str, tuple[str, Cell, str, str | None]] = {}
    for c, (_, period) in sorted(columns.items()):
        if c not in by_col:
            continue  # a cell on the left reaches below this heading
        cell, path = by_col[c], header.paths.get(c, "")
        earlier = found.get(period)
        if earlier is not None and earlier[1] is not cell:
            # One heading over two columns: a stray empty column is common, two numbers are not.
            if earlier[2] != path or not (token(earlier[1].text).blank or token(cell.text).blank):
                return None
            if token(cell.text).blank:
                continue
        found[period] = (period, cell, path, header.notes.get(c))
    if len(found) < len({period for _, period in columns.values()}):
        return None
    return list(found.values())
