"""How far an article goes on a page: the parts of the site beside it, the end of its text, the foot of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.article.lines import CONTACT, NUMBERED, SITE_ONLY, is_link, is_of_site, worth_of
from parsers.article.pictures import PICTURE
from parsers.chrome import LineKind, chrome_data, first_date, is_sentence, is_sure_footer, line_of
from parsers.dom import Element, Line

_END_MARKS = ("上一篇", "下一篇", "上一条", "下一条", "【打印", "[打印", "[ 打印", "打印", "【关闭", "扫一扫", "评论")
_LONG = 600  # worth of lines that are no panel of a site beside a short text


def end_of_article(lines: Sequence[Line], worths: Sequence[int], title_at: int, end: int) -> int:
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
    return len(line.text) >= 8 and first_date(line.text) is None and SITE_ONLY.search(line.text) is None


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
    if goes_on_with_figures(below):
        return True
    linked = sum(line.linked > 0 and not line.attachment for line in below)
    found = [worth for line in below if (worth := worth_of(line)) and not is_of_site(line.text)]
    text = len(found)
    if sum(found) >= max(_LONG, 3 * sum(worths)) and linked * 4 < text:
        return True
    if sum(map(bool, worths)) > 1:
        return False
    panel = (
        len(below[0].text) <= 8 and re.search(r"[\d。，、；：:]", below[0].text) is None and below[0].text != PICTURE
    )
    return text > 0 and linked * 2 < text and not panel


def goes_on_with_figures(below: Sequence[Line]) -> bool:
    if any(NUMBERED.match(line.text) and not is_link(line) for line in below):
        return True
    return sum(line.in_table and line.text.isdigit() for line in below) >= 3


def _repeats(text: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether lines below a text only print it again: a second edition of the page, for telephones."""
    seen = {line.text for line in text}
    paragraphs = [line.text for line in below if len(line.text) >= 20 and not is_link(line)]
    return sum(paragraph in seen for paragraph in paragraphs) * 5 > len(paragraphs) * 4


def parts_of_site(body: Element, title: Line) -> set[Element]:
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


def foot_of_page(lines: Sequence[Line], worths: Sequence[int], start: int) -> int:
    """The line where the site's foot begins: the first line of copyright, sponsor or licence below some text."""
    seen = 0
    for index in range(start, len(lines)):
        seen += worths[index]
        if seen >= 8 and line_of(lines[index].text) is LineKind.FOOTER and sum(worths[index:]) <= 4 * seen:
            if names_organisers(lines, index):
                continue
            # the address of the keeper stands in the same element
            first, together = index, lines[index].owner.getparent()
            while first > start and CONTACT.match(lines[first - 1].text) is not None:
                if lines[first - 1].owner.getparent() is not together:
                    break
                first -= 1
            return first
    return len(lines)


def names_organisers(lines: Sequence[Line], index: int) -> bool:
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
