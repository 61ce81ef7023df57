"""The numbers that Word prints before list paragraphs and does not store in their text.

A list level has a number format and a text such as "（%1）"; a paragraph names its list and level. Headings of the
reports are often numbered this way, and so is the column 序号 of a table.
Formats: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def chinese_number(value: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十, 105 -> 一百零五; 0 <= value < 10000."""
    return _counted(value, "零" + _DIGITS[1:], "十百千", short_ten=True)


def _counted(value: int, digits: str, units: str, short_ten: bool) -> str:
    if not 0 <= value < 10_000:
        return str(value)
    if value == 0:
        return digits[0]
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            zero = bool(text)
            continue
        if zero:
            text += digits[0]
        text += digits[digit] + (units[power - 1] if power else "")
        zero = False
    if short_ten and 10 <= value < 20:
        text = text[1:]
    return text


def _roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        while value >= amount:
            text, value = text + letters, value - amount
    return text


def _letters(value: int) -> str:
    # Word repeats the letter: … Y, Z, AA, BB.
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def formatted(value: int, number_format: str) -> str:
    """A list number in a ST_NumberFormat format; formats that no Chinese report uses come out decimal."""
    if number_format in ("none", "bullet"):
        return ""
    if not 0 < value < 3000:
        return str(value)
    if number_format in (
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "koreanCounting",
    ):  # fmt: skip
        return chinese_number(value)
    if number_format in ("chineseLegalSimplified", "japaneseLegal", "ideographLegalTraditional"):
        return _counted(value, _LEGAL, "拾佰仟", short_ten=False)
    if number_format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if number_format in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(value))
    if number_format.startswith("decimalEnclosedCircle") and value <= 20:
        return chr(0x2460 + value - 1)
    if number_format == "decimalEnclosedParen" and value <= 20:
        return chr(0x2474 + value - 1)
    if number_format == "decimalEnclosedFullstop" and value <= 20:
        return chr(0x2488 + value - 1)
    if number_format == "ideographEnclosedCircle" and value <= 10:
        return chr(0x3280 + value - 1)
    if number_format == "decimalZero":
        return f"{value:02}"
    if number_format in ("upperRoman", "lowerRoman"):
        return _roman(value) if number_format == "upperRoman" else _roman(value).lower()
    if number_format in ("upperLetter", "lowerLetter"):
        return _letters(value) if number_format == "upperLetter" else _letters(value).lower()
    if number_format == "ideographTraditional" and value <= 10:
        return _STEMS[value - 1]
    if number_format == "ideographZodiac" and value <= 12:
        return _BRANCHES[value - 1]
    return str(value)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list. `text` holds %1 … %9 for the numbers of the levels; `restart_after` as w:lvlRestart."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"  # tab | space | nothing
    legal: bool = False  # all numbers decimal
    restart_after: int | None = None  # 0 = never


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as a paragraph names it: which counters it shares, its levels, and the starts it overrides."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


_PLACEHOLDER = re.compile(r"%([1-9])")
_BARE_END = re.compile(r"[0-9A-Za-z]$")


@dataclass(slots=True)
class Counters:
    """The running numbers of one document, advanced paragraph by paragraph in reading order."""

    lists: Mapping[str, NumberedList]
    values: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The printed number of the next paragraph of that list and level, "" for a bullet or an unknown list."""
        numbered = self.lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return ""
        form = numbered.levels[level]
        values = self.values.setdefault(numbered.abstract, {})
        if level in numbered.starts and (list_id, level) not in self.started:
            values[level] = numbered.starts[level]
        elif level in values:
            values[level] += 1
        else:
            values[level] = form.start
        self.started.add((list_id, level))
        for deeper in [key for key in values if key > level]:
            restart = numbered.levels[deeper].restart_after if deeper in numbered.levels else None
            if restart is None or (restart > 0 and level < restart):
                del values[deeper]
        if form.number_format == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            of = numbered.levels.get(index, form)
            return formatted(values.get(index, of.start), "decimal" if form.legal else of.number_format)

        text = _PLACEHOLDER.sub(number, form.text)
        # The gap after the number is a tab on paper; only a bare number needs one to stay apart from the text.
        return text + " " if _BARE_END.search(text) and form.suffix != "nothing" else text
