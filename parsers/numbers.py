"""Every number as reports print it, read exactly.

Notations: ASCII and full-width digits, thousands separators (, and ，, a space before a unit), decimals, the
multipliers 十百千万亿 behind digits (1.2万, 3亿5千万), Chinese numerals by place value (两千零五, 一万二千, 廿三)
and digit by digit (二〇一二, 二○一二), percentages, ranges (3-5, 三至五), approximations (近, 余, 约, 多, 以上, 左右).

What looks like a number and counts nothing is left out: dates, clock times, telephone numbers, document and clause
numbers, hotlines, list enumerators, set phrases (一把手, “三安全一稳定”, 一窗通办).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MAX_DIGITS = 15
"""Longer runs of digits are identifiers, never counts."""

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "０": 0, "0": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": 20, "卅": 30}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_MULTIPLIERS = {**_PLACES, **_LARGE}

_D = "[0-9０-９]"
_C = "[〇○零一二两三四五六七八九十百千万亿廿卅]"
# 1 084条, 2 846.75万元
_SPACED = (
    rf"[1-9１-９]{_D}{{0,2}}(?:[ \u00a0\u2009]{_D}{{3}})+(?:[.．]{_D}+)?"
    r"(?=\ ?(?:[条件篇次人元份个例宗起余多]|[万亿]元))"
)
_PLAIN = rf"{_SPACED}|{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?!{_D})(?:[.．]{_D}+)?|{_D}+(?:[.．]{_D}+)?"

UNITS = (
    "人（次）", "人(次)", "件（次）", "件(次)", "条（次）", "条(次)", "人次", "件次", "条次", "场次", "户次", "例次",
    "批次", "班次", "份次", "期次", "车次", "项次", "页次", "版次", "个百分点", "百分点", "亿元", "万元", "课时",
    "学时", "大类", "大项", "小项", "平方米", "公里", "次", "条", "件", "例", "份", "宗", "起", "期", "场", "篇", "项",
    "个", "人", "名", "位", "元", "部", "批", "类", "家", "册", "张", "幅", "则", "种", "户", "处", "台", "套", "块",
    "轮", "封", "通", "桩", "所", "支", "辆", "间", "组", "课", "字", "页", "班", "卷", "段",
)  # fmt: skip
"""Counting words, longest first where one begins another."""

_UNIT = "(?:" + "|".join(re.escape(unit) for unit in UNITS) + ")"

# The set in front lets the engine leave most characters alone: the scan takes a third of the time.
_SCAN = re.compile(
    rf"""
    (?=[{_D[1:-1]}{_C[1:-1]}])(?:
    百分之(?P<parts>{_C}+(?:点{_C}+)?)
    | (?P<number>{_PLAIN})
      (?P<multiplier>\ ?[百千万亿]{{1,2}}(?:{_D}+(?:[.．]{_D}+)?[百千万亿]+)*)?
      (?:(?P<link>\s?[-–—~～－]+\s?|[至到])(?P<second>{_PLAIN})(?P<second_multiplier>[百千万亿]+)?)?
      (?P<more>[余多来]|\+(?![0-9A-Za-z]))?
      \s{{0,2}}(?P<unit>{_UNIT}|[%％])?
    | (?P<chinese>{_C}{{1,24}})
      (?:(?P<chinese_link>[至到、])(?P<chinese_second>{_C}{{1,24}}))?
      (?P<chinese_more>[余多])?
      \s{{0,2}}(?P<chinese_unit>{_UNIT})
    )
    """,
    re.VERBOSE,
)

_BEFORE = re.compile(r"(?:接近|将近|大约|大概|超过|高达|不少于|不低于|不超过|至少|[近约逾超上])\s?$")
_AFTER = re.compile(r"\s?(?:[（(]?(?:以上|左右|上下|以内|以下|之多)|[余多](?![项次个种元]))")
# What stands behind a bare or wrongly read number that is no quantity: dates, times, addresses, degrees, hotlines.
_NO_QUANTITY_AFTER = re.compile(
    r"\s{0,2}(?:年|月|日|号|时(?!效)|点(?!击)|分(?!别)|秒|周|天|小时|季度|工作日|岁|世纪|度|级|层|楼|室|栋|幢|弄|路|版(?!次)|届|"
    r"[A-Za-z＋·]|\+[0-9A-Za-z]|:\d|：\d\d|[@/\\]|[（(]?(?:政务|便民|卫生|公共)?(?:服务)?(?:热线|专线|电话|平台))"
)
_HOTLINE_LIST = re.compile(
    rf"\s?[、和及与/]\s?[“\"]?{_D}{{3,5}}[”\"]?(?:[、和及与/]\s?{_D}{{3,5}})?\s?(?:政务|便民|卫生|公共)?(?:服务)?(?:热线|专线|电话|平台)"
)
_NO_COUNT_UNIT = re.compile(
    r"\s{0,2}个(?:工作日|月|小时|星期|季度|年度|自然日)|\s{0,2}项(?:以上|以下)规定|\s{0,2}人(?:大|民|事|员|均)"
)
_ENUMERATOR = re.compile(r"\s?[、.．)）](?!\d)")
_BARE_BEFORE = re.compile(
    r"(?:[数量额费]|[总共合]计|[数量]?(?:[均为是]|分别为|各为|达到?|有)|总[数量]?|共|计|[:：])\s?$"
)
_BARE_AFTER = re.compile(r"\s?(?:[，,。；;、）)]|和|$|\n)")
_FRACTIONAL = frozenset({"%", "％", "万元", "亿元", "元", "百分点", "个百分点", "公里", "平方米"})
_NOT_A_NUMBER = frozenset("每第这那某首不万")
_NOT_ONE = frozenset("同任唯逐统另进之单专")
_DONE_WITH_ONE = frozenset("为予属系因不同部已尚申被延告无结转维撤")
"""一件为信息不存在, 一件予以公开: what became of one case."""
_CLOSED = frozenset("，,。；;、）)（(！!：: \n\t　”")


@dataclass(frozen=True, slots=True)
class Number:
    """One quantity expression: ``text[start:end]`` is the number with its unit.

    `value` has the multiplier applied (1.2万 → 12000), except before 元, where 万元 and 亿元 are units. `unit` is "%"
    for percentages and None for a bare number. A range gives its lower end as `value` and the upper one as `upper`.
    """

    start: int
    end: int
    value: int | float
    unit: str | None
    approximate: bool = False
    upper: int | float | None = None


def plain(value: Decimal) -> int | float:
    """The exact decimal as an int where it is whole, else as the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)


