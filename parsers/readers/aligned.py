"""Tables of the forms without ruling lines: print that keeps to columns, on a PDF page or in a text set with spaces.

Blank cells leave no trace here and labels run over several lines, so what stands in a row and in a column is told by
places alone. A generic table of columns is not certain enough for that; the forms are: their headings say which
columns there are, and their labels say where a row begins and ends. Pieces of print are joined downwards to the
labels and headings of the forms; the figures between are put under the heading that they stand below. A figure whose
row or column is not certain keeps its place in a cell over all columns, from which no value is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.forms import SUBTOTAL, FormTable
from parsers.labels import squeeze
from parsers.model import Cell, Grid
from parsers.readers.typeset import Piece, is_numbered
from parsers.tables.headings import is_complete
from parsers.tables.lexicon import WEAK_COLUMNS, Token, token

LONGEST_STACK = 14  # lines of a label: an upright one has a character a line
FARTHEST = 8  # lines between two parts of a label
NEAR = 12  # lines within which places of a text are compared
TORN = 8  # characters of a numbered part of a label; a longer text is a heading of the report
LONGEST_LINE = 40  # characters of a line that is a label
MAX_LINES = 4_000  # of a page or a text
_FIGURE = re.compile(r"^(?:[-−+]?[0-9０-９][0-9０-９,，.．]*(?:%|％|万元|元|件|条|个|次|人|篇)?|[/／—–-]{1,2}|无)$")
_TITLE = re.compile(r"第二十条第?\([一二三四五六七八九十]{1,2}\)项?")
_PROSE = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table in the lines from `start` to before `end`."""

    start: int
    end: int
    grid: Grid


@dataclass(slots=True)
class _Part:
    """A piece of print in its line."""

    line: int
    piece: Piece
    token: Token
    taken: bool = False

    @property
    def is_figure(self) -> bool:
        return bool(_FIGURE.match(self.piece.text))


@dataclass(slots=True)
class _Label:
    """A label or heading of a form, put together of parts that stand below each other."""

    parts: list[_Part]
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
        return bool(_TITLE.fullmatch(squeeze(self.text)))

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


@dataclass(slots=True)
class Columns:
    """The columns under one head, and where they stand; no places are known on a page set anew."""

    heads: list[_Label]
    is_list: bool
    spans: list[tuple[float, float]]
    exact: bool = True  # places are those of the print; in a text they move from line to line

    @property
    def values(self) -> list[int]:
        """Which of them hold figures."""
        if not self.is_list:
            return list(range(len(self.heads)))
        return [n for n, head in enumerate(self.heads) if head.token.role and head.token.role[0] == "value"]

    def has_row(self, t: Token) -> bool:
        """Whether a label is that of a row of the tables that these columns are of."""
        if self.is_list:
            return any(table.kind == "list" for table, _ in t.rows)
        return any(id(table) == id(own) for table, _ in t.rows for own, _ in self.heads[0].token.columns)

    def role(self, name: str) -> int | None:
        """The column of a list that holds its labels, its units or its running numbers."""
        roles = [head.token.role[0] if head.token.role else "" for head in self.heads]
        return roles.index(name) if name in roles else None


@dataclass(frozen=True, slots=True)
class Aligned:
    """The tables of a page, and the columns of the last one, which may go on on the next page."""

    tables: tuple[AlignedTable, ...]
    columns: Columns | None

    @property
    def figures(self) -> int:
        """How many figures found their places."""
        return sum(bool(_FIGURE.match(cell.text)) for table in self.tables for cell in table.grid.cells)


@dataclass(slots=True)
class _Row:
    """A row to be: its label and the figures by column, or all of them undivided."""

    line: int
    label: str
    cells: dict[int, str] = field(default_factory=dict)
    undivided: str = ""


def find_aligned(lines: Sequence[Sequence[Piece]], before: Columns | None = None, exact: bool = True) -> Aligned:
    """The tables of forms among the lines of a page, from top to bottom.

    `before` are the columns of a table that may go on from the page before. `exact` says that places are those of the
    print, on every page; a program that sets a page as a text with spaces moves them from line to line.
    """
    if len(lines) > MAX_LINES:
        return Aligned((), None)
    parts = [[_Part(n, piece, token(piece.text)) for piece in _apart(line)] for n, line in enumerate(lines)]
    labels = _labels(parts)
    heads = list(_heads(parts, labels))
    found: list[AlignedTable] = []
    last = before
    starts = [head[0] for head in heads]
    if before is not None:
        table = _table(parts, labels, before, 0, 0, starts[0] if starts else len(lines))
        found += [table] if table is not None else []
        last = before if table is not None else None
    for (start, below), following in zip(heads, [*starts, len(lines)][1:], strict=True):
        last = _columns(parts, labels, start, below, exact)
        table = _table(parts, labels, last, start, below, following) if last is not None else None
        if table is None:
            last = None
        else:
            found.append(table)
    return Aligned(tuple(found), last)


