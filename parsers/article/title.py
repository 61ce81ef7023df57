"""The title of an article: what the head of the page calls it, and the line of the page that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from parsers.article.head import PageHead
from parsers.article.headings import (
    NAMES_DOCUMENT,
    ends_heading,
    in_two,
    is_heading,
    is_under_title,
    joined_heading,
    may_head,
    names_document,
    opens_page,
)
from parsers.article.index_box import in_one_row
from parsers.article.lines import NUMBERED, SITE_ONLY, is_link
from parsers.chrome import Facts, LineKind, is_label, is_sentence, line_of, squeeze
from parsers.dom import Line

_TITLE_BREAKS = " \t\u3000-_|—–―丨·－｜"
_TITLE_BREAK = re.compile(r"\s*[-_|—–―丨·－｜]+\s*")
_NEVER_INSIDE = re.compile("[_|｜]")
_LONGEST_TITLE = 400
_SITE_NAME = re.compile(
    r"(?:网|网站|门户|人民政府|政府|首页|平台|频道|公开|专栏|委员会|[局厅委办]|年报|年度报告|目录|栏目)$"
)
_DOMAIN = re.compile(r"[\s_|-]{1,5}(?:[A-Za-z0-9-]{1,40}\.){1,4}(?:cn|com|net|org)$")
_PORTAL = re.compile(
    "^.{2,20}(?:网|网站|门户|平台|首页|频道|公开|人民政府)$"
)  # before a title that names its authority
_AUTHORITY = re.compile("(?:局|委员会|卫健委|卫计委|卫生厅|委|办公室).*报告")
_DOCUMENT_NUMBER = re.compile(r"^\S{1,20}[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]\S{0,4}\d{1,5}\s?号$")
_SIGNED_DAY = re.compile(r"^[\d〇○O零一二三四五六七八九十]{4}\s?年.{1,3}月.{1,3}日$")


def wanted_titles(head: PageHead) -> list[str]:
    """What the head says the title is, squeezed: the meta tag, then the title element and its parts."""
    wanted = [squeeze(head.metas.get("articletitle", ""))]
    wanted.append(squeeze(head.title))
    # the longest part first: the others name the site, the column or the authority, which sign the text as well
    wanted += sorted(map(squeeze, _TITLE_BREAK.split(head.title)), key=len, reverse=True)
    return [title for title in dict.fromkeys(wanted) if len(title) >= 4]


def title_line(lines: Sequence[Line], head: PageHead) -> int | None:
    """The line of the page that is its title, the last of a heading broken in several; None if nothing tells."""
    index = _title_line(lines, head)
    if index is None or not is_heading(lines[index]):
        return index
    while index + 1 < len(lines) and lines[index + 1].owner is lines[index].owner:
        if line_of(lines[index + 1].text) is not LineKind.TEXT or is_sentence(lines[index + 1].text):
            break
        index += 1
    return index


def _title_line(lines: Sequence[Line], head: PageHead) -> int | None:
    squeezed = [(i, squeeze(line.text)) for i, line in enumerate(lines) if 3 < len(line.text) < 200]
    squeezed = [(i, text) for i, text in squeezed if len(text) >= 4 and not is_link(lines[i])]
    # a heading broken in two is found by its last line
    squeezed += [(i, squeeze(joined_heading(lines, i))) for i, _ in squeezed if ends_heading(lines, i)]
    for title in wanted_titles(head):
        exact = [i for i, text in squeezed if text == title]
        # a value of the index box, unless nothing else is
        same = [i for i in exact if i == 0 or is_label(lines[i - 1].text) is None]
        same = same or in_two(lines, squeezed, title) or exact
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
                return next((i for i in same if is_heading(lines[i])), same[0])
    # the title element names the site without a break: 青禾县人民政府 青禾县卫生健康局年报
    whole = squeeze(head.title)
    parts = [(len(text), -i) for i, text in squeezed if 10 <= len(text) < len(whole) and text in whole]
    named = -max(parts)[1] if parts else None
    under = next(
        (
            i - 1
            for i in range(1, len(lines))
            if is_under_title(lines[i].text) and _may_be_title(lines[i - 1]) and may_head(lines, i - 1)
        ),
        None,
    )
    if named is not None and under is not None:
        return max(named, under, key=lambda i: len(lines[i].text))
    if named is not None or under is not None:
        return under if named is None else named
    headings = [i for i, line in enumerate(lines) if is_heading(line) and _may_be_title(line)]
    if len(headings) == 1:
        return headings[0]
    named = next((i for i, line in enumerate(lines) if names_document(line) and _may_be_title(line)), None)
    return named if named is not None and opens_page(lines, named) else None


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


def printed_title(above: Sequence[Line], head: PageHead) -> str | None:
    """The title as the page prints it above the body."""
    wanted = wanted_titles(head)
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
            if index > 1 and is_label(above[index - 2].text) is not None and in_one_row(above[index - 2], title):
                continue  # a row of the index box
            if line_of(title.text) is LineKind.TEXT and is_label(title.text) is None:
                return joined_heading(above, index - 1)
            break
    for index in range(len(above) - 1, -1, -1):
        line = above[index]
        if is_heading(line) and not is_link(line) and line_of(line.text) is LineKind.TEXT and len(line.text) >= 6:
            return joined_heading(above, index)
    return above[-1].text if above and names_document(above[-1]) else None


def in_full(heading: str | None, above: Sequence[Line], head: PageHead) -> str | None:
    """A title with its first half, if that stands in a paragraph of its own above it."""
    wanted = wanted_titles(head)
    if heading is None or squeeze(heading) in wanted:
        return heading
    whole = (first.text + second.text for first, second in pairwise(above) if second.text == heading)
    return next((title for title in whole if squeeze(title) in wanted), heading)


def title_inside(lines: Sequence[Line], dropped: Set[int], head: PageHead) -> int | None:
    """The line at the head of a body that is the page's title: no line above the body is."""
    first = next((i for i in range(len(lines)) if i not in dropped), None)
    if first is None:
        return None
    if lines[first].level is None:
        # below an index box, on a page that names only its site
        boxed = sum(index < first for index in dropped) >= 3
        named = any(NAMES_DOCUMENT.search(title) for title in wanted_titles(head))
        return first if boxed and not named and names_document(lines[first]) else None
    last = first
    while last + 1 < len(lines) and lines[last + 1].owner is lines[first].owner:
        last += 1
    return last if squeeze(joined_heading(lines, first)) in wanted_titles(head) else None


