"""Sections: the numbered headings of a report and the text under them.

Headings are recognised by number (一、 then （一） then 1. then （1）), by their place in the running count, and, where
a copy has lost its line breaks, by the words that these reports use as headings. Counting inside a sentence or
paragraph (「一、以…为着力点…二、严格按照…」) starts again at one, and that is how it is told from a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.model import Section

_NUMERAL = "一二三四五六七八九十"
_SMALL_TEXT = 2_000_000  # letters; a longer text is cut here, no report comes near

# What closes a number in the form of a heading: 一、 （一） 1. 第一部分 ㈠. The number is read backwards from there,
# which is many times as fast as a search for numbers.
_CLOSING = re.compile(r"[、．.）)㈠-㈩分章]")
_BEFORE_STOP = re.compile(rf"(?:(?P<one>[{_NUMERAL}]{{1,3}})|(?P<three>[0-9０-９]{{1,2}}))[ \t\u3000\u00a0]*$")
_BEFORE_BRACKET = re.compile(rf"[（(][ \t]*(?:(?P<two>[{_NUMERAL}]{{1,3}})|(?P<four>[0-9０-９]{{1,2}}))[ \t]*$")
_BEFORE_PART = re.compile(rf"第(?P<part>[{_NUMERAL}]{{1,3}})$")
_AFTER_PART = re.compile(r"[ \t\u3000:：、]*")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_CAN_PRECEDE = frozenset(_NUMERAL + " \t\u3000\u00a0部") | _DIGITS  # letters before a closing sign

# What stands directly before a number that is no heading: 第（一）项, 二十一、 read from 十一, 3.1、, 2012年1、2月.
_NOT_BEFORE = {
    "part": frozenset(),
    "circled": frozenset(),
    "one": frozenset(_NUMERAL + "第百千万"),
    "two": frozenset("第"),
    "four": frozenset("第"),
    "three": frozenset("0123456789.．年月第/-—~"),
}

# Rows of the statutory tables that are numbered like headings.
_TABLE_ROW = re.compile(r"[ \u3000]*(?:本年新收|上年结转|本年度办理结果|结转下年度|予以公开\s|部分公开[（(])")
_SPACE = " \t\u3000\u00a0\u200b\ufeff*#>·•○●◆■"
_WIDEST = 12  # letters before a stop in which its number stands, spaces included
_SENTENCE_END = "。！？!?"

# The words with which the sections of these reports begin (2007 art. 32, 2019 art. 50, the forms of 2019 and 2021).
_USUAL = re.compile(
    r"[ \t\u3000\u00a0]*(?:20\d\d年)?度?"
    r"(?:我[局委厅市区县]|本[局委厅市区县级机关单位]{1,3}|全[省市区县])?的?(?:"
    r"概[ \u3000]*[述况]|综述|总体|基本情况|工作概[况述]|前言|引言"
    r"|(?:政府|政务)?信息(?:主动)?公开(?:工作)?(?:的)?"
    r"(?:基本|总体|主要|组织|概|情况|制度|机构|收费|费用|申请|依申请|主动|存在|工作"
    r"|保密|监督|平台|复议|行政|统计|咨询|重点|公开|数量|及)"
    r"|主动公开|(?:政府信息)?依申请公开|(?:政府信息)?(?:公开)?申请(?:的)?(?:受理|办理|处理|情况|公开)"
    r"|收到和处理|受理和处理|(?:对)?公民|不予公开|免予公开|咨询(?:处理)?情况"
    r"|(?:政府信息)?(?:公开)?(?:收费|费用|收取)|(?:行政)?(?:复议|诉讼|申诉)"
    r"|(?:因|涉及|有关|关于)(?:政府)?信息公开|因.{0,8}申请"
    r"|(?:工作中?)?(?:存在|面临)(?:的)?(?:主要)?(?:问题|困难|不足)|(?:主要)?(?:问题|不足)(?:及|和|与|、)"
    r"|改进(?:措施|情况|工作)|下一步|今后|(?:其他|其它)(?:需要|有关|应|事项|情况)|需要(?:说明|报告)"
    r"|附[件表录:：]|(?:政府信息公开)?(?:工作)?(?:情况)?统计[报表]|(?:有关|相关)?(?:数据|附件)"
    r"|(?:加强)?(?:组织)(?:领导|机构)|(?:机构|制度)建设|重点领域|(?:政策)?解读|(?:主动)?回应|发布解读"
    r"|监督(?:保障|检查)|实施重大决策|行政审批|人大|建议提案"
    r")"
)

# Where a heading ends that runs on into its text without a break.
_HEADING_TAIL = re.compile(
    r"(?:概述|概况|综述|情况|措施|事项|打算|说明|设想|安排|问题|建设|领导|保障|计划|统计表|方向)(?![及和与、的]|说明|统计|概述|打算|建设|分析)"
)

_CLAUSE_END = re.compile(r"[。；;：:！？\n]|(?<=[\u4e00-\u9fff])[ \u3000]+(?=20\d\d|[\u4e00-\u9fff])")

# Topics by their words, the telling ones first: 因政府信息公开申请行政复议的情况 is about review, not requests. A word
# behind "^" only begins a heading, one before "$" only ends it.
_TOPICS: tuple[tuple[str, str], ...] = (
    ("review_litigation", "复议 诉讼 申诉"),
    ("fees", "收费 费用 减免 收取"),
    ("problems", "问题 不足 改进 整改 下一步 打算 努力方向 今后 设想 薄弱 工作计划 工作思路 工作重点$"),
    ("other", "^其他 ^其它 需要说明 需要报告 附件 附表 附录 统计表 名词解释 其他事项 其它事项 其他有关 其他情况"),
    ("requests", "依申请 申请公开 收到和处理 公开申请 申请受理 申请办理 申请处理 申请的受理 申请的办理 申请的处理"),
    ("requests", "不予公开 免予公开"),
    ("proactive", "主动公开 重点领域 公开内容 公开形式 公开方式 公开渠道 公开途径 公开数量 公开载体"),
    ("proactive", "公开的内容 公开的形式 公开的方式 公开的渠道 公开的途径 公开的数量 解读 回应"),
    ("proactive", "信息公开情况$ 信息公开的情况$"),
    ("overview", "概述 概况 综述 总体 基本情况 前言 引言 工作情况$ 组织领导 制度建设 组织机构"),
)
_TOPIC_WORDS: dict[str, list[tuple[int, str]]] = {}  # first letter → (rank, word) of the words of topics
for _rank, _word in enumerate(word for _, words in _TOPICS for word in words.split()):
    _TOPIC_WORDS.setdefault(_word.lstrip("^")[0], []).append((_rank, _word))
_TOPIC_OF_RANK = tuple(topic for topic, words in _TOPICS for _ in words.split())


@dataclass(slots=True)
class _Mark:
    kind: str  # one | two | three | four
    value: int
    number: str
    start: int
    after: int  # where the heading's words begin
    opens_line: bool
    opens_sentence: bool
    after_colon: bool
    usual: bool


_LABELLED = re.compile(r"(?<=..)[：:]")


def topic_of(heading: str) -> str | None:
    """The canonical topic of a heading; None for a heading of the authority's own field (卫生行政审批工作)."""
    flat = _LABELLED.split("".join(heading.split()), maxsplit=1)[0]  # 举报投诉数量：2件，均已整改
    best = len(_TOPIC_OF_RANK)
    for at, letter in enumerate(flat):
        for rank, word in _TOPIC_WORDS.get(letter, ()):
            begins, ends = word[0] == "^", word[-1] == "$"
            plain = word.strip("^$")
            if rank < best and flat.startswith(plain, at) and (not begins or at == 0):
                best = best if ends and at + len(plain) < len(flat) else rank
    return _TOPIC_OF_RANK[best] if best < len(_TOPIC_OF_RANK) else None


