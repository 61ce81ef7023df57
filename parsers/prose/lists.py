"""Lists of numbers: several names for several numbers (分别), and the totals that numbers are parts of (其中)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.numbers import Number
from parsers.prose.lexicon import Lexicon, Token
from parsers.prose.quantities import (
    ASIDE,
    CHANGE,
    CONNECTORS,
    CUMULATIVE,
    LEVEL,
    WIDER,
    Quantity,
    in_closed_brackets,
    same_unit,
    words_of,
)
from parsers.prose.sentences import Sentence

PARTS = re.compile(
    r"其中|包括|主要有|按[^，。；：]{1,10}?分(?!别)|从[^，。；：]{1,12}?(?:来看|看)|分别[是为]|(?:信息|申请|件|案件)中(?=[，,、])|"
    r"(?:申请|提交|受理|接收)?(?:方式|形式|渠道|途径)(?:分别)?[为是](?=[^，。；]{2})|(?:类别|种类|渠道|形式|途径|方式|载体)(?:方面)?[：:]"
)


def link_lists(
    text: str,
    sentence: Sentence,
    tokens: list[Token],
    quantities: list[Quantity],
    before: Sequence[Quantity],
    lexicon: Lexicon,
) -> None:
    """Find the lists of a sentence. One that opens with 其中 divides a number of `before`."""
    _deal_out(text, sentence, tokens, quantities, lexicon)
    _give_to_several(text, sentence, quantities, lexicon)
    _find_parts(text, sentence, quantities, before)
    _find_unmarked_parts(text, quantities, lexicon)
    _find_trailing_total(text, quantities)
    _own_share(quantities)
    _this_years_share(quantities, lexicon)


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
        if end - begin > 3 and CONNECTORS.search(text, begin, end):
            start_of_list = begin
            return _list_start(text, start_of_list, end)
    return start


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names of a list, as stretches of text between 、 和 及 与."""
    pieces, position = [], start
    for match in CONNECTORS.finditer(text, start, end):
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
            if previous is not None and same_unit(previous, quantity) and listed_here and _BESIDE.match(between):
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
            and same_unit(previous, quantity)
            and _opens_list(text, quantities, i)
        ):
            current = previous
        elif current is not None and not _still_part(text, current, quantity, between):
            current = None
        if current is not None and current is not quantity:
            if not same_unit(current, quantity):
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
        for one, other in pairwise(quantities[i : i + _LONGEST_LIST]):
            gap = text[one.number.end : other.number.start]
            if _ENDS_LIST.search(gap) or other.status != LEVEL or other.lists or not same_unit(total, other):
                break
            if other.parent is not None and other.parent is not total.parent:
                break
            run.append(other)
        if not run or sum(part.number.value for part in run) != total.number.value:
            continue
        if len(run) == 1 and total.words.isdisjoint(_CASES):
            continue
        announced = len(run) > 1 and _ANNOUNCED.match(text, total.number.end) is not None
        if announced or any(
            all(part.words & group for part in run) and not total.words & group for group in lexicon.exclusive.values()
        ):
            for part in run:
                if part.parent is not None:
                    part.parent.lists = [[q for q in parts if q is not part] for parts in part.parent.lists]
                part.parent = total
            if len(run) > 1:
                total.lists.append(run)


def _find_trailing_total(text: str, quantities: Sequence[Quantity]) -> None:
    """机构职能10条，政策文件21条，其他5条，总计36条: the numbers before it add up to the last one."""
    for i, total in enumerate(quantities):
        if i < 2 or total.lists or total.status != LEVEL or not {"total"} <= total.words <= {"total", "filler"}:
            continue
        whole, run = total.number.value, []
        for part in reversed(quantities[max(0, i - _LONGEST_LIST) : i]):
            if part.parent is not None:  # 96条（征地公告31条、批复65条）
                continue
            if part.status != LEVEL or not same_unit(total, part):
                break
            if re.search(r"[。；;]", text[part.number.end : total.left]) or whole <= 0:
                break
            run.append(part)
            whole -= part.number.value
        if len(run) > 1 and whole == 0:
            run.reverse()
            total.lists.append(run)
            total.inherited |= {"info"}
            for part in run:
                part.parent = total


