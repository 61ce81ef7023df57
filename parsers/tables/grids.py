"""Grids matched to the forms: which row and which column of which form meet in each cell.

Rows are found by their label and the labels above it in the hierarchy, columns by the headings above them; positions
decide nothing. A grid may hold several tables of a form (the five blocks of article 20), and a table may come in
several grids. Cells whose row or column is not certain give no value, but a finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from parsers.forms import SUBTOTAL, Column, FormTable, Row
from parsers.labels import is_remnant_of, is_typo_of
from parsers.metrics import kinds, units
from parsers.model import Cell, Figure, Finding, Grid, Meaning, Origin, Severity
from parsers.tables.lexicon import WEAK_COLUMNS, Token, lexicon, token
from parsers.tables.values import TEXT, fit

_UNITS = units()

LARGEST_GRID = 200_000
"""Positions of a grid (rows × columns) beyond which it is kept but not read."""

_LEAST_ROWS_OF_A_LIST = 3
"""Known rows that make a list one of the forms; fewer are a table that happens to use a word of them."""

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


def is_heading_row(tokens: Sequence[Token]) -> bool:
    """Whether the cells printed in a row are headings of columns: a strong one among them and no number."""
    if any(t.numeric for t in tokens):
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


class GridReader:
    """Reads the grids of one document; remembers what an earlier grid of the same table left open."""

    def __init__(self) -> None:
        self.chosen: FormTable | None = None  # the list that an earlier grid turned out to be
        self.chain: list[str] = []  # cores of the row last matched and of its parents
        self.labels_seen: Counter[str] = Counter()
        self.centred: set[str] = set()  # parents whose label stands beside another row than their first

    def read(self, grid: Grid, table_no: int, money_unit: str | None = None) -> Match:
        """Match one grid. `Match.matched` is False when it is no table of a known form.

        `money_unit` is what a note above the table (单位：万元) says of amounts that print no unit of their own.
        """
        match = Match(money_unit=money_unit)
        if grid.rows * grid.cols > LARGEST_GRID:
            match.findings.append(
                Finding(
                    "table.too_large",
                    Severity.WARNING,
                    f"Table {table_no} has {grid.rows} × {grid.cols} positions and was not read.",
                    {"table_no": table_no, "rows": grid.rows, "cols": grid.cols},
                )
            )
            return match
        entries = collect(Sheet(grid))
        matrix = [entry for entry in entries if entry.header.slots or entry.header.order]
        rest = [entry for entry in entries if not (entry.header.slots or entry.header.order)]
        if matrix:
            self._read_matrix(matrix, table_no, match)
        if rest:
            self._read_list(rest, table_no, match)
        return match

    # ---------------------------------------------------------------- article 20, requests, reviews and suits

    def _read_matrix(self, entries: list[Entry], table_no: int, match: Match) -> None:
        headers = {id(entry.header): entry.header for entry in entries}
        for entry in entries:
            if entry.leaf is not None:
                allowed = entry.header.tables
                entry.rows = tuple([pair for pair in entry.leaf.rows if id(pair[0]) in allowed])
        _mend_typos(entries, table_no, match)
        for header in headers.values():
            if header.copies:
                _drop_copies(header, [entry for entry in entries if entry.header is header])
            _report_columns(header, table_no, match)
        rival = Counter(id(entry.header) for entry in entries if not entry.rows and _has_number(entry))
        for entry in entries:
            if rival[id(entry.header)] > 1 and _only_columns(entry.header):
                _report_row(
                    match, "cells.uncertain", entry, table_no, "is one of several rows of values below the headings"
                )
            else:
                self._read_matrix_row(entry, table_no, match)

    def _read_matrix_row(self, entry: Entry, table_no: int, match: Match) -> None:
        numbers = _has_number(entry)
        if not entry.rows and not (_only_columns(entry.header) and (entry.leaf is None or _is_caption(entry.leaf))):
            if numbers:
                _report_row(match, "row.unknown", entry, table_no, "is not a row of the form")
            return
        headings = [row for _, row in entry.rows if row.metric is None and not row.cells]
        if headings and (len(headings) == len(entry.rows) or not numbers):
            return
        if self._read_simple_row(entry, table_no, match):
            return
        placed = _place(entry)
        if placed is None:
            match.matched = True
            if numbers:
                _report_row(match, "cells.uncertain", entry, table_no, "has cells that do not fall under the headings")
            return
        evidence = " / ".join(cell.text.strip() for cell in entry.path)
        found: dict[tuple[str, str], Placed] = {}
        doubtful: set[tuple[str, str]] = set()
        for place in placed:
            metric, column = place.crossing
            if metric is None or column is None or column.applicant == SUBTOTAL:
                continue
            key = (metric, column.applicant)
            earlier = found.setdefault(key, place)
            if earlier is not place and earlier.cell is not place.cell and not place.token.blank:
                # One heading over two columns: a stray empty column is common, two numbers are not.
                if not earlier.token.blank:
                    doubtful.add(key)
                found[key] = place
        if not found:
            return
        _vote(entry, match)
        one_each = len({id(place.cell) for place in found.values()}) == len(found)
        for key, place in found.items():
            if key in doubtful:
                _report_row(match, "cells.uncertain", entry, table_no, f"has several numbers under {place.path!r}")
                continue
            several = not one_each and sum(1 for other in found.values() if other.cell is place.cell) > 1
            match.figures.append(
                make_figure(
                    match,
                    key[0],
                    place.cell,
                    place.token,
                    f"{evidence} / {place.path}" if evidence else place.path,
                    table_no,
                    unit=place.note,
                    applicant=key[1],
                    merged=several or (place.cell.row_span > 1 and not _belongs(place.cell, entry)),
                )
            )

    def _read_simple_row(self, entry: Entry, table_no: int, match: Match) -> bool:
        """Read a row whose cells are not merged and stand under one heading each; False when it is no such row."""
        header = entry.header
        if not header.trusted or not header.slots or any(c.col_span > 1 or c.row_span > 1 for _, c, _ in entry.cells):
            return False
        plan = plan_of(header, entry.rows)
        by_col = {c: (cell, t) for c, cell, t in entry.cells}
        if not plan.simple or not header.printed <= by_col.keys() or not _aligned(entry):
            return False
        _vote(entry, match)
        evidence = "".join(f"{cell.text.strip()} / " for cell in entry.path)
        paths, notes = header.paths, header.notes
        figures = match.figures
        for col, metric, applicant in plan.simple:
            cell, t = by_col[col]
            unit = _UNITS[metric]
            if t.plain is not None and unit != "元":
                match.values += 1
                figures.append(
                    Figure(
                        metric, t.plain, cell.text, t.value.meaning, Origin.TABLE, evidence + paths[col],
                        notes.get(col) or unit, applicant, "year", None, None, table_no, cell.row, cell.col,
                    )
                )  # fmt: skip
            else:
                figures.append(
                    make_figure(match, metric, cell, t, evidence + paths[col], table_no, notes.get(col), applicant)
                )
        return True

    # ---------------------------------------------------------------- lists: one number a row and period

    def _read_list(self, entries: list[Entry], table_no: int, match: Match) -> None:
        labelled = [(entry, entry.leaf) for entry in entries if entry.leaf is not None]
        self.labels_seen.update(leaf.core for _, leaf in labelled)
        table = self._choose_list(labelled)
        if table is None:
            return
        match.matched = True
        self.chosen = table
        for entry, leaf in labelled:
            entry.rows = tuple((t, row) for t, row in leaf.rows if t is table)
        _mend_typos([entry for entry, _ in labelled], table_no, match)
        self.centred |= _centred(labelled, table)
        filled = {id(entry.header): set[int]() for entry, _ in labelled}
        for entry, _ in labelled:
            filled[id(entry.header)].update(c for c, _, t in entry.cells if t.numeric)
        for entry, leaf in labelled:
            entry.sole = len(filled[id(entry.header)]) == 1
            self._read_list_row(entry, leaf, table, table_no, match)
        for entry in entries:
            if entry.leaf is None and _has_number(entry) and not _numbers_columns(entry):
                _report_row(match, "row.unknown", entry, table_no, "has numbers and no label")

    def _choose_list(self, entries: list[tuple[Entry, Token]]) -> FormTable | None:
        votes: Counter[int] = Counter()
        tables = {id(table): table for table in lexicon().lists}
        for _, leaf in entries:
            for key in {id(t) for t, _ in leaf.rows}:
                official = any(id(t) == key and leaf.core == row.cores[0] for t, row in leaf.rows)
                votes[key] += 3 if official else 2
        votes = Counter({key: count for key, count in votes.items() if key in tables})
        if not votes:
            return None
        key, _ = votes.most_common(1)[0]
        if self.chosen is not None and id(self.chosen) in votes:
            key = id(self.chosen)
        cores = [leaf.core for _, leaf in entries if any(id(t) == key for t, _ in leaf.rows)]
        known, distinct = len(cores), len(set(cores))
        numbers = sum(1 for entry, _ in entries if _has_number(entry))
        if self.chosen is not None and key == id(self.chosen) and known * 2 >= len(entries):
            return tables[key]
        if distinct >= _LEAST_ROWS_OF_A_LIST and known * 2 >= min(len(entries), max(numbers, 1)):
            return tables[key]
        return None

    def _read_list_row(self, entry: Entry, leaf: Token, table: FormTable, table_no: int, match: Match) -> None:
        numbers = _has_number(entry)
        if not entry.rows:
            if numbers:
                _report_row(match, "row.unknown", entry, table_no, "is not a row of the form")
            return
        row = self._tell_apart(entry, leaf)
        if row is None:
            if numbers:
                _report_row(
                    match, "row.ambiguous", entry, table_no, "is printed twice on the form and its parent is missing"
                )
            return
        self.chain = [*row.parents, row.cores[0]]
        match.rows_seen[table.form, table.id].add(row.index)
        for form in {t.form for t in lexicon().lists if t.id == table.id} if table.id != "statistics" else {table.form}:
            match.forms[form] += 2 + (leaf.core == row.cores[0])
        if row.metric is None:
            if numbers:
                _report_row(match, "cells.uncertain", entry, table_no, "has a number where the form has none")
            return
        values = _list_values(entry)
        if values is None:
            if numbers:
                _report_row(
                    match, "cells.uncertain", entry, table_no, "has numbers that no heading of the table explains"
                )
            return
        evidence = " / ".join(cell.text.strip() for cell in entry.path)
        over_several = len({id(cell) for _, cell, _, _ in values}) < len(values)
        for period, cell, path, note in values:
            match.figures.append(
                make_figure(
                    match,
                    row.metric,
                    cell,
                    token(cell.text),
                    " / ".join(filter(None, (evidence, path))),
                    table_no,
                    unit=entry.unit or leaf.note_unit or note,
                    period=period,
                    merged=over_several or not _belongs(cell, entry),
                )
            )

    def _tell_apart(self, entry: Entry, leaf: Token) -> Row | None:
        """The row among those with this label: by unit, by the merged parents beside it, by the rows before it."""
        rows = [row for _, row in entry.rows]
        if len(rows) > 1 and entry.unit:
            rows = [row for row in rows if row.unit == entry.unit] or rows
        if len(rows) == 1:
            return rows[0]
        beside = {_group_core(token(cell.text)) for cell in entry.path[:-1]}
        by_parent = [row for row in rows if row.parents and row.parents[-1] in beside]
        if len(by_parent) == 1:
            return by_parent[0]
        parents = {row.parents for row in rows}
        if len(parents) < len(rows):
            return None
        certain = self.labels_seen[leaf.core] >= len(rows) or all(
            self.labels_seen[core] for path in parents for core in path[-1:]
        )
        by_chain = [row for row in rows if set(row.parents) <= set(self.chain)]
        if any(path[-1] in self.centred for path in parents if path):
            return None
        if certain and len(by_chain) == 1:
            return by_chain[0]
        return None


def _centred(entries: Sequence[tuple[Entry, Token]], table: FormTable) -> set[str]:
    """Parents that stand beside a row which is not the first below them: rows above belong to them as well."""
    first: dict[str, str] = {}
    for row in table.rows:
        if row.parents:
            first.setdefault(row.parents[-1], row.cores[0])
    found = set()
    above: Token | None = None
    for entry, leaf in entries:
        for cell in entry.path[:-1]:
            parent = _group_core(token(cell.text))
            own = {row.cores[0] for _, row in entry.rows if row.parents and row.parents[-1] == parent}
            # Printed once, unmerged, and behind a row that could be its own.
            if own and first[parent] not in own and cell.row_span == 1 and above is not None:
                found.add(parent)
        above = leaf
    return found


def _drop_copies(header: Header, entries: Sequence[Entry]) -> None:
    """Keep one of the columns that a merged cell was copied into; if they differ in any row, they are two columns."""
    texts = [{c: cell.text.strip() for c, cell, _ in entry.cells} for entry in entries]
    for col in header.copies:
        if any(line.get(col, line.get(col - 1)) != line.get(col - 1) for line in texts):
            header.trusted = False
    if header.trusted:
        for col in header.copies:
            del header.slots[col]
        header.printed -= set(header.copies)
        header.plans = {}


def _vote(entry: Entry, match: Match) -> None:
    """Count a row that was read for its forms."""
    match.matched = True
    votes, forms = plan_of(entry.header, entry.rows).votes, match.forms
    for form, count in votes.items():
        forms[form] += count
    for table, row in entry.rows:
        match.rows_seen[table.form, table.id].add(row.index)
        if entry.leaf is not None and entry.leaf.core == row.cores[0]:
            forms[table.form] += 1


def _has_number(entry: Entry) -> bool:
    return any(t.numeric or (t.value_like and t.value is TEXT) for _, _, t in entry.cells)


def _numbers_columns(entry: Entry) -> bool:
    """Whether a row without a label only numbers the columns: 1, 2, 3."""
    numbers = [t.plain for _, _, t in entry.cells if t.numeric]
    return (
        bool(numbers) and numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(numbers))) and len(numbers) > 1
    )


def _only_columns(header: Header) -> bool:
    """Whether the headings alone name the metrics, as in the table of reviews and suits."""
    slots = (*header.slots.values(), *(slot for slot, _ in header.order))
    return bool(slots) and not any(table.rows for slot in slots for table, _ in slot)


def _group_core(t: Token) -> str:
    return t.group or (t.rows[0][1].cores[0] if t.rows else t.core)


def _is_caption(t: Token) -> bool:
    """Whether a label beside the one row of values of the table of reviews says only what the table is about."""
    return (
        t.filler
        or t.core in ("数量", "件数", "数", "本年度", "案件数", "单位件")
        or "复议" in t.core
        or "诉讼" in t.core
    )


def _belongs(cell: Cell, entry: Entry) -> bool:
    """Whether a value cell stands in this row alone: not hanging down from above, not reaching below the label."""
    if cell.row_span == 1:
        return True
    if cell.row != entry.row:
        return False
    return not entry.path or cell.row_span <= entry.path[-1].row_span


def collect(sheet: Sheet) -> list[Entry]:
    """Split a grid into heading rows and rows that carry a label or values."""
    entries: list[Entry] = []
    header, start, last = Header(), -1, -2
    pending = False
    for r in range(sheet.grid.rows):
        spots = sheet.distinct(r)
        own = [spot for spot in spots if spot[1].row == r]
        if not own:
            continue
        tokens = [t for _, _, t in own]
        if is_heading_row(tokens) or (last == r - 1 and _continues(tokens)):
            if last != r - 1:
                start = r
            last, pending = r, True
            continue
        if pending:
            header, pending = read_header(sheet, start, last), False
        if _is_title(own, header, sheet.grid.cols):
            continue
        entries.extend(_entries_of(r, spots, header, sheet.grid.cols, entries[-1] if entries else None))
    return entries


def _is_title(own: list[Spot], header: Header, cols: int) -> bool:
    """Whether a row holds one text over the whole width that is no row of a form."""
    printed = [spot for spot in own if not spot[2].blank]
    if len(printed) != 1:
        return False
    col, cell, t = printed[0]
    if t.rows or t.numeric or t.unit is not None:
        return False
    return cell.col_span == cols > 1 or (col == 0 and len(own) > 1 and cell.col_span == 1 and not header.slots)


def _continues(tokens: Sequence[Token]) -> bool:
    """Whether a row below a heading holds weak headings only, such as 总计 and 其他."""
    printed = [t for t in tokens if not t.blank]
    return len(printed) > 1 and all(t.columns for t in printed)


def _entries_of(r: int, spots: list[Spot], header: Header, cols: int, above: Entry | None) -> list[Entry]:
    starts = sorted(c for c, role in header.roles.items() if role[0] == "label")
    if len(starts) > 1 and not header.slots:
        # Label, unit and number printed twice side by side.
        found = [
            _entry(r, [spot for spot in spots if start <= spot[0] < end], header, cols, None)
            for start, end in zip(starts, [*starts[1:], cols], strict=True)
        ]
        return [entry for entry in found if entry is not None]
    entry = _entry(r, spots, header, cols, above)
    return [entry] if entry is not None else []


def _entry(r: int, spots: list[Spot], header: Header, cols: int, above: Entry | None) -> Entry | None:
    path: list[Cell] = []
    leaf: Token | None = None
    unit: str | None = None
    boundary = min(header.slots) if header.slots and header.trusted else cols
    values: list[Spot] = []
    labels = _width_of_labels(spots)
    for n, spot in enumerate(spots):
        c, cell, t = spot
        if n < labels and (t.blank or (n == 0 and t.plain is not None)):
            continue  # blanks of labels taken apart, a running number
        if values and header.slots:
            values.append(spot)
            continue
        role = header.roles[c][0] if c in header.roles else ""
        if role in ("code", "remark"):
            continue
        if t.unit is not None and unit is None and not values:
            unit = t.unit
        elif not t.value_like and t.unit is None and not values and c < boundary:
            path.append(cell)
            leaf = t
        elif (
            c < boundary
            and not values
            and not (role == "unit" and t.numeric)
            and (role in ("unit", "label") or (leaf is None and (boundary < cols or t.blank)))
        ):
            continue  # blank label cells, —— for no unit, a running number in front of the label
        else:
            values.append(spot)
    if leaf is None and unit is not None and above is not None and above.header is header and _has_units(above):
        path, leaf = above.path, above.leaf  # the second row under one label prints no label of its own
    if leaf is None and all(t.blank for _, _, t in values):
        return None
    return Entry(r, header, path, leaf, values, unit)


def _width_of_labels(spots: Sequence[Spot]) -> int:
    """Cells up to the last label of a form in a row, when only labels, blanks and a running number stand before it."""
    width = 0
    for n, (_, _, t) in enumerate(spots):
        if t.rows and t.unit is None:
            width = n
        elif t.value_like and not t.blank and not (n == 0 and t.plain is not None):
            break
    return width


def _has_units(entry: Entry) -> bool:
    """Whether the form has the row's label several times, with different units."""
    return entry.leaf is not None and len({row.unit for _, row in entry.leaf.rows}) > 1


