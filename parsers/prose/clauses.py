"""The grammar of quantities: the words that stand with a number, what it is a part of, whether it is this year's level.

A sentence is cut into its numbers and the words between them. A number's own words are those of its clause before it
(政府网站公开410条), or behind it where the clause before it names no thing (收到6件人大代表建议). A clause that
names only a verb takes the thing over from the clauses before (利用微信推送信息，共推送863条). 其中 and brackets
make the numbers that follow parts of the one before; 分别 deals a list of names out to a list of numbers; 均 and 各
give one number to several names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from parsers.numbers import Number
from parsers.prose.lexicon import Lexicon, Token
from parsers.prose.lists import PARTS, link_lists
from parsers.prose.quantities import (
    ASIDE,
    BREAK,
    CHANGE,
    CONNECTORS,
    CUMULATIVE,
    LEVEL,
    NAMES,
    RATE,
    WIDER,
    Clauses,
    Quantity,
    in_closed_brackets,
    outside_brackets,
)
from parsers.prose.sentences import Sentence
from parsers.prose.times import status_of, times_of

_CJK = re.compile(r"[一-鿿]")


def analyse(
    text: str,
    sentence: Sentence,
    tokens: list[Token],
    numbers: list[Number],
    lexicon: Lexicon,
    year: int | None,
    before: Sequence[Quantity],
) -> Clauses:
    """The quantities of a sentence with the words `tokens`. A sentence that opens with 其中 divides `before`."""
    starts = [token.start for token in tokens]
    numbers = [
        number
        for number in numbers
        if not _inside_a_word(number, tokens, starts)
        and not _says_how(text, max(sentence.start, number.start - 24), number.start)
    ]
    times = times_of(text, sentence, tokens, year)
    others = any("subordinate" in token.concepts for token in tokens)
    quantities: list[Quantity] = []
    consumed = sentence.start
    for position, number in enumerate(numbers):
        following = numbers[position + 1].start if position + 1 < len(numbers) else sentence.end
        left = _own_start(text, consumed, number.start)
        own = tokens[bisect_left(starts, left) : bisect_left(starts, number.start)]
        if _BEHIND_ASIDE.search(text, left, number.start) or _EXPLAINED.search(text, left, number.start):
            own = outside_brackets(text, own, left, number.start)
        if _ABOUT.match(text, left):  # 围绕育儿补贴发放等主动公开政府信息386条
            verb = next((i for i, token in enumerate(own) if "strong" in token.concepts), 0)
            own = own[verb:]
        right = number.end
        thing = _thing_start(own, left)
        counted = outside_brackets(text, [token for token in own if token.start >= thing], left, number.start)
        unknown = _unknown(text, thing, number.start, counted)
        of_units = number.unit in _UNIT_WORDS and _UNITS.match(text, number.end) is not None
        predicate = None if of_units else _PREDICATE.match(text, number.end, following)
        if predicate or (not of_units and not unknown and all(token.concepts <= lexicon.verbs for token in counted)):
            ends = _END_OF_THING if any("receive" in token.concepts for token in own) else BREAK
            right = _thing_behind(text, number.end, following, ends)
            behind = tokens[bisect_left(starts, number.end) : bisect_left(starts, right)]
            unknown = _unknown(text, number.end, right, behind)
            if predicate and predicate["part"]:
                own, counted = [], []
            own, counted = own + behind, counted + behind
        words = frozenset().union(*(token.concepts for token in own)) if own else frozenset()
        theme = outside_brackets(
            text, tokens[bisect_left(starts, consumed) : bisect_left(starts, left)], consumed, left
        )
        inherited: frozenset[str] = frozenset()
        if not of_units and (words <= lexicon.verbs or _is_place(text, theme, consumed, left)):
            inherited = frozenset().union(*(token.concepts for token in theme), frozenset()) & lexicon.inherited
            if "total" not in words:  # 部门预算、决算按时公开，共4条, but not 双公示信息（许可86条）
                inherited -= lexicon.exclusive["category"]
        if not inherited and words & {"disclose"} and words <= _OF_CHANNEL_BEFORE:
            inherited = _one_channel(text, theme, left)
        if quantities and not of_units:
            bare = not (inherited or unknown)
            inherited |= _from_before(text, quantities[-1], words, left, number, lexicon, bare=bare)
        if quantities and _of_counted_units(text, tokens, sentence, quantities, left, number):
            words |= {"subordinate", "of_others"}
        if quantities and "principal" in quantities[-1].words and text[quantities[-1].right : left] == "、":
            words |= {"principal"}  # 主要负责同志参加发布会2次、访谈1次
        status, since = status_of(text, tokens, starts, times, left, number)
        if "total" in words and words <= {"filler", "total"}:
            if any(q.content & {"carried_in", "carry"} for q in quantities[-2:]) and quantities[-1].status == LEVEL:
                status = WIDER  # 新收16件，上年结转1件，共17件
            elif quantities and _up_to_now(text, quantities[-1], left, number):
                status = CUMULATIVE
        if number.unit in ("个", "部", "项", None) and _is_no_count(text, number):
            status = RATE
        if year:
            words |= carried_year(text, left, right, year, carried=any("carry" in token.concepts for token in own))
        before_it = outside_brackets(text, tokens[: bisect_left(starts, left)], sentence.start, left) if others else []
        if others and _under_others(text, before_it, own, sentence.start, left):
            words |= {"subordinate", "of_others"}
        elif others and _by_others(text, own, left):
            words |= {"of_others"}
        thing_words = tuple(token.concepts for token in counted)
        quantity = Quantity(number, left, words, inherited, right, unknown, thing_words, status, since)
        quantities.append(quantity)
        consumed = right
    _label_all(text, sentence, tokens, quantities, lexicon)
    _name_business(text, sentence, tokens, quantities)
    link_lists(text, sentence, tokens, quantities, before, lexicon)
    _note_neighbours(quantities)
    return Clauses(sentence, tokens, quantities)


def _note_neighbours(quantities: Sequence[Quantity]) -> None:
    """Tell every number which concepts name the others of its sentence."""
    before: frozenset[str] = frozenset()
    for previous, quantity in pairwise(quantities):
        before |= previous.content
        quantity.beside, quantity.after = before, previous.words
        if previous.status == CHANGE:  # 行政许可上一年项目数量21项，本年减少3项，处理决定数量946件
            quantity.after |= previous.after
    behind: frozenset[str] = frozenset()
    for quantity, following in pairwise(reversed(quantities)):
        behind |= quantity.content
        following.beside |= behind


# ---------------------------------------------------------------- the words of a number


def _from_before(
    text: str,
    previous: Quantity,
    words: frozenset[str],
    left: int,
    number: Number,
    lexicon: Lexicon,
    *,
    bare: bool,
) -> frozenset[str]:
    """What a number takes over from the one before it; `bare`: it names no thing and has taken nothing over yet."""
    taken: frozenset[str] = frozenset()
    raised = {"level_to"} <= words <= {"level_to", "change", "filler"}  # 培训由1次增加到3次
    if bare and (words <= {"filler", "total", "amount"} or raised) and _continues(text, previous, left):
        taken = previous.content - {"total"}
        # 检索费14元，复制费22元，合计36元; but 微信推送44期，共186条
        if "total" in words and (number.unit == previous.number.unit or previous.number.unit not in _SITTINGS):
            taken = taken.difference(*lexicon.exclusive.values())
    elif bare and words <= _OF_CHANNEL_BEFORE and (words & {"disclose"} or text[previous.right : left] == "、"):
        taken = _channel_before(text, previous, number)
    if words.isdisjoint(HEAD_VERBS | {"repealed", "in_force"}) and text[previous.right : left].strip() == "、":
        taken |= previous.content & _SHARED_VERBS  # 制定规章草案1部、规范性文件16件
    return taken


def _up_to_now(text: str, previous: Quantity, left: int, number: Number) -> bool:
    """主动公开政府信息176条，累计567条; 同意公开3件（累计11件）: the second number is of all years."""
    if text[previous.right : left] in ("（", "("):
        return text.startswith("累计", left) and previous.status == LEVEL
    return (
        text.startswith("累计", left)
        and previous.status == LEVEL
        and previous.number.unit == number.unit
        and previous.parent is None
        and number.value > previous.number.value
        and _continues(text, previous, left)
        and "，" in text[previous.right : left]
    )


def _is_no_count(text: str, number: Number) -> bool:
    """共十一个部分 counts the report's parts, 纠错率为0 is a share."""
    if _COUNTS_THE_REPORT.match(text, number.end) or _ARRANGEMENTS.match(text, number.end):
        return True
    return number.unit is None and _A_RATE.search(text, max(0, number.start - 6), number.start) is not None