def read_number(text: str) -> int | float | None:
    """The exact value of a string that is one number without a unit; None if it is anything else.

    Percent signs, approximations and ranges are not part of a number here. The value of 十 is 10, of 二〇一二 2012.
    """
    value = _decimal(text.strip())
    return None if value is None else plain(value)


def _decimal(text: str) -> Decimal | None:
    if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
        return Decimal(text)  # nearly every number
    text = "".join(text.translate(_FULL_WIDTH).split())
    if not text:
        return None
    if not text[0].isdigit() or not text[0].isascii():
        whole = _chinese(text)
        return None if whole is None else Decimal(whole)
    return _digits(text)


def _digits(text: str) -> Decimal | None:
    """Digits with separators, a decimal part and multipliers: 1,234.5 / 1.2万 / 3亿5千万."""
    total = Decimal(0)
    last: int | None = None
    for part in re.finditer(r"([0-9][0-9,]*(?:\.[0-9]+)?)([十百千万亿]*)|(.)", text):
        if part[3] is not None:
            return None
        printed = part[1]
        if "," in printed and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", printed):
            return None
        if sum(c.isdigit() for c in printed) > MAX_DIGITS:
            return None
        factor = 1
        for mark in part[2]:
            factor *= _MULTIPLIERS[mark]
        if last is not None and factor >= last:
            return None
        last = factor
        total += Decimal(printed.replace(",", "")) * factor
    return total


