"""The prose of a report read: every quantity as a mention, those with a metric as figures, the arithmetic as checks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers.metrics import units
from parsers.model import Check, Figure, Finding, Meaning, Mention, Origin, Section, Severity
from parsers.numbers import Number, find_numbers, plain
from parsers.prose import arithmetic, denials
from parsers.prose.clauses import CHANGE, CUMULATIVE, LEVEL, Clauses, Quantity, analyse, words_of
from parsers.prose.lexicon import Lexicon, Token, lexicon
from parsers.prose.meaning import Sense, domain_of, find_rule, senses
from parsers.prose.sentences import Outline, Place, Sentence, sentences

LONGEST_TEXT = 200_000
"""Characters that are read; a report has some 5 000. A longer text is cut there, with a finding."""

_RATES = ("%", "百分点", "个百分点")
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_ALL = re.compile(r"均|全部|全都|都(?=[已在按以予是为])|皆|^\s?[为系]")
_STOCKS = ("org.staff.", "org.offices", "org.reading_points")  # since whenever, they are there now
_CUMULATIVE_METRICS = ("disclosure.total", "requests.received.new", *_STOCKS)
_CONTEXT_TOPICS = frozenset({"requests", "review_litigation", "fees"})
_CONTEXT = frozenset({"matter", "request", "strong", "gov_info", "granted", "partial", "refused", "waived"})
_CONTEXT_HEADING = frozenset({"request", "review", "litigation", "complaint", "charge", "processing_fee", "enquiry"})
_CONTEXT_TITLE = re.compile(r"《(?:中华人民共和国)?(?:政府信息公开)?条例》|信息公开条例")
_SUPPORT = re.compile(r"(?<!医疗)保障|监督检查|组织领导|队伍建设|培训|机构(?:建设|人员|和人员)|人员情况")
_OF_REQUESTS = ("requests.", "review.", "litigation.", "fees.")
_SUPPORTING = frozenset({"training", "organisation"})
_OTHER_CASES = re.compile(r"法治|法制|依法行政|卫生行政|办案|案卷|市场|企业|医疗")
_UNRELATED = re.compile(r"与[^，。；]{0,12}(?:无关|不相关)|不(?:涉及|计入)(?:政府|政务)?信息公开")
_TRIM = re.compile(r"^[\s　的了等、和及与为是共计]+|[\s　的了、和及与为是共计达]+$")


@dataclass(frozen=True, slots=True)
class ProseReading:
    """What the prose of a report says. Offsets are into the text that was read."""

    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    figure: Figure
    strength: int
    sentence: int
    group: int  # identity of the total that it is a part of, 0 for none
    otherwise: str | None = None  # the metric if the text states this one elsewhere with more certainty
    up_to_now: bool = False  # 截至年底累计: of all years where the text states a smaller number for the year


@dataclass(frozen=True, slots=True)
class _Here:
    """The sentence that is being read."""

    position: int
    sentence: Sentence
    place: Place
    printed: str
    tokens: list[Token]
    spoken: frozenset[str]
    headed: frozenset[str]  # concepts of the heading and of the label that opens the paragraph
    opening: str  # that label
    near: bool  # the sentence before counted requests for information or what followed from them
    paragraph: bool  # the paragraph speaks of disclosure

    def context(self) -> frozenset[str]:
        """Where disclosure is spoken of: in the sentence, in its section, or at least in its paragraph."""
        if _UNRELATED.search(self.printed):
            return frozenset()
        if self.spoken & _CONTEXT or _CONTEXT_TITLE.search(self.printed):
            return frozenset({"sentence", "section", "paragraph"})
        if self.near or self.place.topic in _CONTEXT_TOPICS or self.headed & _CONTEXT_HEADING:
            return frozenset({"section", "paragraph"})
        return frozenset({"paragraph"}) if self.paragraph else frozenset()

    def counts(self) -> bool:
        """Whether numbers of requests may stand here."""
        return "section" in self.context()

    def about_requests(self) -> bool:
        """Whether the section is about requests for information."""
        return self.place.topic == "requests" or "request" in self.headed

    def supports(self) -> bool:
        """Whether the heading announces the people and the training that disclosure rests on."""
        headings = f"{self.place.above}\n{self.place.heading}"
        return _SUPPORT.search(headings) is not None or _SUPPORT.search(self.opening) is not None


@dataclass(slots=True)
class _State:
    text: str
    year: int | None
    words: Lexicon
    mentions: list[Mention] = field(default_factory=list)
    candidates: list[_Candidate] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    totals: dict[int, Quantity] = field(default_factory=dict)
    overall: Quantity | None = None  # the latest total of items disclosed
    refusals: list[tuple[_Here, Quantity]] = field(default_factory=list)  # those told with their ground alone
    counted: list[tuple[int, Quantity]] = field(default_factory=list)  # totals of requests, each with its sentence
    before: Sequence[Quantity] = ()  # the totals that a sentence beginning with 其中 may divide
    beside: frozenset[str] = frozenset()  # concepts that name the numbers of the sentence before in its paragraph
    planning: int = -1  # the paragraph that has turned to next year's plans
    planning_from: int = 0
    sibling: str | None = None  # what the sentence before was about
    asked: int = -9  # the last sentence that counted requests, reviews or suits
    headings: dict[str, frozenset[str]] = field(default_factory=dict)

    def concepts_of(self, heading: str) -> frozenset[str]:
        """The concepts of a heading, looked up once."""
        if heading not in self.headings:
            tokens = words_of(heading, 0, len(heading), self.words)
            self.headings[heading] = frozenset().union(*(token.concepts for token in tokens), frozenset())
        return self.headings[heading]


def read_prose(text: str, sections: Sequence[Section], year: int | None) -> ProseReading:
    """Read the sentences of a report for `year`.

    `text` is the paragraphs of the report joined by line breaks, `sections` its sections with offsets into it. Money is
    converted to 元. An approximate number is a figure where the text states no exact one. Changes, other years'
    numbers, plans and the figures of subordinate units are mentions only.
    """
    cut = len(text) > LONGEST_TEXT
    text = text[:LONGEST_TEXT]
    state = _State(text, year, lexicon())
    outline = Outline(text, sections)
    numbers = list(find_numbers(text))
    starts = [number.start for number in numbers]
    doubts = list(denials.candidates(text))
    government = _GOVERNMENT.search(text, 0, 60) is not None
    plans = [match.start() for match in _PLANNING.finditer(text)]
    number_of_line = -1
    for position, sentence in enumerate(sentences(text, sections, sorted({*starts, *doubts, *plans}))):
        if sentence.paragraph != number_of_line:
            number_of_line = sentence.paragraph
            state.sibling = None
            state.beside = frozenset()
            if not sentence.numbered:
                state.before = ()
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
        printed = text[sentence.start : sentence.end]
        near = state.asked == position - 1 and "business" not in spoken and not _OTHER_CASES.search(printed)
        paragraph = _DISCLOSURE.search(text, *_line_around(text, sentence)) is not None
        opening = _OPENING.match(text, _line_around(text, sentence)[0])
        headed = state.concepts_of(place.heading) | state.concepts_of(opening["label"] if opening else "")
        here = _Here(
            position,
            sentence,
            place,
            printed,
            tokens,
            spoken,
            headed,
            opening["label"] if opening else "",
            near,
            paragraph,
        )
        if first < last:
            _quantities(state, here, numbers[first:last])
        if denied:
            _zeros(state, here)
    state.checks += arithmetic.breakdowns(text, list(state.totals.values()))
    if len(state.refusals) == 1:  # 因涉及第三方商业秘密不予公开1件 is all that was refused
        here, quantity = state.refusals[0]
        group = id(quantity.parent) if quantity.parent else 0
        _add(state, here, Sense(_REFUSED_TOTAL, "total", 1), quantity.number, group, quantity.status)
    figures, findings = _settle(state.candidates)
    if cut:
        message = f"Only the first {LONGEST_TEXT} characters were searched for figures"
        findings.append(Finding("prose.cut", Severity.WARNING, message, {"read": LONGEST_TEXT}))
    return ProseReading(tuple(state.mentions), tuple(figures), tuple(state.checks), tuple(findings))


# the report of a whole government counts what all its bodies did
_GOVERNMENT = re.compile(r"(?:人民政府|管委会|管理委员会)[^，。]{0,8}(?:政府信息公开|年度|年报|20\d\d)")
_ALL_BODIES = re.compile(
    r"全[省市县区州镇][^，。；]{0,4}(?:各级|各类|各部门|各单位|各乡镇|各镇)$|各级(?:各类|各部门|行政机关)?$"
)
_BY_ONE_CHANNEL = re.compile(r"[，,（(]\s?(?:以上信息)?(?:均|全部|都)[^，。；）)\d]{0,40}?(?:公开|发布|公布)")
_REFUSED = "requests.outcome.refused."
_DISCLOSED_ALL_THE_SAME = re.compile(
    r"[^；;。\d]{0,40}(?:部分|予以|同意)公开"
)  # 一件因涉及商业秘密，隐去报价后部分公开
_ENDS_REFUSED = re.compile(r"不(?:予|同意)公开的?\s?$")  # 因涉及第三方商业秘密不予公开1件
_REFUSED_TOTAL = "requests.outcome.refused.total"


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
_PLANNING = re.compile(r"下一步|今后工作|下阶段|改进措施|下一年度?(?:工作|，|我)|明年")
_OTHER_PART = re.compile(
    r"[一二三四五六七八九]、[^。]{0,20}(?:其[他它]|收费|复议|诉讼|附件|依申请|收到)|[（(][一二三四五六七八九][)）][^。]{0,12}情况"
)


def _plans(state: _State, sentence: Sentence, plans: list[int]) -> None:
    """Note where a paragraph turns to what is to be done next year, and where it turns back."""
    if state.planning == sentence.paragraph:
        if sentence.numbered and _OTHER_PART.match(state.text, sentence.start, sentence.end):
            state.planning = -1
        return
    i = bisect_left(plans, sentence.start)
    if i < len(plans) and plans[i] < sentence.end:
        state.planning, state.planning_from = sentence.paragraph, plans[i]


def _quantities(state: _State, here: _Here, numbers: list[Number]) -> None:
    text, words, sentence, place, printed = state.text, state.words, here.sentence, here.place, here.printed
    before = state.before
    if state.overall is not None and _OF_ALL_ITEMS.match(text, sentence.start, sentence.end):
        before = [state.overall]
    clauses = analyse(text, sentence, here.tokens, numbers, words, state.year, before)
    context = here.context()
    supports = here.supports()
    sibling = state.sibling if state.sibling == "requests" else None
    classified = _classifies(clauses.quantities)
    if sentence.numbered and clauses.quantities:
        _enumerated_parts(state, clauses.quantities)
    if len(clauses.quantities) == 1:  # 组织机构类15条。法规公文类38条。
        clauses.quantities[0].beside |= state.beside
    for quantity in clauses.quantities:
        number = quantity.number
        state.mentions.append(
            Mention(
                number.start, number.end, number.value, number.unit, _label(text, quantity), number.approximate, printed
            )
        )
        if number.unit in _RATES:
            continue
        quantity.domain = domain_of(quantity, quantity.content, sibling, place.topic, words)
        if (
            ("business" in quantity.inherited or any("business" in concepts for concepts in quantity.thing))
            and quantity.parent is None
            and quantity.content.isdisjoint(words.of_requests | {"strong", "respond"})
        ):
            quantity.domain = "business"
        if (
            quantity.domain == "requests"
            and not here.counts()
            and quantity.around != "requests"
            and quantity.content.isdisjoint(words.of_requests)
        ):
            quantity.domain = None  # applications for something else
        sibling = quantity.domain
        planned = place.topic == "problems" or (
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
            group = id(quantity.parent) if quantity.parent else 0
            if sense.metric == "disclosure.channel.website" and _says_all(state.text, quantity):
                _add(state, here, Sense("disclosure.total", "total", 1), number, group, quantity.status)
            # 通过政府信息公开网公开215条，…共公开217条: what one website carried, where the total is told too
            website = sense.metric == "disclosure.total" and sense.strength == 1 and "portal" in quantity.content
            otherwise = "disclosure.channel.website" if website and "total" not in quantity.content else None
            _add(state, here, sense, number, group, quantity.status, otherwise)
            if (
                number.value
                and sense.metric.startswith(_REFUSED)
                and _ENDS_REFUSED.search(text, quantity.left, number.start)
            ):
                state.refusals.append((here, quantity))
            if sense.metric.startswith("fees.disclosure.charged_") and quantity.parent is None:
                _add(state, here, Sense("fees.disclosure.charged", "total", 1), number, group, quantity.status)
            if sense.metric == "requests.closed.on_time" and _replied_to_all(quantity, clauses):
                _add(state, here, Sense("requests.outcome.total", "total", 1), number, group, quantity.status)
    _all_by_one_channel(state, here, clauses)
    _all_of_them(state, here, clauses)
    _what_became_of_cases(state, here, clauses)
    _lists_of_their_own(state, here, clauses.quantities)
    for quantity in clauses.quantities:
        if quantity.parent is not None:
            state.totals.setdefault(id(quantity.parent), quantity.parent)
    state.checks += arithmetic.percentages(text, clauses, state.overall)
    state.before = _totals(clauses.quantities) or state.before
    state.beside = frozenset().union(*(quantity.words for quantity in clauses.quantities), frozenset())
    state.sibling = sibling


_LISTS = (
    ("requests.outcome.", ("requests.outcome.total", "requests.closed.total", "requests.received.new")),
    ("requests.channel.", ("requests.received.new",)),
)
"""Families of metrics that divide a total, and the totals."""


def _lists_of_their_own(state: _State, here: _Here, quantities: Sequence[Quantity]) -> None:
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


def _of_something_wider(text: str, sense: Sense, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether the numbers beside it show that a quantity is not what its own words say.

    行政复议3件（其中信息公开类1件） counts all cases against the body; 通过报纸等媒体86条，通过网站350条 is one way of
    several; 监督员培训12次，培训560人次 are not those trained in disclosure.
    """
    i = quantities.index(quantity)
    if sense.metric in ("review.total", "litigation.total") and "matter" not in quantity.words:
        return _OF_THEM.match(text, quantity.number.end) is not None
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