@dataclass(slots=True)
class Placed:
    """A value cell with what stands in its row and column, its printed headings and the unit printed there."""

    crossing: Crossing
    cell: Cell
    token: Token
    path: str
    note: str | None


def _place(entry: Entry) -> list[Placed] | None:
    """The values of a row with the form columns they stand under; None when that is not certain."""
    header = entry.header
    plan = plan_of(header, entry.rows)
    if header.slots and header.trusted and _aligned(entry):
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


def _aligned(entry: Entry) -> bool:
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


def _list_values(entry: Entry) -> list[tuple[str, Cell, str, str | None]] | None:
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


def make_figure(
    match: Match,
    metric: str,
    cell: Cell,
    t: Token,
    evidence: str,
    table_no: int,
    unit: str | None,
    applicant: str = "total",
    period: str = "year",
    merged: bool = False,
) -> Figure:
    """The figure of one cell; a value that does not fit its metric is None with a finding.

    `merged` marks a cell that covers places of several metrics: what it prints belongs to none of them for certain.
    """
    own = _UNITS[metric]
    if not merged and (t.blank or (t.plain is not None and own != "元")):
        match.values += t.numeric
        return Figure(
            metric, t.plain, cell.text, t.value.meaning, Origin.TABLE, evidence,
            own if own == "元" else unit or own, applicant, period, None, None, table_no, cell.row, cell.col,
        )  # fmt: skip
    money = own == "元"
    reading, reason = fit(t.value, kinds()[metric], unit or (match.money_unit if money else None))
    if merged and reading.meaning not in (Meaning.BLANK, Meaning.NOT_APPLICABLE):
        reading, reason = TEXT, None
    meaning = reading.meaning
    if t.numeric:
        match.values += 1
    if reason:
        match.findings.append(
            Finding(
                reason,
                Severity.WARNING,
                f"Table {table_no}, {evidence}: {cell.text.strip()!r} cannot be read as {metric} ({reason}).",
                {"table_no": table_no, "row": cell.row, "col": cell.col, "metric": metric, "raw": cell.text},
            )
        )
    elif meaning is Meaning.TEXT and merged:
        if not any(
            f.code == "cells.undivided" and (f.data["row"], f.data["col"]) == (cell.row, cell.col)
            for f in match.findings
        ):
            match.findings.append(
                Finding(
                    "cells.undivided",
                    Severity.WARNING,
                    f"Table {table_no}, {evidence}: {cell.text.strip()!r} stands for several cells, undivided.",
                    {"table_no": table_no, "row": cell.row, "col": cell.col, "raw": cell.text},
                )
            )
    elif meaning is Meaning.TEXT:
        match.findings.append(
            Finding(
                "value.unreadable",
                Severity.WARNING,
                f"Table {table_no}, {evidence}: no single number can be read from {cell.text.strip()!r}.",
                {"table_no": table_no, "row": cell.row, "col": cell.col, "metric": metric, "raw": cell.text},
            )
        )
    if own != "元":
        own = reading.unit or unit or own
    return Figure(
        metric=metric,
        value=reading.value,
        raw=cell.text,
        meaning=meaning,
        source=Origin.TABLE,
        evidence=evidence,
        unit=own,
        applicant=applicant,
        period=period,
        table_no=table_no,
        row=cell.row,
        col=cell.col,
    )


