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
_MOST_STEPS = 60_000
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


def cuts_of(run: Run) -> list[Cut] | None:
    """Every cut of the run into its columns under which the sums inside the row hold; None when there are too many."""
    width = len(run.places)
    words = run.text.split()
    if not words or not all(_DIGITS.fullmatch(word) for word in words):
        return None
    digits = "".join(words)
    ends = set()
    at = 0
    for word in words:
        at += len(word)
        ends.add(at)
    length = len(digits)
    if length > 60:
        return None
    fewest = [0] * (length + 1)
    for i in range(length - 1, -1, -1):
        stop = min(end for end in ends if end > i)
        longest = 1 if digits[i] == "0" else min(stop - i, LONGEST_NUMBER)
        fewest[i] = 1 + min(fewest[i + n] for n in range(1, longest + 1))
    groups = _row_groups(run)
    due: dict[int, list[tuple[list[int], int]]] = {}
    for parts, total in groups:
        due.setdefault(max(*parts, total), []).append((parts, total))
    found: list[Cut] = []
    cells: list[str] = []
    steps = 0

    def fits(column: int) -> bool:
        return all(
            sum(int(cells[part] or 0) for part in parts) == int(cells[total] or 0)
            for parts, total in due.get(column, ())
        )

    def fill(column: int, i: int) -> bool:
        """Fill the columns from `column` on with the digits from `i` on; False when it takes too long."""
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS or len(found) > _MOST_CUTS:
            return False
        if column == width:
            if i == length:
                found.append(tuple(cells))
            return True
        if fewest[i] > width - column:
            return True
        choices = [""]
        if i < length:
            stop = min(end for end in ends if end > i)
            longest = 1 if digits[i] == "0" else min(stop - i, LONGEST_NUMBER)
            choices += [digits[i : i + n] for n in range(1, longest + 1)]
        for choice in choices:
            cells.append(choice)
            good = not fits(column) or fill(column + 1, i + len(choice))
            cells.pop()
            if not good:
                return False
        return True

    return found if fill(0, 0) else None


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
