"""Zero stated in words: 未收到…申请, 没有…行政复议、行政诉讼, …情况：无, …均为零, 一例也没有."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.prose.lexicon import Lexicon, Token
from parsers.prose.quantities import requests_that_only_qualify, words_of
from parsers.prose.sentences import Sentence

# 无 and 没有 in words that deny nothing countable
_DENIAL = re.compile(
    r"(?:尚|从|并|均|也|亦|暂|都|全年|还)?(?<!有)"
    r"(?:未(?=按[件量]|实施行政)|未(?![来必成婚满能经达按明完及如实履建形得完尽更])|没有(?!现成|及时|得到|形成|落实|养成|完全|建立|必要|严格|真正|全面|充分|主动|认真|很好|按|做到|完善|把|将|对外|公开|能)|"
    r"没(?=发生|收到|接到|收)|(?<![有毫虚缺并全])无(?![法偿障纸关正需线疑缝论形私菌害烟所效证违差故辜助从隙]|人(?!申)|条件)|不存在(?!相关|的政府)|不(?=收费|收取))"
)
_SUFFIX = re.compile(
    r"(?:均|都|全部|总数|数量|金额|件数)?[为是计]零(?![一二三四五六七八九点\d星])|[：:]\s?无(?=[。；，,;\s]|$)|"
    r"一[例件起次宗](?:也|都)?(?:没有|未|没|无)(?:发生|出现|产生)?|[：:]\s?0(?=[。；，,;\s]|$)|"
    # 行政诉讼案件未发生, 被提起行政诉讼的没有
    r"(?P<none>(?:(?:均|都)?(?:未|没有)(?:发生|产生|出现)|(?:也|都)?没有|(?<=[讼议诉报请])无)(?=[。；，,;]|$))"
)
_BREAK = re.compile(r"[，,；;：:。！？（）()]")
_EVENT_WORDS = re.compile(
    r"收到|接到|受理|接收|收|发生|产生|出现|引发|引起|提起|有|进行|涉及|接|被|存在|实行|办理|召开|举办|举行|开展|组织|参加|实施|作出|制[发定]|出台|发出|减免|免除"
)
_THIS_KIND = re.compile(r"此类|此项|上述|该类|此情况|此种|这类|该项|以上情况|相关情况|有关情况")
_FREE = re.compile(r"(?:全部|一律|均|都|全|实行)免费|免费(?:提供|公开|寄送)")
_OTHERS = re.compile(r"(?:收取|产生|发生)?其[他它](?:收费|费用|诉讼|复议|行政)")
_LONGEST_SCOPE = 90
_THAT_PAID = re.compile(r"收[取费][^，。；、]{0,10}的申请$")  # 被收取信息处理费的申请没有


@dataclass(frozen=True, slots=True)
class Zero:
    """A denied concept: ``text[start:end]`` is the phrase that denies it."""

    concept: str
    start: int
    end: int
    words: frozenset[str]  # concepts of the whole denied stretch


def candidates(text: str) -> Iterator[int]:
    """Positions where something may be denied, in order, cheaply."""
    for match in _QUICK.finditer(text):
        yield match.start()


_QUICK = re.compile(r"免费|未|没有?|无|不存在|不收|[为是计]零|一[例件起次宗]")


def zeros(
    text: str, sentence: Sentence, words: list[Token], heading: str, about_requests: bool, lexicon: Lexicon
) -> list[Zero]:
    """What a sentence of these words denies. One that only says 无 or 未发生此类情况 denies what its heading names.

    `about_requests` says that the section is about requests for information: there 申请 alone is one.
    """
    start, end = sentence.start, sentence.end
    found: list[Zero] = []
    taken = start
    concepts = frozenset().union(*(token.concepts for token in words), frozenset())
    if concepts.isdisjoint(lexicon.denied | {"apply"}) and not heading:
        return found
    if "business" not in concepts and (about_requests or {"review", "litigation"} <= concepts):
        words = [_as_request(words, i) for i in range(len(words))]
    starts = [token.start for token in words]
    for match in _DENIAL.finditer(text, start, end):
        if match.start() < taken:
            continue
        if _OTHERS.match(text, match.end()):
            continue  # 收取复印费86元，无其他收费
        scope = _scope(text, match.end(), end, lexicon)
        if match[0].endswith("未") and not _EVENT_WORDS.search(text, match.end(), min(scope, match.end() + 60)):
            continue
        tokens = [token for token in _between(words, starts, match.end(), scope) if token.end <= scope]
        found += _denied(text, match.start(), tokens, scope, lexicon)
        taken = scope
    for match in _SUFFIX.finditer(text, start, end):
        if text[match.start() - 1 : match.start()] == "率":
            continue
        begin = max(start, match.start() - _LONGEST_SCOPE)
        stops = r"[，,；;。]" if match["none"] else r"[；;。]|\d\s?[%％\w]{0,2}[，,]"  # 复制费16元，邮寄费为零
        begin += max((stop.end() for stop in re.finditer(stops, text[begin : match.start()])), default=0)
        tokens = [t for t in _between(words, starts, begin, match.start()) if t.end <= match.start()]
        tokens = requests_that_only_qualify(text, tokens)
        spoken = frozenset().union(*(token.concepts for token in tokens), frozenset())
        found += [
            Zero(concept, token.start, match.end(), spoken)
            for i, token in enumerate(tokens)
            for concept in sorted(token.concepts & lexicon.denied)
            if concept != "request" or not _THAT_PAID.search(text, begin, token.end)
            if not _only_qualifies(text, tokens, i, match.start())
            if not (match["none"] and _names_another(text, tokens, i, match.start()))
        ]
    free = _FREE.search(text, start, end)
    if free and not found and ("收费" in heading or "request" in concepts) and "business" not in concepts:
        found.append(Zero("charge", free.start(), free.end(), concepts))  # 依申请提供政府信息全部免费
    if not found and heading and _says_only_none(text[start:end]):
        tokens = words_of(heading, 0, len(heading), lexicon)
        spoken = frozenset().union(*(token.concepts for token in tokens), frozenset())
        found += [Zero(concept, start, end, spoken) for concept in sorted(spoken & lexicon.denied)]
    return found


def _names_another(text: str, tokens: list[Token], i: int, end: int) -> bool:
    """Whether another thing than the word is denied at `end`: 依申请公开的专门制度没有"""
    start = tokens[i].end
    rest = list(text[start:end])
    for token in tokens:
        for at in range(max(token.start, start), min(token.end, end)):
            rest[at - start] = " "
    return _A_WORD.search("".join(rest).replace("的", "")) is not None


_A_WORD = re.compile(r"[一-鿿]")


def _between(words: list[Token], starts: list[int], start: int, end: int) -> list[Token]:
    """The words that begin in a stretch of the text; `starts` are the places of all words."""
    return words[bisect_left(starts, start) : bisect_left(starts, end)]


def _as_request(words: list[Token], i: int) -> Token:
    """申请总数为零，行政复议、行政诉讼均为零: applications beside reviews and suits are requests for information.

    行政复议申请 is not.
    """
    token = words[i]
    if "apply" not in token.concepts:
        return token
    beside = [one for one in words[max(0, i - 1) : i + 2] if one.end == token.start or one.start == token.end]
    if any(one.concepts & {"review", "litigation", "complaint"} for one in beside):
        return token
    return Token(token.start, token.end, token.concepts | {"request"})


_ONLY_NONE = re.compile(r"零|(?:均|都)?(?:暂?无|没有|未)(?:发生|出现|产生)?(?:过)?(?:情况)?")


def _says_only_none(sentence: str) -> bool:
    said = re.sub(r"[\s。；，,]|20\d\d年度?|我[局委院]|本[局委院]|本?年度?|全年|截至目前", "", sentence)
    if _ONLY_NONE.fullmatch(said):
        return True
    return len(said) <= 24 and _THIS_KIND.search(said) is not None and _DENIAL.search(said) is not None


def _scope(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """How far a denial reaches: to the end of its clause, and on over a comma where only more names follow."""
    end = min(end, start + _LONGEST_SCOPE)
    found = _BREAK.search(text, start, end)
    stop = found.start() if found else end
    while stop < end and text[stop] in "，,":
        after = _BREAK.search(text, stop + 1, min(end, stop + 24))
        until = after.start() if after else end
        clause = text[stop + 1 : until]
        if not clause or len(clause) > 20 or _DENIAL.search(clause) or re.search(r"\d", clause):
            break
        tokens = lexicon.tokens(text, stop + 1, until)
        covered = sum(t.end - t.start for t in tokens)
        if covered < len(clause.strip()) or not any(t.concepts & {"review", "litigation", "complaint"} for t in tokens):
            break
        stop = until
    return stop


def _denied(text: str, start: int, tokens: list[Token], scope: int, lexicon: Lexicon) -> list[Zero]:
    words = frozenset().union(*(t.concepts for t in tokens), frozenset())
    if "request" not in words and "apply" in words and words & {"gov_info", "info"} and words & {"disclose"}:
        words |= {"request"}
        tokens = [Token(t.start, t.end, t.concepts | {"request"}) if "apply" in t.concepts else t for t in tokens]
    found = []
    seen: set[str] = set()
    for i, token in enumerate(tokens):
        for concept in sorted(token.concepts & lexicon.denied):
            if concept in seen or (concept == "request" and words & _CARRIED and "receive" not in words):
                continue  # 无结转下年度办理的申请
            if _only_qualifies(text, tokens, i, scope):
                continue
            seen.add(concept)
            found.append(Zero(concept, start, token.end, words))
    return found


_CARRIED = frozenset({"carry", "carried_in", "carried_out"})


def _only_qualifies(text: str, tokens: list[Token], i: int, scope: int) -> bool:
    """Whether a word inside a denial only says which: 没有因不予公开引起的诉讼 denies suits, not refusals."""
    token = tokens[i]
    following = text[token.end : min(scope, token.end + 8)]
    if re.match(r"[^、，和及与或]{0,3}(?:引起|引发|导致|产生|而|提起)", following):
        return True
    if "request" in token.concepts and re.match(
        r"(?:的|政府信息|信息){0,3}(?:单位|个人|公民|群众)"
        r"|的?(?:工作|过程|中|制度|流程|渠道|办法|程序|规定|规范|意识|指南|目录|栏目|平台|系统|收取|人(?!数))",
        following,
    ):
        return True
    return "complaint" in token.concepts and "petition_type" in token.concepts


def denies(clause: str) -> bool:
    """Whether a clause holds a denial."""
    return _DENIAL.search(clause) is not None


_OTHER_TIME = re.compile(r"(?<![较比与和同])\s?(?:去年|上年度?|上一年度?|往年|前年)(?!.{0,4}结转)")
_YEAR = re.compile(r"(?<![\d〔\[])((?:19|20)\d\d)\s?年")


def of_another_time(text: str, sentence: Sentence, year: int | None) -> bool:
    """Whether a sentence speaks of another year only."""
    printed = text[sentence.start : sentence.end]
    years = {int(match[1]) for match in _YEAR.finditer(re.sub(r"《[^》]*》", "", printed))}
    if year is not None and years and year not in years and max(years) < year and "以来" not in printed:
        return True
    return _OTHER_TIME.match(printed) is not None
