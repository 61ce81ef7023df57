"""The article of a page without the site around it: title, date, publisher, index box, body, links.

Pages of any Chinese government site, by structure and meaning: first the containers and comment marks by which the
CMS families name their article bodies, then the densest part of the page between its title and its foot. A report
may be four lines or nothing but tables, so the search counts lines that are no links and no chrome, not only prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import cast
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree

from parsers import mirrors
from parsers.chrome import (
    INFO_KINDS,
    Facts,
    LineKind,
    chrome_data,
    first_date,
    foot_lines,
    head_lines,
    is_breadcrumb,
    is_label,
    is_sentence,
    is_sure_footer,
    label_kinds,
    labelled,
    line_of,
    squeeze,
)
from parsers.dom import Element, Line, collapse, drop, erase, is_hidden, lines_of, parse, select, settle, strip
from parsers.model import Finding, Link, Severity
from parsers.paging import read_paging

_URL_DATES = (
    re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/"),  # Hanweb
    re.compile(r"/t(\d{4})(\d{2})(\d{2})_\d+\."),  # TRS
    re.compile(r"/c/(\d{4})-(\d{2})-(\d{2})/\d+\.s?html"),  # Kunming
)
_QUOTED = re.compile(r"""['"]([^'"<>]{3,500})['"]""")
_TITLE_BREAKS = " \t\u3000-_|—–―丨·－｜"
_TITLE_BREAK = re.compile(r"\s*[-_|—–―丨·－｜]+\s*")
_LONGEST_TITLE = 400
_LONGEST_LINK = 300  # characters of an address that is worth remembering
_SITE_NAME = re.compile(
    r"(?:网|网站|门户|人民政府|政府|首页|平台|频道|公开|专栏|委员会|[局厅委办]|年报|年度报告|目录|栏目)$"
)
_DOMAIN = re.compile(r"[\s_|-]{1,5}(?:[A-Za-z0-9-]{1,40}\.){1,4}(?:cn|com|net|org)$")
_PORTAL = re.compile(
    "^.{2,20}(?:网|网站|门户|平台|首页|频道|公开|人民政府)$"
)  # before a title that names its authority
_AUTHORITY = re.compile("(?:局|委员会|卫健委|卫计委|卫生厅|委|办公室).*报告")
# of an authority or a site: signs a text as well
_SITE_ONLY = re.compile("(?:网|网站|门户|政府|首页|平台|频道|委员会|[局厅委办])$")
_DAY_ONLY = re.compile(
    r"^[\[(（【]?\s?(?:20|19)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s?[\])）】]?$"
)
_DAY_OF_LINK = re.compile(
    r"^[\[(（【]?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?\s*|\s*[\[(（【]?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?$"
)
_DAY_BELOW_TITLE = re.compile(r"^[^。，]{0,30}(?<!\d)20\d\d[-/]\d{1,2}[-/]\d{1,2}(?!\d)[^。，]{0,30}$")
_DATE_METAS = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
# what the names of documents end with
_NAMES_DOCUMENT = re.compile(
    "(?:报告|年报|通知|公告|公示|通报|通告|意见|办法|方案|规划|决定|细则|批复|公报)(?:（[^（）]{1,12}）)?$"
)
_DOCUMENT_NUMBER = re.compile(r"^\S{1,20}[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]\S{0,4}\d{1,5}\s?号$")
_SIGNED_DAY = re.compile(r"^[\d〇○O零一二三四五六七八九十]{4}\s?年.{1,3}月.{1,3}日$")
_NO_VALUE = frozenset({"", "null", "undefined", "none", "无"})
_END_MARKS = ("上一篇", "下一篇", "上一条", "下一条", "【打印", "[打印", "[ 打印", "打印", "【关闭", "扫一扫")
_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,2}）")
_CONTACT = re.compile(".{0,12}(?:地址|电话|邮编|邮箱|传真)[:：]")  # of the keeper of a site
_NUMBER = re.compile(r"\s*(\d{1,6})")
_ICON = re.compile(r"icon|spacer|blank\.|/file_?type|fileTypeImages|logo|qrcode|ewm|print|close|share", re.IGNORECASE)
_SMALL = 120  # pixels; a smaller picture holds no table
PICTURE = "\ufffc"  # the line of a picture while an article is being looked for
_LINES_ABOVE = 160  # lines above a body in which its title and its index box are looked for
_MOST_LINES = 60_000  # of one page; what is below is neither trimmed nor weighed
_WEAK_SHARE = 0.15  # of the text: short lines outside the densest part that are left behind
_LONG = 600  # worth of lines that are no panel of a site beside a short text
_SENTENCE_WORTH = 20  # characters that the full stop of a line is worth


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
    search = _Search(root, url, _metas(root), _document_title(root))
    if page.too_deep:
        search.note(
            "page.too_deep", Severity.WARNING, "The markup is nested too deep; it was read without its structure."
        )
    if page.cut:
        search.note("page.cut", Severity.ERROR, "The page is longer than any report; its end was not read.")
    base = _base(root, url)
    _show_attachments(root, _scripted_file().search(html_text) is not None)
    if "<!--" in html_text:
        _wrap_marked(root)
    paging = read_paging(root, html_text, url, base)
    strip(root)
    if _may_be_shared(html_text, url) and (shared := search.shared(base)) is not None:
        return shared
    article = search.article(base)
    if paging is None or article.body is None or article.is_list:
        return article
    findings = (*article.findings, paging.finding) if paging.finding else article.findings
    return replace(article, further=paging.further, findings=findings)


# ---------------------------------------------------------------- before cleaning


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


def _base(root: Element, url: str) -> str:
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
def _scripted_file() -> re.Pattern[str]:
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


def _show_attachments(root: Element, scripted: bool) -> None:
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


def _wrap_marked(root: Element) -> None:
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


def _may_be_shared(html_text: str, url: str) -> bool:
    if (urlsplit(url).hostname or "").endswith("gov.cn"):
        return False
    return mirrors.engine_of(url) is not None or any(
        mark in html_text for mark in ("上传人", "文档编号", "资源ID", "由会员", "免费预览", "预览完了")
    )


# ---------------------------------------------------------------- the search


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
        container = _common([line.owner for line in inside]) if inside else body
        title = sharing.title or _without_site(self.document_title, self.metas, ())
        return Article(title, None, None, {}, container, _links(container, base), tuple(self.findings), sharing=sharing)

    def _body(self) -> Element:
        body = self.root.find("body")
        return body if body is not None else self.root

    def article(self, base: str) -> Article:
        """The article of the page."""
        known = next((element for element in _known_containers(self.root) if _holds_something(element)), None)
        above = list(_lines_above(known)) if known is not None else []
        if known is not None and self._text_stands_beside(known, above) and not self._holds_article(known):
            known = None
        facts = Facts()
        if known is not None:
            settle(known)
            _drop_copies(known)
            pictures = _mark_pictures(known)
            container, lines = known, list(islice(lines_of(known, large_tables=False), _MOST_LINES))
            heading = self._heading(above)
        else:
            settle(self._body())
            pictures = _mark_pictures(self._body())
            page_lines = list(islice(lines_of(self._body()), _MOST_LINES))
            every_link = _links(self._body(), base) if _may_list(page_lines) else ()
            found = _densest(self._body(), page_lines, self._title_line(page_lines))
            if found is None and _lists_titles(page_lines):
                every_link = _links(self._body(), base)
            if found is None or _is_list_page(page_lines, found[2]):
                _unmark(pictures)
                return self._nothing(page_lines, every_link)
            container, above, lines, heading, doubtful = found
            heading = self._in_full(heading, above)
            if copies := _drop_copies(container):
                lines = [line for line in lines if line.owner not in copies]
            heading = heading or self._heading(above)
            if doubtful:
                self.note(
                    "article.uncertain",
                    Severity.WARNING,
                    "The page has no marked article; the body was taken by the density of its text.",
                )
        is_list = _is_list(lines)
        listed = _links(container, base) if is_list else ()
        _read_box(above, facts)
        self._date_below(above, heading, facts)
        inner_title = self._trim(lines, facts, known is None, heading)
        _unmark(pictures)
        title = self._title(heading, inner_title, facts)
        if facts.published is None and facts.dated is None and "pubdate" not in self.metas:
            _read_below([line.text for line in islice(_lines_below(container), 12)], facts)
        if is_list:
            self.note("page.list", Severity.WARNING, "The page is a list of links, not an article.", links=len(lines))
        elif not any(line.text for line in lines) and not _holds_something(container):
            self.note("page.no_article", Severity.ERROR, "The page has no article.")
        return Article(
            title=title,
            published=None if is_list else self._published(facts),
            publisher=facts.publisher or self.metas.get("contentsource") or facts.source,
            index_box=facts.index_box,
            body=container,
            links=listed or _links(container, base, self.root),
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
        if not _has_text_beside(self._body(), known):
            return False
        settle(self._body())
        return _has_text_beside(self._body(), known)

    def _text_above(self, known: Element, above: Sequence[Line]) -> bool:
        """Whether a text, a file or a picture stands between the title and a container."""
        wanted = self._wanted_titles()
        title_at = next((i for i in range(len(above) - 1, -1, -1) if squeeze(above[i].text) in wanted), None)
        if title_at is None:
            return False
        between = [line for line in above[title_at + 1 :] if not _is_link(line)]
        if any(line.attachment or is_sentence(line.text) for line in between):
            return True
        if sum(not line.in_table and line_of(line.text) is LineKind.TEXT for line in between) >= 4:
            return True
        together = _common([above[title_at].owner, known])
        pictures = (image for image in together.iter("img") if is_large_picture(image))
        return any(known not in image.iterancestors() for image in pictures)

    def _holds_article(self, known: Element) -> bool:
        """Whether a container with the name of a body is that of the article, and all of it.

        Names mislead: a panel of tips may bear one, and a report in several parts may have it on the first alone.
        """
        body = self._body()
        pictures = _mark_pictures(body)
        lines = list(islice(lines_of(body), _MOST_LINES))
        _unmark(pictures)
        title_at = self._title_line(lines)
        part = _densest_part(body, lines, title_at) if title_at is not None else None
        if title_at is None or part is None or part.container is known:
            return True
        above = {known, *known.iterancestors()}
        if part.container in above:
            inside = set(known.iter())
            indexes = range(part.start, part.end)
            last = max((i for i in indexes if lines[i].owner in inside), default=part.end)
            below = [lines[i] for i in indexes if i > last and part.worths[i]]
            return not _goes_on_with_figures(below)
        if known in part.container.iterancestors():
            return True
        together = _common([lines[title_at].owner, part.container])
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
        wanted += sorted(map(squeeze, _TITLE_BREAK.split(self.document_title)), key=len, reverse=True)
        return [title for title in dict.fromkeys(wanted) if len(title) >= 4]

    def _title_line(self, lines: Sequence[Line]) -> int | None:
        """The line of the page that is its title, if the head's titles or a heading tell."""
        squeezed = [(i, squeeze(line.text)) for i, line in enumerate(lines) if 3 < len(line.text) < 200]
        squeezed = [(i, text) for i, text in squeezed if len(text) >= 4 and not _is_link(lines[i])]
        # a heading broken in two is found by its last line
        squeezed += [(i, squeeze(_joined_heading(lines, i))) for i, _ in squeezed if _ends_heading(lines, i)]
        for title in self._wanted_titles():
            same = [i for i, text in squeezed if text == title] or _in_two(lines, squeezed, title)
            # a value of the index box, unless nothing else is
            same = [i for i in same if i == 0 or is_label(lines[i - 1].text) is None] or same
            # nor the signature
            same = [i for i in same if _may_head(lines, i)]
            if same:
                # the box repeats it as 名称, the body as its first line: the heading is the one above the info line
                if _SITE_ONLY.search(title) is not None:
                    same = [i for i in same if any(_is_under_title(line.text) for line in lines[i + 1 : i + 4])]
                for i in same:
                    if any(line_of(line.text) in (LineKind.INFO, LineKind.TOOL) for line in lines[i + 1 : i + 4]):
                        return i
                if same:
                    return next((i for i in same if _is_heading(lines[i])), same[0])
        # the title element names the site without a break: 青禾县人民政府 青禾县卫生健康局年报
        whole = squeeze(self.document_title)
        parts = [(len(text), -i) for i, text in squeezed if 10 <= len(text) < len(whole) and text in whole]
        named = -max(parts)[1] if parts else None
        under = next(
            (
                i - 1
                for i in range(1, len(lines))
                if _is_under_title(lines[i].text) and self._may_be_title(lines[i - 1]) and _may_head(lines, i - 1)
            ),
            None,
        )
        if named is not None and under is not None:
            return max(named, under, key=lambda i: len(lines[i].text))
        if named is not None or under is not None:
            return under if named is None else named
        headings = [i for i, line in enumerate(lines) if _is_heading(line) and self._may_be_title(line)]
        if len(headings) == 1:
            return headings[0]
        named = next((i for i, line in enumerate(lines) if _names_document(line) and self._may_be_title(line)), None)
        return named if named is not None and _opens_page(lines, named) else None

    @staticmethod
    def _may_be_title(line: Line) -> bool:
        return (
            len(squeeze(line.text)) >= 8
            and not _is_link(line)
            and line_of(line.text) is LineKind.TEXT
            and is_label(line.text) is None
            and not _NUMBERED.match(line.text)
            and not _DOCUMENT_NUMBER.match(line.text)
            and not _SIGNED_DAY.match(line.text)
        )

    def _heading(self, above: Sequence[Line]) -> str | None:
        """The title as the page prints it above the body."""
        wanted = self._wanted_titles()
        for index in range(len(above) - 1, -1, -1):
            line = above[index]
            joined = _joined_heading(above, index)
            if squeeze(joined) in wanted:
                return joined
            if joined is not line.text and squeeze(line.text) in wanted:
                return line.text
        for index in range(len(above) - 1, 0, -1):
            title = above[index - 1]
            if _is_under_title(above[index].text) and len(title.text) >= 6 and not _is_link(title):
                if index > 1 and is_label(above[index - 2].text) is not None and _beside(above[index - 2], title):
                    continue  # a row of the index box
                if line_of(title.text) is LineKind.TEXT and is_label(title.text) is None:
                    return _joined_heading(above, index - 1)
                break
        for index in range(len(above) - 1, -1, -1):
            line = above[index]
            if _is_heading(line) and not _is_link(line) and line_of(line.text) is LineKind.TEXT and len(line.text) >= 6:
                return _joined_heading(above, index)
        return above[-1].text if above and _names_document(above[-1]) else None

    def _title(self, heading: str | None, inner: str | None, facts: Facts) -> str | None:
        meta = self.metas.get("articletitle")
        if meta is not None:
            # the tag is cut at a hundred characters on some templates
            start = squeeze(meta).rstrip("….")
            longer = [t for t in (heading, inner) if t and squeeze(t).startswith(start) and len(t) < 3 * len(meta) + 20]
            return max(longer, key=len) if longer else meta
        printed = [title for title in (heading, inner, facts.title) if title]
        whole = _without_site(self.document_title, self.metas, printed)
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
        return facts.published or facts.dated or _date_of_address(self.url) or facts.updated

    def _date_below(self, above: Sequence[Line], heading: str | None, facts: Facts) -> None:
        """The day printed without a label on one of the two lines below the title."""
        if facts.published or facts.dated:
            return
        if heading is None:  # a picture stands in its place
            under = (line.text for line in reversed(above) if not labelled(line.text) and _is_under_title(line.text))
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
        _read_box(lines[: max(dropped, default=-1) + 1], facts)
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
            title = _joined_heading(lines, title_at)
            dropped.update(range(title_at + 1))
            below = title_at + 1
            if below < len(lines) and _is_byline(texts[below]):
                facts.dated = facts.dated or first_date(texts[below])
                dropped.add(below)
        dropped |= _box_lines(lines, dropped)
        if (abstract := _abstract(texts, dropped)) is not None:
            dropped.add(abstract)
        dropped.update(index for index, line in enumerate(lines) if _is_tool_link(line))
        if by_density:
            first = next((i for i, line in enumerate(lines) if i not in dropped and not _is_link(line)), len(lines))
            dropped.update(range(first))
            if first < len(lines) and _DAY_BELOW_TITLE.search(texts[first]) and len(texts[first]) < 60:
                # a report signs with 年月日; figures and hyphens are the page's
                facts.dated = facts.dated or first_date(texts[first])
                dropped.add(first)
        end = foot_lines(_without_lists(lines, by_density), with_site=by_density)
        _read_below(texts[end : end + 12], facts)
        for index, line in enumerate(lines):
            if index in dropped or index >= end:
                erase(line)
        _drop_erased_tables([line for index, line in enumerate(lines) if index in dropped or index >= end])
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
            named = any(_NAMES_DOCUMENT.search(title) for title in self._wanted_titles())
            return first if boxed and not named and _names_document(lines[first]) else None
        last = first
        while last + 1 < len(lines) and lines[last + 1].owner is lines[first].owner:
            last += 1
        return last if squeeze(_joined_heading(lines, first)) in self._wanted_titles() else None


