"""The commands as users run them: a process each, its output and its exit status."""

from __future__ import annotations

import json
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from parsers.identity.regions import all_regions
from parsers.metrics import all_metrics
from storage.store import Store
from tests.crawler.conftest import Place, content, rows
from tests.crawler.web import Web, gzipped, ordinary, report, title

ROOT = Path(__file__).resolve().parents[2]


def scrapy(
    *arguments: str, place: Place | None = None, timeout: float = 120, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command; `before` is called in its process before it begins."""
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:crawler", "-m", "scrapy", *arguments, *options(place)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        preexec_fn=before,
    )


def options(place: Place | None) -> list[str]:
    if place is None:
        return []
    values = {
        "REPORTS_DB": place.database,
        "ARCHIVE_DIR": place.archive,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": 0,
        "ALLOW_PRIVATE_ADDRESSES": 1,
        "RETRY_TIMES": 1,
    }
    if place.sites.exists():
        values["SITES_DIR"] = place.sites
    return [part for name, value in values.items() for part in ("-s", f"{name}={value}")]


COMMANDS = ["crawl", "reparse", "audit", "article", "coverage", "export", "browse"]
WRONG: list[tuple[list[str], str]] = [
    (["crawl"], "name one spider"),
    (["crawl", "nowhere"], "there is no spider 'nowhere'"),
    (["crawl", "zhejiang_health", "-a", "regoin=330206"], "takes no argument 'regoin'"),
    (["crawl", "zhejiang_health", "-a", "region=530100"], "no registered site there"),
    (["crawl", "zhejiang_health", "-a", "region=330206x"], "no division code"),
    (["crawl", "zhejiang_health", "-a", "site=nobody"], "no such id"),
    (["crawl", "zhejiang_health", "-a", "year=20"], "four digits"),
    (["crawl", "zhejiang_health", "-a", "refresh=yes"], "refresh=1"),
    (["crawl", "zhejiang_health", "-a", "region=330203"], "no address is registered for 宁波市海曙区卫生健康局"),
    (["crawl", "zhejiang_health", "-s", "REPLAY=/nowhere.warc"], "no such file or folder"),
    (["crawl", "zhejiang_health", "-s", "REPORTS_DB=scrapy.cfg"], "REPORTS_DB=scrapy.cfg"),
    (["crawl", "zhejiang_health", "-s", "REPLAY=README.md"], "no WARC file"),
    (["crawl", "zhejiang_health", "-s", "REPORTS_DB=tests"], "tests is a folder"),
    (["crawl", "zhejiang_health", "-s", "REPORTS_DB=/proc/x.db"], "cannot be opened"),
    (["crawl", "zhejiang_health", "-s", "REPORTS_DB="], "REPORTS_DB is empty"),
    (["crawl", "zhejiang_health", "-s", "SITES_DIR=/nowhere"], "SITES_DIR=/nowhere is no folder"),
    (["crawl", "zhejiang_health", "-a", "year=2099"], "has not begun"),
    (["crawl", "mirrors", "-a", "region=Ningbo"], "no division code"),
    (["crawl", "files"], "-a path="),
    (["crawl", "files", "-a", "path=/dev/null"], "neither a file nor a folder"),
    (["crawl", "files", "-a", "path=/nowhere"], "no such file or folder"),
    (["crawl", "mirrors", "-a", "url=wenku"], "no web address"),
    (["crawl", "mirrors", "-a", "url=https://wenku.baidu.com/view/1.html"], "stay away"),
    (["crawl", "mirrors", "-a", "url=https://www.docin.com/p-1.html"], "pictures"),
    (["crawl", "mirrors", "-a", "url=https://www.bl.gov.cn/x.html"], "scrapy audit"),
    (["crawl", "mirrors", "-a", "url=https://m.wenkunet.com/about"], "no document page"),
    (["crawl", "mirrors", "-a", "region=110000"], "no registered copy"),
    (["audit"], "name one file or web address"),
    (["audit", "/nowhere.html"], "no such file"),
    (["audit", "tests"], "scrapy crawl files -a path=tests"),
    (["audit", "/dev/null"], "neither a file nor a folder"),
    (["article", "/nowhere.html"], "no such file"),
    (["article", "http://127.0.0.1:1/"], "private network"),
    (["coverage", "--years", "x"], "write 2015-2024"),
    (["coverage", "--years", "2024-2015"], "the earlier year first"),
    (["coverage", "--region", "x"], "division code"),
    (["coverage", "-s", "REPORTS_DB=/nowhere/x.db"], "/nowhere/x.db"),
    (["export", "-s", "REPORTS_DB=/nowhere/x.db", "/tmp/nowhere-export"], "/nowhere/x.db"),
    (["browse", "-s", "REPORTS_DB=/nowhere/x.db"], "/nowhere/x.db"),
    (["export", "a", "-o", "b"], "name one folder"),
    (["reparse", "-s", "REPORTS_DB=/nowhere/x.db"], "scrapy crawl"),
    (["reparse", "-s", "REPORTS_DB=scrapy.cfg"], "not an SQLite database"),
]


@pytest.fixture(scope="module")
def results() -> dict[str, subprocess.CompletedProcess[str]]:
    """Every short command line of this module, run from one process."""
    lines = [["list"], *([command, "-h"] for command in COMMANDS), *(arguments for arguments, _ in WRONG)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.many"],
        cwd=ROOT,
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return {
        " ".join(line): subprocess.CompletedProcess(line, code, out, err)
        for line, (code, out, err) in zip(lines, json.loads(done.stdout), strict=True)
    }


Results = dict[str, subprocess.CompletedProcess[str]]


def test_list(results: Results) -> None:
    done = results["list"]
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["files", "mirrors", "shandong_health", "yunnan_health", "zhejiang_health"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(results: Results, command: str) -> None:
    done = results[f"{command} -h"]
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 10
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_call_says_what_to_do(results: Results, arguments: list[str], words: str) -> None:
    done = results[" ".join(arguments)]
    assert done.returncode == 2, done.stdout + done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_faulty_site_file_is_named(place: Place) -> None:
    place.site("[[site]]\nid = 'x'\n")
    done = scrapy("crawl", "test_health", place=place)
    assert done.returncode == 2
    assert "test_health.toml: site x: region is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_crawl_with_the_reactor_that_production_uses(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html", "min_reports = 5")
    done = scrapy("crawl", "test_health", place=place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("test_health: ok\n  reports   5 new, 0 changed, 0 unchanged, 0 failed\n")
    assert f"scrapy browse -s REPORTS_DB={place.database}" in done.stdout
    assert done.stderr == ""
    again = scrapy("crawl", "test_health", place=place)
    assert (again.returncode, "0 new, 0 changed, 5 unchanged" in again.stdout) == (0, True)


def test_a_crawl_that_could_not_read_a_site_says_so(place: Place, web: Web) -> None:
    ordinary(web)
    del web.routes["/art/2021/1/20/art_1_2020.html"]
    place.beilun(f"{web.base}/col/col1/index.html")
    done = scrapy("crawl", "test_health", place=place)
    assert done.returncode == 1
    assert f"{web.base}/art/2021/1/20/art_1_2020.html answered 404" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_host_that_cannot_be_reached_is_said_in_a_sentence(place: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # a port on which nobody answers
        place.beilun(f"http://127.0.0.1:{taken.getsockname()[1]}/col/col1/index.html")
        done = scrapy("crawl", "test_health", place=place)
    assert done.returncode == 1
    assert "robots.unreachable" in done.stdout
    assert "refused" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("full", ["REPORTS_DB", "ARCHIVE_DIR"])
def test_a_full_disk_ends_the_run_with_a_sentence_and_nothing_half_stored(place: Place, web: Web, full: str) -> None:
    """A file that may not grow, a folder that takes no file: they stand for a disk that is full."""
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    with Store(place.database) as store:
        store.seed(all_regions(), all_metrics())
    limit = None
    if full == "REPORTS_DB":
        size = place.database.stat().st_size
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    else:
        place.archive.mkdir()
        for number in range(256):  # files where folders are wanted: no room for an archived page
            (place.archive / f"{number:02x}").write_bytes(b"")
    done = scrapy("crawl", "test_health", place=place, before=limit)
    assert done.returncode in {1, 2}, done.stdout + done.stderr
    assert f"{full}=" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert rows(place.database, "PRAGMA integrity_check") == [("ok",)]
    figures = "SELECT count(*) FROM reports WHERE id NOT IN (SELECT report_id FROM figures)"
    assert rows(place.database, figures) == [(0,)]


def test_a_name_that_resolves_to_this_machine_is_refused(web: Web) -> None:
    """What a hijacked name service would do: a name that every machine resolves to itself."""
    name = "localhost"
    web.page("/x.html", report(2020))
    done = scrapy("article", f"http://{name}:{web.port}/x.html", "-s", "RETRY_TIMES=0")
    assert done.returncode == 2
    assert "private" in done.stderr
    assert web.asked.total() == 0


def test_reparse_gives_the_same_rows(place: Place, web: Web) -> None:
    urls = ordinary(web)
    web.routes["/art/2022/1/20/art_1_2021.html"] = gzipped(report(2021))
    web.page("/art/2021/1/20/art_1_2020.html", report(2020, files='<p><a href="/f/x.pdf">附件：统计表.pdf</a></p>'))
    place.beilun(f"{web.base}/col/col1/index.html")
    scrapy("crawl", "test_health", place=place)
    before = content(place.database)
    assert len(before[0]) == len(urls)
    done = scrapy("reparse", place=place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 new, 0 changed, 5 unchanged, 0 failed" in done.stdout
    assert content(place.database) == before


def test_reparse_says_what_the_archive_lost(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    scrapy("crawl", "test_health", place=place)
    ((file,),) = rows(place.database, "SELECT archive_file FROM documents LIMIT 1")
    (place.archive / file).write_bytes(b"no archive")
    done = scrapy("reparse", place=place)
    assert done.returncode == 1
    assert "4 unchanged, 1 failed" in done.stdout


def test_audit(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report(2020), encoding="utf-8")
    done = scrapy("audit", str(path))
    assert done.returncode == 0, done.stderr
    assert "宁波市北仑区卫生健康局  2020  form prose" in done.stdout
    answer = json.loads(scrapy("audit", "--json", str(path)).stdout)
    assert answer["report"]["year"] == 2020
    assert answer["report"]["published"] == "2021-01-20"
    values = {figure["metric"]: figure["value"] for figure in answer["report"]["figures"]}
    assert 20 in values.values()


def test_audit_fails_where_the_report_does_not_add_up() -> None:
    case = ROOT / "tests" / "golden" / "yinzhou-2020" / "page.html"
    done = scrapy("audit", str(case))
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"error +\S+ .* ≠ ", done.stdout)
    assert "Probably meant" in done.stdout
    failed = [
        check
        for check in json.loads(scrapy("audit", "--json", str(case)).stdout)["report"]["checks"]
        if check["status"] == "fail"
    ]
    assert all({"rule", "left", "right", "message", "severity"} <= set(check) for check in failed)


def test_audit_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "notice.html"
    path.write_text("<html><body><h1>关于召开会议的通知</h1><p>请准时参加。</p></body></html>", encoding="utf-8")
    done = scrapy("audit", str(path))
    assert done.returncode == 2
    assert "no annual disclosure report" in done.stderr


def test_audit_and_article_of_a_web_page(web: Web, tmp_path: Path) -> None:
    url = web.page("/x.html", report(2020))
    done = scrapy("audit", url, "-s", "ALLOW_PRIVATE_ADDRESSES=1")
    assert done.returncode == 0, done.stderr
    answer = json.loads(scrapy("article", "--json", url, "-s", "ALLOW_PRIVATE_ADDRESSES=1").stdout)
    assert answer["title"] == title(2020)
    assert answer["published"] == "2021-01-20"
    gone = scrapy("article", f"{web.base}/none.html", "-s", "ALLOW_PRIVATE_ADDRESSES=1")
    assert (gone.returncode, "answered 404" in gone.stderr) == (2, True)


def test_article_has_stable_keys(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<html><head><meta name="PubDate" content="2020-03-04"></head><body><h1>情况通报</h1>'
        '<div id="zoom"><p>本月办理事项如下。</p>'
        '<table><tr><th rowspan="2">甲</th><td>乙</td><td>3</td></tr><tr><td>丙</td><td>4</td></tr></table>'
        '<p>详见<a href="a.doc">附件</a>。</p></div></body></html>',
        encoding="utf-8",
    )
    answer: dict[str, Any] = json.loads(scrapy("article", "--json", str(path)).stdout)
    assert {"title", "published", "publisher", "body", "tables", "links"} <= set(answer)
    assert answer["tables"] == [[["甲", "乙", "3"], ["", "丙", "4"]]]
    assert answer["body"] == ["本月办理事项如下。", "详见附件。"]
    assert answer["links"][0]["text"] == "附件"
    text = scrapy("article", str(path)).stdout
    assert "甲  乙  3" in text


def test_article_without_a_day_of_publication_has_the_day_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><table><tr><td>索引号</td><td>0031/2021-1</td><td>成文日期</td><td>2021年1月15日</td></tr></table>"
        '<h1>情况通报</h1><div id="zoom"><p>本月办理事项如下。</p></div></body></html>',
        encoding="utf-8",
    )
    answer: dict[str, Any] = json.loads(scrapy("article", "--json", str(path)).stdout)
    assert (answer["date"], answer["published"]) == ("2021-01-15", None)


def test_coverage_and_export(place: Place, web: Web, tmp_path: Path) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    scrapy("crawl", "test_health", place=place)
    table = scrapy("coverage", "--years", "2019-2023", place=place)
    assert "宁波市北仑区卫生健康局" in table.stdout
    found = json.loads(scrapy("coverage", "--json", "--years", "2019-2023", place=place).stdout)
    assert [row["status"] for row in found] == ["published"] * 5
    done = scrapy("export", str(tmp_path / "out"), "--format", "csv", place=place)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "nianbao-codebook.csv",
        "nianbao-long.csv",
        "nianbao-wide.csv",
    ]


def test_browse_serves_the_database(place: Place, web: Web) -> None:
    from urllib.request import urlopen

    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    scrapy("crawl", "test_health", place=place)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scrapy", "browse", "--port", str(port), "-s", f"REPORTS_DB={place.database}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            assert str(port) in process.stdout.readline()
            for _ in range(100):
                try:
                    with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                        assert answer.status == 200
                        break
                except OSError:
                    time.sleep(0.1)
            else:
                pytest.fail("nothing answered")
        finally:
            process.terminate()
            process.wait(20)


def test_killed_at_any_moment_the_next_run_ends_the_same(place: Place, web: Web) -> None:
    """SIGKILL at random moments, then a run to the end: the content is that of an undisturbed run."""
    ordinary(web)
    for path, reply in list(web.routes.items()):
        if path.startswith("/art/"):
            web.routes[path] = type(reply)(reply.body, reply.status, reply.headers, seconds=0.15)  # type: ignore[union-attr]
    undisturbed = Place(place.folder / "undisturbed")
    undisturbed.folder.mkdir()
    for here in (place, undisturbed):
        here.beilun(f"{web.base}/col/col1/index.html")
    assert scrapy("crawl", "test_health", place=undisturbed).returncode == 0
    chance = random.Random(20121231)
    stored = []
    for _ in range(6):
        command = [sys.executable, "-m", "scrapy", "crawl", "test_health", *options(place)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):  # until the run is in the books, then a moment more
            if place.database.exists() and web.asked.total() > sum(stored[-1:], 0):
                break
            time.sleep(0.05)
        time.sleep(chance.uniform(0.0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored.append(web.asked.total())
        if place.database.exists():
            assert rows(place.database, "PRAGMA integrity_check") == [("ok",)]
            assert rows(place.database, "PRAGMA foreign_key_check") == []
    done = scrapy("crawl", "test_health", place=place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert content(place.database) == content(undisturbed.database)
    leftovers = [path for path in place.archive.rglob("*") if path.is_file() and not path.name.endswith(".warc.gz")]
    assert len(leftovers) <= 6, "at most what a kill in the middle of a write leaves behind"
