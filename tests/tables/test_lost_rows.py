"""Rows of a form that were printed and not read are never passed over in silence."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from parsers.model import Paragraph, Severity, Source, Status
from parsers.report import read
from parsers.tables import TableReading, read_tables
from tests.tables.renderings import Sheet, list_sheet, truth

MONEY = ("org.budget", "fees.disclosure.charged")

REPORT = (
    "桐庐县卫生健康局2016年政府信息公开工作年度报告",
    "一、总体情况",
    "本局把门诊安排和接种安排放在网站显著的位置公开，群众反映查找起来比较方便。",
)


def sheet() -> Sheet:
    """The return of 2014 without its column of units, headings of groups without a dash."""
    full = list_sheet("statistics_2014", random.Random(3))
    bodies = [
        replace(body, unit=None, cells=[(key, text if key else "", value) for key, text, value in body.cells])
        for body in full.bodies
    ]
    return replace(full, heads=[], bodies=bodies)


def tables_of(lines: list[str]) -> TableReading:
    return read_tables([Paragraph(line) for line in lines if line])


def weighs(reading: TableReading) -> set[str]:
    return {finding.code for finding in reading.findings if finding.severity is not Severity.INFO}


def test_one_cell_a_line_without_headings_and_units() -> None:
    printed = sheet()
    reading = tables_of([text for body in printed.bodies for text in (body.label, body.cells[0][1])])
    read_values = {(figure.metric, figure.applicant, figure.period): figure.value for figure in reading.figures}
    money = {key for key, value in truth([printed]).items() if value and key[0] in MONEY}
    assert {key: value for key, value in truth([printed]).items() if key not in money} == {
        key: value for key, value in read_values.items() if key not in money
    }
    assert all(read_values[key] is None for key in money)  # no unit is printed


@pytest.mark.parametrize("between", ["", " ", "：", "……"])
def test_rows_that_were_not_read_are_a_finding(between: str) -> None:
    reading = tables_of([body.label + between + body.cells[0][1] for body in sheet().bodies])
    assert not any(figure.value is not None for figure in reading.figures)
    assert weighs(reading) & {"table.missing", "cells.uncertain"}


def test_values_below_a_heading_that_does_not_say_where_they_stand_are_kept() -> None:
    printed = sheet()
    reading = tables_of(
        ["数额", "统计数", *(text for body in printed.bodies for text in (body.label, body.cells[0][1]))]
    )
    assert not reading.blank_form
    kept = "".join(cell.text for cell in reading.tables[0].cells)
    assert all(body.cells[0][1] in kept for body in printed.bodies)
    assert "cells.uncertain" in weighs(reading)


def test_a_row_left_in_the_text_makes_the_report_partial() -> None:
    kept = [body for body in sheet().bodies if not body.label.startswith("3．网络")]
    lines = ["统计指标 统计数", *(f"{body.label} {body.cells[0][1] or '——'}" for body in kept)]
    lost = "说明与补充 网络申请数另计 17"
    read_without = read(Source("\n".join([*REPORT, *lines]).encode(), "file:///2016.txt"))
    read_with = read(Source("\n".join([*REPORT, lost, "以下为统计表", *lines]).encode(), "file:///2016.txt"))
    found = [
        {finding.severity for finding in reading.findings if finding.code == "table.rows_missing"}
        for reading in (read_without, read_with)
    ]
    assert found == [{Severity.INFO}, {Severity.WARNING}]


def test_an_amount_without_a_unit_makes_the_report_partial() -> None:
    bodies = [
        replace(body, cells=[(key, "0" if key else "", 0) for key, _, _ in body.cells]) for body in sheet().bodies
    ]
    lines = [f"{body.label} {'8' if '专项经费' in body.label else body.cells[0][1]}" for body in bodies]
    reading = read(Source("\n".join([*REPORT, "统计指标 统计数", *lines]).encode(), "file:///2016.txt"))
    assert reading.report is not None
    assert {finding.code for finding in reading.findings if finding.code.startswith("unit.")} == {"unit.unknown"}
    assert reading.report.status is Status.PARTIAL
