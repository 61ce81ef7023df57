"""Reviews, suits and refusals: cases told as stories, and what became of those that were counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.numbers import Number
from parsers.prose import denials
from parsers.prose.meaning import Sense, find_rule
from parsers.prose.quantities import LEVEL, Clauses, Quantity, words_of
from parsers.prose.state import RATES, Here, State, add


def cases_told_as_stories(state: State, here: Here, clauses: Clauses) -> None:
    """有1名申请人对答复不服，向市政府申请行政复议: a case told by who brought it."""
    for quantity in clauses.quantities:
        if quantity.metric is not None or quantity.status != LEVEL or quantity.number.unit not in _BRINGERS:
            continue
        story = _NOT_CONTENT.match(state.text, quantity.number.end, here.sentence.end)
        if story is None or quantity.number.approximate or denials.denies(story[0]):
            continue
        if not _ABOUT_DISCLOSURE.search(story[0]):
            continue  # 3名患者对医疗事故鉴定不服，申请行政复议
        quantity.domain = "litigation" if "诉" in story["went"] else "review"
        quantity.metric = f"{quantity.domain}.total"
        quantity.right = story.end()
        quantity.number = replace(quantity.number, unit=None)  # one applicant, one case
        told = replace(quantity.number, end=story.end())
        add(state, here, Sense(quantity.metric, "total", 1), told, 0, LEVEL)


_ABOUT_DISCLOSURE = re.compile(r"答复|公开|信息")
_BRINGERS = frozenset({"名", "人", "位", "件", "宗", "起", "例"})
_NOT_CONTENT = re.compile(
    r"[^。；;\d]{0,40}(?:不服|不满|有异议)[^。；;\d]{0,30}(?:申请|提起|提出|提请)了?(?P<went>(?:行政)?(?:复议|诉讼))"
)


_ALL_CASES = frozenset(
    {
        "review.total",
        "litigation.total",
        "litigation.direct.total",
        "litigation.after_review.total",
        "requests.outcome.refused.total",
        "requests.outcome.unable.total",
        "requests.outcome.not_processed.total",
        "requests.outcome.other.total",
        "org.staff.total",
    }
)
_SAID_OF_ALL = re.compile(r"均|全部|都|皆|结果|^[（(][^）)]{1,8}[）)]|^[，,（(]\s?(?:原因)?(?:[为系是属]|涉及)")


_GROUPS = ("kind", "result", "ground", "unable", "declined", "other", "time")


def what_became_of_cases(state: State, here: Here, clauses: Clauses) -> None:
    """行政复议2件，均被维持; 诉讼1件，判决驳回; 无法提供6件，全部为不掌握: the outcome has the number of the cases."""
    groups = [
        state.words.exclusive[name] for name in ("kind", "result", "ground", "unable", "declined", "other", "time")
    ]
    counts = [quantity for quantity in clauses.quantities if quantity.number.unit not in RATES]
    for i, quantity in enumerate(counts):
        following = next((q for q in counts[i + 1 :] if q.status == LEVEL), None)  # not （历年累计1件）
        number = quantity.number
        if quantity.metric not in _ALL_CASES or quantity.status != LEVEL or not number.value or number.approximate:
            continue
        stop = _BEHIND_CASES.match(state.text, quantity.right, following.left if following else here.sentence.end)
        said = _before_denial(stop[0]) if stop else ""
        if not (number.value == 1 or _SAID_OF_ALL.search(said)):
            continue
        tokens = words_of(state.text, quantity.right, quantity.right + len(said), state.words)
        concepts = frozenset().union(*(token.concepts for token in tokens), frozenset())
        total = quantity
        for group in groups:
            named = group & concepts
            if len(named) != 1 or group & quantity.words:
                continue
            domain = quantity.domain or ""
            probe = Quantity(number, quantity.left, named, frozenset(), quantity.right, 0, (), LEVEL, parent=total)
            context = frozenset({"sentence", "section", "paragraph"})
            rule = find_rule(probe, named, domain, context, state.year, state.words)
            if rule is None or rule.metric == quantity.metric:
                continue
            end = max(token.end for token in tokens if token.concepts & named)
            told = Number(number.start, end, number.value, number.unit)
            add(state, here, Sense(rule.metric, "total", 2), told, id(quantity), LEVEL)
            if group is groups[0]:  # 行政诉讼1件，为复议后起诉，尚未审结
                total = replace(quantity, metric=rule.metric)
                _results_of_that_kind(state, here, total, counts[i + 1 :])


def _results_of_that_kind(state: State, here: Here, total: Quantity, results: Sequence[Quantity]) -> None:
    """诉讼3件，均为未经复议直接起诉，其中维持2件、尚未审结1件: the results are those of such suits."""
    for result in results:
        if result.domain != total.domain or result.status != LEVEL or result.number.value > total.number.value:
            break
        probe = replace(result, parent=total)
        rule = find_rule(probe, result.content, total.domain or "", frozenset(), state.year, state.words)
        if rule is None or not rule.metric.startswith((total.metric or "").removesuffix("total")):
            break
        start = result.number.start
        state.candidates = [c for c in state.candidates if c.figure.start != start or c.figure.metric != result.metric]
        result.metric = rule.metric
        add(state, here, Sense(rule.metric, "total", 2), result.number, id(total), LEVEL)


_BEHIND_CASES = re.compile(r"[^；;。]*")


def _before_denial(said: str) -> str:
    """1宗，责令重新答复，没有被提起诉讼: up to the clause that denies something."""
    end = 0
    for clause in re.finditer(r"[，,]?[^，,]*", said):
        if denials.denies(clause[0].replace("未审结", "")):
            break
        end = clause.end()
    return said[:end]
