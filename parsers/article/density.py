"""The densest part of a page: where most of its text stands, between its title and its foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.article.extent import end_of_article, foot_of_page, parts_of_site
from parsers.article.headings import is_under_title, joined_heading, opens_page
from parsers.article.index_box import below_box
from parsers.article.lines import worth_of
from parsers.article.lists import list_headings
from parsers.chrome import is_sentence
from parsers.dom import Element, Line, erase

_WEAK_SHARE = 0.15  # of the text: short lines outside the densest part that are left behind


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a page with its text: an element, and the lines from `start` to `end` of what it holds."""

    container: Element
    start: int
    end: int
    worths: Sequence[int]  # of all lines of the page
    titled: bool  # the title was where it was thought to be


def densest(
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


def densest_part(body: Element, lines: Sequence[Line], title_at: int | None) -> Part | None:
    """The part of the page with its text; None when nothing is text. The tree stays as it is."""
    titled = title_at is not None
    if title_at is None:
        # a picture stands in the title's place: the line under it tells where the article begins
        title_at = next((i for i, line in enumerate(lines) if is_under_title(line.text)), None)
        title_at = title_at if title_at is not None and opens_page(lines, title_at) else None
    start = 0 if title_at is None else title_at + 1
    headings = list_headings(lines)
    start_of_text = start if title_at is None else below_box(lines, start)
    worths = [0 if i < start_of_text or i in headings else worth_of(line) for i, line in enumerate(lines)]
    if title_at is not None and sum(worths) == 0:
        # the title stood below the text
        title_at, titled, start = None, False, 0
        worths = [0 if i in headings else worth_of(line) for i, line in enumerate(lines)]
    if title_at is not None:
        aside = parts_of_site(body, lines[title_at])
        worths = [0 if line.owner in aside else worth for line, worth in zip(lines, worths, strict=True)]
    end = foot_of_page(lines, worths, start)
    worths[end:] = [0] * (len(worths) - end)
    if title_at is not None:
        end = end_of_article(lines, worths, title_at, end)
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
    return Part(container, start, end, worths, titled)


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


def _only_cell(table: Element, sums: Mapping[Element, int]) -> Element | None:
    """The cell that holds all the text of a table; None for a table with text in several."""
    element = table
    while element.tag not in ("td", "th"):
        holding = [child for child in element if child in sums]
        if len(holding) != 1 or sums[holding[0]] != sums[element]:
            return None
        element = holding[0]
    return element


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
