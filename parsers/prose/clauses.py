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
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.numbers import Number
from parsers.prose.lexicon import Lexicon, Token
from parsers.prose.sentences import Sentence

LEVEL, CHANGE, PRIOR, CUMULATIVE, PLAN, RATE = "level", "change", "prior", "cumulative", "plan", "rate"
WIDER = "wider"  # of more bodies than the one that reports, or of this year's requests and those carried over

# the brackets of 专（兼）职人员 break nothing
_BREAK = re.compile(r"[，,；;：:。！？]|(?<!专)[（(]|(?<!专（兼)(?<!专\(兼)[）)]")
_PARTS = re.compile(
    r"其中|包括|主要有|按[^，。；：]{1,10}?分(?!别)|从[^，。；：]{1,12}?(?:来看|看)|分别[是为]|(?:信息|申请|件|案件)中(?=[，,、])|"
    r"(?:申请|提交|受理|接收)?(?:方式|形式|渠道|途径)(?:分别)?[为是](?=[^，。；]{2})|(?:类别|种类|渠道|形式|途径|方式|载体)(?:方面)?[：:]"
)
_NAMES = re.compile(
    r"《[^》\n]{0,120}》"
    r"|[“\"「][^”\"」，。\n]{1,14}[”\"」]\s?(?=(?:官方|政务|新浪|腾讯)?(?:微信|微博|公众号|订阅号|头条|抖音|网|新媒体|客户端))"
)
_BOOK_TITLE = re.compile(r"《[^》\n]{0,120}》")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d|[１２][０９][０-９]{2}|二[〇○零]一?[〇○零一二三四五六七八九]{1,2})\s?[-—至]?\s?年(?!以上)"
)
_COMPARED = re.compile(r"(?:[较比与和同跟]|相比于|相对于|对比)\s?$")
_CONNECTORS = re.compile(r"[、]|以?及|和|与|或者?")
_CJK = re.compile(r"[一-鿿]")
_CHINESE_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


@dataclass(slots=True)
class Quantity:
    """A number of a sentence with what the grammar found out about it."""

    number: Number
    left: int  # where its own words begin
    words: frozenset[str]  # concepts of its own words
    inherited: frozenset[str]  # concepts taken over by ellipsis
    right: int  # where its words behind the number end; number.end if it has none
    unknown: int  # Chinese characters of the counted thing that are no word of the vocabulary
    thing: tuple[frozenset[str], ...]  # the words that name the counted thing
    status: str
    since: int = -1  # where the words stand that make it so; -1 if nothing says
    parent: Quantity | None = None
    lists: list[list[Quantity]] = field(default_factory=list)  # the lists of its parts
    mixed: bool = False  # its lists go on with numbers of another unit
    enumerated: bool = False  # it heads a numbered line that continues the total above the list
    names: tuple[frozenset[str], ...] = ()  # several names that each have this value (均, 各)
    metric: str | None = None
    domain: str | None = None
    around: str | None = None  # the domain of the list or the clause before, if there is one
    beside: frozenset[str] = frozenset()  # concepts that name the other numbers of its sentence
    after: frozenset[str] = frozenset()  # concepts that name the number before it

    @property
    def content(self) -> frozenset[str]:
        """Own and inherited concepts together."""
        words = self.words | self.inherited
        return words - {"through"} if words & {"portal", "all_ways"} else words


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence analysed: its words and its quantities."""

    sentence: Sentence
    tokens: list[Token]
    quantities: list[Quantity]


def words_of(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The vocabulary words of a stretch of text, names of documents left out, 政府信息公开申请行政复议 told apart."""
    tokens = lexicon.tokens(text, start, end)
    titles = [match.span() for match in _BOOK_TITLE.finditer(text, start, end)]
    if titles:
        tokens = [t for t in tokens if "gazette" in t.concepts or not any(a <= t.start < b for a, b in titles)]
    return requests_that_only_qualify(text, tokens)


_QUALIFIED = frozenset({"processing_fee", "review", "litigation", "complaint", "charge", "waived"})


