"""Tables for analysis: one row per authority and year, and one row per figure, as CSV, Parquet and XLSX.

Three tables: ``wide`` (the view series turned so that every metric is a column), ``long`` (the view current_figures)
and ``codebook`` (what every column and metric means). Rows stream from the database: memory does not grow with it.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from storage import schema
from storage.formulas import harmless
from storage.store import open_database

FORMATS = ("csv", "parquet", "xlsx")
NOTE = (
    "Text that a spreadsheet would run as a formula (it begins with = + - @) is preceded by an apostrophe in CSV and "
    "XLSX; Parquet and the database have it as printed."
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SHEET_ROWS = 1_048_576
_CELL_CHARACTERS = 32_767
_BATCH = 10_000

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written. `neutralised` counts the cells that a spreadsheet would have run as formulas."""

    path: Path
    table: str
    rows: int
    neutralised: int


@dataclass(frozen=True, slots=True)
class _Table:
    """`numeric` columns hold numbers or nothing."""

    name: str
    columns: tuple[str, ...]
    numeric: frozenset[str]
    rows: Callable[[], Iterator[Sequence[Value]]]


def export(
    database: Path, folder: Path, formats: Iterable[str] = FORMATS, *, region: str | None = None
) -> list[Exported]:
    """Write the three tables into `folder`: ``nianbao-wide.csv`` …, and one ``nianbao.xlsx`` with a sheet for each.

    `region` narrows to a code and all that is below it. A file appears whole or not at all. Raises ValueError for an
    unknown format, `storage.migrations.DatabaseError` when there is no such database.
    """
    formats = tuple(formats)
    unknown = set(formats) - set(FORMATS)
    if unknown:
        raise ValueError(f"unknown format {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Exported] = []
    with open_database(database) as connection:
        connection.execute("BEGIN")  # all tables from one state of the database
        tables = _tables(connection, region)
        for table in tables:
            for kind, write in (("csv", _write_csv), ("parquet", _write_parquet)):
                if kind in formats:
                    written.append(_whole(folder / f"nianbao-{table.name}.{kind}", table, write))
        if "xlsx" in formats:
            written += _write_workbook(folder / "nianbao.xlsx", tables)
    return written


# ---------------------------------------------------------------- the tables


_ABOUT = ("agency_id", "agency", "name_then", "region_code", "region", "year", "report_id")
_REPORT = ("form", "status", "published", "kind", "url")
_LONG_NUMERIC = frozenset({"year", "best", "value", "proposed", "approximate"})


def _tables(connection: sqlite3.Connection, region: str | None) -> list[_Table]:
    prefix = (region or "").rstrip("0")
    below = (prefix + "0" * (len(prefix) % 2) + "%",)
    metrics = [
        metric
        for (metric,) in connection.execute(
            "SELECT DISTINCT s.metric FROM series s JOIN metrics m ON m.id = s.metric"
            " WHERE coalesce(s.region_code, '') LIKE ? ORDER BY m.rowid",
            below,
        )
    ]
    long = tuple(schema.VIEW_TABLES["current_figures"].columns)

    def wide_rows() -> Iterator[Sequence[Value]]:
        # From the reports, so that one without any figure has its row too.
        cursor = connection.execute(
            "SELECT c.agency_id, coalesce(a.name, c.agency), c.agency, c.region_code, c.region, c.year, c.id,"
            " c.form, c.status, c.published, c.kind, c.url, s.metric, s.value, s.repaired, s.readings"
            " FROM current_reports c LEFT JOIN agencies a ON a.id = c.agency_id LEFT JOIN series s ON s.report_id = "
            "c.id WHERE coalesce(c.region_code, '') LIKE ? ORDER BY c.region_code, c.agency_id, c.agency, c.year, c.id",
            below,
        )
        head = len(_ABOUT) + len(_REPORT)
        for about, figures in groupby(cursor, key=lambda row: row[:head]):
            values: dict[str, Value] = {}
            repaired, doubtful = [], []
            for *_, metric, value, is_repaired, readings in figures:
                if metric is None:
                    continue
                values[metric] = value
                if is_repaired:
                    repaired.append(metric)
                if readings > 1:
                    doubtful.append(metric)
            flags = (" ".join(repaired) or None, " ".join(doubtful) or None)
            yield (*about, *flags, *(values.get(metric) for metric in metrics))

    def long_rows() -> Iterator[Sequence[Value]]:
        yield from connection.execute(
            f"SELECT {', '.join(long)} FROM current_figures WHERE coalesce(region_code, '') LIKE ?"  # noqa: S608
            " ORDER BY region_code, agency_id, year, report_id, id",
            below,
        )

    return [
        _Table(
            "wide",
            (*_ABOUT, *_REPORT, "repaired", "disagreeing", *metrics),
            frozenset({"year", *metrics}),
            wide_rows,
        ),
        _Table("long", long, _LONG_NUMERIC, long_rows),
        _Table(
            "codebook",
            ("table", "column", "label", "label_en", "unit", "description"),
            frozenset(),
            lambda: iter(_codebook(connection, metrics)),
        ),
    ]


def _codebook(connection: sqlite3.Connection, metrics: Sequence[str]) -> list[Sequence[Value]]:
    series, reports = schema.VIEW_TABLES["series"].columns, schema.VIEW_TABLES["current_reports"].columns
    described = {name: series.get(name) or reports[name] for name in (*_ABOUT, *_REPORT)} | {
        "repaired": schema.Column("Metrics of this row whose value is a repair proposal."),
        "disagreeing": schema.Column("Metrics of this row that the report states with different values."),
    }
    lines: list[Sequence[Value]] = [
        ("wide", name, None, None, column.unit, column.description) for name, column in described.items()
    ]
    labels = {row[0]: row for row in connection.execute("SELECT id, label, label_en, unit, description FROM metrics")}
    lines += [("wide", metric, *labels[metric][1:]) for metric in metrics]
    lines += [
        ("long", name, None, None, column.unit, column.description)
        for name, column in schema.VIEW_TABLES["current_figures"].columns.items()
    ]
    lines.append(("all", None, None, None, None, NOTE))
    return lines


# ---------------------------------------------------------------- the formats


def _harmless(value: Value) -> tuple[Value, bool]:
    """The value, and whether it had to be kept from being run as a formula."""
    kept = harmless(value) if isinstance(value, str) else value
    return kept, kept != value


def _whole(path: Path, table: _Table, write: Callable[[Path, _Table], tuple[int, int]]) -> Exported:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        rows, neutralised = write(unfinished, table)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return Exported(path, table.name, rows, neutralised)


def _write_csv(path: Path, table: _Table) -> tuple[int, int]:
    count = neutralised = 0
    # The byte order mark is what makes Excel read UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.columns)
        for row in table.rows():
            cells = [_harmless(value) for value in row]
            writer.writerow([value for value, _ in cells])
            neutralised += sum(was_formula for _, was_formula in cells)
            count += 1
    return count, neutralised


def _write_parquet(path: Path, table: _Table) -> tuple[int, int]:
    types = pa.schema([(name, _type(name, table)) for name in table.columns])
    count = 0
    with pq.ParquetWriter(path, types) as writer:
        rows = table.rows()
        while batch := list(islice(rows, _BATCH)):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(
                    [float(one) if pa.types.is_floating(kind) and one is not None else one for one in column], kind
                )
                for column, kind in zip(columns, types.types, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=types))
            count += len(batch)
    return count, 0


