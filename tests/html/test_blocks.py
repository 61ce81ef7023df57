# ruff: noqa: E501, ISC004
"""Markup to paragraphs and grids: one case per kind of markup that Chinese pages hold."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.model import Cell, Grid, Paragraph, Source
from parsers.readers.html import BlockBuilder, blocks_of, read


def blocks(markup: str) -> tuple[Paragraph | Grid, ...]:
    body = lxml.html.document_fromstring(f"<html><body>{markup}</body></html>").find("body")
    assert body is not None
    return blocks_of(body)


PARAGRAPHS = {
    "break": ("<p>一、概述<br>本局<br/>二</p>", ["一、概述", "本局", "二"]),
    "inline_joins": ("<p><span>主动</span><b>公</b><font>开</font>信<i>息</i>12<u>3</u>条</p>", ["主动公开信息123条"]),
    "source_lines_between_han": ("<p>政府\n    信息\n公开</p>", ["政府信息公开"]),
    "source_lines_between_words": ("<p>annual\nreport 12\n条</p>", ["annual report 12 条"]),
    "spaces": ("<p>　　截至2020年&nbsp;&nbsp;12月　31日  止 </p>", ["截至2020年 12月 31日 止"]),
    "zero_width": ("<p>政\u200b府&#8203;信&zwnj;息\ufeff公&shy;开</p>", ["政府信息公开"]),
    "loose_text": ("前<p>中</p>后<div>一<div>二</div>三</div>四", ["前", "中", "后", "一", "二", "三", "四"]),
    "blank_paragraphs": ("<p>&nbsp;</p><p>　</p><p>文</p><p><br></p>", ["文"]),
    "list": ("<ul><li>甲</li><li>乙<ol><li>丙</li></ol></li></ul>", ["甲", "乙", "丙"]),
    "definition_list": ("<dl><dt>甲</dt><dd>乙</dd></dl>", ["甲", "乙"]),
    "unclosed_paragraphs": ("<p>甲<p>乙<p>丙", ["甲", "乙", "丙"]),
    "preformatted": ("<pre>一、概述\n  本局\n\n二、其他</pre>", ["一、概述", "本局", "二、其他"]),
    "scripts": ("<p>甲<script>var a='乙';</script>丙</p><style>p{}</style><!-- 丁 -->", ["甲丙"]),
    "hidden": (
        '<p>甲<span style="display:none">乙</span><span style="mso-hide: all">丙</span><em hidden>丁</em>戊</p>'
        '<div style="DISPLAY: none">己</div><p style="visibility:hidden">庚</p><div id="hiddenLocation">辛</div>',
        ["甲戊"],
    ),
    "word": (
        '<p class=MsoNormal style="x"><span lang=EN-US style="y"><o:p>&nbsp;</o:p></span></p>'
        "<p class=MsoNormal><span>全年收到申请</span><span lang=EN-US>3</span><span>件</span><st1:chsdate>2020年</st1:chsdate></p>",
        ["全年收到申请3件2020年"],
    ),
    "entities": ("<p>&lt;条例&gt;&ldquo;公开&rdquo;&#8212;&#x4e2d;&hellip;</p>", ["<条例>“公开”—中…"]),
    "link_text": ('<p>详见<a href="http://a.gov.cn/">网站</a>。</p>', ["详见网站。"]),
    "layout_table": (
        "<table><tr><td><table><tr><td>一、概述</td></tr><tr><td><p>本局全年公开信息。</p><p>共3条。</p></td></tr></table></td></tr></table>",
        ["一、概述", "本局全年公开信息。", "共3条。"],
    ),
    "layout_columns": (
        f"<table><tr><td>{'本年度本局认真落实各项公开制度，' * 8}。</td><td>图</td></tr></table>",
        [f"{'本年度本局认真落实各项公开制度，' * 8}。", "图"],
    ),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name: str) -> None:
    markup, expected = PARAGRAPHS[name]
    assert [block.text if isinstance(block, Paragraph) else block for block in blocks(markup)] == expected


def test_headings_keep_their_level() -> None:
    assert blocks("<h1>题</h1><h2>一<br>二</h2><p>文</p>") == (
        Paragraph("题", 1),
        Paragraph("一", 2),
        Paragraph("二", 2),
        Paragraph("文"),
    )


def drawn(grid: Grid) -> list[list[str]]:
    """Every position with the text of the cell that covers it; a free one as a dot."""
    covered = grid.covering()
    return [[covered[r, c].text if (r, c) in covered else "·" for c in range(grid.cols)] for r in range(grid.rows)]


TABLES = {
    "plain": ("<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>", [["甲", "1"], ["乙", "2"]]),
    "unclosed": ("<tr><td>甲<td>1<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
    "cells_without_row": ("<td>甲</td><td>1</td>", [["甲", "1"]]),
    "form_between": (
        "<form><tr><td>甲</td><td>1</td></tr></form><tr><td>乙</td><td>2</td></tr>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "head_and_foot": (
        "<tfoot><tr><td>计</td><td>3</td></tr></tfoot><thead><tr><th>项</th><th>数</th></tr></thead><tbody><tr><td>甲</td><td>3</td></tr></tbody>",
        [["项", "数"], ["甲", "3"], ["计", "3"]],
    ),
    "spans": (
        "<tr><td rowspan=2 colspan=2>角</td><td colspan=2>头</td></tr><tr><td>一</td><td>二</td></tr>"
        "<tr><td rowspan=2>组</td><td>甲</td><td>1</td><td>2</td></tr><tr><td>乙</td><td>3</td><td>4</td></tr>",
        [["角", "角", "头", "头"], ["角", "角", "一", "二"], ["组", "甲", "1", "2"], ["组", "乙", "3", "4"]],
    ),
    "colspan_past_the_table": (
        "<tr><td colspan=9>题</td></tr><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>",
        [["题", "题"], ["甲", "1"], ["乙", "2"]],
    ),
    "rowspan_past_the_end": (
        "<tr><td>项</td><td>数</td></tr><tr><td rowspan=9>甲</td><td>1</td></tr><tr><td>2</td></tr>",
        [["项", "数"], ["甲", "1"], ["甲", "2"]],
    ),
    "rowspan_zero_is_the_rest": (
        "<tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>",
        [["甲", "1"], ["甲", "2"], ["甲", "3"]],
    ),
    "rowspan_one_row_too_long": (
        "<tr><td>类</td><td>项</td><td>数</td></tr><tr><td rowspan=3>一</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
        "<tr><td>二</td><td>丙</td><td>3</td></tr><tr><td>三</td><td>丁</td><td>4</td></tr>",
        [["类", "项", "数"], ["一", "甲", "1"], ["一", "乙", "2"], ["二", "丙", "3"], ["三", "丁", "4"]],
    ),
    "colspan_one_too_wide": (
        "<tr><td>项</td><td>数</td><td>注</td></tr><tr><td colspan=2>甲</td><td>1</td><td>x</td></tr>"
        "<tr><td>乙</td><td>2</td><td>y</td></tr><tr><td>丙</td><td>3</td><td>z</td></tr>",
        [["项", "数", "注"], ["甲", "1", "x"], ["乙", "2", "y"], ["丙", "3", "z"]],
    ),
    "overlap": (
        "<tr><td>甲</td><td>1</td><td rowspan=2>右</td></tr><tr><td colspan=3>乙</td></tr><tr><td>丙</td><td>2</td><td>3</td></tr>",
        [["甲", "1", "右"], ["乙", "乙", "乙"], ["丙", "2", "3"]],
    ),
    "empty_row_below_a_merged_one": (
        "<tr><td rowspan=2>甲</td><td rowspan=2>1</td></tr><tr></tr><tr><td>乙</td><td>2</td></tr>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "short_row": ("<tr><td>甲</td><td>1</td><td>2</td></tr><tr><td>乙</td></tr>", [["甲", "1", "2"], ["乙", "·", "·"]]),
    "absurd_spans": ('<tr><td colspan="x">甲</td><td colspan="-3">1</td></tr><tr><td colspan="">乙</td><td>2</td></tr>', [["甲", "1"], ["乙", "2"]]),
    "lines_of_a_cell": ("<tr><td><p>结果</p><p>维持</p></td><td>其他<br>结果</td></tr>", [["结果\n维持", "其他\n结果"]]),
    "blanks_of_cells": ("<tr><td>&nbsp;</td><td> 0&nbsp;0 </td><td>　12</td><td></td></tr>", [["", "0 0", "12", ""]]),
    "digits_in_spans": ("<tr><td>数</td><td><span>1</span><span>2</span><span> </span></td></tr>", [["数", "12"]]),
    "hidden_cell": ("<tr><td>甲</td><td style='display:none'>9</td><td>1</td></tr>", [["甲", "1"]]),
    "all_blank_values": ("<tr><td>规章</td><td></td><td></td></tr><tr><td>规范性文件</td><td></td><td></td></tr>", [["规章", "", ""], ["规范性文件", "", ""]]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_table(name: str) -> None:
    markup, expected = TABLES[name]
    (grid,) = blocks(f"<table>{markup}</table>")
    assert isinstance(grid, Grid)
    assert drawn(grid) == expected


@pytest.mark.parametrize("name", TABLES)
def test_no_position_is_covered_twice(name: str) -> None:
    (grid,) = blocks(f"<table>{TABLES[name][0]}</table>")
    assert isinstance(grid, Grid)
    positions = [
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    ]
    assert len(positions) == len(set(positions))
    assert all(r < grid.rows and c < grid.cols for r, c in positions)


def test_anchor_cells_carry_spans() -> None:
    (grid,) = blocks("<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table>")
    assert grid == Grid(
        (Cell(0, 0, "甲", 2, 1), Cell(0, 1, "乙", 1, 2), Cell(1, 1, "1"), Cell(1, 2, "2")), rows=2, cols=3
    )


def test_data_tables_inside_a_layout_table_stay_tables_in_their_place() -> None:
    data = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    found = blocks(f"<table><tr><td>一、情况{data}二、其他{data}</td></tr></table>")
    assert [type(block).__name__ for block in found] == ["Paragraph", "Grid", "Paragraph", "Grid"]


def test_small_table_inside_a_cell_of_figures_is_text_of_the_cell() -> None:
    rows = "".join(f"<tr><td>第{n}项</td><td>{n}</td></tr>" for n in range(8))
    found = blocks(
        f"<table>{rows}<tr><td>其中</td><td><table><tr><td>信函</td><td>3</td></tr></table></td></tr></table>"
    )
    assert len(found) == 1
    assert isinstance(found[0], Grid)
    assert found[0].covering()[8, 1].text == "信函\n3"


def test_caption() -> None:
    (grid,) = blocks("<table><caption>统计表</caption><tr><td>甲</td><td>1</td></tr></table>")
    assert isinstance(grid, Grid)
    assert grid.caption == "统计表"


def test_the_tree_given_stays_as_it_is() -> None:
    tree = lxml.html.document_fromstring("<div><p>甲<span style='display:none'>乙</span></p></div>")
    before = lxml.html.tostring(tree)
    assert blocks_of(tree) == (Paragraph("甲"),)
    assert lxml.html.tostring(tree) == before


def test_repairs_and_oversize_are_findings() -> None:
    builder = BlockBuilder()
    lie = "<table><tr><td rowspan=9>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
    huge = f"<table>{'<tr>' + '<td>1' * 300 + '</tr>'}{'<tr><td>1' * 250}</table>"
    found = list(builder.blocks(lxml.html.document_fromstring(f"<div>{lie}{huge}</div>")))
    assert len(found) == 1
    assert [finding.code for finding in builder.findings] == ["table.span_repaired", "table.too_large"]


SPAN = st.sampled_from(["", "0", "1", "2", "3", "7", "x", "-1", "999999"])
CELL = st.tuples(SPAN, SPAN, st.sampled_from(["", "1", "甲", "a<br>b", "<p>2</p><p>3</p>"]))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELL, max_size=5), min_size=1, max_size=7))
def test_any_spans_make_a_sound_grid(rows: list[list[tuple[str, str, str]]]) -> None:
    markup = "".join(
        "<tr>" + "".join(f'<td rowspan="{r}" colspan="{c}">{text}</td>' for r, c, text in row) + "</tr>" for row in rows
    )
    printed = sorted(
        text.replace("<br>", "\n").replace("<p>2</p><p>3</p>", "2\n3") for row in rows for _, _, text in row
    )
    for block in blocks(f"<table>{markup}</table>"):
        if not isinstance(block, Grid):
            continue
        covered = [
            (r, c)
            for cell in block.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.col, cell.col + cell.col_span)
        ]
        assert len(covered) == len(set(covered))
        assert all(0 <= r < block.rows and 0 <= c < block.cols for r, c in covered)
        assert sorted(cell.text for cell in block.cells) == printed


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<table>", "<tr>", "<td>", "</table>", "<td colspan=3>", "<span style='display:none'>",
             "<a href='x.pdf'>", "</a>", "<h1>", "甲乙丙。", "发布时间：2020-01-02", "<br>", "<ul><li>", "<!--", "-->", "<pre>\n", "&nbsp;", "<div id=zoom>",
             "<script>", "</script>", "<iframe src='a.pdf'>", "打印", "版权所有", "<", "&#x200b;", "\n"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_markup_is_read(parts: list[str]) -> None:
    document = read(Source("".join(parts).encode(), "http://www.qinghe-example.gov.cn/a.html"))
    assert all(block.text.strip() for block in document.blocks if isinstance(block, Paragraph))
