"""The checks of one report against those of the years around it, whichever of them arrived later."""

from __future__ import annotations

from parsers.checks.boilerplate import shared_passages
from parsers.checks.years import check_years
from parsers.model import Check, Outcome, Severity
from storage.store import Store, StoredReport

BOILERPLATE_SHARE = 0.8
"""Share of a report's text that stands word for word in last year's, from which it is last year's text again."""


def check_across_years(store: Store, report_id: str) -> None:
    """Compare a report with those of the year before and after, whichever of them arrived later."""
    current = store.report(report_id)
    if current is None:
        return
    neighbours = store.neighbours(current.agency_id, current.year)
    store.add_checks(report_id, compare(neighbours.previous, current))
    if (following := neighbours.following) is not None:
        # a copy that is not the one to quote is no measure for the next year
        quoted = store.neighbours(following.agency_id, following.year).previous
        store.add_checks(following.report_id, compare(quoted, following))


def compare(previous: StoredReport | None, current: StoredReport) -> tuple[Check, ...]:
    """The checks of one report against that of the year before: figures carried over, text repeated."""
    if previous is None:
        return ()
    checks = check_years(previous.figures, current.figures, current.form)
    boilerplate = shared_passages(current.text, previous.text)
    repeated = boilerplate.share >= BOILERPLATE_SHARE
    message = f"{boilerplate.share:.0%} of the text stands word for word in the report for {previous.year}"
    return (
        *checks,
        Check(
            rule="years.boilerplate",
            severity=Severity.INFO,
            status=Outcome.FAIL if repeated else Outcome.PASS,
            message=message,
            left=round(boilerplate.share, 3),
            right=BOILERPLATE_SHARE,
        ),
    )