def _is_byline(text: str) -> bool:
    """Whether a line below a title states the day of publication: the day a report signs with has no clock."""
    if len(text) >= 60 or is_sentence(text):
        return False
    return _DAY_BELOW_TITLE.search(text) is not None or (
        _CLOCK.search(text) is not None and first_date(text) is not None
    )


def _is_tool_link(line: Line) -> bool:
    """Whether a line is a link of the page's tools, which parts of a text have between them: 返回顶部."""
    if not 0 < line.linked <= 8 or line.attachment or line.in_table:
        return False
    return line.linked == len(line.text) and line_of(line.text) is LineKind.TOOL


def _abstract(texts: Sequence[str], dropped: Set[int]) -> int | None:
    """The line at the head of a body that only repeats the beginning of the next one: an abstract made by the CMS."""
    kept = [index for index in range(min(len(texts), 40)) if index not in dropped][:2]
    if len(kept) < 2 or len(texts[kept[0]]) < 20:
        return None
    return kept[0] if squeeze(texts[kept[1]]).startswith(squeeze(texts[kept[0]]).rstrip(".…")) else None


def _may_head(lines: Sequence[Line], index: int) -> bool:
    """Whether a line can be a title rather than a signature: it is marked, names a document, or has text below it."""
    if _is_heading(lines[index]) or _names_document(lines[index]):
        return True
    if _opens_page(lines, index):
        return any(_worth(line) and not _is_of_site(line.text) for line in lines[index + 1 :])
    return any(
        line.attachment
        or line.text == PICTURE
        or (line.in_table and line.text.isdigit())
        or (is_sentence(line.text) and line_of(line.text) is LineKind.TEXT)
        for line in lines[index + 1 :]
        if not _is_link(line)
    )


