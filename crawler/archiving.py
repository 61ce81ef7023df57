"""Every byte that was fetched is in the archive before anything reads it.

The bytes are those of the wire, compressed as they came. What is archived: pages, files and lists (an archive
replays the crawl that made it), redirects, robots.txt; not errors and not pages that are no content.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.errors import StorageFailed
from crawler.items import DocumentItem, Page
from storage import archive
from storage.archive import ArchiveError, Fetched
from storage.store import DocumentRecord, Store


def keep(archive_dir: Path, page: Page) -> Page:
    """Write a page to the archive and note its place there. Writing the same content again changes nothing."""
    page.archive_file, page.archive_offset = _write(archive_dir, page.document_id, page.fetched)
    return page


def _write(archive_dir: Path, document_id: str, fetched: Fetched) -> tuple[str, int]:
    """Raises StorageFailed when the archive's disk is full or may not be written."""
    try:
        return archive.write(archive_dir, document_id, fetched)
    except OSError as error:
        raise StorageFailed(
            f"ARCHIVE_DIR={archive_dir}: {error.strerror or error}; nothing of {fetched.url} was stored. "
            "Make room there or name another folder, and run this again"
        ) from error


class WireMiddleware:
    """Notes an answer as it came from the wire, before it is decompressed, and keeps redirects."""

    def __init__(self, crawler: Crawler) -> None:
        self._archive = Path(crawler.settings["ARCHIVE_DIR"])
        self._keeps = crawler.settings.getbool("ARCHIVE_ENABLED", True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        fetched = Fetched(
            url=request.url,
            status=response.status,
            fetched_at=request.meta.pop("recorded_at", None) or datetime.now(UTC),
            headers=_headers(response),
            body=response.body,
        )
        request.meta["wire"] = fetched
        if self._keeps and response.status in {301, 302, 303, 307, 308} and response.headers.get("Location"):
            digest = sha256(response.body).hexdigest()
            _write(self._archive, sha256(f"{request.url}\n{digest}".encode()).hexdigest()[:16], fetched)
        return response


class KeepMiddleware:
    """Archives a good answer and hands its place on as `request.meta["page"]`."""

    def __init__(self, crawler: Crawler) -> None:
        self._archive = Path(crawler.settings["ARCHIVE_DIR"])
        self._keeps = crawler.settings.getbool("ARCHIVE_ENABLED", True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        fetched = request.meta.pop("wire", None)
        if fetched is None or not 200 <= response.status < 300:
            return response
        kind, charset = media_type_of(fetched.header("Content-Type"))
        page = Page(
            url=(request.meta.get("redirect_urls") or [request.url])[0],
            content=response.body,
            fetched=fetched,
            media_type=kind,
            charset=charset,
        )
        request.meta["page"] = keep(self._archive, page) if self._keeps else page
        return response


class FileArchiveMiddleware(BaseSpiderMiddleware):
    """Archives the documents that come from disk and not from the network."""

    def get_processed_item(self, item: Any, response: Response | None) -> Any:
        if isinstance(item, DocumentItem):
            for page in (item.page, *item.attachments):
                if page.archive_file is None:
                    keep(Path(self.crawler.settings["ARCHIVE_DIR"]), page)
        return item


UNREADABLE = (ArchiveError, ValueError, LookupError)
"""What `stored_item` raises when the archive no longer gives back what the database describes."""


def stored_item(store: Store, archive_dir: Path, record: DocumentRecord) -> DocumentItem:
    """A stored document with its attachments, read back from the archive. Raises one of `UNREADABLE`."""
    item = DocumentItem(_stored_page(archive_dir, record), record.kind, record.site, record.hint)
    item.attachments = [_stored_page(archive_dir, attached) for attached in store.attachments(record.id)]
    return item


def _stored_page(archive_dir: Path, record: DocumentRecord) -> Page:
    if record.archive_file is None or record.archive_offset is None:
        raise LookupError("the document is not in the archive")
    fetched = archive.read(archive_dir, record.archive_file, record.archive_offset)
    page = Page(
        record.url,
        archive.payload(fetched),
        fetched,
        record.media_type,
        record.charset,
        record.archive_file,
        record.archive_offset,
        stored=True,
    )
    if page.digest != record.sha256:
        raise ValueError("the archived bytes are not those that the database describes")
    return page


def media_type_of(content_type: str | None) -> tuple[str | None, str | None]:
    """(media type, charset) as declared in a Content-Type header."""
    if not content_type:
        return None, None
    kind, *parameters = content_type.split(";")
    charset = next(
        (
            value.strip("\"' ")
            for name, _, value in (p.partition("=") for p in parameters)
            if name.strip().lower() == "charset"
        ),
        None,
    )
    return kind.strip().lower() or None, charset or None


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), _clean(value.decode("latin-1")))
        for name, values in response.headers.items()
        for value in values
    )


def _clean(value: str) -> str:
    """A header without control characters, which could forge a record of the archive."""
    return "".join(character for character in value if character.isprintable() or character == "\t")
