"""The database as the crawler sees it: documents and readings go in, one transaction each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from parsers.model import AgencyName, Check, Figure, Finding, Hint, Metric, Reading, Region


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
    parent_id: str | None = None  # the page that this file is attached to
    hint: Hint = field(default_factory=Hint)  # what the crawler knew; a reparse reads with the same

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the hash of URL and content hash."""
        return hashlib.sha256(f"{self.url}\n{self.sha256}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Saved:
    """What `Store.save` did. `document_id` is the stored document that holds this content, also when nothing was new."""

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
    """The database: opened, created or migrated. Safe with several processes; a context manager that closes it."""

    def __init__(self, path: Path) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def close(self) -> None: ...

    def seed(self, regions: Iterable[Region], metrics: Iterable[Metric], agencies: Iterable[AgencyName] = ()) -> None:
        """Bring the registers up to date; `agencies` are the authorities that a report is expected of (coverage)."""

    def document_for(self, url: str) -> DocumentRecord | None:
        """The newest document known at that URL."""

    def documents(self, *, site: str | None = None) -> Iterator[DocumentRecord]:
        """Every document that is no attachment, oldest first (for reparse)."""

    def attachments(self, document_id: str) -> tuple[DocumentRecord, ...]:
        """The files attached to a document."""

    def save(
        self,
        document: DocumentRecord,
        attachments: Sequence[DocumentRecord],
        reading: Reading,
        names: Sequence[AgencyName],
        run_id: int | None,
        parser_version: str,
    ) -> Saved:
        """Store a document and what was read in it. The same thing again writes nothing."""

    def save_unreadable(
        self,
        document: DocumentRecord,
        attachments: Sequence[DocumentRecord],
        findings: Sequence[Finding],
        run_id: int | None,
        parser_version: str,
    ) -> Saved:
        """Store a document that no reader could read, with the findings that say why."""

    def save_findings(
        self,
        findings: Iterable[Finding],
        run_id: int | None,
        document_id: str | None = None,
        report_id: str | None = None,
    ) -> None:
        """Store findings of the crawl; one that is known already is not stored twice."""

    def report(self, report_id: str) -> StoredReport | None:
        """A stored report as the checks over several reports need it."""

    def neighbours(self, agency_id: str, year: int) -> Neighbours:
        """The stored current reports of the year before and after."""

    def add_checks(self, report_id: str, checks: Sequence[Check], origin: str = "years") -> None:
        """Replace the checks of that origin (a name of the caller's) on a report; other checks stay."""

    def start_run(self, spider: str, arguments: Mapping[str, str] | None = None) -> int:
        """Open a run and return its number."""

    def finish_run(self, run_id: int, reason: str, verdict: str, counts: Mapping[str, int]) -> None:
        """Close a run."""

    def record_fetch(
        self,
        run_id: int,
        url: str,
        status: int | None,
        fetched_at: str,
        document_id: str | None = None,
        error: str | None = None,
    ) -> None:
        """Log one request of a run."""
