"""The steps that lead any older database to the present schema. A step that has been released is never edited.

`upgrade` runs what is missing in one transaction: another process waits, a kill leaves the file as it was. The views
are no data: they are made anew whenever their definition in `storage.schema` differs from the file's.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage import search
from storage.schema import VIEWS

APPLICATION_ID = 0x4E42414F
"""Marks the file as ours (``PRAGMA application_id``): the letters NBAO."""

migrations = Migrations("nianbao")


class DatabaseError(Exception):
    """A file that is no database of ours, or one that newer code made. The message says what to do."""


def upgrade(db: Database, path: Path) -> None:
    """Bring the open database up to date; write nothing when it is. Raises DatabaseError."""
    if _is_current(db, path):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        if not _is_current(db, path):
            migrations.apply(db)
            _renew_views(db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the database was made by `upgrade`."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def _is_current(db: Database, path: Path) -> bool:
    tables = set(db.table_names())
    if tables and not is_ours(db.conn):
        raise DatabaseError(
            f"{path} is a database of something else (tables {', '.join(sorted(tables)[:5])}); "
            "give another file as REPORTS_DB"
        )
    known = [step.name for step in migrations._migrations]
    newer = [step.name for step in migrations.applied(db) if step.name not in known]
    if newer:
        raise DatabaseError(
            f"{path} was made by a newer version of nianbao (it has the steps {', '.join(newer)}, "
            f"this version ends at {known[-1]}); update nianbao, or give another file as REPORTS_DB"
        )
    return not migrations.pending(db) and _views(db) == VIEWS


def _views(db: Database) -> dict[str, str]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall()
    return {name: sql.split(" AS\n", 1)[-1] for name, sql in rows}


def _renew_views(db: Database) -> None:
    for name in _views(db):
        db.execute(f'DROP VIEW "{name}"')
    for name, select in VIEWS.items():
        db.execute(f'CREATE VIEW "{name}" AS\n{select}')


# ---------------------------------------------------------------- the steps

_TABLES = """
CREATE TABLE regions (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent_code TEXT REFERENCES regions(code) DEFERRABLE INITIALLY DEFERRED,
    valid_from INTEGER,
    valid_to INTEGER,
    successor TEXT,
    other_names TEXT CHECK (other_names IS NULL OR json_valid(other_names))
) STRICT;

CREATE TABLE agencies (
    id TEXT PRIMARY KEY,
    region_code TEXT REFERENCES regions(code),
    sector TEXT,
    name TEXT NOT NULL,
    successor TEXT
) STRICT;

CREATE TABLE agency_names (
    agency_id TEXT NOT NULL REFERENCES agencies(id),
    name TEXT NOT NULL,
    valid_from INTEGER,
    valid_to INTEGER
) STRICT;
CREATE UNIQUE INDEX agency_names_one ON agency_names(agency_id, name, coalesce(valid_from, 0));

CREATE TABLE metrics (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    label_en TEXT,
    unit TEXT,
    description TEXT
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    spider TEXT NOT NULL,
    arguments TEXT CHECK (arguments IS NULL OR json_valid(arguments)),
    started TEXT NOT NULL,
    finished TEXT,
    reason TEXT,
    verdict TEXT,
    counts TEXT CHECK (counts IS NULL OR json_valid(counts))
) STRICT;

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('official', 'mirror', 'file')),
    site TEXT,
    title TEXT,
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    media_type TEXT,
    charset TEXT,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    archive_file TEXT,
    archive_offset INTEGER,
    parent_id TEXT REFERENCES documents(id),
    etag TEXT,
    last_modified TEXT,
    hint TEXT CHECK (hint IS NULL OR json_valid(hint)),
    format TEXT,
    mirror TEXT CHECK (mirror IS NULL OR json_valid(mirror)),
    outcome TEXT NOT NULL CHECK (outcome IN ('report', 'other', 'unreadable', 'attachment')),
    article_sha256 TEXT,
    reading_sha256 TEXT,
    run_id INTEGER REFERENCES runs(id)
) STRICT;
CREATE INDEX documents_url ON documents(url, fetched_at);
CREATE INDEX documents_parent ON documents(parent_id);
CREATE INDEX documents_article ON documents(article_sha256);

