"""Articles of several pages: how a page names the others.

The further pages of ``art_1.html`` are ``art_1_2.html``, ``art_1_3.html`` …, those of ``index.html`` are
``index_1.html`` …, those of ``show?id=7`` are ``show?id=7&page=2`` …: the same place, the same name, and a number.
Another article never has such an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from parsers.dom import Element
from parsers.model import Finding, Severity

MAX_PAGES = 20
"""Further pages of one article that are asked for; the longest article seen has five."""

PAGED = "article.paged"
_CALL = re.compile(r"createPageHTML\s{0,5}\(\s{0,5}[\"']?(\d{1,4})[\"']?\s{0,5},\s{0,5}[\"']?(\d{1,4})")
_WORDS = ("下一页", "下页", "下1页", "后一页", "尾页", "末页", "上一页", "上页")
_LATER = re.compile(r"(?:下一?页|下1页|后一页|尾页|末页|第?(?:[2-9]|[1-9]\d)页?)[>»›]*")
_EARLIER = re.compile(r"[<«‹]*(?:上一?页|上1页|前一页|首页|第?1页?)")
# bare numbers, 1 2 3: the second one and what stands before it, as there are more tags than twos
_TWO = re.compile(r"2\s{0,2}[\]】)）]?\s{0,4}</")
_BEFORE_TWO = re.compile(r">\s{0,4}[\[【(（]?\s{0,2}\Z")
_BRACKETS = " \t\r\n\u3000\xa0[]【】()（）|"
_NAME = re.compile(r"(?P<name>.*?)(?P<number>[_-]\d{1,2})?(?P<ending>\.\w{3,5})?")
_QUERY = frozenset({"page", "pageno", "pagenum", "pageindex", "currentpage", "curpage", "pn"})


@dataclass(frozen=True, slots=True)
class Paging:
    """What a page says of the article's other pages: the addresses of those behind it, and the finding about it."""

    further: tuple[str, ...]
    finding: Finding | None


def page_number(first: str, other: str) -> int | None:
    """The number by which the address of a further page differs from the article's first; None for anything else.

    Of a saved page only the name counts: it lies in another folder than the address that it was fetched from.
    """
    try:
        one, two = urlsplit(first), urlsplit(other)
    except ValueError:
        return None
    folder, name = _place(one)
    other_folder, other_name = _place(two)
    if one.scheme != "file" and (one.hostname, folder) != (two.hostname, other_folder):
        return None
    if name != other_name or one.scheme == "file":
        plain = _NAME.fullmatch(name)
        stem, ending = (name.removesuffix(plain["ending"] or ""), plain["ending"] or "") if plain else (name, "")
        pattern = re.escape(stem or "index") + r"[_-](\d{1,2})" + (re.escape(ending) if stem else r"\.s?html?")
        found = re.fullmatch(pattern, other_name)
        return int(found[1]) if found and one.query == two.query else None
    given, asked = _query(one), _query(two)
    number = next((value for key, value in asked if key.lower() in _QUERY and value.isdecimal()), "")
    if given == asked or _without_page(given) != _without_page(asked):
        return None
    return int(number) if len(number) in (1, 2) and int(number) > 1 else None


def _without_page(query: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in query if key.lower() not in _QUERY]


def first_page(address: str) -> str | None:
    """The address of the page of which this one would be a further page; None if it has no number of a page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    folder, _, name = parts.path.rpartition("/")
    found = _NAME.fullmatch(name)
    if found is None or not found["number"]:
        query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0].lower() not in _QUERY)
        return None if query == parts.query else parts._replace(query=query).geturl()
    return parts._replace(path=f"{folder}/{found['name']}{found['ending'] or ''}").geturl()


def _place(address: SplitResult) -> tuple[str, str]:
    folder, _, name = unquote(address.path).rpartition("/")
    return folder, name


def _query(address: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(address.query, keep_blank_values=True)


# ---------------------------------------------------------------- one page


def read_paging(root: Element, html_text: str, url: str, base: str) -> Paging | None:
    """What a page says of the other pages of its article, by its links and by the call that makes such links.

    The links count before the call, which does not say how the pages are named.
    """
    call = _CALL.search(html_text) if "createPageHTML" in html_text else None
    pages, current = (int(call[1]), int(call[2])) if call else (1, 0)
    has_pager = _names_pages(html_text) or _numbers_pages(html_text)
    further, is_later = _linked(root, url, base) if has_pager else ((), False)
    if not further and pages > 1:
        further = tuple(_counted(url, pages, current))
    if pages > 1:
        message = f"The article has {pages} pages; this is page {current + 1}."
    elif is_later:
        message = "The page is a further page of an article."
    elif any(page_number(url, address) is not None for address in further):
        message = "The article goes on on further pages."
    else:
        return Paging(further, None) if further else None
    page = current + 1 if pages > 1 else None if is_later else 1
    following = next(iter(further), None)
    data = {"pages": pages if pages > 1 else None, "page": page, "next": following}
    return Paging(further, Finding(PAGED, Severity.WARNING, message, data))


def _names_pages(text: str) -> bool:
    """Whether one of the words stands anywhere: all end with one character, and to look for that is much faster."""
    at = text.find("页")
    while at >= 0:
        if text.endswith(_WORDS, max(0, at - 2), at + 1):
            return True
        at = text.find("页", at + 1)
    return False


def _numbers_pages(text: str) -> bool:
    return any(_BEFORE_TWO.search(text, max(0, two.start() - 8), two.start()) for two in _TWO.finditer(text))


def _linked(root: Element, url: str, base: str) -> tuple[tuple[str, ...], bool]:
    """The pages behind this one that it links to, in their order; whether it links back to the first one."""
    first = first_page(url)
    found: dict[int, str] = {}
    is_later = False
    for element in root.iter("a"):
        href = (element.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript", "mailto:")):
            continue
        text = "".join(cast(Iterator[str], element.itertext()))
        words = "".join(character for character in text[:40] if character not in _BRACKETS)
        later = _LATER.fullmatch(words) is not None
        if not later and not _EARLIER.fullmatch(words):
            continue
        try:
            address = urljoin(base, href).partition("#")[0]
        except ValueError:
            continue
        if not later:
            is_later = is_later or page_number(address, url) is not None
            continue
        number = page_number(url, address)
        if number is None and first is not None and address != url:
            number = page_number(first, address)
        if number is not None:
            found.setdefault(number, address)
    return tuple(found[number] for number in sorted(found)), is_later


def _counted(url: str, pages: int, current: int) -> Iterator[str]:
    """The addresses of the pages behind this one as TRS names them: name.html, name_1.html, …"""
    address = urlsplit(url)
    stem = re.sub(rf"_{current}(\.s?html?)$", r"\1", address.path) if current else address.path
    if re.search(r"\.s?html?$", stem):
        for number in range(current + 1, min(pages, MAX_PAGES + 1)):
            yield address._replace(path=re.sub(r"(\.s?html?)$", rf"_{number}\1", stem)).geturl()
