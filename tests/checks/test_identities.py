"""The arithmetic of the forms: the data file, and each identity on tables that hold and tables that don't."""

from __future__ import annotations

import random
from importlib.resources import files

import pytest

from parsers.checks.identities import APPLICANTS, DATA, check_form, dictionary, parse_dictionary
from parsers.metrics import all_metrics
from parsers.model import Check, Figure, Meaning, Origin, Outcome, Severity
from tests.checks.tables_at_random import cell, figure, figures, table

IDS = [
    "CD.balance",
    "C.outcome_sum",
    "D.outcome_sum",
    "CD.applicant_sum",
    "CD.review_sum",
    "CD.litigation_direct_sum",
    "CD.litigation_after_review_sum",
    "CD.carry_year",
    "C.items_year_license",
    "C.items_year_other_service",
    "C.items_year_penalty",
    "C.items_year_coercion",
    "C.items_year_fee",
    "C.stock_year_regulation",
    "C.newly_le_stock_regulation",
    "D.in_force_year_regulation",
    "C.stock_year_normative",
    "C.newly_le_stock_normative",
    "D.in_force_year_normative",
    "B.request_channels",
    "B.closed_sum",
    "B.reply_sum",
    "B.refusal_sum",
    "B.review_sum",
    "B.litigation_sum",
    "B.staff_sum",
    "B.press_conf_principal",
    "B.interview_principal",
    "B.normative_le_total",
    "B.normative_disclosed_le_issued",
    "B.channels_ge_total",
    "B.closed_vs_reply",
    "B.closed_le_received",
    "KM.request_channels",
    "KM.reply_sum",
    "KM.refusal_sum",
    "KM.consult_received",
    "KM.consult_handled",
    "KM.consult_order",
    "KM.review_children",
    "KM.litigation_children",
    "KM.complaints_sum",
    "KM.fee_charged_sum",
    "KM.fee_waived_sum",
    "FJ.channel_sum",
    "FJ11.request_channels",
    "FJ14.request_channels",
    "FJ11.reply_sum",
    "FJ14.reply_sum",
    "FJ.cumulative_year",
    "FJ.classes_sum",
    "DX.request_channels",
    "DX.reply_sum",
    "DX.refusal_sum",
    "LA.request_channels",
    "LA.reply_sum",
]


def test_every_identity_of_the_forms_is_there() -> None:
    assert sorted(identity.id for identity in dictionary().identities) == sorted(IDS)
    assert len(IDS) == 56


METRICS = {metric.id for metric in all_metrics()}


@pytest.mark.parametrize("identity", dictionary().identities, ids=lambda identity: identity.id)
def test_terms_are_known_metrics(identity) -> None:
    if identity.scope != "row":
        for term in (*identity.left, *identity.right):
            assert term.removeprefix("-").removeprefix("prev:") in METRICS


def test_labels_and_derived_sums_are_of_known_metrics() -> None:
    known = dictionary()
    assert known.labels.keys() <= METRICS
    for sums in (known.derived, known.instead):
        for whole, parts in sums.items():
            assert {whole, *parts} <= METRICS


