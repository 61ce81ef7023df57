"""Dates of a report: when it was published, when it was signed, and the period that its figures cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from parsers.identity.letters import flatten

_ZERO = "零〇○ＯO0"
_ONES = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | dict.fromkeys(_ZERO, 0)

_YEAR = rf"(?:20\d\d|二[{_ZERO}][{_ZERO}一二三][{_ZERO}一二三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?"
    r"|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_WRITTEN = rf"(?P<y>{_YEAR})年(?P<m>{_MONTH})月(?P<d>{_DAY})[日号]"
_SHORT = r"(?P<y2>20\d\d)(?P<sep>[-./])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})"
_DATE = rf"(?:{_WRITTEN}|{_SHORT})"

_DATE_LINE = re.compile(rf"[(\[]?(?:成文日期[::])?{_DATE}[)\]]?")
_SIGNED_LINE = re.compile(
    rf"(?P<agency>[\u4e00-\u9fff()、]{{2,40}}?(?:局|委员会|委|厅|政府|办公室|办公厅|办|管委会|中心|处|院|会|所|站|社|队|公司))[(:,]?{_DATE}\)?"
)
# In a text without line breaks: after the agency's name, or all that stands behind the last sentence.
_SIGNED_INSIDE = re.compile(
    rf"(?:(?:局|委员会|委|厅|政府|办公室|办公厅|管委会|中心|处|院|会)[(]?|(?<=。)(?=[^。]{{0,16}}$)){_WRITTEN}\)?"
    r"(?=$|附[件表:]|政府信息公开|20\d\d年.{0,20}统计)"
)
_LIKE_A_DATE = re.compile(r"月[ \t\u3000]*[\d０-９一二三四五六七八九十廿][^月]{0,5}[日号]|20\d\d[-./]\d{1,2}[-./]\d")
_PUBLISHED = re.compile(rf"(?:发布|公开|公布|发文|发稿|上网|更新)(?:时间|日期)[::]?\[?{_DATE}")
_PUBLISHED_LABELS = ("发布日期", "发布时间", "公开日期", "公布日期", "生成日期", "成文日期", "发文日期")

_FROM = rf"(?P<y1>{_YEAR})年(?P<m1>{_MONTH})月(?P<d1>{_DAY})[日号]"
_TO = rf"(?:(?P<y2>{_YEAR}|同)年)?(?P<m2>{_MONTH})月(?P<d2>{_DAY})[日号]"
_SPAN = re.compile(rf"{_FROM}(?:起|开始|始)?,?(?:至|到|[-—–~―─]+){_TO}")
_MONTHS = re.compile(
    rf"(?P<y1>{_YEAR})年(?P<m1>{_MONTH})月?(?:份|起)?(?:至|到|[-—–~―─]+)(?:同年|(?P<y2>{_YEAR})年)?(?P<m2>{_MONTH})月"
)
_UNTIL = re.compile(rf"截[至止](?:到|至)?(?P<y1>{_YEAR})年12月(?:31日|底)|截[至止]到?(?P<y2>{_YEAR})年(?:年)?底")
_ABOUT_PERIOD = re.compile(
    r"期限|统计|时限|时间范围|所列数据|各[类项]数据|数据(?:的)?(?:时间|起止)|报告(?:周期|期)|起止|年度为"
)


def _number(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    if numeral == "元":
        return 1
    numeral = numeral.replace("廿", "二十")
    tens, found, ones = numeral.partition("十")
    if found:
        return (_ONES[tens] if tens else 1) * 10 + (_ONES[ones] if ones else 0)
    return int("".join(str(_ONES[letter]) if not letter.isdigit() else letter for letter in numeral))


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(_number(year), _number(month), _number(day))
    except ValueError:
        return None


def _of(match: re.Match[str]) -> date | None:
    fields = match.groupdict()
    if fields.get("y"):
        return _made(fields["y"], fields["m"], fields["d"])
    return _made(fields["y2"], fields["m2"], fields["d2"])


def read_date(text: str) -> date | None:
    """The date that is all of `text`: 2018 年 2 月 1 日, 二〇一八年二月一日, 2018-02-01; else None."""
    match = _DATE_LINE.fullmatch(flatten(text))
    return _of(match) if match else None


def published_in(lines: Sequence[str], labels: dict[str, str]) -> date | None:
    """The publication date printed above the text (发布时间：…) or in the index box."""
    for line in lines[:12]:
        if "时间" not in line[:200] and "日期" not in line[:200]:
            continue
        match = _PUBLISHED.search(flatten(line[:200]))
        if match:
            return _of(match)
    for label in _PUBLISHED_LABELS:
        match = re.match(_DATE, flatten(labels.get(label, ""))[:20])
        if match:
            return _of(match)
    return None


def signed_in(lines: Sequence[str], title_line: int | None) -> tuple[date | None, str | None]:
    """The date of signature and the agency printed with it: the closing lines first, then the line under the title."""
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if not _LIKE_A_DATE.search(line):
            continue
        if len(line) > 80:
            inside = list(_SIGNED_INSIDE.finditer(flatten(line[-3000:])))
            if inside:
                return _of(inside[-1]), None
            continue
        if number <= (title_line if title_line is not None else 0):
            break
        flat = flatten(line)
        match = _DATE_LINE.fullmatch(flat)
        if match:
            above = next((flatten(words) for words in reversed(lines[:number]) if words), "")
            return _of(match), above if 3 <= len(above) <= 40 else None
        match = _SIGNED_LINE.fullmatch(flat)
        if match:
            return _of(match), match["agency"]
    return None, None


def period_in(head: str) -> tuple[date, date] | None:
    """The period of the figures as the preamble states it; `head` is flattened text.

    自2017年1月1日起至2017年12月31日止; 2012年1月1日至12月31日; 统计期限截至2012年12月31日 means the whole year.
    """
    for match in _SPAN.finditer(head):
        start = _made(match["y1"], match["m1"], match["d1"])
        later = match["y2"] if match["y2"] and match["y2"] != "同" else match["y1"]
        end = _made(later, match["m2"], match["d2"])
        around = head[max(0, match.start() - 45) : match.end() + 25]
        if start and end and start < end and (_ABOUT_PERIOD.search(around) or (start.month, end.month) == (1, 12)):
            return start, end
    for match in _MONTHS.finditer(head):
        if _ABOUT_PERIOD.search(head[max(0, match.start() - 45) : match.end() + 10]) and _number(match["m2"]) == 12:
            first = _made(match["y1"], match["m1"], "1")
            last = _made(match["y2"] or match["y1"], "12", "31")
            return (first, last) if first and last else None
    for match in _UNTIL.finditer(head):
        if _ABOUT_PERIOD.search(head[max(0, match.start() - 25) : match.end() + 10]):
            year = _number(match["y1"] or match["y2"])
            return date(year, 1, 1), date(year, 12, 31)
    return None
