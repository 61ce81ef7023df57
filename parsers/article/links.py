"""Links of an article: their addresses made absolute, the names of files without a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from parsers.article.files import is_attachment
from parsers.dom import Element, collapse
from parsers.model import Link


def base_address(root: Element, url: str) -> str:
    """The address that links of a page are resolved against."""
    base = next(root.iter("base"), None)
    return absolute_address(base.get("href") or "", url) or url if base is not None else url


def absolute_address(address: str, base: str) -> str | None:
    """An address made absolute; None for one that leads nowhere."""
    try:
        absolute = urljoin(base, address.strip())
        scheme = urlsplit(absolute).scheme
    except ValueError:
        return None
    return absolute if scheme in ("http", "https", "file", "ftp") else None


def links_of(body: Element, base: str, root: Element | None = None) -> tuple[Link, ...]:
    """Links of the body, then files linked elsewhere on the page (an attachment box beside the body)."""
    found: dict[str, Link] = {}
    elements = list(body.iter("a"))
    if root is not None:
        elements += [
            element
            for element in root.iter("a")
            if element.get("data-attachment") is not None and not _is_picture(element.get("href") or "")
        ]
    for element in elements:
        href = (element.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript", "mailto:", "data:")):
            continue
        address = absolute_address(href, base)
        if address is None or address in found:
            continue
        text = collapse("".join(cast(Iterator[str], element.itertext())))
        if not text and element.get("data-attachment") is None and element.find(".//img") is None:
            continue  # nothing to click on, or the site's and taken off the foot
        found[address] = Link(address, text or collapse(element.get("title") or "") or _file_name(address))
    return tuple(found.values())


def _is_picture(address: str) -> bool:
    return address.lower().split("?")[0].endswith((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp"))


def _file_name(address: str) -> str:
    """The name of a file in an address: showname and fileName of CMS downloads, else the end of the path."""
    parts = urlsplit(address)
    for key, values in parse_qs(parts.query).items():
        if key.lower() in ("showname", "filename", "name", "file") and "." in values[0]:
            return values[0].rsplit("/", 1)[-1]
    return unquote(parts.path.rsplit("/", 1)[-1]) if is_attachment(address) else ""