def _names_document(line: Line) -> bool:
    """Whether a line reads like the name of a document: 某局2022年政府信息公开工作年度报告."""
    return 10 <= len(line.text) < 80 and not _is_link(line) and _NAMES_DOCUMENT.search(line.text) is not None


def _opens_page(lines: Sequence[Line], index: int) -> bool:
    """Whether nothing above a line is text: links, menus and tools only, so that an article can begin there.

    A picture above is a scan of the report, unless there is text below.
    """
    scan = sum(_worth(line) for line in lines[index + 1 :] if not _is_of_site(line.text)) < 20
    return not any(
        not _is_link(line) and (is_sentence(line.text) or line.attachment or (scan and line.text == PICTURE))
        for line in lines[:index]
    )


def _in_two(lines: Sequence[Line], squeezed: Sequence[tuple[int, str]], title: str) -> list[int]:
    """The lines that end a title printed in two paragraphs of one kind."""
    starts = [(i, text) for i, text in squeezed if len(text) < len(title) and title.startswith(text)]
    return [i + 1 for i, text in starts if i + 1 < len(lines) and text + squeeze(lines[i + 1].text) == title]


def _ends_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the last of several that one heading element holds."""
    if index == 0 or lines[index - 1].owner is not lines[index].owner or not _is_heading(lines[index]):
        return False
    return index + 1 == len(lines) or lines[index + 1].owner is not lines[index].owner


def _is_under_title(text: str) -> bool:
    """Whether a line is the one under a title: date, source and counters, no row of an index box."""
    pairs = labelled(text)
    if pairs:
        return {label_kinds()[label] for label, _ in pairs} <= INFO_KINDS
    return line_of(text) is LineKind.TOOL and first_date(text) is not None


def _date_of_address(url: str) -> date | None:
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                return None
    return None


def _without_site(title: str, metas: Mapping[str, str], printed: Sequence[str]) -> str | None:
    """A title element without the names of the site and the column that follow or precede the title."""
    if not title:
        return None
    for text in printed:
        if len(text) >= 6 and squeeze(text) in squeeze(title):
            return text
    names = {squeeze(metas.get(name, "")) for name in ("sitename", "columnname")} - {""}
    title = title[:_LONGEST_TITLE]
    title = (_DOMAIN.sub("", title) or title).strip(_TITLE_BREAKS)
    while (breaks := list(_TITLE_BREAK.finditer(title))) and _names_site(title[breaks[-1].end() :], names):
        title = title[: breaks[-1].start()].strip(_TITLE_BREAKS)
    while (first := _TITLE_BREAK.search(title)) is not None:
        name, rest = title[: first.start()], title[first.end() :]
        if squeeze(name) not in names and not (_PORTAL.match(name) and _AUTHORITY.search(rest)):
            break
        title = rest.strip(_TITLE_BREAKS)
    return title or None


def _names_site(text: str, names: Set[str]) -> bool:
    return squeeze(text) in names or (len(text) <= 24 and _SITE_NAME.search(text) is not None)


@cache
def _title_names() -> frozenset[str]:
    return frozenset(name.lower() for name in chrome_data()["names"]["title"])


def _is_heading(line: Line) -> bool:
    if line.level is not None and line.level <= 3:
        return True
    if line.owner.tag == "ucaptitle":
        return True
    names = f"{line.owner.get('class') or ''} {line.owner.get('id') or ''}".lower().split()
    return not _title_names().isdisjoint(names)


def _joined_heading(lines: Sequence[Line], index: int) -> str:
    """The line with the other lines of the same element: a heading broken in two is one title."""
    owner = lines[index].owner
    alone = all(line.owner is not owner for line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]))
    if alone or not _is_heading(lines[index]):
        return lines[index].text
    start, end = index, index + 1
    while start > 0 and lines[start - 1].owner is owner:
        start -= 1
    while end < len(lines) and lines[end].owner is owner and line_of(lines[end].text) is LineKind.TEXT:
        end += 1
    text = ""
    for line in lines[start:end]:
        text += " " + line.text if text and text[-1].isascii() and line.text[0].isascii() else line.text
    return text


# ---------------------------------------------------------------- known containers


@cache
def _ranks() -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    containers = chrome_data()["containers"]
    ids = {name: rank for rank, name in reversed(list(enumerate(containers["ids"])))}
    classes = {name: 1000 + rank for rank, name in reversed(list(enumerate(containers["classes"])))}
    tags = {name: 900 if name != "article" else 3000 for name in containers["tags"]}
    return ids, classes, tags


def _known_containers(root: Element) -> Iterator[Element]:
    """Elements named like article bodies, best first; of several with one name their common parent."""
    yield from _named(root.iter("div", "section", "ucapcontent", "form"))
    yield from _named([*root.iter("td", "table"), *select(root, "//span[@id]|//font[@id]|//p[@id]|//ul[@id]")])
    yield from _named(root.iter("article"))


def _named(elements: Iterable[Element]) -> Iterator[Element]:
    ids, classes, tags = _ranks()
    ranked: dict[int, list[Element]] = {}
    for element in elements:
        rank = tags.get(element.tag)
        name = element.get("id")
        if name is not None:
            rank = ids.get(name, rank)
        names = element.get("class")
        if names is not None and (rank is None or rank >= 1000):
            for part in names.split():
                if part in classes:
                    rank = min(rank or 9999, classes[part])
        if rank is None and element.get("data-marked") is not None:
            rank = 800
        if rank is not None:
            ranked.setdefault(rank, []).append(element)
    for rank in sorted(ranked):
        outer = _without_copies(_outermost(ranked[rank]))
        if len(outer) > 1:
            outer = [element for element in outer if not is_hidden(element)] or outer
        if len(outer) == 1:
            yield outer[0]
            continue
        filled = [element for element in outer if _holds_something(element)]
        if len(filled) == 1:
            yield filled[0]
        elif 1 < len(filled) <= 20:
            # an editor's block per part of the article: what encloses all, when little else is in there
            together = _common(filled)
            inside = sum(map(_weight, filled))
            if inside * 2 > _weight(together):
                yield together
            else:
                yield max(filled, key=_weight)


def _outermost(elements: Sequence[Element]) -> list[Element]:
    members = set(elements)
    return [element for element in elements if not any(parent in members for parent in element.iterancestors())]


def _without_copies(elements: Sequence[Element]) -> list[Element]:
    """The elements without those whose text an earlier one has: a second edition of the page, for telephones."""
    if len(elements) < 2:
        return list(elements)
    first: dict[str, Element] = {}
    for element in elements:
        text = squeeze("".join(cast(Iterator[str], element.itertext())))
        first.setdefault(text if _is_long_text(text) else f"{len(first)}", element)
    return list(first.values())


def _is_long_text(text: str) -> bool:
    return len(text) >= 200 and text.count("。") >= 3


def _drop_copies(container: Element) -> set[Element]:
    """Remove from a body what repeats an earlier part of it word by word; returns the elements removed."""
    parts = [child for child in container if child.tag in ("div", "section", "article") and len(child)]
    kept = set(_without_copies(parts))
    copies: set[Element] = set()
    for part in parts:
        if part not in kept:
            copies.update(part.iter())
            drop(part)
    return copies


def _weight(element: Element) -> int:
    return sum(len(text.strip()) for text in cast(Iterator[str], element.itertext()))


def _holds_something(element: Element) -> bool:
    """Whether an element holds text, a picture or a file: an empty container is one that a script fills."""
    length = 0
    for text in cast(Iterator[str], element.itertext()):
        length += len(text.strip())
        if length >= 8:
            return True
    return any(child.tag == "img" or child.get("data-attachment") is not None for child in element.iter("img", "a"))


def _common(elements: Sequence[Element]) -> Element:
    """The innermost element that encloses all."""
    path = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        chain = {element, *element.iterancestors()}
        path = [parent for parent in path if parent in chain]
    return path[0]


def _lines_above(container: Element) -> Iterator[Line]:
    """Lines above a body, in reading order, as far up as its title and its index box may stand: to the site's path."""
    groups: list[list[Line]] = []
    count = 0
    element = container
    while count < _LINES_ABOVE:
        for sibling in list(element.itersiblings(preceding=True)):
            if is_hidden(sibling):
                continue
            settle(sibling)
            group = list(lines_of(sibling))
            if len(group) > _LINES_ABOVE:
                group = group[-_LINES_ABOVE:]
            groups.append(group)
            count += len(group)
            if count >= _LINES_ABOVE or any(is_breadcrumb(line.text) for line in group):
                count = _LINES_ABOVE
                break
        parent = element.getparent()
        if parent is None or parent.tag == "body":
            break
        if parent.text and parent.text.strip():
            groups.append([Line(collapse(parent.text), parent)])
        element = parent
    for group in reversed(groups):
        yield from group


