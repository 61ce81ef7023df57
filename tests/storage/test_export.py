"""The exported tables hold what the database holds, in every format, and start no formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from parsers.model import Hint, Origin
from storage import coverage, schema
from storage.export import FORMATS, export
from storage.migrations import DatabaseError
from storage.store import Store
from tests.storage.build import METRICS, NAMES, REGIONS, document, figure, reading

EVIL = ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd", "@SUM(1)", "\t=1", "＝1"]
HARMLESS = ["-", "-12", "+3.5", "12", "a=b", "'x", "——", "\x01"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "reports.db"
    with Store(path) as store:
        store.seed(REGIONS, METRICS, NAMES)
        for year in (2012, 2013):
            figures = (
                figure("requests.received", year - 2000, "12件"),
                figure("disclosure.total", 5, "5", source=Origin.TABLE, proposed=6),
                figure("fees.processing", 1.5, "1.5"),
                figure("requests.carried_in", 1, "1"),
                figure("requests.carried_in", 2, "2"),
                *(figure("local.x", None, text, evidence="e") for text in (*EVIL, *HARMLESS)),
            )
            store.save(
                document(str(year), f"https://y/{year}"), (), reading(year=year, figures=figures), NAMES, None, "1"
            )
        store.save(document("empty", "https://y/e"), (), reading(year=2014, figures=()), NAMES, None, "1")
        store.save_unreadable(document("u", hint=Hint("330206", "health", 2010)), (), (), None, "1")
    return path


def read_csv(folder: Path, name: str) -> list[dict[str, Any]]:
    with (folder / f"nianbao-{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_parquet(folder: Path, name: str) -> list[dict[str, Any]]:
    rows = pq.read_table(folder / f"nianbao-{name}.parquet").to_pylist()
    return [{key: "" if value is None else value for key, value in row.items()} for row in rows]


def read_xlsx(folder: Path, name: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(folder / "nianbao.xlsx", read_only=True)
    head, *rows = book[name].iter_rows(values_only=True)
    book.close()
    return [{str(key): "" if value is None else value for key, value in zip_longest(head, row)} for row in rows]


READERS: dict[str, Callable[[Path, str], list[dict[str, Any]]]] = {
    "csv": read_csv,
    "parquet": read_parquet,
    "xlsx": read_xlsx,
}


@pytest.mark.parametrize("kind", FORMATS)
def test_wide(database: Path, tmp_path: Path, kind: str) -> None:
    export(database, tmp_path, [kind])
    rows = READERS[kind](tmp_path, "wide")
    assert [int(row["year"]) for row in rows] == [2012, 2013, 2014]
    first, _, empty = rows
    assert (first["agency"], first["name_then"]) == ("宁波市北仑区卫生健康局", "宁波市北仑区卫生局")
    assert [float(first[name]) for name in ("requests.received", "disclosure.total", "fees.processing")] == [12, 6, 1.5]
    assert (first["repaired"], first["disagreeing"]) == ("disclosure.total", "requests.carried_in")
    assert first["requests.carried_in"] == ""
    assert empty["requests.received"] == ""


@pytest.mark.parametrize("kind", FORMATS)
def test_long_holds_every_current_figure(database: Path, tmp_path: Path, kind: str) -> None:
    written = export(database, tmp_path, [kind])
    rows = READERS[kind](tmp_path, "long")
    assert len(rows) == 2 * (5 + len(EVIL) + len(HARMLESS)) == next(one.rows for one in written if one.table == "long")
    assert list(rows[0]) == list(schema.VIEW_TABLES["current_figures"].columns)


@pytest.mark.parametrize("kind", FORMATS)
def test_no_cell_is_run_as_a_formula(database: Path, tmp_path: Path, kind: str) -> None:
    written = export(database, tmp_path, [kind])
    printed = [str(row["raw"]) for row in READERS[kind](tmp_path, "long") if row["metric"] == "local.x"]
    marked = [text if kind == "parquet" else f"'{text}" for text in EVIL]
    plain = [text.replace("\x01", "\ufffd") if kind == "xlsx" else text for text in HARMLESS]
    assert printed == (marked + plain) * 2
    assert sum(one.neutralised for one in written if one.table == "long") == (0 if kind == "parquet" else 2 * len(EVIL))
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(tmp_path / "nianbao.xlsx")["long"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_codebook_explains_every_column(database: Path, tmp_path: Path) -> None:
    export(database, tmp_path, ["csv"])
    explained = {(row["table"], row["column"]): row["description"] for row in read_csv(tmp_path, "codebook")}
    for name in ("wide", "long"):
        for column in read_csv(tmp_path, name)[0]:
            assert explained[name, column]
    assert "apostrophe" in explained["all", ""]


def test_the_same_database_gives_the_same_files(database: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(database, tmp_path / name, ["csv", "parquet"])
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_region_narrows(database: Path, tmp_path: Path) -> None:
    assert [one.rows for one in export(database, tmp_path, ["csv"], region="330200")][:1] == [3]
    assert [one.rows for one in export(database, tmp_path, ["csv", "xlsx", "parquet"], region="530000")][:1] == [0]


def test_nothing_half_written_is_left(database: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format ods; there are csv, parquet, xlsx"):
        export(database, tmp_path, ["csv", "ods"])
    with pytest.raises(DatabaseError, match="there is no database"):
        export(tmp_path / "none.db", tmp_path)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- coverage


def test_coverage_as_a_table(database: Path) -> None:
    rows = coverage.read_coverage(database, region="330206", years=range(2009, 2015))
    assert coverage.as_table(rows).split("\n") == [
        "                        09 10 11 12 13 14",
        "宁波市北仑区卫生健康局   ·  ✗  ·  ●  ●  ●",
        "",
        "● published 3   ◐ late 0   · missing 2   ✗ unreadable 1",
        "missing: not in this database; look at its site before you say that it was not published",
    ]


def test_authorities_without_any_report_are_named_apart(database: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "reports.db") as store:
        store.seed(REGIONS, METRICS, NAMES)
    table = coverage.as_table(coverage.read_coverage(tmp_path / "reports.db"))
    assert "No report at all of 1 authorities" in table
    assert "宁波市北仑区卫生健康局" in table
    assert "missing 0" in table


def test_coverage_as_json(database: Path) -> None:
    (only,) = json.loads(coverage.as_json(coverage.read_coverage(database, years=[2012])))
    assert (only["status"], only["published"], only["due"]) == ("published", "2013-03-01", "2013-03-31")


@pytest.mark.parametrize(
    ("region", "count"), [("330206", 1), ("330200", 1), ("330000", 1), ("330212", 0), ("110000", 0)]
)
def test_coverage_of_a_region(database: Path, region: str, count: int) -> None:
    assert len(coverage.read_coverage(database, region=region, years=[2012])) == count


def test_coverage_by_status(database: Path) -> None:
    assert [row.year for row in coverage.read_coverage(database, status="unreadable")] == [2010]


def test_coverage_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    Store(tmp_path / "reports.db").close()
    assert "scrapy crawl" in coverage.as_table(coverage.read_coverage(tmp_path / "reports.db"))