def number_of(numeral: str) -> int:
    """一 → 1, 十一 → 11, 二十 → 20."""
    if numeral.isdigit():
        return int(numeral)
    tens, found, ones = numeral.partition("十")
    if not found:
        return _NUMERAL.index(numeral[-1]) + 1
    return (_NUMERAL.index(tens[-1]) + 1 if tens else 1) * 10 + (_NUMERAL.index(ones[0]) + 1 if ones else 0)


def find_sections(text: str) -> tuple[Section, ...]:
    """The sections of a report's text, in reading order; offsets are into `text`.

    Level 1 is 一、 (or 第一部分), level 2 （一）, level 3 1., level 4 （1）. A report that numbers its main parts by
    （一） or 1. has those as level 1.
    """
    marks = list(_marks(text[:_SMALL_TEXT]))
    top = _choose_top([mark for mark in marks if mark.kind == "one"])
    kinds = ["one", "two", "three", "four"]
    if not top:
        for kind in ("two", "three"):
            top = _choose_top([mark for mark in marks if mark.kind == kind])
            if len(top) >= 3 and sum(mark.usual for mark in top) >= 2:
                kinds = kinds[kinds.index(kind) :]
                break
            top = []
    if not top:
        return ()
    chosen = [(1, mark) for mark in top]
    for inside in _between(marks, [mark.start for mark in top]):
        chosen += _choose_inner(inside, kinds[1:], 2)
    return tuple(_sections(text, sorted(chosen, key=lambda pair: pair[1].start)))


