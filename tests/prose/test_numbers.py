"""Numbers as reports print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers.numbers import MAX_DIGITS, find_numbers, read_number

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def numeral(value: int) -> str:
    """The Chinese numeral of a whole number below 10^12, by place value."""
    if value == 0:
        return "零"
    for factor, mark in ((100_000_000, "亿"), (10_000, "万")):
        if value >= factor:
            high, low = divmod(value, factor)
            gap = "零" if 0 < low < factor // 10 else ""
            return numeral(high) + mark + gap + (numeral(low) if low else "")
    printed, gap = "", False
    for factor, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, factor)
        if digit:
            printed += ("零" if gap and printed else "") + DIGITS[digit] + mark
            gap = False
        else:
            gap = True
    return printed


@given(st.integers(0, 10**12 - 1))
@example(18_100_010_000)  # 一百八十一亿零一万
@example(100_100_000)
def test_chinese_numerals_round_trip(value: int) -> None:
    assert read_number(numeral(value)) == value


@given(st.integers(0, 10**12 - 1))
def test_separators_and_full_width_round_trip(value: int) -> None:
    for printed in (str(value), f"{value:,}"):
        assert read_number(printed) == value
        assert read_number(printed.translate(FULL_WIDTH)) == value


@given(st.decimals(0, 10**6, places=2))
def test_decimals_and_multipliers_are_exact(value: Decimal) -> None:
    assert read_number(str(value)) == value or read_number(str(value)) == float(value)
    assert read_number(f"{value}万") == value * 10_000


@given(st.integers(1, 10**7), st.sampled_from(["条", "件", "人次", "期"]))
def test_found_where_printed(value: int, unit: str) -> None:
    for printed in (f"{value}{unit}", f"{value:,} {unit}"):
        text = f"全年共收到{printed}，特此说明"
        (number,) = find_numbers(text)
        assert (number.value, number.unit) == (value, unit)
        assert text[number.start : number.end] == printed


@given(st.text(alphabet="0123456789一二三十百千万亿零〇.,，条件年月日第号（）%余近至-—、 \n", max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    position = 0
    for number in find_numbers(text):
        assert position <= number.start < number.end <= len(text)
        position = number.start


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("一百二十三", 123),
        ("两千零五", 2005),
        ("二〇一二", 2012),
        ("二○一二", 2012),
        ("十二", 12),
        ("廿", 20),
        ("廿三", 23),
        ("〇", 0),
        ("一万二千一百六十六", 12166),
        ("一百二", 120),
        ("一亿零五", 100000005),
        ("1.2万", 12000),
        ("3亿5千万", 350000000),
        ("１，２３４", 1234),
        ("1,234.5", 1234.5),
    ],
)
def test_notation(printed: str, value: float) -> None:
    assert read_number(printed) == value


@pytest.mark.parametrize(
    "printed", ["", "百万富翁", "12,34", "一二百", "十百", "1.2.3", "条", "9" * (MAX_DIGITS + 1), "亿"]
)
def test_no_number(printed: str) -> None:
    assert read_number(printed) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("近千余条信息", 1000, "条", True),
        ("约500条", 500, "条", True),
        ("800余条", 800, "条", True),
        ("500条以上", 500, "条", True),
        ("20多次", 20, "次", True),
        ("300人次左右", 300, "人次", True),
        ("三至五名", 3, "名", True),
        ("3-5人次", 3, "人次", True),
        ("占11.3％，", 11.3, "%", False),
        ("采购总金额2 846.75万元，", 2846.75, "万元", False),
        ("4月份举办了一期信息公开业务培训班", 1, "期", False),
        ("百分之九十八点五", 98.5, "%", False),
        ("513.22万元", 513.22, "万元", False),
        ("3万人次", 30000, "人次", False),
        ("1,204 条", 1204, "条", False),
        ("五百六十八条", 568, "条", False),
        ("件（次）：12件（次）", 12, "件次", False),
        ("申请数21，", 21, None, False),
        ("1.12条", 12, "条", False),
    ],
)
def test_quantity(text: str, value: float, unit: str | None, approximate: bool) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.unit, number.approximate) == (value, unit, approximate)


@pytest.mark.parametrize(
    "text",
    [
        "2016 年 12 月 30 日",
        "二〇一二年三月",
        "自1月1日至12月31日",
        "张政办字〔2017〕15 号",
        "国令第711号",
        "第二十条第（五）项",
        "电话：0716-8254471，邮编：434000",
        "电话（2126200）",
        "96128、12345专线电话",
        "接受咨询、投诉：12315、12331共接到",
        "见附件1、附件2、附件3",
        "健康2015、健康2020、健康2030",
        "办了一次性手续",
        "12345热线",
        "“一窗通办”",
        "一件事一次办",
        "24小时值班",
        "20个工作日内",
        "“三安全一稳定”",
        "一是加强领导，二是完善制度",
        "“一把手”",
        "上午8:30-11:30",
        "2.0版",
        "A4纸",
        "H7N9",
        "“5·12”护士节",
        "1、加强领导",
        "（2）完善制度",
        "闽江路629号",
        "6楼612室",
        "数百条",
        "http://www.example.gov.cn/2012/3",
        "3岁以下婴幼儿",
        "每条信息",
        "第三次会议",
    ],
)
def test_counts_nothing(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_labels_and_numbers_that_follow_one_another() -> None:
    found = find_numbers("其中政策文件48、人事信息31、财政信息27，余下为动态。")
    assert [(number.value, number.unit) for number in found] == [(48, None), (31, None), (27, None)]
