"""The divisions of China at county level and above (GB/T 2260), with the names they bore and the years of each.

The register is `parsers/data/regions.csv`, built by `scripts/build_regions.py`; its sources and their limits are in
`parsers/data/regions.NOTICE.md`. Years come from yearly lists and lag a change by up to two years, so a lookup by year
is exact first and lenient after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources

from parsers.model import Region

_LAG = 2  # years by which the lists of divisions trail a change

# Names that are ordinary words too: they count only directly behind the name of their prefecture.
_COMMON_WORDS = re.compile(r"[城郊矿东西新市北南]区|市中区|新市区|[和新]县")

_NATIONALITY = re.compile(
    "(?:维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古族?|鄂伦春|(?:回|藏|羌|彝|白|傣|景颇|傈僳|哈尼|壮|苗|布依|侗|土家|朝鲜"
    "|裕固|土|撒拉|保安|东乡|黎|瑶|仫佬|毛南|仡佬|水|畲|满|达斡尔|鄂温克|纳西|普米|拉祜|佤|布朗|独龙|怒|各)族)+$"
)

# The first two digits of a postcode name the province (codes of GB/T 2260 beside them); 邮政编码 by China Post.
_POSTCODES = {
    "10": "11", "20": "31", "30": "12", "40": "50", "57": "46", "75": "64", "81": "63", "13": "22",
    **dict.fromkeys(("01", "02"), "15"), **dict.fromkeys(("03", "04"), "14"), **dict.fromkeys(("05", "06", "07"), "13"),
    **dict.fromkeys(("11", "12"), "21"), **dict.fromkeys(("15", "16"), "23"), **dict.fromkeys(("21", "22"), "32"),
    **dict.fromkeys(("23", "24"), "34"), **dict.fromkeys(("25", "26", "27"), "37"), **dict.fromkeys(("31", "32"), "33"),
    **dict.fromkeys(("33", "34"), "36"), **dict.fromkeys(("35", "36"), "35"), **dict.fromkeys(("41", "42"), "43"),
    **dict.fromkeys(("43", "44"), "42"), **dict.fromkeys(("45", "46", "47"), "41"), **dict.fromkeys(("51", "52"), "44"),
    **dict.fromkeys(("53", "54"), "45"), **dict.fromkeys(("55", "56"), "52"), **dict.fromkeys(("65", "66", "67"), "53"),
    **dict.fromkeys(("61", "62", "63", "64"), "51"), **dict.fromkeys(("71", "72"), "61"),
    **dict.fromkeys(("73", "74"), "62"), **dict.fromkeys(("83", "84"), "65"), **dict.fromkeys(("85", "86"), "54"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A name of a division met in a text: `start` and `end` are offsets, `regions` those that bear or bore the name."""

    start: int
    end: int
    regions: tuple[Region, ...]


