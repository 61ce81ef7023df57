"""The prose of a report read: every quantity as a mention, those with a metric as figures, the arithmetic as checks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.model import Check, Figure, Finding, Meaning, Mention, Origin, Section, Severity
from parsers.numbers import Number, find_numbers
from parsers.prose import arithmetic, denials
from parsers.prose.clauses import analyse, carried_year
from parsers.prose.lexicon import lexicon
from parsers.prose.meaning import Sense, domain_of, senses
from parsers.prose.quantities import BREAK, CHANGE, CUMULATIVE, LEVEL, Clauses, Quantity, words_of
from parsers.prose.sentences import Outline, Sentence, sentences, with_lists_on_one_line
from parsers.prose.settling import settle
from parsers.prose.state import RATES, STOCKS, Candidate, Here, State, add
from parsers.prose.whole import (
    all_by_one_channel,
    all_closed_so,
    all_of_them,
    cases_told_as_stories,
    lists_of_their_own,
    published_all,
    said_of_some,
    what_became_of_cases,
)

LONGEST_TEXT = 200_000
"""Characters that are read; a report has some 5 000. A longer text is cut there, with a finding."""

_CUMULATIVE_METRICS = ("disclosure.total", "requests.received.new", *STOCKS)
_OF_REQUESTS = ("requests.", "review.", "litigation.", "fees.")
_SUPPORTING = frozenset({"training", "organisation"})
_OTHER_CASES = re.compile(r"法治|法制|依法行政|卫生行政|办案|案卷|市场|企业|医疗")
_TRIM = re.compile(r"^[\s　的了等、和及与为是共计]+|[\s　的了、和及与为是共计达]+$")


@dataclass(frozen=True, slots=True)
class ProseReading:
    """What the prose of a report says. Offsets are into the text that was read."""

    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_prose(text: str, sections: Sequence[Section], year: int | None) -> ProseReading:
    """Read the sentences of a report for `year`.

    `text` is the paragraphs of the report joined by line breaks, `sections` its sections with offsets into it. Money is
    converted to 元. An approximate number is a figure where the text states no exact one. Changes, other years'
    numbers, plans and the figures of subordinate units are mentions only.
    """
    cut = len(text) > LONGEST_TEXT
    printed_text = text[:LONGEST_TEXT]
    text = with_lists_on_one_line(printed_text)
    state = State(text, printed_text, year, lexicon())
    outline = Outline(text, sections)
    numbers = list(find_numbers(text))
    starts = [number.start for number in numbers]
    doubts = list(denials.candidates(text))
    government = _GOVERNMENT.search(text, 0, 60) is not None
    plans = [match.start() for match in _PLANNING.finditer(text)]
    number_of_line, discloses, opening = -1, False, ""
    for position, sentence in enumerate(sentences(text, sections, sorted({*starts, *doubts, *plans}))):
        if sentence.paragraph != number_of_line:
            number_of_line = sentence.paragraph
            state.sibling = None
            state.beside = frozenset()
            if not sentence.numbered:
                state.before = ()
            begins, ends = _line_around(text, sentence)
            opens_list = text[max(0, begins - 2) : begins - 1] in ("：", ":")
            state.listing = opens_list or (state.listing and ends - begins <= _LIST_LINE)
            discloses = _DISCLOSURE.search(text, begins, ends) is not None
            opens = _OPENING.match(text, begins, ends)
            opening = opens["label"] if opens else ""
        _plans(state, sentence, plans)
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        denied = bisect_left(doubts, sentence.start) < bisect_left(doubts, sentence.end)
        if first == last and not denied:
            outline.pass_by(sentence)
            continue
        place = outline.place(sentence)
        tokens = words_of(text, sentence.start, sentence.end, state.words)
        if government:
            tokens = [token for token in tokens if not _ALL_BODIES.search(text, token.start - 8, token.end)]
        spoken = frozenset().union(*(token.concepts for token in tokens), frozenset())
        printed = printed_text[sentence.start : sentence.end]
        near = state.asked == position - 1 and "business" not in spoken and not _OTHER_CASES.search(printed)
        headed = state.concepts_of(place.heading) | state.concepts_of(opening)
        here = Here(position, sentence, place, printed, tokens, spoken, headed, opening, near, discloses)
        if first < last:
            _quantities(state, here, numbers[first:last])
        if denied:
            _zeros(state, here)
    state.checks += arithmetic.breakdowns(text, list(state.totals.values()))
    if len(state.refusals) == 1:  # 因涉及第三方商业秘密不予公开1件 is all that was refused
        here, quantity = state.refusals[0]
        group = id(quantity.parent) if quantity.parent else 0
        add(state, here, Sense(_REFUSED_TOTAL, "total", 1), quantity.number, group, quantity.status)
    figures, findings = settle(state.candidates)
    if cut:
        message = f"Only the first {LONGEST_TEXT} characters were searched for figures"
        findings.append(Finding("prose.cut", Severity.WARNING, message, {"read": LONGEST_TEXT}))
    return ProseReading(tuple(state.mentions), tuple(figures), tuple(state.checks), tuple(findings))


# the report of a whole government counts what all its bodies did
_GOVERNMENT = re.compile(r"(?:人民政府|管委会|管理委员会)[^，。]{0,8}(?:政府信息公开|年度|年报|20\d\d)")
_ALL_BODIES = re.compile(
    r"全[省市县区州镇][^，。；]{0,4}(?:各级|各类|各部门|各单位|各乡镇|各镇)$|各级(?:各类|各部门|行政机关)?$"
)
_WITH_PRINCIPAL = frozenset({"response.interview.total", "response.press_conf.total"})
_OF_PRINCIPAL = frozenset({"response.interview.principal", "response.press_conf.principal"})
_REFUSED = "requests.outcome.refused."
_DISCLOSED_ALL_THE_SAME = re.compile(
    r"[^；;。\d]{0,40}(?:部分|予以|同意)公开"
)  # 一件因涉及商业秘密，隐去报价后部分公开
_ENDS_REFUSED = re.compile(r"不(?:予|同意)公开的?\s?$")  # 因涉及第三方商业秘密不予公开1件
_REFUSED_TOTAL = "requests.outcome.refused.total"


_LIST_LINE = 40
"""Characters of a line at most that continues a list of lines (其中： / 组织机构　4条 / 政策法规　15条)."""


def _line_around(text: str, sentence: Sentence) -> tuple[int, int]:
    end = text.find("\n", sentence.end)
    return text.rfind("\n", 0, sentence.start) + 1, len(text) if end < 0 else end


# 监督保障方面。全年培训1次: a label in place of a heading
_OPENING = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．是]\s*)?(?P<label>[^，,。：:；;\d]{2,16})[。：:，,]"
)
_DISCLOSURE = re.compile(r"(?:信息|政务)公开|《条例》|公开工作")
_OF_ALL_ITEMS = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*)?(?:[^，。；\d]{0,6}主动公开的?(?:政府)?信息中?[，,：:按]"
    r"|[^，。；\d]{0,4}(?:按(?:公开)?(?:信息)?的?(?:渠道|形式|方式|载体|途径|内容|类别|种类|主题|分类)"
    r"|(?:信息|公开)(?:类别|种类|渠道|形式|途径|方式|载体)(?:方面)?[：:]))"
)
_PLANNING = re.compile(r"下一?步|今后工作|下阶段|改进措施|下一年度?(?:工作|，|我)|明年|打算")
_OTHER_PART = re.compile(
    r"[一二三四五六七八九]、[^。]{0,20}(?:其[他它]|收费|复议|诉讼|附件|依申请|收到)|[（(][一二三四五六七八九][)）][^。]{0,12}情况"
)


def _plans(state: State, sentence: Sentence, plans: list[int]) -> None:
    """Note where a paragraph turns to what is to be done next year, and where it turns back."""
    if state.planning == sentence.paragraph:
        if sentence.numbered and _OTHER_PART.match(state.text, sentence.start, sentence.end):
            state.planning = -1
        return
    i = bisect_left(plans, sentence.start)
    if i < len(plans) and plans[i] < sentence.end:
        state.planning, state.planning_from = sentence.paragraph, plans[i]


def _quantities(state: State, here: Here, numbers: list[Number]) -> None:
    text, words, sentence, place, printed = state.text, state.words, here.sentence, here.place, here.printed
    before = state.before
    if state.overall is not None and _OF_ALL_ITEMS.match(text, sentence.start, sentence.end):
        before = [state.overall]
    clauses = analyse(text, sentence, here.tokens, numbers, words, state.year, before)
    context = here.context()
    supports = here.supports()
    sibling = state.sibling if state.sibling == "requests" else None
    classified = _classifies(clauses.quantities)
    categories = words.exclusive["category"]
    if (sentence.numbered or state.listing) and clauses.quantities:
        _enumerated_parts(state, clauses.quantities, of_lines="\n" in printed)
    _results_of_cases(state, clauses.quantities)
    for quantity in clauses.quantities:
        if not quantity.words and _ONLY_A_NUMBER.fullmatch(printed):
            quantity.words = here.headed
    if len(clauses.quantities) == 1:  # 组织机构类15条。法规公文类38条。
        clauses.quantities[0].beside |= state.beside
    for quantity in clauses.quantities:
        number = quantity.number
        state.mentions.append(
            Mention(
                number.start, number.end, number.value, number.unit, _label(text, quantity), number.approximate, printed
            )
        )
        if number.unit in RATES:
            continue
        quantity.domain = domain_of(quantity, quantity.content, sibling, place.topic, words)
        if (
            ("business" in quantity.inherited or any("business" in concepts for concepts in quantity.thing))
            and quantity.parent is None
            and quantity.content.isdisjoint(words.of_requests | {"strong", "respond", "hot_topic"})
            and (quantity.content.isdisjoint(categories) or quantity.beside.isdisjoint(categories))
        ):
            quantity.domain = "business"
        if (
            quantity.domain == "requests"
            and not here.counts()
            and quantity.around != "requests"
            and quantity.content.isdisjoint(words.of_requests - words.exclusive["ground"])
        ):
            quantity.domain = None  # applications for something else
        sibling = quantity.domain
        planned = (place.topic == "problems" and not _told_as_a_fact(text, sentence, quantity)) or (
            state.planning == sentence.paragraph and number.start > state.planning_from
        )
        if planned or quantity.status not in (LEVEL, CUMULATIVE):
            continue
        spoken_of = context
        if supports and quantity.domain in _SUPPORTING:
            spoken_of = frozenset({"sentence", "section", "paragraph", "support"})
        for sense in senses(quantity, quantity.domain, spoken_of, state.year, words):
            if quantity.status == CUMULATIVE and not sense.metric.startswith(_CUMULATIVE_METRICS):
                continue
            if classified and sense.metric in _CLASSES and not quantity.words & (_ASKED | {"granted"}):
                if quantity.parent is not None and quantity.parent.words & {"info", "gov_info"}:
                    of_class = Sense(_CLASSES[sense.metric], "total", 1)
                    add(state, here, of_class, number, id(quantity.parent), quantity.status)
                continue
            if _of_something_wider(text, sense, quantity, clauses.quantities):
                continue
            if sense.metric.startswith(_REFUSED) and _DISCLOSED_ALL_THE_SAME.match(text, number.end):
                continue
            quantity.metric = sense.metric
            if sense.metric.startswith(_OF_REQUESTS):
                state.asked = here.position
            if sense.metric == "disclosure.total" and sense.strength == 2 and quantity.status == LEVEL:
                state.overall = quantity
            if sense.metric.startswith("requests.channel.") and _all_came_so(quantity):
                group = id(quantity.parent) if quantity.parent else 0
                add(state, here, Sense("requests.received.new", "total", 1), number, group, quantity.status)
            group = id(quantity.parent) if quantity.parent else 0
            if sense.metric == "disclosure.channel.website" and _says_all(state.text, quantity):
                add(state, here, Sense("disclosure.total", "total", 1), number, group, quantity.status)
            # 通过政府信息公开网公开215条，…共公开217条: what one website carried, where the total is told too
            website = sense.metric == "disclosure.total" and sense.strength == 1 and "portal" in quantity.content
            otherwise = "disclosure.channel.website" if website and "total" not in quantity.content else None
            add(state, here, sense, number, group, quantity.status, otherwise)
            alone = quantity.parent is None and "attend" not in quantity.beside
            if alone and sense.metric in _OF_PRINCIPAL:  # 主要负责人做客在线访谈1次
                attended = sense.metric.replace(".principal", ".total")
                add(state, here, Sense(attended, "total", 1), number, group, quantity.status)
            if sense.metric in _WITH_PRINCIPAL and {"chief", "attend"} <= quantity.words:  # 局长做客在线访谈1次
                principal = sense.metric.replace(".total", ".principal")
                add(state, here, Sense(principal, "total", 2), number, group, quantity.status)
            if (
                number.value
                and sense.metric.startswith(_REFUSED)
                and _ENDS_REFUSED.search(text, quantity.left, number.start)
            ):
                state.refusals.append((here, quantity))
            if sense.metric.startswith("fees.disclosure.charged_") and quantity.parent is None:
                add(state, here, Sense("fees.disclosure.charged", "total", 1), number, group, quantity.status)
            if sense.metric == "requests.closed.on_time" and _none_came_late(quantity, clauses):
                if "reply" in quantity.words:
                    add(state, here, Sense("requests.outcome.total", "total", 1), number, group, quantity.status)
                elif _EVERY_ONE.search(text, quantity.left, quantity.right):
                    add(state, here, Sense("requests.closed.total", "total", 1), number, group, quantity.status)
    all_by_one_channel(state, here, clauses)
    all_of_them(state, here, clauses)
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
    state.before = _totals(clauses.quantities) or state.before
    state.beside = frozenset().union(*(quantity.words for quantity in clauses.quantities), frozenset())
    state.sibling = sibling


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


def _all_came_so(quantity: Quantity) -> bool:
    """收到公民通过政务服务网提交的公开申请5件: the way of all of them, unless others are told of."""
    return (
        quantity.parent is None
        and {"receive", "request"} <= quantity.words
        and quantity.words.isdisjoint({"written", "business"})
        and quantity.beside.isdisjoint(
            {"via_in_person", "via_network", "via_email", "via_letter", "via_fax", "request"}
        )
    )


def _says_all(text: str, quantity: Quantity) -> bool:
    """通过网站主动公开政府信息共计174条: the website is named as the way of all of it."""
    printed = text[quantity.left : quantity.number.start]
    return "strong" in quantity.words and quantity.parent is None and _IN_ALL.search(printed) is not None


_IN_ALL = re.compile(r"[共合总]计|总数|共(?!享)")


_EVERY_ONE = re.compile(r"均|全部|都(?=[已在按])")  # 3件申请均在法定期限内办结


def _none_came_late(quantity: Quantity, clauses: Clauses) -> bool:
    """已按时答复10件: all replies, unless others are told of that came late."""
    if quantity.words.isdisjoint({"reply", "close"}) or quantity.parent is not None:
        return False
    return not any("extended" in token.concepts for token in clauses.tokens)


def _totals(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a sentence that a following one may divide: 办理39件，其中新收37件。新收申请中，网络24件，…"""
    return [
        q
        for q in quantities
        if (
            q.parent is None or q.enumerated or q.metric == "requests.received.new"
        )  # 办理39件，其中新收37件。新收申请中，…
        and q.number.unit not in RATES
        and q.status != CHANGE
    ]


def _enumerated_parts(state: State, quantities: Sequence[Quantity], *, of_lines: bool) -> None:
    """1、…类信息共计11条，占信息总量的11.3%: a numbered line continues the total of items disclosed above the list.

    So do the numbers behind it that name categories (招标采购信息15条，应急管理信息9条) or stand in lines of a list.
    """
    total, first = state.overall, quantities[0]
    if total is None or first.parent is not None or total is first or total.number.unit != first.number.unit:
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
    if not total.lists:
        total.lists.append([])
    for quantity in quantities:
        if quantity is first or (
            quantity.parent is None
            and quantity.number.unit == first.number.unit
            and (of_lines or (first.content & categories and quantity.content & categories))
        ):
            quantity.parent = total
            quantity.enumerated = True
            total.lists[-1].append(quantity)


_ONLY_A_NUMBER = re.compile(r"[为是共：:\s]*[\d０-９]+\s?\w{0,2}[。；;]?")  # 四、行政复议数量 / 0件


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


def _label(text: str, quantity: Quantity) -> str:
    """What a number counts, as far as the words say: the words before it, and behind it where they name the thing."""
    number = quantity.number
    before = _TRIM.sub("", text[quantity.left : number.start])
    behind = _TRIM.sub("", text[number.end : quantity.right])
    return f"{before}{behind}"[:80]


