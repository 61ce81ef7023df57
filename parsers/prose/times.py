"""The time of a number: this year's level, a change, last year's figure, a sum of years, a plan."""

from __future__ import annotations

import re
from bisect import bisect_left

from parsers.numbers import Number
from parsers.prose.lexicon import Token
from parsers.prose.quantities import ASIDE, BOOK_TITLE, BREAK, CHANGE, CUMULATIVE, LEVEL, PLAN, PRIOR, RATE
from parsers.prose.sentences import Sentence

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d|[１２][０９][０-９]{2}|二[〇○零]一?[〇○零一二三四五六七八九]{1,2})\s?[-—至]?\s?年(?!以上)"
)
_COMPARED = re.compile(r"(?:[较比与和同跟]|相比于|相对于|对比)\s?$")
_CHINESE_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


# a column of the form of 2019: 上一年项目数量, 本年增/减
_OF_THE_FORM = re.compile(r"项目|[为有是]?\s?\d+\s?项[，,](?:本年|未)")
_A_PLAN = re.compile(r"(?:行动|发展|工作|实施|三年|五年|年度|“[^”]*”)$")  # 就“健康某地”行动计划召开新闻发布会


def times_of(text: str, sentence: Sentence, tokens: list[Token], year: int | None) -> list[tuple[int, str]]:
    """Positions where the sentence changes its time, with the status of what follows."""
    found: list[tuple[int, str]] = []
    titles = [match.span() for match in BOOK_TITLE.finditer(text, sentence.start, sentence.end)]
    for match in _YEAR.finditer(text, sentence.start, sentence.end):
        if any(a <= match.start() < b for a, b in titles) or text[match.start() - 1 : match.start()] in (
            "〔",
            "[",
            "（",
            "(",
        ):
            continue
        if _CARRIED.match(text, match.end(), sentence.end) or _TURNED.search(text, match.start() - 4, match.start()):
            continue  # 其中1件为2020年结转, 公开2015年部门决算26条, 对2024年底前印发的36件进行清理
        if _COMPARED.search(text[max(sentence.start, match.start() - 4) : match.start()]):
            found.append((match.start(), "compared"))
            continue
        named = int("".join(_CHINESE_DIGITS.get(c, c) for c in match[1]))
        opens_span = text[max(sentence.start, match.start() - 1) : match.start()] in ("自", "从")
        if year is None or named == year:
            found.append((match.start(), LEVEL))
        elif opens_span:
            found.append((match.start(), "span"))
        else:
            found.append((match.start(), PRIOR if named < year else PLAN))
    for token in tokens:
        concepts = token.concepts
        if "last_year" in concepts:
            if _OF_THE_FORM.match(text, token.end) or _CARRIED.match(text, token.end, sentence.end):
                continue  # 上一年项目数量, a column of the form; 上年无结转
            compared = _COMPARED.search(text[max(sentence.start, token.start - 4) : token.start])
            found.append((token.start, "compared" if compared else PRIOR))
        elif _THEN.match(text, token.start) and found and found[-1][1] == PRIOR:
            found.append((token.start, LEVEL))  # 由去年的4件升至11件，工作人员只有1名
        elif "this_year" in concepts:
            found.append((token.start, LEVEL))
        elif "since" in concepts:
            found.append((token.start, CUMULATIVE))
            if text.startswith("历年", token.start):  # 申请6件，历年累计31件，其中网络申请4件
                stop = BREAK.search(text, token.end, sentence.end)
                found.append((stop.start() if stop else sentence.end, LEVEL))
        elif "plan" in concepts and not _A_PLAN.search(text, max(0, token.start - 4), token.start):
            found.append((token.start, PLAN))
    found.sort()
    return _closed_with_their_brackets(text, _spans(text, found, sentence), sentence)


def _closed_with_their_brackets(text: str, times: list[tuple[int, str]], sentence: Sentence) -> list[tuple[int, str]]:
    """312件（去年为265件），上年结转9件: what is said of last year ends with the bracket."""
    for aside in ASIDE.finditer(text, sentence.start, sentence.end):
        if any(aside.start() < position < aside.end() for position, _ in times):
            before = next((kind for position, kind in reversed(times) if position < aside.start()), LEVEL)
            times = sorted([*times, (aside.end() - 1, before)])
    return times