class _Register:
    """The rows of the file and their indexes; a row becomes a Region when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._fields = [line.split(",") for line in text.splitlines()[1:]]
        self._made: dict[int, Region] = {}
        self.codes: dict[str, list[int]] = {}  # code → rows, in the order of the file: oldest name first
        self.names: dict[str, list[int]] = {}  # full names, and 大厂县, 恩施州 for autonomous ones
        for number, fields in enumerate(self._fields):
            self.codes.setdefault(fields[0], []).append(number)
            self.names.setdefault(fields[1], []).append(number)
            if "自治" in fields[1] and fields[1][-1] in "县州旗":
                self.names.setdefault(stem(fields[1]) + fields[1][-1], []).append(number)

    def get(self, numbers: Iterable[int]) -> tuple[Region, ...]:
        return tuple(self._made.get(number) or self._make(number) for number in numbers)

    def _make(self, number: int) -> Region:
        code, name, level, parent, first, last, successor = self._fields[number]
        self._made[number] = made = Region(
            code=code,
            name=name,
            level=level,
            parent_code=parent or None,
            valid_from=int(first) if first else None,
            valid_to=int(last) if last else None,
            successor=successor or None,
        )
        return made

    @cached_property
    def before(self) -> dict[str, list[int]]:
        """Code → the rows that it took over from other codes."""
        index: dict[str, list[int]] = {}
        for number, fields in enumerate(self._fields):
            if fields[6] and fields[6] != fields[0]:
                index.setdefault(fields[6], []).append(number)
        return index

    @cached_property
    def stems(self) -> dict[str, list[int]]:
        """Names without 市, 区, 蒙古族自治县 …"""
        index: dict[str, list[int]] = {}
        for number, fields in enumerate(self._fields):
            index.setdefault(stem(fields[1]), []).append(number)
        return index

    def named(self, name: str) -> tuple[Region, ...]:
        return self.get(self.names.get(name, ()))

    def stemmed(self, name: str) -> tuple[Region, ...]:
        return self.get(self.stems.get(name, ()))


@cache
def _register() -> _Register:
    return _Register(resources.files("parsers").joinpath("data/regions.csv").read_text(encoding="utf-8"))


def stem(name: str) -> str:
    """A name without its kind: 宁波市 → 宁波, 大厂回族自治县 → 大厂, 临夏回族自治州 → 临夏; 和县 stays as it is."""
    for ending in ("自治县", "自治旗", "自治州", "自治区"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            name = name.removesuffix(ending)
            found = _NATIONALITY.search(name, 2)
            return name[: found.start()] if found else name
    for ending in ("地区", "特区", "林区", "新区", "省", "市", "县", "区", "旗", "盟"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def all_regions() -> tuple[Region, ...]:
    """Every code once, with its newest name and the years in which the code held; parents and successors included."""
    out = []
    register = _register()
    for numbers in register.codes.values():
        names = register.get(numbers)
        newest = names[-1]
        if len(names) > 1 and names[-2].successor == newest.code:
            newest = replace(newest, valid_from=names[0].valid_from)
        out.append(newest)
    return tuple(out)


def is_name(name: str) -> bool:
    """True if a division bears or bore exactly this name."""
    return name in _register().names


def region(code: str, year: int | None = None) -> Region | None:
    """The division of a code under the name it bore in `year` (its newest name without a year); None if unknown."""
    names = names_of_code(code)
    if not names:
        return None
    if year is None:
        return names[-1]
    return min(names, key=lambda row: _years_away(row, year))


def names_of_code(code: str) -> tuple[Region, ...]:
    """All names of a code, oldest first."""
    register = _register()
    return register.get(register.codes.get(code, ()))


def present_code(code: str) -> str:
    """The code under which a division goes on: another one than `code` if its code is all that changed."""
    names = names_of_code(code)
    after = _moved_to(names[-1]) if names else None
    return code if after is None else present_code(after)


def names_of_line(code: str) -> tuple[Region, ...]:
    """All names of a division, oldest first, with those that it bore under former codes.

    Not those of a division that held the code before and goes on under another one.
    """
    line = [row for row in names_of_code(present_code(code)) if _moved_to(row) is None]
    register = _register()
    for row in line:  # grows: there may be a code before the former one
        line += [former for former in register.get(register.before.get(row.code, ())) if _is_same(former, row)]
    return tuple(sorted(line, key=lambda row: (row.valid_from or 0, row.valid_to or 9999)))


def _moved_to(row: Region) -> str | None:
    """The code that a division went over to without any other change; None if there is none."""
    return row.successor if any(_is_same(row, later) for later in names_of_code(row.successor or "")) else None


def _is_same(former: Region, later: Region) -> bool:
    """Whether a division only went over to another code: same name, same place, and no year between."""
    return (
        former.code != later.code
        and former.successor == later.code
        and former.name == later.name
        and (later.valid_from or 0) <= (former.valid_to or 9999)
        and _is_same_parent(former.parent_code or "", later.parent_code or "")
    )


def _is_same_parent(former: str, later: str) -> bool:
    """Whether two codes are of one prefecture, which may have become a city under another code (毕节地区, 毕节市)."""
    if former == later:
        return True
    stems = {stem(row.name) for row in names_of_code(later)}
    return any(row.successor == later and stem(row.name) in stems for row in names_of_code(former))


def _years_away(row: Region, year: int) -> int:
    if row.valid_from is not None and year < row.valid_from:
        return row.valid_from - year
    if row.valid_to is not None and year > row.valid_to:
        return year - row.valid_to
    return 0


def full_name(code: str, year: int | None = None) -> str | None:
    """The name as official papers give it: 浙江省; 宁波市; 宁波市北仑区; 北京市朝阳区; 湖北省仙桃市."""
    found = region(code, year)
    if found is None:
        return None
    if found.level != "county":
        return found.name
    parent = region(found.parent_code or "", year)
    return (parent.name if parent else "") + found.name


def is_within(code: str, outer: str) -> bool:
    """True if the division `code` is `outer` or lies in it by its code."""
    return code.startswith(outer.removesuffix("00").removesuffix("00"))


def find(name: str, year: int | None = None, within: str | None = None) -> tuple[Region, ...]:
    """The divisions that bear `name`, which may be a path (宁波市北仑区) or lack its kind (北仑).

    `year` leaves those that existed then (give or take the lag of the lists; without one of those, all), `within` a
    code that must contain them. Several answers mean that the name alone does not decide.
    """
    register = _register()
    found: Iterable[Region] = register.named(name) or register.stemmed(name)
    if not found:
        found = _find_path(name)
    if within is not None:
        found = [row for row in found if is_within(row.code, within)]
    return _of_year(found, year)


def _of_year(found: Iterable[Region], year: int | None) -> tuple[Region, ...]:
    """Those that existed in `year`; all if none did. A code stands once.

    A division that the lists have only from one or two years later counts too, unless another of its name stood in the
    same province then. Of a division and the one of its name that took it over in `year`, the new one stays.
    """
    rows = tuple(found)
    if year is None or len(rows) == 1:
        return tuple({row.code: row for row in rows}.values())
    there = {row.code: row for row in rows if _years_away(row, year) == 0}
    provinces = {code[:2] for code in there}
    late = (row for row in rows if row.valid_from and 0 < row.valid_from - year <= _LAG)
    there |= {row.code: row for row in late if row.code[:2] not in provinces}
    begun = {(row.name, row.code[:2]) for row in there.values() if row.valid_from == year}
    for row in tuple(there.values()):
        if row.valid_to == year and row.valid_from != year and (row.name, row.code[:2]) in begun:
            del there[row.code]
    return tuple((there or {row.code: row for row in rows}).values())


def _find_path(name: str) -> list[Region]:
    """The divisions at the end of a path such as 浙江省宁波市北仑区, of any year."""
    register = _register()
    for cut in range(len(name) - 2, 1, -1):
        outer = register.named(name[:cut]) or register.stemmed(name[:cut])
        inner = find(name[cut:]) if outer else ()
        hit = [row for row in inner if any(contains(above, row) for above in outer)]
        if hit:
            return hit
    return []


def contains(outer: Region, inner: Region) -> bool:
    """True if `outer` lies above `inner`, also over a change of codes (莱芜市 held 莱城区, now 济南市莱芜区)."""
    return outer.code != inner.code and outer.level != "county" and is_within(inner.code, outer.code)


def places(text: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Every full name of a division in text[start:end], the longest at each place; words such as 城区 are left out."""
    register = _register()
    stop = len(text) if end is None else end
    previous: Place | None = None
    for at in range(start + 1, stop):
        if text[at] not in "省市县区旗州盟":
            continue
        floor = max(start, previous.end if previous else start)
        for begin in range(max(floor, at - 14), at):
            name = text[begin : at + 1]
            if name not in register.names:
                continue
            found = register.named(name)
            follows = previous is not None and previous.end == begin
            if not follows and (
                _COMMON_WORDS.fullmatch(name) or (len(name) == 2 and begin > start and _is_han(text[begin - 1]))
            ):
                continue
            if follows and previous is not None:
                inner = tuple(row for row in found if any(contains(above, row) for above in previous.regions))
                if not inner and _COMMON_WORDS.fullmatch(name):
                    continue
                found = inner or found
            previous = Place(begin, at + 1, found)
            yield previous
            break


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def province_of_postcode(postcode: str) -> str | None:
    """The province code that the first two digits of a postcode stand for, or None."""
    province = _POSTCODES.get(postcode[:2])
    return f"{province}0000" if province else None


