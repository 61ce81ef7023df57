"""A number of a sentence with what the grammar finds out about it, and the words of a stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.numbers import Number
from parsers.prose.lexicon import Lexicon, Token
from parsers.prose.sentences import Sentence

LEVEL, CHANGE, PRIOR, CUMULATIVE, PLAN, RATE = "level", "change", "prior", "cumulative", "plan", "rate"
WIDER = "wider"  # of more bodies than the one that reports, or of this year's requests and those carried over

# the brackets of 专（兼）职人员 break nothing
BREAK = re.compile(r"[，,；;：:。！？]|(?<!专)[（(]|(?<!专（兼)(?<!专\(兼)[）)]")
CONNECTORS = re.compile(r"[、]|以及|(?<![涉普])及(?!时)|和|与|或者?")
NAMES = re.compile(
    r"《[^》\n]{0,120}》"
    r"|[“\"「][^”\"」，。\n]{1,14}[”\"」]\s?(?=(?:官方|政务|新浪|腾讯)?(?:微信|微博|公众号|订阅号|头条|抖音|网|新媒体|客户端))"
    r"|(?:(?<=微信)|(?<=微博)|(?<=众号))[“\"「][^”\"」，。\n]{1,14}[”\"」]"
)
"""Names of documents, and of accounts beside the word that says which they are (“…”微信公众号)."""
BOOK_TITLE = re.compile(r"《[^》\n]{0,120}》")
ASIDE = re.compile(r"[（(][^（）()]*[）)]")


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
    titles = [match.span() for match in NAMES.finditer(text, start, end)]
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
            if len(gap) > 10 or CONNECTORS.search(gap) or BREAK.search(gap):
                break
            if later.concepts & _QUALIFIED:
                tokens[i] = Token(token.start, token.end, frozenset({"matter"}))
                break
            if not later.concepts & {"filler", "raise", "info", "gov_info", "handle", "apply", "matter"}:
                break
            if CONNECTORS.fullmatch(text[later.start : later.end]):
                break
    return tokens


def outside_brackets(text: str, tokens: list[Token], start: int, end: int) -> list[Token]:
    """利用门户网站（含重点领域公开专题）公布信息894条: an aside is no part of the clause."""
    asides = [match.span() for match in ASIDE.finditer(text, start, end)]
    return [token for token in tokens if not any(a < token.start < b for a, b in asides)] if asides else tokens


def in_closed_brackets(text: str, quantity: Quantity, until: int) -> bool:
    """463件（含上年结转12件），其中: the number in the brackets is an aside."""
    behind = text[quantity.number.end : until]
    closing = re.search(r"[）)]", behind)
    opening = re.search(r"[（(]", behind)
    return closing is not None and (opening is None or closing.start() < opening.start())


_PLAIN_UNITS = {"条次": "条", "件次": "件", "例次": "例", "期次": "期"}


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may count one kind of thing; a number without a unit may count anything."""
    units = {_PLAIN_UNITS.get(unit, unit) for unit in (one.number.unit, other.number.unit) if unit is not None}
    return len(units) < 2
