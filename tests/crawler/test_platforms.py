"""List pages of every CMS family: one test for each link, next page and total."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.platforms import PLATFORMS, ListPage, PageRequest, detect

HERE = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
LINKS = [(name, index) for name, case in CASES.items() for index in range(len(case["links"]))]


def read(name: str) -> ListPage:
    case = CASES[name]
    page = PageRequest(case["url"], number=case.get("number", 1))
    text = (HERE / "lists" / case["file"]).read_text(encoding="utf-8")
    return PLATFORMS[case["family"]].read(text, case["url"], page)


@pytest.mark.parametrize(("name", "index"), LINKS, ids=[f"{name}-{index}" for name, index in LINKS])
def test_link(name: str, index: int) -> None:
    url, text, date = CASES[name]["links"][index]
    link = read(name).links[index]
    assert (link.url, link.text, link.date.isoformat() if link.date else "") == (url, text, date)


@pytest.mark.parametrize("name", CASES)
def test_no_further_links_next_pages_and_total(name: str) -> None:
    case, page = CASES[name], read(name)
    assert len(page.links) == len(case["links"]), [link.url for link in page.links]
    assert page.total == case.get("total")
    following = [request.url for request in page.following]
    if "following_contains" in case:
        assert len(following) == 1
        assert [part for part in case["following_contains"] if part not in following[0]] == []
    else:
        assert following == case["following"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["family"] != "generic"])
def test_detected(name: str) -> None:
    case = CASES[name]
    text = (HERE / "lists" / case["file"]).read_text(encoding="utf-8")
    assert detect(text, case["url"]) == case["family"]


def test_an_unknown_page_is_generic() -> None:
    assert detect("<html><body><a href='/x'>x</a></body></html>", "https://www.example/") == "generic"


@pytest.mark.parametrize("family", PLATFORMS)
@pytest.mark.parametrize(
    "text", ["", "   ", "{", "<record>", "<a", "[]", '{"data": null}', "<!-- -->", "\x00\ufffd", "<html></html>"]
)
def test_a_page_that_is_no_list_gives_nothing(family: str, text: str) -> None:
    page = PLATFORMS[family].read(text, "https://www.example/col/col1/index.html", PageRequest("https://www.example/"))
    assert page.links == ()


def test_years_in_an_address() -> None:
    family = PLATFORMS["hanweb_xxgk"]
    requests = list(family.start(["http://www.example/x.jsp?area=1&fbtime={year}"], range(2019, 2022)))
    assert [(request.url[-4:], request.year, request.detail) for request in requests] == [
        ("2021", 2021, True),
        ("2020", 2020, True),
        ("2019", 2019, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<record>" * 200_000,
        "<a href='" * 100_000,
        "<li onclick=\"f('" * 50_000,
        "createPageHTML(" * 100_000,
        "共<b>" * 100_000,
    ],
    ids=["records", "links", "onclick", "script", "pages"],
)
def test_hostile_pages_are_read_in_bounded_time(text: str) -> None:
    import time

    began = time.monotonic()
    for family in PLATFORMS.values():
        family.read(text, "https://www.example/col/col1/index.html", PageRequest("https://www.example/"))
    detect(text, "https://www.example/")
    assert time.monotonic() - began < 20
