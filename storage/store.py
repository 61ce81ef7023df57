"""The database as the crawler sees it: documents and readings go in, one transaction each."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from parsers.model import (
    AgencyName,
    Check,
    Figure,
    Finding,
    Hint,
    Meaning,
    Metric,
    Origin,
    Reading,
    Region,
    Severity,
)
from storage import migrations, search

Row = dict[str, Any]

WriteError = sqlite3.OperationalError
"""What a `Store` raises when its file cannot be written: a full disk, a lock that another process never gives up."""

BUSY_SECONDS = 120
"""How long a process waits for another one's transaction before it gives up."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One content at one URL: where it came from and where its bytes are kept. `id` follows from URL and bytes."""

    url: str
    kind: str  # official | mirror | file
    site: str | None
    title: str | None
    fetched_at: str  # ISO 8601, UTC
    status: int  # HTTP; 200 for a file
    media_type: str | None
    charset: str | None
    sha256: str
    bytes: int
    archive_file: str | None  # relative to the archive folder
    archive_offset: int | None
    etag: str | None = None
    last_modified: str | None = None
    parent_id: str | None = None  # the page that this further page, picture or file belongs to
    hint: Hint = field(default_factory=Hint)  # what the crawler knew; a reparse reads with the same

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the hash of URL and content hash."""
        return hashlib.sha256(f"{self.url}\n{self.sha256}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Saved:
    """What `Store.save` did. `document_id` is the stored document that holds the content, also when nothing was new."""

    outcome: str  # new | changed | unchanged
    report_id: str | None
    document_id: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """What the checks over several reports need of a stored one."""

    report_id: str
    agency_id: str
    year: int
    form: str
    text: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The current reports of the same authority for the year before and the year after; None where there is none."""

    previous: StoredReport | None
    following: StoredReport | None