_BEGUN = re.compile(r"[^，。；至到截]{0,12}起(?:开展|实施|施行|推行|正式)[^，。；]{0,20}，")
_SINCE = re.compile(r"[^，。；]{0,30}以来")
_TURNED = re.compile(r"(?:转|延期)[至到入]?$")
_CARRIED = re.compile(
    r"度?(?:[^，。；、\d]{0,6}(?:结转|转结|遗留|转入)|(?:部门|财政|单位)?(?:预|决)算|(?:部门)?[“\"]?三公|[底末]?以?前(?:[制印的]|下发|出台)|以来(?:的(?!累计)|制定|印发|出台))"
)


def _spans(text: str, found: list[tuple[int, str]], sentence: Sentence) -> list[tuple[int, str]]:
    """A span 自2008年…以来 is cumulative; 自2008年5月1日…至12月31日 is whatever its end says."""
    times: list[tuple[int, str]] = []
    for position, kind in found:
        if kind == "span":
            begun = _BEGUN.match(text, position, sentence.end)
            if _SINCE.match(text, position, sentence.end):
                times.append((position, CUMULATIVE))
            else:
                times.append((position, PRIOR))
            if begun:  # 自2004年5月1日起开展政府信息公开工作，配备兼职工作人员5名
                times.append((begun.end(), LEVEL))
        else:
            if (
                kind == CUMULATIVE
                and times
                and times[-1][1] == LEVEL
                and text[position - 30 : position].find("年") >= 0
            ):
                named = text[times[-1][0] : position]
                if _SINCE.match(text, times[-1][0], sentence.end) and "，" not in named:
                    continue  # 2017年以来 in the report for 2017
            times.append((position, kind))
    return times


# 4月和11月各开展1次业务培训
_EACH_OF_SEVERAL = re.compile(r"(?:\d月份?|季度|半年|年初|年[中底末])[^，。；]{0,6}(?:各|分别)(?!为)")


# 培训次数由1次增加到3次
_FROM = re.compile(r"[由从](?:原来|上年|去年|之前|最初)?的?$")
_THEN = re.compile(r"\s?(?:增|提|上?升|扩|减|下降|降|压|调)[^，。；\d]{0,4}[到至为]")


# 在局机关和疾控中心各设查阅点1处
_EACH_GETS = re.compile(
    r"[、和及][^，。；]{0,30}(?:设立|设置|建立|建成|配备|开设|设)[^，。；、]{1,14}各\s?$"
    r"|各(?:自|地)?(?:设|建|配备|明确|安排|确定|落实|指定)[^，。；、]{0,10}$"
)


_BETTER = frozenset({"提升", "提高", "降低"})
_DONE = frozenset({"strong", "disclose", "receive", "hold"})


def status_of(
    text: str, tokens: list[Token], starts: list[int], times: list[tuple[int, str]], left: int, number: Number
) -> tuple[str, int]:
    """Whether a number is this year's level or something else: a change, last year's figure, a sum of years, a plan.

    Also where the words stand that say so.
    """
    own = tokens[bisect_left(starts, left) : bisect_left(starts, number.start)]
    if _EACH_OF_SEVERAL.search(text, left, number.start) or _EACH_GETS.search(text, left, number.start):
        return RATE, left
    if _THEN.match(text, number.end) and _FROM.search(text, left, number.start):
        return PRIOR, left
    changed = levelled = compared = carried = better = False
    for token in own:
        if "change" in token.concepts:
            changed, levelled = True, False
            better = text[token.start : token.end] in _BETTER
        elif changed and better and token.concepts & _DONE:
            changed = False  # 围绕医疗质量提升等主动公开政府信息386条
        elif "level_to" in token.concepts:
            levelled = True
        elif token.concepts & {"each"}:
            return RATE, token.start
        elif "aim" in token.concepts:
            return PLAN, token.start
        elif token.concepts & {"carry", "carried_in", "carried_out"}:
            carried = True
            break
    if changed and not levelled and not carried:
        return CHANGE, left
    governing, since = LEVEL, -1
    for position, kind in times:
        if position >= number.start:
            break
        if kind == "compared":
            compared = position >= left
        else:
            governing, since, compared = kind, position, False
    if carried:  # 上年结转3件 is this year's, but not behind 2020年收到22件，
        return (PRIOR, since) if governing == PRIOR and since < left else (LEVEL, -1)
    if compared and not changed:
        return PRIOR, left
    return governing, since