def _lines_below(container: Element) -> Iterator[Line]:
    """Lines behind a body, in reading order."""
    element: Element | None = container
    while element is not None and element.tag != "body":
        for sibling in list(element.itersiblings()):
            settle(sibling)
            yield from lines_of(sibling)
        element = element.getparent()


# ---------------------------------------------------------------- the densest part


def is_large_picture(image: Element) -> bool:
    """Whether a picture can hold a table or a page: not an icon, not a small one."""
    address = image.get("src") or image.get("data-src") or image.get("data-original") or image.get("_src") or ""
    sides = [int(match[1]) for name in ("width", "height") if (match := _NUMBER.match(image.get(name) or ""))]
    return bool(address) and not (sides and min(sides) < _SMALL) and not _ICON.search(address[-200:])


def _mark_pictures(body: Element) -> list[Element]:
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


def _unmark(pictures: Iterable[Element]) -> None:
    for picture in pictures:
        picture.tail = (picture.tail or "").replace(PICTURE, "") or None


def _is_link(line: Line) -> bool:
    """Whether a line is a link to another page, with or without the day that lists print beside it."""
    if line.linked == 0 or line.attachment:
        return False
    if line.linked * 10 > len(line.text) * 6:
        return True
    return line.linked * 10 > len(_DAY_OF_LINK.sub("", line.text)) * 6