class Store:
    """The database: opened, created or brought up to date. Safe with several processes; a context manager.

    Every method that writes does so in one transaction: a kill at any moment leaves all of it or nothing. Raises
    `storage.migrations.DatabaseError` for a file that is no database of ours or that newer code made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connected(path)
        try:
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self.db = Database(self._connection)
            migrations.upgrade(self.db, path)
            self._use_wal()
        except BaseException as fault:
            self._connection.close()
            if isinstance(fault, sqlite3.DatabaseError):
                raise migrations.DatabaseError(_unopened(path, fault)) from fault
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the last one to do so folds the write-ahead log into it."""
        self._connection.close()

    def _use_wal(self) -> None:
        # Changing the journal mode does not wait for other processes by itself.
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _rows(self, sql: str, *values: Any) -> list[Row]:
        cursor = self._connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _row(self, sql: str, *values: Any) -> Row | None:
        return next(iter(self._rows(sql, *values)), None)

    # ------------------------------------------------------------ registers

    def seed(self, regions: Iterable[Region], metrics: Iterable[Metric], agencies: Iterable[AgencyName] = ()) -> None:
        """Bring the registers up to date; writes nothing when they are.

        `agencies` are the authorities of which a report is expected every year (the view coverage lists them).
        Nothing is removed. Raises ValueError when a region's parent is not in the register.
        """
        region_rows = _region_rows(regions)
        known = {row["code"] for row in region_rows}
        orphans = sorted(row["code"] for row in region_rows if row["parent_code"] and row["parent_code"] not in known)
        if orphans:
            raise ValueError(f"regions without their parent in the register: {', '.join(orphans[:10])}")
        metric_rows = [asdict(metric) for metric in metrics]
        changes = [
            ("regions", "code", self._differing("regions", "code", region_rows)),
            ("metrics", "id", self._differing("metrics", "id", metric_rows)),
        ]
        names = tuple(agencies)
        if any(rows for _, _, rows in changes) or self._new_names(names):
            with self._transaction():
                for table, key, rows in changes:
                    self._upsert(table, key, rows)
                self._write_names(names)
                self._connection.execute(
                    "UPDATE agencies SET successor = r.successor || '-' || sector FROM regions r"
                    " WHERE r.code = region_code AND agencies.successor IS NOT r.successor || '-' || sector"
                )

    def _differing(self, table: str, key: str, rows: Sequence[Row]) -> list[Row]:
        if not rows:
            return []
        names = list(rows[0])
        stored = {row[key]: row for row in self._rows(f"SELECT {_quoted(names)} FROM {table}")}  # noqa: S608
        return [row for row in rows if stored.get(row[key]) != row]

    def _upsert(self, table: str, key: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        names = list(rows[0])
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != key)
        self._connection.executemany(f'{_insert(table, names)} ON CONFLICT ("{key}") DO UPDATE SET {updates}', rows)

    def _new_names(self, names: Iterable[AgencyName]) -> bool:
        """Whether `_write_names` would change anything."""
        names = tuple(names)
        stored = {
            (row["agency_id"], row["name"], row["valid_from"], row["valid_to"])
            for agency_id in {name.agency_id for name in names}
            for row in self._rows("SELECT * FROM agency_names WHERE agency_id = ?", agency_id)
        }
        return any((name.agency_id, name.name, name.valid_from, name.valid_to) not in stored for name in names)

    def _write_names(self, names: Iterable[AgencyName]) -> None:
        lines: dict[str, list[AgencyName]] = {}
        for name in names:
            lines.setdefault(name.agency_id, []).append(name)
        for agency_id, line in lines.items():
            self._ensure_agency(agency_id, line[0].region_code, line[0].sector, line[0].name)
            for name in line:
                self._connection.execute(
                    "INSERT INTO agency_names (agency_id, name, valid_from, valid_to) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (agency_id, name, coalesce(valid_from, 0)) DO UPDATE SET valid_to = excluded.valid_to"
                    " WHERE valid_to IS NOT excluded.valid_to",
                    (agency_id, name.name, name.valid_from, name.valid_to),
                )
            self._name_agency(agency_id)

    def _ensure_agency(self, agency_id: str, region_code: str | None, sector: str | None, name: str) -> None:
        self._ensure_region(region_code)
        self._connection.execute(
            "INSERT INTO agencies (id, region_code, sector, name, successor)"
            " VALUES (?1, ?2, ?3, ?4, (SELECT successor || '-' || ?3 FROM regions WHERE code = ?2))"
            " ON CONFLICT (id) DO NOTHING",
            (agency_id, region_code, sector, name),
        )

    def _ensure_region(self, code: str | None) -> None:
        """A region that the register lacks must not cost a report: it goes by its code."""
        if code is not None:
            self._connection.execute(
                "INSERT INTO regions (code, name, level) VALUES (?1, ?1, 'unknown') ON CONFLICT DO NOTHING", (code,)
            )

    def _name_agency(self, agency_id: str) -> None:
        """An authority goes by its present or last name: by the register, else by its latest report."""
        self._connection.execute(
            """
            UPDATE agencies SET name = new.name FROM (
                SELECT coalesce(
                    (SELECT name FROM agency_names WHERE agency_id = ?1
                     ORDER BY coalesce(valid_to, 9999) DESC, coalesce(valid_from, 0) DESC, name LIMIT 1),
                    (SELECT agency FROM reports WHERE agency_id = ?1 AND agency IS NOT NULL
                     ORDER BY year DESC, id LIMIT 1)
                ) AS name
            ) AS new
            WHERE id = ?1 AND new.name IS NOT NULL AND agencies.name <> new.name
            """,
            (agency_id,),
        )

    # ------------------------------------------------------------ documents

    def document_for(self, url: str) -> DocumentRecord | None:
        """The newest document known at that URL."""
        return _document(self._row("SELECT * FROM documents WHERE url = ? ORDER BY fetched_at DESC, id LIMIT 1", url))

    def documents(self, *, site: str | None = None) -> Iterator[DocumentRecord]:
        """Every document that is no attachment, oldest first (for reparse); saving while iterating is safe."""
        ids = self._rows(
            "SELECT id FROM documents WHERE outcome <> 'attachment' AND (?1 IS NULL OR site = ?1)"
            " ORDER BY fetched_at, id",
            site,
        )
        for row in ids:
            document = _document(self._row("SELECT * FROM documents WHERE id = ?", row["id"]))
            if document is not None:
                yield document

    def attachments(self, document_id: str) -> tuple[DocumentRecord, ...]:
        """The further pages and files of a document, in the order in which they were given."""
        rows = self._rows(
            "SELECT d.* FROM attachments a JOIN documents d ON d.id = a.document_id WHERE a.parent_id = ?"
            " ORDER BY a.position",
            document_id,
        )
        return tuple(document for row in rows if (document := _document(row)) is not None)

    def has_finding(self, document_id: str, codes: Iterable[str]) -> bool:
        """Whether the reading of a document left a finding with one of these codes."""
        return any(
            self._row(
                "SELECT 1 FROM findings WHERE document_id = ? AND origin = 'reading' AND code = ?", document_id, code
            )
            for code in codes
        )

    # ------------------------------------------------------------ readings

    def save(
        self,
        document: DocumentRecord,
        attachments: Sequence[DocumentRecord],
        reading: Reading,
        names: Sequence[AgencyName],
        run_id: int | None,
        parser_version: str,
    ) -> Saved:
        """Store a document, its attachments and what was read in them, in one transaction.

        The same content read the same way writes nothing ("unchanged"); so does a page at a known URL whose newest
        document has the same article (another visit counter). A document read differently than before, by a newer
        parser, has its rows replaced; other content at a known URL is a document and a report of its own ("changed").
        `names` are the names of the report's authority over the years.
        """
        return self._save(document, attachments, _Rows.of(document, reading, names), names, run_id, parser_version)

    def save_unreadable(
        self,
        document: DocumentRecord,
        attachments: Sequence[DocumentRecord],
        findings: Sequence[Finding],
        run_id: int | None,
        parser_version: str,
    ) -> Saved:
        """Store a document that no reader could read, with the findings that say why; in all else like `save`."""
        return self._save(document, attachments, _Rows.unreadable(document, findings), (), run_id, parser_version)

    def _save(
        self,
        document: DocumentRecord,
        attachments: Sequence[DocumentRecord],
        rows: _Rows,
        names: Sequence[AgencyName],
        run_id: int | None,
        parser_version: str,
    ) -> Saved:
        known = self._unchanged(document, attachments, rows)
        if known is not None and self._read_by(known.report_id, parser_version):
            return known
        keywords = self._keywords(document.id, rows) if known is None else []
        with self._transaction():
            known = self._unchanged(document, attachments, rows)  # another process may have stored it since
            if known is None:
                return self._write(document, attachments, rows, names, keywords, run_id, parser_version)
            if known.report_id is not None:
                self._update("reports", known.report_id, {"parser_version": parser_version})
            return known

    def _read_by(self, report_id: str | None, parser_version: str) -> bool:
        return report_id is None or bool(
            self._row("SELECT 1 FROM reports WHERE id = ? AND parser_version = ?", report_id, parser_version)
        )

    def _keywords(self, document_id: str, rows: _Rows) -> list[Row]:
        """The keywords of the text: those stored for the same text, else found anew (outside of any transaction)."""
        if rows.report is None:
            return []
        stored = self._rows(
            "SELECT k.keyword, k.weight FROM report_keywords k JOIN reports r ON r.id = k.report_id"
            " WHERE r.document_id = ? AND r.text = ?",
            document_id,
            rows.report["text"],
        )
        return stored or [{"keyword": word, "weight": weight} for word, weight in search.keywords(rows.report["text"])]

    def _unchanged(self, document: DocumentRecord, attachments: Sequence[DocumentRecord], rows: _Rows) -> Saved | None:
        """What to answer when all of it is stored already; None when there is something to write."""
        found = (
            "SELECT d.id, d.fetched_at, d.outcome, d.reading_sha256, d.article_sha256, r.id AS report_id"
            " FROM documents d LEFT JOIN reports r ON r.document_id = d.id WHERE "
        )
        stored = self._row(f"{found} d.id = ?", document.id)
        newest = self._row(
            f"{found} d.url = ? AND d.outcome <> 'attachment' ORDER BY d.fetched_at DESC, d.id LIMIT 1", document.url
        )
        if stored is not None and stored["reading_sha256"] is not None:
            is_back = newest is not None and newest["id"] != document.id and document.fetched_at > newest["fetched_at"]
            if stored["reading_sha256"] == rows.sha256 and not is_back and self._has_attached(document, attachments):
                return Saved("unchanged", stored["report_id"], document.id)
        elif newest is not None and (newest["outcome"], newest["article_sha256"]) == (
            rows.outcome,
            rows.article_sha256,
        ):
            return Saved("unchanged", newest["report_id"], newest["id"])
        return None

    def _has_attached(self, document: DocumentRecord, attachments: Sequence[DocumentRecord]) -> bool:
        stored = self._rows("SELECT document_id FROM attachments WHERE parent_id = ? ORDER BY position", document.id)
        return [row["document_id"] for row in stored] == list(dict.fromkeys(one.id for one in attachments))

    def _write(
        self,
        document: DocumentRecord,
        attachments: Sequence[DocumentRecord],
        rows: _Rows,
        names: Sequence[AgencyName],
        keywords: Sequence[Row],
        run_id: int | None,
        parser_version: str,
    ) -> Saved:
        connection = self._connection
        stored = self._row("SELECT fetched_at, reading_sha256, outcome FROM documents WHERE id = ?", document.id)
        elsewhere = self._row("SELECT 1 FROM documents WHERE url = ? AND outcome <> 'attachment'", document.url)
        old = self._row("SELECT id, agency_id, agency, year FROM reports WHERE document_id = ?", document.id)
        if stored is None:
            self._insert("documents", [_document_row(document, run_id) | rows.document])
        else:
            # Only what is read in it may change, and the time when content that had been replaced came back.
            newest = max(stored["fetched_at"], document.fetched_at) if stored["reading_sha256"] else document.fetched_at
            same = stored["reading_sha256"] == rows.sha256
            self._update("documents", document.id, rows.document | ({"fetched_at": newest} if same else {}))
        connection.execute("DELETE FROM attachments WHERE parent_id = ?", (document.id,))
        for position, attachment in enumerate({one.id: one for one in attachments}.values()):
            given = _document_row(attachment, run_id) | {"parent_id": document.id, "outcome": "attachment"}
            self._insert("documents", [given], "ON CONFLICT (id) DO NOTHING")
            link = {"parent_id": document.id, "position": position, "document_id": attachment.id}
            self._insert("attachments", [link])
        if old is not None:
            migrations.unindex_report(connection, old["id"])
            connection.execute("DELETE FROM reports WHERE id = ?", (old["id"],))
        report_id = self._write_report(document, rows, names, keywords, parser_version)
        connection.execute("DELETE FROM findings WHERE document_id = ? AND origin = 'reading'", (document.id,))
        findings = [
            finding | {"run_id": run_id, "document_id": document.id, "report_id": report_id, "origin": "reading"}
            for finding in rows.findings
        ]
        self._insert("findings", findings)
        groups = [(row["agency_id"] or row["agency"], row["year"]) for row in (old, rows.report) if row is not None]
        for agency, year in dict.fromkeys(groups):
            self._choose_current(agency, year)
        if old is not None and rows.report is not None:
            self._join_lines(old["agency_id"], rows.report["agency_id"])
        is_new = stored is None or stored["reading_sha256"] is None
        return Saved("new" if is_new and elsewhere is None else "changed", report_id, document.id)

    def _write_report(
        self,
        document: DocumentRecord,
        rows: _Rows,
        names: Sequence[AgencyName],
        keywords: Sequence[Row],
        parser_version: str,
    ) -> str | None:
        if rows.report is None:
            return None
        report = rows.report
        report_id = f"{report['agency_id'] or 'unknown'}-{report['year'] or '0000'}-{document.id[:8]}"
        if self._row("SELECT 1 FROM reports WHERE id = ?", report_id):
            report_id = report_id[:-8] + document.id
        self._write_names(names)
        if report["agency_id"] is not None:
            name = report["agency"] or report["agency_id"]
            line_code = report["agency_id"].partition("-")[0]  # the report's own code may be a former one
            self._ensure_agency(report["agency_id"], line_code, rows.sector, name)
        self._ensure_region(report["region_code"])
        self._insert("metrics", rows.metrics, "ON CONFLICT (id) DO NOTHING")
        keys = {"id": report_id, "document_id": document.id, "parser_version": parser_version}
        self._insert("reports", [report | keys])
        for table, children in rows.children.items():
            self._insert(table, [child | {"report_id": report_id} for child in children])
        self._insert(
            "figures",
            [
                figure | {"report_id": report_id, "id": f"{report_id}-{number:04}"}
                for number, figure in enumerate(rows.figures, start=1)
            ],
        )
        if report["agency_id"] is not None:
            self._name_agency(report["agency_id"])
        self._insert("report_keywords", [row | {"report_id": report_id} for row in keywords])
        migrations.index_report(self._connection, report_id)
        return report_id

    def _join_lines(self, former: str | None, later: str | None) -> None:
        """Remove a line of which nothing is left because its reports were read anew into the one that took it over."""
        gone = (
            "SELECT 1 FROM agencies a WHERE a.id = ?1 AND a.successor = ?2 AND a.id <> ?2"
            " AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.agency_id = ?1)"
        )
        if self._row(gone, former, later):
            self._connection.execute("DELETE FROM agency_names WHERE agency_id = ?", (former,))
            self._connection.execute("DELETE FROM agencies WHERE id = ?", (former,))

    def _choose_current(self, agency: str | None, year: int | None) -> None:
        """Mark the report to quote for an authority and year; write only what changes."""
        if agency is None or year is None:
            return
        ranked = self._rows(
            """
            SELECT r.id, r.is_current FROM reports r JOIN documents d ON d.id = r.document_id
            WHERE coalesce(r.agency_id, r.agency) = ?1 AND r.year = ?2
            ORDER BY coalesce(json_extract(d.mirror, '$.kind') = 'tampered', 0) OR r.status = 'unparsed',
                CASE d.kind WHEN 'official' THEN 0 WHEN 'mirror' THEN 1 ELSE 2 END,
                EXISTS (SELECT 1 FROM documents n
                        WHERE n.url = d.url AND n.fetched_at > d.fetched_at AND n.outcome <> 'attachment'),
                r.published IS NULL, r.published DESC,
                max(d.fetched_at) OVER (PARTITION BY d.article_sha256) DESC,
                d.url, r.id
            """,
            agency,
            year,
        )
        for number, row in sorted(enumerate(ranked), reverse=True):  # the old one is unmarked before the new is marked
            if row["is_current"] != (number == 0):
                self._update("reports", row["id"], {"is_current": int(number == 0)})

    # ------------------------------------------------------------ across reports

    def report(self, report_id: str) -> StoredReport | None:
        """A stored report as the checks over several reports need it; None if it is unknown or unidentified."""
        return self._stored_report("id = ? AND agency_id IS NOT NULL AND year IS NOT NULL", report_id)

    def neighbours(self, agency_id: str, year: int) -> Neighbours:
        """The stored current reports of the same authority for the year before and the year after."""
        condition = "agency_id = ? AND year = ? AND is_current = 1"
        return Neighbours(
            self._stored_report(condition, agency_id, year - 1), self._stored_report(condition, agency_id, year + 1)
        )

    def _stored_report(self, condition: str, *values: Any) -> StoredReport | None:
        row = self._row(f"SELECT id, agency_id, year, form, text FROM reports WHERE {condition}", *values)  # noqa: S608
        if row is None:
            return None
        figures = self._rows("SELECT * FROM figures WHERE report_id = ? ORDER BY rowid", row["id"])
        return StoredReport(
            row["id"], row["agency_id"], row["year"], row["form"], row["text"], tuple(_figure(one) for one in figures)
        )

    def add_checks(self, report_id: str, checks: Sequence[Check], origin: str = "years") -> None:
        """Make `checks` the checks of that origin on a report, in place of those stored; the same writes nothing.

        `origin` names the comparison (not ``reading``, which are the report's own). A failed check that weighs more
        than info makes an ok report suspect; the report's own status comes back when it passes.
        """
        if origin == "reading":
            raise ValueError("the checks of the reading itself are stored by save")
        rows = [_check_row(check) | {"report_id": report_id, "origin": origin} for check in checks]
        names = _quoted(list(rows[0])) if rows else "*"
        stored = f"SELECT {names} FROM checks WHERE report_id = ? AND origin = ? ORDER BY id"  # noqa: S608
        if self._rows(stored, report_id, origin) == rows:
            return
        with self._transaction() as connection:
            connection.execute("DELETE FROM checks WHERE report_id = ? AND origin = ?", (report_id, origin))
            self._insert("checks", rows)
            connection.execute(
                """
                UPDATE reports SET status = new.status FROM (
                    SELECT CASE WHEN r.status_alone = 'ok' AND EXISTS (
                        SELECT 1 FROM checks c WHERE c.report_id = r.id AND c.origin <> 'reading'
                        AND c.status = 'fail' AND c.severity <> 'info'
                    ) THEN 'suspect' ELSE r.status_alone END AS status FROM reports r WHERE r.id = ?1
                ) AS new WHERE id = ?1 AND reports.status <> new.status
                """,
                (report_id,),
            )

    def save_findings(
        self,
        findings: Iterable[Finding],
        run_id: int | None,
        document_id: str | None = None,
        report_id: str | None = None,
    ) -> None:
        """Store findings of the crawl or of a comparison; one that is stored already, by any run, is not stored again.

        Those with a report go when the report is read anew.
        """
        rows = [
            _finding_row(finding)
            | {"run_id": run_id, "document_id": document_id, "report_id": report_id, "origin": "crawl"}
            for finding in findings
        ]
        known = (
            "SELECT 1 FROM findings WHERE document_id IS ? AND report_id IS ? AND code = ? AND message = ? AND data = ?"
            " AND origin = 'crawl'"
        )

        def missing() -> list[Row]:
            return [
                row
                for row in rows
                if not self._row(known, document_id, report_id, row["code"], row["message"], row["data"])
            ]

        if missing():
            with self._transaction():
                self._insert("findings", missing())

    # ------------------------------------------------------------ runs

    def start_run(self, spider: str, arguments: Mapping[str, str] | None = None) -> int:
        """Open a run and return its number."""
        with self._transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (spider, arguments, started) VALUES (?, ?, ?)",
                (spider, migrations.as_json(dict(arguments)) if arguments else None, _now()),
            )
        return cursor.lastrowid or 0

    def interrupted(self, spider: str) -> bool:
        """Whether the last run of a spider has no end in the books: it was killed, or it is running elsewhere."""
        row = self._row("SELECT finished FROM runs WHERE spider = ? ORDER BY id DESC LIMIT 1", spider)
        return row is not None and row["finished"] is None

    def finish_run(self, run_id: int, reason: str, verdict: str, counts: Mapping[str, Any]) -> None:
        """Close a run: why it ended, whether it did what it was asked, and what it did."""
        with self._transaction():
            counted = migrations.as_json(dict(counts))
            self._update("runs", run_id, {"finished": _now(), "reason": reason, "verdict": verdict, "counts": counted})

    def record_fetch(
        self,
        run_id: int,
        url: str,
        status: int | None,
        fetched_at: str,
        document_id: str | None = None,
        error: str | None = None,
    ) -> None:
        """Log one request of a run. A `document_id` that is not stored (nothing was kept) becomes NULL."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO fetches (run_id, url, status, fetched_at, document_id, error)"
                " VALUES (?, ?, ?, ?, (SELECT id FROM documents WHERE id = ?), ?)",
                (run_id, _clean(url), status, fetched_at, document_id, _clean(error)),
            )

    # ------------------------------------------------------------ rows

    def _insert(self, table: str, rows: Sequence[Row], conflict: str = "") -> None:
        if rows:
            self._connection.executemany(f"{_insert(table, list(rows[0]))} {conflict}", rows)

    def _update(self, table: str, key: str | int, values: Row) -> None:
        assignments = ", ".join(f'"{name}" = :{name}' for name in values)
        self._connection.execute(f"UPDATE {table} SET {assignments} WHERE id = :id", values | {"id": key})  # noqa: S608


def _connected(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise migrations.DatabaseError(f"{path} is a folder; give a file as REPORTS_DB")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise migrations.DatabaseError(
            f"{path} cannot be opened ({reason}); give another file as REPORTS_DB"
        ) from fault


def _unopened(path: Path, fault: sqlite3.DatabaseError) -> str:
    """Why a database cannot be used, and what to do."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF  # without the extension of the code
    if code == sqlite3.SQLITE_NOTADB:
        return f"{path} is not an SQLite database; give another file as REPORTS_DB"
    if code == sqlite3.SQLITE_CORRUPT:
        return f"{path} is damaged ({fault}); put back a copy, or give a new file as REPORTS_DB and reparse the archive"
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"{path} has been held by another process for {BUSY_SECONDS:g} s; run this again when it has ended"
    return f"{path} cannot be used ({fault}); check that its disk has room and may be written"


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """The database for reading only, brought up to date first. Raises `storage.migrations.DatabaseError` if missing."""
    if not path.is_file():
        raise migrations.DatabaseError(
            f"there is no database {path}: a crawl makes it (scrapy crawl zhejiang_health, or files -a path=…)"
        )
    Store(path).close()
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    try:
        yield connection
    finally:
        connection.close()


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _insert(table: str, names: Sequence[str]) -> str:
    places = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({_quoted(names)}) VALUES ({places})"  # noqa: S608


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# ---------------------------------------------------------------- from the parsers' types to rows


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is to be stored of one reading, without ids: equal readings make equal rows."""

    outcome: str
    document: Row
    report: Row | None
    sector: str | None
    children: dict[str, list[Row]]
    figures: list[Row]
    metrics: list[Row]
    findings: list[Row]
    article_sha256: str
    sha256: str

    @classmethod
    def of(cls, document: DocumentRecord, reading: Reading, names: Sequence[AgencyName]) -> _Rows:
        page, report = reading.document, reading.report
        findings = [_finding_row(finding) for finding in reading.findings]
        row: Row | None = None
        children: dict[str, list[Row]] = {}
        figures: list[Row] = []
        metrics: list[Row] = []
        sector = None
        if report is None:
            article = repr([_clean(repr(block)) for block in page.blocks])
        else:
            identity = report.identity
            sector = identity.sector
            contact = _plain(identity.contact)
            row = {
                "agency_id": identity.agency_id,
                "agency": _clean(identity.agency),
                "region_code": identity.region_code,
                "year": identity.year,
                "form": report.form,
                "title": _clean(identity.title or page.title or document.title),
                "published": _iso(identity.published),
                "signed": _iso(identity.signed),
                "period_start": _iso(identity.period[0]) if identity.period else None,
                "period_end": _iso(identity.period[1]) if identity.period else None,
                "status": str(report.status),
                "status_alone": str(report.status),
                "text": _clean(report.text),
                "agency_printed": _clean(identity.agency_printed),
                "declared_parts": identity.declared_parts,
                "contact": _json(contact) if contact else None,
            }
            children = {
                "sections": [
                    {
                        "position": section.position,
                        "level": section.level,
                        "number": _clean(section.number),
                        "heading": _clean(section.heading),
                        "topic": section.topic,
                        "start": section.start,
                        "end": section.end,
                    }
                    for section in report.sections
                ],
                "cells": [
                    {
                        "table_no": number,
                        "row": cell.row,
                        "col": cell.col,
                        "text": _clean(cell.text),
                        "row_span": cell.row_span,
                        "col_span": cell.col_span,
                    }
                    for number, grid in enumerate(report.tables)
                    for cell in grid.cells
                ],
                "mentions": [
                    {
                        "start": mention.start,
                        "end": mention.end,
                        "quantity": mention.quantity,
                        "unit": _clean(mention.unit),
                        "label": _clean(mention.label),
                        "approximate": int(mention.approximate),
                        "sentence": _clean(mention.sentence),
                    }
                    for mention in report.mentions
                    if _held(mention.quantity) is not None
                ],
                "checks": [_check_row(check) | {"origin": "reading"} for check in report.checks],
            }
            figures = [_figure_row(figure) for figure in report.figures]
            numbers = [(one.metric, number) for one in report.figures for number in (one.value, one.proposed)]
            numbers += [(one.label, one.quantity) for one in report.mentions]
            findings += [_too_large(what, one) for what, one in numbers if one is not None and _held(one) is None]
            metrics = list({one["id"]: one for one in map(_metric_row, report.figures)}.values())
            article = repr((row["text"], children["cells"]))
        article_sha256 = hashlib.sha256(article.encode()).hexdigest()
        about = {
            "title": _clean(document.title or page.title),
            "charset": page.charset or document.charset,
            "format": page.format,
            "mirror": _json(_plain(page.mirror)) if page.mirror else None,
        }
        outcome = "other" if report is None else "report"
        everything = (about, row, sector, children, figures, findings, tuple(names), article_sha256)
        sha256 = hashlib.sha256(repr(everything).encode("utf-8", "backslashreplace")).hexdigest()
        about |= {"outcome": outcome, "article_sha256": article_sha256, "reading_sha256": sha256}
        return cls(outcome, about, row, sector, children, figures, metrics, findings, article_sha256, sha256)

    @classmethod
    def unreadable(cls, document: DocumentRecord, findings: Sequence[Finding]) -> _Rows:
        rows = [_finding_row(finding) for finding in findings]
        sha256 = hashlib.sha256(repr(rows).encode("utf-8", "backslashreplace")).hexdigest()
        about = {"outcome": "unreadable", "article_sha256": document.sha256, "reading_sha256": sha256}
        return cls("unreadable", about, None, None, {}, [], [], rows, document.sha256, sha256)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _clean(text: Any) -> Any:
    """Text that SQLite can hold: a NUL or half a surrogate pair becomes U+FFFD, so that every offset stays right."""
    return _UNSTORABLE.sub("\ufffd", text) if isinstance(text, str) else text


def _held(number: int | float | None) -> int | float | None:
    """The number, or None if SQLite cannot hold it exactly: beyond 64 bits, infinite, not a number."""
    return number if number is not None and abs(number) < 2**63 else None


def _too_large(what: str, number: int | float | None) -> Row:
    message = f"{what}: a number that is too large to be stored exactly is left out"
    return _finding_row(Finding("number.too_large", Severity.ERROR, message, {"number": str(number)[:100]}))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _plain(value: Any) -> dict[str, Any]:
    """A flat dataclass as what JSON can hold, without what is not known."""
    pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
    return {name: part.isoformat() if isinstance(part, date) else part for name, part in pairs if part is not None}


def _json(value: Any) -> str:
    return str(_clean(migrations.as_json(value)))


def _finding_row(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": _clean(finding.message),
        "data": _json(dict(finding.data)),
    }


def _check_row(check: Check) -> Row:
    return {
        "rule": check.rule,
        "applicant": check.applicant,
        "severity": str(check.severity),
        "status": str(check.status),
        "left": _held(check.left),
        "right": _held(check.right),
        "message": _clean(check.message),
        "metric": check.metric,
    }


def _figure_row(figure: Figure) -> Row:
    return {
        "metric": figure.metric,
        "applicant": figure.applicant,
        "period": figure.period,
        "value": _held(figure.value),
        "unit": figure.unit,
        "raw": _clean(figure.raw),
        "meaning": str(figure.meaning),
        "source": str(figure.source),
        "evidence": _clean(figure.evidence),
        "start": figure.start,
        "end": figure.end,
        "table_no": figure.table_no,
        "row": figure.row,
        "col": figure.col,
        "proposed": _held(figure.proposed),
        "reason": _clean(figure.reason),
        "approximate": int(figure.approximate),
    }


def _metric_row(figure: Figure) -> Row:
    """The register's row for a metric that the dictionary does not have, such as a row of an unknown table."""
    is_local = figure.metric.startswith("local.")
    return {
        "id": figure.metric,
        "label": _clean(figure.evidence if is_local else figure.metric),
        "label_en": None,
        "unit": figure.unit,
        "description": "A row of a table whose form is not known; the label is as printed."
        if is_local
        else "Not in the metric dictionary.",
    }


