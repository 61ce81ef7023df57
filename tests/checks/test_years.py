"""This year's report against the one of the year before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.checks.years import check_years
from parsers.model import Figure, Outcome, Severity
from tests.checks.tables_at_random import cell, figure

OUT, IN = "requests.carried_out", "requests.received.carried_in"
ITEMS, DELTA = "admin.license.items_prev_year", "admin.license.items_delta"
STOCK, NEW = "docs.normative.disclosed_stock", "docs.normative.newly_disclosed"
FORCE, ISSUED, REPEALED = (f"docs.normative.{name}" for name in ("in_force", "issued", "repealed"))


def printed(values: dict[str, str]) -> list[Figure]:
    return [figure(cell(metric), value) for metric, value in values.items()]


@pytest.mark.parametrize(
    ("rule", "before", "now", "status", "left", "right"),
    [
        ("CD.carry_year", {OUT: "3"}, {IN: "3"}, "pass", 3, 3),
        ("CD.carry_year", {OUT: "3"}, {IN: "2"}, "fail", 3, 2),
        ("CD.carry_year", {OUT: ""}, {IN: "2"}, "fail", 0, 2),
        ("CD.carry_year", {OUT: "见表"}, {IN: "2"}, "not_testable", None, 2),
        ("C.items_year_license", {ITEMS: "16", DELTA: "1"}, {ITEMS: "17"}, "pass", 17, 17),
        ("C.items_year_license", {ITEMS: "16", DELTA: "1"}, {ITEMS: "16"}, "fail", 16, 17),
        ("C.stock_year_normative", {STOCK: "22"}, {STOCK: "23", NEW: "1"}, "pass", 23, 23),
        ("D.in_force_year_normative", {FORCE: "20"}, {FORCE: "18", ISSUED: "1", REPEALED: "3"}, "pass", 18, 18),
        ("D.in_force_year_normative", {FORCE: "20"}, {FORCE: "20", ISSUED: "1", REPEALED: "3"}, "fail", 20, 18),
    ],
)
def test_two_years(rule: str, before: dict[str, str], now: dict[str, str], status: str, left: int, right: int) -> None:
    form = "statutory_2019" if rule.startswith("C.") else "statutory_2021"
    (check,) = check_years(printed(before), printed(now), form)
    assert (check.rule, check.status, check.left, check.right) == (rule, Outcome(status), left, right)


def test_a_net_decrease_is_subtracted() -> None:
    delta = replace(figure(cell("admin.penalty.items_delta"), "18"), value=-18, raw="-18")
    before = [*printed({"admin.penalty.items_prev_year": "365"}), delta]
    (check,) = check_years(before, printed({"admin.penalty.items_prev_year": "347"}), "statutory_2019")
    assert check.status is Outcome.PASS


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({}, {IN: "2"}),
        ({OUT: "2"}, {}),
        ({ITEMS: "16"}, {"admin.license.decisions": "17"}),  # the form of 2021
        ({STOCK: "20"}, {FORCE: "20"}),
    ],
)
def test_rows_that_one_of_the_forms_lacks_are_no_check(before: dict[str, str], now: dict[str, str]) -> None:
    assert check_years(printed(before), printed(now), "statutory_2021") == ()


def test_a_re_classified_column_weighs_less_than_the_total() -> None:
    before = [
        figure(cell("requests.carried_out", who), value) for who, value in (("natural_person", "2"), ("total", "3"))
    ]
    now = [
        figure(cell("requests.received.carried_in", who), value)
        for who, value in (("natural_person", "3"), ("total", "3"))
    ]
    person, total = check_years(before, now, "statutory_2021")
    assert (person.applicant, person.status, person.severity) == ("natural_person", Outcome.FAIL, Severity.INFO)
    assert (total.applicant, total.status) == ("total", Outcome.PASS)
    now[1] = figure(cell("requests.received.carried_in"), "4")
    person, total = check_years(before, now, "statutory_2021")
    assert person.severity is total.severity is Severity.WARNING


def test_a_proposal_that_settles_the_difference_is_mentioned() -> None:
    before = [replace(printed({OUT: "60"})[0], proposed=0)]
    (check,) = check_years(before, printed({IN: "0"}), "statutory_2021")
    assert check.status is Outcome.FAIL
    assert check.message.endswith("holds with the proposed readings")


@pytest.mark.parametrize(("cumulative", "status"), [("10038", "pass"), ("2000", "fail")])
def test_cumulative_columns(cumulative: str, status: str) -> None:
    before = [figure(("disclosure.total", "total", "cumulative"), "8012")]
    now = [
        figure(("disclosure.total", "total", "year"), "2026"),
        figure(("disclosure.total", "total", "cumulative"), cumulative),
        figure(("requests.received.new", "total", "cumulative"), "5"),
    ]
    (check,) = check_years(before, now, "fujian_2014")
    assert (check.rule, check.metric, check.status) == ("FJ.cumulative_year", "disclosure.total", Outcome(status))
    assert check.severity is Severity.INFO
    assert (check.left, check.right) == (int(cumulative), 10038)
    assert check_years(before, now, "statutory_2019") == ()
