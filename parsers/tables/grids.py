"""Grids matched to the forms: which row and which column of which form meet in each cell.

Rows are found by their label and the labels above it in the hierarchy, columns by the headings above them; positions
decide nothing. A grid may hold several tables of a form (the five blocks of article 20), and a table may come in
several grids. Cells whose row or column is not certain give no value, but a finding.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from parsers.forms import SUBTOTAL, FormTable, Row
from parsers.model import Figure, Finding, Grid, Origin, Severity
from parsers.tables.entries import (
    belongs,
    centred,
    collect,
    drop_copies,
    group_core,
    has_number,
    is_caption,
    numbers_columns,
    only_columns,
    settle_order,
    vote_for,
)
from parsers.tables.figures import UNITS, make_figure, mend_typos, report_columns, report_row
from parsers.tables.headings import plan_of
from parsers.tables.lexicon import Token, lexicon, token
from parsers.tables.placing import Placed, aligned, list_values, place_values
from parsers.tables.sheet import Entry, Match, Sheet

LARGEST_GRID = 200_000
"""Positions of a grid (rows × columns) beyond which it is kept but not read."""
_LEAST_ROWS_OF_A_LIST = 3
"""Known rows that make a list one of the forms; fewer are a table that happens to use a word of them."""


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
                rows = (*entry.leaf.rows, *lexicon().crossed_rows.get(entry.leaf.group or "", ()))
                entry.rows = tuple([pair for pair in rows if id(pair[0]) in allowed])
        mend_typos(entries, table_no, match)
        for header in headers.values():
            below = [entry for entry in entries if entry.header is header]
            if header.copies:
                drop_copies(header, below)
            report_columns(header, table_no, match, settle_order(header, below))
        rival = Counter(id(entry.header) for entry in entries if not entry.rows and has_number(entry))
        for entry in entries:
            if rival[id(entry.header)] > 1 and only_columns(entry.header):
                report_row(
                    match, "cells.uncertain", entry, table_no, "is one of several rows of values below the headings"
                )
            else:
                self._read_matrix_row(entry, table_no, match)

    def _read_matrix_row(self, entry: Entry, table_no: int, match: Match) -> None:
        numbers = has_number(entry)
        if not entry.rows and not (only_columns(entry.header) and (entry.leaf is None or is_caption(entry.leaf))):
            if numbers:
                report_row(match, "row.unknown", entry, table_no, "is not a row of the form")
            return
        headings = [row for _, row in entry.rows if row.metric is None and not row.cells]
        if headings and (len(headings) == len(entry.rows) or not numbers):
            return
        if self._read_simple_row(entry, table_no, match):
            return
        placed = place_values(entry)
        if placed is None:
            match.matched = True
            if numbers:
                report_row(match, "cells.uncertain", entry, table_no, "has cells that do not fall under the headings")
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
        vote_for(entry, match)
        one_each = len({id(place.cell) for place in found.values()}) == len(found)
        for key, place in found.items():
            if key in doubtful:
                report_row(match, "cells.uncertain", entry, table_no, f"has several numbers under {place.path!r}")
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
                    merged=several or (place.cell.row_span > 1 and not belongs(place.cell, entry)),
                )
            )

    def _read_simple_row(self, entry: Entry, table_no: int, match: Match) -> bool:
        """Read a row whose cells are not merged and stand under one heading each; False when it is no such row."""
        header = entry.header
        if not header.trusted or not header.slots or any(c.col_span > 1 or c.row_span > 1 for _, c, _ in entry.cells):
            return False
        plan = plan_of(header, entry.rows)
        by_col = {c: (cell, t) for c, cell, t in entry.cells}
        if not plan.simple or not header.printed <= by_col.keys() or not aligned(entry):
            return False
        vote_for(entry, match)
        evidence = "".join(f"{cell.text.strip()} / " for cell in entry.path)
        paths, notes = header.paths, header.notes
        figures = match.figures
        for col, metric, applicant in plan.simple:
            cell, t = by_col[col]
            unit = UNITS[metric]
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
        mend_typos([entry for entry, _ in labelled], table_no, match)
        labelled = _in_order(labelled)
        self.centred |= centred(labelled, table)
        filled = {id(entry.header): set[int]() for entry, _ in labelled}
        for entry, _ in labelled:
            filled[id(entry.header)].update(c for c, _, t in entry.cells if t.numeric)
        for entry, leaf in labelled:
            entry.sole = len(filled[id(entry.header)]) == 1
            self._read_list_row(entry, leaf, table, table_no, match)
        for entry in entries:
            if entry.leaf is None and has_number(entry) and not numbers_columns(entry):
                report_row(match, "row.unknown", entry, table_no, "has numbers and no label")

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
        numbers = sum(1 for entry, _ in entries if has_number(entry))
        if self.chosen is not None and key == id(self.chosen) and known * 2 >= len(entries):
            return tables[key]
        if distinct >= _LEAST_ROWS_OF_A_LIST and known * 2 >= min(len(entries), max(numbers, 1)):
            return tables[key]
        return None

    def _read_list_row(self, entry: Entry, leaf: Token, table: FormTable, table_no: int, match: Match) -> None:
        numbers = has_number(entry)
        if not entry.rows:
            if numbers:
                report_row(match, "row.unknown", entry, table_no, "is not a row of the form")
            return
        row = self._tell_apart(entry, leaf)
        if row is None:
            if numbers:
                report_row(
                    match, "row.ambiguous", entry, table_no, "is printed twice on the form and its parent is missing"
                )
            return
        self.chain = [*row.parents, row.cores[0]]
        match.rows_seen[table.form, table.id].add(row.index)
        for form in {t.form for t in lexicon().lists if t.id == table.id} if table.id != "statistics" else {table.form}:
            match.forms[form] += 2 + (leaf.core == row.cores[0])
        if row.metric is None:
            if numbers:
                report_row(match, "cells.uncertain", entry, table_no, "has a number where the form has none")
            return
        values = list_values(entry)
        if values is None:
            if numbers:
                report_row(
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
                    merged=over_several or not belongs(cell, entry),
                )
            )

    def _tell_apart(self, entry: Entry, leaf: Token) -> Row | None:
        """The row among those with this label: by unit, by the merged parents beside it, by the rows before it."""
        rows = [row for _, row in entry.rows]
        if len(rows) > 1 and entry.unit:
            rows = [row for row in rows if row.unit == entry.unit] or rows
        if len(rows) == 1:
            return rows[0]
        beside = {group_core(token(cell.text)) for cell in entry.path[:-1]}
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


def _in_order(labelled: list[tuple[Entry, Token]]) -> list[tuple[Entry, Token]]:
    """The rows of a list as the form has them: of two halves side by side first the left one, if that fits better."""

    def half(entry: Entry) -> int:
        starts = [col for col, role in entry.header.roles.items() if role[0] == "label"]
        return sum(start <= entry.path[0].col for start in starts)

    def descents(entries: list[tuple[Entry, Token]]) -> int:
        indexes = [entry.rows[0][1].index for entry, _ in entries if len(entry.rows) == 1]
        return sum(above > below for above, below in pairwise(indexes))

    headers = {id(entry.header): n for n, (entry, _) in reversed(list(enumerate(labelled)))}
    by_halves = sorted(labelled, key=lambda found: (headers[id(found[0].header)], half(found[0])))
    return min(labelled, by_halves, key=descents)
