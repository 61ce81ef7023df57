"""What is known while the sentences of a report are read: where a sentence stands, and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from parsers.metrics import units
from parsers.model import Check, Figure, Meaning, Mention, Origin
from parsers.numbers import Number, plain
from parsers.prose.lexicon import Lexicon, Token
from parsers.prose.meaning import Sense
from parsers.prose.quantities import CUMULATIVE, Quantity, words_of
from parsers.prose.sentences import Place, Sentence

RATES = ("%", "百分点", "个百分点")
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
STOCKS = ("org.staff.", "org.offices", "org.reading_points")  # since whenever, they are there now
_CONTEXT_TOPICS = frozenset({"requests", "review_litigation", "fees"})
OF_REQUESTS = ("requests.", "review.", "litigation.", "fees.")
WAYS_OF_REQUESTS = {
    "via_in_person": "requests.channel.in_person",
    "via_network": "requests.channel.network",
    "via_email": "requests.channel.email",
    "via_letter": "requests.channel.letter",
    "via_fax": "requests.channel.fax",
    "via_other": "requests.channel.other",
}
_ABOUT_IT = frozenset({"proactive"})
_CONTEXT = frozenset({"matter", "request", "strong", "gov_info", "granted", "partial", "refused", "waived"})
_CONTEXT_HEADING = frozenset({"request", "review", "litigation", "complaint", "charge", "processing_fee", "enquiry"})
_CONTEXT_TITLE = re.compile(r"《(?:中华人民共和国)?(?:政府信息公开)?条例》|信息公开条例")
_SUPPORT = re.compile(r"(?<!医疗)保障|监督检查|组织领导|队伍建设|培训|机构(?:建设|人员|和人员)|人员情况")
_UNRELATED = re.compile(r"与[^，。；]{0,12}(?:无关|不相关)|不(?:涉及|计入)(?:政府|政务)?信息公开")


@dataclass(frozen=True, slots=True)
class Candidate:
    figure: Figure
    strength: int
    sentence: int
    group: int  # identity of the total that it is a part of, 0 for none
    otherwise: str | None = None  # the metric if the text states this one elsewhere with more certainty
    up_to_now: bool = False  # 截至年底累计: of all years where the text states a smaller number for the year


@dataclass(frozen=True, slots=True)
class Here:
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
        return frozenset({"paragraph"}) if self.paragraph or self.place.topic in _ABOUT_IT else frozenset()

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
class State:
    text: str
    printed: str  # the same with the line breaks of its lists
    year: int | None
    words: Lexicon
    mentions: list[Mention] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    totals: dict[int, Quantity] = field(default_factory=dict)
    overall: Quantity | None = None  # the latest total of items disclosed
    refusals: list[tuple[Here, Quantity]] = field(default_factory=list)  # those told with their ground alone
    counted: list[tuple[int, Quantity]] = field(default_factory=list)  # totals of requests, each with its sentence
    remembered: list[tuple[int, Quantity]] = field(default_factory=list)  # the counts read, each with its sentence
    before: Sequence[Quantity] = ()  # the totals that a sentence beginning with 其中 may divide
    beside: frozenset[str] = frozenset()  # concepts that name the numbers of the sentence before in its paragraph
    listing: bool = False  # the lines are a list that a colon opened
    planning: int = -1  # the paragraph that has turned to next year's plans
    planning_from: int = 0
    sibling: str | None = None  # what the sentence before was about
    asked: int = -9  # the last sentence that counted requests, reviews or suits
    headings: dict[str, frozenset[str]] = field(default_factory=dict)

    def is_planned(self, sentence: Sentence, at: int) -> bool:
        """Whether the paragraph has turned to next year's plans before the offset `at`."""
        return self.planning == sentence.paragraph and at > self.planning_from

    def concepts_of(self, heading: str) -> frozenset[str]:
        """The concepts of a heading, looked up once."""
        if heading not in self.headings:
            tokens = words_of(heading, 0, len(heading), self.words)
            self.headings[heading] = frozenset().union(*(token.concepts for token in tokens), frozenset())
        return self.headings[heading]


def _amount(number: Number) -> tuple[int | float, str | None]:
    factor = _MONEY.get(number.unit or "")
    if factor is None:
        return number.value, number.unit
    return plain(Decimal(str(number.value)) * factor), "元"


def add(
    state: State, here: Here, sense: Sense, number: Number, group: int, status: str, otherwise: str | None = None
) -> None:
    value, unit = _amount(number)
    if unit is None and units()[sense.metric] == "元":
        unit = "元"  # 收取的费用为0
    if isinstance(value, float) and unit != "元":
        return
    figure = Figure(
        metric=sense.metric,
        value=value,
        raw=state.printed[number.start : number.end],
        meaning=Meaning.NUMBER if value else Meaning.ZERO,
        source=Origin.PROSE,
        evidence=state.printed[here.sentence.start : max(here.sentence.end, number.end)],
        unit=unit,
        applicant=sense.applicant,
        period="cumulative" if status == CUMULATIVE and not sense.metric.startswith(STOCKS) else "year",
        start=number.start,
        end=number.end,
        approximate=number.approximate,
    )
    up_to_now = _UP_TO_NOW.search(here.printed) is not None
    state.candidates.append(Candidate(figure, sense.strength, here.position, group, otherwise, up_to_now))


_UP_TO_NOW = re.compile(r"(?:截[至止]|至)[^，。；]{0,14}[，,]?[^，。；]{0,10}累计")