def _marks(text: str) -> Iterator[_Mark]:
    for match in _CLOSING.finditer(text):
        end = match.end()
        previous = text[match.start() - 1 : match.start()]
        if previous not in _CAN_PRECEDE and not "㈠" <= match[0] <= "㈩":
            continue
        found = _number_before(text, match)
        if found is None:
            continue
        kind, numeral, start = found
        if start and text[start - 1] in _NOT_BEFORE[kind]:
            continue
        if kind == "one" and _TABLE_ROW.match(text, end):
            continue
        if kind in ("two", "four") and text[end : end + 1] in ("、", ".", "．"):
            end += 1
        elif kind == "part":
            end = _AFTER_PART.match(text, end).end()  # type: ignore[union-attr]  # matches the empty string too
        shown = numeral if kind in ("one", "three") else text[start : match.end()]
        before = start
        while before and text[before - 1] in _SPACE:
            before -= 1
        last = text[before - 1] if before else "\n"
        yield _Mark(
            kind="one" if kind == "part" else "two" if kind == "circled" else kind,
            value=ord(numeral) - ord("㈠") + 1 if kind == "circled" else number_of(numeral),
            number=shown,
            start=start,
            after=end,
            opens_line=last == "\n",
            opens_sentence=last == "\n" or last in _SENTENCE_END,
            after_colon=last in ":：",
            usual=_USUAL.match(text, end) is not None,
        )


def _number_before(text: str, closing: re.Match[str]) -> tuple[str, str, int] | None:
    """(kind, numeral, start) of the number that a closing sign ends, or None."""
    sign, at = closing[0], closing.start()
    if "㈠" <= sign <= "㈩":
        return "circled", sign, at
    if sign == "分" and text[at - 1 : at] == "部":
        at -= 1
    if sign in "）)":
        match = _BEFORE_BRACKET.search(text, max(0, at - 9), at)
    elif sign in "、．.":
        if sign != "、" and text[at + 1 : at + 2] in _DIGITS and text[at - 1] in _DIGITS:
            return None  # 3.5 and 2013.1.15
        match = _BEFORE_STOP.search(text, max(0, at - _WIDEST), at)
    else:
        match = _BEFORE_PART.search(text, max(0, at - 4), at)
    if match is None or match.lastgroup is None:
        return None
    return match.lastgroup, match[match.lastgroup], match.start()


def _choose_top(marks: Sequence[_Mark]) -> list[_Mark]:
    """The main headings among all numbers of one kind.

    Headings count on: 一, 二, 三 …, with a number printed twice or left out now and then. A number below the count
    opens an enumeration inside the section, and the numbers that count on from it belong to it unless they carry the
    words of a heading. Inside a line only numbers that fit the count are taken: behind a full stop with a heading's
    words, or anywhere with them where the page has lost its line breaks.
    """
    marks = _without_contents(marks)
    broken = sum(mark.opens_line for mark in marks) < 2  # the page has lost its line breaks
    next_line = _next_line_values(marks)
    chosen: list[_Mark] = []
    inner = 0  # the count of the enumeration we are in, 0 outside
    for position, mark in enumerate(marks):
        last = chosen[-1].value if chosen else 0
        expected = last + 1
        if inner and mark.value == inner + 1 and not (mark.usual and mark.value == expected):
            inner += 1
            continue
        if mark.opens_line:
            step_back = bool(chosen) and mark.value == last - 1 and mark.usual and mark.value > 1 and not inner
            fits = expected - 1 <= mark.value <= expected + 1 and mark.value > 0 and bool(chosen)
            fits = fits or (not chosen) or (mark.value > expected and mark.usual) or step_back
            if fits and not (mark.value == last and (inner or mark.value == 1)):
                chosen.append(mark)
                inner = 0
                continue
        elif mark.value == expected and (mark.usual or _opens_run(mark, marks, position, broken)):
            if mark.usual and (broken or mark.opens_sentence or not chosen or next_line[position] == expected + 1):
                chosen.append(mark)
                inner = 0
                continue
            if broken and mark.opens_sentence:
                chosen.append(mark)
                inner = 0
                continue
        if mark.value == 1 or (inner and mark.value == inner + 1):
            inner = mark.value
    return chosen


