"""What is stored, what is not stored twice, and which report is the one to quote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from parsers.model import AgencyName, Check, Finding, Hint, Metric, Origin, Outcome, Region, Severity, Status
from storage.store import DocumentRecord, Saved, Store
from tests.storage.build import (
    METRICS,
    NAMES,
    REGIONS,
    TAMPERED,
    TEXT,
    document,
    figure,
    figures_of,
    no_report,
    reading,
    with_text,
)


def save(store: Store, what: DocumentRecord, read: Any = None, version: str = "1", **more: Any) -> Saved:
    return store.save(what, more.get("attachments", ()), read or reading(), NAMES, more.get("run_id"), version)


def changes(store: Store, action: Callable[[], object]) -> int:
    before = store.db.conn.total_changes
    action()
    return store.db.conn.total_changes - before


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.db.execute(sql).fetchall()


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the log of runs and the search index's own tables."""
    names = [name for name in store.db.table_names() if not name.startswith(("_", "reports_index", "sections_index"))]
    return {name: rows(store, f'SELECT * FROM "{name}"') for name in names if name not in {"runs", "fetches"}}


def current(store: Store) -> list[str]:
    return [
        url
        for (url,) in rows(
            store, "SELECT d.url FROM reports r JOIN documents d ON d.id = r.document_id WHERE is_current = 1"
        )
    ]


# ---------------------------------------------------------------- one report


def test_a_report_is_stored_whole(store: Store) -> None:
    saved = save(store, document())
    assert saved.outcome == "new"
    assert saved.report_id == f"330206-health-2012-{document().id[:8]}"
    counts = {name: len(found) for name, found in content(store).items()}
    assert counts["figures"] == 4
    assert counts["sections"] == 3
    assert counts["cells"] == 4
    assert counts["mentions"] == counts["checks"] == counts["findings"] == counts["reports"] == counts["documents"] == 1
    assert rows(store, "SELECT name FROM agencies") == [("宁波市北仑区卫生健康局",)]
    assert rows(store, "SELECT value, typeof(value), raw, meaning FROM figures ORDER BY rowid") == [
        (12, "integer", "12件", "number"),
        (515, "integer", "515条", "number"),
        (3, "integer", "3", "number"),
        (None, "null", "", "blank"),
    ]
    assert rows(store, "PRAGMA foreign_key_check") == []


def test_the_same_again_writes_nothing(store: Store) -> None:
    run = store.start_run("test")
    save(store, document(), run_id=run)
    again = replace(document(), fetched_at="2024-02-01T00:00:00+00:00")
    assert changes(store, lambda: save(store, again, run_id=store.start_run("test"))) == 1  # the run itself
    assert save(store, again).outcome == "unchanged"


def test_figures_come_back_as_they_went_in(store: Store) -> None:
    saved = save(store, document())
    stored = store.report(saved.report_id or "")
    assert stored is not None
    assert stored.figures == figures_of(reading())
    assert (stored.text, stored.year, stored.form) == (TEXT, 2012, "prose")


def test_documents_come_back_as_they_went_in(store: Store) -> None:
    hint = Hint("330206", "health", 2012, "年报", date(2013, 3, 1))
    given = document(hint=hint, etag='W/"1"')
    other = document("b", "https://www.bl.gov.cn/a.xlsx", parent_id=given.id)
    save(store, given, attachments=(other,))
    assert store.document_for(given.url) == replace(given, title="北仑区卫生局2012年政府信息公开工作年度报告")
    assert list(store.documents()) == [store.document_for(given.url)]
    assert store.attachments(given.id) == (other,)


def test_one_file_attached_to_two_pages(store: Store) -> None:
    shared = document("table", "https://www.bl.gov.cn/t.xlsx")
    first, second = document("1", "https://www.bl.gov.cn/1"), document("2", "https://www.bl.gov.cn/2")
    for page in (first, second):
        save(store, page, with_text(reading(), page.url), attachments=(shared,))
    assert (
        [one.id for one in store.attachments(first.id)]
        == [one.id for one in store.attachments(second.id)]
        == [shared.id]
    )
    assert changes(store, lambda: save(store, second, with_text(reading(), second.url), attachments=(shared,))) == 0