def best_title(head: PageHead, heading: str | None, inner: str | None, facts: Facts) -> str | None:
    """The title of an article: that of the meta tag, else a printed one that the head bears out, else the head's."""
    meta = head.metas.get("articletitle")
    if meta is not None:
        # the tag is cut at a hundred characters on some templates
        start = squeeze(meta).rstrip("….")
        longer = [t for t in (heading, inner) if t and squeeze(t).startswith(start) and len(t) < 3 * len(meta) + 20]
        return max(longer, key=len) if longer else meta
    printed = [title for title in (heading, inner, facts.title) if title]
    whole = without_site(head, printed)
    for title in printed:
        if whole is None or squeeze(title) in squeeze(head.title) or len(title) >= 12:
            return title
    return whole or (printed[0] if printed else None)


def without_site(head: PageHead, printed: Sequence[str]) -> str | None:
    """The title element without the names of the site and the column that follow or precede the title."""
    title = head.title
    if not title:
        return None
    for text in printed:
        if len(text) >= 6 and squeeze(text) in squeeze(title):
            return text
    names = {squeeze(head.metas.get(name, "")) for name in ("sitename", "columnname")} - {""}
    title = title[:_LONGEST_TITLE]
    title = (_DOMAIN.sub("", title) or title).strip(_TITLE_BREAKS)
    while (breaks := list(_TITLE_BREAK.finditer(title))) and _names_site(title[breaks[-1].end() :], names):
        title = title[: breaks[-1].start()].strip(_TITLE_BREAKS)
        # no title is written with these: what follows the first is the way to the site
        part = _NEVER_INSIDE.split(title)[0].strip(_TITLE_BREAKS)
        if part and (not _names_site(part, names) or re.search(r"\d", part)):
            title = part
    while (first := _TITLE_BREAK.search(title)) is not None:
        name, rest = title[: first.start()], title[first.end() :]
        if squeeze(name) not in names and not (_PORTAL.match(name) and _AUTHORITY.search(rest)):
            break
        title = rest.strip(_TITLE_BREAKS)
    return title or None


def _names_site(text: str, names: Set[str]) -> bool:
    return squeeze(text) in names or (len(text) <= 24 and _SITE_NAME.search(text) is not None)