def carried_year(text: str, start: int, end: int, year: int, *, carried: bool) -> frozenset[str]:
    """结转2020年2件, 转2020年2件 and 延期至2020年 in the report for 2019 go to the next year."""
    turned = {int(match[1] or match[2]) for match in _TURNED_TO.finditer(text, start, end)}
    if year + 1 in turned:
        return frozenset({"carry", "next_year"})
    if not carried:
        return frozenset()
    named = {int(match[1]) for match in re.finditer(r"((?:19|20)\d\d)\s?年", text[start:end])}
    if year + 1 in named:
        return frozenset({"next_year"})
    return frozenset({"last_year"}) if year - 1 in named else frozenset()


_TURNED_TO = re.compile(r"(?:转|延期)[至到入]?\s?(20\d\d)\s?年|[于在]\s?(20\d\d)\s?年[^，。；]{0,4}(?:答复|办[理结])")
_A_RATE = re.compile(r"率(?:均?[为是]|达到?|[:：])?\s?$")
_ARRANGEMENTS = re.compile(r"制度|机制|措施|任务|原则")  # 与重要事项公示、重点工作通报四项制度结合
# 由概述、依申请公开、行政诉讼等共十一个部分组成: parts of the report, not cases
_COUNTS_THE_REPORT = re.compile(r"大?(?:部分|方面|章节?|板块|附件|附表)|(?<=部)分(?:组成|构成|内容|[，。；])")
_SITTINGS = frozenset({"次", "场", "场次", "期"})
_OF_CHANNEL_BEFORE = frozenset(
    {"disclose", "info", "gov_info", "filler", "total", "this_year", "piece", "document_word"}
)
_CROWD = frozenset({"人", "个", "名", "位", "次", "人次", "户"})