ENTRY = """
[instead]
[derived]
[labels]
"review.total" = "复议"
"review.maintained" = "维持"
[[identity]]
id = "X.sum"
forms = ["statutory_2021"]
scope = "once"
left = ["review.total"]
relation = "="
right = ["review.maintained"]
severity = "error"
says = "复议 = 维持"
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('scope = "once"', 'scope = "weekly"', "X.sum has scope 'weekly'"),
        ('relation = "="', 'relation = ">"', "X.sum has relation '>'"),
        ('["statutory_2021"]', '["statutory_1999"]', "X.sum names unknown forms"),
        ('right = ["review.maintained"]', "right = []", "X.sum has an empty side"),
        ('right = ["review.maintained"]', 'right = ["review.maintaned"]', "X.sum names 'review.maintaned'"),
        ('severity = "error"', 'severity = "fatal"', "fatal"),
        ('severity = "error"', 'sverity = "error"', "X.sum lacks"),
        ("says =", 'note = "?"\nsays =', "X.sum has unknown keys"),
        ("[derived]", "[derivd]", "unknown tables"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(old: str, new: str, named: str) -> None:
    parse_dictionary(ENTRY)
    with pytest.raises(ValueError, match=named):
        parse_dictionary(ENTRY.replace(old, new))


def test_an_identity_that_stands_twice_is_refused() -> None:
    entry = ENTRY[ENTRY.index("[[identity]]") :]
    with pytest.raises(ValueError, match="stands twice"):
        parse_dictionary(ENTRY + entry)


def test_the_data_file_is_package_data() -> None:
    assert (files("parsers") / "data" / DATA).is_file()


# ---------------------------------------------------------------- evaluation


def rows(prints: dict[str, str]) -> list[Figure]:
    """Figures of prints by metric, in the column 总计 or the one named after an @."""
    made = []
    for name, printed in prints.items():
        metric, _, applicant = name.partition("@")
        made.append(figure(cell(metric, applicant or "total"), printed))
    return made


def the(checks: tuple[Check, ...], rule: str, applicant: str | None = None, metric: str | None = None) -> Check:
    (found,) = [check for check in checks if (check.rule, check.applicant, check.metric) == (rule, applicant, metric)]
    return found


REVIEW = {"review.maintained": "1", "review.corrected": "0", "review.other": "0", "review.pending": "2"}


@pytest.mark.parametrize(
    ("prints", "status", "left", "right", "message"),
    [
        (REVIEW | {"review.total": "3"}, "pass", 3, 3, "3 = 1 + 0 + 0 + 2"),
        (REVIEW | {"review.total": "4"}, "fail", 4, 3, "4 ≠ 1 + 0 + 0 + 2"),
        (REVIEW | {"review.total": ""}, "fail", 0, 3, "0 ≠ 1 + 0 + 0 + 2; 1 blank cell counts as 0"),
        (REVIEW | {"review.total": "/"}, "not_testable", None, 3, "“/” ? 1 + 0 + 0 + 2"),
        (REVIEW | {"review.total": "3", "review.other": "见附件"}, "not_testable", 3, None, "“见附件”"),
        (REVIEW | {"review.total": "2", "review.other": "1 2"}, "fail", 2, 3, "2 ≠ 1 + 0 + “1 2” + 2"),
        (dict.fromkeys([*REVIEW, "review.total"], ""), "pass", 0, 0, "nothing is printed"),
        (dict.fromkeys(REVIEW, "") | {"review.total": "3"}, "not_testable", 3, None, "the parts are not printed"),
        (dict.fromkeys(REVIEW, "") | {"review.total": "0"}, "pass", 0, 0, "4 blank cells count as 0"),
        ({}, "not_testable", None, None, "the rows are not in the table"),
        ({"review.total": "3", "review.maintained": "1"}, "not_testable", 3, None, "a row is not in the table"),
        ({"review.total": "1", "review.maintained": "1"}, "pass", 1, 1, "1 = 1 + — + — + —"),
        ({"review.total": "1", "review.maintained": "2"}, "fail", 1, 2, "1 ≠ 2"),
    ],
)
def test_the_review_row(prints: dict[str, str], status: str, left: int, right: int, message: str) -> None:
    check = the(check_form(rows(prints), "statutory_2021"), "CD.review_sum")
    assert (check.status, check.left, check.right) == (Outcome(status), left, right)
    assert message in check.message
    assert "行政复议总计 = " in check.message


def test_blank_and_not_applicable_count_as_nothing() -> None:
    made = [
        figure(cell("review.total"), "1"),
        figure(cell("review.maintained"), "1"),
        Figure("review.corrected", None, "/", Meaning.NOT_APPLICABLE, Origin.TABLE, "结果纠正"),
        Figure("review.other", None, "\u00a0", Meaning.BLANK, Origin.TABLE, "其他结果"),
        Figure("review.pending", None, "—", Meaning.NOT_APPLICABLE, Origin.TABLE, "尚未审结"),
    ]
    check = the(check_form(made, "statutory_2019"), "CD.review_sum")
    assert check.status is Outcome.PASS
    assert "3 blank cells" in check.message


def test_only_table_figures_count() -> None:
    made = rows(REVIEW | {"review.total": "3"})
    made.append(Figure("review.total", 9, "9", Meaning.NUMBER, Origin.PROSE, "行政复议9件"))
    assert the(check_form(made, "statutory_2021"), "CD.review_sum").status is Outcome.PASS


def test_a_cell_that_stands_twice_with_two_numbers_is_unreadable() -> None:
    made = rows(REVIEW | {"review.total": "3"}) + rows({"review.total": "4"})
    check = the(check_form(made, "statutory_2021"), "CD.review_sum")
    assert check.status is Outcome.NOT_TESTABLE
    assert "“3 | 4”" in check.message
    made = rows(REVIEW | {"review.total": "3"}) + rows({"review.total": ""})
    assert the(check_form(made, "statutory_2021"), "CD.review_sum").status is Outcome.PASS


BALANCE = {
    "requests.received.new@natural_person": "1",
    "requests.received.carried_in@natural_person": "0",
    "requests.outcome.total@natural_person": "61",
    "requests.carried_out@natural_person": "60",
}


def test_the_balance_names_both_sides_and_the_column() -> None:
    check = the(check_form(rows(BALANCE), "statutory_2019"), "CD.balance", "natural_person")
    assert check.message == "一 + 二 = 三（七） + 四: 1 + 0 ≠ 61 + 60 (自然人)"
    assert (check.left, check.right, check.status) == (1, 121, Outcome.FAIL)


@pytest.mark.parametrize("form", ["statutory_2019", "statutory_2021", "statistics_2014"])
@pytest.mark.parametrize("seed", range(25))
def test_tables_that_add_up_pass(form: str, seed: int) -> None:
    checks = check_form(figures(table(form, random.Random(seed))), form)
    assert not [check for check in checks if check.status is Outcome.FAIL and check.severity is Severity.ERROR]
    assert sum(check.status is Outcome.PASS for check in checks) >= 7


@pytest.mark.parametrize("seed", range(25))
def test_every_row_has_one_check_that_names_it(seed: int) -> None:
    prints = table("statutory_2021", random.Random(seed))
    checks = [check for check in check_form(figures(prints), "statutory_2021") if check.rule == "CD.applicant_sum"]
    assert len(checks) == 25
    assert {check.metric for check in checks} == {metric for metric, _, _ in prints if metric.startswith("requests")}
    assert all(check.applicant is None for check in checks)


@pytest.mark.parametrize("form", ["statutory_2019", "statutory_2021"])
@pytest.mark.parametrize("seed", range(10))
def test_totals_of_the_outcomes_that_nobody_filled_in_are_missing_not_wrong(form: str, seed: int) -> None:
    prints = table(form, random.Random(seed))
    kept = {"requests.outcome.total", "requests.received.new", "requests.received.carried_in", "requests.carried_out"}
    prints |= {key: "" for key in prints if key[0].startswith("requests") and key[0] not in kept and key[1] == "total"}
    checks = check_form(figures(prints), form)
    assert not [check.message for check in checks if check.status is Outcome.FAIL]
    missing = [check for check in checks if "missing, not zero" in check.message]
    assert len(missing) == len({key[0] for key in prints if key[0].startswith("requests")} - kept)


def test_a_row_without_applicants_fails_where_other_rows_have_them() -> None:
    prints = {cell("requests.outcome.granted", "natural_person"): "", cell("requests.outcome.granted"): "3"}
    only = check_form(figures(prints), "statutory_2021")
    assert the(only, "CD.applicant_sum", metric="requests.outcome.granted").status is Outcome.NOT_TESTABLE
    prints |= {cell(row, who): "" for row in ("requests.outcome.granted",) for who in APPLICANTS if who != "total"}
    prints |= {cell("requests.outcome.partial", "natural_person"): "1", cell("requests.outcome.partial"): "1"}
    checks = check_form(figures(prints), "statutory_2021")
    assert the(checks, "CD.applicant_sum", metric="requests.outcome.granted").status is Outcome.FAIL


def test_a_column_without_outcomes_fails_where_the_totals_have_them() -> None:
    prints = table("statutory_2021", random.Random(3))
    prints |= {key: "" for key in prints if key[0].startswith("requests.outcome") and key[1] == "business"}
    prints |= {cell("requests.outcome.total", "business"): "1", cell("requests.outcome.granted"): "1"}
    check = the(check_form(figures(prints), "statutory_2021"), "D.outcome_sum", "business")
    assert (check.status, check.left, check.right) == (Outcome.FAIL, 1, 0)


def test_a_sum_that_is_off_by_one_row_names_the_row() -> None:
    prints = {cell("requests.outcome.total"): "21", cell("requests.outcome.granted"): "21"}
    prints |= {cell("requests.outcome.partial"): "6", cell("requests.outcome.other.total"): "0"}
    check = the(check_form(figures(prints), "statutory_2019"), "C.outcome_sum", "total")
    assert "; the difference is the number of 部分公开" in check.message


def test_one_row_of_the_old_form_stands_for_its_three_parts() -> None:
    parts = [f"requests.outcome.other.{part}" for part in ("uncorrected", "unpaid", "misc")]
    prints = table("statutory_2021", random.Random(3))
    for applicant in {key[1] for key in prints}:
        values = (
            [int(prints[cell(part, applicant)] or 0) for part in parts] if cell(parts[0], applicant) in prints else []
        )
        if values:
            prints[cell("requests.outcome.other.total", applicant)] = str(sum(values))
            for part in parts:
                del prints[cell(part, applicant)]
    checks = check_form(figures(prints), "statutory_2021")
    assert not [check.message for check in checks if check.status is Outcome.FAIL]
    assert the(checks, "D.outcome_sum", "natural_person").status is Outcome.PASS
    assert the(checks, "CD.applicant_sum", metric="requests.outcome.other.total").status is Outcome.PASS


def test_three_parts_stand_for_the_one_row_of_the_old_form() -> None:
    prints = table("statutory_2021", random.Random(4))
    checks = check_form(figures(prints), "statutory_2019")
    assert the(checks, "C.outcome_sum", "total").status is Outcome.PASS


FIVE_CHANNELS = {f"disclosure.channel.{channel}": "" for channel in ("gazette", "website", "weibo", "wechat", "other")}
NATIONAL = [
    ("B.channels_ge_total", {"disclosure.total": "9", "disclosure.channel.website": "9"}, "pass"),
    ("B.channels_ge_total", FIVE_CHANNELS | {"disclosure.total": "9", "disclosure.channel.weibo": "7"}, "fail"),
    ("B.normative_le_total", {"disclosure.normative_docs": "10", "disclosure.total": "9"}, "fail"),
    ("B.normative_le_total", {"disclosure.normative_docs": "9", "disclosure.total": "9"}, "pass"),
    ("B.staff_sum", {"org.staff.total": "5", "org.staff.full_time": "2", "org.staff.part_time": "2"}, "fail"),
    ("B.press_conf_principal", {"response.press_conf.principal": "3", "response.press_conf.total": "2"}, "fail"),
    ("B.closed_vs_reply", {"requests.closed.total": "3", "requests.outcome.total": "3"}, "pass"),
]


@pytest.mark.parametrize(("rule", "prints", "status"), NATIONAL)
def test_the_statistics_return(rule: str, prints: dict[str, str], status: str) -> None:
    assert the(check_form(rows(prints), "statistics_2014"), rule).status is Outcome(status)


def test_the_fujian_form_is_checked_in_both_columns_and_says_which() -> None:
    printed = {
        "disclosure.total": ("2026", "3542"),
        "disclosure.channel.website": ("1795", "3535"),
        "disclosure.channel.gazette": ("0", "7"),
    }
    made = [
        figure((metric, "total", period), value)
        for metric, values in printed.items()
        for period, value in zip(("year", "cumulative"), values, strict=True)
    ]
    year, cumulative = [check for check in check_form(made, "fujian_2011") if check.rule == "FJ.channel_sum"]
    assert (year.status, year.left, year.right) == (Outcome.FAIL, 2026, 1795)
    assert (cumulative.status, cumulative.left, cumulative.right) == (Outcome.PASS, 3542, 3542)
    assert "(本年度)" in year.message
    assert "(历年累计)" in cumulative.message
    assert year.applicant is cumulative.applicant is None


def test_money_is_compared_to_the_cent() -> None:
    made = [
        Figure(name, value, str(value), Meaning.NUMBER, Origin.TABLE, name, unit="元")
        for name, value in {
            "fees.disclosure.charged": 0.3,
            "fees.disclosure.charged_search": 0.1,
            "fees.disclosure.charged_copy": 0.2,
            "fees.disclosure.charged_post": 0.0,
        }.items()
    ]
    assert the(check_form(made, "kunming_2014"), "KM.fee_charged_sum").status is Outcome.PASS


def test_quantities_of_sentences_are_added_up_where_all_are_stated() -> None:
    stated = {
        "disclosure.made_or_obtained": 3978,
        "disclosure.total": 2026,
        "disclosure.on_request_class": 46,
        "disclosure.withheld_class": 1854,
    }
    made = [Figure(name, value, str(value), Meaning.NUMBER, Origin.PROSE, name) for name, value in stated.items()]
    check = the(check_form(made, "fujian_2011"), "FJ.classes_sum")
    assert (check.status, check.left, check.right) == (Outcome.FAIL, 3978, 3926)
    assert not check_form(made[:3], "prose")
