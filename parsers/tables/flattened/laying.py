"""The sections of a flattened table laid out as a grid."""

from __future__ import annotations

from dataclasses import replace

from parsers.labels import squeeze
from parsers.model import Cell
from parsers.tables.flattened.pieces import TITLE, Line, Section


def lay_headings(section: Section, cells: list[Cell], row: int, depth: int) -> int:
    """Lay the headings of a section out; gives the next free row."""
    for piece in section.heads:
        if TITLE.fullmatch(squeeze(piece.text)):
            cells.append(Cell(row, 0, piece.text, 1, depth + max(len(section.order), 1)))
            row += 1
    heads = [p for p in section.heads if not TITLE.fullmatch(squeeze(p.text))]
    if not heads:
        return row
    if not section.order:
        cells.extend(Cell(row, col, piece.text) for col, piece in enumerate(heads))
        return row + 1
    fillers = [p for p in heads if not (p.token.columns or p.token.group)]
    levels = max(len(path) for _, path in section.order)
    if fillers:
        cells.append(Cell(row, 0, fillers[0].text, levels, depth))
        cells.extend(Cell(row, depth, piece.text, 1, len(section.order)) for piece in fillers[1:])
    if len(fillers) > 1:
        row += 1
        cells[-len(fillers)] = replace(cells[-len(fillers)], row_span=levels + 1)
    for level in range(levels):
        col = 0
        while col < len(section.order):
            path = section.order[col][1]
            if level >= len(path):
                col += 1
                continue
            width = 1
            if level + 1 < len(path):
                while (
                    col + width < len(section.order) and section.order[col + width][1][: level + 1] == path[: level + 1]
                ):
                    width += 1
            height = levels - level if level + 1 == len(path) else 1
            cells.append(Cell(row + level, depth + col, path[level].text, height, width))
            col += width
    return row + levels


def lay_line(section: Section, line: Line, cells: list[Cell], row: int, depth: int) -> None:
    values = list(line.cut) if line.cut is not None else line.values
    if section.is_list:
        _lay_list_line(section, line, values, cells, row)
        return
    for col, text in enumerate(line.labels):
        span = depth - col if col == len(line.labels) - 1 else 1
        cells.append(Cell(row, col, text, 1, span))
    width = len(section.order)
    if width and len(values) == width and not line.suspect:
        cells.extend(Cell(row, depth + col, text) for col, text in enumerate(values))
    elif line.run is not None or values:
        printed = line.run if line.run is not None else " ".join(values)
        cells.append(Cell(row, depth, printed, 1, max(width, 1) + line.suspect))


def _lay_list_line(section: Section, line: Line, values: list[str], cells: list[Cell], row: int) -> None:
    roles = section.roles or [("label", "year"), ("unit", "year"), ("value", "year")]
    at = {role: col for col, (role, _) in reversed(list(enumerate(roles)))}
    label_col, unit_col = at.get("label", 0), at.get("unit")
    if line.labels:
        cells.append(Cell(row, label_col, line.labels[-1]))
    if line.unit is not None:
        cells.append(Cell(row, unit_col if unit_col is not None else len(roles), line.unit))
    rest = [col for col, (role, _) in enumerate(roles) if role not in ("label", "unit") and col > label_col]
    numbers = [col for col in rest if roles[col][0] == "value"]
    if not (values or line.run is not None):
        return
    if not rest:  # no heading explains the values: laid behind them, over two columns
        cells.append(Cell(row, len(roles), line.run if line.run is not None else " ".join(values), 1, 2))
        return
    if line.run is not None:
        targets = numbers
    elif len(values) in (len(rest), len(rest) - 1) and (len(values) == len(rest) or roles[rest[-1]][0] == "remark"):
        targets = rest[: len(values)]
    else:
        targets = []
    if values and len(values) == len(targets) and not line.suspect:
        cells.extend(Cell(row, col, text) for col, text in zip(targets, values, strict=True))
        return
    printed = line.run if line.run is not None else " ".join(values)
    if line.suspect or not section.roles:
        numbers = [rest[0], rest[-1] + 1]  # two columns at least, so that no single number is read from it
    low, high = (numbers[0], numbers[-1]) if numbers else (rest[0], rest[-1])
    cells.append(Cell(row, low, printed, 1, high - low + 1))
