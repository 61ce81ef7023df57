"""The article of a page: the order of the steps, from the whole page to its title, date, publisher, body and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from parsers import mirrors
from parsers.article.containers import enclosing, holds_something, known_containers, wrap_marked
from parsers.article.copies import drop_copies
from parsers.article.dates import date_below_title, publication_date, read_below
from parsers.article.density import densest
from parsers.article.edges import trim
from parsers.article.files import scripted_file, show_attachments
from parsers.article.head import PageHead, read_head
from parsers.article.index_box import read_box
from parsers.article.lines import MOST_LINES, stands_for_missing
from parsers.article.links import base_address, links_of
from parsers.article.lists import is_list_of_links, is_list_page, lists_titles, may_list
from parsers.article.pictures import mark_pictures, unmark_pictures
from parsers.article.surroundings import holds_article, lines_above, lines_below, text_stands_beside
from parsers.article.title import best_title, in_full, printed_title, title_line, without_site
from parsers.chrome import Facts
from parsers.dom import Element, Line, lines_of, parse, settle, strip
from parsers.model import Finding, Link, Severity
from parsers.paging import read_paging


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page.

    `body` is an element without chrome, scripts and hidden parts, None when the page has no article; `before` the
    lines above it; `is_list` is True for a page of links to articles, whose body is no text.
    """

    title: str | None
    published: date | None
    publisher: str | None
    index_box: Mapping[str, str]
    body: Element | None
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    is_list: bool = False
    before: str = ""
    sharing: mirrors.Sharing | None = None
    further: tuple[str, ...] = ()  # addresses of the article's pages behind this one


def extract_article(html_text: str, url: str) -> Article:
    """Find the article of a page. Any text gives an Article; what is doubtful is among its findings.

    Args:
        html_text: the decoded page.
        url: where it was fetched; relative links are resolved against it.
    """
    page = parse(html_text)
    root = page.root
    search = _Search(root, url, read_head(root))
    if page.too_deep:
        search.note(
            "page.too_deep", Severity.WARNING, "The markup is nested too deep; it was read without its structure."
        )
    if page.cut:
        search.note("page.cut", Severity.ERROR, "The page is longer than any report; its end was not read.")
    if page.struck:
        message = f"{page.struck} characters of the page are struck out and were left out as deletions."
        search.note("format.tracked_changes", Severity.WARNING, message)
    base = base_address(root, url)
    show_attachments(root, scripted_file().search(html_text) is not None)
    if "<!--" in html_text:
        wrap_marked(root)
    paging = read_paging(root, html_text, url, base)
    strip(root)
    if _may_be_shared(html_text, url) and (shared := search.shared(base)) is not None:
        return shared
    article = search.article(base)
    if paging is None or article.body is None or article.is_list:
        return article
    findings = (*article.findings, paging.finding) if paging.finding else article.findings
    return replace(article, further=paging.further, findings=findings)


def _may_be_shared(html_text: str, url: str) -> bool:
    if (urlsplit(url).hostname or "").endswith("gov.cn"):
        return False
    return mirrors.engine_of(url) is not None or any(
        mark in html_text for mark in ("上传人", "文档编号", "资源ID", "由会员", "免费预览", "预览完了")
    )