def test_another_attachment_is_a_change(store: Store) -> None:
    save(store, document(), attachments=(document("t1", "https://www.bl.gov.cn/t.xlsx"),))
    newer = document("t2", "https://www.bl.gov.cn/t.xlsx", day=2)
    assert save(store, document(day=2), attachments=(newer,)).outcome == "changed"
    assert [one.id for one in store.attachments(document().id)] == [newer.id]


@pytest.mark.parametrize("number", [10**400, 2**63, float("inf"), float("nan")], ids=["huge", "64bit", "inf", "nan"])
def test_a_number_that_cannot_be_held_is_left_out_and_said(store: Store, number: float) -> None:
    save(store, document(), reading(figures=(figure("requests.received", number, "9"),)))
    assert rows(store, "SELECT value, raw FROM figures") == [(None, "9")]
    assert ("number.too_large",) in rows(store, "SELECT code FROM findings")


def test_text_that_sqlite_cannot_hold_keeps_its_offsets(store: Store) -> None:
    save(store, document(), with_text(reading(), "甲\x00乙\ud800丙"))
    assert rows(store, "SELECT text, instr(text, '丙'), length(text) FROM reports") == [("甲\ufffd乙\ufffd丙", 5, 5)]


def test_unknown_metrics_and_regions_do_not_cost_a_report(store: Store) -> None:
    local = figure("local.xc", 4, "4", source=Origin.TABLE, evidence="宣传册 / 数量", unit="册")
    save(store, document(), reading(figures=(local,), region_code="999999", agency_id="999999-health"))
    assert rows(store, "SELECT label, unit FROM metrics WHERE id = 'local.xc'") == [("宣传册 / 数量", "册")]
    assert rows(store, "SELECT name, level FROM regions WHERE code = '999999'") == [("999999", "unknown")]


# ---------------------------------------------------------------- documents without a report


def test_a_page_that_is_no_report_is_a_document_only(store: Store) -> None:
    assert save(store, document(), no_report()) == Saved("new", None, document().id)
    assert rows(store, "SELECT outcome FROM documents") == [("other",)]
    assert changes(store, lambda: save(store, document(day=9), no_report())) == 0


def test_an_unreadable_document_keeps_its_finding(store: Store) -> None:
    fault = Finding("text.mojibake", Severity.ERROR, "no charset gives Chinese text")
    hint = Hint("330206", "health", 2012)
    assert store.save_unreadable(document(hint=hint), (), (fault,), None, "1").outcome == "new"
    assert changes(store, lambda: store.save_unreadable(document(day=3), (), (fault,), None, "1")) == 0
    assert rows(store, "SELECT code, document_id FROM findings") == [("text.mojibake", document().id)]
    assert save(store, document(), version="2").outcome == "changed"
    assert rows(store, "SELECT code FROM findings") == [("row.unknown",)]


def test_findings_of_the_crawl_are_stored_once(store: Store) -> None:
    run = store.start_run("test")
    fault = Finding("page.blocked", Severity.ERROR, "blocked", {"url": "https://a/"})
    store.save_findings([fault], run)
    assert changes(store, lambda: store.save_findings([fault], run)) == 0
    assert rows(store, "SELECT code, origin FROM findings") == [("page.blocked", "crawl")]


# ---------------------------------------------------------------- versions


def test_a_changed_page_is_a_new_document_and_report(store: Store) -> None:
    save(store, document("a"))
    saved = save(store, document("b", day=2), with_text(reading(), TEXT + "\n更正"))
    assert saved.outcome == "changed"
    assert rows(store, "SELECT is_current, document_id FROM reports ORDER BY is_current") == [
        (0, document("a").id),
        (1, document("b").id),
    ]


def test_another_visit_counter_is_no_change(store: Store) -> None:
    first = save(store, document("counter 1"))
    again = save(store, document("counter 2", day=2))
    assert again == Saved("unchanged", first.report_id, document("counter 1").id)
    assert changes(store, lambda: save(store, document("counter 3", day=3))) == 0