def requests_that_only_qualify(text: str, tokens: list[Token]) -> list[Token]:
    """因政府信息公开申请提起行政诉讼 is about a suit: the request in it only says which."""
    for i, token in enumerate(tokens):
        if "request" not in token.concepts:
            continue
        for later in tokens[i + 1 : i + 6]:
            gap = text[token.end : later.start]
            if len(gap) > 10 or _CONNECTORS.search(gap) or _BREAK.search(gap):
                break
            if later.concepts & _QUALIFIED:
                tokens[i] = Token(token.start, token.end, frozenset({"matter"}))
                break
            if not later.concepts & {"filler", "raise", "info", "gov_info", "handle", "apply", "matter"}:
                break
            if _CONNECTORS.fullmatch(text[later.start : later.end]):
                break
    return tokens


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
    times = _times(text, sentence, tokens, year)
    others = any("subordinate" in token.concepts for token in tokens)
    quantities: list[Quantity] = []
    consumed = sentence.start
    for position, number in enumerate(numbers):
        following = numbers[position + 1].start if position + 1 < len(numbers) else sentence.end
        left = _own_start(text, consumed, number.start)
        own = tokens[bisect_left(starts, left) : bisect_left(starts, number.start)]
        if _BEHIND_ASIDE.search(text, left, number.start):
            own = _outside_brackets(text, own, left, number.start)
        right = number.end
        thing = _thing_start(own, left)
        counted = [token for token in own if token.start >= thing]
        unknown = _unknown(text, thing, number.start, counted)
        of_units = number.unit in _UNIT_WORDS and _UNITS.match(text, number.end) is not None
        predicate = None if of_units else _PREDICATE.match(text, number.end, following)
        if predicate or (not of_units and not unknown and all(token.concepts <= lexicon.verbs for token in counted)):
            ends = _END_OF_THING if any("receive" in token.concepts for token in own) else _BREAK
            right = _thing_behind(text, number.end, following, ends)
            behind = tokens[bisect_left(starts, number.end) : bisect_left(starts, right)]
            unknown = _unknown(text, number.end, right, behind)
            if predicate and predicate["part"]:
                own, counted = [], []
            own, counted = own + behind, counted + behind
        words = frozenset().union(*(token.concepts for token in own)) if own else frozenset()
        theme = _outside_brackets(
            text, tokens[bisect_left(starts, consumed) : bisect_left(starts, left)], consumed, left
        )
        inherited: frozenset[str] = frozenset()
        if not of_units and (words <= lexicon.verbs or _is_place(text, theme, consumed, left)):
            inherited = frozenset().union(*(token.concepts for token in theme), frozenset()) & lexicon.inherited
        if quantities and not of_units:
            bare = not (inherited or unknown)
            inherited |= _from_before(text, quantities[-1], words, left, number, lexicon, bare=bare)
        if quantities and _of_counted_units(text, tokens, sentence, quantities, left, number):
            words |= {"subordinate", "of_others"}
        if quantities and "principal" in quantities[-1].words and text[quantities[-1].right : left] == "、":
            words |= {"principal"}  # 主要负责同志参加发布会2次、访谈1次
        status, since = _status(text, tokens, starts, times, left, number)
        if "total" in words and words <= {"filler", "total"}:
            if inherited & {"carried_in", "carry"}:
                status = WIDER  # 新收16件，上年结转1件，共17件
            elif quantities and _up_to_now(text, quantities[-1], left, number):
                status = CUMULATIVE
        if number.unit in ("个", "部", "项", None) and _is_no_count(text, number):
            status = RATE
        if year:
            words |= _carried_year(text, left, right, year, carried=any("carry" in token.concepts for token in own))
        before_it = _outside_brackets(text, tokens[: bisect_left(starts, left)], sentence.start, left) if others else []
        if others and _under_others(text, before_it, own, sentence.start, left):
            words |= {"subordinate", "of_others"}
        elif others and _by_others(text, own, left):
            words |= {"of_others"}
        thing_words = tuple(token.concepts for token in counted)
        quantity = Quantity(number, left, words, inherited, right, unknown, thing_words, status, since)
        quantities.append(quantity)
        consumed = right
    _label_all(text, sentence, tokens, quantities, lexicon)
    _deal_out(text, sentence, tokens, quantities, lexicon)
    _give_to_several(text, sentence, quantities, lexicon)
    _find_parts(text, sentence, quantities, before)
    _find_unmarked_parts(text, quantities, lexicon)
    _own_share(quantities)
    _this_years_share(quantities, lexicon)
    for quantity in quantities:
        quantity.beside = frozenset().union(*(one.words for one in quantities if one is not quantity), frozenset())
    for previous, quantity in pairwise(quantities):
        quantity.after = previous.words
    return Clauses(sentence, tokens, quantities)


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
    if bare and words <= {"filler", "total", "amount"} and _continues(text, previous, left):
        taken = previous.content - {"total"}
        if "total" in words:  # 检索费14元，复制费22元，合计36元
            taken = taken.difference(*lexicon.exclusive.values())
    elif bare and words & {"disclose"} and words <= _OF_CHANNEL_BEFORE:
        taken = _channel_before(text, previous, number)
    if words.isdisjoint(_HEAD_VERBS | {"repealed", "in_force"}) and text[previous.right : left].strip() == "、":
        taken |= previous.content & _SHARED_VERBS  # 制定规章草案1部、规范性文件16件
    return taken


