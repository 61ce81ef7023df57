"""Lists of links: pages that are nothing else, and the related articles at the foot of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.article.extent import names_organisers
from parsers.article.lines import DAY_ONLY, is_link, worth_of
from parsers.article.pictures import PICTURE
from parsers.chrome import LineKind, is_sentence, line_of
from parsers.dom import Line

_LIST_LINE = "相关链接"  # stands for a line of a list of links, which is chrome at a foot


def without_lists(lines: Sequence[Line], by_density: bool) -> list[str]:
    """The texts of the lines, with those of lists of links, and their headings, replaced by a line of chrome."""
    texts = [line.text for line in lines]
    for index, text in enumerate(texts):
        if "办" in text and line_of(text) is LineKind.FOOTER and names_organisers(lines, index):
            texts[index] = PICTURE  # no line of a foot
    links = [is_link(line) and not is_sentence(line.text) for line in lines]
    index = len(lines)
    while index > 0:
        end = index
        while index > 0 and (links[index - 1] or DAY_ONLY.match(texts[index - 1])):
            index -= 1
        if end - index >= (2 if by_density else 3) and sum(links[index:end]) * 2 >= end - index:
            if _announces_files(texts, index):
                index -= 1
                continue
            texts[index:end] = [_LIST_LINE] * (end - index)
            if index > 0 and len(texts[index - 1]) <= 12 and not re.search(r"[\d。，、；：:附]", texts[index - 1]):
                texts[index - 1] = _LIST_LINE
        index -= 1
    if by_density:
        first = next((i for i, text in enumerate(texts) if text == _LIST_LINE and any(map(worth_of, lines[:i]))), None)
        if first is not None and not any(is_sentence(line.text) or line.in_table for line in lines[first:]):
            texts[first:] = [_LIST_LINE] * (len(texts) - first)
            if len(texts[first - 1]) <= 8 and texts[first - 1].endswith(("：", ":")) and "附" not in texts[first - 1]:
                texts[first - 1] = _LIST_LINE
    return texts


def _announces_files(texts: Sequence[str], index: int) -> bool:
    """Whether a list of links is one of attachments that are pages: 附件： above it or in its first line."""
    return texts[index].startswith("附") or (index > 0 and texts[index - 1].startswith(("附件", "附:", "附：")))


def list_headings(lines: Sequence[Line]) -> set[int]:
    """The short lines directly above three links and more: 通知公告 over its list."""
    return {
        index
        for index, line in enumerate(lines[:-3])
        if len(line.text) <= 12
        and not is_link(line)
        and all(is_link(below) for below in lines[index + 1 : index + 4])
        and not re.search(r"[\d。，、；：:附]", line.text)
    }


def is_list_of_links(lines: Sequence[Line]) -> bool:
    """Whether the lines are a list of links to articles: five or more, hardly any text beside them."""
    links = [line for line in lines if is_link(line)]
    if len(links) < 5 or next((line.attachment for line in lines if worth_of(line)), False):
        return False
    if any(is_sentence(line.text) and not is_link(line) and len(line.text) > 30 for line in lines):
        return False
    other = sum(
        len(line.text)
        for line in lines
        if not is_link(line) and not DAY_ONLY.match(line.text) and line_of(line.text) is LineKind.TEXT
    )
    return other < sum(line.linked for line in links)


def may_list(lines: Sequence[Line]) -> bool:
    """Whether a page has links with days beside them."""
    return sum(DAY_ONLY.match(line.text) is not None for line in lines) >= 3 and sum(map(is_link, lines)) >= 5


def lists_titles(lines: Sequence[Line]) -> bool:
    """Whether a page has five links as long as titles: those of menus are short."""
    return sum(is_link(line) and line.linked >= 10 for line in lines) >= 5


def is_list_page(lines: Sequence[Line], found: Sequence[Line]) -> bool:
    """Whether a page without a marked article lists articles: links with days beside them, and no text to speak of."""
    if not may_list(lines):
        return False
    if any(line.in_table or line.attachment for line in found):
        return False
    return not any(is_sentence(line.text) for line in found) or _lists_summaries(lines)


def _lists_summaries(lines: Sequence[Line]) -> bool:
    """Whether a page lists articles with what they begin with: link, sentence and day, again and again."""
    links = [index for index, line in enumerate(lines) if is_link(line) and line.linked >= 8]
    entries = 0
    for here, there in pairwise(links):
        between = lines[here + 1 : there]
        days = sum(DAY_ONLY.match(line.text) is not None for line in between)
        entries += days == 1 and len(between) <= 4 and any(is_sentence(line.text) for line in between)
    return entries >= 4