def _mend_typos(entries: Iterable[Entry], table_no: int, match: Match) -> None:
    """Match a row whose label has one wrong character, when the rows before and after it leave just that one row."""
    sequence = [entry for entry in entries if entry.leaf is not None]
    for i, entry in enumerate(sequence):
        leaf = entry.leaf
        if entry.rows or leaf is None or leaf.columns:
            continue
        before = next((e.rows for e in reversed(sequence[:i]) if e.rows), ())
        after = next((e.rows for e in sequence[i + 1 :] if e.rows), ())
        taken = {(t.form, t.id, row.index) for e in sequence for t, row in e.rows}
        tables = {(t.form, t.id): t for t, _ in (*before, *after)}
        found: list[tuple[FormTable, Row]] = []
        for key, table in tables.items():
            low = max((row.index for t, row in before if (t.form, t.id) == key), default=-1)
            high = min((row.index for t, row in after if (t.form, t.id) == key), default=len(table.rows))
            between = [row for row in table.rows[low + 1 : high] if (*key, row.index) not in taken]
            near = [
                row
                for row in between
                if any(is_typo_of(leaf.core, core) for core in row.cores)
                and (not leaf.enumerator or not row.enumerator or leaf.enumerator == row.enumerator)
            ]
            if not near and before and after and leaf.enumerator:
                only = [row for row in between if row.metric]
                near = [
                    row
                    for row in only
                    if len(only) == 1 and row.enumerator == leaf.enumerator and is_remnant_of(leaf.core, row.cores[0])
                ]
            if len(near) == 1:
                found.append((table, near[0]))
        if found and len({(row.metric, row.cores[0]) for _, row in found}) == 1:
            entry.rows = tuple(found)
            match.findings.append(
                Finding(
                    "label.typo",
                    Severity.INFO,
                    f"Table {table_no}, row {entry.row}: {leaf.text.strip()!r} was taken for {found[0][1].label!r}.",
                    {"table_no": table_no, "row": entry.row, "printed": leaf.text, "label": found[0][1].label},
                )
            )


def _report_columns(header: Header, table_no: int, match: Match) -> None:
    """Columns that no form knows, and columns in another order than the form's."""
    if header.unknown:
        match.findings.append(
            Finding(
                "column.unknown",
                Severity.WARNING,
                f"Table {table_no} has columns that are not the form's: {', '.join(header.unknown)}.",
                {"table_no": table_no, "columns": list(header.unknown)},
            )
        )
    if header.reordered:
        match.findings.append(
            Finding(
                "column.order",
                Severity.INFO,
                f"The columns of table {table_no} stand in another order than on the form; they were read by headings.",
                {"table_no": table_no, "columns": [header.paths[col] for col in sorted(header.slots)]},
            )
        )


def _report_row(match: Match, code: str, entry: Entry, table_no: int, what: str) -> None:
    printed = " / ".join(cell.text.strip() for cell in entry.path)
    values = [cell.text.strip() for _, cell, _ in entry.cells]
    match.findings.append(
        Finding(
            code,
            Severity.WARNING,
            f"Table {table_no}, row {entry.row}: {printed!r} {what}.",
            {"table_no": table_no, "row": entry.row, "label": printed, "cells": values},
        )
    )
