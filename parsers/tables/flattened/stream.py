"""A stream of text with the labels of a form as landmarks, rebuilt into grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.model import Block, Paragraph
from parsers.tables.flattened.pieces import Piece, Position, kind_of
from parsers.tables.flattened.regions import grid_of, regions_of
from parsers.tables.flattened.squeezed import LONGEST_CELL, SENTENCE, inner_pieces
from parsers.tables.lexicon import Token, is_single_character, token

ONLY_PIPES = re.compile(r"[\s|｜│┃¦+\-=:]*[|｜│┃¦][\s|｜│┃¦+\-=:]*")
_NOTE_END = "第四项之和"
# A line of an unknown row with its numbers: words, then two numbers or more.
_UNKNOWN_LINE = re.compile(r"(\D\S{0,30}?(?:\s\D\S{0,20})?)((?:\s+[\d,./-]{1,12}){2,20})\s*")
_STATED = re.compile(r"(?<![\d.])(\d{3,9})\s*(?:余|多)?\s*(?:条|件|次|篇|人次|份|项)")


def rebuild_stream(paragraphs: list[Paragraph]) -> list[Block]:
    if not paragraphs:
        return []
    regions = list(regions_of(_joined_labels(list(_pieces(paragraphs)))))
    if not regions:
        return list(paragraphs)
    stated = {int(n) for p in paragraphs if len(p.text) > LONGEST_CELL for n in _STATED.findall(p.text)}
    out: list[Block] = []
    at: Position = (0, 0)
    for region in regions:
        out.extend(_text_between(paragraphs, at, region[0].start))
        out.append(grid_of(region, stated))
        at = region[-1].end
    out.extend(_text_between(paragraphs, at, (len(paragraphs), 0)))
    return out


def _text_between(paragraphs: list[Paragraph], start: Position, end: Position) -> list[Paragraph]:
    """The text from `start` to `end`, without the separators and blank cells at its borders with a table."""
    found: list[Paragraph] = []
    for index in range(start[0], min(end[0] + 1, len(paragraphs))):
        paragraph = paragraphs[index]
        low = start[1] if index == start[0] else 0
        high = end[1] if index == end[0] else len(paragraph.text)
        if low == 0 and high == len(paragraph.text):
            found.append(paragraph)
        elif text := paragraph.text[low:high].strip():
            found.append(replace(paragraph, text=text))
    while found and start != (0, 0) and _is_separator(found[0].text):
        found.pop(0)
    while found and end[0] < len(paragraphs) and _is_separator(found[-1].text):
        found.pop()
    return found


def _is_separator(text: str) -> bool:
    return not text.strip() or bool(ONLY_PIPES.fullmatch(text))


def _pieces(paragraphs: list[Paragraph]) -> Iterator[Piece]:
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if ONLY_PIPES.fullmatch(text):
            continue
        t = token(text)
        kind = kind_of(t)
        if kind == "text" and len(text) > 3 and (inner := list(inner_pieces(text, index))):
            yield from inner
            continue
        if kind == "text" and (line := _UNKNOWN_LINE.fullmatch(text)):
            yield Piece(line[1], "text", token(line[1]), (index, 0), (index, line.end(1)), False)
            yield Piece(line[2], "run", token(""), (index, line.end(1)), (index, len(text)), False)
            continue
        if kind == "text" and (len(text) > LONGEST_CELL or SENTENCE.search(text)):
            kind = "prose"
        yield Piece(text, kind, t, (index, 0), (index, len(text)))


def _joined_labels(pieces: list[Piece]) -> list[Piece]:
    """Join labels that line breaks have cut: vertical ones of single characters, and parts of one label."""
    out: list[Piece] = []
    i = 0
    while i < len(pieces):
        best: tuple[int, Token, str] | None = None
        first = pieces[i]
        if first.whole and first.kind in ("text", "label", "head", "unit") and len(first.text) < LONGEST_CELL:
            text = first.text
            for j in range(i + 1, min(i + 24, len(pieces))):
                follower = pieces[j]
                if not follower.whole or follower.kind not in ("text", "label", "head", "unit"):
                    break
                if j - i >= 4 and not is_single_character(follower.text):
                    break
                text += "\n" + follower.text
                t = token(text)
                all_known = all(p.kind in ("label", "head") for p in pieces[i : j + 1])
                if t.filler and first.token.filler:
                    if _NOTE_END in t.core and _NOTE_END not in first.token.core and not best:
                        best = (j, t, text)
                elif (t.rows or t.columns or t.filler) and not all_known:
                    best = (j, t, text)
        if best is None:
            out.append(first)
            i += 1
            continue
        j, t, text = best
        out.append(Piece(text, kind_of(t), t, first.start, pieces[j].end))
        i = j + 1
    return out
