"""Links of a list page with their titles and dates, whatever the markup: the part that all CMS families share."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from crawler.platforms.base import ListLink

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:[-./]|年)\s*(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})(?!\d)")
_URL_DATES = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),  # Hanweb
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+\."),  # TRS
    re.compile(r"/((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})/"),  # Kunming
)
_QUOTED = re.compile(r"""['"]([^'"]{3,500})['"]""")
_ADDRESS = re.compile(r"^(?:https?:)?/|^\.{1,2}/|\.(?:s?html?|jspx?|aspx?|php|pdf|docx?|xlsx?|wps|do)(?:[?#]|$)", re.I)
_TITLE_LABEL = re.compile(r"^\s*(?:文章)?标\s*题\s*[:：]\s*(.+?)\s*(?:[\r\n]|发布(?:时间|日期)|$)")
_NEXT_WORDS = {"下一页", "下页", "下1页", "后一页", ">", "›", "»", "下一页>", "下一页>>", "next"}
_CLIMB = 6  # a row is at most so many elements above its link
_MAX_LINKS = 5000


def tree(text: str) -> html.HtmlElement | None:
    """Parse a page or a fragment; None when there is nothing to parse."""
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def read_links(text: str, url: str) -> tuple[ListLink, ...]:
    """Every link with a title, in reading order, once per address: the one with the fullest title and a date wins.

    When any link has a date beside it, links without a date are dropped unless they look like a yearly report: those
    are the site's navigation.
    """
    root = tree(text)
    if root is None:
        return ()
    base = urljoin(url, next(iter(root.xpath("//base/@href")), "") or "")
    found: dict[str, ListLink] = {}
    beside: set[str] = set()
    counts = _links_below(root)
    for element, target in _targets(root):
        address = _absolute(target, base)
        if address is None or address == url.split("#", maxsplit=1)[0]:
            continue
        title = _title(element)
        if not title:
            continue
        row = _row_text(element, counts)
        printed = _date(_DATE.search(row.replace(title, " ")) or _DATE.search(row)) if row else None
        link = ListLink(address, title, printed or url_date(address))
        if printed:
            beside.add(address)
        known = found.get(address)
        if known is None or (len(title), link.date is not None) > (len(known.text), known.date is not None):
            found[address] = link if known is None or link.date else ListLink(address, title, known.date)
        if len(found) >= _MAX_LINKS:
            break
    links = tuple(found.values())
    if beside:
        links = tuple(link for link in links if link.url in beside or _YEARLY.search(link.text))
    return links


_YEARLY = re.compile(r"年报|年度报告|工作报告|(?:19|20)\d\d\s*年?度?$")


def next_links(text: str, url: str) -> tuple[str, ...]:
    """The address behind 下一页, if it is a plain link."""
    root = tree(text)
    if root is None:
        return ()
    base = urljoin(url, next(iter(root.xpath("//base/@href")), "") or "")
    for element in root.iter("a"):
        words = "".join(element.text_content().split()).lower()
        classes = (element.get("class") or "").lower().split()
        title = "".join((element.get("title") or "").split())
        if words in _NEXT_WORDS or title in _NEXT_WORDS or "next" in classes or element.get("rel") == "next":
            href = element.get("href") or ""
            if not href or href.startswith(("#", "javascript:")):
                href = _scripted(f"{element.get('onclick') or ''} {href}") or ""
            address = _absolute(href, base)
            if address and address.split("#")[0] != url.split("#", maxsplit=1)[0]:
                return (address,)
    return ()


def read_json_links(text: str, url: str) -> tuple[tuple[ListLink, ...], int | None]:
    """Links of a JSON answer: every object with an address and a title; and the total that it declares."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return (), None
    links: dict[str, ListLink] = {}
    total: int | None = None
    stack: list[Any] = [data]
    while stack and len(links) < _MAX_LINKS:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
            continue
        if not isinstance(node, dict):
            continue
        lower = {str(key).lower(): value for key, value in node.items()}
        for key in ("total", "totalcount", "count"):
            if total is None and isinstance(lower.get(key), int):
                total = lower[key]
        address = _first_text(lower, ("url", "link", "href", "linkurl", "infourl", "docpuburl", "post_url"))
        title = _first_text(lower, ("title", "doctitle", "subject", "infotitle", "name"))
        if address and title and (target := _absolute(address, url)):
            when = _first_text(
                lower, ("display_publish_time", "publishdate", "pubdate", "docreltime", "date", "created_at", "time")
            )
            printed = _date(_DATE.search(when)) if when else None
            links.setdefault(target, ListLink(target, " ".join(title.split()), printed or url_date(target)))
        stack.extend(value for value in reversed(list(node.values())) if isinstance(value, list | dict))
    return tuple(links.values()), total