def _zeros(state: State, here: Here) -> None:
    text, sentence = state.text, here.sentence
    found = denials.zeros(text, sentence, here.tokens, here.place.heading, here.about_requests(), state.words)
    if not found or here.place.topic == "problems":
        return
    if state.planning == sentence.paragraph and sentence.start > state.planning_from:
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
            if metric.startswith(_OF_REQUESTS):
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
    r"未(?:再)?收取?(?:检索|复[制印]|邮寄)费(?:[、和及](?:检索|复[制印]|邮寄)费)?(?=[。，；]|$)"
)
_WAY_METRICS = {
    "via_in_person": "requests.channel.in_person",
    "via_network": "requests.channel.network",
    "via_email": "requests.channel.email",
    "via_letter": "requests.channel.letter",
    "via_fax": "requests.channel.fax",
    "via_other": "requests.channel.other",
}


def _denied_metrics(
    state: State,
    zero: denials.Zero,
    spoken: frozenset[str],
    context: bool,
) -> Iterator[str]:
    kinds = zero.words & _FEE_KINDS.keys()
    if zero.concept == "charge" and kinds and _ONLY_THESE_FEES.search(state.text, zero.start, zero.end + 12):
        yield from (_FEE_KINDS[kind] for kind in sorted(kinds))
        return
    named = zero.words & _WAY_METRICS.keys() if "written" not in zero.words else frozenset()
    if zero.concept == "request" and named and (len(named) == 1 or "via_network" not in named):
        yield from (_WAY_METRICS[way] for way in sorted(named))
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