def _up_to_now(text: str, previous: Quantity, left: int, number: Number) -> bool:
    """主动公开政府信息176条，累计567条: the second number is of all years."""
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


def _carried_year(text: str, start: int, end: int, year: int, *, carried: bool) -> frozenset[str]:
    """结转2020年2件 and 转2020年2件 in the report for 2019 go to the next year."""
    turned = {int(match[1]) for match in _TURNED_TO.finditer(text, start, end)}
    if year + 1 in turned:
        return frozenset({"carry", "next_year"})
    if not carried:
        return frozenset()
    named = {int(match[1]) for match in re.finditer(r"((?:19|20)\d\d)\s?年", text[start:end])}
    if year + 1 in named:
        return frozenset({"next_year"})
    return frozenset({"last_year"}) if year - 1 in named else frozenset()


_TURNED_TO = re.compile(r"转[至到入]?\s?(20\d\d)\s?年")
_A_RATE = re.compile(r"率(?:均?[为是]|达到?|[:：])?\s?$")
_ARRANGEMENTS = re.compile(r"制度|机制|措施|任务|原则")  # 与重要事项公示、重点工作通报四项制度结合
# 由概述、依申请公开、行政诉讼等共十一个部分组成: parts of the report, not cases
_COUNTS_THE_REPORT = re.compile(r"大?(?:部分|方面|章节?|板块|附件|附表)|(?<=部)分(?:组成|构成|内容|[，。；])")
_SITTINGS = frozenset({"次", "场", "场次", "期"})
_OF_CHANNEL_BEFORE = frozenset({"disclose", "info", "gov_info", "filler", "total", "this_year", "piece"})
_CROWD = frozenset({"人", "个", "名", "位", "次", "人次", "户"})


def _channel_before(text: str, previous: Quantity, number: Number) -> frozenset[str]:
    """公众号粉丝3.2万人，推送信息960条; 发布会4场，发布政府信息31条: what the channel of the number before carried."""
    if re.search(r"[；;。]", text[previous.number.end : number.start]):
        return frozenset()
    if previous.number.unit in _SITTINGS and number.unit not in _SITTINGS:
        return previous.words & {"press", "gazette"}
    if (
        previous.number.unit not in {*_CROWD, None}
        or number.unit in _CROWD
        or previous.words & {"strong", "request", "hold"}
    ):
        return frozenset()
    return (previous.words | previous.inherited) & {"weibo", "wechat", "media"}


# （不同渠道和方式公开相同信息计1条）: how items are counted, not how many there are
_SAYS_HOW = re.compile(r"(?:单一|不同|相同|同一|多个|多种|重复)[^，。；）)]{0,16}[计算记按为][^\d]{0,2}$")


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
    for match in _BREAK.finditer(text, start, end):
        left = match.end()
    for match in _PARTS.finditer(text, left, end):
        left = match.end()
    while left < end and text[left] in " 　、和及与":
        left += 1
    if left == end and left > start and text[left - 1] in "：:":  # 行政复议：0件
        label = _LABEL.search(text, start, left - 1)
        return label.start() if label else left
    if left == end and left > start + 1 and text[left - 1] in "（(":  # 当面申请（14件）和信函申请（5件）
        return _own_start(text, start, left - 1)
    if left > start and text[left - 1] in "）)" and _KIND.fullmatch(text, left, end):  # 无法提供（本机关不掌握）2件
        opening = max(text.rfind("（", start, left), text.rfind("(", start, left))
        if opening > start:
            return _own_start(text, start, opening)
    return left


