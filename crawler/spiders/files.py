"""Documents from disk: saved pages, office files, PDFs, text, WARC archives; one file or a folder, walked."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from scrapy.settings import BaseSettings

from crawler.archiving import media_type_of
from crawler.attachments import missing_pages
from crawler.chrome import without_chrome
from crawler.items import DocumentItem, Page
from crawler.spiders.reports import ReportSpider, SpiderArgumentError
from parsers.model import Finding, Hint, Severity, Unreadable
from parsers.paging import first_page
from parsers.readers.mhtml import frame_addresses
from storage import archive
from storage.archive import ArchiveError, Fetched

DOCUMENTS: Mapping[str, str] = {
    ".html": "text/html", ".htm": "text/html", ".shtml": "text/html", ".xhtml": "text/html",
    ".mhtml": "multipart/related", ".mht": "multipart/related",
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown",
    ".doc": "application/msword", ".wps": "application/msword", ".rtf": "application/rtf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel", ".et": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf", ".xml": "application/xml",
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".tif": "image/tiff", ".tiff": "image/tiff",
}  # fmt: skip
"""Extension → media type of what is read. The readers look at the content first."""

_PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_PAGES = {".html", ".htm", ".shtml", ".xhtml"}
_DISCLOSURE = re.compile(b"|".join("信息公".encode(charset) for charset in ("utf-8", "gbk")))
_OFFICE_XML = re.compile(rb"<\?mso-application|schemas\.microsoft\.com/office|urn:schemas-microsoft-com:office:")
_ARCHIVES = (".warc", ".warc.gz")
_SAVED_FOLDER = re.compile(r"(?:_files|\.files|_archivos|-Dateien)$", re.I)
_RECORD_TYPES = re.compile(r"html|text/plain|msword|officedocument|ms-excel|pdf|octet-stream|multipart/related", re.I)


class FilesSpider(ReportSpider):
    """Walks a folder and hands every document to the pipelines; what cannot be read is a finding."""

    name = "files"
    takes: ClassVar[Mapping[str, str]] = {"path": "FILE_OR_FOLDER"}
    wanted: str | None = None

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str], settings: BaseSettings) -> None:
        super().check_arguments(arguments, settings)
        path = arguments.get("path")
        if not path:
            raise SpiderArgumentError("say what to read: scrapy crawl files -a path=FILE_OR_FOLDER")
        if not Path(path).exists():
            raise SpiderArgumentError(f"path={path}: no such file or folder")
        if not (Path(path).is_file() or Path(path).is_dir()):
            raise SpiderArgumentError(f"path={path} is neither a file nor a folder")

    def prepare(self, settings: BaseSettings) -> None:
        self.path = Path(self.arguments["path"])
        self.largest = settings.getint("FILE_MAXSIZE")
        self.wanted = f"no report was found in {self.path}"
        self._held: list[DocumentItem] = []

    async def start(self) -> AsyncIterator[Any]:
        single = self.path.is_file()
        found = chain.from_iterable(self._read(path, single=single) for path in walk(self.path))
        joined: set[str] = set()  # further pages of an article that came before
        for item in chain(found, self._of_several_pages()):
            if item.page.url not in joined:
                joined.update(page.url for page in item.attachments)
                self.ledger.counts["reports_asked"] += 1
                yield item

    def _of_several_pages(self) -> Iterator[DocumentItem]:
        """The articles that were held, each with its further pages, then the pages that belong to none."""
        newest = {item.page.url: item.page for item in self._held}
        for item in sorted(self._held, key=lambda item: len(item.page.url)):  # that of a first page is the shortest
            _join(item, newest.get)
            yield item

    def _beside(self, path: Path, url: str) -> Page | None:
        """The page in the same folder that has the file name of an address."""
        other = path.parent / PurePosixPath(unquote(urlsplit(url).path)).name
        try:
            if not other.is_file() or other.stat().st_size > self.largest:
                return None
            return _page(other)
        except OSError:
            return None  # it is met again in the walk, which says what is wrong

    def _read(self, path: Path, *, single: bool) -> Iterator[DocumentItem]:
        url = path.resolve().as_uri()
        name = path.name.lower()
        try:
            if name.endswith(_ARCHIVES):
                yield from self._records(path, url)
                return
            suffix = path.suffix.lower()
            if suffix not in DOCUMENTS and not single:
                self._skip(path, url)
                return
            if suffix == ".xml" and not single and not _OFFICE_XML.search(_head(path)):
                self._skip(path, url)
                return
            if suffix in _PICTURES and not single:
                self._skip(path, url)  # beside a saved page a picture is its decoration; alone it may be a scan
                return
            if (size := path.stat().st_size) > self.largest:
                self._refuse("file.too_large", f"{path}: {size:,} bytes, more than FILE_MAXSIZE", url)
                return
            page = _page(path)
        except OSError as error:
            self._refuse("file.unreadable", f"{path}: {error.strerror or error}", url)
            return
        if not page.content.strip():
            self._refuse("file.empty", f"{path}: the file is empty", url)
            return
        item = _item(page, Hint(link_text=path.stem))
        if any(path.with_stem(f"{path.stem}{mark}").is_file() for mark in ("_1", "_2", "-1", "-2")):
            item.document, item.unreadable = without_chrome(item.source)
            _join(item, partial(self._beside, path))
        yield item
        for other in _frames(path, page) if suffix in _PAGES else ():
            if other.stat().st_size <= self.largest:
                yield _item(_page(other), Hint(link_text=path.stem))

    def _records(self, path: Path, url: str) -> Iterator[DocumentItem]:
        """The documents of a WARC file, under the addresses they were fetched from.

        Pages of an article of several pages are held: the others may stand anywhere, and in another file.
        """

        def damaged(error: ArchiveError) -> None:
            self._refuse("file.damaged", str(error), url)

        for fetched in archive.records(path, damaged):
            kind, charset = media_type_of(fetched.header("Content-Type"))
            if not 200 <= fetched.status < 300 or not fetched.body or fetched.url.endswith("/robots.txt"):
                continue
            if kind and not _RECORD_TYPES.search(kind):
                continue
            try:
                content = archive.payload(fetched, self.largest)
            except ValueError as error:
                self._refuse("file.damaged", f"{path}, {fetched.url}: {error}", fetched.url)
                continue
            item = _item(Page(fetched.url, content, fetched, kind, charset), Hint())
            item.document, item.unreadable = without_chrome(item.source)
            if first_page(fetched.url) or (item.document and item.document.further):
                self._held.append(item)
            else:
                yield item

    def _skip(self, path: Path, url: str) -> None:
        self.ledger.counts["files_other"] += 1
        message = f"{path}: no kind of file that is read here; it was left out"
        self.ledger.finding(Finding("file.unknown", Severity.INFO, message, {"url": url}))

    def _refuse(self, code: str, message: str, url: str) -> None:
        self.ledger.counts["reports_failed"] += 1
        self.ledger.failed(code, message, url)


def _item(page: Page, hint: Hint) -> DocumentItem:
    return DocumentItem(page, kind="file", hint=hint, expected=False)


def _join(item: DocumentItem, find: Callable[[str], Page | None]) -> None:
    """Put the further pages of an article to it, as far as they are there."""
    there: set[str] = set()
    while page := next((page for page in map(find, missing_pages(item)) if page and page.url not in there), None):
        there.add(page.url)
        item.attachments.append(page)


def _frames(path: Path, page: Page) -> Iterator[Path]:
    """The pages in a saved page's own folder that its frames show, where they speak of disclosure."""
    folder = path.parent.resolve()
    if b"frame" not in page.content.lower():
        return
    try:
        addresses = frame_addresses(page.content)
    except Unreadable:
        return  # the reader says so
    for address in addresses:
        other = (folder / unquote(urlsplit(address.replace("\\", "/")).path)).resolve()
        if (
            other.suffix.lower() in _PAGES
            and other.parent.parent == folder
            and _SAVED_FOLDER.search(other.parent.name)
            and other.is_file()
            and _DISCLOSURE.search(other.read_bytes()[:200_000])
        ):
            yield other