def _chinese(text: str) -> int | None:
    """A Chinese numeral by place value, or digit by digit where it has no place marks; None if it is malformed."""
    if not text or len(text) > 24:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) != 2 or text[0] != "零" else None
    if len(text) == 1:
        return _PLACES.get(text) if text == "十" else _TENS.get(text)
    total = 0
    for mark, factor in (("亿", 100_000_000), ("万", 10_000)):
        if mark in text:
            head, _, text = text.partition(mark)
            value = _chinese(head[1:] if total and head.startswith(("零", "〇")) else head)  # 一亿零一万
            if value is None or "亿" in text or not value:
                return None
            total += value * factor
            if not text:
                return total
            if len(text) == 1 and text in _DIGITS and _DIGITS[text]:  # 一万二 = 12 000
                return total + _DIGITS[text] * factor // 10
            if mark == "亿" and "万" not in text and not text.startswith(("零", "〇")) and len(text) < 2:
                return None
    value = _below_ten_thousand(text)
    return None if value is None else total + value


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last, gap = 0, None, 10_000, False
    for position, c in enumerate(text):
        if c in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[c]:
                digit = _DIGITS[c]
            elif gap or (position == 0 and len(text) == 1):
                return None
            else:
                gap = True
        elif c in _PLACES:
            place = _PLACES[c]
            if place >= last or (digit is None and (c != "十" or (total and not gap))):
                return None
            total += (1 if digit is None else digit) * place
            digit, last, gap = None, place, False
        elif c in _TENS:
            if last <= 10 or digit is not None:
                return None
            total, last = total + _TENS[c], 10
        else:
            return None
    if digit is not None:
        # 一百二 says 120, 一百零二 says 102
        total += digit * (last // 10) if last in (100, 1000) and not gap else digit
    return total


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """All quantity expressions of ``text[start:end]`` in order, without those that count nothing."""
    for match in _SCAN.finditer(text, start, len(text) if end is None else end):
        if match["number"] is not None:
            found = _from_digits(text, match)
        elif match["chinese"] is not None:
            found = _from_chinese(text, match)
        else:
            whole, _, part = match["parts"].partition("点")
            value = _chinese(whole)
            fraction = "".join(str(_DIGITS.get(c, "x")) for c in part)
            if value is None or "x" in fraction:
                continue
            exact = Decimal(f"{value}.{fraction}") if fraction else Decimal(value)
            found = Number(match.start(), match.end(), plain(exact), "%")
        if found is not None:
            yield found


def _from_digits(text: str, match: re.Match[str]) -> Number | None:
    start, (printed, multiplier, unit) = match.start(), match.group("number", "multiplier", "unit")
    multiplier = multiplier or ""
    before = text[max(0, start - 6) : start]
    if before and not _may_precede(before):
        return None
    if unit is None or unit == "个" or unit.startswith(("人", "项")):
        tail = match.end() if unit is None else match.start("unit")
        if unit is None and (_NO_QUANTITY_AFTER.match(text, tail) or _HOTLINE_LIST.match(text, tail)):
            return None
        if unit is not None and _NO_COUNT_UNIT.match(text, tail):
            return None
    value = _decimal(printed + multiplier.strip())
    if value is None or (len(printed) > 1 and printed[0] in "0０" and printed[1] not in ".．"):
        return None
    if unit in ("万元", "亿元", "元") and multiplier.strip() in ("万", "亿"):
        value, unit, multiplier = _decimal(printed) or Decimal(0), f"{multiplier.strip()}元", ""
    end = (
        match.end("unit") if match["unit"] else match.end("multiplier") if match["multiplier"] else match.end("number")
    )
    fraction = "." in printed or "．" in printed
    if fraction and not multiplier.strip() and unit not in _FRACTIONAL:
        # 1.12条 at the head of a line is the enumerator 1. and twelve of something
        head, _, rest = printed.translate(_FULL_WIDTH).partition(".")
        if unit is None or len(head) > 2 or rest.startswith("0") or not _starts_line(text, start):
            return None
        start, value = start + len(head) + 1, Decimal(rest)
    upper: int | float | None = None
    if match["second"] is not None:
        second = _decimal(match["second"] + (match["second_multiplier"] or ""))
        if unit is None or second is None or second <= value or match["second"][0] in "0０":
            return None
        if match["second_multiplier"] and not multiplier.strip():
            value *= second / (_decimal(match["second"]) or Decimal(1))
        upper = plain(second)
    if unit is None:
        if not _is_bare_count(text, start, end, printed):
            return None
        return Number(start, end, plain(value), None, _approximately(before))
    approximate = upper is not None or match["more"] is not None or _approximately(before)
    if after := _AFTER.match(text, end):
        approximate, end = True, after.end()
    return Number(start, end, plain(value), "%" if unit in "%％" else _unit(unit), approximate, upper)


# 举办了一期信息公开业务培训班, 召开一次专题会议
_HELD = re.compile(r"(?:举办|组织|召开|开展|举行|开办|主办|承办)(?:了|过)?$")
_SITTING = re.compile(r"[^，。；、\d]{0,14}(?:培训|会议|座谈会|推进会|部署会|讲座|发布会|访谈|听证会)")


def _from_chinese(text: str, match: re.Match[str]) -> Number | None:
    start, printed, unit = match.start(), match["chinese"], match["chinese_unit"]
    before = text[max(0, start - 6) : start]
    previous = before[-1:]
    if previous and (
        previous in _NOT_A_NUMBER
        or (printed == "一" and previous in _NOT_ONE)
        or previous in '“"‘《0123456789０１２３４５６７８９几数'
    ):
        return None
    if unit.startswith(("个", "项", "人")) and _NO_COUNT_UNIT.match(text, match.start("chinese_unit")):
        return None
    approximate = match["chinese_more"] is not None or _approximately(before)
    value = _decimal(printed)
    if value is None and approximate:  # 近千余条, 上百次, 万余人次
        value = _decimal("一" + printed)
    if value is None:
        return None
    end = match.end()
    behind = text[end : end + 1] or "\n"
    done = unit in ("件", "例", "宗") and behind in _DONE_WITH_ONE
    held = unit in ("次", "期", "场") and _HELD.search(before) and _SITTING.match(text, end)
    if len(printed) == 1 and value <= 1 and behind not in _CLOSED and not (done or held):
        return None  # 一次性, 一条龙, 一件事
    if unit == "元" and printed[-1] in _LARGE and len(printed) > 1 and not match["chinese_second"]:
        value, unit = _decimal(printed[:-1]) or Decimal(0), printed[-1] + "元"
    upper: int | float | None = None
    if match["chinese_second"] is not None:
        second = _decimal(match["chinese_second"])
        if match["chinese_link"] == "、":
            return None  # 一、二级, 二、三次: an ordinal or a vague few
        if second is None or second <= value:
            return None
        upper, approximate = plain(second), True
    if after := _AFTER.match(text, end):
        approximate, end = True, after.end()
    return Number(start, end, plain(value), _unit(unit), approximate, upper)


def _unit(printed: str) -> str:
    return printed.replace("（", "").replace("）", "").replace("(", "").replace(")", "")


def _approximately(before: str) -> bool:
    return _BEFORE.search(before) is not None


def _starts_line(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].strip(" \t　")[-1:] in ("", "\n", "。", "；", "：")


def _may_precede(before: str) -> bool:
    last = before[-1]
    if last in "第〔[【-－—/\\@._·+＋#№~～" or (last.isascii() and last.isalnum()):
        return False
    return not (last in ":：" and len(before) > 1 and before[-2].isdigit())


_HOTLINE = re.compile(r"123\d\d|9[56]\d{3,4}")  # 12320, 12345, 96128: the numbers of public telephones


def _is_bare_count(text: str, start: int, end: int, printed: str) -> bool:
    """Whether a number without a unit is still a count: 申请数21，… or a member of a list of counts."""
    if sum(c.isdigit() for c in printed) > 7 or not _BARE_AFTER.match(text, end):
        return False
    before = text[max(0, start - 8) : start]
    if re.search(r"(?:电话|邮编|传真|热线|号码|编号|QQ|编码|专线|备案号|房间)\s?[:：]?\s?$", before):
        return False
    if _HOTLINE.fullmatch(printed) or (_ENUMERATOR.match(text, end) and _starts_line(text, start)):
        return False
    return _BARE_BEFORE.search(before) is not None or before[-1:] in "、，,和" or _in_chain(text, start, end, before)


def _in_chain(text: str, start: int, end: int, before: str) -> bool:
    """政策文件48、人事信息31、财政信息27: labels and numbers that follow one another."""
    if not _LABEL_BEFORE.search(before) or _A_YEAR.fullmatch(text, start, end):
        return False
    follows = _LAST_IN_CHAIN.search(text, max(0, start - 22), start)
    return follows is not None or _NEXT_IN_CHAIN.match(text, end) is not None


_LABEL_BEFORE = re.compile(r"[一-鿿”）]{2}(?<!附件)(?<![表图号版型第码编节章条款页卷期班])$")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_NEXT_IN_CHAIN = re.compile(r"、[^\d、，。；：\n]{2,12}\d{1,6}(?=[、，。；条件])")
_LAST_IN_CHAIN = re.compile(r"[一-鿿]\d{1,6}、[^\d、，。；：\n]{2,12}$")
