"""Titles of reports and of what is titled like one: tests/identity/titles.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parsers.identity.title import is_summary, judge_link, read_title

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "titles.toml").read_text(encoding="utf-8"))["title"]
BLIND = tomllib.loads((HERE / "titles_blind.toml").read_text(encoding="utf-8"))["title"]


def holds(case: dict[str, Any]) -> bool:
    title = read_title(case["text"])
    if case.get("reject"):
        return title is None
    return title is not None and (title.agency_printed, title.year) == (case.get("agency"), case.get("year"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_title(case: dict[str, Any]) -> None:
    title = read_title(case["text"])
    if case.get("reject"):
        assert title is None
        return
    assert title is not None
    assert title.agency_printed == case.get("agency")
    assert title.year == case.get("year")


def test_titles_counted_as_a_whole() -> None:
    wrong = [case["text"] for case in BLIND if not holds(case)]
    assert len(wrong) <= 1, wrong


def test_the_title_of_two_lines_is_printed_without_the_break() -> None:
    title = read_title("洪泽区人民政府\n2023 年政府信息公开工作年度报告")
    assert title is not None
    assert title.text == "洪泽区人民政府2023年政府信息公开工作年度报告"


def test_a_summary_is_left_to_its_content() -> None:
    assert is_summary("2012年政府信息公开工作总结")
    assert not is_summary("2012年工作总结")


@pytest.mark.parametrize(
    ("text", "published", "score"),
    [
        ("北仑区卫生局2012年政府信息公开工作年度报告", date(2013, 3, 1), 1.0),
        ("政府信息公开工作年度报告", date(2013, 3, 1), 0.8),
        ("政府信息公开年报", None, 0.5),
        ("2013年政府信息公开工作总结", date(2014, 1, 1), 0.3),
        ("北仑区卫生局2022年政府信息公开工作年度报告", date(2013, 3, 1), 0.5),
        ("关于做好2012年政府信息公开年度报告工作的通知", date(2013, 1, 9), 0.0),
        ("网站地图", None, 0.0),
    ],
)
def test_link_texts_are_judged(text: str, published: date | None, score: float) -> None:
    assert judge_link(text, published).score == score
