"""The figures that a sentence states as zero in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model import Figure, Meaning, Origin
from parsers.prose import denials
from parsers.prose.clauses import carried_year
from parsers.prose.quantities import BREAK
from parsers.prose.state import OF_REQUESTS, WAYS_OF_REQUESTS, Candidate, Here, State


def zero_figures(state: State, here: Here) -> None:
    """Add what a sentence denies (未收到申请, 没有收费) to the candidates, each as a figure 0."""
    text, sentence = state.text, here.sentence
    found = denials.zeros(text, sentence, here.tokens, here.place.heading, here.about_requests(), state.words)
    if not found or here.place.topic == "problems":
        return
    if state.is_planned(sentence, sentence.start):
        return
    if denials.of_another_time(text, sentence, state.year):
        return
    context = here.counts()
    for zero in found:
        spoken = here.spoken
        if state.year and zero.concept == "carry":  # 没有2019年结转下来的申请
            stop = BREAK.search(text, zero.end, sentence.end)
            spoken |= carried_year(text, zero.start, stop.start() if stop else sentence.end, state.year, carried=True)
            if _AT_YEAR_END.search(text, sentence.start, zero.start):
                spoken |= {"next_year"}
        for metric in _denied_metrics(state, zero, spoken, context):
            if metric.startswith(OF_REQUESTS):
                state.asked = here.position
            figure = Figure(
                metric=metric,
                value=0,
                raw=state.printed[zero.start : zero.end],
                meaning=Meaning.ZERO,
                source=Origin.PROSE,
                evidence=here.printed,
                unit="元" if metric.startswith("fees.") else None,
                start=zero.start,
                end=zero.end,
            )
            state.candidates.append(Candidate(figure, 2, here.position, 0))


_AT_YEAR_END = re.compile(r"(?:年底|年末|12月31日)[^，。；、\d]{0,6}$")  # 年底无结转
_FEE_KINDS = {
    "fee_search": "fees.disclosure.charged_search",
    "fee_copy": "fees.disclosure.charged_copy",
    "fee_post": "fees.disclosure.charged_post",
}
_ONLY_THESE_FEES = re.compile(
    r"(?:未(?:再)?收取?)?(?:检索|复[制印]|邮寄)费(?:[、和及](?:检索|复[制印]|邮寄)费)?(?:[均都]?[为是]零)?(?=[。，；]|$)"
)


def _denied_metrics(state: State, zero: denials.Zero, spoken: frozenset[str], context: bool) -> Iterator[str]:
    kinds = zero.words & _FEE_KINDS.keys()
    if zero.concept == "charge" and kinds and _ONLY_THESE_FEES.match(state.text, zero.start):
        yield from (_FEE_KINDS[kind] for kind in sorted(kinds))
        return
    named = zero.words & WAYS_OF_REQUESTS.keys() if "written" not in zero.words else frozenset()
    if zero.concept == "request" and named and (len(named) == 1 or "via_network" not in named):
        yield from (WAYS_OF_REQUESTS[way] for way in sorted(named))
        return
    for denial in state.words.denials:
        if denial.concept != zero.concept or not denial.holds_in(state.year):
            continue
        if denial.spoken and denial.spoken.isdisjoint(spoken):
            continue
        listed = {"review", "litigation"} <= spoken
        if denial.without & zero.words or (denial.context and not (context or listed)):
            continue
        if zero.concept in ("review", "litigation") and "business" in spoken and not context:
            continue
        yield denial.metric