_HEADS = ("人", "人次", "名", "位", "%")
_WAYS = frozenset({"website", "portal", "wechat", "weibo", "media", "through"})
_OF_THEM = re.compile(
    r"[件起宗例]?[，（(]\s?(?:其中)?[，:：]?(?:涉及?|有关|属于?)?(?:政府|政务)?信息公开(?:类|方面|的|案件|案|行政复议|行政诉讼|复议|诉讼)*(?:的)?\d"
)

_CLASSES = frozenset({"requests.received.new", "requests.outcome.refused.total", "requests.outcome.granted"})
_ASKED = frozenset({"receive", "reply", "close", "apply", "handle", "carry", "carried_in", "carried_out"})


def _classifies(quantities: Sequence[Quantity]) -> bool:
    """文件215份，其中主动公开89份，依申请公开30份，不予公开96份 sorts documents by openness; it counts no requests."""
    return any("strong" in q.words and "request" not in q.words for q in quantities) and any(
        q.words & {"request", "refused"} and not q.words & _ASKED for q in quantities
    )


def _says_all(text: str, quantity: Quantity) -> bool:
    """通过网站主动公开政府信息共计174条: the website is named as the way of all of it."""
    printed = text[quantity.left : quantity.number.start]
    return "strong" in quantity.words and quantity.parent is None and _IN_ALL.search(printed) is not None


