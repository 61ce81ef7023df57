"""One report in every format gives the same figures."""

from __future__ import annotations

from functools import cache

import pytest

from parsers.model import Origin, Reading
from parsers.report import read
from tests.formats import one_source

REFERENCE = "html"
TABLES_ONLY = {"xlsx"}


@cache
def reading(name: str) -> Reading:
    return read(one_source.FORMS[name]())


def figures(name: str, origin: Origin) -> set[tuple[str, str, str, float | None, str]]:
    report = reading(name).report
    assert report is not None, reading(name).findings
    return {(f.metric, f.applicant, f.period, f.value, f.meaning.value) for f in report.figures if f.source is origin}


def test_eight_formats() -> None:
    assert len(one_source.FORMS) == 8
    assert len(figures(REFERENCE, Origin.TABLE)) == 175 + 15 + 10  # requests, review, documents and decisions


@pytest.mark.parametrize("name", [name for name in one_source.FORMS if name != REFERENCE])
def test_same_table_figures(name: str) -> None:
    assert figures(name, Origin.TABLE) == figures(REFERENCE, Origin.TABLE)


@pytest.mark.parametrize("name", [name for name in one_source.FORMS if name not in {REFERENCE, *TABLES_ONLY}])
def test_same_prose_figures(name: str) -> None:
    assert figures(name, Origin.PROSE) == figures(REFERENCE, Origin.PROSE)


@pytest.mark.parametrize("name", [name for name in one_source.FORMS if name not in TABLES_ONLY])
def test_same_identity(name: str) -> None:
    got, want = reading(name).report, reading(REFERENCE).report
    assert got is not None
    assert want is not None
    for key in ("agency", "region_code", "year", "signed"):
        assert getattr(got.identity, key) == getattr(want.identity, key)
    assert got.form == want.form