def test_content_that_comes_back_is_current_again(store: Store) -> None:
    other = with_text(reading(), TEXT + "\n更正")
    save(store, document("a", day=1))
    save(store, document("b", day=2), other)
    assert save(store, document("a", day=3)).outcome == "changed"
    assert rows(store, "SELECT document_id FROM reports WHERE is_current = 1") == [(document("a").id,)]
    assert changes(store, lambda: save(store, document("a", day=4))) == 0


def test_reparsing_all_documents_in_any_order_changes_nothing(store: Store) -> None:
    other = with_text(reading(), TEXT + "\n更正")
    save(store, document("a", day=1))
    save(store, document("b", day=2), other)
    read = {document("a").id: reading(), document("b").id: other}
    for stored in reversed(list(store.documents())):
        assert changes(store, lambda stored=stored: save(store, stored, read[stored.id])) == 0


def test_a_newer_parser_replaces_the_rows_of_its_document(store: Store) -> None:
    save(store, document())
    better = reading(figures=(figure("requests.received", 13, "13件"),), year=2013)
    saved = save(store, document(), better, version="2")
    assert saved == Saved("changed", f"330206-health-2013-{document().id[:8]}", document().id)
    assert rows(store, "SELECT year, parser_version, is_current FROM reports") == [(2013, "2", 1)]
    assert rows(store, "SELECT value FROM figures") == [(13,)]


def test_a_newer_parser_that_reads_the_same_only_leaves_its_version(store: Store) -> None:
    save(store, document())
    before = content(store) | {"reports": []}
    assert changes(store, lambda: save(store, document(), version="2")) == 1
    assert content(store) | {"reports": []} == before
    assert rows(store, "SELECT parser_version FROM reports") == [("2",)]


def test_a_document_that_turns_out_to_be_no_report_loses_its_report(store: Store) -> None:
    save(store, document())
    save(store, document("b", "https://mirror.example/1", kind="mirror"))
    save(store, document(), no_report(), version="2")
    assert current(store) == ["https://mirror.example/1"]
    assert rows(store, "SELECT count(*) FROM figures") == [(4,)]


# ---------------------------------------------------------------- which one to quote

CANDIDATES = {
    "official": (document("o", "https://o/", day=1), reading()),
    "mirror": (document("m", "https://m/", day=3, kind="mirror"), reading()),
    "file": (document("f", "file:///f", day=4, kind="file"), reading()),
    "tampered": (document("t", "https://t/", day=5), reading(mirror=TAMPERED)),
    "unparsed": (document("u", "https://u/", day=6), reading(status=Status.UNPARSED)),
    "republished": (document("p", "https://p/", day=1), reading(TEXT + "更正", published=date(2014, 1, 1))),
    "undated": (document("n", "https://n/", day=9), reading(TEXT + "无日期", published=None)),
    "refetched": (document("r", "https://r/", day=7), reading(TEXT + "再")),
}
CHOICES = [
    (("official", "mirror", "file"), "https://o/"),
    (("mirror", "file"), "https://m/"),
    (("file", "tampered"), "file:///f"),
    (("tampered",), "https://t/"),
    (("unparsed", "file"), "file:///f"),
    (("official", "republished", "refetched"), "https://p/"),
    (("official", "undated"), "https://o/"),
    (("official", "refetched"), "https://r/"),
]


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
@pytest.mark.parametrize(("names", "chosen"), CHOICES, ids=lambda value: "+".join(value) if len(value) < 5 else "")
def test_the_report_to_quote(store: Store, names: tuple[str, ...], chosen: str, backwards: bool) -> None:
    for name in reversed(names) if backwards else names:
        save(store, *CANDIDATES[name])
    assert current(store) == [chosen]


def test_copies_of_one_article_are_chosen_by_address_not_by_luck(store: Store) -> None:
    for url, day in (("https://b/", 1), ("https://a/", 2), ("https://c/", 3)):
        save(store, document(url, url, day=day))
    assert current(store) == ["https://a/"]


@pytest.mark.parametrize(("agency", "year"), [(None, 2012), ("某局", None)])
def test_an_unidentified_report_is_quoted_for_nobody(store: Store, agency: str | None, year: int | None) -> None:
    saved = save(store, document(), reading(agency=agency, year=year, agency_id=None, region_code=None))
    assert saved.report_id == f"unknown-{year or '0000'}-{document().id[:8]}"
    assert current(store) == []


