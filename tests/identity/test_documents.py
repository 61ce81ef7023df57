"""The identity read from beginnings and ends of reports: tests/identity/documents.toml, one test id per field."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parsers.identity import identify
from parsers.model import Document, Hint, Identity, Paragraph

HERE = Path(__file__).parent
FIELDS = ("agency", "agency_printed", "agency_id", "region_code", "sector", "year", "title", "signed", "declared_parts")
CONTACT = ("address", "postcode", "phone", "fax", "email")
EMPTY_IS_NONE = (
    "agency",
    "agency_printed",
    "agency_id",
    "region_code",
    "sector",
    "year",
    "signed",
    "period",
    "declared_parts",
)


def load(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))["document"]  # type: ignore[no-any-return]


def read(case: dict[str, Any]) -> Identity:
    text = case["text"].strip()
    document = Document(
        blocks=tuple(Paragraph(line) for line in text.split("\n") if line),
        format="html",
        title=case.get("page_title"),
        publisher=case.get("publisher"),
        published=case.get("published"),
        index_box=case.get("box", {}),
    )
    return identify(document, text, Hint(**case.get("hint", {})))


def points(case: dict[str, Any]) -> list[tuple[str, object]]:
    """Every (field, expected value) of a case."""
    out: list[tuple[str, object]] = [("is_report", case.get("is_report", True))]
    out += [(field, case[field]) for field in (*FIELDS, *CONTACT, "published_is", "period") if field in case]
    out += [(field, None) for field in case.get("none", ())]
    out += [(f"finding {code}", True) for code in case.get("findings", ())]
    return out


def found(identity: Identity, field: str) -> object:
    if field.startswith("finding "):
        return field.removeprefix("finding ") in {finding.code for finding in identity.findings}
    if field in CONTACT:
        return getattr(identity.contact, field)
    if field == "published_is":
        return identity.published
    if field == "period":
        return list(identity.period) if identity.period else None
    return getattr(identity, field)


CASES = [*load("documents.toml"), *load("documents_more.toml")]
BLIND = [*load("documents_blind.toml"), *load("documents_third.toml")]
POINTS = [(case, field, value) for case in CASES for field, value in points(case)]


@pytest.mark.parametrize(
    ("case", "field", "value"), POINTS, ids=[f"{case['id']}::{field}" for case, field, _ in POINTS]
)
def test_field(case: dict[str, Any], field: str, value: object) -> None:
    assert found(read(case), field) == value


def test_documents_counted_as_a_whole() -> None:
    all_points = [(case, field, value) for case in BLIND for field, value in points(case)]
    wrong = [
        (case["id"], field, value, found(read(case), field))
        for case, field, value in all_points
        if found(read(case), field) != value
    ]
    assert len(wrong) <= len(all_points) // 50, wrong


def test_the_upload_date_of_a_mirror_is_no_date_of_the_report() -> None:
    identity = read({"text": "镇海区卫生局2012年政府信息公开工作年度报告\n上传时间：2019-10-15\n一、概述"})
    assert (identity.published, identity.signed) == (None, None)


def test_the_same_document_gives_the_same_identity() -> None:
    assert read(CASES[0]) == read(CASES[0])
    assert date(2022, 1, 18) == read(CASES[0]).signed
