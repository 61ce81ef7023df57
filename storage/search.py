"""Chinese full-text search: every word of one, two or more characters that stands in the text is found.

FTS5 has no tokenizer for Chinese that is both exact and built in, and an index of dictionary words misses 卫计 and
公众号. So the index holds overlapping pairs of characters: 信息公开 is indexed as ``信息 息公 公开 开`` and searched as
the phrase ``"信息 息公 公开"``; a single character as the prefix ``"开"*``. Letters, digits and punctuation are
characters like any other. The same function makes the tokens on both sides, so a search answers as a substring scan
does, over text normalised by `normalise`.

jieba (a dictionary of words) serves what needs words and not exactness: keywords, and ranking.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections import Counter
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from operator import itemgetter
from types import ModuleType

TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cs Cf'"
"""Every character but white space and controls belongs to a token; `index_text` alone decides where tokens end."""

_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_ODD = {"Cf": None, "Cs": None, "Cc": " "}  # invisible characters go, controls separate
_BLANKS = re.compile(r"[^\S\n]+")
_QUOTED_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')
_RAW_TOKEN = re.compile(r'"((?:[^"]|"")*)"|([(){}:,+^*])|([^\s(){}:,+^*"]+)|\s+|(")')
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def normalise(text: str) -> str:
    """The form in which text is compared: compatibility characters unified (１ = 1, （ = (), case folded, invisible
    characters and the white space beside Chinese characters dropped (reports space their headings: 概 述)."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    odd = {char: unicodedata.category(char) for char in set(text)}
    table = {ord(char): _ODD[kind] for char, kind in odd.items() if kind in _ODD and char != "\n"}
    if table:
        text = text.translate(table)
    text = _BLANKS.sub(" ", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return _SPACE_BESIDE_CHINESE.sub("", text)


def _tokens(text: str) -> list[str]:
    """Pairs of neighbouring characters, and the last character of each run by itself."""
    tokens: list[str] = []
    for run in normalise(text).split():
        tokens.extend(map("".join, pairwise(run)))
        tokens.append(run[-1])
    return tokens


def index_text(text: str | None) -> str:
    """What FTS5 is given to index for `text`."""
    return " ".join(_tokens(text or ""))


def _phrase(words: str) -> str | None:
    """The FTS5 phrase that matches where `words` stands in a text; None when it has no character to search for."""
    runs = normalise(words).split()
    if not runs:
        return None
    tokens = _tokens(words)
    prefix = len(runs[-1]) == 1
    if not prefix:
        del tokens[-1]  # in a text the last character may be followed by another
    quoted = " ".join(tokens).replace('"', '""')
    return f'"{quoted}"{" *" if prefix else ""}'


def match_expression(query: str) -> str:
    """The FTS5 query for what a person types: words apart by white space must all occur, "quoted" ones together.

    Nothing is an operator here. An empty query gives an expression that matches nothing.
    """
    phrases = [
        phrase
        for quoted, word in _QUOTED_OR_WORD.findall(_even_quotes(query))
        if (phrase := _phrase(quoted or word)) is not None
    ]
    return " AND ".join(phrases) or '""'


def _even_quotes(query: str) -> str:
    """A quotation mark without a partner is taken as closed at the end, as Datasette does."""
    return query + '"' if query.count('"') % 2 else query


def raw_expression(query: str) -> str:
    """The FTS5 query for an expression in FTS5's own syntax (AND OR NOT NEAR + ^, brackets, column filters) over words.

    Operators stay and each word or "string" becomes its phrase; ``*`` is dropped, since a word is found inside others
    anyway. Raises nothing: what FTS5 cannot parse is for FTS5 to refuse.
    """
    pieces = [match for match in _RAW_TOKEN.finditer(query) if not match[0].isspace()]
    out: list[tuple[str, bool]] = []  # text, and whether it is words to be searched
    in_columns = False
    for piece, following in zip(pieces, [*(match[0] for match in pieces[1:]), ""], strict=True):
        quoted, sign, word, stray = piece.groups()
        if sign == "*":
            continue
        in_columns = sign == "{" or (in_columns and sign != "}")
        is_name = word is not None and (
            word in _OPERATORS
            or in_columns
            or following == ":"
            or (word == "NEAR" and following == "(")
            or (word.isdigit() and bool(out) and out[-1] == (",", False))  # NEAR(…, 10)
        )
        if sign or stray or is_name:
            out.append((piece[0], False))
            continue
        text = quoted.replace('""', '"') if quoted is not None else word
        if len(out) > 1 and out[-1] == ("+", False) and out[-2][1]:  # "a" + "b" is one phrase
            out[-2:] = [(f"{out[-2][0]} {text}", True)]
        else:
            out.append((text, True))
    return " ".join((_phrase(text) or '""') if is_words else text for text, is_words in out)


# ---------------------------------------------------------------- words


@lru_cache(maxsize=1)
def _jieba() -> ModuleType:
    """jieba with its dictionary loaded: 1 s, so only when something needs words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes and imports pkg_resources
        import jieba  # type: ignore[import-untyped]  # noqa: PLC0415
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    return jieba  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _rarity() -> tuple[dict[str, float], float]:
    """jieba's table of inverse document frequencies, and their median, which stands for words that it lacks.

    Read here because importing `jieba.analyse` loads its part-of-speech tables too: 1 s for nothing.
    """
    table = resources.files(_jieba()).joinpath("analyse/idf.txt").read_text(encoding="utf-8")
    found = {word: float(weight) for word, weight in (line.split(" ") for line in table.splitlines())}
    return found, sorted(found.values())[len(found) // 2]


EVERYWHERE = frozenset(
    word
    for line in (
        "信息 公开 政府 信息公开 政府信息 政务 政务公开 报告 年度 年度报告 工作 情况 依申请 主动 申请 条例 单位 机关",
        "部门 群众 全年 本年度 有关 相关 进行 其中 方面 开展 通过 加强 进一步 及时 存在 问题 不断 做好 规定",
        "中华人民共和国 实施 方式 数量 内容 网站",
    )
    for word in line.split()
)
"""Words of every report of this kind: as keywords they would say nothing."""

_ENGLISH = frozenset(
    word
    for line in (
        "the of is and to in that we for an are by be as on with can if from which you it this then at have all not",
        "one has or",
    )
    for word in line.split()
)
"""The words that jieba's own keywords leave out."""


def keywords(text: str, count: int = 20) -> tuple[tuple[str, float], ...]:
    """The words that tell this report from others, with their weight (TF-IDF by jieba's table), heaviest first."""
    words = Counter(word for word in _jieba().cut(text) if len(word.strip()) > 1 and word.lower() not in _ENGLISH)
    total = words.total()
    rarity, median = _rarity() if words else ({}, 0.0)
    weights = {word: times * (rarity.get(word, median) / total) for word, times in words.items()}
    ranked = sorted(weights.items(), key=itemgetter(1), reverse=True)
    return tuple((word, round(weight, 6)) for word, weight in ranked if word not in EVERYWHERE)[:count]


def ranking_expression(query: str) -> str:
    """The FTS5 query that finds texts holding any word of `query` (jieba's words), to be ordered by bm25."""
    words = dict.fromkeys(word for word in _jieba().cut_for_search(query) if word.strip())
    phrases = dict.fromkeys(phrase for word in (query, *words) if (phrase := _phrase(word)) is not None)
    return " OR ".join(phrases) or '""'


def excerpt(text: str | None, query: str, width: int = 60) -> str | None:
    """The text around the first place where the query, or else the first of its words that occurs, stands.

    Found as printed or spaced out; "…" marks what is left out. None when nothing of the query stands in the text.
    """
    if not text:
        return None
    wanted = [word or quoted for quoted, word in _QUOTED_OR_WORD.findall(_even_quotes(query))]
    for words in ([query, *wanted], _jieba().cut_for_search(query)):
        for word in words:
            letters = [re.escape(char) for char in unicodedata.normalize("NFKC", word) if not char.isspace()]
            if letters and (found := re.search(r"[^\S\n]*".join(letters), text, re.IGNORECASE)):
                start, end = max(0, found.start() - width), min(len(text), found.end() + width)
                inner = text[start:end].strip().replace("\n", " ")
                return f"{'…' if start else ''}{inner}{'…' if end < len(text) else ''}"
    return None