def _one_channel(text: str, theme: list[Token], left: int) -> frozenset[str]:
    """管理好“健康某县”公众号，全年发布信息923条: what the one channel of the clause before carried.

    A website only where the clause ends with it (一是县政府门户网站，发布信息151条).
    """
    named = frozenset().union(*(token.concepts for token in theme), frozenset()) & _CHANNELS
    if len(named) != 1:
        return frozenset()
    ends = theme[-1].concepts & named and text[theme[-1].end : left] in ("，", ",")
    return named & ({"wechat", "weibo", "website"} if ends else {"wechat", "weibo"})


_CHANNELS = frozenset({"website", "portal", "wechat", "weibo", "media", "gazette", "press", "other_ways"})


def _channel_before(text: str, previous: Quantity, number: Number) -> frozenset[str]:
    """公众号粉丝3.2万人，推送信息960条; 发布会4场，发布政府信息31条: what the channel of the number before carried."""
    if re.search(r"[；;。]", text[previous.number.end : number.start]):
        return frozenset()
    if previous.number.unit in _SITTINGS and number.unit not in _SITTINGS:
        return (previous.words | previous.inherited) & {"press", "gazette", "wechat", "weibo"}
    if (
        previous.number.unit not in {*_CROWD, None}
        or number.unit in _CROWD
        or previous.words & {"strong", "request", "hold"}
    ):
        return frozenset()
    return (previous.words | previous.inherited) & {"weibo", "wechat", "media"}


