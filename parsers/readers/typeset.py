"""From placed characters to lines, cells and paragraphs.

PDF pages and recognised pictures hold characters at places, not text: their order in the file, their spaces and
their line ends mean nothing. Coordinates grow to the right and downwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.readers.grids import collapse


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a word of one line, at its place. `turn` is the writing direction in quarter turns clockwise."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int = 0

    @property
    def x(self) -> float:
        """Centre from the left."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Centre from the top."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the box, about the size of the print."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a text begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: Margins | None = None  # of the column in which it stands, where the page is set in columns

    @property
    def y(self) -> float:
        """Centre from the top."""
        return (self.top + self.bottom) / 2


# Radicals that fonts use in place of the characters. NFKC knows the Kangxi block (U+2F00) and two of the supplement.
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺈⺊⺌⺍⺕⺗⺝⺟⺠⺡⺢⺤⺥⺦⺪⺫⺬⺮⺶⺷⺸⺻⺼⺾⺿⻀⻁⻂⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂乙几刀卜小小彐心月母民水水爪爪丬疋目示竹羊羊羊聿肉艹艹艹虎衣西见角讠贝车辶辶辶邑钅長镸长门阜青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def plain(text: str) -> str:
    """Radicals and compatibility ideographs as the characters they look like; everything else untouched."""
    return _LOOKALIKE.sub(
        lambda match: _RADICALS.get(match.group(), unicodedata.normalize("NFKC", match.group())), text
    )


def display_width(character: str) -> int:
    """How many columns a character takes in a font of fixed width: two for a full square (Unicode Annex 11)."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def is_wide(character: str) -> bool:
    """Whether the character takes a full square: ideographs, full-width forms and their punctuation."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"


def join_glyphs(glyphs: Sequence[Glyph]) -> str:
    """The text of the glyphs of one line, ordered by place, with a space where the gap is one.

    Between ideographs a gap is spacing, not a space, until it is wider than two characters.
    """
    text = ""
    previous: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.left):
        if previous is not None:
            gap, size = glyph.left - previous.right, max(glyph.height, previous.height)
            wide = is_wide(previous.text[-1]) or is_wide(glyph.text[0])
            if gap > size * (1.6 if wide else 0.22):
                text += " "
        text += glyph.text
        previous = glyph
    return text


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one row without a wide gap inside."""

    text: str
    left: float
    right: float


def pieces_of(row: Sequence[Glyph], gap: float = 0.9) -> list[Piece]:
    """The pieces of a row of glyphs: gaps wider than a character, or a part of one, divide them."""
    pieces: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if pieces and glyph.left - pieces[-1][-1].right <= gap * max(glyph.height, pieces[-1][-1].height):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [Piece(join_glyphs(piece).strip(), piece[0].left, max(glyph.right for glyph in piece)) for piece in pieces]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped into lines from top to bottom: those whose centre lies within the height of the line."""
    rows: list[list[Glyph]] = []
    bounds: list[tuple[float, float]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y, glyph.left)):
        if rows:
            top, bottom = bounds[-1]
            if top <= glyph.y <= bottom and min(glyph.bottom, bottom) - max(glyph.top, top) > 0.4 * min(
                glyph.height, bottom - top
            ):
                rows[-1].append(glyph)
                if glyph.height > bottom - top:
                    bounds[-1] = (glyph.top, glyph.bottom)
                continue
        rows.append([glyph])
        bounds.append((glyph.top, glyph.bottom))
    return rows


