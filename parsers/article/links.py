"""The links, attachments and pictures of a page: what is a file, what opens by script, what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import cast
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree

from parsers import mirrors
from parsers.chrome import (
    chrome_data,
)
from parsers.dom import Element, collapse, drop, select
from parsers.model import Link

_QUOTED = re.compile(r"""['"]([^'"<>]{3,500})['"]""")
_LONGEST_LINK = 300  # characters of an address that is worth remembering
_NO_VALUE = frozenset({"", "null", "undefined", "none", "无"})
_NUMBER = re.compile(r"\s*(\d{1,6})")
_ICON = re.compile(r"icon|spacer|blank\.|/file_?type|fileTypeImages|logo|qrcode|ewm|print|close|share", re.IGNORECASE)
_SMALL = 120  # pixels; a smaller picture holds no table
PICTURE = "\ufffc"  # the line of a picture while an article is being looked for


def metas_of(root: Element) -> dict[str, str]:
    """Meta tags by lower-case name; the last one that says something, as template heads come before the page's own."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name") or meta.get("property"), collapse(meta.get("content") or "")
        if name and content.lower() not in _NO_VALUE:
            metas[name.strip().lower()] = content
    return metas


def title_of_document(root: Element) -> str:
    """The text of the first title element."""
    title = next(root.iter("title"), None)
    return collapse("".join(cast(Iterator[str], title.itertext()))) if title is not None else ""


def base_address(root: Element, url: str) -> str:
    base = next(root.iter("base"), None)
    return _absolute(base.get("href") or "", url) or url if base is not None else url


def _absolute(address: str, base: str) -> str | None:
    try:
        absolute = urljoin(base, address.strip())
        scheme = urlsplit(absolute).scheme
    except ValueError:
        return None
    return absolute if scheme in ("http", "https", "file", "ftp") else None


@cache
def _file_ending() -> re.Pattern[str]:
    endings = "|".join(chrome_data()["files"]["extensions"])
    return re.compile(rf"[^/.&=?\s]\.(?:{endings})(?=$|[?#&;])", re.IGNORECASE)


@cache
def scripted_file() -> re.Pattern[str]:
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


def wrap_marked(root: Element) -> None:
    """Put what stands between the comments that mark an article body into one element."""
    comments = [
        (comment, text)
        for comment in root.iter(etree.Comment)
        if 3 < len(text := "".join((comment.text or "").split()).lower()) < 60
    ]
    pairs: Mapping[str, str] = chrome_data()["containers"]["comments"]
    for begin, end in pairs.items():
        opening = next((comment for comment, text in comments if begin.lower() in text), None)
        parent = opening.getparent() if opening is not None else None
        if opening is None or parent is None:
            continue
        closing = next((c for c, text in comments if end.lower() in text and c.getparent() is parent), None)
        if closing is None:
            continue
        wrapper = parent.makeelement("div", {"data-marked": "1"}, None)
        wrapper.text, opening.tail = opening.tail, None
        node = opening.getnext()
        opening.addnext(wrapper)
        while node is not None and node is not closing:
            following = node.getnext()
            wrapper.append(node)
            node = following
        return


def may_be_shared(html_text: str, url: str) -> bool:
    if (urlsplit(url).hostname or "").endswith("gov.cn"):
        return False
    return mirrors.engine_of(url) is not None or any(
        mark in html_text for mark in ("上传人", "文档编号", "资源ID", "由会员", "免费预览", "预览完了")
    )


def is_large_picture(image: Element) -> bool:
    """Whether a picture can hold a table or a page: not an icon, not a small one."""
    address = image.get("src") or image.get("data-src") or image.get("data-original") or image.get("_src") or ""
    sides = [int(match[1]) for name in ("width", "height") if (match := _NUMBER.match(image.get(name) or ""))]
    return bool(address) and not (sides and min(sides) < _SMALL) and not _ICON.search(address[-200:])


def mark_pictures(body: Element) -> list[Element]:
    """Make large pictures that stand alone and are no links lines of their own; a report may be a scan."""
    marked = []
    for image in body.iter("img"):
        parent = image.getparent()
        if parent is None or parent.tag == "a" or not is_large_picture(image):
            continue
        if not any(text.strip(PICTURE).strip() for text in cast(Iterator[str], parent.itertext())):
            image.tail = PICTURE
            marked.append(image)
    return marked


def unmark_pictures(pictures: Iterable[Element]) -> None:
    for picture in pictures:
        picture.tail = (picture.tail or "").replace(PICTURE, "") or None


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
        address = _absolute(href, base)
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
