"""The pieces of a flattened table: labels, values and headings of a stream of text, and the sections they form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.labels import squeeze
from parsers.tables.lexicon import Token
from parsers.tables.sheet import Slot

TITLE = re.compile(r"第二十条第?\([一二三四五六七八九十]{1,2}\)项?")
Position = tuple[int, int]
"""A paragraph of the stream and a character in it."""


@dataclass(slots=True)
class Piece:
    """A piece of text and where it stands."""

    text: str
    kind: str  # head | label | value | unit | run | text | prose
    token: Token
    start: Position
    end: Position
    whole: bool = True  # it is all of its paragraph


@dataclass(slots=True)
class Line:
    """A row to be: its labels, and its cells or the digits that are still to be cut into cells."""

    labels: list[str]
    known: Token | None = None
    unit: str | None = None
    values: list[str] = field(default_factory=list)
    run: str | None = None
    cut: Sequence[str] | None = None
    suspect: bool = False  # its cells cannot be counted off against the headings


@dataclass(slots=True)
class Section:
    """The headings of a table in the stream and the rows below them."""

    heads: list[Piece] = field(default_factory=list)
    order: list[tuple[Slot, list[Token]]] = field(default_factory=list)
    roles: list[tuple[str, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    suspect: bool = False  # the rows have more cells than the headings announce

    @property
    def is_list(self) -> bool:
        """Whether the headings are those of a list; a stream without headings is read as one."""
        return not self.order and not any(p.token.columns or p.token.group for p in self.heads)


def kind_of(t: Token) -> str:
    if t.value_like:
        return "value"
    if t.unit is not None:
        return "unit"
    if t.filler or (t.role and not t.rows) or (t.core and "第" in t.text and TITLE.fullmatch(squeeze(t.text))):
        return "head"
    if t.rows or t.columns or t.group:
        return "label"
    return "text"