_IN_ALL = re.compile(r"[共合总]计|总数|共(?!享)")


def _replied_to_all(quantity: Quantity, clauses: Clauses) -> bool:
    """已按时答复10件: all replies, unless others are told of that came late."""
    if "reply" not in quantity.words or quantity.parent is not None:
        return False
    return not any("extended" in token.concepts for token in clauses.tokens)


def _totals(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a sentence that a following sentence beginning with 其中 may divide."""
    return [
        q
        for q in quantities
        if (q.parent is None or q.enumerated) and q.number.unit not in _RATES and q.status != CHANGE
    ]


def _enumerated_parts(state: _State, quantities: Sequence[Quantity]) -> None:
    """1、…类信息共计11条，占信息总量的11.3%: a numbered line continues the total of items disclosed above the list.

    So do the numbers behind it that name categories (招标采购信息15条，应急管理信息9条).
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
            and first.content & categories
            and quantity.content & categories
        ):
            quantity.parent = total
            quantity.enumerated = True
            total.lists[-1].append(quantity)


def _share(text: str, quantity: Quantity) -> bool:
    return re.match(r"[，,（(]\s?占", text[quantity.number.end : quantity.number.end + 4]) is not None


def _label(text: str, quantity: Quantity) -> str:
    """What a number counts, as far as the words say: the words before it, and behind it where they name the thing."""
    number = quantity.number
    before = _TRIM.sub("", text[quantity.left : number.start])
    behind = _TRIM.sub("", text[number.end : quantity.right])
    return f"{before}{behind}"[:80]


