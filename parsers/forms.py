"""The forms of the reports' tables, one file of data each, loaded and validated.

A form has tables of three kinds:

``matrix``   rows × columns, the metric is given by both (article 20), or by the row while the column names the
             kind of applicant (requests);
``columns``  one row of values, the metric is given by the column and the headings above it (reviews and suits);
``list``     one metric a row: label, unit, one column of numbers for each period.

A row is known by its label and the labels of the rows above it in the hierarchy (`parents`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from parsers.labels import label as normalise
from parsers.labels import without_note
from parsers.metrics import kinds

APPLICANTS = ("natural_person", "business", "research", "social_welfare", "legal_service", "other", "total")
SUBTOTAL = "subtotal"
"""The extra column 小计 of 法人或其他组织 that some authorities insert: recognised, never a figure."""
PERIODS = ("year", "cumulative")
ROLES = ("label", "unit", "value", "remark", "code")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A printed row of a form. `cores` are the normalised spellings of its label, the official one first."""

    index: int
    label: str
    enumerator: str
    cores: tuple[str, ...]
    parents: tuple[str, ...]  # cores, outermost first
    unit: str | None
    metric: str | None  # None for a heading
    cells: Mapping[str, str] = field(default_factory=dict)  # column key → metric, where the column decides


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A printed column of a form. `role` is "value" except in lists, where label, unit … have columns too."""

    index: int
    key: str
    label: str
    cores: tuple[str, ...]
    parents: tuple[str, ...]
    role: str
    unit: str | None
    metric: str | None
    applicant: str  # an applicant id, or SUBTOTAL
    period: str
    under: str | None = None  # core of a group that stands above it but does not tell it apart


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """A table of a form."""

    form: str
    id: str
    kind: str  # matrix | columns | list
    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    column_groups: tuple[tuple[str, ...], ...]  # cores of headings above columns, each with its other spellings

    def metric(self, row: Row | None, column: Column) -> str | None:
        """The metric of the cell where a row and a column of this table meet; None where the form has no value."""
        if column.metric is not None:
            return column.metric
        if row is None:
            return None
        if row.cells:
            return row.cells.get(column.key)
        return row.metric


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form: the set of tables that one regulation or one place prescribes."""

    id: str
    title: str
    first_year: int
    last_year: int | None
    tables: tuple[FormTable, ...]


def _cores(label: str, variants: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in (label, *variants):
        core = normalise(text).core
        found.setdefault(core)
    for core in tuple(found):
        found.setdefault(without_note(core))
    return tuple(found)


def _take(entry: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    unknown = set(entry) - set(known)
    if unknown:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}")


def _row(index: int, entry: Mapping[str, Any], where: str) -> Row:
    _take(entry, ("label", "variants", "parents", "unit", "metric", "cells"), where)
    cells = dict(entry.get("cells", {}))
    for metric in [*cells.values(), *filter(None, [entry.get("metric")])]:
        if metric not in kinds():
            raise ValueError(f"{where}: row {entry['label']}: unknown metric {metric!r}")
    return Row(
        index=index,
        label=entry["label"],
        enumerator=normalise(entry["label"]).enumerator,
        cores=_cores(entry["label"], entry.get("variants", ())),
        parents=tuple(without_note(normalise(parent).core) for parent in entry.get("parents", ())),
        unit=entry.get("unit"),
        metric=entry.get("metric"),
        cells=cells,
    )


def _column(index: int, entry: Mapping[str, Any], where: str) -> Column:
    _take(
        entry, ("key", "label", "variants", "parents", "under", "role", "unit", "metric", "applicant", "period"), where
    )
    role, applicant, period = entry.get("role", "value"), entry.get("applicant", "total"), entry.get("period", "year")
    if role not in ROLES or period not in PERIODS or applicant not in (*APPLICANTS, SUBTOTAL):
        raise ValueError(f"{where}: column {entry['label']}: unknown role, period or applicant")
    if "metric" in entry and entry["metric"] not in kinds():
        raise ValueError(f"{where}: column {entry['label']}: unknown metric {entry['metric']!r}")
    return Column(
        index=index,
        key=entry.get("key", f"{role}.{period}"),
        label=entry["label"],
        cores=_cores(entry["label"], entry.get("variants", ())),
        parents=tuple(normalise(parent).core for parent in entry.get("parents", ())),
        role=role,
        unit=entry.get("unit"),
        metric=entry.get("metric"),
        applicant=applicant,
        period=period,
        under=normalise(entry["under"]).core if "under" in entry else None,
    )


def _table(form: str, entry: Mapping[str, Any]) -> FormTable:
    where = f"{form}: table {entry.get('id')}"
    _take(entry, ("id", "kind", "title", "columns", "rows", "column_groups"), where)
    if entry["kind"] not in ("matrix", "columns", "list"):
        raise ValueError(f"{where}: unknown kind {entry['kind']!r}")
    table = FormTable(
        form=form,
        id=entry["id"],
        kind=entry["kind"],
        title=entry["title"],
        rows=tuple(_row(i, row, where) for i, row in enumerate(entry.get("rows", ()))),
        columns=tuple(_column(i, column, where) for i, column in enumerate(entry["columns"])),
        column_groups=tuple(_cores(group[0], group[1:]) for group in entry.get("column_groups", ())),
    )
    _check(table, where)
    return table


def _check(table: FormTable, where: str) -> None:
    keys = [column.key for column in table.columns if column.role == "value"]
    if len(keys) != len(set(keys)):
        raise ValueError(f"{where}: duplicate column key")
    printed: set[tuple[str, tuple[str, ...], str | None]] = set()
    metrics: set[str] = set()
    cores = {core for row in table.rows for core in row.cores}
    for row in table.rows:
        key = (row.cores[0], row.parents, row.unit)
        if key in printed:
            raise ValueError(f"{where}: duplicate row {row.label}")
        printed.add(key)
        if not set(row.parents) <= cores:
            raise ValueError(f"{where}: row {row.label}: parent is no row of the table")
        if not set(row.cells) <= set(keys):
            raise ValueError(f"{where}: row {row.label}: unknown column key")
        for metric in filter(None, (row.metric, *row.cells.values())):
            if metric in metrics:
                raise ValueError(f"{where}: metric {metric} twice")
            metrics.add(metric)


def load_form(text: str) -> Form:
    """Read one form from TOML. Raises ValueError that names the table and the row when its data are wrong."""
    entry = tomllib.loads(text)
    _take(entry, ("id", "title", "first_year", "last_year", "tables"), str(entry.get("id")))
    tables = tuple(_table(entry["id"], table) for table in entry["tables"])
    ids = [table.id for table in tables]
    if len(ids) != len(set(ids)):
        raise ValueError(f"{entry['id']}: duplicate table id")
    return Form(entry["id"], entry["title"], entry["first_year"], entry.get("last_year"), tables)


@cache
def all_forms() -> tuple[Form, ...]:
    """Every form of the package, in the order of their ids."""
    folder = files("parsers") / "data" / "forms"
    forms = tuple(
        load_form(path.read_text(encoding="utf-8"))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    )
    ids = [form.id for form in forms]
    if len(ids) != len(set(ids)):
        raise ValueError("duplicate form id")
    return forms