def _worth(line: Line) -> int:
    """What a line counts for: its characters outside links, more for a sentence, nothing for chrome."""
    if line.attachment or line.text == PICTURE:
        return 20
    if _is_link(line) or _DAY_ONLY.match(line.text):
        return 0
    if line_of(line.text) is not LineKind.TEXT:
        return 0
    worth = max(len(line.text) - line.linked, 0)
    return worth + _SENTENCE_WORTH if "。" in line.text else worth + line.in_table


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a page with its text: an element, and the lines from `start` to `end` of what it holds."""

    container: Element
    start: int
    end: int
    worths: Sequence[int]  # of all lines of the page
    titled: bool  # the title was where it was thought to be


def _has_text_beside(body: Element, known: Element) -> bool:
    """Whether a page has three sentences, or a table with six figures, outside of what is named as its article."""
    stops = _text_of(body).count("。")
    if stops >= 3 and stops - _text_of(known).count("。") >= 3:
        return True
    tables = set(body.iter("table")).difference(known.iter("table"), known.iterancestors("table"))
    cells = ("".join(cast(Iterator[str], cell.itertext())) for table in tables for cell in table.iter("td"))
    figures = (text for text in cells if text.strip().isdigit())
    return next(islice(figures, 5, None), None) is not None


def _text_of(element: Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _densest(
    body: Element, lines: Sequence[Line], title_at: int | None
) -> tuple[Element, list[Line], list[Line], str | None, bool] | None:
    """The part of the page with its text.

    Returns the element, the lines above it, its own lines, the title line's text, and whether the choice is doubtful;
    None when nothing on the page is text.
    """
    part = _densest_part(body, lines, title_at)
    if part is None:
        return None
    above, inside = _divide(lines, part.container, part.start, part.end)
    heading = _joined_heading(lines, title_at) if title_at is not None and part.titled else None
    doubtful = heading is None or part.container is body or sum(part.worths) < 30
    return part.container, above, inside, heading, doubtful


def _densest_part(body: Element, lines: Sequence[Line], title_at: int | None) -> _Part | None:
    """The part of the page with its text; None when nothing is text. The tree stays as it is."""
    titled = title_at is not None
    if title_at is None:
        # a picture stands in the title's place: the line under it tells where the article begins
        title_at = next((i for i, line in enumerate(lines) if _is_under_title(line.text)), None)
        title_at = title_at if title_at is not None and _opens_page(lines, title_at) else None
    start = 0 if title_at is None else title_at + 1
    headings = _list_headings(lines)
    start_of_text = start if title_at is None else _below_box(lines, start)
    worths = [0 if i < start_of_text or i in headings else _worth(line) for i, line in enumerate(lines)]
    if title_at is not None and sum(worths) == 0:
        # the title stood below the text
        title_at, titled, start = None, False, 0
        worths = [0 if i in headings else _worth(line) for i, line in enumerate(lines)]
    if title_at is not None:
        aside = _beside_article(body, lines[title_at])
        worths = [0 if line.owner in aside else worth for line, worth in zip(lines, worths, strict=True)]
    end = _foot_of_page(lines, worths, start)
    worths[end:] = [0] * (len(worths) - end)
    if title_at is not None:
        end = _end_of_article(lines, worths, title_at, end)
        worths[end:] = [0] * (len(worths) - end)
    total = sum(worths)
    if total == 0:
        return None
    weights: dict[Element, int] = {}
    for line, worth in zip(lines, worths, strict=True):
        if worth:
            weights[line.owner] = weights.get(line.owner, 0) + worth
    strong = {
        line.owner
        for line, worth in zip(lines, worths, strict=True)
        if worth and (is_sentence(line.text) or worth >= 40)
    }
    sums, holds_strong = _sums(body, weights, strong)
    container = body
    while True:
        best = max((child for child in container if child in sums), key=lambda child: sums[child], default=None)
        if best is None or best.tag in ("p", "tr", "tbody", "h1", "h2", "h3", "h4"):
            break
        rest = sums[container] - sums[best]
        if rest == 0:
            if best.tag == "table":
                cell = _only_cell(best, sums)
                if cell is None:
                    break
                best = cell
            if not any(isinstance(child.tag, str) for child in best):
                break
            container = best
            continue
        others = [child for child in container if child in sums and child is not best]
        if (
            rest <= sums[container] * _WEAK_SHARE
            and not any(child in holds_strong for child in others)
            and weights.get(container, 0) == 0
            and len(best) > 1
            and best.tag not in ("table",)
            and not any(child.tag == best.tag and child.get("class") == best.get("class") for child in others)
        ):
            container = best
            continue
        break
    return _Part(container, start, end, worths, titled)


def _below_box(lines: Sequence[Line], start: int) -> int:
    """The first line below the cells of an index box that begins at `start`."""
    index = start
    while index < len(lines) and is_label(lines[index].text) is not None:
        index += 2 if index + 1 < len(lines) and _beside(lines[index], lines[index + 1]) else 1
    return min(index, len(lines))


def _list_headings(lines: Sequence[Line]) -> set[int]:
    """The short lines directly above three links and more: 通知公告 over its list."""
    return {
        index
        for index, line in enumerate(lines[:-3])
        if len(line.text) <= 12
        and not _is_link(line)
        and all(_is_link(below) for below in lines[index + 1 : index + 4])
        and not re.search(r"[\d。，、；：:附]", line.text)
    }


def _only_cell(table: Element, sums: Mapping[Element, int]) -> Element | None:
    """The cell that holds all the text of a table; None for a table with text in several."""
    element = table
    while element.tag not in ("td", "th"):
        holding = [child for child in element if child in sums]
        if len(holding) != 1 or sums[holding[0]] != sums[element]:
            return None
        element = holding[0]
    return element


def _end_of_article(lines: Sequence[Line], worths: Sequence[int], title_at: int, end: int) -> int:
    """The line at which the element that holds both the title and the text ends, or the tools below the text begin.

    Elements further down belong to the article as well when they go on with it: a report in several sections.
    """
    opening = next((i for i in range(title_at + 1, end) if _opens_text(lines[i], worths[i])), None)
    if opening is None:
        return end
    chain = [lines[title_at].owner, *lines[title_at].owner.iterancestors()]
    ends = _ends(lines, chain, title_at, end)
    level = next((level for level, last in enumerate(ends) if last > opening), None)
    if level is None:
        return end
    last = ends[level]
    for outer in ends[level + 1 :]:
        if outer == last:
            continue
        tools = _tools_below(lines, worths, opening, last)
        if tools is not None:
            return tools
        if not _repeats(lines[opening:last], lines[last:outer]) and _goes_on(worths[opening:last], lines[last:outer]):
            last = outer
    tools = _tools_below(lines, worths, opening, last)
    return last if tools is None else tools


def _opens_text(line: Line, worth: int) -> bool:
    """Whether a line can be the first of a text: not the name of the authority or the day that stand below a title."""
    if worth <= 0:
        return False
    if line.attachment or line.in_table or worth >= 40 or is_sentence(line.text) or line.text == PICTURE:
        return True
    return len(line.text) >= 8 and first_date(line.text) is None and _SITE_ONLY.search(line.text) is None


def _ends(lines: Sequence[Line], chain: Sequence[Element], title_at: int, end: int) -> list[int]:
    """For every element of a chain of ancestors the index behind its last line."""
    levels = {element: level for level, element in enumerate(chain)}
    ends = [title_at + 1] * len(chain)
    for index in range(title_at + 1, end):
        element: Element | None = lines[index].owner
        while element is not None and element not in levels:
            element = element.getparent()
        if element is not None:
            ends[levels[element]] = index + 1
    for level in range(1, len(ends)):
        ends[level] = max(ends[level], ends[level - 1])
    return ends


def _tools_below(lines: Sequence[Line], worths: Sequence[int], opening: int, last: int) -> int | None:
    """The first line of tools behind a text and not within it: 上一篇, 【打印】【关闭】."""
    before = worths[opening]
    below = sum(worths[opening + 1 : last])
    for index in range(opening + 1, last):
        if worths[index]:
            before += worths[index]
            below -= worths[index]
        elif below <= before and lines[index].text.startswith(_END_MARKS):
            return index
    return None


def _goes_on(worths: Sequence[int], below: Sequence[Line]) -> bool:
    """Whether the lines below a text go on with it: numbered headings, figures in cells, long text."""
    if _goes_on_with_figures(below):
        return True
    linked = sum(line.linked > 0 and not line.attachment for line in below)
    found = [worth for line in below if (worth := _worth(line)) and not _is_of_site(line.text)]
    text = len(found)
    if sum(found) >= max(_LONG, 3 * sum(worths)) and linked * 4 < text:
        return True
    if sum(map(bool, worths)) > 1:
        return False
    panel = (
        len(below[0].text) <= 8 and re.search(r"[\d。，、；：:]", below[0].text) is None and below[0].text != PICTURE
    )
    return text > 0 and linked * 2 < text and not panel


def _goes_on_with_figures(below: Sequence[Line]) -> bool:
    if any(_NUMBERED.match(line.text) and not _is_link(line) for line in below):
        return True
    return sum(line.in_table and line.text.isdigit() for line in below) >= 3


def _repeats(text: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether lines below a text only print it again: a second edition of the page, for telephones."""
    seen = {line.text for line in text}
    paragraphs = [line.text for line in below if len(line.text) >= 20 and not _is_link(line)]
    return sum(paragraph in seen for paragraph in paragraphs) * 5 > len(paragraphs) * 4


