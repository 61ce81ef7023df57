"""The title of an article: headings, what the page calls itself, bylines, what stands around a title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import cache

from parsers.article.lines import is_link, is_of_site, worth_of
from parsers.article.links import PICTURE
from parsers.chrome import (
    INFO_KINDS,
    LineKind,
    chrome_data,
    first_date,
    is_sentence,
    label_kinds,
    labelled,
    line_of,
    squeeze,
)
from parsers.dom import Line

_URL_DATES = (
    re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/"),  # Hanweb
    re.compile(r"/t(\d{4})(\d{2})(\d{2})_\d+\."),  # TRS
    re.compile(r"/c/(\d{4})-(\d{2})-(\d{2})/\d+\.s?html"),  # Kunming
)
_TITLE_BREAKS = " \t\u3000-_|—–―丨·－｜"
TITLE_BREAK = re.compile(r"\s*[-_|—–―丨·－｜]+\s*")
_LONGEST_TITLE = 400
_SITE_NAME = re.compile(
    r"(?:网|网站|门户|人民政府|政府|首页|平台|频道|公开|专栏|委员会|[局厅委办]|年报|年度报告|目录|栏目)$"
)
_DOMAIN = re.compile(r"[\s_|-]{1,5}(?:[A-Za-z0-9-]{1,40}\.){1,4}(?:cn|com|net|org)$")
_PORTAL = re.compile(
    "^.{2,20}(?:网|网站|门户|平台|首页|频道|公开|人民政府)$"
)  # before a title that names its authority
_AUTHORITY = re.compile("(?:局|委员会|卫健委|卫计委|卫生厅|委|办公室).*报告")
DAY_BELOW_TITLE = re.compile(r"^[^。，]{0,30}(?<!\d)20\d\d[-/]\d{1,2}[-/]\d{1,2}(?!\d)[^。，]{0,30}$")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
# what the names of documents end with
NAMES_DOCUMENT = re.compile(
    "(?:报告|年报|通知|公告|公示|通报|通告|意见|办法|方案|规划|决定|细则|批复|公报)(?:（[^（）]{1,12}）)?$"
)


def is_byline(text: str) -> bool:
    """Whether a line below a title states the day of publication: the day a report signs with has no clock."""
    if len(text) >= 60 or is_sentence(text):
        return False
    return DAY_BELOW_TITLE.search(text) is not None or (
        _CLOCK.search(text) is not None and first_date(text) is not None
    )


def is_tool_link(line: Line) -> bool:
    """Whether a line is a link of the page's tools, which parts of a text have between them: 返回顶部."""
    if not 0 < line.linked <= 8 or line.attachment or line.in_table:
        return False
    return line.linked == len(line.text) and line_of(line.text) is LineKind.TOOL


def abstract_at(texts: Sequence[str], dropped: Set[int]) -> int | None:
    """The line at the head of a body that only repeats the beginning of the next one: an abstract made by the CMS."""
    kept = [index for index in range(min(len(texts), 40)) if index not in dropped][:2]
    if len(kept) < 2 or len(texts[kept[0]]) < 20:
        return None
    return kept[0] if squeeze(texts[kept[1]]).startswith(squeeze(texts[kept[0]]).rstrip(".…")) else None


def may_head(lines: Sequence[Line], index: int) -> bool:
    """Whether a line can be a title rather than a signature: it is marked, names a document, or has text below it."""
    if is_heading_line(lines[index]) or names_document(lines[index]):
        return True
    if opens_page(lines, index):
        return any(worth_of(line) and not is_of_site(line.text) for line in lines[index + 1 :])
    return any(
        line.attachment
        or line.text == PICTURE
        or (line.in_table and line.text.isdigit())
        or (is_sentence(line.text) and line_of(line.text) is LineKind.TEXT)
        for line in lines[index + 1 :]
        if not is_link(line)
    )


def names_document(line: Line) -> bool:
    """Whether a line reads like the name of a document: 某局2022年政府信息公开工作年度报告."""
    return 10 <= len(line.text) < 80 and not is_link(line) and NAMES_DOCUMENT.search(line.text) is not None


def opens_page(lines: Sequence[Line], index: int) -> bool:
    """Whether nothing above a line is text: links, menus and tools only, so that an article can begin there.

    A picture above is a scan of the report, unless there is text below.
    """
    scan = sum(worth_of(line) for line in lines[index + 1 :] if not is_of_site(line.text)) < 20
    return not any(
        not is_link(line) and (is_sentence(line.text) or line.attachment or (scan and line.text == PICTURE))
        for line in lines[:index]
    )


def in_two(lines: Sequence[Line], squeezed: Sequence[tuple[int, str]], title: str) -> list[int]:
    """The lines that end a title printed in two paragraphs of one kind."""
    starts = [(i, text) for i, text in squeezed if len(text) < len(title) and title.startswith(text)]
    return [i + 1 for i, text in starts if i + 1 < len(lines) and text + squeeze(lines[i + 1].text) == title]


def ends_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the last of several that one heading element holds."""
    if index == 0 or lines[index - 1].owner is not lines[index].owner or not is_heading_line(lines[index]):
        return False
    return index + 1 == len(lines) or lines[index + 1].owner is not lines[index].owner


def is_under_title(text: str) -> bool:
    """Whether a line is the one under a title: date, source and counters, no row of an index box."""
    pairs = labelled(text)
    if pairs:
        return {label_kinds()[label] for label, _ in pairs} <= INFO_KINDS
    return line_of(text) is LineKind.TOOL and first_date(text) is not None


def date_of_address(url: str) -> date | None:
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                return None
    return None


def without_site(title: str, metas: Mapping[str, str], printed: Sequence[str]) -> str | None:
    """A title element without the names of the site and the column that follow or precede the title."""
    if not title:
        return None
    for text in printed:
        if len(text) >= 6 and squeeze(text) in squeeze(title):
            return text
    names = {squeeze(metas.get(name, "")) for name in ("sitename", "columnname")} - {""}
    title = title[:_LONGEST_TITLE]
    title = (_DOMAIN.sub("", title) or title).strip(_TITLE_BREAKS)
    while (breaks := list(TITLE_BREAK.finditer(title))) and _names_site(title[breaks[-1].end() :], names):
        title = title[: breaks[-1].start()].strip(_TITLE_BREAKS)
    while (first := TITLE_BREAK.search(title)) is not None:
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


def is_heading_line(line: Line) -> bool:
    if line.level is not None and line.level <= 3:
        return True
    if line.owner.tag == "ucaptitle":
        return True
    names = f"{line.owner.get('class') or ''} {line.owner.get('id') or ''}".lower().split()
    return not _title_names().isdisjoint(names)


def joined_heading(lines: Sequence[Line], index: int) -> str:
    """The line with the other lines of the same element: a heading broken in two is one title."""
    owner = lines[index].owner
    alone = all(line.owner is not owner for line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]))
    if alone or not is_heading_line(lines[index]):
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
