"""Containers that content management systems name (div#zoom, .TRS_Editor …): those of a page, without copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from parsers.chrome import (
    chrome_data,
    is_breadcrumb,
    squeeze,
)
from parsers.dom import Element, Line, collapse, drop, is_hidden, lines_of, select, settle

_LINES_ABOVE = 160  # lines above a body in which its title and its index box are looked for


@cache
def _ranks() -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    containers = chrome_data()["containers"]
    ids = {name: rank for rank, name in reversed(list(enumerate(containers["ids"])))}
    classes = {name: 1000 + rank for rank, name in reversed(list(enumerate(containers["classes"])))}
    tags = {name: 900 if name != "article" else 3000 for name in containers["tags"]}
    return ids, classes, tags


def known_containers(root: Element) -> Iterator[Element]:
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
        filled = [element for element in outer if holds_something(element)]
        if len(filled) == 1:
            yield filled[0]
        elif 1 < len(filled) <= 20:
            # an editor's block per part of the article: what encloses all, when little else is in there
            together = common_ancestor(filled)
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


def drop_copies(container: Element) -> set[Element]:
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


def holds_something(element: Element) -> bool:
    """Whether an element holds text, a picture or a file: an empty container is one that a script fills."""
    length = 0
    for text in cast(Iterator[str], element.itertext()):
        length += len(text.strip())
        if length >= 8:
            return True
    return any(child.tag == "img" or child.get("data-attachment") is not None for child in element.iter("img", "a"))


def common_ancestor(elements: Sequence[Element]) -> Element:
    """The innermost element that encloses all."""
    path = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        chain = {element, *element.iterancestors()}
        path = [parent for parent in path if parent in chain]
    return path[0]


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