# （不同渠道和方式公开相同信息计1条）: how items are counted, not how many there are
_SAYS_HOW = re.compile(r"(?:单一|不同(?!意)|相同|同一|多个|多种|重复)[^，。；）)]{0,16}[计算记按为][^\d]{0,2}$")


def _says_how(text: str, start: int, end: int) -> bool:
    return not _HOW_ENDS.isdisjoint(text[max(start, end - 3) : end]) and bool(_SAYS_HOW.search(text, start, end))


_HOW_ENDS = frozenset("计算记按为")


def _inside_a_word(number: Number, tokens: list[Token], starts: list[int]) -> bool:
    """属于三类内部事务信息: the three counts nothing."""
    i = bisect_left(starts, number.start + 1) - 1
    return i >= 0 and tokens[i].end > number.end - 1 and tokens[i].end - tokens[i].start > number.end - number.start


def _own_start(text: str, start: int, end: int) -> int:
    """Where the clause of a number begins: behind the last break or mark of parts before it."""
    left = start
    for match in BREAK.finditer(text, start, end):
        left = match.end()
    for match in PARTS.finditer(text, left, end):
        left = match.end()
    while left < end and text[left] in " 　、和及与" and not text.startswith("及时", left):
        left += 1
    if left == end and left > start and _CLASS_BEFORE.search(text, start, left):  # 规划计划及统计数据类，21条
        return _own_start(text, start, left - 1)
    if left == end and left > start and text[left - 1] in "：:":  # 行政复议：0件
        label = _LABEL.search(text, start, left - 1)
        return label.start("label") if label else left
    if left == end and left > start + 1 and text[left - 1] in "（(":  # 当面申请（14件）和信函申请（5件）
        return _own_start(text, start, left - 1)
    if left > start and text[left - 1] in "）)" and _KIND.fullmatch(text, left, end):  # 无法提供（本机关不掌握）2件
        opening = max(text.rfind("（", start, left), text.rfind("(", start, left))
        if opening > start:
            return _own_start(text, start, opening)
    return left


# 公开政府信息数（不同渠道和方式公开相同信息计1条）为1125条: what the bracket explains names nothing
_EXPLAINED = re.compile(r"[（(](?:不?包括|不?含|不计)[^（）()]*[）)]")  # 专项经费（不包括政府网站建设维护经费）4万元
_ABOUT = re.compile(r"围绕|聚焦|针对|紧扣")
_BEHIND_ASIDE = re.compile(r"[）)]\s?(?:共|总)?[为是计共有]\s?$|计\s?\d\s?[条次件][）)]\s?$")
_SHARED_VERBS = frozenset({"issue", "disclose", "strong", "hold", "waived"})
_LABEL = re.compile(r"(?:[一二三四五六七八九十]{1,2}、)?(?P<label>[^，,；;。：:（）()\s]{2,14})$")
_CLASS_BEFORE = re.compile(r"(?:类|方面)的?(?:[（(][^（）()]*[）)])?[，,]$")
_KIND = re.compile(
    r"[类的等各方面信息申请答复式为是共计有数量\s]{0,6}"
)  # 政府文件（规范性文件）类信息43条, 信函（含EMS）申请61件


def _thing_start(own: list[Token], left: int) -> int:
    """Where the counted thing begins: behind the last verb of the clause."""
    for token in reversed(own):
        if token.concepts & HEAD_VERBS:
            return token.end
    return left


HEAD_VERBS = frozenset(
    {"receive", "handle", "close", "reply", "disclose", "strong", "hold", "issue", "set_up", "respond", "write"}
)


