"""Read MHTML: a web page and its pictures in one MIME file, as browsers and Word save it (RFC 2557)."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from parsers.model import Document, Source
from parsers.readers import html
from parsers.readers.container import unreadable

MAX_PARTS = 2_000
MAX_DEPTH = 10


def read(source: Source) -> Document:
    """Read the page of the file, which is its root part, else its first HTML part. Raises Unreadable without one."""
    message = message_from_bytes(source.content, policy=compat32)
    parts = list(_leaves(message))
    root = (_parameter(message, "start") or "").strip("<> ")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    named = [part for part in pages if root and str(part.get("Content-ID", "")).strip("<> ") == root]
    if not pages:
        raise unreadable(source, "format.truncated", "the MIME file holds no HTML page")
    page = (named or pages)[0]
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        raise unreadable(source, "format.truncated", "the HTML part of the MIME file is empty")
    location = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    url = location if location.startswith(("http://", "https://")) else source.url
    charset = _parameter(page, "charset") or None
    inner = replace(source, content=content, url=url, media_type="text/html", charset=charset)
    return replace(html.read(inner), format="mhtml")


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
