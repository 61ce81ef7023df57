"""Head and foot of a body: the lines that are the site's are taken off, and what they say is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import cast

from parsers.article.dates import DAY_BELOW_TITLE, day_of, is_byline, read_below
from parsers.article.head import PageHead
from parsers.article.headings import joined_heading
from parsers.article.index_box import box_lines, read_box
from parsers.article.lines import is_link
from parsers.article.lists import without_lists
from parsers.article.title import title_inside
from parsers.chrome import Facts, LineKind, first_date, foot_lines, head_lines, label_kinds, labelled, line_of, squeeze
from parsers.dom import Line, drop, erase


def trim(lines: list[Line], facts: Facts, by_density: bool, heading: str | None, head: PageHead) -> str | None:
    """Take the site's lines off the head and the foot of a body, in the tree; returns the title found there."""
    texts = [line.text for line in lines]
    dropped, found, title_at = head_lines(texts)
    dropped.difference_update(set(_of_event(texts, dropped, facts, heading)))
    read_box(lines[: max(dropped, default=-1) + 1], facts)
    facts.published = facts.published or found.published
    facts.dated = facts.dated or found.dated
    facts.updated = facts.updated or found.updated
    facts.source = facts.source or found.source
    facts.publisher = facts.publisher or found.publisher
    title = None
    if title_at is not None:
        title = texts[title_at]
        dropped.add(title_at)
    elif heading is None and (title_at := title_inside(lines, dropped, head)) is not None:
        title = joined_heading(lines, title_at)
        dropped.update(range(title_at + 1))
        below = title_at + 1
        if below < len(lines) and is_byline(texts[below]):
            facts.dated = facts.dated or day_of(texts[below])
            dropped.add(below)
    dropped |= box_lines(lines, dropped)
    if (abstract := _abstract(texts, dropped)) is not None:
        dropped.add(abstract)
    dropped.update(index for index, line in enumerate(lines) if _is_tool_link(line))
    if by_density:
        first = next((i for i, line in enumerate(lines) if i not in dropped and not is_link(line)), len(lines))
        dropped.update(range(first))
        if first < len(lines) and DAY_BELOW_TITLE.search(texts[first]) and len(texts[first]) < 60:
            # a report signs with 年月日; figures and hyphens are the page's
            facts.dated = facts.dated or day_of(texts[first])
            dropped.add(first)
    end = foot_lines(without_lists(lines, by_density), with_site=by_density)
    read_below(texts[end : end + 12], facts)
    for index, line in enumerate(lines):
        if index in dropped or index >= end:
            erase(line)
    _drop_erased_tables([line for index, line in enumerate(lines) if index in dropped or index >= end])
    lines[:] = [line for index, line in enumerate(lines[:end]) if index not in dropped]
    return title


def _of_event(texts: Sequence[str], dropped: Set[int], facts: Facts, heading: str | None) -> Iterator[int]:
    """The lines at the head of a body that say when and what an event is: 时间：…, 名称：… of another day and name.

    They are told only where the page states its own day and title above the body.
    """
    day = facts.published or facts.dated
    if heading is None or day is None:
        return
    for index in dropped:
        pairs = labelled(texts[index])
        if len(pairs) == 1 and pairs[0][1]:
            kind = label_kinds()[pairs[0][0]]
            if (kind == "dated" and first_date(pairs[0][1]) != day) or (
                kind == "title" and squeeze(pairs[0][1]) != squeeze(heading)
            ):
                yield index


def _is_tool_link(line: Line) -> bool:
    """Whether a line is a link of the page's tools, which parts of a text have between them: 返回顶部."""
    if not 0 < line.linked <= 8 or line.attachment or line.in_table:
        return False
    return line.linked == len(line.text) and line_of(line.text) is LineKind.TOOL


def _abstract(texts: Sequence[str], dropped: Set[int]) -> int | None:
    """The line at the head of a body that only repeats the beginning of the next one: an abstract made by the CMS."""
    kept = [index for index in range(min(len(texts), 40)) if index not in dropped][:2]
    if len(kept) < 2 or len(texts[kept[0]]) < 20:
        return None
    return kept[0] if squeeze(texts[kept[1]]).startswith(squeeze(texts[kept[0]]).rstrip(".…")) else None


def _drop_erased_tables(erased: Sequence[Line]) -> None:
    """Remove tables that hold nothing any more: their cells were chrome."""
    tables = {table for line in erased if line.in_table for table in line.owner.iterancestors("table")}
    for table in tables:
        if not any(text.strip() for text in cast(Iterator[str], table.itertext())):
            drop(table)
