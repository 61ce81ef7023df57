"""The rows of a table: the label beside each line of figures, and the column that each figure stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.readers.aligned.heads import Columns
from parsers.readers.aligned.parts import PROSE, Label, Part, centre, is_number, overlap
from parsers.readers.typeset import is_numbered
from parsers.tables.lexicon import token

NEAR = 12  # lines within which places of a text are compared
TORN = 8  # characters of a numbered part of a label; a longer text is a heading of the report


@dataclass(slots=True)
class Row:
    """A row to be: its label and the figures by column, or all of them undivided."""

    line: int
    label: str
    cells: dict[int, str] = field(default_factory=dict)
    undivided: str = ""


class Rows:
    """The rows of one table."""

    def __init__(
        self, parts: Sequence[Sequence[Part]], columns: Columns, own: Sequence[Label], lines: Sequence[int]
    ) -> None:
        self.parts = parts
        self.columns = columns
        self.own = own
        self.left = min((label.left for label in own), default=float("-inf"))
        figures = [part for line in lines for part in parts[line] if part.is_figure and part.piece.right > self.left]
        self.clusters = _clusters([part for part in figures if is_number(part)])
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

    def _cluster(self, part: Part) -> int | None:
        over = [
            n for n, (left, right) in enumerate(self.clusters) if part.piece.left < right and left < part.piece.right
        ]
        return over[0] if len(over) == 1 else None

    def read(self, first: int, end: int) -> list[Row]:
        """The rows from one line to before another, in their order."""
        rows: list[Row] = []
        used: dict[int, Row] = {}  # label -> the row that it was taken for
        for line in range(first, end):
            figures = [part for part in self.parts[line] if part.is_figure]
            loose = [part for part in self.parts[line] if not part.is_figure and not part.taken]
            if not figures:
                rows += [Row(line, part.piece.text) for part in loose if part.token.unit is None]
                continue
            index = self._label_of(line, loose)
            if index is None:
                before = [part for part in loose if part.piece.right <= figures[-1].piece.left]
                row = Row(line, " ".join(part.piece.text for part in before))
                loose = [part for part in loose if part not in before]
                if token(row.label).rows:  # the first line of a longer label, or the last one
                    row.undivided = " "
            else:
                row = Row(line, self.own[index].text)
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
                rows.append(Row(max(label.first, first), label.text))
        return sorted(rows, key=lambda row: row.line)

    def is_torn_label(self, line: Sequence[Part]) -> bool:
        """Whether a line at the edge of a page holds parts of a label only, which the end of the page cut."""
        first = self.clusters[0][0] if self.clusters else float("inf")
        return all(
            not part.is_figure
            and part.piece.right <= first
            and not PROSE.search(part.piece.text)
            and not (is_numbered(part.piece.text) and len(part.piece.text) > TORN)
            for part in line
        )

    def _label_of(self, line: int, loose: Sequence[Part]) -> int | None:
        """The label beside a line of figures: the one farthest to the right, if no other text stands behind it."""
        beside = [n for n, label in enumerate(self.own) if label.first <= line <= label.last]
        found = max(beside, key=lambda n: self.own[n].left, default=None)
        if found is None:
            return None
        label = self.own[found]
        first = self.clusters[0][0] if self.clusters else float("inf")
        behind = [part for part in loose if part.token.unit is None and label.right <= part.piece.left < first]
        return None if behind else found

    def _fill(self, row: Row, figures: Sequence[Part], loose: Sequence[Part]) -> None:
        """Put the figures of a line into their columns."""
        printed: list[Part] = []
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

    def _places(self, line: int, printed: Sequence[Part]) -> list[int | None]:
        """The column of each figure of a line."""
        values = self.columns.values
        if self.overfull:
            return [None] * len(printed)
        if len(printed) == len(values):
            in_order: list[int | None] = list(values)
            certain = [self._column(part) for part in printed] if self.columns.exact else in_order
            return in_order if all(a in (None, b) for a, b in zip(certain, in_order, strict=True)) else certain
        if self.columns.is_list and len(printed) == len(values) + 1 and not is_number(printed[0]):
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

    def _column(self, part: Part) -> int | None:
        cluster = self._cluster(part)
        return self.of_cluster[cluster] if self.of_cluster and cluster is not None else None

    def _full_line(self, line: int, step: int) -> list[Part] | None:
        """The figures of the nearest line above or below that has one in every column."""
        at = line + step
        while 0 <= at < len(self.parts) and abs(at - line) <= NEAR:
            figures = [part for part in self.parts[at] if part.is_figure and part.piece.right > self.left]
            if len(figures) == len(self.columns.values):
                return figures
            at += step
        return None


def _apart_from(first: Part, second: Part) -> bool:
    return abs(centre(first) - centre(second)) > 1.5


def _is_under(part: Part, pair: tuple[Part, Part]) -> bool:
    """Whether a figure stands over or under two others, no farther off than their own centres may be."""
    return all(overlap(part.piece, other.piece) > 0 or abs(centre(part) - centre(other)) <= 1.5 for other in pair)


def _clusters(numbers: Sequence[Part]) -> list[tuple[float, float]]:
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