def _amount(number: Number) -> tuple[int | float, str | None]:
    factor = _MONEY.get(number.unit or "")
    if factor is None:
        return number.value, number.unit
    return plain(Decimal(str(number.value)) * factor), "元"


def _add(
    state: _State, here: _Here, sense: Sense, number: Number, group: int, status: str, otherwise: str | None = None
) -> None:
    value, unit = _amount(number)
    if unit is None and units()[sense.metric] == "元":
        unit = "元"  # 收取的费用为0
    if isinstance(value, float) and unit != "元":
        return
    figure = Figure(
        metric=sense.metric,
        value=value,
        raw=state.text[number.start : number.end],
        meaning=Meaning.NUMBER if value else Meaning.ZERO,
        source=Origin.PROSE,
        evidence=here.printed,
        unit=unit,
        applicant=sense.applicant,
        period="cumulative" if status == CUMULATIVE and not sense.metric.startswith(_STOCKS) else "year",
        start=number.start,
        end=number.end,
        approximate=number.approximate,
    )
    up_to_now = _UP_TO_NOW.search(here.printed) is not None
    state.candidates.append(_Candidate(figure, sense.strength, here.position, group, otherwise, up_to_now))


_UP_TO_NOW = re.compile(r"(?:截[至止]|至)[^，。；]{0,14}[，,]?[^，。；]{0,10}累计")


