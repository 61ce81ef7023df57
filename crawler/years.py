"""The checks of one report against those of the years around it, whichever of them arrived later."""

from __future__ import annotations

from parsers.checks.boilerplate import shared_passages
from parsers.checks.years import check_years
from parsers.model import Check, Finding, Outcome, Severity
from storage.store import Store, StoredReport

BOILERPLATE_SHARE = 0.8
"""Share of a report's text that stands word for word in last year's, from which it is last year's text again."""


PASSAGES_LISTED = 40
"""Passages of a repeated text that its finding lists, the longest first."""


def check_across_years(store: Store, report_id: str) -> None:
    """Compare a report with those of the year before and after, whichever of them arrived later."""
    current = store.report(report_id)
    if current is None:
        return
    neighbours = store.neighbours(current.agency_id, current.year)
    _compare(store, neighbours.previous, current)
    if (following := neighbours.following) is not None:
        # a copy that is not the one to quote is no measure for the next year
        quoted = store.neighbours(following.agency_id, following.year).previous
        _compare(store, quoted, following)


def _compare(store: Store, previous: StoredReport | None, current: StoredReport) -> None:
    """Store the checks of one report against that of the year before: figures carried over, text repeated."""
    if previous is None:
        store.add_checks(current.report_id, ())
        return
    boilerplate = shared_passages(current.text, previous.text)
    repeated = boilerplate.share >= BOILERPLATE_SHARE
    message = f"{boilerplate.share:.0%} of the text stands word for word in the report for {previous.year}"
    check = Check(
        rule="years.boilerplate",
        severity=Severity.INFO,
        status=Outcome.FAIL if repeated else Outcome.PASS,
        message=message,
        left=round(boilerplate.share, 3),
        right=BOILERPLATE_SHARE,
    )
    store.add_checks(current.report_id, (*check_years(previous.figures, current.figures, current.form), check))
    if repeated:
        longest = sorted(boilerplate.passages, key=lambda passage: passage.start - passage.end)[:PASSAGES_LISTED]
        passages = [
            {"start": one.start, "end": one.end, "other_start": one.other_start, "other_end": one.other_end}
            for one in sorted(longest, key=lambda passage: passage.start)
        ]
        finding = Finding("text.repeated", Severity.INFO, message, {"report": previous.report_id, "passages": passages})
        store.save_findings([finding], None, report_id=current.report_id)
