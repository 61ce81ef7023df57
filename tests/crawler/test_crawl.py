"""Real crawls against a real server: what comes out, and what every kind of trouble is called."""

from __future__ import annotations

import gzip
import re
import socket
from typing import Any

import pytest

from crawler.ledger import Ledger
from tests.crawler.conftest import Place, content, rows
from tests.crawler.web import YEARS, Answer, Web, column, gzipped, ordinary, redirect, report, title


def codes(ledger: Ledger) -> list[str]:
    return [code for code, _ in ledger.failures]


async def test_an_ordinary_column(place: Place, web: Web) -> None:
    urls = ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html", "min_reports = 5")
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    assert ledger.counts["reports_new"] == 5
    stored = rows(place.database, "SELECT agency, region_code, year, form, published FROM reports ORDER BY year DESC")
    assert stored == [
        ("宁波市北仑区卫生健康局", "330206", year, "prose", f"{year + 1}-01-20") for year in reversed(YEARS)
    ]
    documents = rows(place.database, "SELECT url, kind, site, status FROM documents ORDER BY url DESC")
    assert documents == [(url, "official", "beilun", 200) for url in urls]
    assert "/art/2023/1/3/art_1_1.html" not in web.asked, "a work summary is no disclosure report"
    text = rows(place.database, "SELECT text FROM reports WHERE year = 2020")[0][0]
    assert "主动公开政府信息220条" in text
    assert all(chrome not in text for chrome in ("网站地图", "浏览次数", "当前位置", "备案号"))