def _apart(line: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a line; figures with a single space between them, or behind a label, are pieces of their own."""
    for piece in line:
        words = piece.text.split(" ")
        at = len(words)
        while at > 0 and _FIGURE.match(words[at - 1]):
            at -= 1
        if len(words) < 2 or at == len(words) or (at and not _is_known(token(" ".join(words[:at])))):
            yield piece  # 计 1 may be the middle of a label
            continue
        size = (piece.right - piece.left) / max(_size(piece.text), 1)
        place = piece.left
        for word in [" ".join(words[:at]), *words[at:]] if at else words:
            end = place + _size(word) * size
            yield Piece(word, place, end)
            place = end + size


def _size(text: str) -> int:
    return sum(2 if character > "\u2e80" else 1 for character in text)


# ---------------------------------------------------------------- labels of several lines


def _labels(parts: Sequence[Sequence[_Part]]) -> list[_Label]:
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
                if _is_known(t):
                    for below in own:
                        below.taken = True
                    found.append(_Label(own, t))
                    break
    whole = [label for label in found if not _goes_on(parts, label)]
    for label in found:
        for part in label.parts:
            part.taken = label in whole
    return whole


def _goes_on(parts: Sequence[Sequence[_Part]], label: _Label) -> bool:
    """Whether text of no label stands right above or below a label of a row: it may be a part of a longer one."""
    if not label.has_value or label.is_heading:
        return False
    for line, own in ((label.first - 1, label.parts[0]), (label.last + 1, label.parts[-1])):
        if not 0 <= line < len(parts) or any(part.is_figure for part in parts[line]):
            continue
        for part in parts[line]:
            text = part.piece.text
            other = _PROSE.search(text) or text.endswith("：") or (line > label.last and is_numbered(text))
            if not part.taken and _overlap(part.piece, own.piece) > 0 and not other:
                return True
    return False


def _is_known(t: Token) -> bool:
    """Whether a text is a label or a heading of a form; the note on the sums only in full."""
    if t.columns or t.group or t.role:
        return True
    if t.rows:  # 2.其他 may be the first line of a longer label: the number tells it from 3.其他
        return not t.enumerator or any(row.enumerator in ("", t.enumerator) for _, row in t.rows)
    if t.filler:
        return "勾稽" not in t.core or t.core.rstrip(")").endswith("第四项之和")
    return bool(_TITLE.fullmatch(squeeze(t.text)))


def _stack(parts: Sequence[Sequence[_Part]], first: _Part) -> list[_Part]:
    """The part and those below it that it could go on in: one in a line, over or under the one before."""
    stack = [first]
    line = first.line + 1
    while line < len(parts) and line - stack[-1].line <= FARTHEST and len(stack) < LONGEST_STACK:
        over = [part for part in parts[line] if _overlap(part.piece, stack[-1].piece) > 0]
        if over:
            if len(over) > 1 or over[0].taken or over[0].is_figure or _PROSE.search(over[0].piece.text):
                break
            stack.append(over[0])
        line += 1
    return stack


def _overlap(first: Piece, second: Piece) -> float:
    return min(first.right, second.right) - max(first.left, second.left)


# ---------------------------------------------------------------- heads


def _heads(parts: Sequence[Sequence[_Part]], labels: Sequence[_Label]) -> Iterator[tuple[int, int]]:
    """Where the heads of tables begin, and the first line below each that has figures."""
    strong = sorted((label.first, label.last) for label in labels if label.is_heading or label.is_title)
    at = 0
    for first, _ in strong:
        if first < at:
            continue
        below = next((n for n in range(first, len(parts)) if any(part.is_figure for part in parts[n])), None)
        if below is None:
            return
        yield first, below
        at = below + 1


def _columns(
    parts: Sequence[Sequence[_Part]], labels: Sequence[_Label], start: int, below: int, exact: bool
) -> Columns | None:
    """The columns that the headings from `start` to `below` announce, from left to right."""
    own = [label for label in labels if start <= label.first and label.last < below and not label.is_title]
    leaves = [label for label in own if label.token.columns]
    if leaves:
        leaves.sort(key=lambda label: label.left + label.right)
        if any(_beside(first, second) < 0 for first, second in pairwise(leaves)):
            return None
        slots = [label.token.columns for label in leaves]
        if not is_complete(slots) or not _is_as_wide(leaves) or not (exact or _in_order(leaves)):
            return None
        return Columns(leaves, False, [(label.left, label.right) for label in leaves], exact)
    roles = sorted((label for label in own if label.token.role), key=lambda label: label.left + label.right)
    lines = {line for label in roles for line in range(label.first, label.last + 1)}
    if any(not part.taken and part.piece.left > roles[0].right for line in lines for part in parts[line]):
        return None  # a column whose heading is not known
    names = [label.token.role[0] for label in roles if label.token.role]
    if names.count("label") != 1 or "value" not in names or names.index("label") > names.index("value"):
        return None
    if any(_beside(first, second) < 0 for first, second in pairwise(roles)):
        return None
    return Columns(roles, True, [(label.left, label.right) for label in roles], exact)


def _is_as_wide(leaves: Sequence[_Label]) -> bool:
    """Whether there are as many headings as a table of a form has columns: none was overlooked."""
    tables = [table for table, _ in leaves[0].token.columns]
    sums = [sum(column.applicant == SUBTOTAL for column in table.columns) for table in tables]
    return any(
        len(table.columns) - less <= len(leaves) <= len(table.columns) for table, less in zip(tables, sums, strict=True)
    )


def _in_order(leaves: Sequence[_Label]) -> bool:
    """Whether headings stand in the order in which a table of a form has them."""
    return any(_is_order_of(table, leaves) for table, _ in leaves[0].token.columns)


def _is_order_of(table: FormTable, leaves: Sequence[_Label]) -> bool:
    at = -1
    for leaf in leaves:
        own = sorted(column.index for t, column in leaf.token.columns if t is table and column.index > at)
        if not own:
            return False
        at = own[0]
    return True


def _beside(first: _Label, second: _Label) -> float:
    return second.left - first.right


# ---------------------------------------------------------------- rows


def _table(
    parts: Sequence[Sequence[_Part]],
    labels: Sequence[_Label],
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
    reader = _Rows(parts, columns, own, lines)
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
    return AlignedTable(first, end, _grid(columns, head if below else [], titles, groups, rows))


def _lines(parts: Sequence[Sequence[_Part]], own: Sequence[_Label], below: int, following: int) -> list[int]:
    """The lines with figures of a table; a number alone that no label stands beside is a page's."""
    found: list[int] = []
    for line in range(below, following):
        pieces = parts[line]
        beside = any(label.first <= line <= label.last for label in own)
        figures = any(part.is_figure for part in pieces)
        if (beside and (figures or found)) or (figures and len(pieces) > 1):
            found.append(line)
        elif len(pieces) == 1 and (_PROSE.search(pieces[0].piece.text) or len(pieces[0].piece.text) > LONGEST_LINE):
            break
    return found


def _may_be_cut(label: _Label, first: int, end: int) -> bool:
    """Whether a label at the head or the foot of a page may be a part of a longer one that the page's end cut."""
    known = {core for table, _ in label.token.rows for row in table.rows for core in row.cores}
    core = label.token.core
    if end and label.last == end - 1 and any(other != core and other.startswith(core) for other in known):
        return True
    return bool(first) and label.first <= first and any(other != core and other.endswith(core) for other in known)


def _has_side_labels(own: Sequence[_Label]) -> bool:
    """Whether labels stand on the left of several rows: which ones are theirs, lines of print do not say."""
    return any(
        other is not label and other.left >= label.right and label.first <= other.last and other.first <= label.last
        for label in own
        for other in own
        if not label.has_value
    )


class _Rows:
    """The rows of one table."""

    def __init__(
        self, parts: Sequence[Sequence[_Part]], columns: Columns, own: Sequence[_Label], lines: Sequence[int]
    ) -> None:
        self.parts = parts
        self.columns = columns
        self.own = own
        self.left = min((label.left for label in own), default=float("-inf"))
        figures = [part for line in lines for part in parts[line] if part.is_figure and part.piece.right > self.left]
        self.clusters = _clusters([part for part in figures if _is_number(part)])
        self.overfull = False  # a line has more figures than there are columns: one was not recognised
        self.of_cluster = self._columns_of_clusters(lines)

    def _columns_of_clusters(self, lines: Sequence[int]) -> list[int] | None:
        """Which column each cluster of figures is, from left to right; None where that is not certain."""
        values = self.columns.values
        clusters = self.clusters
        most = 0
        for line in lines:
            at = [self._cluster(part) for part in self.parts[line] if part.is_figure and part.piece.right > self.left]
            seen = [n for n in at if n is not None]
            if len(set(seen)) < len(seen):
                return None
            most = max(most, len(seen))
        self.overfull = most > len(values)
        if not clusters or len(clusters) > len(values):
            return None
        if not self.columns.exact:
            return None
        spans = [self.columns.spans[n] for n in values]
        if len(clusters) == len(values) and most == len(values):
            return values
        found = []
        for cluster in clusters:
            place = _nearest(cluster, spans)
            if place is None:
                return None
            found.append(values[place])
        return found if all(a < b for a, b in pairwise(found)) else None

    def _cluster(self, part: _Part) -> int | None:
        over = [
            n for n, (left, right) in enumerate(self.clusters) if part.piece.left < right and left < part.piece.right
        ]
        return over[0] if len(over) == 1 else None

    def read(self, first: int, end: int) -> list[_Row]:
        """The rows from one line to before another, in their order."""
        rows: list[_Row] = []
        used: dict[int, _Row] = {}  # label -> the row that it was taken for
        for line in range(first, end):
            figures = [part for part in self.parts[line] if part.is_figure]
            loose = [part for part in self.parts[line] if not part.is_figure and not part.taken]
            if not figures:
                rows += [_Row(line, part.piece.text) for part in loose if part.token.unit is None]
                continue
            index = self._label_of(line, loose)
            if index is None:
                before = [part for part in loose if part.piece.right <= figures[-1].piece.left]
                row = _Row(line, " ".join(part.piece.text for part in before))
                loose = [part for part in loose if part not in before]
                if token(row.label).rows:  # the first line of a longer label, or the last one
                    row.undivided = " "
            else:
                row = _Row(line, self.own[index].text)
            self._fill(row, figures, loose)
            if index is not None and index in used:
                both = [used[index], row]
                for other in both:  # two lines of figures beside one label: neither is certainly its own
                    texts = [text for _, text in sorted(other.cells.items())]
                    other.undivided, other.cells = other.undivided or " ".join(texts), {}
            elif index is not None:
                used[index] = row
            rows.append(row)
        for n, label in enumerate(self.own):
            if n not in used and first <= label.last < end:
                rows.append(_Row(max(label.first, first), label.text))
        return sorted(rows, key=lambda row: row.line)

    def is_torn_label(self, line: Sequence[_Part]) -> bool:
        """Whether a line at the edge of a page holds parts of a label only, which the end of the page cut."""
        first = self.clusters[0][0] if self.clusters else float("inf")
        return all(
            not part.is_figure
            and part.piece.right <= first
            and not _PROSE.search(part.piece.text)
            and not (is_numbered(part.piece.text) and len(part.piece.text) > TORN)
            for part in line
        )

    def _label_of(self, line: int, loose: Sequence[_Part]) -> int | None:
        """The label beside a line of figures: the one farthest to the right, if no other text stands behind it."""
        beside = [n for n, label in enumerate(self.own) if label.first <= line <= label.last]
        found = max(beside, key=lambda n: self.own[n].left, default=None)
        if found is None:
            return None
        label = self.own[found]
        first = self.clusters[0][0] if self.clusters else float("inf")
        behind = [part for part in loose if part.token.unit is None and label.right <= part.piece.left < first]
        return None if behind else found

    def _fill(self, row: _Row, figures: Sequence[_Part], loose: Sequence[_Part]) -> None:
        """Put the figures of a line into their columns."""
        printed: list[_Part] = []
        for part in figures:
            if part.piece.right <= self.left:
                row.cells[-1] = part.piece.text  # a running number
            else:
                printed.append(part)
        places = self._places(row.line, printed)
        for part in loose:
            if self.columns.is_list and part.token.unit is not None and (unit := self.columns.role("unit")) is not None:
                row.cells[unit] = part.piece.text
            elif self.clusters and part.piece.right > self.clusters[0][0]:
                printed.append(part)  # words where figures stand
                places.append(None)
            elif part.piece.text:
                row.label = f"{part.piece.text} {row.label}".strip()
        if row.undivided or None in places or len(set(places)) < len(places):
            row.undivided = " ".join(part.piece.text for part in sorted(printed, key=lambda part: part.piece.left))
        else:
            row.cells.update({n: part.piece.text for n, part in zip(places, printed, strict=True) if n is not None})

    def _places(self, line: int, printed: Sequence[_Part]) -> list[int | None]:
        """The column of each figure of a line."""
        values = self.columns.values
        if self.overfull:
            return [None] * len(printed)
        if len(printed) == len(values):
            in_order: list[int | None] = list(values)
            certain = [self._column(part) for part in printed] if self.columns.exact else in_order
            return in_order if all(a in (None, b) for a, b in zip(certain, in_order, strict=True)) else certain
        if self.columns.is_list and len(printed) == len(values) + 1 and not _is_number(printed[0]):
            return [self.columns.role("unit"), *values]  # a dash for no unit
        if self.columns.exact:
            return [self._column(part) for part in printed]
        above, below = self._full_line(line, -1), self._full_line(line, 1)
        if above is None or below is None or any(_apart_from(a, b) for a, b in zip(above, below, strict=True)):
            return [None] * len(printed)
        places: list[int | None] = []
        for part in printed:
            over = [n for n, pair in enumerate(zip(above, below, strict=True)) if _is_under(part, pair)]
            places.append(values[over[0]] if len(over) == 1 else None)
        return places

    def _column(self, part: _Part) -> int | None:
        cluster = self._cluster(part)
        return self.of_cluster[cluster] if self.of_cluster and cluster is not None else None

    def _full_line(self, line: int, step: int) -> list[_Part] | None:
        """The figures of the nearest line above or below that has one in every column."""
        at = line + step
        while 0 <= at < len(self.parts) and abs(at - line) <= NEAR:
            figures = [part for part in self.parts[at] if part.is_figure and part.piece.right > self.left]
            if len(figures) == len(self.columns.values):
                return figures
            at += step
        return None


def _apart_from(first: _Part, second: _Part) -> bool:
    return abs(_centre(first) - _centre(second)) > 1.5


def _is_under(part: _Part, pair: tuple[_Part, _Part]) -> bool:
    """Whether a figure stands over or under two others, no farther off than their own centres may be."""
    return all(_overlap(part.piece, other.piece) > 0 or abs(_centre(part) - _centre(other)) <= 1.5 for other in pair)


def _centre(part: _Part) -> float:
    return (part.piece.left + part.piece.right) / 2


def _is_number(part: _Part) -> bool:
    return any(character.isdigit() for character in part.piece.text)


def _clusters(numbers: Sequence[_Part]) -> list[tuple[float, float]]:
    """Where numbers stand below each other, from left to right; signs for nothing make no column."""
    found: list[tuple[float, float]] = []
    for part in sorted(numbers, key=lambda part: part.piece.left):
        if found and part.piece.left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], part.piece.right))
        else:
            found.append((part.piece.left, part.piece.right))
    return found


