"""Figures and findings from the cells of a matched row."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.forms import FormTable, Row
from parsers.labels import is_remnant_of, is_typo_of
from parsers.metrics import kinds, units
from parsers.model import Cell, Figure, Finding, Meaning, Origin, Severity
from parsers.tables.lexicon import Token
from parsers.tables.sheet import Entry, Header, Match
from parsers.tables.values import TEXT, fit

UNITS = units()


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
    own = UNITS[metric]
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


def mend_typos(entries: Iterable[Entry], table_no: int, match: Match) -> None:
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


def report_columns(header: Header, table_no: int, match: Match, misplaced: bool = False) -> None:
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
    if misplaced:
        match.findings.append(
            Finding(
                "column.misplaced",
                Severity.WARNING,
                f"The headings of table {table_no} stand over wrong columns: the sums hold in the form's order alone, "
                "in which they were read.",
                {"table_no": table_no, "columns": [header.paths[col] for col in sorted(header.slots)]},
            )
        )
    elif header.reordered:
        match.findings.append(
            Finding(
                "column.order",
                Severity.INFO,
                f"The columns of table {table_no} stand in another order than on the form; they were read by headings.",
                {"table_no": table_no, "columns": [header.paths[col] for col in sorted(header.slots)]},
            )
        )


def report_row(match: Match, code: str, entry: Entry, table_no: int, what: str) -> None:
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