# 先后3次召开专题会议, 2名同志专门从事信息公开工作, 12个单位46人参加了培训: the clause goes on behind its number
_PREDICATE = re.compile(
    r"\s?(?:(?P<part>(?:信息员|工作人员|人员|同志|代表)?(?:参训|受训|参加|接受了?(?:培训)?))"
    r"|(?:结转|转入|转至)|(?:专职|兼职)(?:工作)?人员|(?:召开|举行|举办|组织|开展|专题|听取|研究)(?!.{0,6}\d)|(?:同志|工作人员|人员|民警|干部)?(?:专门|专职|兼职|具体)?(?:从事|负责|承担|经办)|(?:同志|民警|干部)(?:专职|兼职))"
)
_END_OF_THING = re.compile(r"[，,；;：:。！？（）()]|全部|均|都(?=[已在按以予是为来])")


def _thing_behind(text: str, start: int, end: int, ends: re.Pattern[str]) -> int:
    """Where the thing that is named behind a number ends; `start` if nothing is named there."""
    found = ends.search(text, start, end)
    stop = found.start() if found else end
    if stop - start > 40 or text[start : start + 1] in ("、", "中", ""):
        return start
    joined = CONNECTORS.search(text, start, stop)
    if joined and stop == end:  # 6件人大代表建议和10件政协提案
        stop = joined.start()
    return stop


def _unknown(text: str, start: int, end: int, tokens: list[Token]) -> int:
    """How many Chinese characters of a stretch are no word of the vocabulary, no name and no aside."""
    count, position = 0, start
    known = [(token.start, token.end) for token in tokens]
    names = [match.span() for match in NAMES.finditer(text, start, end)]
    names += [match.span() for match in ASIDE.finditer(text, start, end)]
    names += [match.span() for match in _PLACE.finditer(text, start, end)]
    if names:
        known = sorted(known + names)
    for begins, ends in known:
        count += len(_CJK.findall(text[position:begins]))
        position = max(position, ends)
    return count + len(_CJK.findall(text[position:end]))


# 西山区政府信息公开门户网站: whose website it is does not narrow down what it carries
_PLACE = re.compile(r"[一-鿿]{2,4}[省市县区旗镇乡](?=人民政府|政府|政务|卫生|卫健)")


def _is_place(text: str, theme: list[Token], start: int, left: int) -> bool:
    """Whether the words before the clause only say where (在互联网上，…): then they belong to the number."""
    printed = text[start:left].strip(" 　，,")
    return (
        0 < len(printed) <= 24
        and printed.startswith(("在", "通过", "利用", "依托", "借助"))
        and not any(token.concepts & HEAD_VERBS for token in theme)
    )


def _under_others(text: str, theme: list[Token], own: list[Token], start: int, left: int) -> bool:
    """Whether the subject of the clauses before is a subordinate unit (各医院设立公开栏，公开信息3200条)."""
    verb = next((token.start for token in own if token.concepts & HEAD_VERBS), left)
    if any("own_subject" in token.concepts for token in own) or _unknown(text, left, verb, []):
        return False
    under = False
    begin = start
    for token in theme:
        if "；" in text[begin : token.start] or ";" in text[begin : token.start]:
            under = False
        begin = token.end
        if "own_subject" in token.concepts:
            under = False
        elif "subordinate" in token.concepts and _SUBJECT.search(
            text, max(0, start - 1, token.start - 14), token.start
        ):
            under = True
    return under and "；" not in text[begin:left] and ";" not in text[begin:left]


def _of_counted_units(
    text: str, tokens: list[Token], sentence: Sentence, quantities: list[Quantity], left: int, number: Number
) -> bool:
    """全系统25家单位共发布信息1.9万条, 全区共有18个部门，新增…7412条: the subject is a number of units."""
    last = quantities[-1]
    if (
        last.number.unit in ("家", "所")
        and not BREAK.search(text, last.number.end, number.start)
        and not _TO_OTHERS.search(text, last.left, last.number.start)
    ):
        return True
    for unit in quantities:
        if unit.number.unit not in _UNIT_WORDS or not _UNITS.match(text, unit.number.end):
            continue
        if not _SUBJECT.search(text, max(0, sentence.start - 1, unit.number.start - 14), unit.number.start):
            continue
        if re.search(r"[；;。]", text[unit.number.end : left]) or in_closed_brackets(text, unit, left):
            continue
        if not any("own_subject" in t.concepts for t in tokens if sentence.start <= t.start < number.start):
            return True
    return False