def _nearest(cluster: tuple[float, float], spans: Sequence[tuple[float, float]]) -> int | None:
    """The heading that figures stand below: the only one over them, or the one that is plainly the nearest."""
    over = [n for n, (left, right) in enumerate(spans) if left < cluster[1] and cluster[0] < right]
    if len(over) == 1:
        return over[0]
    centre = (cluster[0] + cluster[1]) / 2
    by_distance = sorted((abs((left + right) / 2 - centre), n) for n, (left, right) in enumerate(spans))
    if len(by_distance) == 1 or by_distance[0][0] < 0.5 * by_distance[1][0]:
        return by_distance[0][1]
    return None


# ---------------------------------------------------------------- the grid


def _grid(
    columns: Columns, head: Sequence[_Part], titles: Sequence[_Label], groups: Sequence[_Label], rows: Sequence[_Row]
) -> Grid:
    cells: list[Cell] = []
    if columns.is_list:
        width, shift = len(columns.heads), 0
        label_at = next(
            n for n, label in enumerate(columns.heads) if label.token.role and label.token.role[0] == "label"
        )
    else:
        width, shift, label_at = len(columns.heads), 1, 0
    total = width + shift + (len(columns.values) < 2)  # what is undivided reaches over two columns at least
    top = 0
    if head:
        for title in titles:
            cells.append(Cell(top, 0, title.text, 1, total))
            top += 1
        for text in _rest_of_head(head, columns, titles, groups):
            cells.append(Cell(top, 0, text, 1, total))
            top += 1
        top = _lay_heads(columns, groups, cells, top, shift)
    for row in rows:
        code = row.cells.pop(-1, None)
        if code is not None and not (columns.is_list and label_at > 0 and 0 not in row.cells):
            row.label, code = f"{code} {row.label}", None
        if row.label:
            cells.append(Cell(top, label_at, row.label))
        if not row.undivided:
            cells.extend(Cell(top, n + shift, row.cells.get(n, "")) for n in columns.values)
        for n, text in row.cells.items():
            if n not in columns.values and n != label_at:
                cells.append(Cell(top, n + shift, text))
        if code is not None:
            cells.append(Cell(top, 0, code))
        if row.undivided:
            first = columns.values[0] + shift
            cells.append(Cell(top, first, row.undivided, 1, total - first))
        top += 1
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), top, total)


