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
