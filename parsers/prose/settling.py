"""One figure for what the text says once: candidates weighed against one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.model import Figure, Finding, Severity
from parsers.prose.state import Candidate


def settle(candidates: Sequence[Candidate]) -> tuple[list[Figure], list[Finding]]:
    """One figure for what the text says once; two that contradict one another both stay, with a finding."""
    by_metric: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for candidate in _with_their_period(candidates):
        figure = candidate.figure
        by_metric[figure.metric, figure.applicant, figure.period].append(candidate)
    figures: list[Figure] = []
    findings: list[Finding] = []
    others: list[Candidate] = []
    for stated in by_metric.values():
        exact = [candidate for candidate in stated if not candidate.figure.approximate]
        group = exact or stated  # 2300余条 says less than 2316条
        strongest = max(candidate.strength for candidate in group)
        kept = _without_splits([candidate for candidate in group if candidate.strength == strongest])
        if strongest == 2:
            others += [candidate for candidate in group if candidate.strength < 2 and candidate.otherwise]
        values: dict[int | float | None, Figure] = {}
        for candidate in kept:
            values.setdefault(candidate.figure.value, candidate.figure)
        if len(values) > 1 and strongest < 2:
            continue
        figures += values.values()
        if len(values) > 1:
            first = next(iter(values.values()))
            said = ", ".join(str(value) for value in values)
            findings.append(
                Finding(
                    "prose.conflict",
                    Severity.WARNING,
                    f"The text states {first.metric} as {said}",
                    {
                        "metric": first.metric,
                        "values": list(values),
                        "sentences": [figure.evidence for figure in values.values()],
                    },
                )
            )
    figures += _otherwise(others, figures)
    figures.sort(key=lambda figure: (figure.start or 0, figure.metric))
    return figures, findings


def _with_their_period(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """至2014年底累计公开1562条 beside 2014年新增的226条 is a sum over the years."""
    of_the_year = [
        candidate.figure.value or 0
        for candidate in candidates
        if candidate.figure.metric == "disclosure.total" and candidate.strength == 2 and not candidate.up_to_now
    ]
    for candidate in candidates:
        figure = candidate.figure
        if (
            figure.metric == "disclosure.total"
            and candidate.up_to_now
            and 0 < max(of_the_year, default=0) < (figure.value or 0)
        ):
            yield replace(candidate, figure=replace(figure, period="cumulative"))
        else:
            yield candidate


def _otherwise(others: Sequence[Candidate], figures: Sequence[Figure]) -> Iterator[Figure]:
    """Second readings of numbers, each only where the text has a single one and states nothing else."""
    stated = {figure.metric for figure in figures}
    values = {(candidate.otherwise, candidate.figure.value) for candidate in others}
    for metric, value in values:
        if metric is None or metric in stated or sum(one == metric for one, _ in values) > 1:
            continue
        yield next(replace(c.figure, metric=metric) for c in others if (c.otherwise, c.figure.value) == (metric, value))


def _without_splits(group: Sequence[Candidate]) -> list[Candidate]:
    """Leave out numbers of one metric that stand side by side as parts of one list: none of them is the whole."""
    lists: dict[tuple[int, int], set[int | float | None]] = defaultdict(set)
    for candidate in group:
        lists[candidate.sentence, candidate.group].add(candidate.figure.value)
    return [candidate for candidate in group if len(lists[candidate.sentence, candidate.group]) == 1]