async def test_the_run_is_in_the_books(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl(arguments={"year": "2020"})
    (run,) = rows(place.database, "SELECT spider, reason, verdict, finished IS NOT NULL FROM runs")
    assert run == ("test_health", "finished", "ok", 1)
    fetches = rows(place.database, "SELECT url, status, document_id IS NOT NULL FROM fetches ORDER BY rowid")
    assert [(url.removeprefix(web.base), status, known) for url, status, known in fetches] == [
        ("/col/col1/index.html", 200, 0),
        ("/art/2021/1/20/art_1_2020.html", 200, 1),
    ]


async def test_the_same_crawl_again_writes_nothing(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    before = content(place.database)
    archived = {path: path.stat().st_mtime_ns for path in place.archive.rglob("*") if path.is_file()}
    asked = web.asked.total()
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.counts["reports_known"], ledger.counts["reports_new"]) == ("ok", 5, 0)
    assert web.asked.total() - asked == 2, "robots.txt and the column"
    assert content(place.database) == before
    assert {path: path.stat().st_mtime_ns for path in place.archive.rglob("*") if path.is_file()} == archived


async def test_refresh_asks_only_for_what_changed(place: Place, web: Web) -> None:
    urls = ordinary(web)
    for url in urls[:3]:
        path = url.removeprefix(web.base)
        page = web.routes[path]
        assert isinstance(page, Answer)
        tagged = Answer(
            page.body,
            headers=(*page.headers, ("ETag", f'"{path}"'), ("Last-Modified", "Mon, 20 Jan 2020 01:00:00 GMT")),
        )

        def reply(before: int, headers: dict[str, str], tagged: Answer = tagged, path: str = path) -> Answer:
            unchanged = headers.get("if-none-match") == f'"{path}"' and "if-modified-since" in headers
            return Answer(status=304, headers=()) if unchanged else tagged

        web.routes[path] = reply
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    before = content(place.database)
    ledger = await place.crawl(arguments={"refresh": "1"})
    assert (ledger.verdict, ledger.counts["reports_unchanged"]) == ("ok", 5)
    assert content(place.database) == before
    statuses = rows(
        place.database, "SELECT status FROM fetches WHERE run_id = 2 AND url LIKE '%/art/%' ORDER BY status"
    )
    assert [status for (status,) in statuses] == [200, 200, 304, 304, 304]


async def test_a_corrected_report_is_a_second_document(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    web.page("/art/2021/1/20/art_1_2020.html", report(2020).replace("220条", "221条"))
    ledger = await place.crawl(arguments={"refresh": "1", "year": "2020"})
    assert ledger.verdict == "ok"
    assert ledger.counts["reports_unchanged"] == 0
    found = rows(
        place.database, "SELECT is_current, instr(text, '221条') > 0 FROM reports WHERE year = 2020 ORDER BY 1"
    )
    assert found == [(0, 0), (1, 1)]


async def test_another_visit_count_on_the_page_writes_nothing(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    path = "/art/2021/1/20/art_1_2020.html"
    counted = '<span id="hits">{}</span>'
    for visits in (17, 18, 1904):
        web.page(path, report(2020).replace(counted.format(""), counted.format(visits)))
        ledger = await place.crawl(arguments={"refresh": "1", "year": "2020"})
        assert ledger.verdict == "ok"
        stored = content(place.database)
        assert [len(stored[0]), len(stored[1])] == [1, 1]
    assert ledger.counts["reports_unchanged"] == 1


async def test_the_same_report_on_two_hosts_is_quoted_once(place: Place, web: Web) -> None:
    ordinary(web)
    path = "/art/2021/1/20/art_1_2020.html"
    other = f"http://localhost:{web.port}{path}"
    place.site(
        '[[site]]\nid = "beilun"\nregion = "330206"\nname = "宁波市北仑区卫生健康局"\nplatform = "generic"\n'
        f'articles = ["{web.base}{path}", "{other}"]\n'
    )
    assert (await place.crawl()).verdict == "ok"
    found = rows(place.database, "SELECT count(*), sum(is_current), count(DISTINCT document_id) FROM reports")
    assert found == [(2, 1, 2)]


async def test_paging(place: Place, web: Web) -> None:
    ordinary(web)
    links = [(f"/art/{year + 1}/1/20/art_1_{year}.html", title(year), f"{year + 1}-01-20") for year in reversed(YEARS)]
    proxy = "/module/web/jpage/dataproxy.jsp?page={}&unitid=6101&columnid=1"
    web.page("/col/col1/index.html", column(links[:2], 5, proxy.format(1)))
    web.page(proxy.format(1), column(links[2:4], 5, proxy.format(1)))
    web.page(proxy.format(2), column(links[4:], 5, proxy.format(1)))
    place.beilun(f"{web.base}/col/col1/index.html", "min_reports = 5")
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.counts["reports_new"], ledger.counts["lists"]) == ("ok", 5, 3)
    assert proxy.format(3) not in web.asked


async def test_a_list_that_never_ends(place: Place, web: Web) -> None:
    for page in range(1, 12):
        web.page(
            f"/module/web/jpage/dataproxy.jsp?page={page}",
            column(
                [(f"/art/x{page}.html", f"关于第{page}号事项的通知", "2020-01-01")],
                9999,
                "/module/web/jpage/dataproxy.jsp?page=1",
            ),
        )
    web.page(
        "/col/col1/index.html",
        column([("/art/x0.html", "通知", "2020-01-01")], 9999, "/module/web/jpage/dataproxy.jsp?page=1"),
    )
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(LIST_PAGES_MAX=8)
    assert "list.too_long" in codes(ledger)
    assert ledger.counts["lists"] == 8


@pytest.mark.parametrize(
    ("found", "least", "verdict"), [(5, 5, "ok"), (5, 6, "short"), (0, 1, "empty")], ids=["ok", "short", "empty"]
)
async def test_fewer_reports_than_known_is_said(place: Place, web: Web, found: int, least: int, verdict: str) -> None:
    ordinary(web)
    if not found:
        web.page("/col/col1/index.html", column([("/art/x.html", "关于召开会议的通知", "2020-01-01")]))
    place.beilun(f"{web.base}/col/col1/index.html", f"min_reports = {least}")
    ledger = await place.crawl()
    assert ledger.verdict == verdict
    assert codes(ledger) == ([] if verdict == "ok" else [f"site.{verdict}"])
    assert rows(place.database, "SELECT verdict FROM runs") == [(verdict,)]


async def test_a_portal_column_gives_only_this_authority(place: Place, web: Web) -> None:
    pages = {
        "/a.html": title(2020, "北仑区卫生健康局"),
        "/b.html": title(2020, "北仑区教育局"),
        "/c.html": title(2018, "北仑区卫计局"),
        "/d.html": "北仑区人民政府2020年政府信息公开工作年度报告",
        "/e.html": "北仑区卫生健康局2020年部门决算",
    }
    for path, text in pages.items():
        web.page(path, report(2018 if "2018" in text else 2020, text.split("20")[0]))
    web.page("/col/col1/index.html", column([(path, text, "2021-01-20") for path, text in pages.items()]))
    place.beilun(f"{web.base}/col/col1/index.html", "portal = true")
    ledger = await place.crawl()
    assert ledger.verdict == "ok"
    assert {path for path in web.asked if path in pages} == {"/a.html", "/c.html"}
    assert rows(place.database, "SELECT agency_id, year FROM reports ORDER BY year") == [
        ("330206-health", 2018),
        ("330206-health", 2020),
    ]


async def test_a_column_page_that_is_the_report(place: Place, web: Web) -> None:
    web.page("/col/col1/index.html", report(2023))
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl()
    assert ledger.verdict == "ok"
    assert rows(place.database, "SELECT year, agency_id FROM reports") == [(2023, "330206-health")]


async def test_a_page_per_year(place: Place, web: Web) -> None:
    for year in (2019, 2021):
        web.page(f"/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime={year}", report(year))
    web.page("/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2020", "<html><body>暂无信息</body></html>")
    place.site(
        '[[site]]\nid = "beilun"\nregion = "330206"\nname = "x"\nplatform = "hanweb_xxgk"\n'
        "first_year = 2018\nmin_reports = 2\n"
        f'urls = ["{web.base}/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime={{year}}"]\n'
    )
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    assert rows(place.database, "SELECT year FROM reports ORDER BY year") == [(2019,), (2021,)]


async def test_gbk_behind_a_wrong_declaration(place: Place, web: Web) -> None:
    ordinary(web)
    web.page("/art/2021/1/20/art_1_2020.html", report(2020, charset="gb2312"), "gb18030", "utf-8")
    web.page("/art/2022/1/20/art_1_2021.html", report(2021, charset="utf-8"), "gb18030", None)
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl()
    assert ledger.verdict == "ok"
    texts = dict(rows(place.database, "SELECT year, text FROM reports"))
    assert "主动公开政府信息220条" in texts[2020]
    assert "主动公开政府信息221条" in texts[2021]


async def test_gzip_is_archived_as_it_came(place: Place, web: Web) -> None:
    from storage import archive

    ordinary(web)
    path = "/art/2021/1/20/art_1_2020.html"
    answer = gzipped(report(2020))
    web.routes[path] = answer
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(arguments={"year": "2020"})
    assert ledger.verdict == "ok"
    ((file, offset, size),) = rows(place.database, "SELECT archive_file, archive_offset, bytes FROM documents")
    kept = archive.read(place.archive, file, offset)
    assert kept.body == answer.body
    assert kept.header("content-encoding") == "gzip"
    assert size == len(gzip.decompress(answer.body))


async def test_redirects_are_followed_and_archived(place: Place, web: Web) -> None:
    ordinary(web)
    web.routes["/art/2021/1/20/art_1_2020.html"] = redirect("/moved/2020.html", 301)
    web.page("/moved/2020.html", report(2020))
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(arguments={"year": "2020"})
    assert ledger.verdict == "ok"
    assert rows(place.database, "SELECT url FROM documents") == [(f"{web.base}/art/2021/1/20/art_1_2020.html",)]
    again = await place.crawl(arguments={"year": "2020"})
    assert again.counts["reports_known"] == 1
    replayed = Place(place.folder / "replayed")
    replayed.folder.mkdir()
    replayed.beilun(f"{web.base}/col/col1/index.html")
    second = await replayed.crawl(arguments={"year": "2020"}, REPLAY=str(place.archive))
    assert second.verdict == "ok"
    assert content(replayed.database) == content(place.database)


async def test_a_server_error_is_tried_again(place: Place, web: Web) -> None:
    ordinary(web)
    path = "/art/2021/1/20/art_1_2020.html"
    good = web.routes[path]
    assert isinstance(good, Answer)
    web.routes[path] = lambda before, _: good if before else Answer(b"<html>error</html>", 500)
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(arguments={"year": "2020"})
    assert (ledger.verdict, web.asked[path]) == ("ok", 2)


CHALLENGE = Answer(b"<html><script>document.cookie=('_')+('__jsl')</script></html>", 521)
BOMB = Answer(gzip.compress(b"0" * 8_000_000), headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))
NOTICE = Answer("<html><body><h1>通知</h1><p>请各单位于周五前报送材料。</p></body></html>".encode())
TROUBLE: dict[str, tuple[Any, str, str]] = {
    "missing": (Answer(b"<html>no</html>", 404), "http.404", "error"),
    "gone-soft": (Answer("<html><body>您访问的页面不存在</body></html>".encode()), "page.missing", "error"),
    "challenge": (CHALLENGE, "blocked.challenge", "blocked"),
    "challenge-202": (Answer(b"<script>$_ts=window['$_ts']</script>", 202), "blocked.challenge", "blocked"),
    "login": (Answer("<html><form>用户登录</form></html>".encode()), "blocked.login", "blocked"),
    "empty": (Answer(b""), "page.empty", "error"),
    "front-page": (redirect("/"), "page.front", "error"),
    "endless": (redirect("/art/2021/1/20/art_1_2020.html"), "redirect.limit", "error"),
    "broken": (Answer(b"<html>error</html>", 500), "http.500", "error"),
    "bomb": (BOMB, "response.too_large", "error"),
    "too-large": (Answer(b"x" * 3_000_000), "response.too_large", "error"),
    "no-report": (NOTICE, "document.not_report", "error"),
    "mojibake": (Answer(("<html><body><p>" + "锟斤拷" * 99 + "</p></body></html>").encode()), "decode", "error"),
    "slow": (Answer(report(2020).encode(), seconds=3.0), "timeout", "error"),
    "forbidden": (Answer(b"<html>403</html>", 403), "http.403", "blocked"),
}  # fmt: skip


@pytest.mark.parametrize("name", TROUBLE)
async def test_trouble_has_a_name(place: Place, web: Web, name: str) -> None:
    answer, code, verdict = TROUBLE[name]
    ordinary(web)
    web.page("/", "<html><body><a href='/col/col1/index.html'>年报</a>东山区人民政府</body></html>")
    path = "/art/2021/1/20/art_1_2020.html"
    web.routes[path] = answer
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(DOWNLOAD_MAXSIZE=2_000_000, DOWNLOAD_TIMEOUT=1.5, RETRY_TIMES=1)
    assert [found for found in codes(ledger) if found.startswith(code)] == codes(ledger)
    assert len(ledger.failures) == 1
    assert ledger.verdict == verdict
    assert rows(place.database, "SELECT count(*) FROM reports") == [(4,)], "the others are read"
    assert rows(place.database, "SELECT year FROM reports WHERE year = 2020") == []
    ((error,),) = rows(place.database, "SELECT error FROM fetches WHERE error IS NOT NULL")
    assert error.startswith(code)
    found = rows(place.database, "SELECT message FROM findings WHERE severity = 'error'")
    assert any(web.base + path in message for (message,) in found)
    if code.startswith(("page.", "blocked.")):
        assert rows(place.database, f"SELECT count(*) FROM documents WHERE url = '{web.base}{path}'") == [(0,)]


@pytest.mark.parametrize("name", ["missing", "challenge", "empty", "broken"])
async def test_trouble_with_the_list(place: Place, web: Web, name: str) -> None:
    answer, code, verdict = TROUBLE[name]
    web.routes["/col/col1/index.html"] = answer
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(RETRY_TIMES=0)
    assert codes(ledger) == [code]
    assert ledger.verdict == verdict


async def test_robots_txt_is_obeyed(place: Place, web: Web) -> None:
    ordinary(web)
    web.routes["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /art/2021/\n", headers=(("Content-Type", "text/plain"),)
    )
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl()
    assert codes(ledger) == ["robots.forbidden"]
    assert ledger.verdict == "blocked"
    assert "/art/2021/1/20/art_1_2020.html" not in web.asked


RULES = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        (Answer(b"", 500), "answered 500"),
        (Answer(b"User-agent: *\nAllow: /\n", 503), "answered 503"),
        (redirect("/elsewhere.txt"), "answered 502"),
        (Answer(RULES, seconds=5.0), "timed out|took longer"),
    ],
    ids=["500", "503", "redirect", "timeout"],
)
async def test_a_robots_txt_that_does_not_come_forbids_everything(
    place: Place, web: Web, robots: Answer, said: str
) -> None:
    ordinary(web)
    web.routes |= {"/robots.txt": robots, "/elsewhere.txt": Answer(b"", 502)}
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(DOWNLOAD_TIMEOUT=1, RETRY_TIMES=1)
    ((code, message),) = ledger.failures
    assert code == "robots.unreachable"
    assert re.search(said, message)
    assert f"{web.base}/col/col1/index.html" in message
    assert ledger.verdict == "error", "the site is out of order, it does not keep us out"
    assert rows(place.database, "SELECT severity FROM findings WHERE code = 'robots.unreachable'") == [("error",)]
    assert set(web.asked) <= {"/robots.txt", "/elsewhere.txt"}
    assert max(web.asked.values()) == 2, "it is tried again before it is given up"
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n")
    assert (await place.crawl()).verdict == "ok", "another run asks again"


