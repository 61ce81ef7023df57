"""Lines that can be titles: by their markup, by what documents are called, by what stands above and below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsers.article.lines import is_link, is_of_site, worth_of
from parsers.article.pictures import PICTURE
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

# what the names of documents end with
NAMES_DOCUMENT = re.compile(
    "(?:报告|年报|通知|公告|公示|通报|通告|意见|办法|方案|规划|决定|细则|批复|公报)(?:（[^（）]{1,12}）)?$"
)


@cache
def _title_names() -> frozenset[str]:
    return frozenset(name.lower() for name in chrome_data()["names"]["title"])


def is_heading(line: Line) -> bool:
    """Whether a line is marked as a heading: by its level, its tag, its class or its id."""
    if line.level is not None and line.level <= 3:
        return True
    if line.owner.tag == "ucaptitle":
        return True
    names = f"{line.owner.get('class') or ''} {line.owner.get('id') or ''}".lower().split()
    return not _title_names().isdisjoint(names)


def names_document(line: Line) -> bool:
    """Whether a line reads like the name of a document: 某局2022年政府信息公开工作年度报告."""
    if not 10 <= len(line.text) < 80 or NAMES_DOCUMENT.search(line.text) is None:
        return False
    return not is_link(line) and line_of(line.text) is not LineKind.PATH


def is_under_title(text: str) -> bool:
    """Whether a line is the one under a title: date, source and counters, no row of an index box."""
    pairs = labelled(text)
    if pairs:
        return {label_kinds()[label] for label, _ in pairs} <= INFO_KINDS
    if "星期" in text or "今天" in text:
        return False  # the day on which the page is looked at
    return line_of(text) is LineKind.TOOL and first_date(text) is not None


def joined_heading(lines: Sequence[Line], index: int) -> str:
    """The line with the other lines of the same element: a heading broken in two is one title."""
    owner = lines[index].owner
    alone = all(line.owner is not owner for line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]))
    if alone or not is_heading(lines[index]):
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


def ends_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the last of several that one heading element holds."""
    if index == 0 or lines[index - 1].owner is not lines[index].owner or not is_heading(lines[index]):
        return False
    return index + 1 == len(lines) or lines[index + 1].owner is not lines[index].owner


def in_two(lines: Sequence[Line], squeezed: Sequence[tuple[int, str]], title: str) -> list[int]:
    """The lines that end a title printed in two paragraphs of one kind."""
    starts = [(i, text) for i, text in squeezed if len(text) < len(title) and title.startswith(text)]
    return [i + 1 for i, text in starts if i + 1 < len(lines) and text + squeeze(lines[i + 1].text) == title]


def opens_page(lines: Sequence[Line], index: int) -> bool:
    """Whether nothing above a line is text: links, menus and tools only, so that an article can begin there.

    A picture above is a scan of the report, unless there is text below.
    """
    scan = sum(worth_of(line) for line in lines[index + 1 :] if not is_of_site(line.text)) < 20
    return not any(
        not is_link(line) and (is_sentence(line.text) or line.attachment or (scan and line.text == PICTURE))
        for line in lines[:index]
    )


def may_head(lines: Sequence[Line], index: int) -> bool:
    """Whether a line can be a title rather than a signature: it is marked, names a document, or has text below it."""
    if is_heading(lines[index]) or names_document(lines[index]):
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
