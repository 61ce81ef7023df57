"""The containers and comment marks by which the CMS families name their article bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from lxml import etree

from parsers.article.copies import without_copies
from parsers.chrome import chrome_data
from parsers.dom import Element, is_hidden, select


def wrap_marked(root: Element) -> None:
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
        outer = without_copies(_outermost(ranked[rank]))
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
            together = enclosing(filled)
            inside = sum(map(_weight, filled))
            if inside * 2 > _weight(together):
                yield together
            else:
                yield max(filled, key=_weight)


def _outermost(elements: Sequence[Element]) -> list[Element]:
    members = set(elements)
    return [element for element in elements if not any(parent in members for parent in element.iterancestors())]


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


def enclosing(elements: Sequence[Element]) -> Element:
    """The innermost element that encloses all."""
    path = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        chain = {element, *element.iterancestors()}
        path = [parent for parent in path if parent in chain]
    return path[0]