def _rest_of_head(
    head: Sequence[_Part], columns: Columns, titles: Sequence[_Label], groups: Sequence[_Label]
) -> list[str]:
    """What stands in the head and is no heading of a column: 信息内容, the note on the sums."""
    laid = {id(part) for label in (*columns.heads, *titles, *groups) for part in label.parts}
    texts: dict[int, str] = {}
    for part in head:
        if id(part) not in laid:
            texts[part.line] = f"{texts.get(part.line, '')} {part.piece.text}".strip()
    return list(texts.values())


def _lay_heads(columns: Columns, groups: Sequence[_Label], cells: list[Cell], top: int, shift: int) -> int:
    """Lay the headings out, those over several columns above them; gives the next free row."""
    spans = [(group, span) for group in groups if (span := _span_of(group, columns)) is not None]
    depth = [
        sum(outer is not group and span[0] <= own[0] and own[1] <= span[1] for outer, span in spans)
        for group, own in spans
    ]
    for (group, (first, last)), level in zip(spans, depth, strict=True):
        cells.append(Cell(top + level, shift + first, group.text, 1, last - first + 1))
    levels = max(depth, default=-1) + 1
    for n, label in enumerate(columns.heads):
        above = max((level + 1 for (_, (a, b)), level in zip(spans, depth, strict=True) if a <= n <= b), default=0)
        cells.append(Cell(top + above, shift + n, label.text, levels - above + 1))
    return top + levels + 1


