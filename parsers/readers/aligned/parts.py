"""Pieces of print in their lines, and the labels that several of them below each other make up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.labels import squeeze
from parsers.readers.typeset import Piece
from parsers.tables.lexicon import WEAK_COLUMNS, Token

FIGURE = re.compile(r"^(?:[-−+]?[0-9０-９][0-9０-９,，.．]*(?:%|％|万元|元|件|条|个|次|人|篇)?|[/／—–-]{1,2}|无)$")
TITLE = re.compile(r"第二十条第?\([一二三四五六七八九十]{1,2}\)项?")
PROSE = re.compile(r"[。；！？]")


@dataclass(slots=True)
class Part:
    """A piece of print in its line."""

    line: int
    piece: Piece
    token: Token
    taken: bool = False

    @property
    def is_figure(self) -> bool:
        return bool(FIGURE.match(self.piece.text))


@dataclass(slots=True)
class Label:
    """A label or heading of a form, put together of parts that stand below each other."""

    parts: list[Part]
    token: Token

    @property
    def text(self) -> str:
        return "\n".join(part.piece.text for part in self.parts)

    @property
    def first(self) -> int:
        return self.parts[0].line

    @property
    def last(self) -> int:
        return self.parts[-1].line

    @property
    def left(self) -> float:
        return min(part.piece.left for part in self.parts)

    @property
    def right(self) -> float:
        return max(part.piece.right for part in self.parts)

    @property
    def is_title(self) -> bool:
        return bool(TITLE.fullmatch(squeeze(self.text)))

    @property
    def is_heading(self) -> bool:
        """Whether it can only be a heading above columns."""
        t = self.token
        strong = bool(t.columns) and t.core not in WEAK_COLUMNS
        return (t.filler or bool(t.group) or strong or bool(t.role)) and not (t.rows and not strong and not t.group)

    @property
    def has_value(self) -> bool:
        """Whether it is the label of a row with figures."""
        return any(row.metric or row.cells for _, row in self.token.rows)


def overlap(first: Piece, second: Piece) -> float:
    """How far two pieces of different lines stand over each other; negative if they are apart."""
    return min(first.right, second.right) - max(first.left, second.left)


def centre(part: Part) -> float:
    """The middle of a piece in its line."""
    return (part.piece.left + part.piece.right) / 2


def is_number(part: Part) -> bool:
    """Whether a piece has a digit: / and 无 are figures without one."""
    return any(character.isdigit() for character in part.piece.text)