_ANNOUNCED = re.compile(r"[，,]\s?分别[是为]|[：:]")  # 其中2014年新增705条，分别是：机构设置8条，…
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
    for match in PARTS.finditer(between):
        if not match[0].startswith("分别"):
            mark = match[0]
    if mark is None or (mark == "包括" and len(between) > 60):
        return None
    return mark


# 在已答复的30件中，予以公开11件
_OF_THESE = re.compile(r"(?:申请)?中(?=[，,：:]|予以|同意|部分|不予|不同意|无法|属于|涉及|信息)")


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
        gap = ASIDE.sub("", text[one.number.end : other.number.start])  # 83条（含社区卫生、卫生监督），占56.1％
        closed = inner and re.search(r"[）)]", gap) is not None
        inner = re.search(r"[（(][^）)]*$", gap) is not None or (inner and not closed)
        if re.search(r"[。）)]|其中", gap) and not (inner or closed):
            break
        if re.search(r"[；;]", gap) and not sure:
            sure = len(run)
        if other.number.unit != "%" and not inner:
            if not same_unit(first, other):
                break
            run.append(other.number.value)
    earlier = [
        quantity
        for quantity in (quantities[max(0, i - _LONGEST_LIST) : i] or before)
        if quantity.number.unit != "%" and same_unit(quantity, first) and quantity.status != CHANGE
    ]
    opening = first.number.start
    outside = [one for one in earlier if not in_closed_brackets(text, one, opening)] if quantities[:i] else earlier
    sums = {sum(run[: n + 1]) for n in range(len(run))} if len(run) > 1 else set()
    if not quantities[:i]:  # parts of a sentence before only where the sum is theirs
        outside = [one for one in outside if one.parent is None or one.enumerated]
    nearest = next((one for one in reversed(outside) if one.status == first.status), None)
    if len(run) == 1 and quantities[:i] and nearest is not None and nearest.number.value > first.number.value:
        return nearest  # 发布会1次，在线访谈2次，其中主要负责人参加1次: an equal number before it says nothing
    for length in [sure, *range(sure + 1, len(run) + 1)] if sure else [len(run)]:
        for candidate in reversed(earlier):
            if candidate.number.value == sum(run[:length]):
                return candidate
    largest = max(run)
    near = quantities[:i] and not text[quantities[i - 1].number.end : first.left].strip("，,：:（( 　其中包括分别是为")
    outside = [
        one
        for one in outside
        if one.number.value >= largest or (near and one is quantities[i - 1] and one.number.value)
    ]
    if outside and (quantities[:i] or len(outside) == 1):
        return next((one for one in reversed(outside) if one.status == first.status), outside[-1])
    return next((candidate for candidate in reversed(earlier) if candidate.number.value in sums), None)


def _own_share(quantities: Sequence[Quantity]) -> None:
    """全市卫生系统公开12406条，其中局机关1325条: the total is not of the body that reports."""
    for total in quantities:
        if not total.lists:
            continue
        parts = [part for parts in total.lists for part in parts]
        own = [part for part in parts if {"own_level"} <= part.words <= {"own_level", "filler", "own_subject"}]
        if total.words.isdisjoint({"own_level", "training"}) and own:
            status = total.status
            total.status = WIDER
            for part in own:
                if part.status == status:
                    part.inherited |= total.content - {"total", "subordinate"}


def _this_years_share(quantities: Sequence[Quantity], lexicon: Lexicon) -> None:
    """累计公开541条，其中2009年新增213条: the part is of the same thing as the total."""
    for total in quantities:
        if total.status != CUMULATIVE or total.unknown:
            continue
        for part in (part for parts in total.lists for part in parts):
            bare = not part.unknown and part.inherited <= {"filler"} and part.words <= lexicon.verbs
            if part.status == LEVEL and bare:
                part.inherited = total.content - {"total"}


_WAYS = frozenset({"website", "weibo", "wechat", "gazette", "press", "media"})


def _ways(words: frozenset[str]) -> frozenset[str]:
    return _WAYS & (words | {"website"} if "portal" in words else words)


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
    if quantity.number.unit is None and quantity.unknown:
        return False  # 微博发布651条，粉丝达4.3万
    ways, others = _ways(current.content), _ways(quantity.words)
    if ways and others and ways.isdisjoint(others):
        return False  # 网站公开94条，其中疫情信息47条；公众号推送313条
    if ("；" in between or ";" in between) and quantity.number.value > current.number.value:
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
