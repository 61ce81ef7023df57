"""Inputs made to hurt: long, repetitive, broken. Each must be answered within a second, whatever the answer."""

from __future__ import annotations

import time

import pytest

from parsers.identity import identify
from parsers.identity.title import read_title
from parsers.model import Document, Hint
from parsers.sections import find_sections

TITLE = "北仑区卫生局2012年政府信息公开工作年度报告\n"
INPUTS = {
    "headings": "一、概述" * 50_000,
    "headings on lines": "一、概述\n二、主动公开\n" + "二、主动公开" * 50_000,
    "brackets": "（一）" * 60_000,
    "digits": "1.\n" * 80_000,
    "years": "2012年" * 60_000,
    "dates": "2012年12月31日" * 30_000,
    "dated lines": "某局2012年12月31日\n" * 20_000,
    "labels": "地址：电话：邮编：传真：" * 20_000,
    "parts": "报告由" + "共分等从" * 40_000 + "部分",
    "districts": "南京市鼓楼区卫生局" * 20_000,
    "spaces": "一" + " " * 300_000 + "、概述",
    "titles": TITLE * 10_000,
    "one long word": "公开" * 150_000,
    "numerals": "十" * 200_000,
}


@pytest.mark.parametrize("name", INPUTS)
def test_answered_in_time(name: str) -> None:
    text = TITLE + INPUTS[name]
    begun = time.process_time()
    identify(Document(blocks=(), format="text", title=INPUTS[name][:400]), text, Hint())
    find_sections(text)
    read_title(INPUTS[name])
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("text", ["", "\n", " ", "一、", "（", "2012", "\ufeff", "〇" * 40, "年" * 40])
def test_next_to_nothing(text: str) -> None:
    identity = identify(Document(blocks=(), format="text"), text, Hint())
    assert not identity.is_report
    assert find_sections(text) == () or text == "一、"
