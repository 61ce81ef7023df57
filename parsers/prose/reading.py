"""The prose of a report read: every quantity as a mention, those with a metric as figures, the arithmetic as checks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model import Check, Figure, Finding, Mention, Section, Severity
from parsers.numbers import find_numbers
from parsers.prose import arithmetic, denials
from parsers.prose.figures import number_figures
from parsers.prose.lexicon import lexicon
from parsers.prose.meaning import Sense
from parsers.prose.quantities import words_of
from parsers.prose.sentences import Outline, Sentence, sentences, with_lists_on_one_line
from parsers.prose.settling import settle
from parsers.prose.state import Here, State, add
from parsers.prose.zeros import zero_figures

LONGEST_TEXT = 200_000
"""Characters that are read; a report has some 5 000. A longer text is cut there, with a finding."""

_OTHER_CASES = re.compile(r"法治|法制|依法行政|卫生行政|办案|案卷|市场|企业|医疗")


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
            number_figures(state, here, numbers[first:last])
        if denied:
            zero_figures(state, here)
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
