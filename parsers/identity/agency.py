"""Printed agencies: 区卫计局 and 宁波市鄞州区卫生健康局 taken apart into region and office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.identity import authorities, regions
from parsers.identity.authorities import Office, Zone
from parsers.model import Region

_LEVELS = "省市县区州旗"
_LONGEST_REGION = 15
_BELOW_COUNTY = tuple("镇乡村道")  # 柴桥镇人民政府 is no government of a county

# Where a name of an authority can end. 委 not in 委托, 政府 not in 政府信息.
_ENDING = re.compile(
    r"(?:人民)?政府(?:办公[室厅]|办(?![事理学法]))?(?!信息|采购|网|门户|工作|公报|部门|机关|职能|服务|投资|购买|令|法制|公开|系统|各|常务)"
    r"|局(?![长域部面限机领])|委员会|委(?![员托派书常办屈内主])|厅(?![长级])|管委会"
)

# Directly before the name of an authority whose orders are followed, not of the one that reports.
_ANOTHER = re.compile(r"(?:按照|根据|贯彻|落实|依据|遵照|上级|《|在|向|经)$")


@dataclass(frozen=True, slots=True)
class Printed:
    """An agency as printed: the words, the office among them, and the divisions that its region's name can mean.

    `bare` is the level when only that is printed (区卫计局 → 区), "" when nothing stands before the office (卫生局),
    None when the region is named. `rest` holds words that are neither region nor a known office (柴桥街道办事处).
    """

    words: str
    office: Office | None
    regions: tuple[Region, ...] = ()
    bare: str | None = None
    zone: Zone | None = None
    rest: str = ""


def read_agency(words: str, year: int | None = None) -> Printed | None:
    """Take apart a printed agency; None if the words name neither a division nor an office."""
    words = re.sub(r"[\s“”\"《》]+", "", words).strip("，,。、：:;；-—")
    name = re.sub(r"(?<=[局委会厅])(?:办公室|机关|本级|综合科|办)$", "", words)
    name = re.sub(r"(?:\(本级\)|（本级）|本级)$", "", name)
    if not 2 <= len(name) <= 50:
        return None
    for zone_name, zone in authorities.zones().items():
        if name.startswith(zone_name):
            rest = name[len(zone_name) :]
            office = authorities.office_at(rest, len(rest)) if rest else None
            if office and office.sector.startswith(("zone", "government")):
                office, rest = None, ""
            place = regions.region(zone.region_code)
            return Printed(words, office, (place,) if place else (), None, zone, rest if office is None else "")
    office = authorities.office_at(name, len(name))
    before = name[: len(name) - len(office.printed)] if office else name
    found = _region_of(before, year) if before else ()
    if office:
        if found:
            return Printed(words, office, found)
        if before == "":
            return Printed(words, office, bare="")
        if before[-1] in _LEVELS and len(before) <= 2:
            return Printed(words, office, bare=before[-1])
        cut = _leading_region(before, year)
        if cut is None:
            return Printed(words, office, bare="") if before in ("我", "本") else Printed(words, None, rest=name)
        return Printed(words, None, cut[0], rest=name[cut[1] :])
    if found:
        return Printed(words, None, found)
    cut = _leading_region(name, year)
    if cut is not None:
        return Printed(words, None, cut[0], rest=name[cut[1] :])
    if name[0] in _LEVELS and len(name) > 3:
        return Printed(words, None, bare=name[0], rest=name[1:])
    return None


def _region_of(name: str, year: int | None) -> tuple[Region, ...]:
    found = regions.find(name, year)
    if not found and name[-1] not in _LEVELS and len(name) <= 4:
        return ()
    return found


def _leading_region(name: str, year: int | None) -> tuple[tuple[Region, ...], int] | None:
    """The longest path of divisions at the start of `name`, and its length."""
    found: tuple[Region, ...] = ()
    end = 0
    for place in regions.places(name):
        if place.start != end:
            break
        found, end = place.regions, place.end
    if not found:
        return None
    return (regions.find(name[:end], year) or found), end


def agencies_in(text: str, year: int | None = None) -> Iterator[Printed]:
    """Every known office in `text`, which has no white space, with the region directly before it."""
    for match in _ENDING.finditer(text):
        office = authorities.office_at(text, match.end())
        if office is None:
            continue
        first = match.end() - len(office.printed)
        if text[max(0, first - 1) : first] in _BELOW_COUNTY:
            continue
        begin = _region_start(text, first)
        if _ANOTHER.search(text, max(0, begin - 3), begin):
            continue
        if begin < first:
            found = regions.find(text[begin:first], year)
            if found:
                yield Printed(text[begin : match.end()], office, found)
                continue
        if first and text[first - 1] in _LEVELS:
            yield Printed(text[first - 1 : match.end()], office, bare=text[first - 1])
        else:
            yield Printed(office.printed, office, bare="")


def _region_start(text: str, end: int) -> int:
    """Where the path of divisions that ends at `end` begins; `end` itself if none does."""
    begin = end
    while begin and text[begin - 1] in _LEVELS:
        lengths = range(min(_LONGEST_REGION, begin), 1, -1)
        length = next((size for size in lengths if regions.is_name(text[begin - size : begin])), 0)
        if not length:
            break
        begin -= length
    return begin