def test_an_authority_without_a_line_is_told_by_its_name(store: Store) -> None:
    for name, url in (("某县发改局", "https://1/"), ("某县财政局", "https://2/")):
        save(store, document(url, url), reading(agency=name, agency_id=None, region_code=None))
    assert len(current(store)) == 2


# ---------------------------------------------------------------- across years


def failing(left: int = 4, severity: Severity = Severity.ERROR) -> Check:
    return Check("t.carry", severity, Outcome.FAIL, f"{left} ≠ 5", "total", left, 5, "requests.carried_in")


def test_neighbours_are_the_current_reports_beside(store: Store) -> None:
    for year in (2011, 2012, 2013):
        save(store, document(str(year), f"https://y/{year}"), reading(year=year))
    around = store.neighbours("330206-health", 2012)
    assert around.previous is not None
    assert around.following is not None
    assert (around.previous.year, around.following.year) == (2011, 2013)
    assert store.neighbours("330206-health", 2014).following is None


def test_checks_across_years_are_replaced_not_piled_up(store: Store) -> None:
    report = save(store, document()).report_id or ""
    store.add_checks(report, [failing()])
    assert changes(store, lambda: store.add_checks(report, [failing()])) == 0
    store.add_checks(report, [failing(3), failing(2)])
    assert rows(store, 'SELECT "left", origin FROM checks ORDER BY id') == [(12, "reading"), (3, "years"), (2, "years")]
    assert changes(store, lambda: save(store, document())) == 0


def test_a_failed_comparison_makes_a_report_suspect_until_it_passes(store: Store) -> None:
    report = save(store, document()).report_id or ""
    status = "SELECT status FROM reports"
    store.add_checks(report, [failing(severity=Severity.INFO)])
    assert rows(store, status) == [("ok",)]
    store.add_checks(report, [failing()])
    assert rows(store, status) == [("suspect",)]
    store.add_checks(report, [])
    assert rows(store, status) == [("ok",)]


# ---------------------------------------------------------------- registers, runs


def test_seeding_again_writes_nothing(store: Store) -> None:
    assert changes(store, lambda: store.seed(REGIONS, METRICS, NAMES)) > 0
    assert changes(store, lambda: store.seed(REGIONS, METRICS, NAMES)) == 0


def test_seeding_updates_what_differs(store: Store) -> None:
    renamed = Metric("requests.received", "新收申请", "requests received", "件", "Requests received in the year.")
    assert changes(store, lambda: store.seed((), [renamed])) == 1


def test_a_code_with_two_names_goes_by_the_last(store: Store) -> None:
    store.seed(
        [Region("330200", "甲市", "prefecture", None, 1980, 1999), Region("330200", "乙市", "prefecture", None, 2000)],
        (),
    )
    assert rows(store, "SELECT name, valid_from, other_names FROM regions WHERE code = '330200'") == [
        ("乙市", 1980, '[{"name":"甲市","valid_from":1980,"valid_to":1999}]')
    ]


def test_a_region_without_its_parent_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="111111"):
        store.seed([Region("111111", "某区", "county", "111100")], ())


def test_an_authority_points_to_the_one_that_took_its_region_over(store: Store) -> None:
    store.seed((), (), [AgencyName("330204-health", "330204", "health", "宁波市江东区卫生局")])
    assert rows(store, "SELECT successor FROM agencies") == [("330212-health",)]


def test_lines_that_a_newer_parser_joins(store: Store) -> None:
    """The lines 330204 and 330212 become one as the reports of the former are read anew, one after the other."""
    store.seed((), (), [AgencyName("330204-health", "330204", "health", "宁波市江东区卫生局")])
    pages = [document(str(year), f"https://{year}/") for year in (2012, 2013)]
    for year, page in zip((2012, 2013), pages, strict=True):
        save(store, page, reading(year=year, agency_id="330204-health", region_code="330204"))
    lines = "SELECT id FROM agencies WHERE id LIKE '3302%' AND id <> '330206-health' ORDER BY id"
    for year, page, left in zip(
        (2012, 2013), pages, (["330204-health", "330212-health"], ["330212-health"]), strict=True
    ):
        save(store, page, reading(year=year, agency_id="330212-health", region_code="330204"), "2")
        assert [line for (line,) in rows(store, lines)] == left
    assert rows(store, "SELECT count(*) FROM agency_names WHERE agency_id = '330204-health'") == [(0,)]
    assert rows(store, "SELECT region_code FROM agencies WHERE id = '330212-health'") == [("330212",)]