def _all_by_one_channel(state: _State, here: _Here, clauses: Clauses) -> None:
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
            _add(state, here, Sense(rule.metric, "total", 2), number, id(quantity), LEVEL)


def _all_of_them(state: _State, here: _Here, clauses: Clauses) -> None:
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
                settled = settled or _ENDS_WITH_OUTCOME.search(clause[0]) or re.search("已", clause[0])
            if all_of is None and not settled:
                continue
            if denials.denies(clause[0]) or _THE_REST.search(text, base.right, end):
                continue
            if start in others:
                continue  # 6件均已答复
            parted = any(
                q.status == LEVEL
                and q.number.unit not in _RATES
                and base.right < q.number.end <= start
                and q.metric != base.metric  # 其中自然人4件、商业企业1件，均为网络申请
                for q in clauses.quantities
            )
            said_from = start + (all_of.end() if all_of else 0)
            _said_of_all(state, here, base, said_from, end, only_settled=parted)
        begin = next((q.right for q in clauses.quantities if q.number.start == stop), stop)


_IN_BRACKETS = re.compile(r"[（(][^（）()\d]{1,8}[）)]")  # 受理依申请公开1件（网络）
_ENDS_WITH_OUTCOME = re.compile(r"后?(?:予以|同意)(?:部分)?公开$")  # 1件，经征求第三方意见后予以部分公开
_BARE_OUTCOME = re.compile(r"\s?[已并]?(?:予以公开|同意公开|部分公开|不予公开)")  # 收到申请2件，已按期答复，予以公开
_THE_REST = re.compile(r"其余|余下|剩余|其他\d|另外?有?\d")