# 公开政府信息数（不同渠道和方式公开相同信息计1条）为1125条: what the bracket explains names nothing
_BEHIND_ASIDE = re.compile(r"[）)]\s?(?:共|总)?[为是计共有]\s?$|计\s?\d\s?[条次件][）)]\s?$")
_SHARED_VERBS = frozenset({"issue", "disclose", "strong", "hold"})
_LABEL = re.compile(r"[^，,；;。：:（）()\s]{2,14}$")
_KIND = re.compile(
    r"[类的等各方面信息申请答复式为是共计有]{0,6}"
)  # 政府文件（规范性文件）类信息43条, 信函（含EMS）申请61件


def _thing_start(own: list[Token], left: int) -> int:
    """Where the counted thing begins: behind the last verb of the clause."""
    for token in reversed(own):
        if token.concepts & _HEAD_VERBS:
            return token.end
    return left


_HEAD_VERBS = frozenset(
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
    joined = _CONNECTORS.search(text, start, stop)
    if joined and stop == end:  # 6件人大代表建议和10件政协提案
        stop = joined.start()
    return stop


def _unknown(text: str, start: int, end: int, tokens: list[Token]) -> int:
    """How many Chinese characters of a stretch are no word of the vocabulary, no name and no aside."""
    count, position = 0, start
    known = [(token.start, token.end) for token in tokens]
    names = [match.span() for match in _NAMES.finditer(text, start, end)]
    names += [match.span() for match in _ASIDE.finditer(text, start, end)]
    if names:
        known = sorted(known + names)
    for begins, ends in known:
        count += len(_CJK.findall(text[position:begins]))
        position = max(position, ends)
    return count + len(_CJK.findall(text[position:end]))


def _is_place(text: str, theme: list[Token], start: int, left: int) -> bool:
    """Whether the words before the clause only say where (在互联网上，…): then they belong to the number."""
    printed = text[start:left].strip(" 　，,")
    return (
        0 < len(printed) <= 24
        and printed.startswith(("在", "通过", "利用", "依托", "借助"))
        and not any(token.concepts & _HEAD_VERBS for token in theme)
    )


def _outside_brackets(text: str, tokens: list[Token], start: int, end: int) -> list[Token]:
    """利用门户网站（含重点领域公开专题）公布信息894条: an aside is no part of the clause."""
    asides = [match.span() for match in _ASIDE.finditer(text, start, end)]
    return [token for token in tokens if not any(a < token.start < b for a, b in asides)] if asides else tokens


def _under_others(text: str, theme: list[Token], own: list[Token], start: int, left: int) -> bool:
    """Whether the subject of the clauses before is a subordinate unit (各医院设立公开栏，公开信息3200条)."""
    verb = next((token.start for token in own if token.concepts & _HEAD_VERBS), left)
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
        and not _BREAK.search(text, last.number.end, number.start)
        and not _TO_OTHERS.search(text, last.left, last.number.start)
    ):
        return True
    for unit in quantities:
        if unit.number.unit not in _UNIT_WORDS or not _UNITS.match(text, unit.number.end):
            continue
        if not _SUBJECT.search(text, max(0, sentence.start - 1, unit.number.start - 14), unit.number.start):
            continue
        if re.search(r"[；;。]", text[unit.number.end : left]) or _in_closed_brackets(text, unit, left):
            continue
        if not any("own_subject" in t.concepts for t in tokens if sentence.start <= t.start < number.start):
            return True
    return False


_TO_OTHERS = re.compile(r"[对向为给]|组织")  # 对22家乡镇卫生院开展培训1次
_UNIT_WORDS = frozenset({"家", "所", "个"})
_UNITS = re.compile(r"[^，。；]{0,8}(?:单位|部门|乡镇|镇|街道|机构|医院|卫生院|县)")


def _by_others(text: str, own: list[Token], left: int) -> bool:
    """Whether a subordinate unit is the subject of the clause (市疾控中心举办培训班35期)."""
    verb = next((token.start for token in own if token.concepts & _HEAD_VERBS), left)
    for token in own:
        if token.start >= verb or "own_subject" in token.concepts:
            return False
        if "subordinate" in token.concepts and _SUBJECT.search(text, max(0, left - 1, token.start - 14), token.start):
            return True
    return False


