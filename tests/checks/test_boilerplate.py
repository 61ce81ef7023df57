"""Passages that stand word for word in two reports."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.checks.boilerplate import LEAST, SHOWN, shared_passages

LAST_YEAR = """一、概述
2015年，我局把政务公开列入全年重点工作，局长办公会四次听取汇报，办公室牵头、各科室分头落实，信息员队伍保持稳定。
二、主动公开情况
全年公开信息321条，其中网站发布300条，公告栏张贴21条，内容涉及疾病防控、妇幼保健和卫生监督。
三、问题和打算
信息更新有时不够及时，下一步将每月通报各科室的发布情况，并组织一次面向基层单位的业务培训，补齐短板。"""


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_the_same_text_is_one_passage() -> None:
    found = shared_passages(LAST_YEAR, LAST_YEAR)
    assert found.share == 1.0
    (passage,) = found.passages
    assert (passage.start, passage.end) == (passage.other_start, passage.other_end) == (0, len(LAST_YEAR))


def test_a_report_with_new_numbers_only_is_last_years_report() -> None:
    text = LAST_YEAR.replace("2015", "2016").replace("321", "456").replace("300", "430").replace("21条，", "26条，")
    found = shared_passages(text, LAST_YEAR)
    assert found.share > 0.7
    assert len(found.passages) == 2
    for passage in found.passages:
        copied = squeeze(text[passage.start : passage.end])
        assert copied == squeeze(LAST_YEAR[passage.other_start : passage.other_end])
        assert len(copied) >= SHOWN


def test_white_space_and_width_make_no_difference() -> None:
    text = LAST_YEAR.replace("\n", "\n\n    ").replace("321", "３２１").replace("，", ",")
    other = LAST_YEAR.replace("，", ",")
    found = shared_passages(text, other)
    assert found.share == 1.0
    assert (found.passages[0].start, found.passages[0].end) == (0, len(text))


def test_another_report_shares_nothing() -> None:
    text = "本年度，区卫生健康局围绕群众关心的医疗服务价格、家庭医生签约等事项，开设专栏三个，举办开放日活动两场。" * 3
    assert shared_passages(text, LAST_YEAR) == shared_passages("", LAST_YEAR) == shared_passages(LAST_YEAR[:0], "")


def test_passages_are_found_in_any_order() -> None:
    first, second = LAST_YEAR.split("\n")[1], LAST_YEAR.split("\n")[5]
    found = shared_passages(f"{second}\n另起一段。\n{first}", LAST_YEAR)
    assert [passage.other_start for passage in found.passages] == [LAST_YEAR.index(second), LAST_YEAR.index(first)]


@pytest.mark.parametrize(("length", "share"), [(LEAST - 1, 0.0), (LEAST, 0.5), (LEAST + 1, 0.5), (SHOWN, 0.5)])
@pytest.mark.parametrize("shift", range(11))
def test_a_common_run_counts_from_its_least_length_wherever_it_stands(length: int, share: float, shift: int) -> None:
    run = "".join(chr(0x4E00 + at) for at in range(length))
    text = run + "".join(chr(0x6E00 + at) for at in range(length))
    other = "".join(chr(0x7E00 + at) for at in range(shift)) + run + "".join(chr(0x8E00 + at) for at in range(30))
    found = shared_passages(text, other)
    assert found.share == share
    assert len(found.passages) == (length >= SHOWN)


@given(st.text("甲乙丙 \n", max_size=300), st.text("甲乙丙 \n", max_size=300))
def test_every_passage_says_the_same_and_none_overlap(text: str, other: str) -> None:
    found = shared_passages(text, other)
    assert 0 <= found.share <= 1
    last = 0
    for passage in found.passages:
        copied = squeeze(text[passage.start : passage.end])
        assert copied == squeeze(other[passage.other_start : passage.other_end])
        assert len(copied) >= SHOWN
        assert passage.start >= last
        last = passage.end


@pytest.mark.parametrize("unit", ["政府信息公开", "一", LAST_YEAR])
def test_time_grows_with_the_length(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    start = time.process_time()
    assert shared_passages(text, text[7:]).share > 0.99
    assert time.process_time() - start < 5
