"""The search for title, date, index box and body of one page, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, pairwise

from parsers import mirrors
from parsers.article.boxes import (
    box_lines,
    drop_erased_tables,
    is_list_page,
    lists_articles,
    lists_titles,
    may_list,
    read_below,
    read_box,
    without_lists,
)
from parsers.article.containers import (
    common_ancestor,
    drop_copies,
    holds_something,
    known_containers,
    lines_above,
    lines_below,
)
from parsers.article.density import NUMBERED, densest_part, find_densest, goes_on_with_figures, has_text_beside
from parsers.article.lines import SITE_ONLY, is_link, stands_beside
from parsers.article.links import (
    base_address,
    is_large_picture,
    links_of,
    mark_pictures,
    may_be_shared,
    metas_of,
    scripted_file,
    show_attachments,
    title_of_document,
    unmark_pictures,
    wrap_marked,
)
from parsers.article.titles import (
    DAY_BELOW_TITLE,
    NAMES_DOCUMENT,
    TITLE_BREAK,
    abstract_at,
    date_of_address,
    ends_heading,
    in_two,
    is_byline,
    is_heading_line,
    is_tool_link,
    is_under_title,
    joined_heading,
    may_head,
    names_document,
    opens_page,
    without_site,
)
from parsers.chrome import (
    Facts,
    LineKind,
    first_date,
    foot_lines,
    head_lines,
    is_label,
    is_sentence,
    label_kinds,
    labelled,
    line_of,
    squeeze,
)
from parsers.dom import Element, Line, erase, lines_of, parse, settle, strip
from parsers.model import Finding, Link, Severity
from parsers.paging import read_paging

_DATE_METAS = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time")
_DOCUMENT_NUMBER = re.compile(r"^\S{1,20}[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]\S{0,4}\d{1,5}\s?号$")
_SIGNED_DAY = re.compile(r"^[\d〇○O零一二三四五六七八九十]{4}\s?年.{1,3}月.{1,3}日$")
_MOST_LINES = 60_000  # of one page; what is below is neither trimmed nor weighed


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
    search = _Search(root, url, metas_of(root), title_of_document(root))
    if page.too_deep:
        search.note(
            "page.too_deep", Severity.WARNING, "The markup is nested too deep; it was read without its structure."
        )
    if page.cut:
        search.note("page.cut", Severity.ERROR, "The page is longer than any report; its end was not read.")
    base = base_address(root, url)
    show_attachments(root, scripted_file().search(html_text) is not None)
    if "<!--" in html_text:
        wrap_marked(root)
    paging = read_paging(root, html_text, url, base)
    strip(root)
    if may_be_shared(html_text, url) and (shared := search.shared(base)) is not None:
        return shared
    article = search.article(base)
    if paging is None or article.body is None or article.is_list:
        return article
    findings = (*article.findings, paging.finding) if paging.finding else article.findings
    return replace(article, further=paging.further, findings=findings)


@dataclass(slots=True)
class _Search:
    """One page being searched: what its head says, and what has been found so far."""

    root: Element
    url: str
    metas: Mapping[str, str]
    document_title: str
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
        container = common_ancestor([line.owner for line in inside]) if inside else body
        title = sharing.title or without_site(self.document_title, self.metas, ())
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
        if known is not None and self._text_stands_beside(known, above) and not self._holds_article(known):
            known = None
        facts = Facts()
        if known is not None:
            settle(known)
            drop_copies(known)
            pictures = mark_pictures(known)
            container, lines = known, list(islice(lines_of(known, large_tables=False), _MOST_LINES))
            heading = self._heading(above)
        else:
            settle(self._body())
            pictures = mark_pictures(self._body())
            page_lines = list(islice(lines_of(self._body()), _MOST_LINES))
            every_link = links_of(self._body(), base) if may_list(page_lines) else ()
            found = find_densest(self._body(), page_lines, self._title_line(page_lines))
            if found is None and lists_titles(page_lines):
                every_link = links_of(self._body(), base)
            if found is None or is_list_page(page_lines, found[2]):
                unmark_pictures(pictures)
                return self._nothing(page_lines, every_link)
            container, above, lines, heading, doubtful = found
            heading = self._in_full(heading, above)
            if copies := drop_copies(container):
                lines = [line for line in lines if line.owner not in copies]
            heading = heading or self._heading(above)
            if doubtful:
                self.note(
                    "article.uncertain",
                    Severity.WARNING,
                    "The page has no marked article; the body was taken by the density of its text.",
                )
        is_list = lists_articles(lines)
        listed = links_of(container, base) if is_list else ()
        read_box(above, facts)
        self._date_below(above, heading, facts)
        inner_title = self._trim(lines, facts, known is None, heading)
        unmark_pictures(pictures)
        title = self._title(heading, inner_title, facts)
        if facts.published is None and facts.dated is None and "pubdate" not in self.metas:
            read_below([line.text for line in islice(lines_below(container), 12)], facts)
        if is_list:
            self.note("page.list", Severity.WARNING, "The page is a list of links, not an article.", links=len(lines))
        elif not any(line.text for line in lines) and not holds_something(container):
            self.note("page.no_article", Severity.ERROR, "The page has no article.")
        return Article(
            title=title,
            published=None if is_list else self._published(facts),
            publisher=facts.publisher or self.metas.get("contentsource") or facts.source,
            index_box=facts.index_box,
            body=container,
            links=listed or links_of(container, base, self.root),
            findings=tuple(self.findings),
            is_list=is_list,
            before="\n".join([self.document_title, *(line.text for line in above[-12:])]),
        )

    def _in_full(self, heading: str | None, above: Sequence[Line]) -> str | None:
        """A title with its first half, if that stands in a paragraph of its own above it."""
        wanted = self._wanted_titles()
        if heading is None or squeeze(heading) in wanted:
            return heading
        whole = (first.text + second.text for first, second in pairwise(above) if second.text == heading)
        return next((title for title in whole if squeeze(title) in wanted), heading)

    def _text_stands_beside(self, known: Element, above: Sequence[Line]) -> bool:
        """Whether there is text outside of what is named as the article: after settling, as hidden text is none."""
        if self._text_above(known, above):
            settle(self._body())
            return True
        if not has_text_beside(self._body(), known):
            return False
        settle(self._body())
        return has_text_beside(self._body(), known)

    def _text_above(self, known: Element, above: Sequence[Line]) -> bool:
        """Whether a text, a file or a picture stands between the title and a container."""
        wanted = self._wanted_titles()
        title_at = next((i for i in range(len(above) - 1, -1, -1) if squeeze(above[i].text) in wanted), None)
        if title_at is None:
            return False
        between = [line for line in above[title_at + 1 :] if not is_link(line)]
        if any(line.attachment or is_sentence(line.text) for line in between):
            return True
        if sum(not line.in_table and line_of(line.text) is LineKind.TEXT for line in between) >= 4:
            return True
        together = common_ancestor([above[title_at].owner, known])
        pictures = (image for image in together.iter("img") if is_large_picture(image))
        return any(known not in image.iterancestors() for image in pictures)

    def _holds_article(self, known: Element) -> bool:
        """Whether a container with the name of a body is that of the article, and all of it.

        Names mislead: a panel of tips may bear one, and a report in several parts may have it on the first alone.
        """
        body = self._body()
        pictures = mark_pictures(body)
        lines = list(islice(lines_of(body), _MOST_LINES))
        unmark_pictures(pictures)
        title_at = self._title_line(lines)
        part = densest_part(body, lines, title_at) if title_at is not None else None
        if title_at is None or part is None or part.container is known:
            return True
        above = {known, *known.iterancestors()}
        if part.container in above:
            inside = set(known.iter())
            indexes = range(part.start, part.end)
            last = max((i for i in indexes if lines[i].owner in inside), default=part.end)
            below = [lines[i] for i in indexes if i > last and part.worths[i]]
            return not goes_on_with_figures(below)
        if known in part.container.iterancestors():
            return True
        together = common_ancestor([lines[title_at].owner, part.container])
        return together in above or sum(part.worths) < 20

    def _nothing(self, lines: Sequence[Line], every_link: tuple[Link, ...]) -> Article:
        is_list = bool(every_link)
        if is_list:
            self.note("page.list", Severity.WARNING, "The page is a list of links, not an article.", links=len(lines))
        else:
            self.note("page.no_article", Severity.ERROR, "The page has no article.")
        return Article(
            self._title(None, None, Facts()), None, None, {}, None, every_link, tuple(self.findings),
            is_list=is_list, before=self.document_title,
        )  # fmt: skip

    # ------------------------------------------------------------ title and date

    def _wanted_titles(self) -> list[str]:
        """What the head says the title is, squeezed: the meta tag, then the title element and its parts."""
        wanted = [squeeze(self.metas.get("articletitle", ""))]
        wanted.append(squeeze(self.document_title))
        # the longest part first: the others name the site, the column or the authority, which sign the text as well
        wanted += sorted(map(squeeze, TITLE_BREAK.split(self.document_title)), key=len, reverse=True)
        return [title for title in dict.fromkeys(wanted) if len(title) >= 4]

    def _title_line(self, lines: Sequence[Line]) -> int | None:
        """The line of the page that is its title, if the head's titles or a heading tell."""
        squeezed = [(i, squeeze(line.text)) for i, line in enumerate(lines) if 3 < len(line.text) < 200]
        squeezed = [(i, text) for i, text in squeezed if len(text) >= 4 and not is_link(lines[i])]
        # a heading broken in two is found by its last line
        squeezed += [(i, squeeze(joined_heading(lines, i))) for i, _ in squeezed if ends_heading(lines, i)]
        for title in self._wanted_titles():
            same = [i for i, text in squeezed if text == title] or in_two(lines, squeezed, title)
            # a value of the index box, unless nothing else is
            same = [i for i in same if i == 0 or is_label(lines[i - 1].text) is None] or same
            # nor the signature
            same = [i for i in same if may_head(lines, i)]
            if same:
                # the box repeats it as 名称, the body as its first line: the heading is the one above the info line
                if SITE_ONLY.search(title) is not None:
                    same = [i for i in same if any(is_under_title(line.text) for line in lines[i + 1 : i + 4])]
                for i in same:
                    if any(line_of(line.text) in (LineKind.INFO, LineKind.TOOL) for line in lines[i + 1 : i + 4]):
                        return i
                if same:
                    return next((i for i in same if is_heading_line(lines[i])), same[0])
        # the title element names the site without a break: 青禾县人民政府 青禾县卫生健康局年报
        whole = squeeze(self.document_title)
        parts = [(len(text), -i) for i, text in squeezed if 10 <= len(text) < len(whole) and text in whole]
        named = -max(parts)[1] if parts else None
        under = next(
            (
                i - 1
                for i in range(1, len(lines))
                if is_under_title(lines[i].text) and self._may_be_title(lines[i - 1]) and may_head(lines, i - 1)
            ),
            None,
        )
        if named is not None and under is not None:
            return max(named, under, key=lambda i: len(lines[i].text))
        if named is not None or under is not None:
            return under if named is None else named
        headings = [i for i, line in enumerate(lines) if is_heading_line(line) and self._may_be_title(line)]
        if len(headings) == 1:
            return headings[0]
        named = next((i for i, line in enumerate(lines) if names_document(line) and self._may_be_title(line)), None)
        return named if named is not None and opens_page(lines, named) else None

    @staticmethod
    def _may_be_title(line: Line) -> bool:
        return (
            len(squeeze(line.text)) >= 8
            and not is_link(line)
            and line_of(line.text) is LineKind.TEXT
            and is_label(line.text) is None
            and not NUMBERED.match(line.text)
            and not _DOCUMENT_NUMBER.match(line.text)
            and not _SIGNED_DAY.match(line.text)
        )

    def _heading(self, above: Sequence[Line]) -> str | None:
        """The title as the page prints it above the body."""
        wanted = self._wanted_titles()
        for index in range(len(above) - 1, -1, -1):
            line = above[index]
            joined = joined_heading(above, index)
            if squeeze(joined) in wanted:
                return joined
            if joined is not line.text and squeeze(line.text) in wanted:
                return line.text
        for index in range(len(above) - 1, 0, -1):
            title = above[index - 1]
            if is_under_title(above[index].text) and len(title.text) >= 6 and not is_link(title):
                if index > 1 and is_label(above[index - 2].text) is not None and stands_beside(above[index - 2], title):
                    continue  # a row of the index box
                if line_of(title.text) is LineKind.TEXT and is_label(title.text) is None:
                    return joined_heading(above, index - 1)
                break
        for index in range(len(above) - 1, -1, -1):
            line = above[index]
            if (
                is_heading_line(line)
                and not is_link(line)
                and line_of(line.text) is LineKind.TEXT
                and len(line.text) >= 6
            ):
                return joined_heading(above, index)
        return above[-1].text if above and names_document(above[-1]) else None

    def _title(self, heading: str | None, inner: str | None, facts: Facts) -> str | None:
        meta = self.metas.get("articletitle")
        if meta is not None:
            # the tag is cut at a hundred characters on some templates
            start = squeeze(meta).rstrip("….")
            longer = [t for t in (heading, inner) if t and squeeze(t).startswith(start) and len(t) < 3 * len(meta) + 20]
            return max(longer, key=len) if longer else meta
        printed = [title for title in (heading, inner, facts.title) if title]
        whole = without_site(self.document_title, self.metas, printed)
        for title in printed:
            if whole is None or squeeze(title) in squeeze(self.document_title) or len(title) >= 12:
                return title
        return whole or (printed[0] if printed else None)

    def _published(self, facts: Facts) -> date | None:
        meta = next((day for name in _DATE_METAS if (day := first_date(self.metas.get(name, "")))), None)
        if meta is not None:
            if facts.published is not None and facts.published != meta:
                self.note(
                    "date.differs",
                    Severity.INFO,
                    f"The page prints {facts.published} as its date, its meta tag says {meta}.",
                    printed=facts.published.isoformat(),
                    meta=meta.isoformat(),
                )
            return facts.published or meta
        return facts.published or facts.dated or date_of_address(self.url) or facts.updated

    def _date_below(self, above: Sequence[Line], heading: str | None, facts: Facts) -> None:
        """The day printed without a label on one of the two lines below the title."""
        if facts.published or facts.dated:
            return
        if heading is None:  # a picture stands in its place
            under = (line.text for line in reversed(above) if not labelled(line.text) and is_under_title(line.text))
            facts.dated = first_date(next(under, ""))
            return
        end = squeeze(heading)[-12:]
        for index in range(len(above) - 1, -1, -1):
            if squeeze(above[index].text).endswith(end):
                for line in above[index + 1 : index + 3]:
                    facts.dated = facts.dated or (first_date(line.text) if not is_sentence(line.text) else None)
                for line in above[max(0, index - 3) : index]:
                    if "来源" in line.text and "星期" not in line.text:
                        facts.dated = facts.dated or first_date(line.text)
                return

    # ------------------------------------------------------------ head and foot of the body

    def _trim(self, lines: list[Line], facts: Facts, by_density: bool, heading: str | None) -> str | None:
        """Take the site's lines off the head and the foot of a body, in the tree; returns the title found there."""
        texts = [line.text for line in lines]
        dropped, head, title_at = head_lines(texts)
        dropped.difference_update(set(self._of_event(texts, dropped, facts, heading)))
        read_box(lines[: max(dropped, default=-1) + 1], facts)
        facts.published = facts.published or head.published
        facts.dated = facts.dated or head.dated
        facts.updated = facts.updated or head.updated
        facts.source = facts.source or head.source
        facts.publisher = facts.publisher or head.publisher
        title = None
        if title_at is not None:
            title = texts[title_at]
            dropped.add(title_at)
        elif heading is None and (title_at := self._title_inside(lines, dropped)) is not None:
            title = joined_heading(lines, title_at)
            dropped.update(range(title_at + 1))
            below = title_at + 1
            if below < len(lines) and is_byline(texts[below]):
                facts.dated = facts.dated or first_date(texts[below])
                dropped.add(below)
        dropped |= box_lines(lines, dropped)
        if (abstract := abstract_at(texts, dropped)) is not None:
            dropped.add(abstract)
        dropped.update(index for index, line in enumerate(lines) if is_tool_link(line))
        if by_density:
            first = next((i for i, line in enumerate(lines) if i not in dropped and not is_link(line)), len(lines))
            dropped.update(range(first))
            if first < len(lines) and DAY_BELOW_TITLE.search(texts[first]) and len(texts[first]) < 60:
                # a report signs with 年月日; figures and hyphens are the page's
                facts.dated = facts.dated or first_date(texts[first])
                dropped.add(first)
        end = foot_lines(without_lists(lines, by_density), with_site=by_density)
        read_below(texts[end : end + 12], facts)
        for index, line in enumerate(lines):
            if index in dropped or index >= end:
                erase(line)
        drop_erased_tables([line for index, line in enumerate(lines) if index in dropped or index >= end])
        lines[:] = [line for index, line in enumerate(lines[:end]) if index not in dropped]
        return title

    def _of_event(self, texts: Sequence[str], dropped: Set[int], facts: Facts, heading: str | None) -> Iterator[int]:
        """The lines at the head of a body that say when and what an event is: 时间：…, 名称：… of another day and name.

        They are told only where the page states its own day and title above the body.
        """
        day = facts.published or facts.dated
        if heading is None or day is None:
            return
        for index in dropped:
            pairs = labelled(texts[index])
            if len(pairs) == 1 and pairs[0][1]:
                kind = label_kinds()[pairs[0][0]]
                if (kind == "dated" and first_date(pairs[0][1]) != day) or (
                    kind == "title" and squeeze(pairs[0][1]) != squeeze(heading)
                ):
                    yield index

    def _title_inside(self, lines: Sequence[Line], dropped: Set[int]) -> int | None:
        """The line at the head of a body that is the page's title: no line above the body is."""
        first = next((i for i in range(len(lines)) if i not in dropped), None)
        if first is None:
            return None
        if lines[first].level is None:
            # below an index box, on a page that names only its site
            boxed = sum(index < first for index in dropped) >= 3
            named = any(NAMES_DOCUMENT.search(title) for title in self._wanted_titles())
            return first if boxed and not named and names_document(lines[first]) else None
        last = first
        while last + 1 < len(lines) and lines[last + 1].owner is lines[first].owner:
            last += 1
        return last if squeeze(joined_heading(lines, first)) in self._wanted_titles() else None