def decide(
    candidates: Iterable[Region], text: str, year: int | None = None, postcode: str | None = None
) -> Region | None:
    """The one of several divisions of one name that the places named in `text` point to; None if they leave it open.

    What counts: the names of the prefecture and province above each candidate, other counties beside it, and the
    postcode of the contact address. A tie decides nothing.
    """
    rows = tuple(candidates)
    if len(rows) <= 1:
        return rows[0] if rows else None
    scores: Counter[str] = Counter()
    weights = {"province": 2, "prefecture": 4, "county": 1}
    own = {row.name for row in rows}
    named: Counter[Region] = Counter()
    for place in places(text):
        if len(place.regions) == 1 and place.regions[0].name not in own:
            named[place.regions[0]] += 1
    for other, times in named.items():
        for row in rows:
            if contains(other, row):
                scores[row.code] += weights[other.level] * min(times, 5)
            elif other.level == "county" and other.parent_code == row.parent_code:
                scores[row.code] += weights["county"] * min(times, 3)
    for row in rows:  # 南京 without 市, in names of newspapers and sites
        for above in (row.parent_code, row.code[:2] + "0000"):
            outer = region(above, year) if above else None
            if outer and not scores[row.code] and stem(outer.name) in text and stem(outer.name) != stem(row.name):
                scores[row.code] += 1
    province = province_of_postcode(postcode) if postcode else None
    for row in rows:
        if province and is_within(row.code, province):
            scores[row.code] += 3
    ranked = (+scores).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(row for row in rows if row.code == ranked[0][0])