def lines_of(glyphs: Iterable[Glyph], column: Margins | None = None) -> list[Line]:
    """Lines of print from top to bottom; turned text is left out."""
    lines = []
    for row in rows_of(glyph for glyph in glyphs if glyph.turn == 0):
        text = collapse(join_glyphs(row))
        if text:
            size = sorted(glyph.height for glyph in row)[len(row) // 2]
            lines.append(
                Line(
                    text,
                    min(glyph.left for glyph in row),
                    min(glyph.top for glyph in row),
                    max(glyph.right for glyph in row),
                    max(glyph.bottom for glyph in row),
                    size,
                    column,
                )
            )
    return lines


PADDING = 5.4  # points that word processors leave free on either side of a cell
_SPLIT_NUMBER = (re.compile(r"[0-9０-９][.,，．]?$"), re.compile(r"^[.,，．]?[0-9０-９]"))


def cell_lines(glyphs: Sequence[Glyph], left: float, right: float) -> str:
    """The text of a table cell between two edges: lines joined by line breaks, upright labels by nothing.

    A number that was broken because its line was full is put together again; two numbers below each other are not.
    """
    if not glyphs:
        return ""
    turn = Counter(glyph.turn for glyph in glyphs).most_common(1)[0][0]
    if turn in (1, 3):
        return _turned(glyphs, turn)
    lines = lines_of(glyphs)
    stacked = all(len(line.text) <= 2 for line in lines) and sum(len(line.text) == 1 for line in lines) >= 3
    if stacked and not any(character.isdigit() for line in lines for character in line.text):
        return "".join(line.text for line in lines)
    text = ""
    previous: Line | None = None
    for line in lines:
        if previous is not None:
            room = max(1.5 * line.size, 2 * PADDING + 0.55 * line.size)  # not enough for one more digit
            full = (previous.left - left) + (right - previous.right) < room
            ends, starts = _SPLIT_NUMBER
            text += "" if full and ends.search(previous.text) and starts.search(line.text) else "\n"
        text += line.text
        previous = line
    return text


def _turned(glyphs: Sequence[Glyph], turn: int) -> str:
    """Text running downwards (turn 1: lines from right to left) or upwards (turn 3: from left to right)."""
    flat = [
        Glyph(g.text, g.top, -g.right, g.bottom, -g.left)
        if turn == 1
        else Glyph(g.text, -g.bottom, g.left, -g.top, g.right)
        for g in glyphs
    ]
    return "\n".join(line.text for line in lines_of(flat))


_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章部节条]"
    r"|[0-9]{1,2}[、．.](?![0-9])|[①-⑳])"
)


def is_numbered(text: str) -> bool:
    """Whether the line begins with a number as headings and list items do."""
    return bool(_NUMBERED.match(text))


def margins_of(lines: Sequence[Line]) -> Margins | None:
    """The left and right margin that the lines keep, None for fewer than three lines."""
    if len(lines) < 3:
        return None
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return Margins(lefts[len(lefts) // 10], rights[-1 - len(rights) // 10])


def starts_paragraph(previous: Line, line: Line, margins: Margins, body_size: float) -> bool:
    """Whether a line begins a new paragraph after the line before it (which may stand on the page before).

    `margins` are those of the page; lines of a page set in columns keep those of their column.
    """
    before, margins = previous.column or margins, line.column or margins
    indent = line.left - margins.left
    size = min(line.size, body_size)
    same_size = abs(previous.size - line.size) < 0.12 * line.size
    if same_size and line.size > 1.15 * body_size and _centred(line, margins, body_size):
        # the lines of a title in large print: the first is centred too, or full
        full = before.right - previous.right < 1.5 * line.size
        return is_numbered(line.text) or not (full or _centred(previous, before, body_size))
    if _centred(previous, before, body_size) and _centred(line, margins, body_size):
        return True
    if abs(previous.size - line.size) > 0.2 * line.size:
        return True
    # The line before was not full. A column is narrow: words and numbers that must not be cut leave room in it.
    broken = previous.column is not None and previous.text[-1] not in "。！？；："
    if previous.right < before.right - (3.5 if broken else 1.9) * size:
        return True
    if previous.text[-1] in "。！？" and before.right - before.left < 22 * size:  # too narrow to know a full line
        return True
    if is_numbered(line.text) and (indent > size or previous.text[-1] in "。；：！？;:"):
        return True
    if indent > 1.2 * size and not (
        previous.left - before.left > 1.2 * size and abs(previous.left - before.left - indent) < 2
    ):
        return True
    return line.top - previous.bottom > 1.9 * size and line.top > previous.bottom


def _centred(line: Line, margins: Margins, body_size: float) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return before > 1.5 * body_size and abs(before - after) < 2.5 * body_size


_GLUED = re.compile(r"[0-9A-Za-z]$"), re.compile(r"^[0-9A-Za-z]")


def glue(first: str, second: str) -> str:
    """Two lines of one paragraph as running text: a space only between Latin words, numbers are continued."""
    ends, starts = _GLUED
    if ends.search(first) and starts.search(second) and (first[-1].isalpha() and second[0].isalpha()):
        return first + " " + second
    return first + second
