"""Tables drawn with characters: merged cells, every way to count a character's width, and drawings that do not meet."""

from __future__ import annotations

import pytest

from parsers.model import Grid, Paragraph, Source
from parsers.readers import read_document

BOX = """
┌────────────┬────────┬────────┐
│  信息内容  │制发件数│现行有效│
│            │        │  件数  │
├────────────┼────────┼────────┤
│规章        │   0    │        │
├────────────┼────────┼────────┤
│行政规范性文│   3    │   14   │
│件          │        │        │
├──────┬─────┼────────┴────────┤
│      │许可 │      2046       │
│ 决定 ├─────┼────────┬────────┤
│      │处罚 │   /    │  187   │
└──────┴─────┴────────┴────────┘
"""
CELLS = [
    (0, 0, "信息内容", 1, 2),
    (0, 2, "制发件数", 1, 1),
    (0, 3, "现行有效\n件数", 1, 1),
    (1, 0, "规章", 1, 2),
    (1, 2, "0", 1, 1),
    (1, 3, "", 1, 1),
    (2, 0, "行政规范性文\n件", 1, 2),
    (2, 2, "3", 1, 1),
    (2, 3, "14", 1, 1),
    (3, 0, "决定", 2, 1),
    (3, 1, "许可", 1, 1),
    (3, 2, "2046", 1, 2),
    (4, 1, "处罚", 1, 1),
    (4, 2, "/", 1, 1),
    (4, 3, "187", 1, 1),
]
ASCII = BOX.translate(
    str.maketrans("─│", "-|", "") | dict.fromkeys(map(ord, "┌┬┐├┼┤└┴┘"), "+")  # as a program without the characters
)
HEAVY = BOX.translate(str.maketrans("─│┌┬┐├┼┤└┴┘", "═║╔╦╗╠╬╣╚╩╝"))


def blocks(text: str) -> list[Grid | Paragraph]:
    return list(read_document(Source(f"一、情况\n{text}\n二、其他".encode(), "file:///box.txt")).blocks)


def cells(text: str) -> list[tuple[int, int, str, int, int]]:
    (grid,) = (block for block in blocks(text) if isinstance(block, Grid))
    return [(cell.row, cell.col, cell.text, cell.row_span, cell.col_span) for cell in grid.cells]


@pytest.mark.parametrize("text", [BOX, ASCII, HEAVY], ids=["box", "ascii", "double"])
def test_every_cell_with_its_spans(text: str) -> None:
    assert cells(text) == CELLS


def test_lines_two_squares_wide() -> None:
    text = "┌──┬──┐\n│规章│12│\n├──┼──┤\n│文件│7 │\n└──┴──┘"
    assert [cell[2] for cell in cells(text)] == ["规章", "12", "文件", "7"]


def test_every_character_counted_as_one() -> None:
    text = "+-------+-----+\n| 规章    | 12  |\n+-------+-----+\n| 规范性文件 | 7   |\n+-------+-----+"
    assert [cell[2] for cell in cells(text)] == ["规章", "12", "规范性文件", "7"]


def test_cells_are_counted_off_where_the_drawing_does_not_meet() -> None:
    text = "┌────┬────┐\n│ 规章 │ 12 │\n├────┼────┤\n│ 行政规范性│ 7 │\n│ 文件│ │\n└────┴────┘"
    assert [cell[2] for cell in cells(text)] == ["规章", "12", "行政规范性\n文件", "7"]


def test_a_bar_inside_a_cell_stays_in_it() -> None:
    text = "+------+------+\n| 许可 | 5|6  |\n+------+------+\n| 处罚 | 7    |\n+------+------+"
    assert [cell[2] for cell in cells(text)] == ["许可", "5|6", "处罚", "7"]


def test_a_sign_for_nothing_is_no_line() -> None:
    text = "+----+-+\n|许可|-|\n+----+-+\n|处罚|7|\n+----+-+"
    assert [cell[2] for cell in cells(text)] == ["许可", "-", "处罚", "7"]


def test_rows_without_a_line_between_them() -> None:
    text = "+------+-----+\n| 渠道 | 数量|\n|------+-----|\n| 网站 | 41  |\n| 微博 | 7   |\n+------+-----+"
    assert [cell[:3] for cell in cells(text)] == [
        (0, 0, "渠道"),
        (0, 1, "数量"),
        (1, 0, "网站"),
        (1, 1, "41"),
        (2, 0, "微博"),
        (2, 1, "7"),
    ]


def test_a_wrapped_label_without_a_line_below_it_is_not_told_from_the_next_row() -> None:
    text = (
        "+------+-----+\n| 渠道 | 数量|\n|------+-----|\n| 网站 | 41  |\n| 栏目 |     |\n| 微博 | 7   |\n+------+-----+"
    )
    assert [cell[2] for cell in cells(text)][2:] == ["网站\n栏目\n微博", "41\n7"]


def test_a_rule_between_paragraphs_is_no_table() -> None:
    assert not any(isinstance(block, Grid) for block in blocks("────────\n说明：无。\n────────"))
