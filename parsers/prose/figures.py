"""The figures that the numbers of a sentence state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.model import Mention
from parsers.numbers import Number
from parsers.prose import arithmetic
from parsers.prose.besides import besides
from parsers.prose.carried import hand_on, take_over
from parsers.prose.cases import cases_told_as_stories, what_became_of_cases
from parsers.prose.clauses import analyse
from parsers.prose.meaning import Sense, domain_of, senses
from parsers.prose.quantities import CUMULATIVE, LEVEL, Quantity
from parsers.prose.sentences import Sentence
from parsers.prose.state import OF_REQUESTS, RATES, STOCKS, Here, State, add
from parsers.prose.whole import (
    all_by_one_channel,
    all_closed_so,
    all_of_them,
    lists_of_their_own,
    published_all,
    said_of_some,
    what_became_of_the_one,
)

_CUMULATIVE_METRICS = ("disclosure.total", "requests.received.new", *STOCKS)
_SUPPORTING = frozenset({"training", "organisation"})


def number_figures(state: State, here: Here, numbers: list[Number]) -> None:
    """Add the numbers of a sentence to the mentions, and those with a metric to the candidates."""
    text, words, sentence, place, printed = state.text, state.words, here.sentence, here.place, here.printed
    before = state.before
    if state.overall is not None and _OF_ALL_ITEMS.match(text, sentence.start, sentence.end):
        before = [state.overall]
    clauses = analyse(text, sentence, here.tokens, numbers, words, state.year, before)
    context = here.context()
    supports = here.supports()
    sibling = state.sibling if state.sibling == "requests" else None
    classified = _classifies(clauses.quantities)
    take_over(state, here, clauses.quantities)
    for quantity in clauses.quantities:
        number = quantity.number
        state.mentions.append(
            Mention(
                number.start, number.end, number.value, number.unit, _label(text, quantity), number.approximate, printed
            )
        )
        if number.unit in RATES:
            continue
        quantity.domain = sibling = _domain(state, here, quantity, sibling)
        planned = place.topic == "problems" and not _told_as_a_fact(text, sentence, quantity)
        if planned or state.is_planned(sentence, number.start) or quantity.status not in (LEVEL, CUMULATIVE):
            continue
        spoken_of = context
        if supports and quantity.domain in _SUPPORTING:
            spoken_of = frozenset({"sentence", "section", "paragraph", "support"})
        for sense in senses(quantity, quantity.domain, spoken_of, state.year, words):
            if quantity.status == CUMULATIVE and not sense.metric.startswith(_CUMULATIVE_METRICS):
                continue
            group = id(quantity.parent) if quantity.parent else 0
            if classified and sense.metric in _CLASSES and not quantity.words & (_ASKED | {"granted"}):
                if quantity.parent is not None and quantity.parent.words & {"info", "gov_info"}:
                    add(state, here, Sense(_CLASSES[sense.metric], "total", 1), number, group, quantity.status)
                continue
            if _of_something_wider(text, sense, quantity, clauses.quantities):
                continue
            if sense.metric.startswith(_REFUSED) and _DISCLOSED_ALL_THE_SAME.match(text, number.end):
                continue
            quantity.metric = sense.metric
            if sense.metric.startswith(OF_REQUESTS):
                state.asked = here.position
            if sense.metric == "disclosure.total" and sense.strength == 2 and quantity.status == LEVEL:
                state.overall = quantity
            if sense.metric.startswith(_REFUSED) and number.value and _ends_refused(text, quantity):
                state.refusals.append((here, quantity))
            # 通过政府信息公开网公开215条，…共公开217条: what one website carried, where the total is told too
            website = sense.metric == "disclosure.total" and sense.strength == 1 and "portal" in quantity.content
            otherwise = "disclosure.channel.website" if website and "total" not in quantity.content else None
            add(state, here, sense, number, group, quantity.status, otherwise)
            for other in besides(text, sense, quantity, clauses):
                add(state, here, other, number, group, quantity.status)
    _drop_parts_of_trailing_totals(state, clauses.quantities)
    all_by_one_channel(state, here, clauses)
    all_of_them(state, here, clauses)
    what_became_of_the_one(state, here, clauses)
    all_closed_so(state, here, clauses)
    published_all(state, here, clauses)
    said_of_some(state, here, clauses)
    cases_told_as_stories(state, here, clauses)
    what_became_of_cases(state, here, clauses)
    lists_of_their_own(state, here, clauses.quantities)
    for quantity in clauses.quantities:
        if quantity.parent is not None:
            state.totals.setdefault(id(quantity.parent), quantity.parent)
    state.checks += arithmetic.percentages(text, clauses, state.overall)
    hand_on(state, here, clauses.quantities, sibling)


def _drop_parts_of_trailing_totals(state: State, quantities: Sequence[Quantity]) -> None:
    """解读稿1篇，图解1篇，共2篇: the numbers before their total are not the total."""
    totals = {id(q): q for q in quantities if q.metric is not None}
    parts = [q for q in quantities if id(q.parent) in totals and q.number.end < totals[id(q.parent)].left]
    dropped = {(q.number.start, q.metric) for q in parts if q.metric == totals[id(q.parent)].metric}
    if dropped:
        state.candidates = [c for c in state.candidates if (c.figure.start, c.figure.metric) not in dropped]


_OF_ALL_ITEMS = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*)?(?:[^，。；\d]{0,6}主动公开的?(?:政府)?信息中?[，,：:按]"
    r"|[^，。；\d]{0,4}(?:按(?:公开)?(?:信息)?的?(?:渠道|形式|方式|载体|途径|内容|类别|种类|主题|分类)"
    r"|(?:信息|公开)(?:类别|种类|渠道|形式|途径|方式|载体)(?:方面)?[：:]))"
)
_REFUSED = "requests.outcome.refused."
# 一件因涉及商业秘密，隐去报价后部分公开
_DISCLOSED_ALL_THE_SAME = re.compile(r"[^；;。\d]{0,40}(?:部分|予以|同意)公开")
_ENDS_REFUSED = re.compile(r"不(?:予|同意)公开的?\s?$")  # 因涉及第三方商业秘密不予公开1件


def _ends_refused(text: str, quantity: Quantity) -> bool:
    return _ENDS_REFUSED.search(text, quantity.left, quantity.number.start) is not None


def _domain(state: State, here: Here, quantity: Quantity, sibling: str | None) -> str | None:
    """What a quantity is about; the business of the authority and applications for something else told apart."""
    words, content = state.words, quantity.content
    categories = words.exclusive["category"]
    domain = domain_of(quantity, content, sibling, here.place.topic, words)
    if (
        ("business" in quantity.inherited or any("business" in concepts for concepts in quantity.thing))
        and quantity.parent is None
        and content.isdisjoint(words.of_requests | {"strong", "respond", "hot_topic", "press"})
        and (content.isdisjoint(categories) or quantity.beside.isdisjoint(categories))
    ):
        domain = "business"
    if (
        domain == "requests"
        and not here.counts()
        and quantity.around != "requests"
        and content.isdisjoint(words.of_requests - words.exclusive["ground"])
    ):
        return None
    return domain


def _told_as_a_fact(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number among the problems says how little there was: 解读形式单一，全年仅有文字解读6篇."""
    start = quantity.number.start
    return _ALL_THERE_WAS.search(text, quantity.left, start) is not None and not _WILL.search(
        text, sentence.start, start
    )


