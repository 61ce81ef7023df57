"""A grid of the rows and headings that were found."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.forms import SUBTOTAL
from parsers.model import Cell, Grid
from parsers.readers.aligned.heads import Columns, is_order_of
from parsers.readers.aligned.parts import Label, Part
from parsers.readers.aligned.rows import Row


def lay_out(
    columns: Columns, head: Sequence[Part], titles: Sequence[Label], groups: Sequence[Label], rows: Sequence[Row]
) -> Grid:
    """The grid of a table: its head if there is one here, then its rows; what is undivided reaches over all columns."""
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
    head: Sequence[Part], columns: Columns, titles: Sequence[Label], groups: Sequence[Label]
) -> list[str]:
    """What stands in the head and is no heading of a column: 信息内容, the note on the sums."""
    laid = {id(part) for label in (*columns.heads, *titles, *groups) for part in label.parts}
    texts: dict[int, str] = {}
    for part in head:
        if id(part) not in laid:
            texts[part.line] = f"{texts.get(part.line, '')} {part.piece.text}".strip()
    return list(texts.values())


def _lay_heads(columns: Columns, groups: Sequence[Label], cells: list[Cell], top: int, shift: int) -> int:
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


def _span_of(group: Label, columns: Columns) -> tuple[int, int] | None:
    """The first and the last column below a heading over several.

    Those of the form, where its columns stand in its order and the heading over them; else as many as the form has,
    centred below the heading.
    """
    name = group.token.group
    centre = (group.left + group.right) / 2
    for table, _ in columns.heads[0].token.columns:
        places = [(column.parents, column.under) for column in table.columns if column.applicant != SUBTOTAL]
        if len(places) != len(columns.heads) or not is_order_of(table, columns.heads):
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
