"""What stands beside the text: the index box (索引号 …) with its values, and lists of other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from parsers.article.density import names_organisers
from parsers.article.lines import DAY_ONLY, is_link, stands_beside, worth_of
from parsers.article.links import PICTURE
from parsers.chrome import (
    Facts,
    LineKind,
    is_label,
    is_sentence,
    label_kinds,
    labelled,
    line_of,
    squeeze,
)
from parsers.dom import Line, drop


def read_box(lines: Sequence[Line], facts: Facts) -> None:
    """Read labels and values: on one line with a colon, or in a cell and the next."""
    for index, line in enumerate(lines):
        pairs = labelled(line.text)
        for label, value in pairs:
            facts.note(label, value if value or label != pairs[-1][0] else _value_below(lines, index))
        if not pairs and is_label(line.text) is not None:
            facts.note(squeeze(line.text).rstrip(":").strip("【】[]"), _value_below(lines, index))


def _value_below(lines: Sequence[Line], index: int) -> str:
    """The line behind a label, if it is the label's value."""
    if index + 1 == len(lines) or not stands_beside(lines[index], lines[index + 1]):
        return ""
    below = lines[index + 1].text
    return "" if len(below) > 200 or labelled(below) or is_label(below) is not None else below


def read_below(texts: Sequence[str], facts: Facts) -> None:
    """Read the day and the publisher from lines below a body: 来源：… 发布日期：…"""
    for text in texts:
        if line_of(text) is LineKind.FOOTER:
            return
        for label, value in labelled(text):
            if label_kinds()[label] in ("published", "dated", "source", "publisher"):
                facts.note(label, value)


def box_lines(lines: Sequence[Line], dropped: set[int]) -> set[int]:
    """Lines of an index box at the head of a body: a table or list with 索引号 and two more labels."""
    kinds = [(index, is_label(line.text)) for index, line in enumerate(lines[:60])]
    labels = [index for index, kind in kinds if kind is not None]
    if len(labels) < 3 or not any(kind == "index_number" for _, kind in kinds):
        return set()
    table = next((parent for parent in lines[labels[0]].owner.iterancestors("table", "ul", "dl")), None)
    if table is None:
        return set()
    inside = set(table.iter())
    box = {index for index, line in enumerate(lines[:120]) if line.owner in inside}
    if len(box) > 4 * len(labels) + 4 or any(is_sentence(lines[index].text) for index in box):
        return set()
    return box | {index for index in range(min(box)) if index in dropped}


def drop_erased_tables(erased: Sequence[Line]) -> None:
    """Remove tables that hold nothing any more: their cells were chrome."""
    tables = {table for line in erased if line.in_table for table in line.owner.iterancestors("table")}
    for table in tables:
        if not any(text.strip() for text in cast(Iterator[str], table.itertext())):
            drop(table)


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


def lists_articles(lines: Sequence[Line]) -> bool:
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
    return may_list(lines) and not any(is_sentence(line.text) or line.in_table or line.attachment for line in found)