_SUBJECT = re.compile(r"(?:^|[，,；;：:。）)\s])[^，,；;：:。对向在为由与给让使督促指导组织要求把将]{0,12}$")


def _continues(text: str, previous: Quantity, left: int) -> bool:
    return len(text[previous.right : left].strip(" 　、，,和")) == 0


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


# ---------------------------------------------------------------- time


def _times(text: str, sentence: Sentence, tokens: list[Token], year: int | None) -> list[tuple[int, str]]:
    """Positions where the sentence changes its time, with the status of what follows."""
    found: list[tuple[int, str]] = []
    titles = [match.span() for match in _BOOK_TITLE.finditer(text, sentence.start, sentence.end)]
    for match in _YEAR.finditer(text, sentence.start, sentence.end):
        if any(a <= match.start() < b for a, b in titles) or text[match.start() - 1 : match.start()] in (
            "〔",
            "[",
            "（",
            "(",
        ):
            continue
        if _CARRIED.match(text, match.end(), sentence.end) or _TURNED.search(text, match.start() - 3, match.start()):
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
            if text.startswith("项目", token.end) or _CARRIED.match(text, token.end, sentence.end):
                continue  # 上一年项目数量, a column of the form; 上年无结转
            compared = _COMPARED.search(text[max(sentence.start, token.start - 4) : token.start])
            found.append((token.start, "compared" if compared else PRIOR))
        elif "this_year" in concepts:
            found.append((token.start, LEVEL))
        elif "since" in concepts:
            found.append((token.start, CUMULATIVE))
            if text.startswith("历年", token.start):  # 申请6件，历年累计31件，其中网络申请4件
                stop = _BREAK.search(text, token.end, sentence.end)
                found.append((stop.start() if stop else sentence.end, LEVEL))
        elif "plan" in concepts:
            found.append((token.start, PLAN))
    found.sort()
    return _closed_with_their_brackets(text, _spans(text, found, sentence), sentence)


_ASIDE = re.compile(r"[（(][^（）()]*[）)]")


def _closed_with_their_brackets(text: str, times: list[tuple[int, str]], sentence: Sentence) -> list[tuple[int, str]]:
    """312件（去年为265件），上年结转9件: what is said of last year ends with the bracket."""
    for aside in _ASIDE.finditer(text, sentence.start, sentence.end):
        if any(aside.start() < position < aside.end() for position, _ in times):
            before = next((kind for position, kind in reversed(times) if position < aside.start()), LEVEL)
            times = sorted([*times, (aside.end() - 1, before)])
    return times


_SINCE = re.compile(r"[^，。；]{0,30}以来")
_TURNED = re.compile(r"转[至到入]?$")
_CARRIED = re.compile(
    r"度?(?:[^，。；、\d]{0,6}(?:结转|转结|遗留|转入)|(?:部门|财政|单位)?(?:预|决)算|(?:部门)?[“\"]?三公|[底末]?以?前(?:[制印]|下发|出台))"
)


def _spans(text: str, found: list[tuple[int, str]], sentence: Sentence) -> list[tuple[int, str]]:
    """A span 自2008年…以来 is cumulative; 自2008年5月1日…至12月31日 is whatever its end says."""
    times: list[tuple[int, str]] = []
    for position, kind in found:
        if kind == "span":
            if _SINCE.match(text, position, sentence.end):
                times.append((position, CUMULATIVE))
            else:
                times.append((position, PRIOR))
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


def _status(
    text: str, tokens: list[Token], starts: list[int], times: list[tuple[int, str]], left: int, number: Number
) -> tuple[str, int]:
    """Whether a number is this year's level or something else: a change, last year's figure, a sum of years, a plan.

    Also where the words stand that say so.
    """
    own = tokens[bisect_left(starts, left) : bisect_left(starts, number.start)]
    if _EACH_OF_SEVERAL.search(text, left, number.start):
        return RATE, left
    changed = levelled = compared = carried = False
    for token in own:
        if "change" in token.concepts:
            changed, levelled = True, False
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


# ---------------------------------------------------------------- lists


