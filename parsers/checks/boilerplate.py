"""Passages that stand word for word in two texts: last year's report, or a neighbour's, used again.

Both texts are compared without white space and in one character width; offsets are into the texts as given. Every
common run of LEAST characters or more is found: any such run contains a whole block of the other text's grid of
ANCHOR characters. Time and memory grow with the lengths of the texts.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

LEAST = 20
"""Characters, white space aside, from which a common run counts as copied."""

SHOWN = 40
"""Characters from which a run is listed as a passage."""

_ANCHOR = (LEAST + 1) // 2
_OCCURRENCES = 32  # places of the other text compared for one block; formulas repeat, runs do not
_STRIDE = 64  # characters compared at once
_LONGEST_TEXT = 5_000_000  # characters compared; no report comes near


@dataclass(frozen=True, slots=True)
class Passage:
    """A common passage: text[start:end] says what other[other_start:other_end] says, up to white space and width."""

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """`share` of the text's characters (white space aside) that stand in runs of LEAST or more in the other text."""

    share: float
    passages: tuple[Passage, ...]


def shared_passages(text: str, other: str) -> Boilerplate:
    """Find what of `text` stands word for word in `other`; passages in the order of the text, none overlapping."""
    letters, offsets = _compact(text)
    other_letters, other_offsets = _compact(other)
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(0, len(other_letters) - _ANCHOR + 1, _ANCHOR):
        places = blocks[other_letters[at : at + _ANCHOR]]
        if len(places) < _OCCURRENCES:
            places.append(at)
    passages: list[Passage] = []
    copied = done = at = 0
    while at <= len(letters) - _ANCHOR:
        start, end, other_start = at, at, 0
        for place in blocks.get(letters[at : at + _ANCHOR], ()):
            left = _common_before(letters, at, done, other_letters, place)
            right = _common_after(letters, at + _ANCHOR, other_letters, place + _ANCHOR)
            if left + _ANCHOR + right > end - start:
                start, end, other_start = at - left, at + _ANCHOR + right, place - left
        length = end - start
        if length < LEAST:
            at += 1
            continue
        copied += length
        if length >= SHOWN:
            other_end = other_start + length
            passages.append(
                Passage(
                    offsets[start],
                    offsets[end - 1] + 1,
                    other_offsets[other_start],
                    other_offsets[other_end - 1] + 1,
                )
            )
        at = done = end
    return Boilerplate(copied / len(letters) if letters else 0.0, tuple(passages))


def _compact(text: str) -> tuple[str, list[int]]:
    """Drop white space and unify character widths, one character for one; the list says where each one stood."""
    letters: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text[:_LONGEST_TEXT]):
        if character.isspace():
            continue
        if "\uff01" <= character <= "\uff5e":
            character = unicodedata.normalize("NFKC", character)  # noqa: PLW2901 - the same character
        letters.append(character)
        offsets.append(at)
    return "".join(letters), offsets


def _common_before(letters: str, at: int, done: int, other: str, place: int) -> int:
    length = 0
    most = min(at - done, place)
    while length < most and letters[at - length - 1] == other[place - length - 1]:
        length += 1
    return length


def _common_after(letters: str, at: int, other: str, place: int) -> int:
    length = 0
    most = min(len(letters) - at, len(other) - place)
    while length + _STRIDE <= most and letters.startswith(
        other[place + length : place + length + _STRIDE], at + length
    ):
        length += _STRIDE
    while length < most and letters[at + length] == other[place + length]:
        length += 1
    return length
