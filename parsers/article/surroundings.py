"""What stands around a container with the name of a body: lines above and below, and text that it should hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from lxml import etree

from parsers.article.containers import enclosing
from parsers.article.density import densest_part
from parsers.article.extent import goes_on_with_figures
from parsers.article.head import PageHead
from parsers.article.lines import MOST_LINES, is_link
from parsers.article.pictures import is_large_picture, mark_pictures, unmark_pictures
from parsers.article.title import title_line, wanted_titles
from parsers.chrome import LineKind, is_breadcrumb, is_sentence, line_of, squeeze
from parsers.dom import Element, Line, collapse, is_hidden, lines_of, settle

_LINES_ABOVE = 160  # lines above a body in which its title and its index box are looked for


def lines_above(container: Element) -> Iterator[Line]:
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


def lines_below(container: Element) -> Iterator[Line]:
    """Lines behind a body, in reading order."""
    element: Element | None = container
    while element is not None and element.tag != "body":
        for sibling in list(element.itersiblings()):
            settle(sibling)
            yield from lines_of(sibling)
        element = element.getparent()


def text_stands_beside(body: Element, known: Element, above: Sequence[Line], head: PageHead) -> bool:
    """Whether there is text outside of what is named as the article: after settling, as hidden text is none."""
    if _text_above(known, above, head):
        settle(body)
        return True
    if not _has_text_beside(body, known):
        return False
    settle(body)
    return _has_text_beside(body, known)


def _text_above(known: Element, above: Sequence[Line], head: PageHead) -> bool:
    """Whether a text, a file or a picture stands between the title and a container."""
    wanted = wanted_titles(head)
    title_at = next((i for i in range(len(above) - 1, -1, -1) if squeeze(above[i].text) in wanted), None)
    if title_at is None:
        return False
    between = [line for line in above[title_at + 1 :] if not is_link(line)]
    if any(line.attachment or is_sentence(line.text) for line in between):
        return True
    if sum(not line.in_table and line_of(line.text) is LineKind.TEXT for line in between) >= 4:
        return True
    together = enclosing([above[title_at].owner, known])
    pictures = (image for image in together.iter("img") if is_large_picture(image))
    return any(known not in image.iterancestors() for image in pictures)


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


def holds_article(known: Element, body: Element, head: PageHead) -> bool:
    """Whether a container with the name of a body is that of the article, and all of it.

    Names mislead: a panel of tips may bear one, and a report in several parts may have it on the first alone.
    """
    pictures = mark_pictures(body)
    lines = list(islice(lines_of(body), MOST_LINES))
    unmark_pictures(pictures)
    title_at = title_line(lines, head)
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
    together = enclosing([lines[title_at].owner, part.container])
    return together in above or sum(part.worths) < 20
