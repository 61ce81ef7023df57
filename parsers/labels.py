"""Labels of forms brought to one spelling, so that printed and known labels can be compared.

A printed label differs from the official one by white space inside words, by full-width or bracketed forms, by
quotation marks, by 其它 for 其他, by 其中： in front, and by the numbering of its list. What is left after all that is
the `core`; labels are compared by core, and told apart by their parents where a core occurs twice in a form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST_LABEL = 120
"""Characters after which a text is no label; official labels have at most 45."""

_CIRCLED = {c: f"({i})" for i, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_SOME_CIRCLED = re.compile("[①-⑳]")
_QUOTES = re.compile("[“”‘’\"'「」『』〝〞《》〈〉<>]+")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_ENUMERATOR = re.compile(
    r"第?[一二三四五六七八九十]{1,3}[、.,:](?=.)"
    r"|\([一二三四五六七八九十]{1,3}\)[、.,:]?(?=.)"
    r"|\d{1,2}[、.,)](?=\D)"
    r"|\(\d{1,2}\)[、.,:]?(?=.)"
)
_AMONG = re.compile(r"其中[:、,]?(?=.)")
_PUNCTUATION = re.compile(r"[、,;:。·*_/\u2010-\u2015\-]+")
_LAST_BRACKET = re.compile(r"\(([^()]*)\)$")
_UNIT_NOTE = re.compile(r"(?:计量)?单位[:为]?(.{1,6})$")

COUNT_UNITS = frozenset(
    (
        *("条", "件", "次", "篇", "个", "人", "人次", "项", "场", "期", "份", "起"),
        *("宗", "例", "家", "处", "名", "部", "批", "批次", "户", "册"),
    )
)
MONEY_UNITS = {"元": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""Money units and how many 元 they are."""

# Characters whose exchange turns a label into another official label: never a typo.
_MEANINGFUL = frozenset(
    "不未无非否没部分全新旧上下前后本今去年月日已尚前总小合其一二三四五六七八九十百千万0123456789男女内外增减收支"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A text as a label: `core` to compare, its list `enumerator` as normalised, and a unit printed behind it."""

    core: str
    enumerator: str
    unit: str | None


@lru_cache(maxsize=128)
def squeeze(text: str) -> str:
    """NFKC without any white space or zero-width character; circled numbers become (1), (2) …

    Remembered for a while: one text is asked for by its label, its unit and its kind in turn.
    """
    if text.isascii():
        return "".join(text.split())
    # patterns where str.translate would look every character up in a dict
    text = _SOME_CIRCLED.sub(lambda match: _CIRCLED[match[0]], text)
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def unit_of(text: str) -> str | None:
    """The unit that a cell or a bracket names, such as 件, 人次 (also printed 人(次)) or 万元; None if it is none."""
    word = squeeze(text).replace("(", "").replace(")", "")
    note = _UNIT_NOTE.match(word)
    if note:
        word = note[1]
    if word.startswith("人民币"):
        word = word[3:]
    return word if word in COUNT_UNITS or word in MONEY_UNITS else None


@lru_cache(maxsize=8192)
def label(text: str) -> Label:
    """Normalise a printed label. Texts too long for a label keep an empty core."""
    if len(text) > 4 * LONGEST_LABEL:
        return Label("", "", None)
    word = _QUOTES.sub("", squeeze(text))
    if len(word) > LONGEST_LABEL:
        return Label("", "", None)
    enumerator = ""
    for _ in range(4):
        among = _AMONG.match(word)
        if among and among.end() < len(word):
            word = word[among.end() :]
            continue
        found = _ENUMERATOR.match(word)
        if not found or found.end() == len(word):
            break
        enumerator = found[0].strip("、.,:)(第")
        word = word[found.end() :]
    unit = None
    bracket = _LAST_BRACKET.search(word)
    if bracket and bracket.start() > 0:
        unit = unit_of(bracket[1])
        if unit is not None:
            word = word[: bracket.start()]
    word = word.replace("其它", "其他")
    return Label(_PUNCTUATION.sub("", word), enumerator, unit)


def without_note(core: str) -> str:
    """The core without an explanation in brackets at its end: 部分公开(区分处理的只计…) → 部分公开."""
    while (bracket := _LAST_BRACKET.search(core)) and bracket.start() > 1:
        core = core[: bracket.start()]
    return core


def is_typo_of(printed: str, known: str) -> bool:
    """Whether two cores differ by one stray, missing, swapped or mistaken character that carries no meaning of its own.

    危机 for 危及 and 行政法复议 for 行政复议 are typos; 不同意公开 for 同意公开 or 书面申请 for 当面申请数 with other
    words around is a different label, so callers must also ask that the place in the form agrees.
    """
    if printed == known or abs(len(printed) - len(known)) > 1 or min(len(printed), len(known)) < 5:
        return False
    start = 0
    while start < min(len(printed), len(known)) and printed[start] == known[start]:
        start += 1
    end = 0
    while end < min(len(printed), len(known)) - start and printed[-1 - end] == known[-1 - end]:
        end += 1
    left, right = printed[start : len(printed) - end], known[start : len(known) - end]
    if len(left) > 2 or len(right) > 2:
        return False
    if len(left) == 2 or len(right) == 2:
        return left == right[::-1] and not set(left) & _MEANINGFUL
    return not set(left + right) & _MEANINGFUL


def is_remnant_of(printed: str, known: str) -> bool:
    """Whether a core is the known one with a few characters lost in one place, none of which carries meaning alone.

    Text layers of PDF files lose characters (其他法律行政止公开). Two thirds of the label must be left, so callers need
    the place in the form to agree as well.
    """
    lost = len(known) - len(printed)
    if not 1 <= lost <= 4 or len(printed) < 6 or len(printed) * 3 < len(known) * 2:
        return False
    start = 0
    while start < len(printed) and printed[start] == known[start]:
        start += 1
    return printed[start:] == known[start + lost :] and not set(known[start : start + lost]) & _MEANINGFUL
