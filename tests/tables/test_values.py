"""One test id per printed cell: what it says, and what it may be stored as."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Meaning
from parsers.tables.values import fit, read_value

NUMBERS = {
    "0": 0, "00": 0, "01": 1, "12": 12, "　12": 12, "12\u00a0": 12, "\n7\n": 7, "１２": 12, "1,234": 1234,
    "1，234": 1234, "1,234,567": 1234567, "3件": 3, "3 件": 3, "15人(次)": 15, "零": 0, "-18": -18, "−18": -18,
    "6,318\n,402": 6318402, "6,318,\n402元": 6318402, "71\n.5": 71.5, "减18": -18,
    "减少 2": -2, "增3": 3, "+3": 3, "0.5": 0.5, "513.22万元": 513.22, "24252.311082": 24252.311082,
}  # fmt: skip
TEXTS = [
    "0 0", "0\u00a00", "1\n2", "约3", "近100", "3余", "3-5", "3~5", "增3/减2", "12²", "5①", "1,23", "12.", "12,",
    ".5", "三", "三件", "1\n,23", "1, 234",
    "3%", "十二", "1/2", "2023年", "abc", "12a", "O", "l", "见附件", "3（其中1件）", "1.2.3", "９.", "1 234",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS, ids=repr)
def test_a_cell_with_one_number(text: str) -> None:
    reading = read_value(text)
    assert reading.value == NUMBERS[text]
    assert reading.meaning is (Meaning.ZERO if NUMBERS[text] == 0 else Meaning.NUMBER)


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_a_cell_without_a_single_number(text: str) -> None:
    assert read_value(text).meaning is Meaning.TEXT
    assert read_value(text).value is None


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "　", "\n\n", "\u200b", "\ufeff"], ids=repr)
def test_an_empty_cell(text: str) -> None:
    assert read_value(text).meaning is Meaning.BLANK


@pytest.mark.parametrize("text", ["/", "／", "-", "—", "——", "－", "无", " 无 ", "没有", "N/A", "暂无"], ids=repr)
def test_a_cell_that_says_not_applicable(text: str) -> None:
    assert read_value(text).meaning is Meaning.NOT_APPLICABLE


MONEY = {
    ("513.22万元", None): 5132200, ("75394432.52元", None): 75394432.52, ("24252.311082", "万元"): 242523110.82,
    ("0", None): 0, ("3.5", "元"): 3.5, ("1.1", "亿元"): 110000000, ("12元", "万元"): 12,
}  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), MONEY, ids=str)
def test_money_is_stored_in_yuan(text: str, unit: str | None) -> None:
    reading, reason = fit(read_value(text), "money", unit)
    assert (reading.value, reason, reading.unit) == (MONEY[text, unit], None, "元")


@pytest.mark.parametrize(
    ("text", "kind", "unit", "reason"),
    [
        ("3500", "money", None, "unit.unknown"),
        ("3件", "money", "元", "unit.mismatch"),
        ("-5", "money", "元", "value.negative"),
        ("3元", "count", None, "unit.mismatch"),
        ("3.5", "count", None, "value.fraction"),
        ("-3", "count", None, "value.negative"),
        ("增3", "count", None, "value.negative"),
    ],
)
def test_what_does_not_fit_its_metric_stays_unread(text: str, kind: str, unit: str | None, reason: str) -> None:
    reading, given_reason = fit(read_value(text), kind, unit)
    assert (reading.value, reading.meaning, given_reason) == (None, Meaning.TEXT, reason)


@pytest.mark.parametrize("text", ["-3", "增3", "0", "17"])
def test_a_change_may_have_a_sign(text: str) -> None:
    assert fit(read_value(text), "change", None)[1] is None


@given(st.integers(0, 10**12), st.sampled_from(["{}", " {} ", "{}\u00a0", "{}件", "　{}\n"]))
def test_every_whole_number_comes_back(number: int, pattern: str) -> None:
    assert read_value(pattern.format(number)).value == number
    assert read_value(pattern.format(f"{number:,}")).value == number


@given(st.decimals(0, 10**8, places=6))
def test_money_in_ten_thousands_is_exact(amount: Decimal) -> None:
    reading, _ = fit(read_value(f"{amount}万元"), "money", None)
    assert reading.exact == amount * 10000


@given(st.text(max_size=60))
def test_any_text_has_a_meaning(text: str) -> None:
    reading = read_value(text)
    assert (reading.value is None) == (reading.meaning not in (Meaning.NUMBER, Meaning.ZERO))
