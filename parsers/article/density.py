"""Where the article is when no container says so: the densest part of the page, and where its text ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from lxml import etree

from parsers.article.lines import CONTACT, SITE_ONLY, is_link, is_of_site, stands_beside, worth_of
from parsers.article.links import PICTURE
from parsers.article.titles import is_under_title, joined_heading, opens_page
from parsers.chrome import (
    LineKind,
    chrome_data,
    first_date,
    is_label,
    is_sentence,
    is_sure_footer,
    line_of,
)
from parsers.dom import Element, Line, erase

_END_MARKS = ("上一篇", "下一篇", "上一条", "下一条", "【打印", "[打印", "[ 打印", "打印", "【关闭", "扫一扫")
NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,2}）")
_WEAK_SHARE = 0.15  # of the text: short lines outside the densest part that are left behind
_LONG = 600  # worth of lines that are no panel of a site beside a short text


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a page with its text: an element, and the lines from `start` to `end` of what it holds."""

    container: Element
    start: int
    end: int
    worths: Sequence[int]  # of all lines of the page
    titled: bool  # the title was where it was thought to be


def has_text_beside(body: Element, known: Element) -> bool:
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


def find_densest(
    body: Element, lines: Sequence[Line], title_at: int | None
) -> tuple[Element, list[Line], list[Line], str | None, bool] | None:
    """The part of the page with its text.

    Returns the element, the lines above it, its own lines, the title line's text, and whether the choice is doubtful;
    None when nothing on the page is text.
    """
    part = densest_part(body, lines, title_at)
    if part is None:
        return None
    above, inside = _divide(lines, part.container, part.start, part.end)
    heading = joined_heading(lines, title_at) if title_at is not None and part.titled else None
    doubtful = heading is None or part.container is body or sum(part.worths) < 30
    return part.container, above, inside, heading, doubtful


def densest_part(body: Element, lines: Sequence[Line], title_at: int | None) -> _Part | None:
    """The part of the page with its text; None when nothing is text. The tree stays as it is."""
    titled = title_at is not None
    if title_at is None:
        # a picture stands in the title's place: the line under it tells where the article begins
        title_at = next((i for i, line in enumerate(lines) if is_under_title(line.text)), None)
        title_at = title_at if title_at is not None and opens_page(lines, title_at) else None
    start = 0 if title_at is None else title_at + 1
    headings = _list_headings(lines)
    start_of_text = start if title_at is None else _below_box(lines, start)
    worths = [0 if i < start_of_text or i in headings else worth_of(line) for i, line in enumerate(lines)]
    if title_at is not None and sum(worths) == 0:
        # the title stood below the text
        title_at, titled, start = None, False, 0
        worths = [0 if i in headings else worth_of(line) for i, line in enumerate(lines)]
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
        index += 2 if index + 1 < len(lines) and stands_beside(lines[index], lines[index + 1]) else 1
    return min(index, len(lines))


def _list_headings(lines: Sequence[Line]) -> set[int]:
    """The short lines directly above three links and more: 通知公告 over its list."""
    return {
        index
        for index, line in enumerate(lines[:-3])
        if len(line.text) <= 12
        and not is_link(line)
        and all(is_link(below) for below in lines[index + 1 : index + 4])
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
