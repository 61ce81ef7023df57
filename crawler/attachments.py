"""Which files of an article belong to its report: the statistics, or the text itself as a file."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from w3lib.url import safe_url_string

from parsers.model import Document, Finding, Grid, Link, Paragraph, Severity

_FILE = re.compile(r"\.(docx?|xlsx?|pdf|wps|et|rtf)$", re.I)
_DOWNLOAD = re.compile(r"/(?:downfile|download|file-download|attach|downloadfile)\b", re.I)
_FILE_NAME_KEYS = ("filename", "fileName", "showname", "showName", "fileUrl", "name")
_WANTED = re.compile(r"报告|年报|统计|附件|附表|情况表|报表|信息公开")
_SHORT_PAGE = 200
"""Characters below which a page is only a link to its file."""


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
    return Finding("attachment.missing", severity, message, {"url": link.url, "text": link.text})