def _type(name: str, table: _Table) -> Any:
    if name in ("year", "approximate"):
        return pa.int64()
    return pa.float64() if name in table.numeric else pa.string()


def _write_workbook(path: Path, tables: Sequence[_Table]) -> list[Exported]:
    unfinished = path.with_name(f".{path.name}.part")
    written = []
    with ExitStack() as stack:
        stack.callback(unfinished.unlink, missing_ok=True)
        book = stack.enter_context(closing(Workbook(write_only=True)))
        for table in tables:
            count = neutralised = 0
            sheet: Any = None
            for row in table.rows():
                if count % (_SHEET_ROWS - 1) == 0:
                    sheet = _new_sheet(book, table, count // (_SHEET_ROWS - 1))
                cells = [_harmless(value) for value in row]
                sheet.append([_cell(sheet, value) for value, _ in cells])
                neutralised += sum(was_formula for _, was_formula in cells)
                count += 1
            if sheet is None:
                _new_sheet(book, table, 0)
            written.append(Exported(path, table.name, count, neutralised))
        book.save(unfinished)
        unfinished.replace(path)
    return written


def _new_sheet(book: Workbook, table: _Table, number: int) -> Any:
    sheet: Any = book.create_sheet(table.name if number == 0 else f"{table.name} {number + 1}")
    sheet.freeze_panes = "A2"
    head = [_cell(sheet, name) for name in table.columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    return sheet


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("\ufffd", value)[:_CELL_CHARACTERS])
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell
