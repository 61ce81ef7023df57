"""Digits that ran together: every way to cut them into cells, and the arithmetic of the form to choose among the ways.

Text taken from a page may lose the borders between cells (``230 000023`` for seven cells). A cut is accepted only when
it is the single one left, empty cells being possible everywhere; else the cells stay unread.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

LONGEST_NUMBER = 9
_MOST_STEPS = 20_000
_MOST_DIGITS = 60
_MOST_CUTS = 400
_MOST_COMBINATIONS = 20_000
_DIGITS = re.compile(r"\d+")

Cut = tuple[str, ...]
"""The printed text of each cell, "" for an empty one."""
Place = tuple[str, str]
"""A column's part of a cell's name: applicant and period."""


@dataclass(slots=True)
class Run:
    """The digits of one row, and what its cells would be: `metrics[i]` in column `i` with the place `places[i]`."""

    text: str
    metrics: Sequence[str | None]
    places: Sequence[Place]
    cuts: list[Cut] | None = None  # None: too many to enumerate


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of `parts`: metrics (scope "metric"), or columns of one row (scope "row")."""

    scope: str
    total: tuple[str, ...]
    parts: tuple[str, ...]


@cache
def sums() -> tuple[Sum, ...]:
    """The equations between cells of one report, from the identities of the forms."""
    entries = tomllib.loads((files("parsers") / "data" / "identities.toml").read_text(encoding="utf-8"))["identity"]
    found = []
    for entry in entries:
        terms = [*entry["left"], *entry["right"]]
        if (
            entry["relation"] == "="
            and entry["severity"] in ("error", "warning")
            and entry.get("source", "table") == "table"
            and not any(term.startswith(("prev:", "-")) for term in terms)
        ):
            scope = "row" if entry["scope"] == "row" else "metric"
            found.append(Sum(scope, tuple(entry["left"]), tuple(entry["right"])))
    return tuple(dict.fromkeys(found))


def _row_groups(run: Run) -> list[tuple[list[int], int]]:
    """Column indexes whose sum is the column given with them, when all of them are columns of this row."""
    groups = []
    by_applicant = {place[0]: i for i, place in enumerate(run.places)}
    by_metric = {(metric, place): i for i, (metric, place) in enumerate(zip(run.metrics, run.places, strict=True))}
    for equation in sums():
        if len(equation.total) != 1:
            continue
        if equation.scope == "row":
            if set(equation.parts) <= set(by_applicant) and equation.total[0] in by_applicant:
                groups.append(([by_applicant[part] for part in equation.parts], by_applicant[equation.total[0]]))
            continue
        for place in dict.fromkeys(run.places):
            keys = [(part, place) for part in equation.parts]
            total = (equation.total[0], place)
            if total in by_metric and all(key in by_metric for key in keys):
                groups.append(([by_metric[key] for key in keys], by_metric[total]))
    return groups


class _TooManyCutsError(Exception):
    """There are more cuts, or more steps to find them, than we are ready to look at."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring columns: `total` is the sum of `parts` (indexes), or there is no sum and `total` is None."""

    columns: range
    parts: frozenset[int]
    total: int | None


def _blocks(run: Run) -> list[_Block]:
    """The columns in blocks that have a sum of their own; columns outside of every sum stand alone."""
    width = len(run.places)
    blocks: list[_Block] = []
    at = 0
    for parts, total in sorted(_row_groups(run), key=lambda group: min(*group[0], group[1])):
        low, high = min(*parts, total), max(*parts, total)
        if low < at or total not in (low, high):
            continue
        blocks.extend(_Block(range(c, c + 1), frozenset(), None) for c in range(at, low))
        blocks.append(_Block(range(low, high + 1), frozenset(parts), total))
        at = high + 1
    return blocks + [_Block(range(c, c + 1), frozenset(), None) for c in range(at, width)]


class _Cutter:
    """Cuts one run of digits.

    What its search asks for at every step is made beforehand: `numbers[i]` are the numbers that begin at digit `i`, by
    their length; `fewest[i]` is how many cells the digits from `i` on need at least.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.digits = "".join(words)
        stops: list[int] = []  # where the word that holds the digit ends
        for word in words:
            stops.extend([len(stops) + len(word)] * len(word))
        length = len(self.digits)
        self.numbers: list[list[int]] = [[0]] * (length + 1)
        self.fewest = [0] * (length + 1)
        for i in range(length - 1, -1, -1):
            # a leading zero stands alone
            reach = 1 if self.digits[i] == "0" else min(stops[i] - i, LONGEST_NUMBER)
            self.numbers[i] = [0, *(int(self.digits[i : i + n]) for n in range(1, reach + 1))]
            self.fewest[i] = 1 + min(self.fewest[i + 1 : i + reach + 1])
        self.steps = 0

    def is_number(self, i: int, end: int) -> bool:
        """Whether the digits from `i` to `end` can be one number."""
        return i < end < i + len(self.numbers[i])

    def tick(self, steps: int = 1) -> None:
        """Count steps."""
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise _TooManyCutsError

    def block_cuts(self, block: _Block, i: int, end: int) -> list[Cut]:
        """Cuts of the digits from `i` to `end` into the columns of a block under which its sum holds."""
        if block.total is None:
            text = self.digits[i:end]
            return [(text,)] if not text or self.is_number(i, end) else []
        found: list[Cut] = []
        last = block.total == block.columns[-1]
        for n in range(min(LONGEST_NUMBER, end - i) + 1):
            low, high = (end - n, end) if last else (i, i + n)
            if n and not self.is_number(low, high):
                continue
            text = self.digits[low:high]
            rest = (i, low) if last else (high, end)
            columns = [column for column in block.columns if column != block.total]
            self._fill(block, columns, 0, *rest, int(text or 0), [], text, last, found)
        return found

    def _fill(
        self, block: _Block, columns: list[int], c: int, i: int, end: int, due: int, cells: list[str],
        total: str, last: bool, found: list[Cut],
    ) -> None:  # fmt: skip
        self.tick()
        is_part = columns[c] in block.parts
        behind = len(columns) - c - 1
        fewest, most = self.fewest, behind + self.fewest[end]
        ways = 0
        for at, number in enumerate(self.numbers[i][: end - i + 1], i):
            if (is_part and number > due) or fewest[at] > most:
                continue
            ways += 1
            if behind:
                cells.append(self.digits[i:at])
                rest = due - number if is_part else due
                self._fill(block, columns, c + 1, at, end, rest, cells, total, last, found)
                cells.pop()
            elif at == end and due == (number if is_part else 0):
                cut = (*cells, self.digits[i:at])
                found.append((*cut, total) if last else (total, *cut))
                if len(found) > _MOST_CUTS:
                    raise _TooManyCutsError
        if not behind:
            self.tick(ways)  # a step for each number of the last column, though only one can reach the end

    def cuts(self, blocks: Sequence[_Block]) -> list[Cut]:
        """Cuts of all digits into all blocks."""
        length = len(self.digits)
        known: dict[tuple[int, int, int], list[Cut]] = {}

        def of(block: int, i: int, end: int) -> list[Cut]:
            key = (block, i, end)
            if key not in known:
                known[key] = self.block_cuts(blocks[block], i, end)
            return known[key]

        found: list[Cut] = []

        def join(block: int, i: int, cells: Cut) -> None:
            self.tick()
            if block == len(blocks):
                if i == length:
                    found.append(cells)
                    if len(found) > _MOST_CUTS:
                        raise _TooManyCutsError
                return
            ends = [length] if block == len(blocks) - 1 else range(i, length + 1)
            room = sum(len(b.columns) for b in blocks[block + 1 :])
            for end in ends:
                if self.fewest[end] > room:
                    continue
                for cut in of(block, i, end):
                    join(block + 1, end, (*cells, *cut))

        join(0, 0, ())
        return found


def cuts_of(run: Run) -> list[Cut] | None:
    """Every cut of the run into its columns under which the sums inside the row hold; None when there are too many."""
    words = run.text.split()
    if not words or not all(_DIGITS.fullmatch(word) for word in words) or sum(map(len, words)) > _MOST_DIGITS:
        return None
    try:
        return _Cutter(words).cuts(_blocks(run))
    except _TooManyCutsError:
        return None


def decide(runs: Sequence[Run], known: Mapping[tuple[str, Place], int]) -> list[tuple[Cut | None, str]]:
    """The single cut of each run, or None; with it, what decided.

    `known` holds cells of the same tables that were printed apart: (metric, place) → number.
    """
    for run in runs:
        run.cuts = cuts_of(run)
    reasons = ["" for _ in runs]
    for i, run in enumerate(runs):
        if run.cuts is not None and len(run.cuts) == 1:
            reasons[i] = "the digits fall into the cells in one way only"
    changed = True
    while changed:
        changed = False
        for equation in sums():
            if equation.scope == "metric" and _narrow(runs, known, equation, reasons):
                changed = True
    return [
        # Empty cells are rivals of every cut, but never the answer: a row that is missing can make them look right.
        (run.cuts[0] if run.cuts is not None and len(run.cuts) == 1 and all(run.cuts[0]) else None, reason)
        for run, reason in zip(runs, reasons, strict=True)
    ]


def _narrow(runs: Sequence[Run], known: Mapping[tuple[str, Place], int], equation: Sum, reasons: list[str]) -> bool:
    """Drop the cuts under which a sum over several rows cannot hold in every column."""
    metrics = (*equation.total, *equation.parts)
    # Only rows of which every cell belongs to one metric take part; sums inside a row are settled before.
    rows = [i for i, run in enumerate(runs) if len(set(run.metrics)) == 1 and run.metrics[0] in metrics]
    open_rows = [i for i in rows if runs[i].cuts is None or len(runs[i].cuts or ()) != 1]
    if not open_rows or any(runs[i].cuts is None for i in rows) or any(not runs[i].cuts for i in rows):
        return False
    present = {runs[i].metrics[0] for i in rows} | {metric for metric, _ in known}
    if not set(metrics) <= present:
        return False
    size = 1
    for i in rows:
        size *= len(runs[i].cuts or ())
    if size > _MOST_COMBINATIONS:
        return False
    places = runs[rows[0]].places
    kept: dict[int, set[int]] = {i: set() for i in open_rows}
    numbers = {i: [[int(cell or 0) for cell in cut] for cut in runs[i].cuts or ()] for i in rows}
    sign = dict.fromkeys(equation.parts, 1) | dict.fromkeys(equation.total, -1)
    base = [
        sum(sign[metric] * known.get((metric, place), 0) for metric in metrics if (metric, place) in known)
        for place in places
    ]
    for choice in product(*(range(len(numbers[i])) for i in rows)):
        picked = dict(zip(rows, choice, strict=True))
        if all(
            base[column] + sum(sign[str(runs[i].metrics[0])] * numbers[i][picked[i]][column] for i in rows) == 0
            for column in range(len(places))
        ):
            for i in open_rows:
                kept[i].add(picked[i])
    changed = False
    for i in open_rows:
        cuts = runs[i].cuts or []
        if kept[i] and len(kept[i]) < len(cuts):
            runs[i].cuts = [cut for n, cut in enumerate(cuts) if n in kept[i]]
            changed = True
            if len(kept[i]) == 1:
                reasons[i] = f"only this cut makes {' + '.join(equation.total)} the sum of its parts"
    return changed


def told_by_prose(run: Run, numbers: Iterable[int]) -> Cut | None:
    """The single full cut whose number of the year the prose states, when the prose states exactly one."""
    if run.cuts is None or len(run.places) != 2 or [place[1] for place in run.places] != ["year", "cumulative"]:
        return None
    stated = set(numbers)
    fitting = [cut for cut in run.cuts if all(cut) and int(cut[0]) in stated and int(cut[0]) <= int(cut[1])]
    return fitting[0] if len(fitting) == 1 else None
