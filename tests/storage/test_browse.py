"""Datasette as a person meets it: pages, descriptions, labels, search, queries, charts."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlite_utils
from datasette.app import Datasette

from parsers.model import Check, Finding, Outcome, Severity
from storage import schema, search
from storage.browse import application, metadata
from storage.store import Store
from tests.storage.build import METRICS, NAMES, REGIONS, TEXT, document, figure, figures_of, reading

EVIL = "全年收到申请<script>alert(1)</script>12件"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browse") / "年报 1.db"
    with Store(path) as store:
        store.seed(REGIONS, METRICS, NAMES)
        for year in range(2009, 2022):
            failed = Check("t.carry", Severity.ERROR, Outcome.FAIL, "4 ≠ 5", "total", 4, 5, "requests.received")
            figures = (*figures_of(reading()), figure("fees.processing", 3, "3", evidence=EVIL, proposed=2))
            text = TEXT if year % 2 else TEXT.replace("卫计", "卫生")
            read = reading(f"{text}\n四、{year}年其他", year=year, checks=(failed,), figures=figures)
            store.save(document(str(year), f"https://y/{year}"), (), read, NAMES, None, "1")
    return path


@pytest.fixture
def datasette(database: Path) -> Datasette:
    return application(database)


async def get(datasette: Datasette, path: str, **parameters: object) -> Any:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return await datasette.client.get(datasette.urls.path(path) + query)


def base(datasette: Datasette) -> str:
    return str(datasette.urls.database(next(name for name in datasette.databases if name != "_internal")))


async def ids(datasette: Datasette, table: str, **parameters: object) -> set[object]:
    response = await get(
        datasette, f"{base(datasette)}/{table}.json", _shape="array", _size="max", _nl="", **parameters
    )
    assert response.status_code == 200, response.text
    return {row["id"] for row in response.json()}


# ---------------------------------------------------------------- descriptions


def test_every_column_of_the_file_is_described(database: Path) -> None:
    db = sqlite_utils.Database(database)
    shadows = tuple(f"{index}_" for index in schema.INDEXES)
    names = [name for name in (*db.table_names(), *db.view_names()) if not name.startswith(shadows)]
    assert set(names) == set(schema.ALL) | set(schema.INDEXES)
    for name in set(names) - set(schema.INDEXES):
        assert list(schema.ALL[name].columns) == [column.name for column in db[name].columns], name
    db.close()


QUANTITIES = re.compile(
    r"^(value|proposed|best|quantity|left|right|difference|bytes|.*_span|start|end|days_late|weight)$"
)


@pytest.mark.parametrize("name", schema.ALL)
def test_descriptions_are_sentences_and_quantities_have_units(name: str) -> None:
    table = schema.ALL[name]
    assert table.title
    assert table.description.endswith(".") or table.hidden
    for column, described in table.columns.items():
        assert (
            described.description.endswith(".") or described.description.endswith("）") or ")" in described.description
        )
        assert described.unit or not QUANTITIES.match(column), f"{name}.{column} has no unit"
    assert set(table.facets) <= set(table.columns)
    assert {table.label, table.sort, table.sort_desc} - {None} <= set(table.columns)


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("name", [name for name, table in schema.ALL.items() if not table.hidden])
async def test_every_table_and_view_opens(datasette: Datasette, name: str) -> None:
    response = await get(datasette, f"{base(datasette)}/{name}")
    assert response.status_code == 200
    for column in schema.ALL[name].columns.values():
        assert column.description.split("<")[0].split("'")[0].split("&")[0] in response.text
    assert "alert(1)</script>" not in response.text


@pytest.mark.parametrize("name", schema.VIEWS)
async def test_every_view_has_rows(datasette: Datasette, name: str) -> None:
    assert (await get(datasette, f"{base(datasette)}/{name}.json", _shape="array")).json()


async def test_first_pages(datasette: Datasette) -> None:
    for path in ("/", base(datasette), "/-/dashboards", "/-/dashboards/overview", "/-/nianbao.css"):
        assert (await get(datasette, path)).status_code == 200
    links = re.findall(r'<li><a href="([^"/][^"]*)">', (await get(datasette, "/")).text)
    assert len(links) == len(schema.VIEWS) + 1
    for link in links:
        assert (await get(datasette, f"/{link}")).status_code == 200
    assert (await get(datasette, "/robots.txt")).text.split() == ["User-agent:", "*", "Disallow:", "/"]


async def test_foreign_keys_show_names(datasette: Datasette) -> None:
    page = (await get(datasette, f"{base(datasette)}/reports")).text
    assert "北仑区</a>" in page
    assert "宁波市北仑区卫生健康局</a>" in page
    assert "收到申请数</a>" in (await get(datasette, f"{base(datasette)}/figures")).text


async def test_a_report_page_shows_the_whole_text_escaped(datasette: Datasette, database: Path) -> None:
    db = sqlite_utils.Database(database)
    (report, figure_id), *_ = db.execute("SELECT report_id, id FROM figures WHERE evidence LIKE '%script%'").fetchall()
    db.close()
    page = (await get(datasette, f"{base(datasette)}/reports/{report}")).text
    assert TEXT.rsplit("\n", maxsplit=1)[-1] in page
    assert "5 figures" in page
    figure_page = (await get(datasette, f"{base(datasette)}/figures/{figure_id}")).text
    assert "&lt;script&gt;alert(1)" in figure_page
    assert f"/reports/{report}" in figure_page


# ---------------------------------------------------------------- search

WORDS = [
    "卫",
    "卫计",
    "公众号",
    "生局",
    "政府信息公开",
    "公开 卫计",
    '"其中公众号"',
    "，",
    "515条，其中",
    "2012",
    "无此",
    "OR",
    "pdf",
    "'\"",
    "*",
]


@pytest.mark.parametrize("table", ["reports", "current_reports"])
@pytest.mark.parametrize("words", WORDS)
async def test_the_search_box_of_reports_finds_what_a_scan_finds(datasette: Datasette, words: str, table: str) -> None:
    rows = (await get(datasette, f"{base(datasette)}/reports.json", _shape="array", _size="max")).json()
    wanted = [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', words + '"' * (words.count('"') % 2))]
    wanted = [search.normalise(word) for word in wanted if word]
    truth = {
        row["id"]
        for row in rows
        if all(
            any(word in search.normalise(str(row[column])) for column in ("title", "agency", "text")) for word in wanted
        )
    }
    assert await ids(datasette, table, _search=words) == truth


@pytest.mark.parametrize("table", ["sections", "section_texts"])
@pytest.mark.parametrize("words", ["卫", "卫计", "公众号", "其他", "拓宽 公开", "元。 三", "存在的问题"])
async def test_the_search_box_of_sections_finds_what_a_scan_finds(datasette: Datasette, words: str, table: str) -> None:
    rows = (await get(datasette, f"{base(datasette)}/section_texts.json", _shape="array", _size="max")).json()
    truth = {
        row["id"]
        for row in rows
        if all(word in search.normalise(row["text"]) for word in map(search.normalise, words.split()))
    }
    assert await ids(datasette, table, _search=words) == truth


async def test_the_search_box_is_there_and_keeps_the_words(datasette: Datasette) -> None:
    for table in ("reports", "sections", "current_reports", "section_texts"):
        page = (await get(datasette, f"{base(datasette)}/{table}", _search="卫计")).text
        assert re.search(r'<input id="_search" type="search" name="_search" value="卫计">', page)
        assert "where search matches" in page
    assert 'name="_search"' not in (await get(datasette, f"{base(datasette)}/figures")).text


async def test_raw_search_and_search_by_column(datasette: Datasette) -> None:
    everything = await ids(datasette, "reports")
    assert await ids(datasette, "reports", _search="") == everything
    some = await ids(datasette, "reports", _search="公众号 NOT 卫计", _searchmode="raw")
    assert some == everything - await ids(datasette, "reports", _search="卫计")
    assert some
    assert await ids(datasette, "reports", _search_agency="卫生局") == everything
    assert await ids(datasette, "reports", _search_agency="公众号") == set()
    assert await ids(datasette, "reports", _search_title="年度报告 2012", _search_text="卫计") == everything - some
    assert (await get(datasette, f"{base(datasette)}/reports", _search="(", _searchmode="raw")).status_code == 400
    assert (await get(datasette, f"{base(datasette)}/reports", _search_id="x")).status_code == 400


async def test_the_query_shown_can_be_run_and_changed(datasette: Datasette) -> None:
    page = (await get(datasette, f"{base(datasette)}/reports", _search="卫计")).text
    link = re.search(r'href="([^"]*\?sql=[^"]*)"', page)
    assert link is not None
    response = await datasette.client.get(link[1].replace("&amp;", "&").replace("?", ".json?", 1) + "&_shape=array")
    assert {row["id"] for row in response.json()} == await ids(datasette, "reports", _search="卫计")


async def test_another_database_keeps_datasettes_own_search(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite_utils.Database(path)
    db["reports"].insert({"id": 1, "text": "hello world"})
    db["reports"].enable_fts(["text"])
    db.close()
    other = Datasette([str(path)])
    response = await other.client.get("/other/reports.json?_search=hello&_shape=array")
    assert len(response.json()) == 1


# ---------------------------------------------------------------- CSV

RUN = ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd", "@SUM(1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("x","a,b\r\n=1")']
NOT_RUN = ["-", "-5", "+3.2%", "-1,234", "一、=1", "2012-01-01", 'say "=1"', ""]


@pytest.mark.parametrize("parameters", [{}, {"_dl": 1}, {"_stream": 1}])
async def test_no_cell_of_a_csv_is_run_as_a_formula(tmp_path: Path, parameters: dict[str, object]) -> None:
    path = tmp_path / "年报 2.db"
    with Store(path) as store:
        store.seed(REGIONS, METRICS, NAMES)
        for number, text in enumerate(RUN + NOT_RUN):
            finding = Finding(f"c{number}", Severity.INFO, text, {"text": text})
            store.save_findings([finding], None)
    ours = application(path)
    response = await get(ours, f"{base(ours)}/findings.csv", _size="max", **parameters)
    assert response.status_code == 200
    cells = [row["message"] for row in csv.DictReader(io.StringIO(response.text, newline=""))]
    assert cells == [f"'{text}" for text in RUN] + NOT_RUN
    sql = "SELECT message, -5 AS a, -1.5e-7 AS b, '=1' AS c, NULL AS d FROM findings LIMIT 1"
    response = await get(ours, f"{base(ours)}.csv", sql=sql, **parameters)
    (row,) = csv.DictReader(io.StringIO(response.text, newline=""))
    assert list(row.values()) == ["'=cmd|' /C calc'!A0", "-5", "-1.5e-07", "'=1", ""]
    assert response.headers["content-type"].startswith("text/csv" if "_dl" in parameters else "text/plain")
    as_json = await get(ours, f"{base(ours)}/findings.json", _shape="array")
    assert [row["message"] for row in as_json.json()] == RUN + NOT_RUN


async def test_a_large_csv_comes_whole(datasette: Datasette) -> None:
    response = await get(datasette, f"{base(datasette)}/reports.csv", _stream=1)
    cells = [row["text"] for row in csv.DictReader(io.StringIO(response.text, newline=""))]
    as_json = await get(datasette, f"{base(datasette)}/reports.json", _shape="array", _size="max")
    assert cells == [row["text"] for row in as_json.json()]


@pytest.mark.usefixtures("datasette")  # registers the plugin
async def test_another_databases_csv_is_left_alone(tmp_path: Path) -> None:
    db = sqlite_utils.Database(tmp_path / "other.db")
    db["t"].insert({"id": 1, "text": "=1"})
    db.close()
    other = Datasette([str(tmp_path / "other.db")])
    assert (await other.client.get("/other/t.csv")).text == "rowid,id,text\r\n1,1,=1\r\n"


# ---------------------------------------------------------------- queries and charts

ASKED = {
    "one_authority": {"authority": "北仑"},
    "sums_that_fail": {"year": "2012", "authority": ""},
    "figures_of_a_report": {},
    "not_published": {"year": "2008"},
    "compare_authorities": {"metric": "requests.received", "year": ""},
    "find": {"words": "公众号推送"},
    "repair_proposals": {},
    "doubts": {"code": ""},
}


@pytest.mark.parametrize("name", metadata.QUERIES)
async def test_every_query_answers(datasette: Datasette, name: str) -> None:
    report = next(iter(await ids(datasette, "reports")))
    asked = ASKED[name] or ({"report": report} if name == "figures_of_a_report" else {})
    response = await get(datasette, f"{base(datasette)}/{name}.json", _shape="array", **asked)
    assert response.status_code == 200, response.text
    assert response.json()
    assert (await get(datasette, f"{base(datasette)}/{name}")).status_code == 200  # before anything is asked
    page = (await get(datasette, f"{base(datasette)}/{name}", **asked)).text
    assert "alert(1)</script>" not in page


async def test_report_ids_in_queries_lead_to_the_report(datasette: Datasette) -> None:
    page = (await get(datasette, f"{base(datasette)}/find", words="公众号推送")).text
    link = re.search(r'<td class="col-report_id[^"]*"><a href="([^"]+)">', page)
    assert link is not None
    assert (await datasette.client.get(link[1])).status_code == 200
    assert "…" in page


@pytest.mark.parametrize("region", ["", "3302", "11"])
async def test_every_chart_has_its_data(datasette: Datasette, region: str) -> None:
    page = (await get(datasette, "/-/dashboards/overview", region=region)).text
    charts = re.findall(r"renderChart\('(\w+)', (\{.*\}), ", page)
    assert {name for name, _ in charts} == {"requests", "failed", "coverage", "disclosed", "forms"}
    for name, chart in charts:
        query = json.loads(chart)["query"]
        response = await get(datasette, f"{base(datasette)}.json", sql=query, region=region, _shape="array")
        assert response.status_code == 200, response.text
        assert bool(response.json()) == (region != "11" and name != "requests")


# ---------------------------------------------------------------- a real server


def test_a_real_server_while_a_crawl_writes(database: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from pathlib import Path; from storage.browse import serve; serve(Path({str(database)!r}), port={port})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as server:
        try:
            assert server.stdout is not None
            assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
            address = f"http://127.0.0.1:{port}/{'~E5~B9~B4~E6~8A~A5+1'}/reports.json?_shape=array&_size=max"
            before = _fetch(address)
            with Store(database) as store:
                store.save(document("new", "https://y/new"), (), reading(TEXT + "新到", year=2022), NAMES, None, "1")
            found = _fetch(address + "&" + urlencode({"_search": "新到"}))
            assert len(_fetch(address)) == len(before) + 1
            assert [row["year"] for row in found] == [2022]
        finally:
            server.terminate()


def _fetch(address: str) -> list[dict[str, Any]]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                answer: list[dict[str, Any]] = json.load(response)
                return answer
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as fault:
            if not isinstance(fault.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