def _said_of_all(state: _State, here: _Here, base: Quantity, start: int, end: int, *, only_settled: bool) -> None:
    """What the words of a clause say of all requests received.

    With `only_settled` other numbers stand between: 予以公开6件、无法提供5件（均为不掌握） says of the 14 received
    only that they were replied to or closed.
    """
    said = (token.concepts for token in here.tokens if start <= token.start and token.end <= end)
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
        _add(state, here, Sense(rule.metric, "total", 2), number, id(base), LEVEL)


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


def _what_became_of_cases(state: _State, here: _Here, clauses: Clauses) -> None:
    """行政复议2件，均被维持; 诉讼1件，判决驳回; 无法提供6件，全部为不掌握: the outcome has the number of the cases."""
    groups = [state.words.exclusive[name] for name in ("kind", "result", "ground", "unable", "declined", "time")]
    counts = [quantity for quantity in clauses.quantities if quantity.number.unit not in _RATES]
    for i, quantity in enumerate(counts):
        following = counts[i + 1] if i + 1 < len(counts) else None
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
            _add(state, here, Sense(rule.metric, "total", 2), told, id(quantity), LEVEL)
            if group is groups[0]:  # 行政诉讼1件，为复议后起诉，尚未审结
                total = replace(quantity, metric=rule.metric)


_BEHIND_CASES = re.compile(r"[^；;。]*")


def _before_denial(said: str) -> str:
    """1宗，责令重新答复，没有被提起诉讼: up to the clause that denies something."""
    end = 0
    for clause in re.finditer(r"[，,]?[^，,]*", said):
        if denials.denies(clause[0].replace("未审结", "")):
            break
        end = clause.end()
    return said[:end]


def _zeros(state: _State, here: _Here) -> None:
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
        for metric in _denied_metrics(state, zero, here.spoken, context):
            if metric.startswith(_OF_REQUESTS):
                state.asked = here.position
            figure = Figure(
                metric=metric,
                value=0,
                raw=text[zero.start : zero.end],
                meaning=Meaning.ZERO,
                source=Origin.PROSE,
                evidence=here.printed,
                unit="元" if metric.startswith("fees.") else None,
                start=zero.start,
                end=zero.end,
            )
            state.candidates.append(_Candidate(figure, 2, here.position, 0))


_WAY_METRICS = {
    "via_in_person": "requests.channel.in_person",
    "via_network": "requests.channel.network",
    "via_email": "requests.channel.email",
    "via_letter": "requests.channel.letter",
    "via_fax": "requests.channel.fax",
}


def _denied_metrics(
    state: _State,
    zero: denials.Zero,
    spoken: frozenset[str],
    context: bool,
) -> Iterator[str]:
    named = zero.words & _WAY_METRICS.keys()
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


def _settle(candidates: Sequence[_Candidate]) -> tuple[list[Figure], list[Finding]]:
    """One figure for what the text says once; two that contradict one another both stay, with a finding."""
    by_metric: dict[tuple[str, str, str], list[_Candidate]] = defaultdict(list)
    for candidate in _with_their_period(candidates):
        figure = candidate.figure
        by_metric[figure.metric, figure.applicant, figure.period].append(candidate)
    figures: list[Figure] = []
    findings: list[Finding] = []
    others: list[_Candidate] = []
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


def _with_their_period(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
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


def _otherwise(others: Sequence[_Candidate], figures: Sequence[Figure]) -> Iterator[Figure]:
    """Second readings of numbers, each only where the text has a single one and states nothing else."""
    stated = {figure.metric for figure in figures}
    values = {(candidate.otherwise, candidate.figure.value) for candidate in others}
    for metric, value in values:
        if metric is None or metric in stated or sum(one == metric for one, _ in values) > 1:
            continue
        yield next(replace(c.figure, metric=metric) for c in others if (c.otherwise, c.figure.value) == (metric, value))


def _without_splits(group: Sequence[_Candidate]) -> list[_Candidate]:
    """Leave out numbers of one metric that stand side by side as parts of one list: none of them is the whole."""
    lists: dict[tuple[int, int], set[int | float | None]] = defaultdict(set)
    for candidate in group:
        lists[candidate.sentence, candidate.group].add(candidate.figure.value)
    return [candidate for candidate in group if len(lists[candidate.sentence, candidate.group]) == 1]