def _is_of_site(text: str) -> bool:
    return _CONTACT.match(text) is not None or (len(text) < 30 and _SITE_ONLY.search(text) is not None)


def _beside_article(body: Element, title: Line) -> set[Element]:
    """Elements that are by their names parts of the site, with all that they hold; none that holds the title."""
    names = frozenset(chrome_data()["names"]["site"])
    above_title = {title.owner, *title.owner.iterancestors()}
    aside: set[Element] = set()
    sites = [element for element in body.iter("nav", "footer", "aside") if element not in above_title]
    for element in body.iter("div", "section", "ul", "ol", "dl", "table", "td", "p", "form", "header"):
        for attribute in ("class", "id"):
            value = element.get(attribute)
            if value and not names.isdisjoint(value.lower().split()) and element not in above_title:
                sites.append(element)
    for element in sites:
        if element not in aside:
            aside.update(element.iter())
    return aside


def _sums(
    body: Element, weights: Mapping[Element, int], strong: set[Element]
) -> tuple[dict[Element, int], set[Element]]:
    """Text below every element, and the elements that hold a strong line, from the leaves up."""
    sums = dict(weights)
    holds = set(strong)
    for element in reversed(list(body.iter())):
        worth = sums.get(element)
        if worth is None or element is body:
            continue
        parent = element.getparent()
        if parent is not None:
            sums[parent] = sums.get(parent, 0) + worth
            if element in holds:
                holds.add(parent)
    return sums, holds


