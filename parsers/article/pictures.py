"""Pictures of a page that can hold a table or a page of a report; while an article is looked for they are lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from parsers.dom import Element

_NUMBER = re.compile(r"\s*(\d{1,6})")
_ICON = re.compile(r"icon|spacer|blank\.|/file_?type|fileTypeImages|logo|qrcode|ewm|print|close|share", re.IGNORECASE)
_SMALL = 120  # pixels; a smaller picture holds no table
PICTURE = "\ufffc"  # the line of a picture while an article is being looked for


def is_large_picture(image: Element) -> bool:
    """Whether a picture can hold a table or a page: not an icon, not a small one."""
    address = image.get("src") or image.get("data-src") or image.get("data-original") or image.get("_src") or ""
    sides = [int(match[1]) for name in ("width", "height") if (match := _NUMBER.match(image.get(name) or ""))]
    return bool(address) and not (sides and min(sides) < _SMALL) and not _ICON.search(address[-200:])


def mark_pictures(body: Element) -> list[Element]:
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


def unmark_pictures(pictures: Iterable[Element]) -> None:
    """Take the lines of pictures off again."""
    for picture in pictures:
        picture.tail = (picture.tail or "").replace(PICTURE, "") or None
