"""Killed at any moment, opened by two at once, made by an older or a newer version: nothing is lost or half stored."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage import migrations, schema, search
from storage.store import Store, open_database
from tests.storage.build import METRICS, NAMES, REGIONS, document, reading

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from storage.store import Store
from tests.storage.build import METRICS, NAMES, REGIONS, document, reading, TEXT
from parsers.model import Finding, Severity

database, first, last, step = Path(sys.argv[1]), *map(int, sys.argv[2:5])
with Store(database) as store:
    store.seed(REGIONS, METRICS, NAMES)
    print("open", flush=True)
    run = store.start_run("writer")
    for number in range(first, last, step):
        page = document(str(number), f"https://y/{number % 20}", day=1 + number // 20)
        read = reading(TEXT + f"\\n第{number}号", year=2000 + number % 20)
        table = document(f"t{number}", f"https://y/{number}.xlsx")
        saved = store.save(page, (table,), read, NAMES, run, "1")
        store.save_findings([Finding("boilerplate", Severity.INFO, f"like {number}")], run, report_id=saved.report_id)
        store.record_fetch(run, page.url, 200, page.fetched_at, page.id)
    store.finish_run(run, "finished", "ok", {})
"""


def writer(database: Path, first: int, last: int, step: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(database), str(first), str(last), str(step)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but the log of runs, without numbers that only count rows."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = {}
        for name, table in schema.TABLES.items():
            if name in {"runs", "fetches", "_sqlite_migrations"}:
                continue
            numbered = name in {"sections", "mentions", "checks", "findings", "indexed_reports"}
            columns = ", ".join(
                f'"{one}"' for one in table.columns if not (one == "id" and numbered) and one != "run_id"
            )
            rows[name] = connection.execute(f"SELECT {columns} FROM {name} ORDER BY {columns}").fetchall()
        for word in ("卫计", "第7号", "公众号"):
            found = connection.execute(
                "SELECT report_id FROM indexed_reports WHERE id IN"
                " (SELECT rowid FROM reports_index WHERE reports_index MATCH ?) ORDER BY 1",
                (search.match_expression(word),),
            )
            rows[f"search {word}"] = found.fetchall()
    connection.close()
    return rows


def finished(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=120)
    assert process.returncode == 0


def test_killed_again_and_again_it_ends_in_the_same_database(tmp_path: Path) -> None:
    undisturbed, disturbed = tmp_path / "undisturbed.db", tmp_path / "disturbed.db"
    finished(writer(undisturbed, 0, 60))
    expected = content(undisturbed)
    chance = random.Random(7)
    for attempt in range(12):
        process = writer(disturbed, 0, 60)
        assert process.stdout is not None
        if attempt % 4:  # else it may not even have made the database
            process.stdout.readline()
        time.sleep(chance.uniform(0, 1.2))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        if disturbed.exists() and disturbed.stat().st_size:
            with sqlite3.connect(disturbed) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            connection.close()
    finished(writer(disturbed, 0, 60))
    assert content(disturbed) == expected


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone.db", tmp_path / "shared.db"
    finished(writer(alone, 0, 60))
    both = [writer(shared, 0, 60, 2), writer(shared, 1, 60, 2)]  # each makes the database if it is first
    for process in both:
        finished(process)
    assert content(shared) == content(alone)


def test_two_processes_write_the_same(tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone.db", tmp_path / "shared.db"
    finished(writer(alone, 0, 40))
    both = [writer(shared, 0, 40), writer(shared, 0, 40)]
    for process in both:
        finished(process)
    assert content(shared) == content(alone)


def test_a_reader_sees_a_report_whole_or_not_at_all(tmp_path: Path) -> None:
    database = tmp_path / "reports.db"
    Store(database).close()
    process = writer(database, 0, 40)
    torn = 0
    with open_database(database) as connection:
        while process.poll() is None:
            torn += connection.execute(
                "SELECT count(*) FROM reports r WHERE (SELECT count(*) FROM figures f WHERE f.report_id = r.id) <> 4"
            ).fetchone()[0]
    finished(process)
    assert torn == 0


# ---------------------------------------------------------------- versions of the schema


def old_database(path: Path, stop_before: str) -> None:
    """A database as the version before that step left it, with two reports in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    migrations.migrations.apply(Database(connection), stop_before=stop_before)
    connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("INSERT INTO regions (code, name, level) VALUES ('330206', '北仑区', 'county')")
    connection.execute(
        "INSERT INTO agencies (id, region_code, sector, name) VALUES ('330206-health', '330206', 'health', '局')"
    )
    connection.execute("CREATE VIEW series AS SELECT 'an older definition' AS x")
    for year in (2012, 2013):
        digest = hashlib.sha256(str(year).encode()).hexdigest()
        connection.execute(
            "INSERT INTO documents (id, url, kind, fetched_at, status, sha256, bytes, outcome)"
            " VALUES (?, ?, 'official', '2024-01-01', 200, ?, 4, 'report')",
            (digest[:16], f"https://y/{year}", digest),
        )
        connection.execute(
            "INSERT INTO reports (id, agency_id, agency, region_code, year, form, title, document_id, is_current,"
            " status, text, parser_version, status_alone)"
            " VALUES (?, '330206-health', '北仑区卫生局', '330206', ?, 'prose', '年度报告', ?, 1, 'ok', ?, '0', 'ok')",
            (f"r{year}", year, digest[:16], f"一、概述\n{year}年公众号推送"),
        )
        connection.execute(
            "INSERT INTO sections VALUES (NULL, ?, 0, 1, '一', '概述', 'overview', 0, 15)", (f"r{year}",)
        )
    connection.close()


@pytest.mark.parametrize("step", [step.name for step in migrations.migrations._migrations[1:]])
def test_an_older_database_is_upgraded_and_keeps_its_rows(tmp_path: Path, step: str) -> None:
    path = tmp_path / "old.db"
    old_database(path, step)
    with Store(path) as store:
        assert store.db.execute("SELECT id, text FROM reports ORDER BY id").fetchall() == [
            ("r2012", "一、概述\n2012年公众号推送"),
            ("r2013", "一、概述\n2013年公众号推送"),
        ]
        for table in schema.INDEXES:
            found = store.db.execute(
                f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", [search.match_expression("众号")]
            )
            assert found.fetchone() == (2,)
        assert store.db.execute("SELECT count(*) > 0 FROM report_keywords").fetchone() == (1,)
        assert [column.name for column in store.db["series"].columns] == list(schema.VIEW_TABLES["series"].columns)
        store.seed(REGIONS, METRICS, NAMES)
        store.save(document(), (), reading(), NAMES, None, "1")
    with Store(path) as store:
        assert store.db.execute("SELECT count(*) FROM reports").fetchone() == (3,)


def test_opening_an_up_to_date_database_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    Store(path).close()
    before = path.read_bytes()
    with Store(path) as store:
        assert store.db.conn.total_changes == 0
    assert path.read_bytes() == before


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    with Store(path) as store:
        store.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('nianbao', 'later', '')"
        )
    before = path.read_bytes()
    with pytest.raises(migrations.DatabaseError, match=r"newer version of nianbao.*later.*update nianbao"):
        Store(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = Database(path)
    db["photos"].insert({"id": 1})
    db.close()
    before = path.read_bytes()
    with pytest.raises(migrations.DatabaseError, match=r"something else .tables photos"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"not a database, but long enough to look at" * 50)
    with pytest.raises(migrations.DatabaseError, match="not an SQLite database"):
        Store(path)


def test_a_missing_database_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(migrations.DatabaseError, match="scrapy crawl"), open_database(tmp_path / "none.db"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_set_up_to_be_safe(tmp_path: Path) -> None:
    with Store(tmp_path / "reports.db") as store:
        answers = [
            store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
        assert answers == ["wal", 1, 1]
        strict = store.db.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict"
        )
        assert {name for (name,) in strict} <= {"sqlite_schema", "_sqlite_migrations"}
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER"):
            store.db.execute("INSERT INTO regions (code, name, level, valid_from) VALUES ('1', 'x', 'county', '三')")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            store.db.execute("INSERT INTO runs (spider, started, counts) VALUES ('x', '', 'no json')")


def test_the_contracts_columns_are_there(tmp_path: Path) -> None:
    contract = {
        "regions": "code name level parent_code valid_from valid_to",
        "agencies": "id region_code sector name",
        "agency_names": "agency_id name valid_from valid_to",
        "documents": "id url kind site title fetched_at status media_type charset sha256 bytes archive_file "
        "archive_offset parent_id",
        "reports": "id agency_id agency region_code year form title document_id is_current published signed "
        "period_start period_end status text parser_version",
        "sections": "report_id position level number heading topic start end",
        "cells": "report_id table_no row col text row_span col_span",
        "figures": "id report_id metric applicant period value unit raw meaning source evidence start end table_no row "
        "col proposed",
        "mentions": "report_id start end quantity unit label approximate sentence",
        "checks": "report_id rule applicant severity status left right message",
        "findings": "id run_id document_id report_id code severity message data",
        "runs": "id spider started finished reason verdict counts",
        "fetches": "run_id url status fetched_at document_id error",
        "metrics": "id label label_en unit description",
        "current_reports": "id",
        "current_figures": "best agency year",
        "series": "agency_id year metric value",
        "coverage": "agency_id year status",
        "failed_checks": "rule left right agency year",
    }
    with Store(tmp_path / "reports.db") as store:
        for name, columns in contract.items():
            assert set(columns.split()) <= {column.name for column in store.db[name].columns}, name
