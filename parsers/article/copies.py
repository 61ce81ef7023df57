"""Text that a page prints twice: editions of one article, for telephones and for desks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from parsers.chrome import squeeze
from parsers.dom import Element, drop


def without_copies(elements: Sequence[Element]) -> list[Element]:
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
    kept = set(without_copies(parts))
    copies: set[Element] = set()
    for part in parts:
        if part not in kept:
            copies.update(part.iter())
            drop(part)
    return copies
