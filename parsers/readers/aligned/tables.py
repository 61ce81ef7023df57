"""The tables of a page: the lines that belong to each, from its head to the last line that is certainly its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model import Grid
from parsers.readers.aligned.grid import lay_out
from parsers.readers.aligned.heads import Columns, columns_of, find_heads
from parsers.readers.aligned.labels import find_labels, split_pieces
from parsers.readers.aligned.parts import FIGURE, PROSE, Label, Part
from parsers.readers.aligned.rows import Rows
from parsers.readers.typeset import Piece
from parsers.tables.lexicon import token

LONGEST_LINE = 40  # characters of a line that is a label
MAX_LINES = 4_000  # of a page or a text


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table in the lines from `start` to before `end`."""

    start: int
    end: int
    grid: Grid


@dataclass(frozen=True, slots=True)
class Aligned:
    """The tables of a page, and the columns of the last one, which may go on on the next page."""

    tables: tuple[AlignedTable, ...]
    columns: Columns | None

    @property
    def figures(self) -> int:
        """How many figures found their places."""
        return sum(bool(FIGURE.match(cell.text)) for table in self.tables for cell in table.grid.cells)


def find_aligned(lines: Sequence[Sequence[Piece]], before: Columns | None = None, exact: bool = True) -> Aligned:
    """The tables of forms among the lines of a page, from top to bottom.

    `before` are the columns of a table that may go on from the page before. `exact` says that places are those of the
    print, on every page; a program that sets a page as a text with spaces moves them from line to line.
    """
    if len(lines) > MAX_LINES:
        return Aligned((), None)
    parts = [[Part(n, piece, token(piece.text)) for piece in split_pieces(line)] for n, line in enumerate(lines)]
    labels = find_labels(parts)
    heads = list(find_heads(parts, labels))
    found: list[AlignedTable] = []
    last = before
    starts = [head[0] for head in heads]
    if before is not None:
        table = _table(parts, labels, before, 0, 0, starts[0] if starts else len(lines))
        found += [table] if table is not None else []
        last = before if table is not None else None
    for (start, below), following in zip(heads, [*starts, len(lines)][1:], strict=True):
        last = columns_of(parts, labels, start, below, exact)
        table = _table(parts, labels, last, start, below, following) if last is not None else None
        if table is None:
            last = None
        else:
            found.append(table)
    return Aligned(tuple(found), last)


def _table(
    parts: Sequence[Sequence[Part]],
    labels: Sequence[Label],
    columns: Columns,
    start: int,
    below: int,
    following: int,
) -> AlignedTable | None:
    """The table under one head, down to the last line that is certainly its own."""
    own = [label for label in labels if label.first >= start and below <= label.last < following and label.token.rows]
    own = [label for label in own if label.first >= below or not label.token.columns]
    for label in own:
        for part in label.parts:
            part.taken = columns.has_row(label.token)
    own = [label for label in own if columns.has_row(label.token)]
    lines = _lines(parts, own, below, following)
    if not lines:
        return None
    end = lines[-1] + 1
    own = [label for label in own if label.last < end]
    if columns.is_list and _has_side_labels(own):
        return None
    cut = [
        label for label in own if _may_be_cut(label, 0 if below else lines[0], end if following == len(parts) else 0)
    ]
    own = [label for label in own if label not in cut]
    for label in cut:
        for part in label.parts:
            part.taken = False
    reader = Rows(parts, columns, own, lines)
    top = below if below else min([lines[0], *(label.first for label in own)])
    if not below and all(reader.is_torn_label(line) for line in parts[:top]):
        top = 0
    if following == len(parts) and all(reader.is_torn_label(line) for line in parts[end:]):
        end = following
    rows = reader.read(top, end)
    if not any(row.cells or row.undivided for row in rows):
        return None
    first = start if below else top
    rows_of_labels = {id(part) for label in own for part in label.parts}
    head = [part for line in parts[start:below] for part in line if id(part) not in rows_of_labels]
    titles = [label for label in labels if label.is_title and start <= label.first < below]
    groups = [label for label in labels if label.token.group and start <= label.first and label.last < below]
    return AlignedTable(first, end, lay_out(columns, head if below else [], titles, groups, rows))


def _lines(parts: Sequence[Sequence[Part]], own: Sequence[Label], below: int, following: int) -> list[int]:
    """The lines with figures of a table; a number alone that no label stands beside is a page's."""
    found: list[int] = []
    for line in range(below, following):
        pieces = parts[line]
        beside = any(label.first <= line <= label.last for label in own)
        figures = any(part.is_figure for part in pieces)
        if (beside and (figures or found)) or (figures and len(pieces) > 1):
            found.append(line)
        elif len(pieces) == 1 and (PROSE.search(pieces[0].piece.text) or len(pieces[0].piece.text) > LONGEST_LINE):
            break
    return found


def _may_be_cut(label: Label, first: int, end: int) -> bool:
    """Whether a label at the head or the foot of a page may be a part of a longer one that the page's end cut."""
    known = {core for table, _ in label.token.rows for row in table.rows for core in row.cores}
    core = label.token.core
    if end and label.last == end - 1 and any(other != core and other.startswith(core) for other in known):
        return True
    return bool(first) and label.first <= first and any(other != core and other.endswith(core) for other in known)


def _has_side_labels(own: Sequence[Label]) -> bool:
    """Whether labels stand on the left of several rows: which ones are theirs, lines of print do not say."""
    return any(
        other is not label and other.left >= label.right and label.first <= other.last and other.first <= label.last
        for label in own
        for other in own
        if not label.has_value
    )