def _head(path: Path) -> bytes:
    """The first bytes of a file. Raises OSError."""
    with path.open("rb") as file:
        return file.read(4096)


def _page(path: Path) -> Page:
    """A file on disk. Raises OSError."""
    url = path.resolve().as_uri()
    kind = DOCUMENTS.get(path.suffix.lower(), "application/octet-stream")
    changed = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    content = path.read_bytes()
    return Page(url, content, Fetched(url, 200, changed, (("Content-Type", kind),), content), kind)


def walk(path: Path) -> Iterator[Path]:
    """The files of a folder in the order of their names (a.html before a-2.html), each once.

    Left out: hidden files and folders, the folders that browsers save beside a page ("…_files"), and what a symbolic
    link has led to before.
    """
    if path.is_file():
        yield path
        return
    seen: set[tuple[int, int]] = set()
    stack = [path]
    while stack:
        folder = stack.pop()
        try:
            state = folder.stat()
            if (state.st_dev, state.st_ino) in seen:
                continue
            seen.add((state.st_dev, state.st_ino))
            entries = sorted(folder.iterdir(), key=lambda entry: (entry.stem, entry.name))
        except OSError:
            yield folder  # reading it says why it cannot be read
            continue
        pages = {entry.stem for entry in entries if entry.suffix.lower() in {".html", ".htm", ".shtml"}}
        folders = []
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir():
                if not (_SAVED_FOLDER.search(entry.name) and _SAVED_FOLDER.sub("", entry.name) in pages):
                    folders.append(entry)
                continue
            try:
                state = entry.stat()
            except OSError:
                yield entry
                continue
            if not os.path.isfile(entry):  # noqa: PTH113 - Path.is_file hides errors; pipes and devices are left out
                continue
            if (state.st_dev, state.st_ino) not in seen:
                seen.add((state.st_dev, state.st_ino))
                yield entry
        stack.extend(reversed(folders))
