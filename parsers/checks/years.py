"""This year's report against the one of the year before by the same line of authority.

An identity over two years is tested where both tables print its rows. Forms differ from 2018 to 2019 and from 2020 to
2021, so most pairs have only 结转 in common; what one of the two does not print is no check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.checks.identities import (
    Cells,
    Statement,
    Term,
    cross_year_statements,
    dictionary,
    evaluate,
    index_figures,
    judge,
    label,
    read_side,
)
from parsers.model import Check, Figure, Outcome, Severity


def check_years(previous: Sequence[Figure], current: Sequence[Figure], form: str) -> tuple[Check, ...]:
    """Evaluate the identities of the current report's form that take figures of the year before.

    `form` is the form of the current report. Printed values are compared; where a proposed reading would settle a
    failure, the message says so. A carried-over number that differs in a column of applicants while the totals agree
    is a re-classification and weighs no more than information.
    """
    before, now = index_figures(previous), index_figures(current)
    checks: list[Check] = []
    for statement in (*cross_year_statements(form), *_cumulative_statements(form, before, now)):
        if all(term.key in (before if term.previous else now) for term in (*statement.left, *statement.right)):
            check = evaluate(statement, now, before)
            if check.status is Outcome.FAIL and _settled_by_proposals(statement, now, before):
                check = replace(check, message=f"{check.message}; holds with the proposed readings")
            checks.append(check)
    return tuple(_weigh(check, checks) for check in checks)


def _weigh(check: Check, checks: Sequence[Check]) -> Check:
    if check.status is not Outcome.FAIL or check.applicant in {None, "total"}:
        return check
    totals = (other.status for other in checks if other.rule == check.rule and other.applicant == "total")
    return replace(check, severity=Severity.INFO) if next(totals, None) is Outcome.PASS else check


def _cumulative_statements(form: str, before: Cells, now: Cells) -> list[Statement]:
    """Return one statement per row that both tables print with a cumulative column (历年累计)."""
    rows = [metric for metric, applicant, period in now if applicant == "total" and period == "cumulative"]
    return [
        Statement(
            identity,
            _terms(identity.left, row),
            _terms(identity.right, row),
            None,
            row,
            label(row),
        )
        for identity in dictionary().identities
        if form in identity.forms and identity.crosses_years and identity.scope == "row"
        for row in rows
        if (row, "total", "cumulative") in before
    ]


def _terms(columns: Sequence[str], row: str) -> tuple[Term, ...]:
    return tuple(
        Term(1, (row, "total", column.removeprefix("prev:")), column.startswith("prev:")) for column in columns
    )


def _settled_by_proposals(statement: Statement, now: Cells, before: Cells) -> bool:
    proposed = [_as_proposed(cells) for cells in (now, before)]
    status, _ = judge(
        statement.identity.relation,
        read_side(statement.left, *proposed),
        read_side(statement.right, *proposed),
        counts=False,
    )
    return status is Outcome.PASS


def _as_proposed(cells: Cells) -> Cells:
    return {
        key: cell
        if cell.figure.proposed is None
        else cell._replace(blank=False, value=cell.figure.proposed, word=str(cell.figure.proposed))
        for key, cell in cells.items()
    }
