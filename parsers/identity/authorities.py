"""Authorities: which sector a printed name belongs to, its full form, and the names of a region's authority over time.

The data are in `parsers/data/authorities.toml`. An authority that is renamed in a reform stays one line: 卫生局,
卫生和计划生育局 and 卫生健康局 of a region share the agency id (330206-health).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from parsers.identity import regions
from parsers.model import AgencyName

_BODIES = {"局": "局", "委员会": "委员会", "委": "委员会", "厅": "厅"}
_MUNICIPALITIES = ("11", "12", "31", "50")
_LONGEST = 22  # letters of the longest authority name without its region, with room


@dataclass(frozen=True, slots=True)
class Office:
    """What an authority's name says beside its region: sector and full form (卫计局 → health, 卫生和计划生育局)."""

    sector: str
    full: str
    printed: str
    valid_from: int | None = None  # first report year in which the name is usual, at the earliest level
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone with a committee of its own, and the division of the register that it governs."""

    name: str
    full: str
    committee: str
    region_code: str


@dataclass(frozen=True, slots=True)
class _Authorities:
    offices: Mapping[str, Office]  # printed name without region → what it is
    sectors: Mapping[str, tuple[Mapping[str, Any], ...]]
    body: Mapping[str, str]
    zones: Mapping[str, Zone]


@cache
def _authorities() -> _Authorities:
    text = resources.files("parsers").joinpath("data/authorities.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    offices: dict[str, Office] = {}
    for sector in data["sector"]:
        for name in sector["name"]:
            span = (_edge(name.get("from"), min), _edge(name.get("to"), max))
            for whole in name.get("whole", ()):
                full = f"人民{whole}" if whole.startswith("政府") else whole
                offices[whole] = Office(sector["id"], full.removesuffix("办") + "办公室" * full.endswith("办"), whole)
            for stem in dict.fromkeys((name["stem"], *name["short"])) if "stem" in name else ():
                for printed, body in _BODIES.items():
                    office = Office(sector["id"], name["stem"] + body, stem + printed, *span)
                    offices.setdefault(stem + printed, office)
    zones: dict[str, Zone] = {}
    for zone in data["zone"]:
        made = Zone(zone["name"], zone["full"], zone["committee"], zone["region_code"])
        zones |= dict.fromkeys((zone["name"], zone["full"], *zone["short"]), made)
    sectors = {sector["id"]: tuple(sector["name"]) for sector in data["sector"]}
    return _Authorities(offices, sectors, data["body"], zones)


def _edge(years: int | Mapping[str, int] | None, choose: Any) -> int | None:
    return choose(years.values()) if isinstance(years, Mapping) else years


def sectors() -> tuple[str, ...]:
    """The slugs of all sectors."""
    return tuple(_authorities().sectors)


def office_at(text: str, end: int, start: int = 0) -> Office | None:
    """The longest authority name (without region) that ends at `end` of `text`: …北仑区卫计局| → 卫计局."""
    offices = _authorities().offices
    for begin in range(max(start, end - _LONGEST), end - 1):
        office = offices.get(text[begin:end])
        if office is not None:
            return office
    return None


def zone_named(name: str) -> Zone | None:
    """The zone of that name (平潭综合实验区), with or without its province."""
    return _authorities().zones.get(name)


def zones() -> Mapping[str, Zone]:
    """Every printed name of a zone."""
    return _authorities().zones


def agency_id(region_code: str, sector: str) -> str:
    """The id of a line of authority: 330206-health. A division that only changed its code has one line."""
    return f"{regions.present_code(region_code)}-{sector}"


def names_of(region_code: str, sector: str) -> tuple[AgencyName, ...]:
    """The usual names of a region's authority of a sector, oldest first, each with its report years.

    The years are those of the reforms by level; a region may have moved a year earlier or later. Names of a region that
    was abolished end with it; `regions.region(code).successor` tells where its authority went.
    """
    out = []
    code = regions.present_code(region_code)
    for region_name, since, until, level in _region_names(code):
        for name in _authorities().sectors.get(sector, ()):
            if name.get("local"):
                continue
            first = _later(_of_level(name.get("from"), level), since)
            last = _earlier(_of_level(name.get("to"), level), until)
            if first is not None and last is not None and first > last:
                continue
            suffix = name["whole"][0] if "whole" in name else name["stem"] + _body(name, level)
            full = region_name + suffix
            out.append(AgencyName(f"{code}-{sector}", code, sector, full, first, last))
    return tuple(sorted(out, key=lambda row: (row.valid_to or 9999, row.valid_from or 0)))


def _region_names(code: str) -> list[tuple[str, int | None, int | None, str]]:
    """(full name, first year, last year, level) of a division, split where it or its prefecture was renamed."""
    found: list[tuple[str, int | None, int | None, str]] = []
    for name, first, last, level in _spells(code):
        before = found[-1] if found else None
        if before is not None and before[0] == name and (first or 0) <= (before[2] or 9999):
            until = None if None in (before[2], last) else _later(before[2], last)
            found[-1] = (name, before[1], until, level)  # under another code
        else:
            found.append((name, first, last, level))
    return found


def _spells(code: str) -> Iterator[tuple[str, int | None, int | None, str]]:
    for place in regions.names_of_line(code):
        if place.level != "county" or place.parent_code is None:
            yield place.name, place.valid_from, place.valid_to, place.level
            continue
        level = "municipal" if code[:2] in _MUNICIPALITIES else "county"
        for above in regions.names_of_code(place.parent_code):
            first = _later(place.valid_from, above.valid_from)
            last = _earlier(place.valid_to, above.valid_to)
            if first is None or last is None or first <= last:
                yield above.name + place.name, first, last, level


def _body(name: Mapping[str, Any], level: str) -> str:
    body: str = name.get("body", {}).get(level) or _authorities().body[level]
    return body


def _of_level(years: int | Mapping[str, int] | None, level: str) -> int | None:
    if isinstance(years, Mapping):
        return years["county" if level == "municipal" else level]
    return years


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _earlier(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)
