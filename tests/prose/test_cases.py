"""Sentences and short reports with their figures, one test id per figure."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from parsers.metrics import all_metrics
from parsers.model import Meaning, Origin, Severity
from parsers.prose import ProseReading
from parsers.prose.lexicon import lexicon
from tests.prose.cases import HERE, SETS, Case, Wanted, load
from tests.prose.score import key, read

CASES = {case.name: case for name in SETS for case in load(name)}


@cache
def reading(name: str) -> ProseReading:
    return read(CASES[name])


def each(attribute: str) -> list[Any]:
    return [
        pytest.param(case, wanted, id=f"{case.name}::{wanted.metrics[0] if isinstance(wanted, Wanted) else number}")
        for case in CASES.values()
        for number, wanted in enumerate(getattr(case, attribute))
    ]


def test_every_set_on_disk_is_read() -> None:
    assert sorted(SETS) == sorted(path.stem for path in HERE.glob("*.txt"))


@pytest.mark.parametrize(("case", "wanted"), [param for param in each("figures") if not param.values[1].optional])
def test_figure(case: Case, wanted: Wanted) -> None:
    found = [(key(figure), figure.value) for figure in reading(case.name).figures]
    hit = any((metric, wanted.value) in found for metric in wanted.metrics)
    assert hit is not wanted.gap, f"no gap any more: {wanted}" if hit else found


@pytest.mark.parametrize("case", list(CASES.values()), ids=lambda case: case.name)
def test_no_other_figure(case: Case) -> None:
    allowed = {(metric, wanted.value) for wanted in case.figures for metric in wanted.metrics}
    found = {(key(figure), figure.value) for figure in reading(case.name).figures}
    assert found <= allowed


@pytest.mark.parametrize(("case", "wanted"), each("breakdowns"))
def test_breakdown(case: Case, wanted: tuple[float, float, str]) -> None:
    checks = [(c.left, c.right, c.status.value) for c in reading(case.name).checks if c.rule == "prose.breakdown"]
    assert wanted in checks


@pytest.mark.parametrize("case", list(CASES.values()), ids=lambda case: case.name)
def test_no_other_failed_breakdown(case: Case) -> None:
    failed = {(c.left, c.right, c.status.value) for c in reading(case.name).checks if c.rule == "prose.breakdown"}
    assert {check for check in failed if check[2] == "fail"} <= set(case.breakdowns)


@pytest.mark.parametrize(("case", "wanted"), each("percentages"))
def test_percentage(case: Case, wanted: tuple[float, float, str]) -> None:
    checks = [(c.left, c.right, c.status.value) for c in reading(case.name).checks if c.rule == "prose.percentage"]
    assert wanted in checks


@pytest.mark.parametrize(("case", "wanted"), each("mentions"))
def test_mention(case: Case, wanted: tuple[str, float, str]) -> None:
    label, quantity, unit = wanted
    found = [(m.quantity, m.unit) for m in reading(case.name).mentions if label in m.sentence]
    assert (quantity, unit) in found


@pytest.mark.parametrize(("case", "wanted"), each("findings"))
def test_finding(case: Case, wanted: str) -> None:
    assert wanted in {finding.code for finding in reading(case.name).findings}


@pytest.mark.parametrize("case", list(CASES.values()), ids=lambda case: case.name)
def test_evidence(case: Case) -> None:
    found = reading(case.name)
    text = case.text
    for figure in found.figures:
        assert figure.source is Origin.PROSE
        assert figure.start is not None
        assert figure.end is not None
        assert text[figure.start : figure.end] == figure.raw
        assert figure.raw in figure.evidence
        assert figure.evidence in text
        assert (figure.meaning is Meaning.ZERO) == (figure.value == 0)
        assert figure.unit == "元" or not figure.metric.startswith("fees.") or "notices" in figure.metric
    for mention in found.mentions:
        assert text[mention.start : mention.end] in mention.sentence
        assert mention.sentence in text
    assert all(check.severity is Severity.WARNING for check in found.checks)


def test_every_metric_of_the_vocabulary_is_in_the_dictionary() -> None:
    words = lexicon()
    named = {rule.metric for rules in words.rules.values() for rule in rules} | {d.metric for d in words.denials}
    assert named <= {metric.id for metric in all_metrics()}