def url_date(url: str) -> date | None:
    """The publication date coded in an article's address, where its family codes one."""
    for pattern in _URL_DATES:
        if found := _date(pattern.search(url)):
            return found
    return None


def _first_text(node: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((value for key in keys if isinstance(value := node.get(key), str) and value.strip()), None)


def _targets(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "a":
            href = (element.get("href") or "").strip()
            if href and not href.startswith("#") and not href.lower().startswith(("javascript:", "mailto:", "tel:")):
                yield element, href
                continue
            script = " ".join(filter(None, (element.get("onclick"), href if href.lower().startswith("java") else "")))
        else:
            script = element.get("onclick") or ""
            if element.tag not in {"li", "tr", "td", "div", "span", "p", "dd"}:
                continue
        if script and (target := _scripted(script)):
            yield element, target


def _scripted(script: str) -> str | None:
    """The first quoted address in a script: window.open('/a.html'), jumpToDetail('./b.shtml')."""
    return next((text for text in _QUOTED.findall(script[:2000]) if _ADDRESS.search(text)), None)


def _links_below(root: html.HtmlElement) -> Counter[html.HtmlElement]:
    """Element → number of links in it."""
    counts: Counter[html.HtmlElement] = Counter()
    for number, element in enumerate(root.iter("a")):
        if number > _MAX_LINKS:
            break
        counts[element] += 1
        for depth, above in enumerate(element.iterancestors()):
            if depth > 2 * _CLIMB:
                break
            counts[above] += 1
    return counts


def _row_text(element: html.HtmlElement, counts: Counter[html.HtmlElement]) -> str:
    """The text of the largest element around a link that holds no other link: where its date is printed."""
    row = element
    for depth, above in enumerate(element.iterancestors()):
        if depth >= _CLIMB or counts[above] > max(1, counts[element]) or above.tag in {"body", "html", "table", "ul"}:
            break
        row = above
    text = " ".join(row.itertext(etree.Element))[:2000]
    if not _DATE.search(text):
        # <a>…</a> date <br>, <a>…</a><span>date</span> with several pairs in one parent, definition lists
        text += f" {row.tail or ''}"[:200]
        following = next(row.itersiblings(etree.Element), None)
        if following is not None and not counts[following]:
            text += " " + " ".join(following.itertext(etree.Element))[:200]
    return text


def _title(element: html.HtmlElement) -> str:
    text = " ".join(element.text_content().split())
    title = " ".join((element.get("title") or "").split())
    if element.get("title") and (labelled := _TITLE_LABEL.match(element.get("title") or "")):
        title = labelled.group(1)
    if title and (len(title) >= len(text) or text.endswith(("...", "…", ".."))):
        return title
    without_date = " ".join(_DATE.sub(" ", text).split()) if element.tag != "a" or _DATE.search(text) else text
    return (without_date.strip(" []【】()") or text)[:500]


def _absolute(target: str, base: str) -> str | None:
    target = target.strip().replace("\\", "/")
    if not target or target.startswith("#") or len(target) > 2000:
        return None
    try:
        address = urljoin(base, target)
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return address.split("#")[0]


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None