def _span_of(group: _Label, columns: Columns) -> tuple[int, int] | None:
    """The first and the last column below a heading over several.

    Those of the form, where its columns stand in its order and the heading over them; else as many as the form has,
    centred below the heading.
    """
    name = group.token.group
    centre = (group.left + group.right) / 2
    for table, _ in columns.heads[0].token.columns:
        places = [(column.parents, column.under) for column in table.columns if column.applicant != SUBTOTAL]
        if len(places) != len(columns.heads) or not _is_order_of(table, columns.heads):
            continue
        under = [n for n, (parents, own) in enumerate(places) if name in (*parents, own)]
        if not under:
            continue
        first, last = columns.spans[under[0]], columns.spans[under[-1]]
        slack = (columns.spans[-1][1] - columns.spans[0][0]) / len(places) / 2
        return (under[0], under[-1]) if first[0] - slack < centre < last[1] + slack else None
    below = [
        {
            (table.form, table.id): sum(name in (*own.parents, own.under) for own in table.columns)
            for table, column in head.token.columns
            if name in (*column.parents, column.under)
        }
        for head in columns.heads
    ]
    possible = [n for n, tables in enumerate(below) if tables]
    if not possible:
        return None
    most = max(count for n in possible for count in below[n].values())
    runs = [(first, first + most - 1) for first in possible if all(n in possible for n in range(first, first + most))]
    if not runs:  # the column of their sum is printed by few
        return (possible[0], possible[-1]) if possible == list(range(possible[0], possible[-1] + 1)) else None
    middle = {run: (columns.spans[run[0]][0] + columns.spans[run[1]][1]) / 2 for run in runs}
    return min(runs, key=lambda run: abs(middle[run] - centre))