_TO_OTHERS = re.compile(r"[对向为给]|组织")  # 对22家乡镇卫生院开展培训1次
_UNIT_WORDS = frozenset({"家", "所", "个"})
_UNITS = re.compile(r"[^，。；]{0,8}(?:单位|部门|乡镇|镇|街道|机构|医院|卫生院|县)")


def _by_others(text: str, own: list[Token], left: int) -> bool:
    """Whether a subordinate unit is the subject of the clause (市疾控中心举办培训班35期)."""
    verb = next((token.start for token in own if token.concepts & HEAD_VERBS), left)
    for token in own:
        if token.start >= verb or "own_subject" in token.concepts:
            return False
        if "subordinate" in token.concepts and _SUBJECT.search(text, max(0, left - 1, token.start - 14), token.start):
            return True
    return False


_SUBJECT = re.compile(r"(?:^|[，,；;：:。）)\s])[^，,；;：:。召举对向在为由与给让使督促指导组织要求把将]{0,12}$")


def _continues(text: str, previous: Quantity, left: int) -> bool:
    return len(text[previous.right : left].strip(" 　、，,和")) == 0


def _name_business(text: str, sentence: Sentence, tokens: list[Token], quantities: list[Quantity]) -> None:
    """行政许可方面，上一年项目数量28项，处理决定2316件: the row of the form of 2019 that the numbers stand in."""
    heads = list(_BUSINESS_LABEL.finditer(text, sentence.start, sentence.end))
    ends = [*(head.start() for head in heads[1:]), sentence.end]
    for head, until in zip(heads, ends, strict=False):
        named = (token.concepts for token in tokens if head.start("label") <= token.start < head.end("label"))
        label = frozenset().union(*named, frozenset()) & _BUSINESS
        for quantity in quantities:
            if head.end() <= quantity.number.start < until and quantity.content.isdisjoint(_BUSINESS):
                quantity.inherited |= label


_BUSINESS = frozenset({"license", "penalty", "coercion", "other_service", "admin_fee", "central_procurement"})
_BUSINESS_LABEL = re.compile(
    r"(?:^|(?<=[\n；;。，,、．.）)]))\s*(?P<label>行政许可|其[他它]对外管理服务(?:事项)?|行政处罚|行政强制|行政事业性收费|政府集中采购)"
    r"(?:方面|事项|情况)?[：:，,](?=\s*(?:上[一年]|当年|本年|处理决定|作出|收费金额))",
    re.MULTILINE,
)


def _label_all(
    text: str, sentence: Sentence, tokens: list[Token], quantities: list[Quantity], lexicon: Lexicon
) -> None:
    """（一）规章：制发0件，废止0件，现行有效0件: the label names the thing of every number behind it."""
    for head in _HEAD_LABEL.finditer(text, sentence.start, sentence.end):
        named = (token.concepts for token in tokens if head.start("label") <= token.start < head.end("label"))
        label = frozenset().union(*named, frozenset()) & lexicon.labels
        if len(label) != 1:
            continue
        stop = _ENDS_LABEL.search(text, head.end(), sentence.end)
        until = stop.start() if stop else sentence.end
        for quantity in quantities:
            if head.end() <= quantity.number.start < until and quantity.content.isdisjoint(lexicon.labels):
                quantity.inherited |= label


_HEAD_LABEL = re.compile(
    r"(?:^|(?<=[\n；;。]))\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．]{1,2}\s*)?(?P<label>[^，,。；;：:\d（）()]{2,12})[：:]",
    re.MULTILINE,
)
_ENDS_LABEL = re.compile(r"[；;。]")
