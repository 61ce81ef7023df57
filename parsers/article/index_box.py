"""The index box of a page (索引号, 发布机构, 生成日期): labels and values above a body, or at its head."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.chrome import Facts, is_label, is_sentence, labelled, squeeze
from parsers.dom import Line


def read_box(lines: Sequence[Line], facts: Facts) -> None:
    """Read labels and values: on one line with a colon, or in a cell and the next."""
    for index, line in enumerate(lines):
        pairs = labelled(line.text)
        for label, value in pairs:
            facts.note(label, value if value or label != pairs[-1][0] else _value_below(lines, index))
        if not pairs and is_label(line.text) is not None:
            facts.note(squeeze(line.text).rstrip(":").strip("【】[]"), _value_below(lines, index))


def _value_below(lines: Sequence[Line], index: int) -> str:
    """The line behind a label, if it is the label's value."""
    if index + 1 == len(lines) or not in_one_row(lines[index], lines[index + 1]):
        return ""
    below = lines[index + 1].text
    return "" if len(below) > 200 or labelled(below) or is_label(below) is not None else below


def in_one_row(label: Line, value: Line) -> bool:
    """Whether a value stands in the row of its label: a blank value has no line, and the next row is another one's."""
    row = next(label.owner.iterancestors("tr", "li", "dl"), None)
    if row is None or label.owner.tag in ("li", "dt"):
        return True
    return value.owner is row or row in value.owner.iterancestors()


def box_lines(lines: Sequence[Line], dropped: set[int]) -> set[int]:
    """Lines of an index box at the head of a body: a table or list with 索引号 and two more labels."""
    kinds = [(index, is_label(line.text)) for index, line in enumerate(lines[:60])]
    labels = [index for index, kind in kinds if kind is not None]
    if len(labels) < 3 or not any(kind == "index_number" for _, kind in kinds):
        return set()
    table = next((parent for parent in lines[labels[0]].owner.iterancestors("table", "ul", "dl")), None)
    if table is None:
        return set()
    inside = set(table.iter())
    box = {index for index, line in enumerate(lines[:120]) if line.owner in inside}
    if len(box) > 4 * len(labels) + 4 or any(is_sentence(lines[index].text) for index in box):
        return set()
    return box | {index for index in range(min(box)) if index in dropped}


def below_box(lines: Sequence[Line], start: int) -> int:
    """The first line below the cells of an index box that begins at `start`."""
    index = start
    while index < len(lines) and is_label(lines[index].text) is not None:
        index += 2 if index + 1 < len(lines) and in_one_row(lines[index], lines[index + 1]) else 1
    return min(index, len(lines))
