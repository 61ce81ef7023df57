# ruff: noqa: E501
"""Plain text and Markdown: the lines kept, the page's own lines left out, cells of flattened tables."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.model import Cell, Document, Grid, Link, Paragraph, Source, Unreadable
from parsers.readers.text import read

TITLE = "青禾县卫生健康局2014年政府信息公开工作年度报告"
SENTENCE = "本局按照条例的要求，坚持公开为常态、不公开为例外，现将全年情况报告如下。"


def document(text: str, url: str = "file:///reports/report.txt", media_type: str | None = None) -> Document:
    return read(Source(text.encode(), url, media_type))


def lines(text: str, **kwargs: str) -> list[str]:
    return [block.text for block in document(text, **kwargs).blocks if isinstance(block, Paragraph)]


HEADS = {
    "one_tool_a_line": f"{TITLE}\n发布时间:2015-02-04 16:44\n浏览次数:282\n字号:[\n大\n中\n小\n]\n",
    "all_on_one_line": f"{TITLE}\n发布时间：2015-02-04　来源：青禾县卫生健康局　浏览次数：　【字体：大 中 小】\n",
    "path_first": f"当前位置：首页 > 政务公开 > 年报\n{TITLE}\n来源: 本局 发布时间: 2015-02-04 08:00 文字大小:[ 大 中 小 ] 背景色:\n",
    "box": f"索 引 号：113399/2015-00001\n发布机构：青禾县卫生健康局\n公开方式：主动公开\n{TITLE}\n发布日期：2015-02-04\n打印 关闭\n",
    "header_block": f"标题: {TITLE}\n发布时间: 2015-02-04 15:22\n文号: \n栏目: 年报\n原文链接: http://a.gov.cn/x.htm\n==================== 正文 ====================\n",
}
FEET = {
    "none": "",
    "tools": "\n打印本页\n关闭窗口\n",
    "neighbours": "\n上一篇：没有了\n下一篇：关于防汛的通知\n分享到：\n微信\n微博\n",
    "site": "\n主办单位：青禾县人民政府\n版权所有：青禾县人民政府 网站标识码：3399010001\n地址：河东路1号 邮编：339901\n",
}


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("head", HEADS)
def test_lines_of_the_page_are_left_out(head: str, foot: str) -> None:
    read_document = document(f"{HEADS[head]}{TITLE}\n{SENTENCE}\n一、概述\n{SENTENCE}\n微博\n{FEET[foot]}")
    expected = [TITLE, SENTENCE, "一、概述", SENTENCE, "微博"]
    assert [block.text for block in read_document.blocks if isinstance(block, Paragraph)] == expected
    assert read_document.title == TITLE
    assert read_document.published == date(2015, 2, 4)


KEPT = {
    "plain": f"{TITLE}\n\n青禾县卫生健康局\n2014年12月31日\n\n一、概述\n\n{SENTENCE}",
    "four_lines": "2014年，我局未收到政府信息公开申请。\n\n无行政复议、行政诉讼。\n青禾县卫生健康局\n2015年1月10日",
    "ends_with_none": f"{SENTENCE}\n六、其他需要报告的事项\n无",
    "ends_with_bars": f"{SENTENCE}\n指标\n|\n数量\n|\n||\n3\n|\n|",
    "words_of_tools_in_cells": f"{SENTENCE}\n|\n微博\n|\n12\n|\n微信\n|\n条",
    "form_words": "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0",
    "address_of_the_report": f"{SENTENCE}\n地址：河东路18号\n邮编：339901\n电话：0599-2200118",
    "sentence_about_the_site": f"{SENTENCE}\n四是督促网站运维单位及时更新，并完善网站地图、联系我们等栏目。",
    "signed_with_a_label": f"{SENTENCE}\n单位：青禾县卫生健康局\n日期：2015年1月10日",
    "fees": f"{SENTENCE}\n检索费\n0\n打印费\n0\n邮寄费",
    "long_table_of_short_lines": "\n".join(f"第{n}项\n{n}" for n in range(20)) + "\n时间：全年\n名称：无",
    "attachment_named": f"{SENTENCE}\n附件：统计表\n青禾县卫生健康局\n2015年1月10日",
}


@pytest.mark.parametrize("name", KEPT)
def test_lines_of_the_report_stay(name: str) -> None:
    assert lines(KEPT[name]) == [line for line in KEPT[name].split("\n") if line]


def test_header_block_gives_publisher_box_and_link() -> None:
    read_document = document(
        f"标题: {TITLE}\n发布时间: 2015-02-04\n发布机构: 青禾县\n文号: 青卫〔2015〕2号\n原文链接: http://a.gov.cn/x.htm\n=== 正文 ===\n{SENTENCE}"
    )
    assert read_document.publisher == "青禾县"
    assert read_document.index_box["文号"] == "青卫〔2015〕2号"
    assert read_document.links == (Link("http://a.gov.cn/x.htm", "原文链接"),)


# ---------------------------------------------------------------- cells one a line

INDENTED = (
    "二、主动公开政府信息情况\n\n\t第二十条第（一）项\n\n\t信息内容\n\t本年新制作数量\n\t对外公开总数量\n\n\t规章\n\t0\n\t\xa0\n\n"
    "\t规范性文件\n\t\n1\n\t23\xa0\n\n\t其他\n\t\xa0\n\n0\n\t结果\n\n维持\n\t4\n\n\n三、收到申请情况\n"
)
ROWS = [
    (0, "第二十条第（一）项"),
    (1, "信息内容"), (1, "本年新制作数量"), (1, "对外公开总数量"),
    (2, "规章"), (2, "0"), (2, "\u00a0"),
    (3, "规范性文件"), (3, "1"), (3, "23"),
    (4, "其他"), (4, "0"), (4, "结果 维持"), (4, "4"),
]  # fmt: skip


def test_indented_cells_keep_their_rows_and_blanks() -> None:
    blocks = document(INDENTED).blocks
    assert [(b.row, b.text) for b in blocks if isinstance(b, Paragraph) and b.row is not None] == ROWS
    assert blocks[0] == Paragraph("二、主动公开政府信息情况")
    assert blocks[-1] == Paragraph("三、收到申请情况")


def test_heading_right_below_the_last_row_is_no_cell() -> None:
    assert document(INDENTED.replace("\n\n\n三、", "\n三、")).blocks[-1] == Paragraph("三、收到申请情况")


def test_rows_divided_by_tabs() -> None:
    blocks = document("一、情况\n规章\t0\t\t1\n规范性文件\t2\t3\t4\n二、其他").blocks
    assert blocks == (
        Paragraph("一、情况"),
        *(Paragraph(text, row=0) for text in ("规章", "0", "\u00a0", "1")),
        *(Paragraph(text, row=1) for text in ("规范性文件", "2", "3", "4")),
        Paragraph("二、其他"),
    )


def test_a_tab_before_running_text_is_an_indent() -> None:
    text = "".join(f"\t{SENTENCE}\n\n" for _ in range(8))
    assert document(text).blocks == tuple(Paragraph(SENTENCE) for _ in range(8))


def test_blank_cell_below_a_short_line() -> None:
    assert lines("自然人\n\u00a0\n\u3000\n总计\n1\n") == ["自然人", "\u00a0", "\u00a0", "总计", "1"]


def test_blank_line_below_a_sentence_is_no_cell() -> None:
    assert lines(f"{SENTENCE}\n\u00a0\n{SENTENCE}") == [SENTENCE, SENTENCE]


# ---------------------------------------------------------------- Markdown

TABLE = "| 指标 | 单位 | 数量 |\n| --- | :--: | ---: |\n| 主动公开 | 条 | 12 |\n| 其中：网站<br>微博 | 条 |  |\n"


def test_markdown_table_is_a_grid_in_its_place() -> None:
    blocks = document(f"# {TITLE}\n\n{SENTENCE}\n\n{TABLE}\n二、**其他**\n", url="file:///r.md").blocks
    assert blocks == (
        Paragraph(TITLE, 1),
        Paragraph(SENTENCE),
        Grid(
            (
                Cell(0, 0, "指标"), Cell(0, 1, "单位"), Cell(0, 2, "数量"),
                Cell(1, 0, "主动公开"), Cell(1, 1, "条"), Cell(1, 2, "12"),
                Cell(2, 0, "其中：网站\n微博"), Cell(2, 1, "条"), Cell(2, 2, ""),
            ),
            rows=3,
            cols=3,
        ),
        Paragraph("二、其他"),
    )  # fmt: skip


MALFORMED = {
    "no_rule": TABLE.replace("| --- | :--: | ---: |\n", ""),
    "short_row": TABLE.replace("| 主动公开 | 条 | 12 |", "| 主动公开 | 条 |"),
    "short_rule": TABLE.replace("| --- | :--: | ---: |", "| --- | --- |"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_table_stays_lines(name: str) -> None:
    blocks = document(MALFORMED[name], url="file:///r.md").blocks
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert len(blocks) == len(MALFORMED[name].strip().split("\n"))


def test_escaped_bar_belongs_to_its_cell() -> None:
    (grid,) = document("| 甲 | 乙 |\n|---|---|\n| a\\|b | 2 |\n", url="file:///r.md").blocks
    assert isinstance(grid, Grid)
    assert grid.covering()[1, 0].text == "a|b"


def test_markdown_links_keep_their_text() -> None:
    read_document = document("详见[统计表](https://a.gov.cn/t.xls)。", url="file:///r.md")
    assert read_document.blocks == (Paragraph("详见统计表。"),)
    assert read_document.links == (Link("https://a.gov.cn/t.xls", "统计表"),)


# ---------------------------------------------------------------- whatever comes


@pytest.mark.parametrize("content", [b"", b"\n\n \t\n", b"\xef\xbb\xbf"])
def test_nothing(content: bytes) -> None:
    assert read(Source(content, "file:///empty.txt")).blocks == ()


def test_binary_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read(Source(bytes(range(256)) * 50, "file:///x.txt"))


def test_line_ends_and_invisible_characters() -> None:
    assert lines("一\u200b、概述\r\n二、其他\r三、\ufeff无") == ["一、概述", "二、其他", "三、无"]


def test_a_table_copied_from_a_browser_with_paragraphs_in_its_cells() -> None:
    rows = [
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "", "3"],
        ["规范性文件", "11", ""],
        ["", "7", "8"],
        ["其他文件", "25", "40"],
        ["转发文件", "6", ""],
        ["合计", "49", "51"],
        ["去年", "50", "47"],
    ]
    # blank lines on both sides of the tab between two cells, four between two rows; those of blank cells fall together
    lines = ["\n\n\t".join(f"\n\n{text}" if n and text else text for n, text in enumerate(row)) for row in rows]
    copied = ("\n" * 5).join(line.lstrip("\n") for line in lines)
    found: dict[int, list[str]] = {}
    for block in document(f"第一段。\n\n{copied}\n\n第二段。").blocks:
        if isinstance(block, Paragraph) and block.row is not None:
            found.setdefault(block.row, []).append(block.text.strip())
    assert list(found.values()) == rows


def test_a_table_in_html_inside_markdown_is_a_grid_in_its_place() -> None:
    table = "<table>\n<tr><td rowspan=2>复议</td><td>维持</td></tr>\n<tr><td>3</td></tr>\n</table>"
    read_as = document(f"## 四、复议\n\n{table}\n\n五、问题\n<table>这一行没有结束", url="file:///a.md")
    assert [type(block) for block in read_as.blocks] == [Paragraph, Grid, Paragraph, Paragraph]
    grid = read_as.blocks[1]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["复议", "维持", "3"]
    assert grid.cells[0].row_span == 2