def test_runs_and_fetches(store: Store) -> None:
    run = store.start_run("zhejiang_health", {"region": "330206"})
    store.record_fetch(run, "https://a/", 404, "2024-01-01T00:00:00+00:00", "unknown", "not found")
    store.finish_run(run, "finished", "incomplete", {"failed": 1})
    assert rows(store, "SELECT reason, verdict, counts FROM runs") == [("finished", "incomplete", '{"failed":1}')]
    assert rows(store, "SELECT status, document_id, error FROM fetches") == [(404, None, "not found")]


# ---------------------------------------------------------------- views


def test_series_takes_the_table_and_never_guesses(store: Store) -> None:
    table = {"source": Origin.TABLE}
    figures = (
        figure("requests.received", 12, "12"),
        figure("requests.received", 13, "13", **table),
        figure("disclosure.total", 5, "5"),
        figure("disclosure.total", 6, "6"),
        figure("requests.carried_in", 7, "7", **table, proposed=1),
        figure("fees.processing", None, "?"),
    )
    save(store, document(), reading(figures=figures))
    assert rows(store, "SELECT metric, value, source, repaired, readings, all_values FROM series ORDER BY metric") == [
        ("disclosure.total", None, "prose", 0, 2, "5,6"),
        ("requests.carried_in", 1, "table", 1, 1, None),
        ("requests.received", 13, "table", 0, 2, "12,13"),
    ]


def test_series_runs_over_renamings(store: Store) -> None:
    for year, agency in ((2013, "宁波市北仑区卫生局"), (2020, "宁波市北仑区卫生健康局")):
        save(store, document(str(year), f"https://y/{year}"), reading(year=year, agency=agency))
    found = "SELECT DISTINCT agency_id, agency, name_then, year FROM series ORDER BY year"
    assert rows(store, found) == [
        ("330206-health", "宁波市北仑区卫生健康局", "宁波市北仑区卫生局", 2013),
        ("330206-health", "宁波市北仑区卫生健康局", "宁波市北仑区卫生健康局", 2020),
    ]


@pytest.mark.parametrize(
    ("year", "published", "status", "days"),
    [
        (2012, date(2013, 3, 31), "published", None),
        (2012, date(2013, 4, 1), "late", 1),
        (2018, date(2019, 3, 31), "published", None),
        (2019, date(2020, 1, 31), "published", None),
        (2019, date(2020, 2, 3), "late", 3),
        (2020, None, "published", None),
    ],
)
def test_coverage_knows_the_last_day(
    store: Store, year: int, published: date | None, status: str, days: int | None
) -> None:
    save(store, document(), reading(year=year, published=published))
    assert rows(store, f"SELECT status, days_late FROM coverage WHERE year = {year}") == [(status, days)]
    assert rows(store, f"SELECT DISTINCT status FROM coverage WHERE year <> {year}") == [("missing",)]


def test_coverage_of_a_merged_region_ends(store: Store) -> None:
    store.seed((), (), [AgencyName("330204-health", "330204", "health", "宁波市江东区卫生局")])
    assert rows(store, "SELECT min(year), max(year) FROM coverage") == [(2008, 2015)]


def test_coverage_tells_unreadable_from_missing(store: Store) -> None:
    store.seed((), (), NAMES)
    store.save_unreadable(document(hint=Hint("330206", "health", 2014)), (), (), None, "1")
    save(store, document("u", "https://u/"), reading(year=2015, status=Status.UNPARSED))
    assert rows(store, "SELECT year, status FROM coverage WHERE year IN (2013, 2014, 2015)") == [
        (2013, "missing"),
        (2014, "unreadable"),
        (2015, "unreadable"),
    ]
