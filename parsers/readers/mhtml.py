"""Read MHTML: a web page and its pictures in one MIME file, as browsers and Word save it (RFC 2557)."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from html import unescape
from itertools import islice
from urllib.parse import unquote

from parsers.decode import decode
from parsers.model import Document, Paragraph, Source
from parsers.readers import html
from parsers.readers.container import unreadable

MAX_PARTS = 2_000
MAX_DEPTH = 10
MAX_FRAMES = 50
_FRAME = re.compile(
    r"<i?frame\b[^>]{0,2000}?\bsrc\s{0,5}=\s{0,5}[\"']?([^\"'\s>]{1,500})|<x:WorksheetSource\s[^>]{0,200}?HRef=\"([^\"]{1,500})",
    re.IGNORECASE,
)
_FRAMESET = re.compile(rb"<frameset[\s>]", re.IGNORECASE)


def read(source: Source) -> Document:
    """Read the page of the file. Raises Unreadable without one.

    The page is the root part, else the first HTML part. Of a page that only holds frames, as Excel saves a workbook,
    the frames are read; of one whose frame holds the article, the frame.
    """
    message, pages, page = _pages(source)
    inner = _part_source(source, message, page)
    document = html.read(inner)
    parts = {part: _part_source(source, message, part) for part in _framed(inner.content, page, pages)}
    framed = [html.read(part) for part in parts.values() if part.content.strip()]
    is_frameset = _FRAMESET.search(inner.content) is not None
    largest = max(framed, key=_length, default=document)
    if framed and (is_frameset or _length(largest) > 2 * _length(document)):
        kept = framed if is_frameset else [largest]
        document = replace(
            kept[0],
            blocks=tuple(block for part in kept for block in part.blocks),
            findings=tuple(finding for part in kept for finding in part.findings),
            pictures=sum(part.pictures for part in kept),
        )
    return replace(document, format="mhtml")


def page_of(source: Source) -> Source:
    """The page of the file as a source of its own. Raises Unreadable without one."""
    message, _, page = _pages(source)
    return _part_source(source, message, page)


def frame_addresses(content: bytes) -> tuple[str, ...]:
    """What the frames of a page show, and the sheets of a page that Excel saved; each once, as written."""
    text = decode(content)[0]
    found = (match[1] or match[2] for match in islice(_FRAME.finditer(text), MAX_FRAMES))
    return tuple(dict.fromkeys(unescape(address) for address in found))


def _pages(source: Source) -> tuple[Message, list[Message], Message]:
    message = message_from_bytes(source.content.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=compat32)
    root = (_parameter(message, "start") or "").strip("<> ")
    pages = [part for part in _leaves(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    named = [part for part in pages if root and _content_id(part) == root]
    if not pages:
        raise unreadable(source, "format.truncated", "the MIME file holds no HTML page")
    page = (named or pages)[0]
    if not _payload(page).strip():
        raise unreadable(source, "format.truncated", "the HTML part of the MIME file is empty")
    return message, pages, page


def _framed(content: bytes, page: Message, pages: list[Message]) -> list[Message]:
    """The parts that the frames of a page show, in order, without the strip of sheet names that Excel adds."""
    found: list[Message] = []
    for address in frame_addresses(content):
        name = _last(address)
        if name.startswith("tabstrip."):
            continue
        for part in pages:
            location = str(part.get("Content-Location") or "")
            by_id = address.lower().startswith("cid:") and _content_id(part) == unquote(address[4:])
            if part is not page and part not in found and (by_id or (name and _last(location) == name)):
                found.append(part)
                break
    return found


def _last(address: str) -> str:
    """The last part of the path of an address."""
    return unquote(address).replace("\\", "/").split("?")[0].rsplit("/", 1)[-1].lower()


def _content_id(part: Message) -> str:
    return str(part.get("Content-ID", "")).strip("<> ")


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _part_source(source: Source, message: Message, part: Message) -> Source:
    location = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    url = location if location.startswith(("http://", "https://")) else source.url
    charset = _parameter(part, "charset") or None
    return replace(source, content=_payload(part), url=url, media_type="text/html", charset=charset)


def _length(document: Document) -> int:
    """Characters of the text and the tables."""
    return sum(
        len(block.text) if isinstance(block, Paragraph) else sum(len(cell.text) for cell in block.cells)
        for block in document.blocks
    )


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name)
    return value if isinstance(value, str) else ""


def _leaves(message: Message) -> list[Message]:
    """The parts that hold content, in order, to a depth and number that no browser writes."""
    leaves: list[Message] = []
    pending: list[tuple[Message, int]] = [(message, 0)]
    while pending and len(leaves) < MAX_PARTS:
        part, depth = pending.pop()
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list):
            if depth < MAX_DEPTH:
                pending += [(child, depth + 1) for child in reversed(payload) if isinstance(child, Message)]
        else:
            leaves.append(part)
    return leaves
