"""One report against itself: tables and sentences, announced and actual parts, dates, attachments."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.checks.consistency import check_report, section_number
from parsers.model import (
    Check,
    Figure,
    Finding,
    Grid,
    Identity,
    Meaning,
    Mention,
    Origin,
    Outcome,
    Section,
    Severity,
)
from tests.checks.tables_at_random import GROUNDS


def in_table(metric: str, value: int | None, evidence: str = "某行 / 数量", **more: object) -> Figure:
    meaning = Meaning.BLANK if value is None else Meaning.NUMBER if value else Meaning.ZERO
    raw = "" if value is None else str(value)
    return Figure(metric, value, raw, meaning, Origin.TABLE, evidence, table_no=0, row=4, col=2, **more)  # type: ignore[arg-type]


def in_prose(metric: str, value: int, sentence: str = "", **more: object) -> Figure:
    sentence = sentence or f"全年{value}件。"
    return Figure(metric, value, str(value), Meaning.NUMBER, Origin.PROSE, sentence, **more)  # type: ignore[arg-type]


def compare(
    figures: list[Figure], text: str = "", mentions: list[Mention] | None = None
) -> tuple[list[Check], list[Finding]]:
    checks, findings = check_report(Identity(), text, [], [Grid((), 0, 0)], figures, mentions or [])
    return list(checks), list(findings)


REFUSED = [
    in_table(metric, at)
    for at, metric in enumerate(metric for metric in GROUNDS if metric.startswith("requests.outcome.refused"))
]
COURTS = [in_table("litigation.direct.total", 2), in_table("litigation.after_review.total", 1)]


@pytest.mark.parametrize(
    ("figures", "status", "left", "right"),
    [
        ([in_table("review.total", 3), in_prose("review.total", 3)], "pass", 3, 3),
        ([in_table("review.total", 3), in_prose("review.total", 5)], "fail", 3, 5),
        ([in_table("review.total", None), in_prose("review.total", 0)], "pass", 0, 0),
        ([in_table("review.total", None), in_prose("review.total", 2)], "fail", 0, 2),
        ([in_table("org.budget", 1280), in_prose("org.budget", 1200, approximate=True)], "pass", 1280, 1200),
        ([in_table("org.budget", 1280), in_prose("org.budget", 800, approximate=True)], "fail", 1280, 800),
        ([*COURTS, in_prose("litigation.total", 3)], "pass", 3, 3),
        ([*COURTS, in_prose("litigation.total", 2)], "fail", 3, 2),
        ([*REFUSED, in_prose("requests.outcome.refused.total", 28)], "pass", 28, 28),
        ([*REFUSED, in_prose("requests.outcome.refused.total", 27)], "fail", 28, 27),
    ],
)
def test_table_against_prose(figures: list[Figure], status: str, left: int, right: int) -> None:
    ((check,), findings) = compare(figures)
    assert (check.rule, check.status, check.left, check.right) == ("table_vs_prose", Outcome(status), left, right)
    assert check.severity is Severity.WARNING
    assert check.metric == figures[-1].metric
    assert not findings


def test_both_places_are_named() -> None:
    figures = [
        in_table("consult.received.hotline", 246, "其中：1.专线电话查询数 / 数量"),
        in_prose("consult.received.hotline", 300, "全年专线电话解答群众咨询300次，现场咨询25人次。"),
    ]
    ((check,), _) = compare(figures)
    for words in ("table 1 (row 5)", "其中：1.专线电话查询数", "246", "全年专线电话解答群众咨询300次", "300"):
        assert words in check.message


@pytest.mark.parametrize(
    "figures",
    [
        [in_prose("review.total", 3)],
        [in_table("review.total", 3)],
        [in_table("review.total", 3, period="cumulative"), in_prose("review.total", 4)],
        [in_table("requests.received.new", 3, applicant="natural_person"), in_prose("requests.received.new", 4)],
        [*COURTS[:1], in_prose("litigation.total", 3)],
        [*REFUSED[1:], in_prose("requests.outcome.refused.total", 28)],
    ],
)
def test_what_stands_in_one_place_only_is_not_compared(figures: list[Figure]) -> None:
    assert compare(figures) == ([], [])


def test_an_unreadable_or_unfilled_cell_is_not_compared() -> None:
    text = Figure("review.total", None, "1 2", Meaning.TEXT, Origin.TABLE, "总计")
    ((check,), _) = compare([text, in_prose("review.total", 3)])
    assert check.status is Outcome.NOT_TESTABLE
    split = [in_table("requests.received.new", None), in_table("requests.received.new", 4, applicant="natural_person")]
    ((check,), _) = compare([*split, in_prose("requests.received.new", 4)])
    assert check.status is Outcome.NOT_TESTABLE


def test_the_same_number_said_twice_is_one_check() -> None:
    checks, _ = compare(
        [in_table("review.total", 3), in_prose("review.total", 3), in_prose("review.total", 3, "复议3件。")]
    )
    assert len(checks) == 1


def test_requests_counted_with_those_carried_over_are_explained() -> None:
    figures = [in_table("requests.received.new", 74), in_table("requests.received.carried_in", 1)]
    ((check,), _) = compare([*figures, in_prose("requests.received.new", 75)])
    assert (check.status, check.severity) == (Outcome.FAIL, Severity.INFO)
    assert "carried over" in check.message


def test_the_row_that_prints_the_number_is_named() -> None:
    figures = [in_table("requests.outcome.granted", 17), in_table("requests.outcome.partial", 2)]
    ((check,), _) = compare([*figures, in_prose("requests.outcome.granted", 2)])
    assert check.message.endswith("the table prints 2 for 部分公开")


def test_a_proposal_that_the_sentence_confirms_is_mentioned() -> None:
    ((check,), _) = compare([in_table("requests.carried_out", 60, proposed=0), in_prose("requests.carried_out", 0)])
    assert check.status is Outcome.FAIL
    assert "the proposed reading of the cell is 0" in check.message


# ---------------------------------------------------------------- mentions


def mentioned(text: str, number: str, unit: str = "次", approximate: bool = False) -> Mention:
    at = text.index(number)
    return Mention(at, at + len(number), int(number), unit, "", approximate, text)


ENQUIRIES = [
    in_table("consult.received.total", 69218, "政府信息公开咨询数 / 数量"),
    in_table("consult.received.hotline", 246, "其中：1.专线电话查询数 / 数量"),
    in_table("consult.received.network", 68947, "2.网络查询数 / 数量"),
    in_table("consult.received.onsite", 25, "3.现场咨询数 / 数量"),
    in_table("decision.public_notices", 93, "发布重要事项公示信息 / 数量"),
]


@pytest.mark.parametrize(
    ("text", "number", "metric"),
    [
        ("一年来接听热线电话咨询300次。", "300", "consult.received.hotline"),
        ("办理网络平台交办件246件。", "246", "consult.received.network"),
        ("窗口接待当面咨询31人次。", "31", "consult.received.onsite"),
        ("我局发布重要事项公示信息共90条。", "90", "decision.public_notices"),
    ],
)
def test_a_sentence_that_names_a_row_and_gives_another_number(text: str, number: str, metric: str) -> None:
    _, (finding,) = compare(ENQUIRIES, text, [mentioned(text, number)])
    assert (finding.code, finding.severity) == ("prose.differs_from_table", Severity.WARNING)
    assert (finding.data["metric"], finding.data["prose"]) == (metric, int(number))
    assert number in finding.message


def test_the_row_that_has_the_number_is_named_in_the_finding() -> None:
    text = "受理网上平台交办件246件。"
    _, (finding,) = compare(ENQUIRIES, text, [mentioned(text, "246", "件")])
    assert "68947 for “2.网络查询数 / 数量”, and 246 for “其中：1.专线电话查询数 / 数量”" in finding.message


@pytest.mark.parametrize(
    ("text", "number", "approximate"),
    [
        ("接听热线电话咨询246次。", "246", False),
        ("现场咨询25余人次。", "25", True),
        ("接听热线电话咨询比上年增加30次。", "30", False),
        ("热线电话咨询答复率提高，答复热线电话咨询240次。", "240", False),
        ("网上平台交办件12件。", "12", False),  # words wider than the row, and no row has the number
        ("发布重要事项公示信息栏目的访问量为5000次。", "5000", False),
        ("开通服务电话2部。", "2", False),
        ("发布招聘信息90条。", "90", False),
    ],
)
def test_sentences_that_say_the_same_or_speak_of_something_else(text: str, number: str, approximate: bool) -> None:
    assert compare(ENQUIRIES, text, [mentioned(text, number, approximate=approximate)]) == ([], [])


def test_a_mention_that_was_read_as_a_figure_is_compared_once() -> None:
    text = "一年来接听热线电话咨询300次。"
    mention = mentioned(text, "300")
    figure = in_prose("consult.received.hotline", 300, text, start=0, end=len(text))
    checks, findings = compare([*ENQUIRIES, figure], text, [mention])
    assert len(checks) == 1
    assert not findings


# ---------------------------------------------------------------- parts and sections


def outline(*numbers: str) -> list[Section]:
    made = []
    for at, number in enumerate(numbers):
        level = 2 if number.startswith("（") else 1
        made.append(Section(at, level, number, f"标题{at}", None, at * 10, at * 10 + 10))
    return made


SIX = outline("一", "二", "三", "四", "五", "六")


@pytest.mark.parametrize(
    ("declared", "sections", "text", "tables", "status"),
    [
        (6, SIX, "共六个部分", 0, "pass"),
        (11, outline(*"一二三四五六七八九", "十", "十一", "十二"), "共十一个部分", 0, "fail"),
        (7, SIX, "本报告由概述等和附表共七个部分组成。", 1, "pass"),
        (7, SIX, "本报告由概述等和附表共七个部分组成。", 0, "fail"),
        (7, SIX, "本报告由概述等共七个部分组成。", 1, "fail"),
        (5, SIX, "本报告由概述等和附表共五个部分组成。", 1, "fail"),
    ],
)
def test_declared_parts(declared: int, sections: list[Section], text: str, tables: int, status: str) -> None:
    identity = Identity(declared_parts=declared)
    (check,), _ = check_report(identity, text, sections, [Grid((), 0, 0)] * tables, [], [])
    assert (check.rule, check.status) == ("declared_parts", Outcome(status))
    assert check.left == declared
    assert check.right == len(sections)


@pytest.mark.parametrize("sections", [[], SIX])
def test_no_announcement_or_no_sections_is_no_check(sections: list[Section]) -> None:
    identity = Identity(declared_parts=None if sections else 6)
    assert check_report(identity, "", sections, [], [], []) == ((), ())


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ("一 二 三 四", []),
        ("一 二 二 三", ["section.number_repeated"]),
        ("一 二 四", ["section.number_skipped"]),
        ("一 （一） （二） 二 （一） （一）", ["section.number_repeated"]),
        ("一 （一） （三）", ["section.number_skipped"]),
        ("一 二 三 一 二", []),  # a second document behind the first
        ("九 十 十一 十二 二十 二十一", ["section.number_skipped"]),
    ],
)
def test_section_numbers(numbers: str, codes: list[str]) -> None:
    _, findings = check_report(Identity(), "", outline(*numbers.split()), [], [], [])
    assert [finding.code for finding in findings] == codes


def test_the_two_sections_of_one_number_are_named() -> None:
    _, (finding,) = check_report(Identity(), "", outline("七", "八", "八"), [], [], [])
    assert "八" in finding.message
    assert "标题1" in finding.message
    assert "标题2" in finding.message
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("（四）", 4),
        ("7", 7),
        ("(12)", 12),
        ("甲", None),
        ("", None),
        ("十十", None),
        ("2012", None),
    ],
)
def test_section_number(printed: str, number: int | None) -> None:
    assert section_number(printed) == number


# ---------------------------------------------------------------- dates


def dated(**dates: object) -> dict[str, Outcome]:
    checks, _ = check_report(Identity(**dates), "", [], [], [], [])  # type: ignore[arg-type]
    return {check.rule: check.status for check in checks}


@pytest.mark.parametrize(
    ("year", "signed", "status"),
    [
        (2014, date(2014, 1, 31), "fail"),
        (2016, date(2016, 12, 30), "fail"),
        (2020, date(2020, 12, 31), "pass"),
        (2020, date(2021, 1, 12), "pass"),
    ],
)
def test_signed_in_the_reported_year(year: int, signed: date, status: str) -> None:
    assert dated(year=year, signed=signed) == {"dates.signed_in_year": Outcome(status)}


@pytest.mark.parametrize(
    ("published", "status"), [(date(2015, 2, 4), "pass"), (date(2014, 12, 30), "fail"), (date(2018, 1, 1), "pass")]
)
def test_published_in_the_reported_year(published: date, status: str) -> None:
    assert dated(year=2014, published=published) == {"dates.published_in_year": Outcome(status)}


@pytest.mark.parametrize(
    ("period", "status"),
    [
        ((date(2017, 1, 1), date(2017, 12, 31)), "pass"),
        ((date(2008, 5, 1), date(2017, 12, 31)), "pass"),
        ((date(2016, 1, 1), date(2016, 12, 31)), "fail"),
    ],
)
def test_the_stated_period_is_the_reported_year(period: tuple[date, date], status: str) -> None:
    assert dated(year=2017, period=period) == {"dates.period": Outcome(status)}


@pytest.mark.parametrize(
    ("signed", "published", "status", "words"),
    [
        (date(2015, 1, 31), date(2015, 2, 4), "pass", ""),
        (date(2014, 1, 31), date(2015, 2, 4), "fail", "probably misprinted"),
        (date(2015, 3, 1), date(2015, 2, 4), "fail", "before it was signed"),
    ],
)
def test_signed_before_it_is_published(signed: date, published: date, status: str, words: str) -> None:
    (check,), _ = check_report(Identity(signed=signed, published=published), "", [], [], [], [])
    assert (check.rule, check.status) == ("dates.signed_before_published", Outcome(status))
    assert words in check.message


# ---------------------------------------------------------------- attachments


@pytest.mark.parametrize(
    "text",
    [
        "特此报告。\n附件：2017年政府信息公开情况统计表\n某区卫生局",
        "附件1：某市卫生局信息公开工作情况统计表",
        "附：政府信息公开情况统计表",
        "附表　统计报表（2013年度）",
        "各项数据及统计表详见附件。",
    ],
)
def test_an_announced_table_that_is_not_there(text: str) -> None:
    _, (finding,) = check_report(Identity(), text, [], [], [], [])
    assert finding.code == "attachment.missing"
    assert "附件" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "本局建立了统计制度，按季上报统计表。",
        "附件：某区卫生局依申请公开流程图",
        "附件下载量比上年增加",
        "",
    ],
)
def test_nothing_announced_nothing_missing(text: str) -> None:
    assert check_report(Identity(), text, [], [], [], []) == ((), ())


def test_an_announced_table_that_is_there() -> None:
    text = "附件：2017年政府信息公开情况统计表"
    assert check_report(Identity(), text, [], [Grid((), 0, 0)], [], []) == ((), ())


def test_hostile_text_takes_no_longer_than_its_length_allows() -> None:
    text = "附件" * 200_000 + "部分" * 100_000 + "统计表" * 100_000
    check_report(Identity(declared_parts=3), text, SIX, [], [], [])
