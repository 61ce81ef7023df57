"""Tells a page from what stands in its place: a challenge, a login, a soft 404, the site's front page, nothing.

Such a page is an error with a name, never content. The marks are data (`data/blocked.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.errors import PageRefused
from crawler.platforms.links import tree

_MARKED = 200_000
"""Characters of a page that are searched for marks."""

_FRONT_PAGE = re.compile(r"^/?(?:(?:index|default|home|main)\.\w{3,5})?$", re.I)
_ARTICLE_META = re.compile(r"<meta[^>]{0,60}name\s*=\s*[\"']?ArticleTitle", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of page that is no content: all of the groups that are given must hold, one of the items in each."""

    code: str
    name: str
    status: frozenset[int]
    header: tuple[str, ...]
    body: tuple[str, ...]
    text: tuple[str, ...]

    def fits(self, status: int, headers: Mapping[str, str], body: str, visible: str) -> bool:
        held = []
        if self.status:
            held.append(status in self.status)
        if self.header:
            held.append(any(name in headers for name in self.header))
        if self.body:
            held.append(any(mark in body for mark in self.body))
        if self.text:
            held.append(any(mark in visible for mark in self.text))
        return bool(held) and all(held)


@cache
def _marks() -> tuple[int, tuple[Mark, ...]]:
    data = tomllib.loads(resources.files("crawler").joinpath("data/blocked.toml").read_text(encoding="utf-8"))
    marks = tuple(
        Mark(
            code=entry["code"],
            name=entry["name"],
            status=frozenset(entry.get("status", ())),
            header=tuple(entry.get("header", ())),
            body=tuple(entry.get("body", ())),
            text=tuple("".join(text.split()) for text in entry.get("text", ())),
        )
        for entry in data["page"]
    )
    return data["longest"], marks


def judge(
    status: int,
    headers: Mapping[str, str],
    text: str,
    *,
    asked: str,
    answered: str,
    title: str | None = None,
) -> tuple[str, str] | None:
    """What stands in the place of a page, as (code, name); None for a page.

    `asked` and `answered` are the addresses before and after redirects; `title` is the text of the link that led here
    (None for a list). Header names are in lower case.
    """
    longest, marks = _marks()
    if not text.strip():
        return ("page.empty", "empty answer") if status < 400 else None
    visible = _visible(text)
    words = "".join((title or "").split())
    # no page that stands in for an article prints the article's own title
    if len(visible) <= longest and not (len(words) >= 8 and words in visible):
        head = text[:_MARKED]
        for mark in marks:
            if mark.fits(status, headers, head, visible):
                return mark.code, mark.name
    if status >= 400:
        return None
    if title is not None and _is_front_page(asked, answered, text, visible, title):
        return "page.front", "the site's front page instead of the article"
    if title is not None and not visible and not re.search(r"<(?:img|embed|object|iframe|a)\b", text, re.I):
        return "page.empty", "a page without text"
    return None


def _visible(text: str) -> str:
    """The text that a reader sees, without white space."""
    root = tree(text)
    if root is None:
        return ""
    for element in list(root.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    return "".join("".join(str(part) for part in root.itertext("*")).split())


def _is_front_page(asked: str, answered: str, text: str, visible: str, title: str) -> bool:
    wanted, given = urlsplit(asked), urlsplit(answered)
    if not _FRONT_PAGE.match(wanted.path) and _FRONT_PAGE.match(given.path) and not given.query:
        return True
    # throttled sites answer with the front page at the article's own address: many links, no article of that title
    words = "".join(title.split())
    if not words or words[:30] in visible or _ARTICLE_META.search(text):
        return False
    root = tree(text)
    if root is None:
        return False
    links = [element for element in root.iter("a") if element.get("href")]
    linked = sum(len("".join(element.text_content().split())) for element in links)
    return len(links) >= 40 and linked > 0.75 * max(1, len(visible))


class BlockedPageMiddleware:
    """Turns a page that is no content into an error with a name. Sees decoded bodies, before anything is archived."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        role = request.meta.get("role")
        if role is None or response.status == 304:
            return response
        if not response.body:
            if response.status < 400:
                raise PageRefused("page.empty", f"{request.url}: empty answer", response.status)
            return response
        if not _is_page(response):
            return response
        headers = {name.decode("latin-1").lower(): "" for name in response.headers}
        asked = (request.meta.get("redirect_urls") or [request.url])[0]
        verdict = judge(
            response.status,
            headers,
            _text_of(response.body),
            asked=asked,
            answered=response.url,
            title=request.meta.get("title") if role == "detail" else None,
        )
        if verdict is not None:
            code, name = verdict
            raise PageRefused(code, f"{asked}: {name}", response.status)
        return response


def _is_page(response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    start = response.body[:512].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<script")) or "html" in kind


def _text_of(body: bytes) -> str:
    """Enough of a decoding to look for marks: a challenge page is UTF-8 or GBK, and marks are short."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
