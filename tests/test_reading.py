"""What is a report, what is none, and what state it is in: whole readings of small pages."""

from __future__ import annotations

import pytest

from parsers.model import Hint, Reading, Source, Status
from parsers.report import read

TITLE = "鄞州区卫生健康局2021年政府信息公开工作年度报告"
URL = "http://www.example.gov.cn/art/2022/1/8/art_1_2.html"


def page(body: str, title: str = TITLE) -> Reading:
    text = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div id='zoom'>{body}</div></body></html>"
    return read(Source(text.encode(), URL, "text/html", "utf-8", Hint("330212", "health", None, TITLE)))


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize(
    "body",
    [
        "<p>定于本周五召开全区卫生工作会议，请各单位准时参加，会议由局长主持。</p>",
        "<p>您访问的页面不存在或已删除，三秒后返回首页。</p>",
        f"<p>{TITLE}</p><p>抱歉，系统繁忙，请稍后再试。</p>",
    ],
    ids=["notice", "soft_404", "title_and_error"],
)
def test_a_body_that_is_no_report(body: str) -> None:
    reading = page(body)
    assert reading.report is None
    assert "report.unrelated" in codes(reading)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<p>本年度未收到政府信息公开申请，主动公开政府信息21条。</p>", Status.OK),
        (
            "<p>一、总体情况</p><p>本局按规定做好信息公开工作，完善制度，明确责任，工作总体平稳有序，群众较为满意，没有其他需要说明的情况，特此报告。</p>",
            Status.PARTIAL,
        ),
        (f"<p><a href='/a/b.pdf'>{TITLE}.pdf</a></p>", Status.UNPARSED),
        ("<p><img src='/a/1.jpg' width='800' height='1100'></p>", Status.UNPARSED),
    ],
    ids=["four_words", "no_figures", "link_only", "picture_only"],
)
def test_status(body: str, status: Status) -> None:
    report = page(body).report
    assert report is not None
    assert report.status is status


def test_a_table_in_a_picture_is_a_finding() -> None:
    reading = page("<p>三、收到和处理政府信息公开申请情况</p><p><img src='/a/1.jpg' width='800' height='1100'></p>")
    assert "picture.unread" in codes(reading)


ARTICLE_20 = (
    "<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td>{0}{0}{0}</tr><tr><td>行政规范性文件</td>{0}{0}{0}</tr></table>"
)


@pytest.mark.parametrize(("sentences", "reports"), [(6, 1), (1, 0)])
def test_blank_tables_are_a_report_where_sentences_stand_beside_them(sentences: int, reports: int) -> None:
    prose = "".join(f"<p>第{n}季度组织各科室对照目录逐条核对栏目。</p>" for n in range(1, sentences + 1))
    reading = page(f"<p>一、总体情况</p>{prose}<p>二、主动公开政府信息情况</p>{ARTICLE_20.format('<td></td>')}")
    assert (reading.report is not None) == bool(reports)
    if reading.report is not None:
        assert {figure.value for figure in reading.report.figures if figure.table_no is not None} == {None}
        assert "table.blank" in codes(reading)
        assert reading.report.status is Status.PARTIAL


def test_what_is_struck_out_of_a_page_is_a_deletion() -> None:
    cells = "".join(
        f"<td>{cell}</td>"
        for cell in ("<del>4</del><ins>9</ins>", '<span style="text-decoration: line-through;">3</span>8', "<s>6</s>")
    )
    reading = page(ARTICLE_20.replace("{0}{0}{0}", cells, 1).format("<td>5</td>"))
    assert reading.report is not None
    assert [figure.value for figure in reading.report.figures if figure.metric.startswith("docs.")] == [
        9,
        8,
        None,
        *[5] * 3,
    ]
    assert "format.tracked_changes" in codes(reading)


def test_what_is_filled_into_the_fields_of_a_table_is_read() -> None:
    cells = (
        '<td><input type="text" value="7" readonly></td><td><input value="12"></td>'
        '<td><input type="hidden" value="99"><textarea disabled>31</textarea></td>'
    )
    search = (
        '<table><tr><td>站内搜索<input name="q" value="请输入关键词"></td>'
        '<td><input type="submit" value="1"></td></tr></table>'
    )
    reading = page(search + ARTICLE_20.replace("{0}{0}{0}", cells, 1).format("<td>5</td>"))
    assert reading.report is not None
    assert [figure.value for figure in reading.report.figures if figure.metric.startswith("docs.regulation")] == [
        7,
        12,
        31,
    ]
    assert "请输入关键词" not in reading.report.text