def _opens_run(mark: _Mark, marks: Sequence[_Mark], position: int, broken: bool) -> bool:
    """In a page without line breaks: a number behind a full stop whose successor in the count has a heading's words."""
    if not (broken and mark.opens_sentence):
        return False
    following = marks[position + 1 : position + 2]
    return bool(following) and following[0].value == mark.value + 1 and following[0].usual


def _next_line_values(marks: Sequence[_Mark]) -> list[int]:
    """For each mark the value of the next one that opens a line, 0 if none does: an inline number may fill a gap."""
    values = [0] * len(marks)
    for position in range(len(marks) - 2, -1, -1):
        later = marks[position + 1]
        values[position] = later.value if later.opens_line else values[position + 1]
    return values


def _without_contents(marks: Sequence[_Mark]) -> Sequence[_Mark]:
    """Drop a table of contents: the same count in short lines directly one after another before the text begins."""
    lines = [mark for mark in marks if mark.opens_line]
    ones = [number for number, mark in enumerate(lines) if mark.value == 1 and mark.usual]
    if len(ones) < 2 or ones[0] != 0:
        return marks
    contents = lines[: ones[1]]
    width = contents[-1].start - contents[0].start
    if len(contents) >= 3 and width <= 45 * len(contents) and len(lines) - len(contents) >= len(contents):
        return [mark for mark in marks if mark.start >= lines[ones[1]].start]
    return marks


def _choose_inner(marks: Sequence[_Mark], kinds: Sequence[str], level: int) -> list[tuple[int, _Mark]]:
    """The headings under one section: numbers that open a line or a sentence and count on from one."""
    if not kinds or not marks:
        return []
    chosen: list[_Mark] = []
    for mark in marks:
        if mark.kind != kinds[0]:
            continue
        last = chosen[-1].value if chosen else 0
        opens = mark.opens_sentence or mark.usual or (mark.after_colon and mark.value == 1)
        in_line = mark.kind == "two" and mark.value == last + 1 and opens
        if in_line or (mark.opens_line and (mark.value == 1 or last - 1 <= mark.value <= last + 2)):
            chosen.append(mark)
    out = [(level, mark) for mark in chosen]
    for inside in _between(marks, [marks[0].start - 1, *(mark.start for mark in chosen)]):
        out += _choose_inner(inside, kinds[1:], level + 1)
    return out


def _between(marks: Sequence[_Mark], edges: Sequence[int]) -> Iterator[Sequence[_Mark]]:
    """The marks behind each edge and before the next one; every edge but the first is the start of a mark."""
    starts = [mark.start for mark in marks]
    cuts = [bisect_right(starts, edge) for edge in edges]
    for first, last in pairwise(cuts):
        yield marks[first : last - 1]
    yield marks[cuts[-1] :]


def _sections(text: str, chosen: Sequence[tuple[int, _Mark]]) -> Iterator[Section]:
    ends: list[int] = [len(text)] * len(chosen)
    open_: list[tuple[int, int]] = []  # (level, index)
    for index, (level, mark) in enumerate(chosen):
        while open_ and open_[-1][0] >= level:
            ends[open_.pop()[1]] = mark.start
        open_.append((level, index))
    for index, (level, mark) in enumerate(chosen):
        stop = chosen[index + 1][1].start if index + 1 < len(chosen) else len(text)
        heading = _heading_at(text, mark, min(stop, ends[index]))
        # an item of a list, not a heading
        item = level > 1 and (_COUNTS.search(heading) is not None or (level > 2 and len(heading) > 20))
        topic = None if item else topic_of(heading)
        yield Section(index, level, mark.number, heading, topic, mark.start, ends[index])


_COUNTS = re.compile(r"\d\s?(?:次|场|条|件|期|篇|人|份)")  # （三）举行新闻发布会2次，通报医改进展


def _heading_at(text: str, mark: _Mark, stop: int) -> str:
    """The words of a heading: its line if short, else up to the first stop, else up to a usual last word (…情况)."""
    line_end = text.find("\n", mark.after, stop)
    line = text[mark.after : line_end if line_end >= 0 else stop].strip(_SPACE + "\r")
    if mark.opens_line and len(line) <= 45 and not re.search(r"[。；;！？]", line.rstrip("。；;:：")):
        return line.rstrip("。；;:：.")
    clause = _CLAUSE_END.split(line[:120], maxsplit=1)[0]
    tail = _HEADING_TAIL.search(clause)
    if tail is not None and tail.end() < len(clause) and _USUAL.match(clause):
        return clause[: tail.end()]
    if len(clause) <= 30:
        return clause
    return re.split(r"[，,]", clause, maxsplit=1)[0][:40]
