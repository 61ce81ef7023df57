"""What goes from sentence to sentence: totals that the next one divides, lists that go on, names told above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from parsers.prose.quantities import CHANGE, LEVEL, Quantity, same_unit
from parsers.prose.state import RATES, Here, State


def take_over(state: State, here: Here, quantities: Sequence[Quantity]) -> None:
    """Give the numbers of a sentence what the sentences and the heading before it say of them."""
    _find_their_totals(state, here, quantities)
    if (here.sentence.numbered or state.listing) and quantities:
        _enumerated_parts(state, quantities, of_lines="\n" in here.printed)
    _results_of_cases(state, quantities)
    channels = state.words.exclusive["channel"] & state.concepts_of(here.opening)
    if len(channels) == 1:  # （1）网站。2014年公开203条
        for quantity in quantities:
            if "disclose" in quantity.content and quantity.content <= _NO_CHANNEL:
                quantity.inherited |= channels
    if len(quantities) == 1:
        only = quantities[0]
        if not only.words and _ONLY_A_NUMBER.fullmatch(here.printed):  # 四、行政复议数量 / 0件
            only.words = here.headed
        only.beside |= state.beside  # 组织机构类15条。法规公文类38条。


_NO_CHANNEL = frozenset({"disclose", "strong", "total", "filler", "this_year", "info", "gov_info"})
_ONLY_A_NUMBER = re.compile(r"[为是共：:\s]*[\d０-９]+\s?\w{0,2}[。；;]?")


def hand_on(state: State, here: Here, quantities: Sequence[Quantity], sibling: str | None) -> None:
    """Keep for the next sentence what it may take over."""
    state.remembered += [(here.position, q) for q in quantities if q.status == LEVEL and q.number.unit not in RATES]
    state.before = _totals(quantities) or state.before
    state.beside = frozenset().union(*(quantity.words for quantity in quantities), frozenset())
    state.sibling = sibling


def _totals(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a sentence that a following one may divide: 办理39件，其中新收37件。新收申请中，网络24件，…

    Its parts are among them, but a sentence of nothing but parts leaves the totals before it as they are.
    """
    counts = [q for q in quantities if q.number.unit not in RATES and q.status != CHANGE]
    totals = [q for q in counts if q.parent is None or q.enumerated or q.metric == "requests.received.new"]
    return [q for q in counts if q.parent is None or q.enumerated or q.metric is not None] if totals else []


def _find_their_totals(state: State, here: Here, quantities: Sequence[Quantity]) -> None:
    """新收211件。从申请主体看，自然人193件，法人18件；从提交方式看，信函124件、网络87件: parts behind other numbers.

    Where they are more than the number that they were given to, they go to a number of the sentences before that is
    their sum; if there is none, they are parts of nothing that is known.
    """
    for total in {id(q.parent): q.parent for q in quantities if q.parent is not None}.values():
        for parts in list(total.lists):
            whole = sum(part.number.value for part in parts)
            if whole <= total.number.value or len(parts) < 2 or not all(any(p is q for q in quantities) for p in parts):
                continue
            if _FOLLOWS.fullmatch(state.text, total.number.end, parts[0].left):
                continue
            near = takewhile(lambda told: here.position - told[0] <= _NEAR, reversed(state.remembered))
            fitting = (q for _, q in near if q.number.value == whole and same_unit(q, parts[0]))
            better = next(fitting, None)
            total.lists = [one for one in total.lists if one is not parts]
            for part in parts:
                part.parent = better
            if better is not None:
                better.lists.append(parts)


_FOLLOWS = re.compile(r"(?:[，,：:（(。；;\s]|其中|分别[是为]|包括|[（(][^（）()]*[)）])*")
_NEAR = 5
"""Sentences back in which parts find their total."""


def _enumerated_parts(state: State, quantities: Sequence[Quantity], *, of_lines: bool) -> None:
    """1、…类信息共计11条，占信息总量的11.3%: a numbered line continues the total of items disclosed above the list.

    So do the numbers behind it that name categories (招标采购信息15条，应急管理信息9条) or stand in lines of a list.
    """
    total, first = state.overall, quantities[0]
    if total is None or first.parent is not None or total is first:
        return
    if total.number.unit != first.number.unit:
        total.mixed = total.mixed or state.listing  # 652条。其中： / 1.公开文件46件 / 2.公开动态381条
        return
    categories = state.words.exclusive["category"]
    if first.content.isdisjoint(categories | {"strong", "disclose", "info", "gov_info"}) or "request" in first.content:
        return
    parts = total.lists[-1] if total.lists else []
    if parts and not parts[0].enumerated:
        return
    if first.number.value and sum(part.number.value for part in parts) == total.number.value:
        return
    printed = state.text[first.left : first.number.start]
    if not (first.unknown or "类" in printed or _share(state.text, first) or first.content & categories):
        return
    alike = [q for q in quantities if q.parent is None and q.number.unit == first.number.unit]
    all_of_it = sum(q.number.value for q in (*parts, *alike)) == total.number.value
    if not total.lists:
        total.lists.append([])
    for quantity in quantities:
        if quantity is first or (
            quantity.parent is None
            and quantity.number.unit == first.number.unit
            and (of_lines or all_of_it or (first.content & categories and quantity.content & categories))
        ):
            quantity.parent = total
            quantity.enumerated = True
            total.lists[-1].append(quantity)


def _results_of_cases(state: State, quantities: Sequence[Quantity]) -> None:
    """行政复议2件。维持1件，纠正1件。: results that open a sentence are those of the cases of the sentence before."""
    cases = [q for q in state.before if q.metric in ("review.total", "litigation.total") and q.status == LEVEL]
    results = state.words.exclusive["result"]
    parts = []
    for quantity in quantities:
        if quantity.parent is not None or quantity.status != LEVEL or quantity.content.isdisjoint(results):
            break
        parts.append(quantity)
    if len(cases) != 1 or not parts or sum(part.number.value for part in parts) > cases[0].number.value:
        return
    for part in parts:
        part.parent = cases[0]
    cases[0].lists.append(parts)


def _share(text: str, quantity: Quantity) -> bool:
    return re.match(r"[，,（(]\s?占", text[quantity.number.end : quantity.number.end + 4]) is not None
