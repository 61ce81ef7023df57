"""What the head of a page says: its meta tags and its title element, read before the page is cleaned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from parsers.dom import Element, collapse

_NO_VALUE = frozenset({"", "null", "undefined", "none", "无"})


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page: meta tags by lower-case name, and the text of its title element."""

    metas: Mapping[str, str]
    title: str


def read_head(root: Element) -> PageHead:
    """Read the head of a page."""
    return PageHead(_metas(root), _document_title(root))


def _metas(root: Element) -> dict[str, str]:
    """Meta tags by lower-case name; the last one that says something, as template heads come before the page's own."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name") or meta.get("property"), collapse(meta.get("content") or "")
        if name and content.lower() not in _NO_VALUE:
            metas[name.strip().lower()] = content
    return metas


def _document_title(root: Element) -> str:
    """The text of the first title element."""
    title = next(root.iter("title"), None)
    return collapse("".join(cast(Iterator[str], title.itertext()))) if title is not None else ""
