"""What a reading of prose holds besides its cases: order, limits, sections, denials by a heading."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Meaning, Section
from parsers.prose import read_prose
from parsers.prose.reading import LONGEST_TEXT

WORDS = st.sampled_from(
    ["主动公开", "政府信息", "12条", "3件", "其中", "，", "。", "、", "：", "（", "）", "未收到", "申请", "行政复议",
     "无", "分别为", "均为0", "2012年", "上年", "微信", "政府网站", "占10%", "1、", "\n", "费用", "8元", "近千余条"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=60).map("".join))
def test_any_text_gives_figures_with_their_place(text: str) -> None:
    reading = read_prose(text, (), 2012)
    for figure in reading.figures:
        assert figure.start is not None
        assert figure.end is not None
        assert text[figure.start : figure.end] == figure.raw
        assert figure.raw in figure.evidence
        assert figure.evidence in text
        assert figure.value is not None
    starts = [mention.start for mention in reading.mentions]
    assert starts == sorted(starts)
    assert read_prose(text, (), 2012) == reading


def test_empty_text() -> None:
    reading = read_prose("", (), None)
    assert (reading.mentions, reading.figures, reading.checks, reading.findings) == ((), (), (), ())


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("收到申请3件，答复不够规范。", []),
        ("解读形式单一，全年仅有文字解读6篇。", [6]),
        ("将加强培训，年内轮训信息员2次。", []),
        ("打算来年做好三件事，年内举办信息公开培训2次。", []),
    ],
)
def test_problems_state_a_figure_only_where_they_say_what_the_year_brought(sentence: str, values: list[int]) -> None:
    text = f"五、存在的问题\n{sentence}"
    section = Section(0, 1, "五", "存在的问题", "problems", 0, len(text))
    assert [figure.value for figure in read_prose(text, (section,), 2015).figures] == values


def test_a_heading_says_what_is_denied() -> None:
    text = "四、收费及减免情况\n无"
    section = Section(0, 1, "四", "收费及减免情况", "fees", 0, len(text))
    found = {(f.metric, f.value, f.meaning, f.raw) for f in read_prose(text, (section,), 2015).figures}
    assert found == {
        ("fees.disclosure.charged", 0, Meaning.ZERO, "无"),
        ("fees.disclosure.waived", 0, Meaning.ZERO, "无"),
    }


def test_a_heading_that_runs_into_its_text() -> None:
    text = "三、依申请公开或不予公开政府信息的情况2016年内我局收到依申请公开要求4例。"
    section = Section(0, 1, "三", "依申请公开或不予公开政府信息的情况", "requests", 0, len(text))
    (figure,) = read_prose(text, (section,), 2016).figures
    assert (figure.metric, figure.value) == ("requests.received.new", 4)
    assert figure.evidence == "2016年内我局收到依申请公开要求4例。"


def test_money_is_in_yuan() -> None:
    (figure,) = read_prose("依申请公开信息收取的费用0.35万元。", (), 2015).figures
    assert (figure.value, figure.unit, figure.raw) == (3500, "元", "0.35万元")


def test_an_unknown_year_still_leaves_last_year_out() -> None:
    found = read_prose("去年收到政府信息公开申请8件，今年收到政府信息公开申请5件。", (), None).figures
    assert [figure.value for figure in found] == [5]


def test_a_text_that_is_too_long_is_cut_with_a_finding() -> None:
    text = "全年主动公开政府信息97条。\n" + "好" * LONGEST_TEXT
    reading = read_prose(text, (), 2015)
    assert [finding.code for finding in reading.findings] == ["prose.cut"]
    assert [figure.value for figure in reading.figures] == [97]


@pytest.mark.parametrize(
    "unit", ["12条、", "（12条", "未发生行政复议，", "其中12条，", "、微博分别", "《", "：0，", "十百千万"]
)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        spent = []
        for _ in range(3):  # the least of three: a collection of garbage is no property of the text
            begin = time.process_time()
            read_prose(unit * (length // len(unit)), (), 2015)
            spent.append(time.process_time() - begin)
        return min(spent)

    seconds(1_000)
    short, long = max(seconds(6_000), 0.01), seconds(24_000)
    assert long < short * 12  # 4 if linear, 16 if quadratic


@pytest.mark.parametrize("word", ["未", "为零", "没有"])
def test_a_denial_reaches_no_farther_than_a_clause(word: str) -> None:
    begin = time.process_time()
    reading = read_prose(word * (100_000 // len(word)) + "收到申请", (), 2020)
    assert time.process_time() - begin < 4  # 14 s where each looks as far as the sentence goes
    assert all(figure.value == 0 for figure in reading.figures)


def test_what_a_number_grew_from_is_not_this_years() -> None:
    reading = read_prose("政府信息公开业务培训由1次增加到3次。", (), 2015)
    assert [(figure.metric, figure.value) for figure in reading.figures] == [("training.sessions", 3)]


@pytest.mark.parametrize(
    ("sentence", "metrics"),
    [
        ("被提起行政诉讼的没有。", ["litigation.total"]),
        ("行政复议、行政诉讼案件没有。", ["review.total", "litigation.total"]),
        ("依申请公开的专门制度没有。", []),
        ("依申请公开的渠道没有。", []),
        ("收取复印费86元，无其他收费。", []),
        ("有没有人申请公开都要登记。", []),
    ],
)
def test_only_what_is_denied_is_zero(sentence: str, metrics: list[str]) -> None:
    text = f"三、依申请公开情况\n{sentence}"
    section = Section(0, 1, "三", "依申请公开情况", "requests", 0, len(text))
    zeros = [figure.metric for figure in read_prose(text, (section,), 2015).figures if figure.value == 0]
    assert zeros == metrics


@pytest.mark.parametrize(
    "sentence",
    [
        "我局现有工作人员56名，内设科室12个。",
        "全年召开专题会议4次，研究新农合工作。",
        "举办业务培训6期，参加人员420人次。",
        "在电视台播出新闻45条，处理投诉举报34件。",
        "处置医疗舆情5起，开展政策解读培训2期。",
        "有3名患者对医疗事故鉴定不服，申请行政复议。",
    ],
)
def test_what_the_authority_did_besides_is_no_figure(sentence: str) -> None:
    text = f"一、概述\n{sentence}"
    section = Section(0, 1, "一", "概述", "overview", 0, len(text))
    assert read_prose(text, (section,), 2016).figures == ()
