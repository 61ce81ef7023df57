"""Sections of varied texts: tests/identity/sections.toml."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.sections import find_sections, number_of

HERE = Path(__file__).parent


def load(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]  # type: ignore[no-any-return]


CASES = load("sections.toml")
BLIND = load("sections_blind.toml")


def differences(case: dict[str, Any]) -> list[object]:
    sections = find_sections(case["text"].strip())
    top = [section for section in sections if section.level == 1]
    out: list[object] = []
    if [section.number for section in top] != case["top"]:
        out.append([section.number for section in top])
    if "topics" in case and [section.topic or "" for section in top] != case["topics"]:
        out.append([section.topic for section in top])
    inner = [f"{section.number} {section.heading}" for section in sections if section.level > 1]
    spans = [case["text"].strip()[section.start : section.end] for section in top]
    if any(words not in span for words, span in zip(case.get("holds", ()), spans, strict=False)):
        out.append(spans)
    if "inner" in case and inner != case["inner"]:
        out.append(inner)
    return out


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_sections(case: dict[str, Any]) -> None:
    assert differences(case) == []


def test_sections_counted_as_a_whole() -> None:
    wrong = [(case["id"], differences(case)) for case in BLIND if differences(case)]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_offsets_cover_the_text_without_overlap(case: dict[str, Any]) -> None:
    text = case["text"]
    sections = find_sections(text)
    top = [section for section in sections if section.level == 1]
    assert all(one.end == two.start for one, two in pairwise(top))
    assert not top or top[-1].end == len(text)
    for section in sections:
        assert text[section.start :].startswith(section.number)
        assert section.heading in text[section.start : section.end]
        assert [inner for inner in sections if inner.start < section.start < inner.end < section.end] == []


@pytest.mark.parametrize(
    ("numeral", "value"), [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十三", 23), ("7", 7)]
)
def test_numerals(numeral: str, value: int) -> None:
    assert number_of(numeral) == value


@given(st.text(alphabet="一二三四十、（）().12\n 公开情况概述。：；", max_size=300))
def test_any_text_gives_ordered_sections(text: str) -> None:
    sections = find_sections(text)
    assert [section.position for section in sections] == list(range(len(sections)))
    assert all(0 <= section.start < section.end <= len(text) for section in sections)
