"""The labels and headings of the forms among the pieces of a page: each of parts that stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.labels import squeeze
from parsers.readers.aligned.parts import FIGURE, PROSE, TITLE, Label, Part, overlap
from parsers.readers.typeset import Piece, display_width, is_numbered
from parsers.tables.lexicon import Token, token

LONGEST_STACK = 14  # lines of a label: an upright one has a character a line
FARTHEST = 8  # lines between two parts of a label


def find_labels(parts: Sequence[Sequence[Part]]) -> list[Label]:
    """The labels and headings of the forms, each of parts that stand below each other, the longest first."""
    found = []
    for line in parts:
        for part in line:
            if part.taken or part.is_figure:
                continue
            stack = _stack(parts, part)
            for length in range(len(stack), 0, -1):
                own = stack[:length]
                text = "\n".join(below.piece.text for below in own)
                t = token(text)
                if is_known(t):
                    for below in own:
                        below.taken = True
                    found.append(Label(own, t))
                    break
    whole = [label for label in found if not _goes_on(parts, label)]
    for label in found:
        for part in label.parts:
            part.taken = label in whole
    return whole


def _goes_on(parts: Sequence[Sequence[Part]], label: Label) -> bool:
    """Whether text of no label stands right above or below a label of a row: it may be a part of a longer one."""
    if not label.has_value or label.is_heading:
        return False
    for line, own in ((label.first - 1, label.parts[0]), (label.last + 1, label.parts[-1])):
        if not 0 <= line < len(parts) or any(part.is_figure for part in parts[line]):
            continue
        for part in parts[line]:
            text = part.piece.text
            other = PROSE.search(text) or text.endswith("：") or (line > label.last and is_numbered(text))
            if not part.taken and overlap(part.piece, own.piece) > 0 and not other:
                return True
    return False


def is_known(t: Token) -> bool:
    """Whether a text is a label or a heading of a form; the note on the sums only in full."""
    if t.columns or t.group or t.role:
        return True
    if t.rows:  # 2.其他 may be the first line of a longer label: the number tells it from 3.其他
        return not t.enumerator or any(row.enumerator in ("", t.enumerator) for _, row in t.rows)
    if t.filler:
        return "勾稽" not in t.core or t.core.rstrip(")").endswith("第四项之和")
    return bool(TITLE.fullmatch(squeeze(t.text)))


def _stack(parts: Sequence[Sequence[Part]], first: Part) -> list[Part]:
    """The part and those below it that it could go on in: one in a line, over or under the one before."""
    stack = [first]
    line = first.line + 1
    while line < len(parts) and line - stack[-1].line <= FARTHEST and len(stack) < LONGEST_STACK:
        over = [part for part in parts[line] if overlap(part.piece, stack[-1].piece) > 0]
        if over:
            if len(over) > 1 or over[0].taken or over[0].is_figure or PROSE.search(over[0].piece.text):
                break
            stack.append(over[0])
        line += 1
    return stack


def split_pieces(line: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a line; figures with a single space between them, or behind a label, are pieces of their own."""
    for piece in line:
        words = piece.text.split(" ")
        at = len(words)
        while at > 0 and FIGURE.match(words[at - 1]):
            at -= 1
        if len(words) < 2 or at == len(words) or (at and not is_known(token(" ".join(words[:at])))):
            yield piece  # 计 1 may be the middle of a label
            continue
        size = (piece.right - piece.left) / max(_size(piece.text), 1)
        place = piece.left
        for word in [" ".join(words[:at]), *words[at:]] if at else words:
            end = place + _size(word) * size
            yield Piece(word, place, end)
            place = end + size


def _size(text: str) -> int:
    return sum(map(display_width, text))
