"""Repair proposals: the tables of which one reading is left, and the many of which none or several are."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.checks.identities import Key
from parsers.checks.repair import BUDGET, faults_between, propose, readings, traces
from parsers.model import Figure, Meaning, Origin
from tests.checks.tables_at_random import (
    APPLICANTS,
    COURTS,
    FAULTS,
    OUTCOMES,
    Prints,
    cell,
    figure,
    figures,
    misprint,
    table,
)


def proposals(prints: Prints, form: str) -> dict[Key, int | float]:
    return {
        (each.metric, each.applicant, each.period): each.proposed
        for each in propose(figures(prints), form)
        if each.proposed is not None
    }


# ---------------------------------------------------------------- a table with old and new digits over each other

# A 2019-form table of a district health bureau: one application, a petition. Columns 自然人 and 总计; the five columns
# between are blank. (printed 自然人, proposed, printed 总计, proposed)
OVERPRINTED = {
    "requests.received.new": ("1", None, "1", None),
    "requests.received.carried_in": ("0", None, "00", None),
    "requests.outcome.granted": ("0", None, "0", None),
    "requests.outcome.partial": ("60", 0, "60", 0),
    "requests.outcome.refused.state_secret": ("0\u00a00", 0, "00", None),
    "requests.outcome.refused.law_prohibited": ("00", None, "0", None),
    "requests.outcome.refused.security_stability": ("0", None, "0", None),
    "requests.outcome.refused.third_party": ("0", None, "0", None),
    "requests.outcome.refused.internal_affairs": ("0", None, "0", None),
    "requests.outcome.refused.process_info": ("60", 0, "60", 0),
    "requests.outcome.refused.enforcement_file": ("0", None, "0", None),
    "requests.outcome.refused.admin_query": ("0", None, "0", None),
    "requests.outcome.unable.not_held": ("0", None, "0", None),
    "requests.outcome.unable.needs_creation": ("0", None, "0", None),
    "requests.outcome.unable.still_unclear": ("00", None, "0", None),
    "requests.outcome.not_processed.petition": ("01", None, "1", None),
    "requests.outcome.not_processed.repeat": ("0\u00a00", 0, "0", None),
    "requests.outcome.not_processed.publication": ("0", None, "0", None),
    "requests.outcome.not_processed.excessive": ("0", None, "00", None),
    "requests.outcome.not_processed.reconfirm": ("0", None, "0", None),
    "requests.outcome.other.total": ("60", 0, "60", 0),
    "requests.outcome.total": ("61", 1, "1", None),
    "requests.carried_out": ("60", 0, "60", 0),
}


def overprinted() -> Prints:
    prints: Prints = {}
    for metric, (person, _, total, _) in OVERPRINTED.items():
        prints |= {cell(metric, applicant): "\u00a0" for applicant in APPLICANTS}
        prints |= {cell(metric, "natural_person"): person, cell(metric): total}
    return prints


@pytest.mark.parametrize("applicant", APPLICANTS)
@pytest.mark.parametrize("metric", OVERPRINTED)
def test_overprinted_cell(metric: str, applicant: str) -> None:
    _, person, _, total = OVERPRINTED[metric]
    expected = {"natural_person": person, "total": total}.get(applicant)
    assert proposals(overprinted(), "statutory_2019").get(cell(metric, applicant)) == expected


def test_a_proposal_has_its_reason_and_leaves_the_value_alone() -> None:
    for before, after in zip(figures(overprinted()), propose(figures(overprinted()), "statutory_2019"), strict=True):
        assert (after.value, after.raw, after.meaning) == (before.value, before.raw, before.meaning)
        assert (after.reason is None) == (after.proposed is None)
        if after.reason:
            assert before.raw.strip() in after.reason
            assert str(after.proposed) in after.reason


def test_the_reason_of_an_unusual_reading_is_kept() -> None:
    prints = {cell("review.total"): "1", cell("review.maintained"): "l"}
    made = figures(prints | {cell(f"review.{part}"): "0" for part in ("corrected", "other", "pending")})
    made[1] = replace(made[1], reason="no digit in it")
    assert (propose(made, "statutory_2019")[1].reason or "").startswith("no digit in it; ")


def test_prose_figures_never_have_a_proposal() -> None:
    prose = Figure("requests.carried_out", 60, "60", Meaning.NUMBER, Origin.PROSE, "结转60件")
    assert propose([*figures(overprinted()), prose], "statutory_2019")[-1] == prose


def test_without_the_tell_tale_prints_the_fault_is_not_assumed() -> None:
    plain = {key: printed.replace("0\u00a00", "0") for key, printed in overprinted().items()}
    plain = {
        key: printed if printed in {"60", "61"} or not printed.strip() else str(int(printed))
        for key, printed in plain.items()
    }
    assert proposals(plain, "statutory_2019") == {}


# ---------------------------------------------------------------- what must stay open


def review(court: str, parts: str, total: str) -> Prints:
    names = ("maintained", "corrected", "other", "pending")
    return dict(zip((cell(f"{court}.{name}") for name in names), parts.split(","), strict=True)) | {
        cell(f"{court}.total"): total
    }


@pytest.mark.parametrize("court", COURTS)
@pytest.mark.parametrize(
    ("parts", "total"),
    [("10,1,0,0", "0"), ("5,0,0,0", "0"), ("1,0,0,0", "11"), ("5,6,0,0", "1"), ("10,0,0,0", "1"), ("3,2,0,0", "6")],
)
def test_a_lone_sum_cannot_say_which_number_is_wrong(court: str, parts: str, total: str) -> None:
    assert proposals(review(court, parts, total), "statutory_2021") == {}


@pytest.mark.parametrize(
    ("parts", "total", "where", "value"),
    [
        ("l,0,0,0", "1", "review.maintained", 1),
        ("1,O,0,0", "1", "review.corrected", 0),
        ("1 2,0,0,0", "12", "review.maintained", 12),
        ("1 2,0,0,0", "2", "review.maintained", 2),
        ("0,5,0,0", "S", "review.total", 5),
        ("0,3.,0,0", "3", "review.corrected", 3),
    ],
)
def test_a_lone_sum_decides_how_an_unreadable_cell_is_read(parts: str, total: str, where: str, value: int) -> None:
    assert proposals(review("review", parts, total), "statutory_2021") == {cell(where): value}


@pytest.mark.parametrize(
    ("parts", "total"), [("l,0,0,0", "2"), ("见附件,0,0,0", "3"), ("1 2,1 2,0,0", "3"), ("S,0,0,0", "Z")]
)
def test_a_lone_sum_that_fits_no_reading_or_several_decides_nothing(parts: str, total: str) -> None:
    assert proposals(review("review", parts, total), "statutory_2021") == {}


def request(rows: dict[str, tuple[int, int]]) -> Prints:
    """A request table of 自然人 and 总计 only, all other rows 0."""
    named = {
        metric.removeprefix("requests.outcome.").rpartition(".")[2]: metric for metric in OUTCOMES["statutory_2019"]
    }
    named |= {
        "new": "requests.received.new",
        "carried_in": "requests.received.carried_in",
        "carried_out": "requests.carried_out",
        "total": "requests.outcome.total",
    }
    prints: Prints = {}
    for metric in (*OUTCOMES["statutory_2019"], *named.values()):
        prints |= {cell(metric, applicant): "" for applicant in APPLICANTS}
        prints |= {cell(metric, "natural_person"): "0", cell(metric): "0"}
    for name, (person, total) in rows.items():
        prints |= {cell(named[name], "natural_person"): str(person), cell(named[name]): str(total)}
    return prints


@pytest.mark.parametrize(
    "rows",
    [
        # published so: the outcomes add up to the total and one row more, in both columns
        {"new": (20, 21), "total": (20, 21), "granted": (20, 21), "partial": (6, 6)},
        # the carried-over row wrong in both columns: 二, 四 or 一 could be meant
        {"new": (1, 1), "total": (1, 1), "granted": (1, 1), "carried_out": (60, 60)},
        # a case counted in the wrong row
        {"new": (3, 3), "total": (3, 3), "granted": (2, 3), "partial": (1, 0)},
        # two columns filled in from different drafts
        {"new": (3, 4), "total": (3, 4), "granted": (3, 3), "partial": (0, 1)},
        # no organisation column although the totals count organisations
        {"new": (3, 4), "total": (3, 4), "granted": (3, 4)},
    ],
)
def test_sources_that_do_not_add_up_as_published_stay_as_they_are(rows: dict[str, tuple[int, int]]) -> None:
    assert proposals(request(rows), "statutory_2019") == {}


def test_two_explanations_of_the_same_length_leave_the_table_open() -> None:
    prints = request({"new": (9, 9), "total": (9, 9), "granted": (5, 5), "partial": (2, 2), "not_held": (2, 2)})
    prints |= {cell("requests.outcome.granted", "natural_person"): "6", cell("requests.outcome.partial"): "1"}
    # 予以公开/自然人 6→5 and 部分公开/总计 1→2, or 部分公开/自然人 2→1 and 予以公开/总计 5→6
    assert proposals(prints, "statutory_2019") == {}


def test_a_forced_value_below_zero_explains_nothing() -> None:
    prints = request({"new": (5, 8), "total": (5, 8), "granted": (7, 7), "partial": (0, 1)})
    for metric, value in (
        ("requests.received.new", "3"),
        ("requests.outcome.total", "3"),
        ("requests.outcome.partial", "3"),
    ):
        prints[cell(metric, "business")] = value
    assert proposals(prints, "statutory_2019") == {}


def test_three_wrong_cells_are_not_taken_for_two() -> None:
    # true: 行政查询事项 2 in 法律服务机构 and in 总计, both lost; 要求确认或重新出具 7, printed 4 in 总计
    prints = request({"new": (7, 9), "total": (7, 9), "reconfirm": (7, 4)})
    prints |= {cell("requests.outcome.refused.admin_query", who): "" for who in ("natural_person", "total")}
    for metric in ("requests.received.new", "requests.outcome.total"):
        prints[cell(metric, "legal_service")] = "2"
    assert proposals(prints, "statutory_2019") == {}


def test_a_short_explanation_yields_to_the_fault_that_the_table_shows() -> None:
    # true: 办理结果总计 8, 三类内部事务 0, 上年结转 0, with stray leading digits; 0 → 60 in two other cells is shorter
    prints = request(
        {"new": (8, 8), "total": (68, 68), "granted": (8, 8), "carried_in": (0, 60), "internal_affairs": (60, 0)}
    )
    for name in ("refused.state_secret", "refused.admin_query", "refused.third_party"):
        prints[cell(f"requests.outcome.{name}", "natural_person")] = "00"
    assert set(proposals(prints, "statutory_2019").items()) <= {
        (cell("requests.outcome.total", "natural_person"), 8),
        (cell("requests.outcome.total"), 8),
        (cell("requests.received.carried_in"), 0),
        (cell("requests.outcome.refused.internal_affairs", "natural_person"), 0),
    }


@pytest.mark.parametrize(
    "rows",
    [
        {"new": (22, 22), "total": (22, 22), "granted": (16, 16), "partial": (16, 16)},  # which of the two 16 is 6?
        {"new": (3, 3), "total": (3, 3), "granted": (60, 60), "partial": (35, 35)},  # a leading and a trailing digit
    ],
)
def test_a_systematic_fault_is_one_fault_in_one_way(rows: dict[str, tuple[int, int]]) -> None:
    prints = request(rows)
    for name in ("refused.state_secret", "refused.admin_query"):
        prints[cell(f"requests.outcome.{name}", "natural_person")] = "0 0"
    assert proposals(prints, "statutory_2019") == {}


def test_a_table_without_its_totals_column_locates_nothing() -> None:
    prints = {key: printed for key, printed in overprinted().items() if key[1] != "total"}
    assert cell("requests.outcome.partial", "natural_person") not in proposals(prints, "statutory_2019")


def test_a_cell_that_stands_twice_is_left_alone() -> None:
    prints = request({"new": (3, 3), "total": (3, 3), "granted": (3, 3)})
    twice = [*figures(prints), figure(cell("requests.outcome.granted", "natural_person"), "8")]
    assert not [each for each in propose(twice, "statutory_2019") if each.proposed is not None]


def test_a_print_that_stands_for_several_cells_is_no_misprint_of_one() -> None:
    prints = review("review", "1,0,0,0", "1 5") | review("litigation.direct", "1 5,0,0,0", "5")
    assert len(proposals(prints, "statutory_2019")) == 2
    made = [
        replace(each, table_no=0, row=3, col=1) if each.raw == "1 5" else each for each in figures(prints)
    ]  # one cell of the document
    assert not [each for each in propose(made, "statutory_2019") if each.proposed is not None]
    collapsed = {key: printed.replace("1 5", "15") for key, printed in prints.items()}
    made = [
        replace(each, value=None, meaning=Meaning.TEXT) if each.raw == "15" else each for each in figures(collapsed)
    ]
    assert not [each for each in propose(made, "statutory_2019") if each.proposed is not None]


# ---------------------------------------------------------------- one wrong cell of the request table


@pytest.mark.parametrize(
    ("spoilt", "where", "value"),
    [
        ({"requests.outcome.granted": ("8", "3")}, cell("requests.outcome.granted", "natural_person"), 3),
        ({"requests.outcome.granted": ("3", "37")}, cell("requests.outcome.granted"), 3),
        ({"requests.outcome.granted": ("", "3")}, cell("requests.outcome.granted", "natural_person"), 3),
        ({"requests.outcome.granted": ("3", "B")}, cell("requests.outcome.granted"), 3),
        ({"requests.outcome.total": ("3", "13")}, cell("requests.outcome.total"), 3),
        ({"requests.received.new": ("33", "3")}, cell("requests.received.new", "natural_person"), 3),
        ({"requests.outcome.granted": ("见附表", "3")}, cell("requests.outcome.granted", "natural_person"), 3),
    ],
)
def test_a_single_wrong_cell_is_located_by_its_row_and_its_column(
    spoilt: dict[str, tuple[str, str]], where: Key, value: int
) -> None:
    prints = request({"new": (3, 3), "total": (3, 3), "granted": (3, 3)})
    for metric, (person, total) in spoilt.items():
        prints |= {cell(metric, "natural_person"): person, cell(metric): total}
    assert proposals(prints, "statutory_2019") == {where: value}


STATUTORY = ["statutory_2019", "statutory_2021"]
seeds = st.integers(0, 2**32)


@given(form=st.sampled_from([*STATUTORY, "statistics_2014"]), seed=seeds)
@settings(max_examples=60, deadline=None)
def test_a_correct_table_never_has_a_proposal(form: str, seed: int) -> None:
    made = figures(table(form, random.Random(seed)))
    assert propose(made, form) == tuple(made)


@given(form=st.sampled_from(STATUTORY), fault=st.sampled_from(sorted(FAULTS)), seed=seeds)
@settings(max_examples=80, deadline=None)
def test_a_single_misprint_in_the_request_table_is_proposed_right(form: str, fault: str, seed: int) -> None:
    chance = random.Random(seed)
    truth = table(form, chance)
    key = chance.choice([key for key in truth if key[0].startswith("requests")])
    spoilt = misprint(truth, key, fault, chance)
    if spoilt is not None:
        assert proposals(spoilt, form) in ({key: int(truth[key])}, {})


@given(
    form=st.sampled_from([*STATUTORY, "statistics_2014"]),
    faults=st.lists(st.sampled_from(sorted(FAULTS)), min_size=1, max_size=2),
    seed=seeds,
)
@settings(max_examples=120, deadline=None)
def test_a_proposal_never_contradicts_the_truth(form: str, faults: list[str], seed: int) -> None:
    chance = random.Random(seed)
    truth = spoilt = table(form, chance)
    for key, fault in zip(chance.sample(sorted(truth), len(faults)), faults, strict=True):
        spoilt = misprint(spoilt, key, fault, chance) or spoilt
    for key, value in proposals(spoilt, form).items():
        assert value == int(truth[key] or 0)


@pytest.mark.parametrize("fault", FAULTS)
def test_ninety_of_a_hundred_single_misprints_are_proposed_right(fault: str) -> None:
    chance = random.Random(fault)
    right = tried = 0
    while tried < 100:
        form = chance.choice(STATUTORY)
        truth = table(form, chance)
        key = chance.choice([key for key in truth if key[0].startswith("requests")])
        spoilt = misprint(truth, key, fault, chance)
        if spoilt is not None:
            tried += 1
            right += proposals(spoilt, form) == {key: int(truth[key])}
    assert right >= 90


def test_the_search_is_bounded() -> None:
    chance = random.Random(1)
    prints = table("statutory_2021", chance)
    noise = {
        key: f"{chance.randint(10, 99)}" if chance.random() < 0.5 else f"0{chance.randint(1, 99)}" for key in prints
    }
    start = time.process_time()
    assert proposals(noise, "statutory_2021") == {}
    assert time.process_time() - start < BUDGET / 10_000  # 0.1 ms an equation, many times what it takes


# ---------------------------------------------------------------- what a print can stand for


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        ("60", 0, "prefix"),
        ("60", 6, "suffix"),
        ("161", 1, "prefix"),
        ("1212", 12, "doubled"),
        ("21", 12, "swapped"),
        ("0\u00a00", 0, "prefix"),
        ("1 2", 12, "split"),
        ("6 12", 12, "prefix"),
        ("O", 0, "look-alike"),
        ("l2", 12, "look-alike"),
        ("S", 5, "look-alike"),
        ("B", 8, "look-alike"),
        ("Z0", 20, "look-alike"),
        ("７l", 71, "look-alike"),
        ("3.", 3, "mark"),
    ],
)
def test_reading(raw: str, value: int, fault: str) -> None:
    assert fault in readings(raw)[value]


@pytest.mark.parametrize("raw", ["", "\u00a0", "无", "见附件", "3.5", "1-2", "x" * 1000, "9" * 400])
def test_prints_that_stand_for_no_number(raw: str) -> None:
    assert readings(raw) == {}


@pytest.mark.parametrize(("raw", "value"), [("13", 12), ("1", 12), ("123", 12), ("", 7), ("21", 12)])
def test_one_stroke_is_a_plausible_misprint(raw: str, value: int) -> None:
    assert faults_between(raw, value)


@pytest.mark.parametrize(("raw", "value"), [("6", 0 + 17), ("300", 12), ("", 12)])
def test_anything_else_is_not(raw: str, value: int) -> None:
    assert not faults_between(raw, value)


@pytest.mark.parametrize("raw", ["0", "10", "60", "", "100", "O"])
def test_usual_prints_are_no_trace_of_a_fault(raw: str) -> None:
    assert not traces(raw)
