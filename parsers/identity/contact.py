"""The preamble's contact block and its count of parts."""

from __future__ import annotations

import re

from parsers.model import Contact

_END = r"(?=[；;，,。）)]|邮编|邮政编码|(?:联系|咨询|办公)?电话|联系人|传真|电子邮|电子信箱|邮箱|[Ee]-?[Mm]ail|$)"
_PAIR = r"(?:[（(][^（）()；;。]{1,24}[）)]|[^；;，,。）)（(])"
_ADDRESS = re.compile(rf"(?:地\s*址|办公地点)(?:为|在|是)?[：:]?(?P<value>{_PAIR}{{4,60}}?){_END}")
_POSTCODE = re.compile(r"(?:邮编|邮政编码|邮码)(?:为|是)?[：:]?(?P<value>\d{6})(?!\d)")
_NUMBERS = (
    r"(?P<value>[（(]?\d[\d\-—–－―─()（）转]{5,24}(?:[、，,/或](?=\d{3,4}[\-—–－]|\d{7,8})[\d\-—–－()（）]{6,20})*)"
)
_PHONE = re.compile(rf"电话(?:号码)?(?:为|是)?[：:]?{_NUMBERS}")
_FAX = re.compile(rf"传真(?:号码|电话)?(?:为|是)?[：:]?{_NUMBERS}")
_EMAIL = re.compile(
    r"(?:电子邮箱|电子邮件|电子信箱|邮箱|邮件|[Ee]-?[Mm][Aa][Ii][Ll]|电邮)(?:地址)?(?:为|是)?[：:]?"
    r"(?P<value>[A-Za-z0-9._+\-]{1,40}[@＠][A-Za-z0-9.。\-]{3,40})"
)
_PASSAGE = re.compile(
    r"(?:疑问|问题|咨询|查询|建议)[^。]{0,30}请[^。]{0,40}联系|联系方式[：:为如]|(?:联系|通讯|通信)地址[：:]"
)
_REACH = 400  # letters of a contact passage

_NUMERAL = "一二三四五六七八九十"
_PARTS = re.compile(
    rf"(?:报告|全文|正文|内容|由|分|包括|包含|从|共|等)[^。]{{0,400}}?(?P<number>[{_NUMERAL}]{{1,3}}|\d{{1,2}})个?(?:大)?(?:部分|方面)(?P<after>组成|内容|构成|[,，。;；.)）]|$|向|进行|的|情况|$|[本现报])?"
)


def contact_in(preamble: str, text: str) -> Contact:
    """The contact block as printed, white space removed: of the preamble, else of the passage that offers contact."""
    place = re.sub(r"\s+", "", preamble)
    if not (_ADDRESS.search(place) or _PHONE.search(place)):
        passage = _PASSAGE.search(text, 0, 200_000)
        place = re.sub(r"\s+", "", text[passage.start() : passage.start() + _REACH]) if passage else ""
    return Contact(
        address=_value(_ADDRESS, place),
        postcode=_value(_POSTCODE, place),
        phone=_value(_PHONE, place),
        fax=_value(_FAX, place),
        email=_value(_EMAIL, place),
    )


def _value(pattern: re.Pattern[str], place: str) -> str | None:
    match = pattern.search(place)
    if match is None:
        return None
    value = match["value"].rstrip(".。-—–")
    for closing, opening in (("）", "（"), (")", "(")):
        if value.count(closing) > value.count(opening) + value.count("(" if opening == "（" else "（"):
            value = value.split(closing)[0]
    return value or None


def declared_parts_in(preamble: str) -> int | None:
    """How many parts the preamble says the report has: 共六个部分, 由…等六部分组成, 分 11 个部分."""
    place = re.sub(r"\s+", "", preamble)[:3000]
    if "部分" not in place:
        return None
    for match in _PARTS.finditer(place):
        word = match[0]
        if word.endswith("方面") or "方面" in word[-4:]:
            continue
        return _count(match["number"])
    return None


def _count(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    tens, found, ones = numeral.partition("十")
    if not found:
        return _NUMERAL.index(numeral[-1]) + 1
    return (_NUMERAL.index(tens[-1]) + 1 if tens else 1) * 10 + (_NUMERAL.index(ones[0]) + 1 if ones else 0)
