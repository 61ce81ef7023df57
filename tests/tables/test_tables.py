"""Cases that real tables showed, each in a small table of our own."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

import pytest

from parsers.model import Block, Figure, Grid, Meaning, Paragraph
from parsers.tables import TableReading, read_tables
from tests.tables.renderings import (
    STATUTORY,
    Body,
    Sheet,
    article_sheets,
    as_lines,
    as_rows,
    body_rows,
    collapsed,
    grid,
    list_sheet,
    place,
    requests_sheet,
    review_sheet,
    truth,
)

Row = list[str]


def table(*rows: Row) -> Grid:
    """A grid without merged cells; rows may have different lengths."""
    return place([[(text, 1, 1) for text in row] for row in rows])


def read(*blocks: Block) -> TableReading:
    return read_tables(blocks)


def values(reading: TableReading) -> dict[str, object]:
    """Metric → value, with the applicant or the period where it is not the usual one."""
    return {name(figure): figure.value for figure in reading.figures}


def name(figure: Figure) -> str:
    parts = [figure.metric]
    if figure.applicant != "total":
        parts.append(figure.applicant)
    if figure.period != "year":
        parts.append(figure.period)
    return " ".join(parts)


def codes(reading: TableReading) -> set[str]:
    return {finding.code for finding in reading.findings}


HEAD_2021 = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


# ---------------------------------------------------------------- article 20


def test_rows_and_columns_in_any_order() -> None:
    reading = read(
        table(
            ["信息内容", "现行有效件数", "本年制发件数", "本年废止件数"],
            ["行政规范性文件", "69", "7", "1"],
            ["规章", "3", "2", "0"],
        )
    )
    assert values(reading) == {
        "docs.normative.in_force": 69,
        "docs.normative.issued": 7,
        "docs.normative.repealed": 1,
        "docs.regulation.in_force": 3,
        "docs.regulation.issued": 2,
        "docs.regulation.repealed": 0,
    }
    assert reading.form == "statutory_2021"
    assert "column.order" in codes(reading)


def test_evidence_is_the_printed_labels() -> None:
    reading = read(table(["信息内容", "本年收费金额（单位：万元）"], ["行政事业性 收费", "24252.311082"]))
    (figure,) = reading.figures
    assert (figure.metric, figure.value, figure.unit) == ("admin.fee.amount", 242523110.82, "元")
    assert figure.evidence == "行政事业性 收费 / 本年收费金额（单位：万元）"
    assert (figure.table_no, figure.row, figure.col, figure.raw) == (0, 1, 1, "24252.311082")


@pytest.mark.parametrize(
    ("amount", "value"),
    [("513.22万元", 5132200), ("75394432.52元", 75394432.52), ("0", 0), ("3500", None), ("/", None)],
)
def test_procurement_needs_its_unit(amount: str, value: object) -> None:
    reading = read(table(["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "　12", amount]))
    assert values(reading) == {"procurement.central.projects": 12, "procurement.central.amount": value}
    assert ("unit.unknown" in codes(reading)) == (amount == "3500")


@pytest.mark.parametrize("note", ["单位：万元", "（金额单位：万元）"])
def test_a_note_above_the_table_gives_the_unit_of_money(note: str) -> None:
    reading = read(Paragraph(note), table(["信息内容", "本年收费金额"], ["行政事业性收费", "1.5"]))
    assert values(reading) == {"admin.fee.amount": 15000}


def test_fee_without_any_unit_stays_unread() -> None:
    reading = read(table(["信息内容", "本年收费金额"], ["行政事业性收费", "1.5"]))
    assert values(reading) == {"admin.fee.amount": None}


def test_changes_may_be_negative_counts_not() -> None:
    reading = read(
        table(
            ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
            ["行政许可", "16", "减2", "121"],
            ["其他对外管理服务事项", "-3", "+1", "增3/减2"],
        )
    )
    assert values(reading) == {
        "admin.license.items_prev_year": 16,
        "admin.license.items_delta": -2,
        "admin.license.decisions": 121,
        "admin.other_service.items_prev_year": None,
        "admin.other_service.items_delta": 1,
        "admin.other_service.decisions": None,
    }


def test_a_row_of_our_own_is_reported_and_kept() -> None:
    reading = read(table(HEAD_2021, ["规章", "0", "0", "0"], ["党内法规", "4", "0", "9"]))
    assert set(values(reading).values()) == {0}
    assert "row.unknown" in codes(reading)
    assert "党内法规" in {cell.text for cell in reading.tables[0].cells}


def test_a_column_of_our_own_is_reported_and_the_others_are_read() -> None:
    reading = read(table([*HEAD_2021[:2], "较上年增加", *HEAD_2021[2:]], ["规章", "1", "5", "2", "3"]))
    assert values(reading) == {
        "docs.regulation.issued": 1,
        "docs.regulation.repealed": 2,
        "docs.regulation.in_force": 3,
    }
    assert "column.unknown" in codes(reading)


@pytest.mark.parametrize("row", [["规章", "1", "2"], ["规章", "1", "2", "3", "4"]])
def test_a_row_with_another_number_of_cells_is_not_read(row: Row) -> None:
    reading = read(table(HEAD_2021, row, ["行政规范性文件", "1", "2", "3"]))
    assert {metric for metric in values(reading) if "regulation" in metric} == set()
    assert values(reading) == {"docs.normative.issued": 1, "docs.normative.repealed": 2, "docs.normative.in_force": 3}
    assert "cells.uncertain" in codes(reading)


def test_a_number_over_two_columns_is_not_read() -> None:
    cells = [[(text, 1, 1) for text in HEAD_2021], [("规章", 1, 1), ("5", 1, 2), ("3", 1, 1)]]
    reading = read(place(cells))
    assert values(reading) == {
        "docs.regulation.issued": None,
        "docs.regulation.repealed": None,
        "docs.regulation.in_force": 3,
    }
    assert "cells.undivided" in codes(reading)


# ---------------------------------------------------------------- requests, reviews and suits


def requests(seed: int = 1, form_id: str = "statutory_2021") -> Sheet:
    return requests_sheet(form_id, random.Random(seed))


def expect(reading: TableReading, *sheets: Sheet) -> None:
    """Every figure of the sheets was read right, and no other."""
    want = truth(list(sheets))
    got = {(figure.metric, figure.applicant, figure.period): figure.value for figure in reading.figures}
    assert got == want


@pytest.mark.parametrize("form_id", STATUTORY)
def test_three_statutory_tables(form_id: str) -> None:
    draw = random.Random(5)
    sheets = [*article_sheets(form_id, draw), requests_sheet(form_id, draw), review_sheet(form_id, draw)]
    reading = read(*map(grid, sheets))
    expect(reading, *sheets)
    assert reading.form == form_id
    assert codes(reading) == set()


def test_blank_cells_are_blank() -> None:
    sheet = requests()
    sheet = replace(
        sheet,
        bodies=[
            replace(b, cells=[b.cells[0], *((k, "\u00a0", None) for k, _, _ in b.cells[1:6]), b.cells[6]])
            for b in sheet.bodies
        ],
    )
    figures = read(grid(sheet)).figures
    blank = [figure for figure in figures if figure.applicant not in ("natural_person", "total")]
    assert len(blank) == 5 * 25
    assert all(figure.value is None and figure.meaning is Meaning.BLANK for figure in blank)


def test_subtotal_column_is_no_figure() -> None:
    sheet = requests_sheet("statutory_2021", random.Random(2), subtotal=True)
    expect(read(grid(sheet)), sheet)


def test_headings_repeated_in_the_middle() -> None:
    sheet = requests()
    rows = [*sheet.heads, *body_rows(sheet, sheet.bodies[:10]), *sheet.heads, *body_rows(sheet, sheet.bodies[10:])]
    expect(read(place(rows)), sheet)


@pytest.mark.parametrize("at", [1, 4, 12, 20])
def test_cut_by_a_page_without_headings_and_parents(at: int) -> None:
    sheet = requests()
    lower = replace(sheet, bodies=[replace(body, parents=body.parents[1:]) for body in sheet.bodies[at:]], depth=2)
    parts = [place([*sheet.heads, *body_rows(sheet, sheet.bodies[:at])]), place(body_rows(lower, lower.bodies))]
    reading = read(parts[0], Paragraph("- 5 -"), parts[1])
    expect(reading, sheet)
    assert [g.origin for g in reading.tables] == ["stitched"]
    assert Paragraph("- 5 -") in reading.blocks


def test_text_between_tables_keeps_them_apart() -> None:
    sheet = requests()
    parts = [
        place([*sheet.heads, *body_rows(sheet, sheet.bodies[:9])]),
        place(body_rows(sheet, sheet.bodies[9:])),
    ]
    reading = read(parts[0], Paragraph("另外说明如下。"), parts[1])
    assert len(reading.tables) == 2
    assert "table.unmatched" in codes(reading)


def test_vertical_labels() -> None:
    sheet = requests()
    vertical = replace(
        sheet, bodies=[replace(body, parents=tuple("\n".join(p) for p in body.parents)) for body in sheet.bodies]
    )
    expect(read(grid(vertical)), sheet)


def test_a_misprinted_label_is_taken_and_reported() -> None:
    sheet = requests()
    sheet.bodies[6].label = "3.危机“三安全一稳定”"
    reading = read(grid(sheet))
    expect(reading, sheet)
    assert "label.typo" in codes(reading)


def test_reviews_printed_as_rows() -> None:
    numbers = [1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 4, 0, 1, 0, 5]
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows: list[list[tuple[str, int, int]]] = []
    for group, (parent, span) in enumerate([("行政复议", 5), ("未经复议直接起诉", 5), ("复议后起诉", 5)]):
        for i, text in enumerate(names):
            row = [(text, 1, 1), (str(numbers[group * 5 + i]), 1, 1)]
            if i == 0:
                row = [(parent, span, 1), *row]
                row = [("行政诉讼", 10, 1), *row] if group == 1 else [("", 5, 1), *row] if group == 0 else row
            rows.append(row)
    read_values = values(read(place(rows)))
    assert read_values["review.pending"] == 2
    assert read_values["litigation.direct.total"] == 0
    assert read_values["litigation.after_review.maintained"] == 4
    assert len(read_values) == 15


def test_two_rows_of_values_below_the_reviews_are_not_read() -> None:
    sheet = review_sheet("statutory_2021", random.Random(3))
    sheet.bodies.append(Body((), "", None, [(key, "9", 9) for key, _, _ in sheet.bodies[0].cells]))
    reading = read(grid(sheet))
    assert reading.figures == ()
    assert "cells.uncertain" in codes(reading)


def test_other_and_total_exchanged_is_flagged() -> None:
    sheet = requests(7)
    swapped = replace(
        sheet,
        bodies=[
            replace(
                b,
                cells=[
                    *b.cells[:5],
                    *((k, t, None) for (k, _, _), (_, t, _) in zip(b.cells[5:], b.cells[:4:-1], strict=True)),
                ],
            )
            for b in sheet.bodies
        ],
    )
    assert "column.swapped" in codes(read(grid(swapped)))
    assert "column.swapped" not in codes(read(grid(sheet)))


def test_a_table_printed_twice_is_read_once() -> None:
    draw = random.Random(1)
    sheet = review_sheet("statutory_2021", draw)
    again = replace(sheet, bodies=[replace(sheet.bodies[0], cells=[(k, "7", 7) for k, _, _ in sheet.bodies[0].cells])])
    reading = read(grid(sheet), Paragraph("另附"), grid(again))
    expect(reading, sheet)
    assert "figure.repeated" in codes(reading)


@pytest.mark.parametrize("form_id", STATUTORY)
def test_a_form_that_nobody_filled_in(form_id: str) -> None:
    draw = random.Random(1)
    sheets = [*article_sheets(form_id, draw), requests_sheet(form_id, draw), review_sheet(form_id, draw)]
    empty = [
        replace(s, bodies=[replace(b, cells=[(k, "", None) for k, _, _ in b.cells]) for b in s.bodies]) for s in sheets
    ]
    reading = read(*map(grid, empty))
    assert reading.blank_form
    assert reading.form == form_id
    assert {figure.value for figure in reading.figures} == {None}


def test_rows_and_tables_that_are_missing_are_named() -> None:
    sheet = requests()
    sheet.bodies = sheet.bodies[:20]
    found = {finding.code: finding for finding in read(grid(sheet)).findings}
    assert found["table.rows_missing"].data["rows"][-1] == "四、结转下年度继续办理"
    assert found["table.missing"].data["table"] in ("20_1", "20_5", "20_6", "20_8", "review_litigation")


# ---------------------------------------------------------------- lists


def test_two_units_under_one_label() -> None:
    rows = [
        ["政府信息公开形式和公开数量", "单位", "数量", "备注"],
        ["1.政府(部门)网站公开(不含政府信息公开网站)", "条", "502", ""],
        ["2.新闻发布会", "场", "3", ""],
        ["", "条", "11", ""],
        ["3.政府公报", "期", "4", ""],
        ["", "条", "6", "含增刊5期"],
    ]
    merged = place(
        [
            [(text, 1, 1) for text in rows[0]],
            [(text, 1, 1) for text in rows[1]],
            [("2.新闻发布会", 2, 1), ("场", 1, 1), ("3", 1, 1), ("", 1, 1)],
            [("条", 1, 1), ("11", 1, 1), ("", 1, 1)],
            [("3.政府公报", 2, 1), ("期", 1, 1), ("4", 1, 1), ("", 1, 1)],
            [("条", 1, 1), ("6", 1, 1), ("", 1, 1)],
        ]
    )
    for printed in (table(*rows), merged):
        assert values(read(printed)) == {
            "disclosure.channel.website": 502,
            "disclosure.channel.press_conference_sessions": 3,
            "disclosure.channel.press_conference": 11,
            "disclosure.channel.gazette_issues": 4,
            "disclosure.channel.gazette": 6,
        }


HEAD_2014 = ["统计指标", "单位", "统计数"]


def test_a_label_under_two_parents() -> None:
    reading = read(
        table(
            HEAD_2014,
            ["四、行政复议数量", "件", "5"],
            ["（一）维持具体行政行为数", "件", "3"],
            ["（二）被依法纠错数", "件", "2"],
            ["五、行政诉讼数量", "件", "1"],
            ["（二）被依法纠错数", "件", "1"],
        )
    )
    assert values(reading) == {
        "review.total": 5,
        "review.maintained": 3,
        "review.corrected": 2,
        "litigation.total": 1,
        "litigation.corrected": 1,
    }


def test_a_label_under_two_parents_of_which_one_is_missing() -> None:
    reading = read(
        table(
            HEAD_2014,
            ["四、行政复议数量", "件", "5"],
            ["（一）维持具体行政行为数", "件", "3"],
            ["六、举报投诉数量", "件", "0"],
            ["（二）被依法纠错数", "件", "1"],
        )
    )
    assert "review.corrected" not in values(reading)
    assert "row.ambiguous" in codes(reading)


def test_money_of_the_national_return_is_stored_in_yuan() -> None:
    reading = read(
        table(
            HEAD_2014,
            ["六、举报投诉数量", "件", "0"],
            ["七、依申请公开信息收取的费用", "万元", "0.35"],
            ["（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元", "2"],
        )
    )
    assert values(reading) == {"complaints.total": 0, "fees.disclosure.charged": 3500, "org.budget": 20000}


def test_two_lists_side_by_side() -> None:
    reading = read(
        table(
            [*HEAD_2014, *HEAD_2014],
            ["四、行政复议数量", "件", "5", "六、举报投诉数量", "件", "7"],
            ["五、行政诉讼数量", "件", "2", "（二）举办各类培训班数", "次", "4"],
        )
    )
    assert values(reading) == {
        "review.total": 5,
        "complaints.total": 7,
        "litigation.total": 2,
        "training.sessions": 4,
    }


def test_year_and_cumulative() -> None:
    reading = read(
        table(
            ["指标名称", "计量单位", "历年累计", "2012年度"],
            ["主动公开信息数", "条", "3542", "2026"],
            ["其中：1.网站公开", "条", "3304", "1795"],
            ["2.政府公报公开", "条", "", "0"],
        )
    )
    assert values(reading) == {
        "disclosure.total": 2026,
        "disclosure.total cumulative": 3542,
        "disclosure.channel.website": 1795,
        "disclosure.channel.website cumulative": 3304,
        "disclosure.channel.gazette": 0,
        "disclosure.channel.gazette cumulative": None,
    }


def test_three_columns_of_tiers_are_not_read_as_one() -> None:
    reading = read(
        table(
            ["统计指标", "单位", "区政府统计数", "区直单位统计数"],
            ["四、行政复议数量", "件", "5", "1"],
            ["五、行政诉讼数量", "件", "2", "0"],
            ["六、举报投诉数量", "件", "7", "4"],
        )
    )
    assert values(reading) == {}


# ---------------------------------------------------------------- tables that are only text


def test_the_prose_around_a_collapsed_table_stays() -> None:
    sheet = article_sheets("statutory_2021", random.Random(1))[1]
    text = f"二、主动公开政府信息情况第二十条第（五）项{collapsed(sheet)}三、收到和处理情况良好。"
    reading = read(Paragraph(text))
    expect(reading, sheet)
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == [
        "二、主动公开政府信息情况",
        "三、收到和处理情况良好。",
    ]
    assert reading.tables[0].origin == "flattened"


@pytest.mark.parametrize(
    ("digits", "value"),
    [("000", (0, 0, 0)), ("8 9 89", (8, 9, 89)), ("8989", None), ("101", None), ("0 12", None)],
)
def test_digits_are_cut_only_where_one_cut_is_possible(digits: str, value: tuple[int, ...] | None) -> None:
    reading = read(Paragraph(f"信息内容本年制发件数本年废止件数现行有效件数规章{digits}行政规范性文件000"))
    got = [f.value for f in reading.figures if "regulation" in f.metric]
    assert got == (list(value) if value else [None] * 3)
    if value is None:
        assert {f.raw for f in reading.figures if "regulation" in f.metric} == {digits}
        assert "cells.undivided" in codes(reading)


def test_digits_bound_to_the_text_behind_are_no_cell() -> None:
    reading = read(Paragraph("信息内容本年处理决定数量行政许可7行政处罚3行政强制02、我局加强管理。" + "好" * 90))
    assert values(reading) == {
        "admin.license.decisions": 7,
        "admin.penalty.decisions": 3,
        "admin.coercion.decisions": None,
    }


def test_sums_decide_between_cuts() -> None:
    text = (
        "指标名称计量单位2012年度历年累计主动公开信息数条00其中：1.网站公开条002.政府公报公开条07受理依申请公开信息总数条2121"
        "其中：1.当面申请数条18182.传真申请数条003.电子邮件申请数条334.网上申请数条005.信函申请数条006.其它形式申请数条00"
    )
    got = values(read(Paragraph(text)))
    assert (got["requests.received.new"], got["requests.received.new cumulative"]) == (21, 21)
    assert (got["requests.channel.in_person"], got["requests.channel.in_person cumulative"]) == (18, 18)
    assert (got["disclosure.channel.gazette"], got["disclosure.channel.gazette cumulative"]) == (0, 7)


def test_the_prose_decides_where_it_states_the_number() -> None:
    table_text = (
        "指标名称计量单位2012年度历年累计主动公开信息数条20263542其中：1.网站公开条002.政府公报公开条00"
        "受理依申请公开信息总数条00对申请的答复数条00行政复议数条00"
    )
    prose = "本年度共主动公开政府信息2026条，均已在网站上发布，其中机构职能类信息若干，其余为工作动态类信息，内容真实。"
    assert values(read(Paragraph(table_text)))["disclosure.total"] is None
    got = values(read(Paragraph(prose), Paragraph(table_text)))
    assert (got["disclosure.total"], got["disclosure.total cumulative"]) == (2026, 3542)


def test_one_cell_a_line_with_pipes_between() -> None:
    lines = (
        "工作项目 | 单位 | 数量 | 备注 | | 全年收到政府信息公开申请数 | 件 | 2 | | | 其中:1.现场书面申请数 | 件 | 0"
        " | | | 2.电子邮件形式申请数 | 件 | 0 | 无"
    )
    reading = read(Paragraph("附表如下"), *(Paragraph(part) for part in lines.split()), Paragraph("以上。"))
    assert values(reading) == {
        "requests.received.new": 2,
        "requests.channel.in_person": 0,
        "requests.channel.email": 0,
    }
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == ["附表如下", "以上。"]


def test_rows_that_lost_their_blank_cells_are_not_read() -> None:
    sheet = requests()
    sheet = replace(
        sheet,
        bodies=[
            replace(b, cells=[(k, t if i in (0, 6) else "", None) for i, (k, t, _) in enumerate(b.cells)])
            for b in sheet.bodies
        ],
    )
    figures = read(*as_lines(sheet, False)).figures
    assert all(figure.value is None for figure in figures)


def test_a_cell_on_two_lines_beside_blank_cells() -> None:
    sheet = requests()
    blocks = as_rows(sheet)
    expect(read(*blocks), sheet)


def test_lists_of_prose_stay_prose() -> None:
    prose = [
        "行政许可", "行政处罚", "其他", "一、概述", "（一）主动公开情况", "2019", "2020", "规章", "三、本年度办理结果",
        "总计",
        "主要通过政府网站公开政府信息数 120 条，行政许可、行政处罚、行政强制均已公开。",
        "首页 | 政务公开 | 年度报告",
        "当前位置 | 首页 | 正文",
    ]  # fmt: skip
    blocks = tuple(Paragraph(text) for text in prose)
    assert read_tables(blocks).blocks == blocks


# ---------------------------------------------------------------- tables of no known form


def test_an_unknown_table_gives_labelled_figures() -> None:
    reading = read(
        table(
            ["服务事项", "单位", "数量"],
            ["接种门诊", "个", "12"],
            ["其中：规范化门诊", "个", "9"],
            ["经费", "万元", "3.5"],
        )
    )
    assert [(f.value, f.unit, f.evidence) for f in reading.figures] == [
        (12, "个", "接种门诊 / 数量"),
        (9, "个", "其中：规范化门诊 / 数量"),
        (35000, "元", "经费 / 数量"),
    ]
    assert all(f.metric.startswith("local.") for f in reading.figures)
    again = read(table(["事项", "单位", "数量"], ["接种 门诊", "个", "8"], ["另一项", "个", "1"]))
    assert again.figures[0].metric == reading.figures[0].metric
    assert reading.form is None


@pytest.mark.parametrize(
    "rows",
    [
        [["单位", "联系电话", "地址"], ["办公室", "63121443", "北京路1号"], ["医政科", "63121444", "北京路1号"]],
        [["序号", "名称"], ["1", "甲医院"], ["2", "乙医院"], ["3", "丙医院"]],
        [["索引号", "12345678"], ["发布日期", "2020"], ["文号", "2019"]],
        [["首页", "政务公开"], ["2019", "2020"], ["2021", "2022"]],
        [["文件名称", "年份"], ["办法", "2014"], ["规定", "2015"]],
        [["姓名", "数量"], ["共计", "见附件"], ["合计", "见附件"]],
    ],
    ids=["telephones", "running numbers", "index box", "years", "year column", "words"],
)
def test_what_is_no_statistics_gives_nothing(rows: list[Row]) -> None:
    assert read(table(*rows)).figures == ()


# ---------------------------------------------------------------- sizes


def test_a_table_too_large_to_read_is_kept() -> None:
    huge = Grid((), 1_000_000, 1_000)
    reading = read(huge)
    assert reading.tables == (huge,)
    assert "table.too_large" in codes(reading)


def test_long_texts_are_read_in_time() -> None:
    text = "本年新收政府信息公开申请数量" + "1" * 300_000 + "行政许可" * 20_000 + "其他0" * 20_000
    started = process_time()
    assert all(figure.value is None or figure.value < 10**6 for figure in read(Paragraph(text)).figures)
    assert process_time() - started < 20


def test_list_of_every_form() -> None:
    for form_id in ("statistics_2014", "kunming_2014", "fujian_2011", "fujian_2014", "dingxi", "luan"):
        sheet = list_sheet(form_id, random.Random(9))
        reading = read(grid(sheet))
        expect(reading, sheet)
        assert reading.form == form_id


# ---------------------------------------------------------------- merged cells that were taken apart


def test_merged_heading_copied_into_each_of_its_cells() -> None:
    reading = read(
        table(
            ["第二十条第（六）项"] * 4,
            ["信息内容", *["本年处理决定数量"] * 3],
            ["行政处罚", "14", "14", "14"],
            ["行政强制", "", "", ""],
        )
    )
    assert values(reading) == {"admin.penalty.decisions": 14, "admin.coercion.decisions": None}


def test_two_columns_with_one_heading_and_different_numbers_give_no_value() -> None:
    reading = read(
        table(
            ["信息内容", "本年处理决定数量", "本年处理决定数量"],
            ["行政处罚", "14", "15"],
            ["行政强制", "2", "2"],
        )
    )
    assert set(values(reading).values()) <= {None}
    assert "cells.uncertain" in codes(reading)


def test_groups_of_reviews_and_suits_copied_into_their_cells() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    reading = read(
        table(
            ["行政复议"] * 5 + ["行政诉讼"] * 10,
            names + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5,
            names * 3,
            [str(n) for n in range(15)],
        )
    )
    assert [figure.value for figure in reading.figures] == list(range(15))
    assert reading.figures[12].metric == "litigation.after_review.other"


def _turned(middle: bool) -> Grid:
    """Reviews and suits with one number a row; the names of the groups stand beside their first or third row."""
    rows: list[Row] = []
    for first, second in (("行政复议", ""), ("行政诉讼", "未经复议直接起诉"), ("", "复议后起诉")):
        for n, label in enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")):
            here = n == (2 if middle else 0)
            rows.append([first if here else "", second if here else "", label, str(len(rows))])
    return table(*rows)


def test_blank_cells_of_taken_apart_labels_stand_before_the_label() -> None:
    reading = read(_turned(middle=False))
    assert [figure.value for figure in reading.figures] == list(range(15))


def test_groups_named_beside_their_middle_row_do_not_adopt_the_next_group() -> None:
    reading = read(_turned(middle=True))
    truth_of = dict(zip([figure.metric for figure in read(_turned(middle=False)).figures], range(15), strict=True))
    assert all(figure.value in (None, truth_of[figure.metric]) for figure in reading.figures)
    assert {"row.ambiguous", "table.rows_missing"} <= codes(reading)


def test_number_in_a_heading_of_a_list_is_a_finding() -> None:
    reading = read(
        table(
            ["统计指标", "单位", "统计数"],
            ["二、回应解读情况", "", "3"],
            ["（一）回应公众关注热点或重大舆情数", "次", "3"],
            ["1．参加或举办新闻发布会总次数", "次", "2"],
            ["2．政府网站在线访谈次数", "次", "1"],
        )
    )
    assert "cells.uncertain" in codes(reading)


# ---------------------------------------------------------------- streams: running numbers, headings read line by line


def _numbered(dashes: bool) -> list[str]:
    rows = [
        ("（一）主动公开政府信息数", "条", "403"),
        ("其中：主动公开规范性文件数", "条", "0"),
        ("制发规范性文件总数", "件", "12"),
        ("1．政府公报公开政府信息数", "条", "1"),
        ("2．政府网站公开政府信息数", "条", "25"),
        ("3．政务微博公开政府信息数", "条", "3"),
    ]
    lines = ["序号", "统计指标", "单位", "统计数", "一、主动公开情况", *(["——", "——"] if dashes else [])]
    for n, row in enumerate(rows, 1):
        lines += [str(n), *row]
    return lines


NUMBERED = {
    "disclosure.total": 403,
    "disclosure.normative_docs": 0,
    "docs.normative.issued": 12,
    "disclosure.channel.gazette": 1,
    "disclosure.channel.website": 25,
    "disclosure.channel.weibo": 3,
}


@pytest.mark.parametrize("glue", ["\n", ""])
def test_running_numbers_of_rows_are_no_digits_of_the_row_before(glue: str) -> None:
    text = glue.join(_numbered(dashes=False))
    assert values(read(*(Paragraph(line) for line in text.split("\n")))) == NUMBERED


def test_running_number_in_front_of_a_row_on_one_line() -> None:
    lines = _numbered(dashes=False)
    rows = [" ".join(lines[:4]), lines[4], *(" ".join(lines[i : i + 4]) for i in range(5, len(lines), 4))]
    assert values(read(*(Paragraph(row) for row in rows))) == NUMBERED


def test_running_numbers_that_leave_a_gap_give_no_value() -> None:
    lines = ["8" if line == "4" else line for line in _numbered(dashes=False)]
    reading = read(Paragraph("".join(lines)))
    assert {key: value for key, value in values(reading).items() if value not in (None, NUMBERED[key])} == {}
    assert "cells.uncertain" in codes(reading)


def test_headings_read_line_by_line_tell_no_order() -> None:
    heads = ["自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    rows = [
        "一、本年新收政府信息公开申请数量 5 1 2 0 0 0 8",
        "二、上年结转政府信息公开申请数量 1 0 0 0 0 0 1",
        "四、结转下年度继续办理 2 1 0 0 0 0 3",
    ]
    reading = read(*(Paragraph(text) for text in [*heads, *rows]))
    assert set(values(reading).values()) <= {None}
    assert any(code.startswith(("cells.", "table.")) for code in codes(reading))


def test_total_in_front_is_believed_where_the_sums_hold() -> None:
    heads = [
        "申请人情况",
        "总计",
        "自然人",
        "法人或其他组织",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    rows = [
        "一、本年新收政府信息公开申请数量 8 5 1 2 0 0 0",
        "二、上年结转政府信息公开申请数量 1 1 0 0 0 0 0",
        "四、结转下年度继续办理 3 2 1 0 0 0 0",
    ]
    reading = read(*(Paragraph(text) for text in [*heads, *rows]))
    assert values(reading)["requests.received.new"] == 8
    assert values(reading)["requests.received.new research"] == 2


def test_heading_rows_without_the_cells_of_merged_ones() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    reading = read(
        table(
            ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
            [*names, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
            names * 2,
            [str(n) for n in range(15)],
        )
    )
    assert [figure.value for figure in reading.figures] == list(range(15))


def test_running_numbers_behind_lost_headings_give_no_value() -> None:
    lines = _numbered(dashes=False)
    rows = [" ".join(lines[i : i + 4]) for i in range(5, len(lines), 4)]
    reading = read(*(Paragraph(row) for row in rows))
    assert {key: value for key, value in values(reading).items() if value not in (None, NUMBERED[key])} == {}


def test_labels_in_front_of_the_units_and_numbers_of_all_give_no_value() -> None:
    lines = [
        *("统计指标", "单位", "统计数", "1．参加或举办新闻发布会总次数", "次", "4", "2．政府网站在线访谈次数"),
        *("3．政策解读稿件发布数", "次", "1", "篇", "9", "4．微博微信回应事件数", "次", "6"),
    ]
    reading = read(*map(Paragraph, lines))
    assert values(reading).get("response.interpretations") is None
    assert values(reading)["response.weibo_wechat_events"] == 6
    assert "cells.uncertain" in codes(reading)


def test_number_beside_a_row_without_one_gives_no_value() -> None:
    reading = read(*map(Paragraph, ["信息内容", "本年处理决定数量", "行政处罚", "42", "行政强制"]))
    assert set(values(reading).values()) <= {None}


@pytest.mark.parametrize("pipes", [True, False])
def test_heading_on_a_line_of_its_own_divides_no_table(pipes: bool) -> None:
    rows = [line.split() for line in ("序号 统计指标 单位 统计数", "1 （一）收到申请数 件 7", "2 1．当面申请数 件 4")]
    more = [line.split() for line in ("3 1．参加或举办新闻发布会总次数 次 5", "4 2．政府网站在线访谈次数 次 6")]
    blocks: list[Block] = []
    number = 0
    for part in (rows, more):
        for row in part:
            if pipes:
                blocks.append(Paragraph("|".join(row)))
            else:
                blocks += [Paragraph(cell, row=number) for cell in row]
                number += 1
        if part is rows:
            blocks.append(Paragraph("（二）通过不同渠道和方式回应解读的情况"))
    reading = read(*blocks)
    assert len(reading.tables) == 1
    assert list(values(reading).values()) == [7, 4, 5, 6]


def test_a_form_with_numbers_that_cannot_be_read_is_not_blank() -> None:
    reading = read(
        table(
            ["统计指标", "单位", "数值一", "数值二"],
            ["（一）收到申请数", "件", "7", "8"],
            ["1．当面申请数", "件", "4", "5"],
            ["2．传真申请数", "件", "3", "3"],
        )
    )
    assert not reading.blank_form
    assert "cells.uncertain" in codes(reading)


def test_headings_on_a_line_of_their_own_above_rows_of_cells() -> None:
    rows = [["1.政府(部门)网站公开(不含政府信息公开网站)", "条", "7", ""], ["4.其他便于公众知晓的方式", "条", "4", ""]]
    reading = read(
        Paragraph("工作项目 单位 数量 备注"),
        Paragraph("一、主动公开政府信息情况"),
        *(Paragraph(cell or "\u00a0", row=n) for n, row in enumerate(rows * 2) for cell in row),
    )
    assert values(reading) == {"disclosure.channel.website": 7, "disclosure.channel.other": 4}


def test_columns_of_two_tables_in_one_with_other_edges() -> None:
    rows = [
        [("统计指标", 1, 1), ("单位", 1, 2), ("统计数", 1, 2)],
        [("（一）收到申请数", 1, 1), ("件", 1, 2), ("7", 1, 2)],
        [("1．当面申请数", 1, 2), ("件", 1, 2), ("4", 1, 1)],
        [("2．传真申请数", 1, 2), ("件", 1, 2), ("", 1, 1)],
    ]
    assert list(values(read(place(rows))).values()) == [7, 4, None]


def test_two_numbers_below_one_heading_of_a_list_give_no_value() -> None:
    rows = [
        [("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 2)],
        [("（一）收到申请数", 1, 1), ("件", 1, 1), ("7", 1, 1), ("8", 1, 1)],
        [("1．当面申请数", 1, 1), ("件", 1, 1), ("4", 1, 1), ("", 1, 1)],
        [("2．传真申请数", 1, 1), ("件", 1, 1), ("3", 1, 1), ("", 1, 1)],
    ]
    reading = read(place(rows))
    assert values(reading) == {"requests.channel.in_person": 4, "requests.channel.fax": 3}
    assert "cells.uncertain" in codes(reading)


@pytest.mark.parametrize("row", ["{},{},0,3", "{},件,{}", "│ {:<14}│ {} │ 0 │", "+ {} + {} +"])
def test_rows_of_a_form_that_stay_text_are_a_finding(row: str) -> None:
    labels = ["1.属于国家秘密", "2.重复申请", "3.要求提供公开出版物", "4.保护第三方合法权益", "5.属于三类内部事务信息"]
    lines = [line for n, label in enumerate(labels) for line in (row.format(label, n), "├─────┼─────┤")]
    reading = read(*map(Paragraph, lines))
    assert reading.figures == ()
    assert codes(reading) & {"table.missing", "table.unmatched"}


# ---------------------------------------------------------------- merged cells of a wrong size


def _matrix(head: list[list[tuple[str, int, int]]], rows: list[tuple[str, list[str]]]) -> Grid:
    return place([*head, *([(label, 1, 1), *((text, 1, 1) for text in numbers)] for label, numbers in rows)])


def _pushed(rows: list[tuple[str, list[str]]]) -> TableReading:
    """The request table whose cell 法人或其他组织 is one column too narrow."""
    names = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    head = [
        [("办理情况", 2, 1), ("自然人", 2, 1), ("法人或其他组织", 1, 4), ("总计", 2, 1)],
        [(text, 1, 1) for text in names],
    ]
    return read(_matrix(head, rows))


def test_headings_pushed_over_other_columns_are_read_in_the_order_of_the_form() -> None:
    reading = _pushed(
        [
            ("一、本年新收政府信息公开申请数量", ["14", "2", "0", "0", "1", "3", "20"]),
            ("二、上年结转政府信息公开申请数量", ["1", "0", "0", "0", "0", "0", "1"]),
            ("四、结转下年度继续办理", ["0", "4", "0", "0", "0", "1", "5"]),
        ]
    )
    assert values(reading)["requests.received.new"] == 20
    assert values(reading)["requests.received.new other"] == 3
    assert "column.misplaced" in codes(reading)
    assert "column.swapped" not in codes(reading)


def test_headings_stay_where_the_sums_do_not_decide() -> None:
    reading = _pushed(
        [
            ("一、本年新收政府信息公开申请数量", ["14", "2", "0", "0", "1", "20", "3"]),
            ("二、上年结转政府信息公开申请数量", ["1", "0", "0", "0", "0", "0", "1"]),
            ("四、结转下年度继续办理", ["0", "4", "0", "0", "0", "1", "5"]),
        ]
    )
    assert values(reading)["requests.received.new"] == 20
    assert "column.misplaced" not in codes(reading)


def test_units_in_the_cells_below_pushed_headings() -> None:
    reading = _pushed(
        [
            ("一、本年新收政府信息公开申请数量", ["6210件", "0", "0件", "0", "0", "3件", "6213件"]),
            ("二、上年结转政府信息公开申请数量", ["41", "0", "0件", "0", "0", "0", "41件"]),
            ("四、结转下年度继续办理", ["7件", "0", "0件", "0", "0", "0", "7件"]),
        ]
    )
    assert values(reading)["requests.received.new"] == 6213
    assert values(reading)["requests.carried_out other"] == 0


def test_blank_cells_in_front_and_behind_that_no_heading_explains_give_no_value() -> None:
    names = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    lines = [["办理情况", "自然人", "法人或其他组织", "总计"], names]
    lines += [["一、本年新收政府信息公开申请数量", "\u00a0", "4", "\u00a0", "2", *["\u00a0"] * 2, "6", "\u00a0"]]
    lines += [["二、上年结转政府信息公开申请数量", "3", "4", "\u00a0", "2", *["\u00a0"] * 2, "9", "\u00a0"]]
    reading = read(*(Paragraph(text, row=n) for n, line in enumerate(lines) for text in line))
    assert set(values(reading).values()) <= {None}
    assert "cells.uncertain" in codes(reading)


@pytest.mark.parametrize("left", ["9", "2"])
def test_a_row_that_lost_a_cell_gives_no_value(left: str) -> None:
    heads = ["办理情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [
        ["一、本年新收政府信息公开申请数量", "13", "0", "2", "0", "0", "0", "15"],
        ["（一）予以公开", left, "0", "0", "0", "0", "9", ""],  # one of the numbers is not there
        ["（二）部分公开", "0", "0", "2", "0", "0", "0", "2"],
        ["四、结转下年度继续办理", "4", "0", "0", "0", "0", "0", "4"],
    ]
    reading = read(table(heads, *rows))
    granted = [figure.value for figure in reading.figures if figure.metric == "requests.outcome.granted"]
    assert granted == [None] * 7
    assert values(reading)["requests.outcome.partial"] == 2
    assert "cells.pushed" in codes(reading)
    blank = [[*row[:-1], ""] if n else row for n, row in enumerate(rows)]  # no total printed: nothing is missing
    assert values(read(table(heads, *blank)))["requests.outcome.granted natural_person"] == int(left)


def test_a_row_pushed_to_the_left_of_the_label_of_its_group() -> None:
    # the cell of the group above reaches one row too far, so that this group's label stands in the next column
    head = ["办理情况", "", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    numbers = [("0", 1, 1)] * 6
    reading = read(
        place(
            [
                [(text, 1, 1) for text in head],
                [("三、本年度办理结果", 4, 1), ("（四）无法提供", 2, 1), ("3.补正后申请内容仍不明确", 1, 1),
                 ("2", 1, 1), *numbers],
                [("（五）不予处理", 3, 1), ("1.信访举报投诉类申请", 1, 1), ("8", 1, 1), *numbers],
                [("2.重复申请", 1, 1), ("6", 1, 1), *numbers],
                [("3.要求提供公开出版物", 1, 1), ("9", 1, 1), *numbers],
            ]
        )
    )  # fmt: skip
    own = {figure.metric: figure.value for figure in reading.figures if figure.applicant == "natural_person"}
    assert own["requests.outcome.not_processed.repeat"] == 6
    assert own["requests.outcome.not_processed.publication"] == 9
    assert own.get("requests.outcome.not_processed.petition") is None  # its numbers stand one column to the right


# ---------------------------------------------------------------- reviews and suits


def test_reviews_and_suits_with_their_results_as_columns() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows: list[list[tuple[str, int, int]]] = [
        [("", 1, 2), *((text, 1, 1) for text in names)],
        [("行政复议", 1, 2), *((str(n), 1, 1) for n in (3, 0, 1, 0, 4))],
        [("行政诉讼", 2, 1), ("未经复议直接起诉", 1, 1), *((str(n), 1, 1) for n in (0, 2, 0, 5, 7))],
        [("复议后起诉", 1, 1), *((str(n), 1, 1) for n in (6, 0, 0, 0, 6))],
    ]
    reading = read(place(rows))
    assert [figure.value for figure in reading.figures] == [3, 0, 1, 0, 4, 0, 2, 0, 5, 7, 6, 0, 0, 0, 6]
    assert values(reading)["litigation.direct.pending"] == 5
    assert values(reading)["litigation.after_review.total"] == 6
    assert reading.form is not None
    assert "table.missing" not in {f.code for f in reading.findings if f.data.get("table") == "review_litigation"}


@pytest.mark.parametrize("nothing", ["", "\u00a0", "—", "0"])
def test_rows_of_reviews_and_suits_without_a_number(nothing: str) -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    reading = read(
        place(
            [
                [("类别", 1, 2), *((text, 1, 1) for text in names)],
                [("行政复议", 1, 2), *[(nothing, 1, 1)] * 5],
                [("行政诉讼", 2, 1), ("未经复议直接起诉", 1, 1), *[(nothing, 1, 1)] * 5],
                [("复议后起诉", 1, 1), ("8", 1, 1), *[(nothing, 1, 1)] * 3, ("8", 1, 1)],
            ]
        )
    )
    found = values(reading)
    assert found["litigation.after_review.maintained"] == found["litigation.after_review.total"] == 8
    assert not found["litigation.direct.maintained"]
    assert not found["review.total"]


def test_short_names_of_the_results() -> None:
    names = ["维持", "纠正", "其他", "未审结", "合计"]
    reading = read(
        place(
            [
                [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
                [*((text, 2, 1) for text in names), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
                [(text, 1, 1) for text in names * 2],
                [(str(n), 1, 1) for n in range(15)],
            ]
        )
    )
    assert [figure.value for figure in reading.figures] == list(range(15))
    assert values(reading)["review.other"] == 2


def test_blank_cells_in_front_of_the_values_of_the_reviews() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = [["行政复议", "行政诉讼"], [*names, "未经复议直接起诉", "复议后起诉"], names * 2]
    numbers = ["\u00a0", "4", *["\u00a0"] * 2, "4", "2", *["\u00a0"] * 3, "2", *["\u00a0"] * 5]
    reading = read(*(Paragraph(text, row=n) for n, line in enumerate([*lines, numbers]) for text in line))
    assert values(reading)["review.corrected"] == 4
    assert values(reading)["litigation.direct.maintained"] == 2
    assert values(reading)["review.maintained"] is None


# ---------------------------------------------------------------- lists with more columns of labels


def test_units_behind_blank_columns_of_labels() -> None:
    reading = read(
        table(
            ["一级指标", "二级指标", "三级指标", "单位", "统计数"],
            ["八、机构建设和保障经费情况", "", "", "——", "——"],
            ["", "（一）政府信息公开工作专门机构数", "", "个", "4"],
            ["", "", "2．兼职人员数", "人", "11"],
            ["", "（四）政府信息公开专项经费", "", "万元", "6.5"],
        )
    )
    assert values(reading) == {"org.offices": 4, "org.staff.part_time": 11, "org.budget": 65000}


def test_halves_of_a_list_side_by_side_are_read_one_after_the_other() -> None:
    left = [
        ("四、行政复议数量", "6"),
        ("（一）维持具体行政行为数", "1"),
        ("（二）被依法纠错数", "2"),
        ("（三）其他情形数", "3"),
    ]
    right = [
        ("五、行政诉讼数量", "9"),
        ("（一）维持具体行政行为或者驳回原告诉讼请求数", "0"),
        ("（二）被依法纠错数", "4"),
    ]
    right.append(("（三）其他情形数", "5"))
    rows = [[a, "件", n, b, "件", m] for (a, n), (b, m) in zip(left, right, strict=True)]
    found = values(read(table([*HEAD_2014, *HEAD_2014], *rows)))
    assert found["review.corrected"] == 2
    assert found["review.other"] == 3
    assert found["litigation.corrected"] == 4
    assert found["litigation.other"] == 5


@pytest.mark.parametrize("mark", ["", "—", "："])
def test_labels_behind_those_of_their_groups(mark: str) -> None:
    heads = ["办理情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    reading = read(
        table(
            heads,
            ["一、本年新收政府信息公开申请数量", "13", *"00000", "13"],
            [f"（三）不予公开{mark}1.属于国家秘密", "2", *"00000", "2"],
            [f"（四）无法提供{mark}2.没有现成信息需要另行制作", "4", *"00000", "4"],
            [f"（五）不予处理{mark}2.重复申请", "7", *"00000", "7"],
        )
    )
    found = values(reading)
    assert found["requests.outcome.refused.state_secret"] == 2
    assert found["requests.outcome.unable.needs_creation"] == 4
    assert found["requests.outcome.not_processed.repeat"] == 7


def test_headings_alone_on_a_page_whose_labels_stand_in_one_column() -> None:
    names = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    heads = place(
        [
            [("办理情况", 2, 1), ("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
            [(text, 1, 1) for text in names],
        ]
    )
    numbers = [(text, 1, 1) for text in ("3", "", "", "1", "", "", "4")]
    rows = place(
        [
            [("一、本年新收政府信息公开申请数量", 1, 3), *numbers],
            [("三、本年度办理结果", 2, 1), ("（一）予以公开", 1, 2), *numbers],
            [("（四）无法提供", 1, 1), ("2.没有现成信息需要另行制作", 1, 1), *numbers],
        ]
    )
    found = values(read(heads, rows))
    assert found["requests.received.new social_welfare"] == 1
    assert found["requests.outcome.granted"] == 4
    assert found["requests.outcome.unable.needs_creation natural_person"] == 3
