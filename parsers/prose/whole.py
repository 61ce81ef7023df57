"""What is said of all that a number counts, or of some of it (均已按时办结); lists whose total stood before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.numbers import Number
from parsers.prose import denials
from parsers.prose.clauses import carried_year
from parsers.prose.lexicon import Token
from parsers.prose.meaning import Sense, find_rule
from parsers.prose.quantities import LEVEL, Clauses, Quantity, words_of
from parsers.prose.state import RATES, Here, State, add

_ALL = re.compile(r"均|全部|全都|都(?=[已在按以予是为通由系])|皆|^\s?[为系]")
_LISTS = (
    ("requests.outcome.", ("requests.outcome.total", "requests.closed.total", "requests.received.new")),
    ("requests.channel.", ("requests.received.new",)),
)
"""Families of metrics that divide a total, and the totals."""


def lists_of_their_own(state: State, here: Here, quantities: Sequence[Quantity]) -> None:
    """答复情况：予以公开6件，不予公开2件，…: the parts of a total of requests that was told before, for the arithmetic.

    It is the latest total that they add up to; three and more that add up to none are held against the latest.
    """
    told = [q for q in quantities if q.status == LEVEL and not q.number.approximate and q.metric is not None]
    state.counted += [(here.position, q) for q in told if any(q.metric in totals for _, totals in _LISTS)]
    for family, totals in _LISTS:
        parts = [q for q in told if q.parent is None and (q.metric or "").startswith(family) and q.metric not in totals]
        near = [q for at, q in reversed(state.counted) if q.metric in totals and here.position - at < _NEAR]
        if len(parts) < 2 or not near or any(q.lists for q in near if q.metric == totals[0]):
            continue
        whole = sum(part.number.value for part in parts)
        fitting = next((q for q in near if q.number.value == whole), None)
        total = fitting or (near[0] if len(parts) > 2 and near[0].metric == totals[0] else None)
        if total is not None and not total.lists:
            total.lists.append(parts)
            state.totals.setdefault(id(total), total)


_NEAR = 4
"""Sentences within which a list of parts finds its total."""


_BY_ONE_CHANNEL = re.compile(r"[，,（(]\s?(?:以上信息)?(?:均|全部|都)[^，。；）)\d]{0,40}?(?:公开|发布|公布)")


def all_by_one_channel(state: State, here: Here, clauses: Clauses) -> None:
    """主动公开政府信息462条，全部通过区政府网站公开: what the channel carried is all of it."""
    for quantity in clauses.quantities:
        if quantity.metric != "disclosure.total" or quantity.status != LEVEL:
            continue
        said = _BY_ONE_CHANNEL.match(state.text, quantity.right, here.sentence.end)
        if said is None:
            continue
        tokens = words_of(state.text, said.start(), said.end(), state.words)
        named = frozenset().union(*(token.concepts for token in tokens)) & state.words.exclusive["channel"]
        if len(named) != 1:
            continue
        probe = Quantity(quantity.number, quantity.left, named, frozenset(), 0, 0, (), LEVEL, parent=quantity)
        rule = find_rule(probe, named, "disclosure", frozenset(), state.year, state.words)
        if rule is not None:
            number = replace(quantity.number, end=said.end())
            add(state, here, Sense(rule.metric, "total", 2), number, id(quantity), LEVEL)


def all_closed_so(state: State, here: Here, clauses: Clauses) -> None:
    """申请办结6件，均按时办结: what is said of all that were closed."""
    for quantity in clauses.quantities:
        if quantity.metric not in ("requests.closed.total", "requests.outcome.total") or quantity.status != LEVEL:
            continue
        clause = _OF_ALL_BEFORE.match(state.text, quantity.right, here.sentence.end)
        if clause and quantity.number.value and not quantity.number.approximate and not denials.denies(clause[0]):
            _said_of_all(state, here, here.tokens, quantity, clause.start("said"), clause.end(), only_settled=True)


_OF_ALL_BEFORE = re.compile(r"[，,（(]\s?(?:均|全部|都)(?P<said>[^，,；;。（）()\d]+)")


def published_all(state: State, here: Here, clauses: Clauses) -> None:
    """制发规范性文件2件，均已主动公开: as many were published as were issued."""
    for quantity in clauses.quantities:
        if quantity.metric != "docs.normative.issued" or quantity.status != LEVEL or not quantity.number.value:
            continue
        said = _BY_ONE_CHANNEL.match(state.text, quantity.right, here.sentence.end)
        if said and not quantity.number.approximate and not denials.denies(said[0]):
            number = replace(quantity.number, end=said.end())
            add(state, here, Sense("disclosure.normative_docs", "total", 1), number, id(quantity), LEVEL)


def all_of_them(state: State, here: Here, clauses: Clauses) -> None:
    """收到申请4件，均为网络申请并按时办结: what is said of all of them has their number."""
    text = state.text
    received = [
        q
        for q in clauses.quantities
        if q.metric == "requests.received.new" and q.status == LEVEL and q.parent is None and not q.number.approximate
    ]
    if len(received) != 1 or not received[0].number.value:
        return
    base = received[0]
    if any(q.metric == "requests.received.carried_in" and q.number.value for q in clauses.quantities):
        return  # 新收36件，结转2件，全部办结: of the sum, which is not printed
    following = [q.number.start for q in clauses.quantities if q.number.start > base.number.start]
    stops = [*following, here.sentence.end]
    others = {q.right for q in clauses.quantities if q is not base and q.number.value != base.number.value}
    begin = base.right
    for stop in stops:
        for clause in re.finditer(r"[^，,；;。]+", text[begin:stop]):
            start, end = begin + clause.start(), begin + clause.end()
            if end == stop and stop != here.sentence.end:
                continue  # the words of the next number
            all_of = _ALL.search(clause[0])
            settled = _BARE_OUTCOME.fullmatch(clause[0]) or _IN_BRACKETS.fullmatch(clause[0])
            if base.number.value == 1:
                settled = settled or _ENDS_WITH_OUTCOME.search(clause[0]) or _OF_THE_ONE.search(clause[0])
            if all_of is None and not settled:
                continue
            if denials.denies(clause[0]) or _THE_REST.search(text, base.right, end):
                continue
            if start in others:
                continue  # 6件均已答复
            parted = any(
                q.status == LEVEL
                and q.number.unit not in RATES
                and base.right < q.number.end <= start
                and q.metric != base.metric  # 其中自然人4件、商业企业1件，均为网络申请
                for q in clauses.quantities
            )
            said_from = start + (all_of.end() if all_of else 0)
            _said_of_all(state, here, here.tokens, base, said_from, end, only_settled=parted)
        begin = next((q.right for q in clauses.quantities if q.number.start == stop), stop)


# 收到申请1条，通过在线平台提交；经审查，该申请内容不明确
_OF_THE_ONE = re.compile(r"已|^\s?通过|^(?:经审查|由于|因)?[该此]")
_IN_BRACKETS = re.compile(r"[（(][^（）()\d]{1,8}[）)]")  # 受理依申请公开1件（网络）
# 1件，经征求第三方意见后予以部分公开
_ENDS_WITH_OUTCOME = re.compile(r"后?(?:予以|同意|作出)(?:部分)?公开(?:的?(?:答复|决定))?$")
_BARE_OUTCOME = re.compile(r"\s?[已并]?(?:予以公开|同意公开|部分公开|不予公开)")  # 收到申请2件，已按期答复，予以公开
_THE_REST = re.compile(r"其余|余下|剩余|其他\d|另外?有?\d")


def what_became_of_the_one(state: State, here: Here, clauses: Clauses) -> None:
    """收到申请1件，系李某申请公开征收情况。已答复，同意部分公开。: the sentences behind tell of the one request."""
    text, start = state.text, here.sentence.end
    ones = [q for q in clauses.quantities if q.metric == "requests.received.new" and q.status == LEVEL]
    end = text.find("\n", start)
    if len(ones) != 1 or ones[0].number.value != 1 or end < 0 or _COUNTED.search(text, start, end):
        return
    tokens = words_of(text, start, end, state.words)
    for clause in re.finditer(r"[^，,；;。]+", text[start:end]):
        if _ENDS_WITH_OUTCOME.search(clause[0]) and not denials.denies(clause[0]):
            begins, ends = start + clause.start(), start + clause.end()
            _said_of_all(state, here, tokens, ones[0], begins, ends, only_settled=False)


_COUNTED = re.compile(r"[\d一二三两]\s?[件份条宗例起项]")


def _said_of_all(
    state: State, here: Here, tokens: Sequence[Token], base: Quantity, start: int, end: int, *, only_settled: bool
) -> None:
    """What the words of a clause say of all requests received.

    With `only_settled` other numbers stand between: 予以公开6件、无法提供5件（均为不掌握） says of the 14 received
    only that they were replied to or closed.
    """
    said = (token.concepts for token in tokens if start <= token.start and token.end <= end)
    concepts = frozenset().union(*said, frozenset())
    for group in state.words.exclusive.values():
        if len(group & concepts) > 1:  # 都是通过传真或信函寄来
            concepts -= group
    choices = [] if only_settled else [frozenset({concept}) for concept in sorted(concepts - state.words.verbs)]
    for verb in ("close", "reply"):
        if verb in concepts:
            choices.append(frozenset({verb}))
            if "on_time" in concepts:
                choices.append(frozenset({verb, "on_time"}))
    done: set[str] = set()
    probe = Quantity(base.number, base.left, frozenset(), frozenset(), base.right, 0, (), LEVEL, around="requests")
    for choice in choices:
        if choice <= frozenset({"apply", "request", "info", "gov_info", "matter", "filler"}):
            continue
        rule = find_rule(probe, choice, "requests", frozenset(), state.year, state.words)
        if rule is None or rule.metric in done or rule.strength < 2 or rule.metric == "requests.received.new":
            continue
        done.add(rule.metric)
        number = Number(base.number.start, end, base.number.value, base.number.unit)
        add(state, here, Sense(rule.metric, "total", 2), number, id(base), LEVEL)


def said_of_some(state: State, here: Here, clauses: Clauses) -> None:
    """另有1件因系年底提出，尚在办理期限内: what a later clause says of requests that their own does not settle."""
    counts = [quantity for quantity in clauses.quantities if quantity.number.unit not in RATES]
    for i, quantity in enumerate(counts):
        received = quantity.metric == "requests.received.new" and i > 0  # 另有1件于12月28日收到，转入下年办理
        if (quantity.metric and not received) or quantity.domain != "requests" or quantity.status != LEVEL:
            continue
        start = quantity.number.start
        named = (token.concepts for token in here.tokens if quantity.left <= token.start < start)
        if quantity.number.approximate or not frozenset().union(*named) <= _OF_SOME:
            continue
        if quantity.left < start and not _SOME.search(state.text, quantity.left, start):
            continue
        stop = counts[i + 1].left if i + 1 < len(counts) else here.sentence.end
        others = {other.metric for other in counts[:i]}
        for clause in _CLAUSE.finditer(state.text, quantity.number.end, stop):
            said = (t.concepts for t in here.tokens if clause.start() <= t.start and t.end <= clause.end())
            concepts = frozenset().union(*said, frozenset()) - {"remainder", "apply"}
            if state.year:
                concepts |= carried_year(state.text, clause.start(), clause.end(), state.year, carried=False)
            if denials.denies(clause[0]) and concepts.isdisjoint(_OPEN):
                continue
            if quantity.number.value == 1 and _ALL.search(clause[0]):
                continue  # 一件为补助标准，均已答复 is said of more than the one
            rule = find_rule(quantity, concepts, "requests", frozenset(), state.year, state.words)
            if rule is None or rule.strength < 2 or not rule.metric.startswith(_SETTLED):
                continue
            if rule.metric in _LISTS[0][1] and others != {"requests.carried_out"}:
                break  # 1件申请人撤回，其余6件均已答复 does not say how the one counts
            quantity.metric = rule.metric
            told = replace(quantity.number, end=clause.end())
            add(state, here, Sense(rule.metric, "total", 2), told, id(quantity.parent) if quantity.parent else 0, LEVEL)
            break


_OPEN = frozenset({"in_progress", "carry", "carried_out", "not_held", "not_exist"})
_SETTLED = ("requests.outcome.", "requests.closed.", "requests.carried_out")
_OF_SOME = frozenset({"remainder", "filler", "total"})
_SOME = re.compile(r"除|另外?有?|其余|剩余|余下|余|尚有|还有|仍有|其中")
_CLAUSE = re.compile(r"[^，,；;。（）()]+")
