"""The heading rows of a grid: which rows they are, and which column of a form each of their columns is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from parsers.forms import SUBTOTAL, Column, FormTable
from parsers.model import Meaning
from parsers.tables.lexicon import WEAK_COLUMNS, Token, lexicon, token
from parsers.tables.sheet import Crossing, Header, Plan, RowKey, Sheet, Slot


def is_heading_row(tokens: Sequence[Token]) -> bool:
    """Whether the cells printed in a row are headings of columns: a strong one among them, no number and no dash."""
    if any(t.numeric or t.value.meaning is Meaning.NOT_APPLICABLE for t in tokens):
        return False
    roles = 0
    for t in tokens:
        if t.group or (t.columns and t.core not in WEAK_COLUMNS):
            return True
        if t.role and not t.rows:
            roles += 1
    return roles >= 2


def resolve_column(path: Sequence[Token]) -> tuple[Slot, bool]:
    """The form columns that a column with these headings can be, and whether the headings agree."""
    groups = {t.group for t in path if t.group}
    best: dict[tuple[str, str, int], tuple[int, FormTable, Column]] = {}
    leaves = 0
    for t in path:
        if not t.columns:
            continue
        leaves += 1
        for table, column in t.columns:
            if column.parents:
                if column.parents[-1] not in groups:
                    continue
                if len(column.parents) == 1 and any(len(g) > len("行政诉讼") for g in groups):
                    continue
            best[table.form, table.id, column.index] = (len(column.parents), table, column)
    if not best:
        return (), leaves <= 1
    depth = max(found[0] for found in best.values())
    slot = tuple((table, column) for found, table, column in best.values() if found == depth)
    per_table = Counter((table.form, table.id) for table, _ in slot)
    return slot, leaves <= 1 and max(per_table.values()) == 1


def is_complete(slots: Sequence[Slot], rows: RowKey = ()) -> bool:
    """Whether columns are all those of one table (of the rows' table), so that none was overlooked.

    Only then may the cells of a row be counted off against the headings.
    """
    if not slots or not all(slots):
        return False
    seen = {(id(table), column.index) for slot in slots for table, column in slot}
    tables = {id(table): table for table, _ in (rows or slots[0])}
    return any(
        all((key, column.index) in seen for column in table.columns if column.applicant != SUBTOTAL)
        for key, table in tables.items()
    )


def leaf_order(rows: Sequence[Sequence[Token]]) -> list[list[Token]] | None:
    """Heading paths in reading order, a group replaced by the labels of the next row that belong to it.

    Needs no positions: the labels of a row are dealt out to the groups of the row above, a new share beginning where a
    label repeats or where a group follows plain labels. None when the shares do not come out even.
    """
    paths: list[list[Token]] = []
    for tokens in ([t for t in row if t.group or t.columns] for row in rows):
        if not tokens:
            continue
        if not paths:
            paths = [[t] for t in tokens]
            continue
        shares: list[list[Token]] = [[]]
        for t in tokens:
            share = shares[-1]
            if share and (t.core in {s.core for s in share} or (t.group and not share[-1].group)):
                shares.append([])
            shares[-1].append(t)
        expanded: list[list[Token]] = []
        for path in paths:
            if path[-1].group:
                if not shares:
                    return None
                expanded.extend([*path, t] for t in shares.pop(0))
            else:
                expanded.append(path)
        if shares:
            return None
        paths = expanded
    return None if any(path[-1].group for path in paths) else paths


def read_header(sheet: Sheet, first: int, last: int) -> Header:
    """Read the heading rows `first` to `last`."""
    layout = tuple(
        tuple(
            (c, cell.row - first, cell.row_span, cell.col_span, cell.text)
            for c, cell, _ in sheet.distinct(r)
            if cell.row >= first
        )
        for r in range(first, last + 1)
    )
    # A header of its own for every table: rows are told apart by the header they stand under.
    header = _header_of(layout, sheet.grid.cols)
    return replace(header, slots=dict(header.slots)) if header.copies else replace(header)


@lru_cache(maxsize=512)
def _header_of(layout: tuple[tuple[tuple[int, int, int, int, str], ...], ...], cols: int) -> Header:
    header = Header()
    cells: dict[tuple[int, int], int] = {}
    filled: list[dict[int, tuple[int, Token]]] = []
    beside: set[int] = set()
    for line in layout:
        row: dict[int, tuple[int, Token]] = {}
        group: tuple[int, Token] | None = None
        for col, above, _, wide, text in line:
            t = token(text)
            number = cells.setdefault((above, col), len(cells))
            # A merged heading that was copied into each of its cells is still one heading.
            copied = [filled[-1].get(col) if filled else None, row.get(col - 1)]
            number = next((n for n, other in filter(None, copied) if other.core == t.core and t.core), number)
            if copied[1] and copied[1][0] == number:
                beside.add(col)
            if not t.blank:
                group = (number, t) if t.group else None
            # A heading over several columns whose cells were not merged: the blanks beside it belong to it.
            seen = group if t.blank and group else (number, t)
            for c in range(col, min(col + wide, cols)):
                row[c] = seen
        filled.append(row)
    tokens = [[token(text) for _, above, _, _, text in line if above == r] for r, line in enumerate(layout)]
    has_slots = any(t.columns or t.group for line in tokens for t in line)
    owner: dict[tuple[str, str, int], int] = {}
    doubtful: set[int] = set()
    for col in range(cols):
        path: list[Token] = []
        printed: list[int] = []
        for row in filled:
            found = row.get(col)
            if found and not found[1].blank and (not printed or printed[-1] != found[0]):
                printed.append(found[0])
                path.append(found[1])
        if not path:
            continue
        header.paths[col] = " / ".join(t.text.strip() for t in path)
        unit = next((t.note_unit for t in reversed(path) if t.note_unit), None)
        if unit:
            header.notes[col] = unit
        if not has_slots:
            role = next((t.role for t in reversed(path) if t.role), None)
            if role:
                header.roles[col] = role
            continue
        slot, agrees = resolve_column(path)
        if not agrees:
            header.trusted = False
        if not any(t.group for t in path):
            slot = (*slot, *lexicon().crossed_columns.get(path[-1].core, ()))
        if not slot:
            continue
        header.slots[col] = slot
        for table, column in slot:
            key = (table.form, table.id, column.index)
            if owner.setdefault(key, printed[-1]) != printed[-1]:
                doubtful.add(column.index)
    for col in [c for c, slot in header.slots.items() if all(column.index in doubtful for _, column in slot)]:
        del header.slots[col]
        header.trusted = False
    if header.slots:
        header.printed = frozenset(col for col in header.paths if col >= min(header.slots))
        header.unknown = tuple(header.paths[col] for col in sorted(header.printed) if col not in header.slots)
        indexes = [slot[0][1].index for _, slot in sorted(header.slots.items())]
        header.reordered = header.trusted and indexes != sorted(indexes)
    if has_slots:
        header.copies = tuple(
            col for col in sorted(beside & header.slots.keys()) if header.paths[col] == header.paths.get(col - 1)
        )
        paths = leaf_order(tokens)
        if paths is not None:
            order = [(resolve_column(path)[0], " / ".join(t.text.strip() for t in path)) for path in paths]
            if len({slot for slot, _ in order}) == len(order) and is_complete([slot for slot, _ in order]):
                header.order = tuple(order)
        if _is_ragged(layout):
            header.trusted = False
            if header.order:
                header.slots, header.printed, header.unknown, header.reordered = {}, frozenset(), (), False
    slots = (*header.slots.values(), *(slot for slot, _ in header.order))
    header.tables = frozenset(id(table) for slot in slots for table, _ in slot)
    return header


def _is_ragged(layout: Sequence[Sequence[tuple[int, int, int, int, str]]]) -> bool:
    """Whether heading rows lost the cells that merged ones reach into: their columns are not those they stand in."""
    plain = all(tall == wide == 1 for line in layout for _, _, tall, wide, _ in line)
    return plain and len({len(line) for line in layout}) > 1


def plan_of(header: Header, rows: RowKey) -> Plan:
    """The crossings of a row with the columns under these headings."""
    plan = header.plans.get(rows)
    if plan is None:
        votes: Counter[str] = Counter()
        by_col = {col: _crossing(slot, header.paths[col], rows, votes) for col, slot in header.slots.items()}
        in_order = tuple(_crossing(slot, path, rows, Counter() if by_col else votes) for slot, path in header.order)
        complete = is_complete([slot for slot, _ in header.order], rows)
        plan = header.plans[rows] = Plan(by_col, in_order, complete, _simple(by_col), votes)
    return plan


def _simple(by_col: dict[int, Crossing]) -> tuple[tuple[int, str, str], ...]:
    found = [
        (col, metric, column.applicant)
        for col, (metric, column) in by_col.items()
        if metric is not None and column is not None and column.applicant != SUBTOTAL
    ]
    return tuple(found) if len({(metric, who) for _, metric, who in found}) == len(found) else ()


def _crossing(slot: Slot, path: str, rows: RowKey, votes: Counter[str]) -> Crossing:
    metrics: dict[str, Column] = {}
    heading = token(path.rsplit(" / ", 1)[-1]).core
    for table, column in slot:
        own = [row for t, row in rows if t is table]
        given = {table.metric(row, column) for row in own} if table.rows else {column.metric}
        for metric in given - {None}:
            metrics[str(metric)] = column
            votes[table.form] += 4 + (heading == column.cores[0])
    if len(metrics) != 1:
        return None, None
    return next(iter(metrics.items()))