def _foot_of_page(lines: Sequence[Line], worths: Sequence[int], start: int) -> int:
    """The line where the site's foot begins: the first line of copyright, sponsor or licence below some text."""
    seen = 0
    for index in range(start, len(lines)):
        seen += worths[index]
        if seen >= 8 and line_of(lines[index].text) is LineKind.FOOTER and sum(worths[index:]) <= 4 * seen:
            if _names_organisers(lines, index):
                continue
            # the address of the keeper stands in the same element
            first, together = index, lines[index].owner.getparent()
            while first > start and _CONTACT.match(lines[first - 1].text) is not None:
                if lines[first - 1].owner.getparent() is not together:
                    break
                first -= 1
            return first
    return len(lines)


def _names_organisers(lines: Sequence[Line], index: int) -> bool:
    """Whether 主办单位：… is a line of a text, not of the foot of a site: text stands beside it, and no 备案号."""
    if is_sure_footer(lines[index].text):
        return False
    owner = lines[index].owner
    parent = owner.getparent()
    together = [
        line
        for line in lines[max(0, index - 40) : index + 40]
        if line.owner is owner or line.owner.getparent() is parent
    ]
    if any(is_sure_footer(line.text) for line in together):
        return False
    return any(line_of(line.text) is LineKind.TEXT and is_sentence(line.text) for line in together)


def _divide(lines: Sequence[Line], container: Element, start: int, end: int) -> tuple[list[Line], list[Line]]:
    """The lines above a container, and those inside it that are not above the title or in the foot of the page."""
    inside = set(container.iter())
    above: list[Line] = []
    own: list[Line] = []
    for index, line in enumerate(lines):
        if line.owner in inside and line.owner is not container.getparent():
            if start <= index < end:
                own.append(line)
            else:
                if index < start:
                    above.append(line)
                erase(line)
        elif not own:
            above.append(line)
    return above, own


# ---------------------------------------------------------------- boxes and lists


