"""Which authority has published its report for which year: the view `coverage` as a table for people and machines."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.store import open_database

SIGNS = {"published": "●", "late": "◐", "missing": "·", "unreadable": "✗"}
"""How a status is shown in the table; a year that is not due, or outside the authority's life, is left blank."""


@dataclass(frozen=True, slots=True)
class Published:
    """One authority and year of the view; the fields are its columns."""

    agency_id: str
    agency: str
    region_code: str | None
    region: str | None
    year: int
    status: str  # published | late | missing | unreadable
    due: str
    published: str | None
    days_late: int | None
    report_id: str | None
    years_here: int  # 0: no report of the authority at all; its site may never have been crawled


def read_coverage(
    database: Path,
    *,
    region: str | None = None,
    years: Iterable[int] | None = None,
    status: str | None = None,
) -> list[Published]:
    """The rows of the view, by region and year. `region` is a code; its trailing zeros stand for all that is below.

    Raises `storage.migrations.DatabaseError` when there is no such database.
    """
    prefix = region.rstrip("0") if region else ""
    prefix += "0" * (len(prefix) % 2)  # 330200 is 3302…, not 33020…; 110000 is 11…
    with open_database(database) as connection:
        rows = connection.execute(
            "SELECT agency_id, agency, region_code, region, year, status, due, published, days_late, report_id,"
            " years_here"
            " FROM coverage WHERE coalesce(region_code, '') LIKE ? || '%' AND (?2 IS NULL OR status = ?2)"
            " ORDER BY region_code, agency_id, year",
            (prefix, status),
        )
        found = [Published(*row) for row in rows]
    wanted = set(years) if years is not None else {row.year for row in found}
    return [row for row in found if row.year in wanted]


def as_json(rows: Iterable[Published]) -> str:
    """A JSON array of objects, one for each authority and year."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)


def as_table(rows: Iterable[Published]) -> str:
    """Authorities down, years across, a sign for each status, and the sums: text for a terminal.

    Authorities of which there is no report at all are named below the table: their sites may never have been crawled.
    """
    rows = list(rows)
    if not rows:
        return "No authority and year in the database fits. A crawl registers authorities: scrapy crawl zhejiang_health"
    known = [row for row in rows if row.years_here or row.status != "missing"]
    lines = _lines(known) if known else []
    counts = Counter(row.status for row in known)
    lines += ["   ".join(f"{sign} {status} {counts[status]}" for status, sign in SIGNS.items())]
    if counts["missing"]:
        lines.append("missing: not in this database; look at its site before you say that it was not published")
    others = dict.fromkeys(row.agency for row in rows if not (row.years_here or row.status != "missing"))
    if others:
        lines += ["", f"No report at all of {len(others)} authorities (their sites may never have been crawled):"]
        lines += ["  " + "、".join(list(others)[start : start + 4]) for start in range(0, len(others), 4)]
    return "\n".join(lines)


def _lines(rows: Sequence[Published]) -> list[str]:
    years = sorted({row.year for row in rows})
    names = {row.agency_id: row.agency for row in rows}
    signs = {(row.agency_id, row.year): SIGNS[row.status] for row in rows}
    width = max(_width(name) for name in names.values())
    lines = [" " * width + "  " + " ".join(f"{year % 100:02}" for year in years)]
    for agency_id, name in names.items():
        marks = " ".join(f"{signs.get((agency_id, year), ' '):>2}" for year in years)
        lines.append(f"{name}{' ' * (width - _width(name))}  {marks}".rstrip())
    return [*lines, ""]


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
