"""Files that a page offers: addresses that are files', and the scripts and viewers that hide them made plain links."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from parsers.chrome import chrome_data
from parsers.dom import Element, drop, select

_QUOTED = re.compile(r"""['"]([^'"<>]{3,500})['"]""")
_LONGEST_LINK = 300  # characters of an address that is worth remembering


@cache
def _file_ending() -> re.Pattern[str]:
    endings = "|".join(chrome_data()["files"]["extensions"])
    return re.compile(rf"[^/.&=?\s]\.(?:{endings})(?=$|[?#&;])", re.IGNORECASE)


@cache
def scripted_file() -> re.Pattern[str]:
    """What finds a file that a script opens, in the markup of a page."""
    endings = "|".join(chrome_data()["files"]["extensions"])
    return re.compile(rf"onclick[^<>]{{0,600}}\.(?:{endings})\b")


def is_attachment(address: str) -> bool:
    """Whether an address is that of a file, by its extension or by the way CMS send files."""
    # a site's menus come back on each of its pages; data that is written out as an address does not
    return _is_file(address) if len(address) < _LONGEST_LINK else _is_file.__wrapped__(address)


@lru_cache(maxsize=4096)
def _is_file(address: str) -> bool:
    if "." in address and _file_ending().search(unquote(address) if "%" in address else address):
        # a host is no file: http://www.a.doc
        return "/" in address.partition("://")[2] or "://" not in address
    lowered = address.lower()
    return "down" in lowered and any(part in lowered for part in chrome_data()["files"]["downloads"])


def show_attachments(root: Element, scripted: bool) -> None:
    """Make plain links of files that scripts open (downloadFj('name','./a.docx')) and of viewers; mark all files."""
    for element in select(root, "//*[@onclick]") if scripted else ():
        href = element.get("href") or ""
        if not href or href.startswith(("#", "javascript")):
            _open_link(element, f"{element.get('onclick')} {href}")
    for element in list(root.iter("iframe", "embed", "object")):
        address = element.get("src") or element.get("data") or ""
        if is_attachment(address):
            inner = parse_qs(urlsplit(address).query).get("file", [""])[0]
            element.tag = "a"
            element.set("href", inner if inner and is_attachment(inner) else address)
            element.text = None
        else:
            drop(element)
    for element in list(root.iter("a")):
        href = element.get("href") or ""
        if not href and element.get("name") and element.get("onclick") is None:
            element.tag = "span"  # a bookmark of a word processor, around a whole paragraph at times
            continue
        if href.startswith("javascript") and "(" in href:
            _open_link(element, href)
            href = element.get("href") or ""
        if href and is_attachment(href):
            element.set("data-attachment", "1")


def _open_link(element: Element, call: str) -> None:
    """Make an element a link to the file that its script opens, if it opens one."""
    target = next((text for text in _QUOTED.findall(call[:2000])[::-1] if is_attachment(text)), None)
    if target is not None:
        element.tag = "a"
        element.set("href", target)