def _deal_out(text: str, sentence: Sentence, tokens: list[Token], quantities: list[Quantity], lexicon: Lexicon) -> None:
    """甲、乙、丙分别为1、2、3条: the names in order get the numbers in order, and the last unit serves all."""
    for mark in re.finditer("分别", text[sentence.start : sentence.end]):
        at = sentence.start + mark.start()
        following = [q for q in quantities if q.number.start > at]
        run: list[Quantity] = []
        for quantity in following:
            if run and len(text[run[-1].number.end : quantity.number.start].strip(" 　、，,和及")) > 0:
                break
            run.append(quantity)
        if len(run) < 2:
            continue
        floor = max((q.right for q in quantities if q.number.start < at), default=sentence.start)
        chunk_start = _list_start(text, floor, at)
        pieces = _pieces(text, chunk_start, at)
        if len(pieces) < len(run):
            continue
        pieces = pieces[-len(run) :] if len(pieces) > len(run) else pieces
        between = {c for token in tokens if at <= token.start < run[0].number.start for c in token.concepts}
        chunk = {c for token in tokens if chunk_start <= token.start < at for c in token.concepts}
        shared = frozenset((between | chunk) & (lexicon.verbs | {"info", "gov_info", "request", "apply", "matter"}))
        unit = next((q.number.unit for q in reversed(run) if q.number.unit), None)
        for quantity, (start, end) in zip(run, pieces, strict=True):
            own = frozenset(c for token in tokens if start <= token.start < end for c in token.concepts)
            quantity.words = own | (shared - {"request"} if "strong" in own else shared)
            quantity.inherited = frozenset()
            quantity.unknown, quantity.thing = 0, ()
            quantity.left = run[0].left
            if quantity.number.unit is None and unit:
                n = quantity.number
                quantity.number = Number(n.start, n.end, n.value, unit, n.approximate, n.upper)


