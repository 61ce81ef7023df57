"""What one cell of a table says.

A cell holds a number, a printed zero, nothing, a sign for "not applicable", or a text in which no single number can
be read. Nothing is guessed: ``0 0``, ``约3``, ``3-5`` and ``12²`` are texts. Money is exact (decimal) and in 元.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.labels import COUNT_UNITS, MONEY_UNITS
from parsers.model import Meaning

LONGEST_VALUE = 40
"""Characters of the longest text that can be one number with its unit."""

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")
_NOT_APPLICABLE = frozenset(
    (
        *("/", "//", "\\", "-", "--", "---", "----", "—", "——", "———", "————", "–", "−", "─", "──", "一一"),
        *("无", "没有", "暂无", "N/A", "n/a", "/元", "/万元"),
    )
)
_NUMBER = re.compile(
    r"(?P<sign>[+\-−–—↑↓]|增加|减少|新增|增|减)?(?P<digits>\d{1,15}|\d{1,3}(?:,\d{3}){1,5})(?P<fraction>\.\d{1,8})?(?P<unit>\D{0,4})"
)
_NEGATIVE = frozenset(["-", "−", "–", "—", "减", "减少", "↓"])


@dataclass(frozen=True, slots=True)
class Value:
    """The reading of a cell: `value` in `unit` (None: no unit printed in the cell), or None with its meaning.

    `signed` tells that a sign or a word for it was printed, which only changes (本年增/减) may carry.
    """

    value: int | float | None
    meaning: Meaning
    unit: str | None = None
    signed: bool = False
    exact: Decimal | None = None


BLANK = Value(None, Meaning.BLANK)
NOT_APPLICABLE = Value(None, Meaning.NOT_APPLICABLE)
TEXT = Value(None, Meaning.TEXT)


def plain(number: Decimal) -> int | float:
    """The number as an int where it is whole, else as the nearest float."""
    return int(number) if number == number.to_integral_value() else float(number)


@lru_cache(maxsize=8192)
def read_value(text: str) -> Value:
    """Read the printed text of a cell, its own unit included, without knowing the metric."""
    if text.isascii():
        word = text.strip()
        if word.isdigit() and len(word) <= 15:
            number = int(word)
            return Value(number, Meaning.ZERO if number == 0 else Meaning.NUMBER, None, False, Decimal(number))
    if len(text) > 2 * LONGEST_VALUE and len("".join(text.split())) > 2 * LONGEST_VALUE:
        return TEXT  # a paragraph
    visible = _INVISIBLE.sub("", text)
    word = unicodedata.normalize("NFKC", visible).strip()
    if not word:
        return BLANK
    if "".join(word.split()) in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    if len(word) > LONGEST_VALUE or any(unicodedata.category(char) in ("No", "Nl") for char in visible):
        return TEXT
    if word in ("零", "〇"):
        return Value(0, Meaning.ZERO, None, False, Decimal(0))
    found = _NUMBER.fullmatch(_joined(word))
    if found is None:
        return TEXT
    unit = found["unit"].replace("(", "").replace(")", "")
    if unit and unit not in COUNT_UNITS and unit not in MONEY_UNITS:
        return TEXT
    exact = Decimal(found["digits"].replace(",", "") + (found["fraction"] or ""))
    if found["sign"] in _NEGATIVE:
        exact = -exact
    number_ = plain(exact)
    return Value(number_, Meaning.ZERO if number_ == 0 else Meaning.NUMBER, unit or None, bool(found["sign"]), exact)


def _joined(word: str) -> str:
    """Drop white space beside a unit or a sign, and line breaks beside a separator; never any between two digits."""
    word = re.sub(r"(?<=\d)\s*\n\s*(?=[,.]\d)|(?<=\d[,.])\s*\n\s*(?=\d)", "", word)
    return re.sub(r"(?<=[^\d\s.,])\s+|\s+(?=[^\d\s.,])", "", word)


def fit(reading: Value, kind: str, unit: str | None) -> tuple[Value, str | None]:
    """Hold a reading against the metric's kind and the printed unit of its row or column.

    Gives the value to store (money in 元) and, where it cannot be stored, the reason as a slug:
    ``unit.unknown`` money without any printed unit, ``unit.mismatch`` a count in 元 or money in 件,
    ``value.negative`` a sign on a count, ``value.fraction`` a broken count.
    """
    if reading.exact is None:
        return reading, None
    if kind == "money":
        printed = reading.unit or unit
        if reading.signed and reading.exact < 0:
            return TEXT, "value.negative"
        if printed is None and reading.exact != 0:
            return TEXT, "unit.unknown"
        if printed is not None and printed not in MONEY_UNITS:
            return TEXT, "unit.mismatch"
        exact = reading.exact * MONEY_UNITS[printed] if printed else reading.exact
        return Value(plain(exact), reading.meaning, "元", False, exact), None
    if reading.unit in MONEY_UNITS:
        return TEXT, "unit.mismatch"
    if reading.exact != reading.exact.to_integral_value():
        return TEXT, "value.fraction"
    if kind == "count" and reading.signed:
        return TEXT, "value.negative"
    return reading, None