_ALL_THERE_WAS = re.compile(r"全年|今年|本年度?|年内|20\d\d年|(?:仅|只)[有发]?[^，。；]{0,6}$")
_WILL = re.compile(r"[将拟]|力争|争取|计划")


def _of_something_wider(text: str, sense: Sense, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether the numbers beside it show that a quantity is not what its own words say.

    行政复议3件（其中信息公开类1件） counts all cases against the body; 通过报纸等媒体86条，通过网站350条 is one way of
    several; 领导小组召开发布会26场，我委参加19场 are not all its own; 网站“医改”专栏发布87条 is one column; 监督员培训
    12次，培训560人次 are not those trained in disclosure.
    """
    i = quantities.index(quantity)
    if sense.metric.startswith("disclosure.") and _TAKEN_DOWN.search(text, quantity.left, quantity.number.start):
        return True
    if sense.metric == "response.press_conf.total" and "own_subject" not in quantity.words:
        own = (q for q in quantities[i + 1 :] if {"attend", "own_subject"} <= q.words and "press" in q.after)
        return any("chief" not in q.words for q in own)
    if sense.metric in ("review.total", "litigation.total") and "matter" not in quantity.words:
        return _OF_THEM.match(text, quantity.number.end) is not None
    if sense.metric == "disclosure.channel.website":
        return _ONE_COLUMN.search(text, quantity.left, quantity.number.start) is not None
    if sense.metric == "disclosure.total" and "and_more" in quantity.content and quantity.parent is None:
        beside = (q for q in quantities if q is not quantity and q.parent is None)
        return any(q.number.unit == quantity.number.unit and q.content & _WAYS for q in beside)
    if sense.metric == "training.people" and i and not quantity.words & {"matter"}:
        before = quantities[i - 1]
        return (
            "training" in before.content
            and before.number.unit not in _HEADS
            and bool(
                (before.metric is None and before.status == LEVEL and "matter" not in before.content)
                or before.content & {"business", "of_others"}
            )
        )
    return False


_TAKEN_DOWN = re.compile(r"不[宜应]公开|撤回|撤下|下架|删除")  # 撤回不宜公开信息22条
_ONE_COLUMN = re.compile(r"(?<!公开)”(?:专栏|栏目|专题)")
_HEADS = ("人", "人次", "名", "位", "%")
_WAYS = frozenset({"website", "portal", "wechat", "weibo", "media", "through"})
_OF_THEM = re.compile(
    r"[件起宗例]?[，（(]\s?(?:其中)?[，:：]?(?:涉及?|有关|属于?)?(?:政府|政务)?信息公开(?:类|方面|的|案件|案|行政复议|行政诉讼|复议|诉讼)*(?:的)?\d"
)

_CLASSES = {
    "requests.received.new": "disclosure.on_request_class",
    "requests.outcome.refused.total": "disclosure.withheld_class",
    "requests.outcome.granted": "disclosure.total",
}
"""What a number is that sorts information by openness, instead of what its words would say of requests."""
_ASKED = frozenset({"receive", "reply", "close", "apply", "handle", "carry", "carried_in", "carried_out"})


def _classifies(quantities: Sequence[Quantity]) -> bool:
    """文件215份，其中主动公开89份，依申请公开30份，不予公开96份 sorts documents by openness; it counts no requests."""
    return any("strong" in q.words and "request" not in q.words for q in quantities) and any(
        q.words & {"request", "refused"} and not q.words & _ASKED for q in quantities
    )


def _label(text: str, quantity: Quantity) -> str:
    """What a number counts, as far as the words say: the words before it, and behind it where they name the thing."""
    number = quantity.number
    before = _TRIM.sub("", text[quantity.left : number.start])
    behind = _TRIM.sub("", text[number.end : quantity.right])
    return f"{before}{behind}"[:80]


_TRIM = re.compile(r"^[\s　的了等、和及与为是共计]+|[\s　的了、和及与为是共计达]+$")
