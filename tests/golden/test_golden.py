"""Golden cases on disk: a page and the figures it must give, one test id per figure.

A folder holds page.html (and page.txt, the same page as a text extraction) and expected.json.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsers.model import Origin, Outcome, Reading, Report, Source
from parsers.report import read

HERE = Path(__file__).resolve().parent
PAGES = sorted(HERE.glob("*/page.*"))


@cache
def expected(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@cache
def reading(page: Path) -> Reading:
    url = json.loads((page.parent / "source.json").read_text(encoding="utf-8"))["url"]
    return read(Source(page.read_bytes(), url if page.suffix == ".html" else page.as_uri()))


def report(page: Path) -> Report:
    found = reading(page).report
    assert found is not None, reading(page).findings
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def name(page: Path) -> str:
    return f"{page.parent.name}{page.suffix}"


def _figures() -> Iterator[Any]:
    for page in PAGES:
        for figure in expected(page.parent)["figures"]:
            where = f"{figure['source']}:{figure['metric']}[{figure.get('applicant', 'total')}]"
            yield pytest.param(page, figure, id=f"{name(page)}::{where}")


def _each(key: str) -> Iterator[Any]:
    for page in PAGES:
        for number, value in enumerate(expected(page.parent).get(key, [])):
            yield pytest.param(page, value, id=f"{name(page)}::{number}")


@pytest.mark.parametrize(("page", "want"), list(_figures()))
def test_figure(page: Path, want: dict[str, Any]) -> None:
    found = [
        figure
        for figure in report(page).figures
        if (figure.metric, figure.applicant, figure.source.value)
        == (want["metric"], want.get("applicant", "total"), want["source"])
    ]
    assert found
    if want["source"] == "table":
        (figure,) = found
        assert figure.value == want["value"]
        assert figure.proposed == want.get("repaired")
        if "raw" in want:
            assert squeezed(figure.raw) == squeezed(want["raw"])
        if "unit" in want:
            assert figure.unit == want["unit"]
    else:
        assert {figure.value for figure in found} == {want["value"]}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_report(page: Path) -> None:
    want = expected(page.parent)["report"]
    got = report(page)
    identity = got.identity
    assert identity.agency == want["agency"]
    assert identity.region_code == want["region_code"]
    assert identity.year == want["year"]
    assert got.form == want["form"]
    assert sum(section.level == 1 for section in got.sections) == want["sections_top"]
    if "title" in want:
        assert squeezed(identity.title or "") == squeezed(want["title"])
    if "period" in want:
        assert identity.period is not None
        assert [day.isoformat() for day in identity.period] == want["period"]
    if "signed" in want:
        assert identity.signed is not None
        assert identity.signed.isoformat() == want["signed"]
    if "published" in want and page.suffix == ".html":
        assert identity.published is not None
        assert identity.published.isoformat() == want["published"]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_other_proposal(page: Path) -> None:
    wanted = {
        (f["metric"], f.get("applicant", "total"))
        for f in expected(page.parent)["figures"]
        if f.get("repaired") is not None
    }
    assert {(f.metric, f.applicant) for f in report(page).figures if f.proposed is not None} == wanted


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_other_table_figure(page: Path) -> None:
    """Organisation columns that print nothing are blank; every other table figure is in the golden file."""
    want = expected(page.parent)
    blank = set(want.get("blank_applicants", []))
    known = {(f["metric"], f.get("applicant", "total")) for f in want["figures"] if f["source"] == "table"}
    for figure in report(page).figures:
        if figure.source is Origin.TABLE:
            if figure.applicant in blank:
                assert (figure.value, figure.meaning.value) == (None, "blank")
            else:
                assert (figure.metric, figure.applicant) in known


@pytest.mark.parametrize(("page", "want"), list(_each("mentions")))
def test_mention(page: Path, want: list[Any]) -> None:
    label, quantity = want
    assert any(m.quantity == quantity and label in m.sentence for m in report(page).mentions)


@pytest.mark.parametrize(("page", "want"), list(_each("breakdowns")))
def test_breakdown(page: Path, want: dict[str, Any]) -> None:
    sides = {want["total"], sum(want["parts"])}
    assert any(c.status.value == want["status"] and {c.left, c.right} == sides for c in report(page).checks)


@pytest.mark.parametrize(("page", "want"), list(_each("checks")))
def test_check(page: Path, want: dict[str, Any]) -> None:
    applicant = want.get("applicant")
    found = [
        c for c in report(page).checks if c.rule == want["rule"] and (applicant is None or c.applicant == applicant)
    ]
    assert found
    assert {c.status for c in found} == {Outcome(want["status"])}


@pytest.mark.parametrize(("page", "want"), list(_each("findings")))
def test_finding(page: Path, want: str) -> None:
    assert want in {finding.code for finding in reading(page).findings}


@pytest.mark.parametrize(("page", "want"), list(_each("chrome_absent")))
def test_chrome_is_gone(page: Path, want: str) -> None:
    assert squeezed(want) not in squeezed(report(page).text)


@pytest.mark.parametrize(("page", "want"), list(_each("present")))
def test_text_is_whole(page: Path, want: str) -> None:
    assert squeezed(want) in squeezed(report(page).text)


@pytest.mark.parametrize("page", [p for p in PAGES if "mirror" in expected(p.parent)], ids=name)
def test_mirror(page: Path) -> None:
    mirror = reading(page).document.mirror
    assert mirror is not None
    for key, want in expected(page.parent)["mirror"].items():
        got = getattr(mirror, key)
        assert (got.isoformat() if key == "uploaded" else got) == want


@pytest.mark.parametrize("page", [p for p in PAGES if "contact" in expected(p.parent)], ids=name)
def test_contact(page: Path) -> None:
    contact = report(page).identity.contact
    for key, want in expected(page.parent)["contact"].items():
        assert squeezed(getattr(contact, key) or "") == squeezed(want)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_evidence_is_where_it_says(page: Path) -> None:
    got = report(page)
    for figure in got.figures:
        if figure.source is Origin.PROSE:
            assert figure.start is not None
            assert figure.end is not None
            assert figure.evidence in got.text
            assert got.text[figure.start : figure.end] in figure.evidence
        else:
            assert figure.table_no is not None
            printed = {(cell.row, cell.col): cell.text for cell in got.tables[figure.table_no].cells}
            assert (figure.row, figure.col) in printed or figure.meaning.value == "blank"
            if figure.row is not None and figure.col is not None:
                assert squeezed(figure.raw) in squeezed(printed.get((figure.row, figure.col), ""))
