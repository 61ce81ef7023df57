"""What a spider hands to the pipelines: one document with its attachments, its bytes and where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from parsers.model import Document, Finding, Hint, Reading, Source
from storage.archive import Fetched
from storage.store import DocumentRecord


@dataclass(slots=True)
class Page:
    """One answer kept: the decoded bytes, the bytes as on the wire with their headers, and the place in the archive.

    `url` is the address that was asked for (what a list prints, what the next run knows it by); `fetched.url`
    is the one that answered, after redirects.
    """

    url: str
    content: bytes
    fetched: Fetched
    media_type: str | None = None
    charset: str | None = None
    archive_file: str | None = None
    archive_offset: int | None = None
    stored: bool = False  # read back from the archive, not fetched in this run

    def record(self, kind: str, site: str | None, title: str | None, parent_id: str | None = None) -> DocumentRecord:
        """The row of `documents`."""
        headers = {name.lower(): value for name, value in self.fetched.headers}
        return DocumentRecord(
            url=self.url,
            kind=kind,
            site=site,
            title=title,
            fetched_at=self.fetched.fetched_at.isoformat(timespec="milliseconds"),
            status=self.fetched.status,
            media_type=self.media_type,
            charset=self.charset,
            sha256=self.digest,
            bytes=len(self.content),
            archive_file=self.archive_file,
            archive_offset=self.archive_offset,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            parent_id=parent_id,
        )

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def document_id(self) -> str:
        """The id of its row, which names its file in the archive too."""
        return sha256(f"{self.url}\n{self.digest}".encode()).hexdigest()[:16]

    def source(self, hint: Hint, attachments: tuple[Source, ...] = ()) -> Source:
        return Source(self.content, self.fetched.url, self.media_type, self.charset, hint, attachments)


@dataclass(slots=True)
class DocumentItem:
    """A document on its way into the database. The middlewares and pipelines fill it from top to bottom."""

    page: Page
    kind: str  # official | mirror | file
    site: str | None = None
    hint: Hint = field(default_factory=Hint)
    expected: bool = True  # a link or a registration said that it is a report
    attachments: list[Page] = field(default_factory=list)
    document: Document | None = None  # the article without the site around it
    unreadable: Finding | None = None
    reading: Reading | None = None

    @property
    def source(self) -> Source:
        return self.page.source(self.hint, tuple(page.source(self.hint) for page in self.attachments))