CREATE TABLE attachments (
    parent_id TEXT NOT NULL REFERENCES documents(id),
    position INTEGER NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id),
    PRIMARY KEY (parent_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_document ON attachments(document_id);

CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    agency_id TEXT REFERENCES agencies(id),
    agency TEXT,
    region_code TEXT REFERENCES regions(code),
    year INTEGER,
    form TEXT NOT NULL,
    title TEXT,
    document_id TEXT NOT NULL UNIQUE REFERENCES documents(id),
    is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1)),
    published TEXT,
    signed TEXT,
    period_start TEXT,
    period_end TEXT,
    status TEXT NOT NULL CHECK (status IN ('ok', 'suspect', 'partial', 'unparsed')),
    text TEXT NOT NULL,
    parser_version TEXT NOT NULL,
    agency_printed TEXT,
    declared_parts INTEGER,
    contact TEXT CHECK (contact IS NULL OR json_valid(contact)),
    status_alone TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX reports_current ON reports(coalesce(agency_id, agency), year) WHERE is_current = 1;
CREATE INDEX reports_agency ON reports(agency_id, year);
CREATE INDEX reports_region ON reports(region_code);
CREATE INDEX reports_year ON reports(year);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    level INTEGER NOT NULL,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    topic TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    UNIQUE (report_id, position)
) STRICT;
CREATE INDEX sections_topic ON sections(topic);

CREATE TABLE cells (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    col INTEGER NOT NULL,
    text TEXT NOT NULL,
    row_span INTEGER NOT NULL DEFAULT 1,
    col_span INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (report_id, table_no, "row", col)
) STRICT, WITHOUT ROWID;

CREATE TABLE figures (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    metric TEXT NOT NULL REFERENCES metrics(id),
    applicant TEXT NOT NULL,
    period TEXT NOT NULL,
    value ANY CHECK (typeof(value) IN ('integer', 'real', 'null')),
    unit TEXT,
    raw TEXT NOT NULL,
    meaning TEXT NOT NULL CHECK (meaning IN ('number', 'zero', 'blank', 'not_applicable', 'text')),
    source TEXT NOT NULL CHECK (source IN ('table', 'prose')),
    evidence TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    table_no INTEGER,
    "row" INTEGER,
    col INTEGER,
    proposed ANY CHECK (typeof(proposed) IN ('integer', 'real', 'null')),
    reason TEXT,
    approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1))
) STRICT;
CREATE INDEX figures_report ON figures(report_id, metric, applicant, period);
CREATE INDEX figures_metric ON figures(metric, applicant);

CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quantity ANY NOT NULL CHECK (typeof(quantity) IN ('integer', 'real')),
    unit TEXT,
    label TEXT NOT NULL,
    approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    sentence TEXT NOT NULL
) STRICT;
CREATE INDEX mentions_report ON mentions(report_id, start);

CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    applicant TEXT,
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    status TEXT NOT NULL CHECK (status IN ('pass', 'fail', 'not_testable')),
    "left" ANY CHECK (typeof("left") IN ('integer', 'real', 'null')),
    "right" ANY CHECK (typeof("right") IN ('integer', 'real', 'null')),
    message TEXT NOT NULL,
    metric TEXT,
    origin TEXT NOT NULL
) STRICT;
CREATE INDEX checks_report ON checks(report_id, origin);
CREATE INDEX checks_failed ON checks(rule) WHERE status = 'fail';

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES runs(id),
    document_id TEXT REFERENCES documents(id),
    report_id TEXT REFERENCES reports(id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    message TEXT NOT NULL,
    data TEXT NOT NULL CHECK (json_valid(data)),
    origin TEXT NOT NULL CHECK (origin IN ('reading', 'crawl'))
) STRICT;
CREATE INDEX findings_report ON findings(report_id);
CREATE INDEX findings_document ON findings(document_id);
CREATE INDEX findings_code ON findings(code);

CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs(id),
    url TEXT NOT NULL,
    status INTEGER,
    fetched_at TEXT NOT NULL,
    document_id TEXT REFERENCES documents(id),
    error TEXT
) STRICT;
CREATE INDEX fetches_run ON fetches(run_id);
CREATE INDEX fetches_document ON fetches(document_id);
CREATE INDEX fetches_url ON fetches(url)
"""

_SEARCH = f"""
CREATE TABLE indexed_reports (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL UNIQUE REFERENCES reports(id)
) STRICT;

CREATE VIRTUAL TABLE reports_index USING fts5(title, agency, text, content='', tokenize="{search.TOKENIZER}");

CREATE VIRTUAL TABLE sections_index USING fts5(heading, text, content='', tokenize="{search.TOKENIZER}");

CREATE TABLE report_keywords (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    keyword TEXT NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (report_id, keyword)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_keywords_keyword ON report_keywords(keyword)
"""


@migrations()
def tables(db: Database) -> None:
    """The tables of the contract."""
    db.executescript(_TABLES)


@migrations()
def full_text_search(db: Database) -> None:
    """The search index and the keywords, filled from the reports that are there."""
    db.executescript(_SEARCH)
    for (report_id,) in db.execute("SELECT id FROM reports ORDER BY id").fetchall():
        index_report(db.conn, report_id)
        write_keywords(db.conn, report_id)


# ---------------------------------------------------------------- the search index, kept in step with the reports


def index_report(connection: sqlite3.Connection, report_id: str) -> None:
    """Put a stored report and its sections into the search index."""
    cursor = connection.execute("INSERT INTO indexed_reports (report_id) VALUES (?)", (report_id,))
    _write_index(connection, report_id, cursor.lastrowid or 0, delete=False)


def unindex_report(connection: sqlite3.Connection, report_id: str) -> None:
    """Take a report, unchanged since it was indexed, out of the search index; before its rows are deleted."""
    row = connection.execute("SELECT id FROM indexed_reports WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        return
    _write_index(connection, report_id, row[0], delete=True)
    connection.execute("DELETE FROM indexed_reports WHERE report_id = ?", (report_id,))


def _write_index(connection: sqlite3.Connection, report_id: str, number: int, *, delete: bool) -> None:
    # A contentless FTS5 table is told what to remove: the very text that was indexed.
    first, mark = ("reports_index, ", "'delete', ") if delete else ("", "")
    title, agency, text = connection.execute(
        "SELECT title, agency, text FROM reports WHERE id = ?", (report_id,)
    ).fetchone()
    connection.execute(
        f"INSERT INTO reports_index ({first}rowid, title, agency, text) VALUES ({mark}?, ?, ?, ?)",  # noqa: S608
        (number, *map(search.index_text, (title, agency, text))),
    )
    sections = connection.execute(
        'SELECT id, heading, start, "end" FROM sections WHERE report_id = ?', (report_id,)
    ).fetchall()
    connection.executemany(
        f"INSERT INTO sections_index ({first.replace('reports', 'sections')}rowid, heading, text) "  # noqa: S608
        f"VALUES ({mark}?, ?, ?)",
        [
            (key, search.index_text(heading), search.index_text(text[start:end]))
            for key, heading, start, end in sections
        ],
    )


def write_keywords(connection: sqlite3.Connection, report_id: str) -> None:
    """Store the keywords of a report."""
    (text,) = connection.execute("SELECT text FROM reports WHERE id = ?", (report_id,)).fetchone()
    connection.executemany(
        "INSERT INTO report_keywords (report_id, keyword, weight) VALUES (?, ?, ?)",
        [(report_id, word, weight) for word, weight in search.keywords(text)],
    )


def as_json(value: object) -> str:
    """Compact JSON with sorted keys, Chinese readable: the same value is the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
