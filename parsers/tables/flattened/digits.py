"""Runs of digits cut into the cells of their rows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

from parsers.forms import SUBTOTAL, FormTable
from parsers.labels import squeeze, unit_of
from parsers.model import Meaning
from parsers.tables.flattened.pieces import Line, Section
from parsers.tables.headings import is_complete
from parsers.tables.splits import Run, decide, told_by_prose
from parsers.tables.values import read_value

_UNIT_HEAD = re.compile(r"(?:人\(次\)|人次|万元|亿元|[条件次篇个项人场期份起宗例元])")


def take_run(section: Section, line: Line, text: str) -> None:
    """Digits behind a label: a unit in front of them in a list, then one cell, several, or a run to be cut."""
    word = text.strip()
    if section.is_list:
        unit = _UNIT_HEAD.match(squeeze(word))
        if unit and unit_of(unit[0]) and line.unit is None:
            for i in range(1, len(word) + 1):
                if squeeze(word[:i]) == unit[0]:
                    line.unit, word = word[:i], word[i:].strip()
                    break
    width = sum(1 for role in section.roles if role[0] == "value") if section.is_list else len(section.order)
    if not word:
        return
    parts = word.split()
    if width and len(parts) == width and all(_one_cell(part) for part in parts):
        line.values = parts
    elif width == 1 and _one_cell(word):
        line.values = [word]
    elif width and set(word) <= {"/"} and len(word) == width:
        line.values = list(word)
    else:
        line.run = word


def _one_cell(text: str) -> bool:
    return read_value(text).meaning is not Meaning.TEXT


def cut_runs(sections: Sequence[Section], stated: set[int]) -> None:
    for section in sections:
        if section.is_list and [role for role, _ in section.roles if role in ("code", "label")][:2] == [
            "code",
            "label",
        ]:
            section.suspect = not _take_row_numbers(section)
        _settle_width(section)
    runs: list[tuple[Line, Run]] = []
    known: dict[tuple[str, tuple[str, str]], int] = {}
    chosen = _list_table(sections)
    for section in sections:
        for line in section.lines:
            metrics, places = _names(section, line, chosen)
            line.suspect = section.suspect or (
                not section.is_list
                and not is_complete([slot for slot, _ in section.order], line.known.rows if line.known else ())
            )
            if line.suspect or not places:
                continue
            if line.run is not None:
                runs.append((line, Run(unicodedata.normalize("NFKC", line.run), metrics, places)))
                continue
            if len(line.values) == len(places):
                for metric, place, text in zip(metrics, places, line.values, strict=True):
                    value = read_value(text)
                    if metric is not None and isinstance(value.value, int):
                        known[metric, place] = value.value
    for section in sections:
        _doubt_scattered(section)
    for (line, run), (cut, _) in zip(runs, decide([run for _, run in runs], known), strict=True):
        line.cut = cut if cut is not None else told_by_prose(run, stated)


def _doubt_scattered(section: Section) -> None:
    """Mark rows whose labels stand apart from their numbers: several labels, then the units and numbers of all.

    With one column the number of a row beside an empty one may be either's: some tools print it in front of its label.
    """
    lines = section.lines
    empty = [not line.values and line.run is None and line.unit is None for line in lines]
    if not section.is_list:
        for n, line in enumerate(lines):
            beside = [i for i in (n - 1, n + 1) if 0 <= i < len(lines)]
            if len(section.order) == 1 and not empty[n] and any(empty[i] and _has_metric(lines[i]) for i in beside):
                line.suspect = True
        return
    for n in range(1, len(lines) - 1):
        if empty[n - 1] and _has_metric(lines[n - 1]) and not empty[n] and lines[n + 1].labels == [""]:
            at = n
            while at < len(lines) and (at == n or lines[at].labels == [""]):
                lines[at].suspect = True
                at += 1


def _has_metric(line: Line) -> bool:
    return line.known is not None and any(row.metric or row.cells for _, row in line.known.rows)


def _list_table(sections: Sequence[Section]) -> FormTable | None:
    votes: Counter[int] = Counter()
    tables: dict[int, FormTable] = {}
    for section in sections:
        for line in section.lines if section.is_list else ():
            for table, row in line.known.rows if line.known else ():
                if table.kind == "list":
                    votes[id(table)] += 2 + (line.known is not None and line.known.core == row.cores[0])
                    tables[id(table)] = table
    return tables[votes.most_common(1)[0][0]] if votes else None


def _names(section: Section, line: Line, chosen: FormTable | None) -> tuple[list[str | None], list[tuple[str, str]]]:
    """Metric and place of each value column in this row, as far as they are certain."""
    rows = line.known.rows if line.known else ()
    if section.is_list:
        places = [("total", period) for role, period in section.roles if role == "value"]
        found = {row.metric for table, row in rows if table is chosen}
        metric = found.pop() if len(found) == 1 else None
        return [metric] * len(places), places
    metrics: list[str | None] = []
    places = []
    for slot, _ in section.order:
        given = {
            table.metric(row, column) if table.rows else column.metric
            for table, column in slot
            for t, row in (rows if table.rows else ((table, None),))
            if t is table
        } - {None}
        metrics.append(given.pop() if len(given) == 1 else None)
        places.append((slot[0][1].applicant, slot[0][1].period))
    return metrics, places


def _take_row_numbers(section: Section) -> bool:
    """Take the running number of each row, which the stream has behind the row before; whether all were there.

    Digits that are the number of the next row and digits of a value cannot be told apart one by one. They can where
    every row has its number: 1, 2, 3 … for the rows with a metric, or for all of them.
    """
    lines = section.lines
    for numbered in (
        [line for line in lines if line.known and any(row.metric for _, row in line.known.rows)],
        [line for line in lines if line.labels],
    ):
        number = {id(line): str(n) for n, line in enumerate(numbered, 1)}
        rests: list[str | None] = []
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            printed = line.values[-1] if line.values else line.run or ""
            own = number.get(id(following), "") if following else ""
            rests.append(printed[: len(printed) - len(own)].rstrip() if printed.endswith(own) else None)
        if not numbered or lines[0] is numbered[0] or any(rest is None for rest in rests):
            continue
        for line, rest in zip(lines, rests, strict=True):
            if line.values:
                line.values = [*line.values[:-1], *([rest] if rest else [])]
            elif line.run is not None:
                line.run = None
                take_run(section, line, rest or "")
        section.lines = [line for line in lines if line.labels or line.values or line.run]
        return True
    return False


def _is_certain_order(section: Section) -> bool:
    """Whether the order of the columns below headings of several rows is certain, although the stream lost the rows.

    The form's own order is. Any other one may come from headings that were read line by line across the groups;
    only 总计 may stand elsewhere, where the sums say so.
    """
    for table in {id(table): table for slot, _ in section.order for table, _ in slot}.values():
        columns = [next((c for t, c in slot if t is table), None) for slot, _ in section.order]
        if not any(column.under or column.parents for column in table.columns) or None in columns:
            continue
        indexes = [column.index for column in columns if column is not None]
        if indexes == sorted(indexes):
            continue
        # Within their group columns stand in the order of one printed row, whatever it is.
        parts = [column.under for column in columns if column is not None and column.applicant != "total"]
        if not table.rows or any(not after and before for before, after in pairwise(parts)):
            return False
        whole = next((i for i, column in enumerate(columns) if column is not None and column.applicant == "total"), -1)
        subtotal = [i for i, column in enumerate(columns) if column is not None and column.applicant == SUBTOTAL]
        held = 0
        for line in section.lines:
            numbers = [read_value(text).value or 0 for text in line.values]
            if len(numbers) == len(columns) and any(numbers):
                left_out = {whole, *subtotal}
                held += 1 if numbers[whole] == sum(n for i, n in enumerate(numbers) if i not in left_out) else -1
        if whole < 0 or held < 2:
            return False
    return True


def _settle_width(section: Section) -> None:
    """Hold the number of cells in the rows against the number of headings.

    Where most rows have as many cells as there are headings, a row with more lines loses blank ones, if there is one
    way only. Where a row has more printed cells than headings, a heading was not recognised: no row is read then.
    """
    width = len(section.order)
    if section.is_list:
        width = sum(1 for role, _ in section.roles if role not in ("label", "unit"))
    rows = [line for line in section.lines if line.values]
    exact = sum(1 for line in rows if len(line.values) == width)
    for line in rows if not section.is_list and width else ():
        blanks = [i for i, value in enumerate(line.values) if not value.strip()]
        surplus = len(line.values) - width
        if 0 < surplus <= min(3, len(blanks)) and exact * 2 > len(rows):
            ways = {
                tuple(value for i, value in enumerate(line.values) if i not in left_out)
                for left_out in combinations(blanks, surplus)
            }
            if len(ways) == 1:
                line.values = list(ways.pop())
    if section.is_list:
        section.suspect |= bool(section.roles) and all(role != "label" for role, _ in section.roles)
    else:
        section.suspect = not is_complete([slot for slot, _ in section.order]) or not _is_certain_order(section)
    section.suspect |= any(
        max(sum(1 for value in line.values if value.strip()), len((line.run or "").split())) > (width or 1)
        for line in section.lines
    )