def _read_box(lines: Sequence[Line], facts: Facts) -> None:
    """Read labels and values: on one line with a colon, or in a cell and the next."""
    for index, line in enumerate(lines):
        pairs = labelled(line.text)
        for label, value in pairs:
            facts.note(label, value if value or label != pairs[-1][0] else _value_below(lines, index))
        if not pairs and is_label(line.text) is not None:
            facts.note(squeeze(line.text).rstrip(":").strip("【】[]"), _value_below(lines, index))


def _value_below(lines: Sequence[Line], index: int) -> str:
    """The line behind a label, if it is the label's value."""
    if index + 1 == len(lines) or not _beside(lines[index], lines[index + 1]):
        return ""
    below = lines[index + 1].text
    return "" if len(below) > 200 or labelled(below) or is_label(below) is not None else below


def _read_below(texts: Sequence[str], facts: Facts) -> None:
    """Read the day and the publisher from lines below a body: 来源：… 发布日期：…"""
    for text in texts:
        if line_of(text) is LineKind.FOOTER:
            return
        for label, value in labelled(text):
            if label_kinds()[label] in ("published", "dated", "source", "publisher"):
                facts.note(label, value)


def _beside(label: Line, value: Line) -> bool:
    """Whether a value stands in the row of its label: a blank value has no line, and the next row is another one's."""
    row = next(label.owner.iterancestors("tr", "li", "dl"), None)
    if row is None or label.owner.tag in ("li", "dt"):
        return True
    return value.owner is row or row in value.owner.iterancestors()


def _box_lines(lines: Sequence[Line], dropped: set[int]) -> set[int]:
    """Lines of an index box at the head of a body: a table or list with 索引号 and two more labels."""
    kinds = [(index, is_label(line.text)) for index, line in enumerate(lines[:60])]
    labels = [index for index, kind in kinds if kind is not None]
    if len(labels) < 3 or not any(kind == "index_number" for _, kind in kinds):
        return set()
    table = next((parent for parent in lines[labels[0]].owner.iterancestors("table", "ul", "dl")), None)
    if table is None:
        return set()
    inside = set(table.iter())
    box = {index for index, line in enumerate(lines[:120]) if line.owner in inside}
    if len(box) > 4 * len(labels) + 4 or any(is_sentence(lines[index].text) for index in box):
        return set()
    return box | {index for index in range(min(box)) if index in dropped}


def _drop_erased_tables(erased: Sequence[Line]) -> None:
    """Remove tables that hold nothing any more: their cells were chrome."""
    tables = {table for line in erased if line.in_table for table in line.owner.iterancestors("table")}
    for table in tables:
        if not any(text.strip() for text in cast(Iterator[str], table.itertext())):
            drop(table)


_LIST_LINE = "相关链接"  # stands for a line of a list of links, which is chrome at a foot


def _without_lists(lines: Sequence[Line], by_density: bool) -> list[str]:
    """The texts of the lines, with those of lists of links, and their headings, replaced by a line of chrome."""
    texts = [line.text for line in lines]
    for index, text in enumerate(texts):
        if "办" in text and line_of(text) is LineKind.FOOTER and _names_organisers(lines, index):
            texts[index] = PICTURE  # no line of a foot
    links = [_is_link(line) and not is_sentence(line.text) for line in lines]
    index = len(lines)
    while index > 0:
        end = index
        while index > 0 and (links[index - 1] or _DAY_ONLY.match(texts[index - 1])):
            index -= 1
        if end - index >= (2 if by_density else 3) and sum(links[index:end]) * 2 >= end - index:
            if _announces_files(texts, index):
                index -= 1
                continue
            texts[index:end] = [_LIST_LINE] * (end - index)
            if index > 0 and len(texts[index - 1]) <= 12 and not re.search(r"[\d。，、；：:附]", texts[index - 1]):
                texts[index - 1] = _LIST_LINE
        index -= 1
    if by_density:
        first = next((i for i, text in enumerate(texts) if text == _LIST_LINE and any(map(_worth, lines[:i]))), None)
        if first is not None and not any(is_sentence(line.text) or line.in_table for line in lines[first:]):
            texts[first:] = [_LIST_LINE] * (len(texts) - first)
            if len(texts[first - 1]) <= 8 and texts[first - 1].endswith(("：", ":")) and "附" not in texts[first - 1]:
                texts[first - 1] = _LIST_LINE
    return texts


def _announces_files(texts: Sequence[str], index: int) -> bool:
    """Whether a list of links is one of attachments that are pages: 附件： above it or in its first line."""
    return texts[index].startswith("附") or (index > 0 and texts[index - 1].startswith(("附件", "附:", "附：")))


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether the lines are a list of links to articles: five or more, hardly any text beside them."""
    links = [line for line in lines if _is_link(line)]
    if len(links) < 5 or next((line.attachment for line in lines if _worth(line)), False):
        return False
    if any(is_sentence(line.text) and not _is_link(line) and len(line.text) > 30 for line in lines):
        return False
    other = sum(
        len(line.text)
        for line in lines
        if not _is_link(line) and not _DAY_ONLY.match(line.text) and line_of(line.text) is LineKind.TEXT
    )
    return other < sum(line.linked for line in links)


def _may_list(lines: Sequence[Line]) -> bool:
    """Whether a page has links with days beside them."""
    return sum(_DAY_ONLY.match(line.text) is not None for line in lines) >= 3 and sum(map(_is_link, lines)) >= 5


def _lists_titles(lines: Sequence[Line]) -> bool:
    """Whether a page has five links as long as titles: those of menus are short."""
    return sum(_is_link(line) and line.linked >= 10 for line in lines) >= 5


def _is_list_page(lines: Sequence[Line], found: Sequence[Line]) -> bool:
    """Whether a page without a marked article lists articles: links with days beside them, and no text to speak of."""
    return _may_list(lines) and not any(is_sentence(line.text) or line.in_table or line.attachment for line in found)


# ---------------------------------------------------------------- links


def _links(body: Element, base: str, root: Element | None = None) -> tuple[Link, ...]:
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
