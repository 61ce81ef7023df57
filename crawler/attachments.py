"""What belongs to the report of an article beside its page: its further pages, its pictures, its files."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from w3lib.url import safe_url_string

from crawler.chrome import without_chrome
from crawler.items import DocumentItem, Page
from parsers.model import Document, Finding, Grid, Link, Paragraph, Severity, Source
from parsers.paging import MAX_PAGES, PAGED, page_number
from parsers.readers import sniff
from parsers.report import with_further_pages

ATTACHMENTS_MAX = 8
"""Files of one article that are fetched."""

PICTURES_MAX = 12
"""Pictures of one article that are fetched."""

PICTURE_UNREAD, MISSING = "picture.unread", "attachment.missing"
INCOMPLETE = (MISSING, PAGED)
"""Findings of a report that a later run may still complete; with pictures `PICTURE_UNREAD` too."""

_FILE = re.compile(r"\.(docx?|xlsx?|pdf|wps|et|rtf)$", re.I)
_DOWNLOAD = re.compile(r"/(?:downfile|download|file-download|attach|downloadfile)\b", re.I)
_FILE_NAME_KEYS = ("filename", "fileName", "showname", "showName", "fileUrl", "name")
_WANTED = re.compile(r"报告|年报|统计|附件|附表|情况表|报表|信息公开")
_SHORT_PAGE = 200
"""Characters below which a page is only a link to its file."""


def put_together(item: DocumentItem) -> tuple[Document | None, tuple[Source, ...]]:
    """The article of an item with its further pages, as far as they came; and the sources of its other attachments."""
    if item.document is None:
        return None, ()
    return with_further_pages(item.document, item.page.fetched.url, item.source.attachments)


def missing_pages(item: DocumentItem) -> list[str]:
    """The further pages of an article that it names and that did not come yet, in their order."""
    document, _ = put_together(item)
    there = {page.url for page in item.attachments}
    if document is None or sum(is_further_page(item, url) for url in there) >= MAX_PAGES:
        return []
    return [url for url in map(safe_url_string, document.further) if url not in there]


def missing_links(item: DocumentItem, stores: tuple[str, ...], *, pictures: bool) -> list[Link]:
    """What belongs to the report of an item and is not there, in the order in which it is fetched.

    `stores` are other hosts that keep files of the site. A further page may name more of everything.
    """
    document, _ = put_together(item)
    if document is None:
        return []
    links = [
        *(Link(url, "") for url in missing_pages(item)),
        *(picture_links(document)[:PICTURES_MAX] if pictures else ()),
        *attachment_links(document)[:ATTACHMENTS_MAX],
    ]
    there = {page.url for page in item.attachments}
    return [link for link in links if link.url not in there and may_follow(link.url, item.page.fetched.url, stores)]


def mistaken(item: DocumentItem, page: Page) -> str | None:
    """Why an answer is not what the article names, as a sentence; None for what it should be."""
    if is_further_page(item, page.url):
        if not is_further_page(item, page.fetched.url):
            return f"{page.url}: a further page of the article was asked for and {page.fetched.url} answered"
        document, _ = without_chrome(page.source(item.hint))
        return None if document and document.blocks else f"{page.url}: a further page of the article without any text"
    whole, _ = put_together(item)
    if whole and page.url in {link.url for link in picture_links(whole)} and sniff(page.source(item.hint)) != "image":
        return f"{page.url}: a picture was asked for and something else came"
    return None


def in_order(item: DocumentItem, document: Document) -> None:
    """Sort the attachments of an item as the article has them: further pages, pictures, files."""
    links = [*picture_links(document), *attachment_links(document)]
    order = {link.url: number for number, link in enumerate(links)}

    def place(url: str) -> tuple[bool, int]:
        number = page_number(item.page.fetched.url, url)
        return number is None, order.get(url, len(order)) if number is None else number

    item.attachments.sort(key=lambda page: place(page.url))


def is_further_page(item: DocumentItem, url: str) -> bool:
    """Whether an address is that of a further page of the article."""
    return page_number(item.page.fetched.url, url) is not None


def picture_links(document: Document) -> list[Link]:
    """The pictures of an article that are large enough for a table or a page."""
    return [Link(safe_url_string(url), "") for url in document.picture_urls]


def attachment_links(document: Document) -> list[Link]:
    """The files of an article that belong to the report: its statistics, its text as a file.

    On a page with hardly any text of its own every file belongs to it.
    """
    text = sum(len(block.text) for block in document.blocks if isinstance(block, Paragraph))
    bare = text < _SHORT_PAGE and not any(isinstance(block, Grid) for block in document.blocks)
    chosen: dict[str, Link] = {}
    for link in document.links:
        name = file_name(link.url)
        if name is None and not (_FILE.search(link.text.strip()) or (bare and _DOWNLOAD.search(link.url))):
            continue
        if bare or _WANTED.search(link.text) or _WANTED.search(name or ""):
            url = safe_url_string(link.url)  # as a request writes it
            chosen.setdefault(url, Link(url, link.text))
    return list(chosen.values())


def file_name(url: str) -> str | None:
    """The name of the file that an address points to, in its path or in its query; None for a page."""
    parts = urlsplit(url)
    candidates = [parts.path.rsplit("/", 1)[-1]]
    query = parse_qs(parts.query)
    candidates += [value.rsplit("/", 1)[-1] for key in _FILE_NAME_KEYS for value in query.get(key, [])]
    return next((unquote(name) for name in candidates if _FILE.search(name)), None)


def may_follow(url: str, page_url: str, stores: tuple[str, ...]) -> bool:
    """Whether a file belongs to the site: its own host, a host of the same government domain, a registered store."""
    host, own = urlsplit(url).hostname or "", urlsplit(page_url).hostname or ""
    return host == own or host in stores or (host.endswith(".gov.cn") and own.endswith(".gov.cn"))


def missing_attachment(document: Document, link: Link) -> Finding:
    """The finding for a file that the article names and that was not got: a doubt only where there is no table."""
    severity = Severity.INFO if any(isinstance(block, Grid) for block in document.blocks) else Severity.WARNING
    message = f"the file {link.text or link.url} belongs to the report and was not fetched"
    return Finding(MISSING, severity, message, {"url": link.url, "text": link.text})