def _list_start(text: str, start: int, end: int) -> int:
    """Where the last clause before `end` that is a list of names begins."""
    for match in re.finditer(r"[，,；;：:。]", text[start:end]):
        begin = start + match.end()
        if end - begin > 3 and _CONNECTORS.search(text, begin, end):
            start_of_list = begin
            return _list_start(text, start_of_list, end)
    return start


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names of a list, as stretches of text between 、 和 及 与."""
    pieces, position = [], start
    for match in _CONNECTORS.finditer(text, start, end):
        if match.start() > position:
            pieces.append((position, match.start()))
        position = match.end()
    if end > position:
        pieces.append((position, end))
    return pieces


_SHARED = re.compile(r"(?:均|都|各|全部|皆)(?:[为是计有]|分别为)?\s?$")


def _give_to_several(text: str, sentence: Sentence, quantities: list[Quantity], lexicon: Lexicon) -> None:
    """甲、乙均为0件, 甲和乙各1件: every name has the value."""
    floor = sentence.start
    for quantity in quantities:
        start = quantity.number.start
        mark = _SHARED.search(text, max(floor, start - 6), start)
        if mark:
            begin = max([floor, *(m.end() for m in re.finditer(r"[；;。：:]", text[floor : mark.start()]))])
            begin = floor if begin < floor else begin
            quantity.names = tuple(_names(text, begin, mark.start(), lexicon))
        floor = quantity.right


def _names(text: str, start: int, end: int, lexicon: Lexicon) -> list[frozenset[str]]:
    names = []
    for match in re.finditer(r"[^，,、；;：:]+", text[start:end]):
        for a, b in _pieces(text, start + match.start(), start + match.end()):
            concepts = frozenset().union(*(t.concepts for t in words_of(text, a, b, lexicon)), frozenset())
            if concepts:
                names.append(concepts)
    return names


# ---------------------------------------------------------------- parts of a total


def _find_parts(text: str, sentence: Sentence, quantities: list[Quantity], before: Sequence[Quantity]) -> None:
    """Link the numbers behind 其中, a colon or an opening bracket to the number they are parts of."""
    open_lists: list[Quantity | None] = []  # one for each open bracket, the outermost first
    current: Quantity | None = None
    previous: Quantity | None = None
    listed: Quantity | None = None  # the total whose list is open
    position = sentence.start
    for i, quantity in enumerate(quantities):
        between = text[position : quantity.number.start]
        mark = _last_mark(between)
        opened = between.count("（") + between.count("(") - between.count("）") - between.count(")")
        if opened > 0:
            open_lists.append(current)
            current = None
            listed_here = mark or _opens_list(text, quantities, i)
            if previous is not None and _same_unit(previous, quantity) and listed_here and _BESIDE.match(between):
                current = previous
        elif opened < 0:
            for _ in range(-opened):
                current = listed = open_lists.pop() if open_lists else None
        if quantity.number.unit in ("%", "百分点", "个百分点"):
            position = quantity.number.end
            continue
        if mark is not None and not (opened > 0 and current is not None):
            current = _total_before(text, quantities, i, before)
        elif (
            opened <= 0
            and previous is not None
            and i
            and re.match(r"[^，。；]{0,4}[：:]", between)
            and _same_unit(previous, quantity)
            and _opens_list(text, quantities, i)
        ):
            current = previous
        elif current is not None and not _still_part(text, current, quantity, between):
            current = None
        if current is not None and current is not quantity:
            if not _same_unit(current, quantity):
                current.mixed = True
                current = None
            elif quantity.status in (current.status, LEVEL):
                quantity.parent = current
                if quantity.since > current.number.end and _over_years(text, current):
                    current.status = CUMULATIVE
                if quantity.since < current.number.end and current.status != CHANGE:
                    quantity.status = current.status
                if current is not listed or mark is not None or not current.lists:
                    current.lists.append([])
                current.lists[-1].append(quantity)
        listed = current
        previous = quantity
        position = quantity.number.end


def _find_unmarked_parts(text: str, quantities: Sequence[Quantity], lexicon: Lexicon) -> None:
    """复议后起诉5件，驳回4件，尚未审结1件: what follows adds up to the number and says one kind of thing of it."""
    for i, total in enumerate(quantities):
        if total.lists or total.status != LEVEL or not total.number.value or total.number.approximate:
            continue
        run: list[Quantity] = []
        for one, other in pairwise(quantities[i:]):
            gap = text[one.number.end : other.number.start]
            if _ENDS_LIST.search(gap) or other.status != LEVEL or other.lists or not _same_unit(total, other):
                break
            if other.parent is not None and other.parent is not total.parent:
                break
            run.append(other)
        if not run or sum(part.number.value for part in run) != total.number.value:
            continue
        if len(run) == 1 and total.words.isdisjoint(_CASES):
            continue
        if any(
            all(part.words & group for part in run) and not total.words & group for group in lexicon.exclusive.values()
        ):
            for part in run:
                if part.parent is not None:
                    part.parent.lists = [[q for q in parts if q is not part] for parts in part.parent.lists]
                part.parent = total
            if len(run) > 1:
                total.lists.append(run)


_BESIDE = re.compile(r"[^，,；;。]{0,6}[（(]")  # the bracket stands behind the number, not behind another thing
_CASES = frozenset({"review", "litigation", "direct", "after_review"})
_ENDS_LIST = re.compile(r"[；;。（）()]")


def _over_years(text: str, total: Quantity) -> bool:
    """累计公布1127条，其中2014年公布226条: a total of which this year is a part."""
    return (
        total.status == LEVEL
        and bool(total.words & {"strong", "disclose"})
        and _UP_TO_NOW.search(text, max(0, total.left - 24), total.number.start) is not None
    )


_UP_TO_NOW = re.compile(r"累计|截[至止]|历年")


def _last_mark(between: str) -> str | None:
    if _OF_THESE.match(between):
        return "中"
    mark = None
    for match in _PARTS.finditer(between):
        if not match[0].startswith("分别"):
            mark = match[0]
    if mark is None or (mark == "包括" and len(between) > 60):
        return None
    return mark


# 在已答复的30件中，予以公开11件
_OF_THESE = re.compile(r"(?:申请)?中(?=[，,：:]|予以|同意|部分|不予|不同意|无法|属于|涉及|信息)")
_PLAIN_UNITS = {"条次": "条", "件次": "件", "例次": "例", "期次": "期"}


def _same_unit(one: Quantity, other: Quantity) -> bool:
    units = {_PLAIN_UNITS.get(unit, unit) for unit in (one.number.unit, other.number.unit) if unit is not None}
    return len(units) < 2


def _opens_list(text: str, quantities: list[Quantity], i: int) -> bool:
    """Whether at least two numbers of one unit follow one another from here, or one that repeats the total."""
    first = quantities[i]
    if i and first.number.value == quantities[i - 1].number.value:
        return True
    for quantity in quantities[i + 1 : i + 4]:
        if quantity.number.unit == "%":
            continue
        return quantity.number.unit == first.number.unit and not re.search(
            r"[。）)]", text[first.number.end : quantity.number.start]
        )
    return False


_LONGEST_LIST = 60
"""Numbers of a list at most, and numbers before it among which its total is looked for."""


def _total_before(text: str, quantities: list[Quantity], i: int, before: Sequence[Quantity]) -> Quantity | None:
    """The number that 其中 divides: the one that the parts add up to, else the nearest before of the same unit."""
    first = quantities[i]
    run = [first.number.value]
    sure = 0  # numbers of the list before its first semicolon
    inner = False  # in brackets: 不予公开3件（国家秘密1件、第三方权益2件）
    for one, other in pairwise(quantities[i : i + _LONGEST_LIST]):
        gap = text[one.number.end : other.number.start]
        closed = inner and re.search(r"[）)]", gap) is not None
        inner = re.search(r"[（(][^）)]*$", gap) is not None or (inner and not closed)
        if re.search(r"[。）)]|其中", gap) and not (inner or closed):
            break
        if re.search(r"[；;]", gap) and not sure:
            sure = len(run)
        if other.number.unit != "%" and not inner:
            if not _same_unit(first, other):
                break
            run.append(other.number.value)
    earlier = [
        quantity
        for quantity in (quantities[max(0, i - _LONGEST_LIST) : i] or before)
        if quantity.number.unit != "%" and _same_unit(quantity, first) and quantity.status != CHANGE
    ]
    opening = first.number.start
    outside = [one for one in earlier if not _in_closed_brackets(text, one, opening)] if quantities[:i] else earlier
    sums = {sum(run[: n + 1]) for n in range(len(run))} if len(run) > 1 else set()
    for length in [sure, *range(sure + 1, len(run) + 1)] if sure else [len(run)]:
        for candidate in reversed(earlier):
            if candidate.number.value == sum(run[:length]):
                return candidate
    if outside and (quantities[:i] or len(outside) == 1):
        return next((one for one in reversed(outside) if one.status == first.status), outside[-1])
    return next((candidate for candidate in reversed(earlier) if candidate.number.value in sums), None)


def _in_closed_brackets(text: str, quantity: Quantity, until: int) -> bool:
    """463件（含上年结转12件），其中: the number in the brackets is an aside."""
    behind = text[quantity.number.end : until]
    closing = re.search(r"[）)]", behind)
    opening = re.search(r"[（(]", behind)
    return closing is not None and (opening is None or closing.start() < opening.start())


def _own_share(quantities: Sequence[Quantity]) -> None:
    """全市卫生系统公开12406条，其中局机关1325条: the total is not of the body that reports."""
    for total in quantities:
        parts = [part for parts in total.lists for part in parts]
        if total.words.isdisjoint({"own_level", "training"}) and any("own_level" in part.words for part in parts):
            status = total.status
            total.status = WIDER
            for part in parts:
                if part.status == status and part.words <= {"own_level", "filler", "own_subject"}:
                    part.inherited |= total.content - {"total", "subordinate"}


def _this_years_share(quantities: Sequence[Quantity], lexicon: Lexicon) -> None:
    """累计公开541条，其中2009年新增213条: the part is of the same thing as the total."""
    for total in quantities:
        if total.status != CUMULATIVE or total.unknown:
            continue
        for part in (part for parts in total.lists for part in parts):
            if part.status == LEVEL and not part.unknown and not part.inherited and part.words <= lexicon.verbs:
                part.inherited = total.content - {"total"}


def _still_part(text: str, current: Quantity, quantity: Quantity, between: str) -> bool:
    """Whether a list of parts goes on with this number."""
    if current.lists:
        filled = sum(part.number.value for part in current.lists[-1])
        if filled == current.number.value and quantity.number.value:
            return False
    if "total" in quantity.words and re.search(
        r"[共合总]计|累计|总数|全年", text[quantity.left : quantity.number.start]
    ):
        return False
    if "；" in between or ";" in between or "。" in between:
        head = text[quantity.number.end : quantity.number.end + 8]
        if re.match(r"[^，。；]{0,4}[，,：:（(]?\s?其中", head):
            return False
        if quantity.words & {"receive", "strong", "hold"} and not (
            current.words & quantity.words & {"receive", "strong", "hold"}
        ):
            return False
    return quantity.status in (current.status, LEVEL)