@dataclass(slots=True)
class _Search:
    """One page being searched: what its head says, and what has been found so far."""

    root: Element
    url: str
    head: PageHead
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, severity: Severity, message: str, **data: object) -> None:
        self.findings.append(Finding(code, severity, message, data))

    def shared(self, base: str) -> Article | None:
        """The page as a document-sharing page; None if it is none."""
        body = self._body()
        settle(body)
        lines = list(lines_of(body))
        sharing = mirrors.read_sharing_lines([line.text for line in lines], self.url)
        if sharing is None:
            return None
        inside = lines[sharing.first : sharing.last]
        container = enclosing([line.owner for line in inside]) if inside else body
        title = sharing.title or without_site(self.head, ())
        return Article(
            title, None, None, {}, container, links_of(container, base), tuple(self.findings), sharing=sharing
        )

    def _body(self) -> Element:
        body = self.root.find("body")
        return body if body is not None else self.root

    def article(self, base: str) -> Article:
        """The article of the page."""
        known = next((element for element in known_containers(self.root) if holds_something(element)), None)
        above = list(lines_above(known)) if known is not None else []
        if known is not None and self._is_misnamed(known, above):
            known = None
        facts = Facts()
        if known is not None:
            settle(known)
            drop_copies(known)
            pictures = mark_pictures(known)
            container, lines = known, list(islice(lines_of(known, large_tables=False), MOST_LINES))
            heading = printed_title(above, self.head)
        else:
            settle(self._body())
            pictures = mark_pictures(self._body())
            page_lines = list(islice(lines_of(self._body()), MOST_LINES))
            every_link = links_of(self._body(), base) if may_list(page_lines) else ()
            found = densest(self._body(), page_lines, title_line(page_lines, self.head))
            if found is None and lists_titles(page_lines):
                every_link = links_of(self._body(), base)
            if found is None or is_list_page(page_lines, found[2]):
                unmark_pictures(pictures)
                return self._nothing(page_lines, every_link)
            container, above, lines, heading, doubtful = found
            if (doubtful or len(heading or "") < 10) and stands_for_missing(lines):
                unmark_pictures(pictures)
                return self._nothing(page_lines, ())
            heading = in_full(heading, above, self.head)
            if copies := drop_copies(container):
                lines = [line for line in lines if line.owner not in copies]
            heading = heading or printed_title(above, self.head)
            if doubtful:
                self.note(
                    "article.uncertain",
                    Severity.WARNING,
                    "The page has no marked article; the body was taken by the density of its text.",
                )
        is_list = is_list_of_links(lines)
        listed = links_of(container, base) if is_list else ()
        read_box(above, facts)
        date_below_title(above, heading, facts)
        inner_title = trim(lines, facts, known is None, heading, self.head)
        unmark_pictures(pictures)
        title = best_title(self.head, heading, inner_title, facts)
        if facts.published is None and facts.dated is None and "pubdate" not in self.head.metas:
            read_below([line.text for line in islice(lines_below(container), 12)], facts)
        if is_list:
            self.note("page.list", Severity.WARNING, "The page is a list of links, not an article.", links=len(lines))
        elif not any(line.text for line in lines) and not holds_something(container):
            self.note("page.no_article", Severity.ERROR, "The page has no article.")
        return Article(
            title=title,
            published=None if is_list else self._published(facts),
            publisher=facts.publisher or self.head.metas.get("contentsource") or facts.source,
            index_box=facts.index_box,
            body=container,
            links=listed or links_of(container, base, self.root),
            findings=tuple(self.findings),
            is_list=is_list,
            before="\n".join([self.head.title, *(line.text for line in above[-12:])]),
        )

    def _nothing(self, lines: Sequence[Line], every_link: tuple[Link, ...]) -> Article:
        is_list = bool(every_link)
        if is_list:
            self.note("page.list", Severity.WARNING, "The page is a list of links, not an article.", links=len(lines))
        else:
            self.note("page.no_article", Severity.ERROR, "The page has no article.")
        return Article(
            best_title(self.head, None, None, Facts()), None, None, {}, None, every_link, tuple(self.findings),
            is_list=is_list, before=self.head.title,
        )  # fmt: skip

    def _is_misnamed(self, known: Element, above: Sequence[Line]) -> bool:
        """Whether a container with the name of a body leaves text outside that is the article's."""
        beside = text_stands_beside(self._body(), known, above, self.head)
        return beside and not holds_article(known, self._body(), self.head)

    def _published(self, facts: Facts) -> date | None:
        day, differs = publication_date(facts, self.head, self.url)
        if differs is not None:
            self.findings.append(differs)
        return day
