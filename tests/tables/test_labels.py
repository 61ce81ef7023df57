"""Printed labels and the core that is left of them."""

from __future__ import annotations

import pytest

from parsers.labels import is_remnant_of, is_typo_of, label, unit_of

CORES = {
    "其中：1、政府网站公开数": "政府网站公开数",
    "1.其中：网站公开": "网站公开",
    "（七）总计": "总计",
    "七、总计": "总计",
    "三、本年度办 理结果": "本年度办理结果",
    "①当面申请数": "当面申请数",
    "⑴当面申请数": "当面申请数",
    "２．其它法律、行政法规禁止公开": "其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”": "危及三安全一稳定",
    "结果\n\n维持": "结果维持",
    "本年增／减": "本年增减",
    "本年收费金额\n（单位：万元）": "本年收费金额",
    "收到申请数（件）": "收到申请数",
    "2012 年度": "2012年度",
}


@pytest.mark.parametrize("text", CORES)
def test_core(text: str) -> None:
    assert label(text).core == CORES[text]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("件", "件"),
        ("人(次)", "人次"),
        ("人（次）", "人次"),
        ("单位：万元", "万元"),
        ("（元）", "元"),
        ("数量", None),
        ("——", None),
    ],
)
def test_unit(text: str, unit: str | None) -> None:
    assert unit_of(text) == unit


def test_the_unit_behind_a_label() -> None:
    assert label("本年收费金额（单位：万元）").unit == "万元"
    assert label("复制费(含光盘、纸张)").unit is None


@pytest.mark.parametrize(
    ("printed", "known", "typo"),
    [
        ("危机安全和稳定数", "危及安全和稳定数", True),
        ("政府信息公开行政法复议", "政府信息公开行政复议", True),
        ("属于行政执案法卷", "属于行政执法案卷", True),
        ("不同意公开答复数", "同意公开答复数", False),
        ("同意公开答复数", "不同意公开答复数", False),
        ("上年结转申请", "本年结转申请", False),
        ("其他处理", "其他处里", False),
        ("免予公开范围1数", "免予公开范围2数", False),
        ("重复申请", "重复申请", False),
    ],
)
def test_typo(printed: str, known: str, typo: bool) -> None:
    assert is_typo_of(printed, known) is typo


def test_lost_characters() -> None:
    assert is_remnant_of("其他法律行政止公开", "其他法律行政法规禁止公开")
    assert not is_remnant_of("同意公开答复数", "不同意公开答复数")
    assert not is_remnant_of("禁止公开", "其他法律行政法规禁止公开")