@pytest.mark.parametrize(
    "robots",
    [Answer(RULES, 404), Answer(RULES, 403), Answer(RULES, 410), redirect("/robots.txt")],
    ids=["404", "403", "410", "loop"],
)
async def test_a_robots_txt_that_is_not_there_allows_everything(place: Place, web: Web, robots: Answer) -> None:
    ordinary(web)
    web.routes["/robots.txt"] = robots
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.counts["reports_new"]) == ("ok", 5)


async def test_one_request_at_a_time_with_a_delay(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl(DOWNLOAD_DELAY=0.3, DOWNLOAD_DELAY_JITTER=0, arguments={"year": "2021"})
    gaps = [later - earlier for earlier, later in zip(web.times, web.times[1:], strict=False)]
    assert len(web.times) == 3
    assert min(gaps) > 0.25


async def test_requests_say_who_asks(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    headers = web.headers["/col/col1/index.html"]
    assert headers["user-agent"].startswith("nianbao/")
    assert "+http" in headers["user-agent"]
    assert headers["accept-language"].startswith("zh-CN")


async def test_links_to_private_addresses_are_refused(place: Place, web: Web) -> None:
    """The guard is closed: only the server's own address is let through, by a name that the guard does not judge."""
    ordinary(web)
    web.page(
        "/col/col1/index.html", column([("http://169.254.169.254/latest/meta-data.html", title(2020), "2021-01-20")])
    )
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(ALLOW_PRIVATE_ADDRESSES=False)
    assert codes(ledger) == ["address.private"]
    assert web.asked.total() == 0


async def test_a_listed_link_to_a_foreign_host_is_not_followed(place: Place, web: Web) -> None:
    ordinary(web)
    links = [
        ("https://www.example.com/a.html", title(2018), "2019-01-20"),
        ("/art/2021/1/20/art_1_2020.html", title(2020), "2021-01-20"),
    ]
    web.page("/col/col1/index.html", column(links))
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl()
    assert ledger.verdict == "ok"
    assert rows(place.database, "SELECT code FROM findings WHERE code = 'link.offsite'") == [("link.offsite",)]


async def test_attachments_join_their_report(place: Place, web: Web) -> None:
    ordinary(web)
    path = "/art/2021/1/20/art_1_2020.html"
    table = '<a href="/files/2020统计表.txt.pdf">2020年政府信息公开情况统计表.pdf</a>'
    files = f'<p>附件：{table} <a href="/files/logo.pdf">办事指南</a></p>'
    web.page(path, report(2020, files=files))
    web.routes["/files/2020%E7%BB%9F%E8%AE%A1%E8%A1%A8.txt.pdf"] = Answer(
        b"%PDF-1.4 broken", headers=(("Content-Type", "application/pdf"),)
    )
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(arguments={"year": "2020"})
    assert ledger.failures == []
    documents = rows(
        place.database, "SELECT url, parent_id IS NOT NULL, archive_file IS NOT NULL FROM documents ORDER BY url"
    )
    assert documents == [
        (web.base + path, 0, 1),
        (f"{web.base}/files/2020%E7%BB%9F%E8%AE%A1%E8%A1%A8.txt.pdf", 1, 1),
    ]
    assert rows(place.database, "SELECT count(*) FROM reports") == [(1,)]


async def test_a_missing_attachment_is_a_finding_of_the_report(place: Place, web: Web) -> None:
    ordinary(web)
    path = "/art/2021/1/20/art_1_2020.html"
    web.page(path, report(2020, files='<p><a href="/files/x.doc">附件：2020年统计表.doc</a></p>'))
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(arguments={"year": "2020"})
    assert codes(ledger) == ["http.404"]
    found = rows(place.database, "SELECT code, severity FROM findings WHERE message LIKE '%was not fetched%'")
    assert found == [("attachment.missing", "warning")]
    assert rows(place.database, "SELECT status FROM reports") == [("partial",)]


async def test_a_page_that_is_only_a_link_to_its_file(place: Place, web: Web) -> None:
    ordinary(web)
    path = "/art/2021/1/20/art_1_2020.html"
    web.page(
        path,
        f'<html><head><title>{title(2020)}</title></head><body><h1>{title(2020)}</h1><div id="zoom"><p>'
        '<a href="/files/whole.pdf">点击下载</a></p></div></body></html>',
    )
    web.routes["/files/whole.pdf"] = Answer(b"%PDF-1.4 broken", headers=(("Content-Type", "application/pdf"),))
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl(arguments={"year": "2020"})
    assert web.asked["/files/whole.pdf"] == 1


async def test_region_and_site_narrow(place: Place, web: Web) -> None:
    ordinary(web)
    entry = '[[site]]\nid = "{}"\nregion = "{}"\nname = "x"\nplatform = "hanweb_jpage"\nurls = ["{}/{}"]\n'
    place.site(
        entry.format("beilun", "330206", web.base, "col/col1/index.html")
        + entry.format("panlong", "530103", web.base, "col/none.html")
    )
    ledger = await place.crawl(arguments={"region": "330000", "year": "2022"})
    assert ledger.verdict == "ok"
    assert "/col/none.html" not in web.asked
    ledger = await place.crawl(arguments={"site": "panlong"})
    assert codes(ledger) == ["http.404"]


async def test_a_year_that_nobody_published_is_said(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    ledger = await place.crawl(arguments={"year": "2010"})
    assert ledger.verdict == "empty"
    assert any("2010" in message for _, message in ledger.failures)


async def test_replay_opens_no_socket(place: Place, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    replayed = Place(place.folder / "replayed")
    replayed.folder.mkdir()
    replayed.beilun(f"{web.base}/col/col1/index.html")
    asked = web.asked.total()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    ledger = await replayed.crawl(REPLAY=str(place.archive), ALLOW_PRIVATE_ADDRESSES=True)
    assert (ledger.verdict, ledger.failures, web.asked.total()) == ("ok", [], asked)
    assert content(replayed.database) == content(place.database)


async def test_an_address_that_the_archive_lacks_is_named(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl(arguments={"year": "2020"})
    replayed = Place(place.folder / "replayed")
    replayed.folder.mkdir()
    replayed.beilun(f"{web.base}/col/col1/index.html")
    ledger = await replayed.crawl(REPLAY=str(place.archive))
    assert ledger.verdict == "error"
    assert codes(ledger) == ["replay.missing"] * 4
    assert f"{web.base}/art/2022/1/20/art_1_2021.html" in " ".join(message for _, message in ledger.failures)


async def test_a_damaged_recording_is_said(place: Place, web: Web) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    ((file,),) = rows(place.database, "SELECT archive_file FROM documents ORDER BY id LIMIT 1")
    damaged = place.archive / file
    damaged.write_bytes(damaged.read_bytes()[:-120])
    replayed = Place(place.folder / "replayed")
    replayed.folder.mkdir()
    replayed.beilun(f"{web.base}/col/col1/index.html")
    ledger = await replayed.crawl(REPLAY=str(place.archive))
    assert ledger.verdict == "error"
    assert set(codes(ledger)) == {"replay.damaged", "replay.missing"}
    assert any(file in message for _, message in ledger.failures)


async def test_a_list_behind_an_api(place: Place, web: Web) -> None:
    """jpaas: the column names its list service, which refuses whoever does not come from the column."""
    import json
    from urllib.parse import quote

    ordinary(web)
    service = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    web.page(
        "/col/col1/index.html",
        f"<html><body><script url='{service}' querydata=\"{{'webId':'9','tagId':'信息列表'}}\"></script></body></html>",
    )
    per_page = {1: list(reversed(YEARS))[:3], 2: list(reversed(YEARS))[3:]}
    for number, years in per_page.items():
        records = "".join(
            f'<li class="cf"><a href="/art/{year + 1}/1/20/art_1_{year}.html" title="{title(year)}">…</a>'
            f'<span class="time">{year + 1}-01-20</span></li>'
            for year in years
        )
        body = json.dumps({"success": True, "data": {"html": f'<ul>{records}</ul><div count="55"></div>'}}).encode()
        query = quote(json.dumps({"pageNo": number, "pageSize": 50}))

        def reply(_: int, headers: dict[str, str], body: bytes = body) -> Answer:
            if not headers.get("referer", "").endswith("/col/col1/index.html"):
                return Answer(b"forbidden", 403)
            return Answer(body, headers=(("Content-Type", "application/json"),))

        web.routes[f"{service}?webId=9&tagId={quote('信息列表')}&paramJson={query}"] = reply
    place.site(
        '[[site]]\nid = "beilun"\nregion = "330206"\nname = "x"\nplatform = "hanweb_jpaas"\nmin_reports = 5\n'
        f'urls = ["{web.base}/col/col1/index.html"]\n'
    )
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.failures, ledger.counts["reports_new"]) == ("ok", [], 5)


async def test_a_site_registered_as_another_family_is_still_read(place: Place, web: Web) -> None:
    ordinary(web)
    place.site(
        '[[site]]\nid = "beilun"\nregion = "330206"\nname = "x"\nplatform = "kunming"\nmin_reports = 5\n'
        f'urls = ["{web.base}/col/col1/index.html"]\n'
    )
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.counts["reports_new"]) == ("ok", 5)
    assert rows(place.database, "SELECT severity FROM findings WHERE code = 'site.platform'") == [("warning",)]


def mirrors(place: Place, web: Web) -> str:
    place.sites.mkdir(exist_ok=True)
    url = web.page("/p-1.html", report(2020))
    (place.sites / "mirrors.toml").write_text(
        '[[engine]]\nid = "library"\nname = "x"\nhosts = ["127.0.0.1"]\npath = "/p-[0-9]+"\n'
        f'[[page]]\nurl = "{url}"\nengine = "library"\nregion = "330206"\nsector = "health"\nyear = 2020\n',
        encoding="utf-8",
    )
    return url


async def test_a_copy_is_kept_apart(place: Place, web: Web) -> None:
    url = mirrors(place, web)
    ledger = await place.crawl("mirrors")
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    assert rows(place.database, "SELECT url, kind, site FROM documents") == [(url, "mirror", "library")]
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl(arguments={"year": "2020"})
    quoted = "SELECT d.kind, r.is_current FROM reports r JOIN documents d ON d.id = r.document_id ORDER BY 1"
    assert rows(place.database, quoted) == [("mirror", 0), ("official", 1)]


async def test_one_copy_by_its_address(place: Place, web: Web) -> None:
    mirrors(place, web)
    other = web.page("/p-2.html", report(2021))
    ledger = await place.crawl("mirrors", arguments={"url": other})
    assert ledger.verdict == "ok"
    assert rows(place.database, "SELECT url FROM documents") == [(other,)]
    assert "/p-1.html" not in web.asked


@pytest.mark.parametrize("first", ["2019", "2021", "2020"])
async def test_years_are_compared_whichever_arrives_later(place: Place, web: Web, first: str) -> None:
    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl(arguments={"year": first})
    assert rows(place.database, "SELECT count(*) FROM checks WHERE rule = 'years.boilerplate'") == [(0,)]
    await place.crawl()
    compared = "SELECT r.year FROM checks c JOIN reports r ON r.id = c.report_id WHERE rule = 'years.boilerplate'"
    assert sorted(rows(place.database, compared)) == [(year,) for year in YEARS if year > min(YEARS)]
    shares = rows(place.database, "SELECT left FROM checks WHERE rule = 'years.boilerplate'")
    assert all(0.1 < share < 1 for (share,) in shares)


async def test_last_years_text_again_is_said_with_its_passages(place: Place, web: Web) -> None:
    import json

    same = "".join(
        f"<p>本局坚持把信息公开作为第{n}项日常工作，由办公室负责收集、审核和发布，做到责任到人。</p>" for n in range(30)
    )
    for year in (2021, 2022):
        web.page(f"/{year}.html", report(year, files=same))
    links = [(f"/{year}.html", title(year), f"{year + 1}-01-20") for year in (2021, 2022)]
    web.page("/col/col1/index.html", column(links))
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    failed = "rule = 'years.boilerplate' AND c.status = 'fail'"
    join = f"SELECT r.year FROM checks c JOIN reports r ON r.id = c.report_id WHERE {failed}"
    assert rows(place.database, join) == [(2022,)]
    ((data, text),) = rows(
        place.database,
        "SELECT f.data, r.text FROM findings f JOIN reports r ON r.id = f.report_id WHERE code = 'text.repeated'",
    )
    ((previous,),) = rows(place.database, "SELECT text FROM reports WHERE year = 2021")
    passages = json.loads(data)["passages"]
    assert passages
    for one in passages:
        said, before = text[one["start"] : one["end"]], previous[one["other_start"] : one["other_end"]]
        assert "".join(said.split()) == "".join(before.split())


async def test_checks_that_a_killed_run_left_out_are_made_up_for(place: Place, web: Web) -> None:
    """A kill between a report and its comparison: the run has no end in the books, and the next one looks again."""
    import sqlite3

    ordinary(web)
    place.beilun(f"{web.base}/col/col1/index.html")
    await place.crawl()
    before = content(place.database)
    with sqlite3.connect(place.database) as connection:
        connection.execute("DELETE FROM checks WHERE origin = 'years'")
        connection.execute("UPDATE runs SET finished = NULL")
    connection.close()
    assert content(place.database) != before
    await place.crawl()
    assert content(place.database) == before