def _document_row(document: DocumentRecord, run_id: int | None) -> Row:
    hint = _plain(document.hint)
    return {
        "id": document.id,
        "url": _clean(document.url),
        "kind": document.kind,
        "site": document.site,
        "title": _clean(document.title),
        "fetched_at": document.fetched_at,
        "status": document.status,
        "media_type": _clean(document.media_type),
        "charset": document.charset,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "archive_file": document.archive_file,
        "archive_offset": document.archive_offset,
        "parent_id": document.parent_id,
        "etag": _clean(document.etag),
        "last_modified": _clean(document.last_modified),
        "hint": _json(hint) if hint else None,
        "run_id": run_id,
    }


def _region_rows(regions: Iterable[Region]) -> list[Row]:
    """One row for each code, under its present or last name; the others go into `other_names`."""
    by_code: dict[str, list[Region]] = {}
    for region in regions:
        by_code.setdefault(region.code, []).append(region)
    rows = []
    for code, same in by_code.items():
        last, *others = sorted(
            dict.fromkeys(same), key=lambda one: (-(one.valid_to or 9999), -(one.valid_from or 0), one.name)
        )
        former = [
            {"name": one.name, "valid_from": one.valid_from, "valid_to": one.valid_to}
            for one in others
            if one.name != last.name
        ]
        starts = [one.valid_from for one in same]
        rows.append(
            {
                "code": code,
                "name": last.name,
                "level": last.level,
                "parent_code": last.parent_code,
                "valid_from": None if None in starts else min(start for start in starts if start is not None),
                "valid_to": last.valid_to,
                "successor": last.successor,
                "other_names": _json(former) if former else None,
            }
        )
    return rows


# ---------------------------------------------------------------- and back


def _document(row: Row | None) -> DocumentRecord | None:
    if row is None:
        return None
    hint = json.loads(row["hint"]) if row["hint"] else {}
    if "link_date" in hint:
        hint["link_date"] = date.fromisoformat(hint["link_date"])
    names = [one.name for one in fields(DocumentRecord) if one.name != "hint"]
    return DocumentRecord(**{name: row[name] for name in names}, hint=Hint(**hint))


def _figure(row: Row) -> Figure:
    given = {one.name: row[one.name] for one in fields(Figure)}
    given |= {
        "meaning": Meaning(row["meaning"]),
        "source": Origin(row["source"]),
        "approximate": bool(row["approximate"]),
    }
    return Figure(**given)
