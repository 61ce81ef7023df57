"""What belongs to a report beside its page: further pages, pictures, files; and what a later run makes up for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.conftest import Place, content, rows
from tests.crawler.test_commands import scrapy
from tests.crawler.web import Answer, Web, column, report, title
from tests.formats.test_pictures import article, picture

PAGE, SECOND, THIRD = (f"/art/2021/1/20/art_1_2020{number}.html" for number in ("", "_2", "_3"))
BREAKS = ("<p>二、政府信息依申请公开情况</p>", "<p>四、存在的问题和改进措施</p>")
WORDS = ("主动公开政府信息220条", "受理政府信息公开申请20件", "未发生针对本单位", "来年将完善工作制度")
PDF = Answer(b"%PDF-1.4 broken", headers=(("Content-Type", "application/pdf"),))


def pager(names: list[str], current: int) -> str:
    """The links below a page of an article, as CMS print them."""
    numbers = "".join(f'<a href="{name}">{number}</a> ' for number, name in enumerate(names, 1) if number != current)
    following = f'<a href="{names[current]}">下一页</a>' if current < len(names) else ""
    return f'<div class="page"><a href="{names[0]}">首页</a> {numbers}{following}</div>'


def in_pages(names: list[str], foot: Any = pager, files: str = "") -> list[str]:
    """The report of 2020 as an article of three pages, the files on the last one."""
    head, rest = report(2020, files=files).split('<div id="zoom">')
    body, tail = rest.split("</div>", 1)
    first, _, later = body.partition(BREAKS[0])
    second, _, third = later.partition(BREAKS[1])
    parts = (first, BREAKS[0] + second, BREAKS[1] + third)
    return [f'{head}<div id="zoom">{part}{foot(names, number)}</div>{tail}' for number, part in enumerate(parts, 1)]


def counted(names: list[str], current: int) -> str:
    """The call by which TRS makes these links."""
    return f'<script>createPageHTML({len(names)}, {current - 1}, "t1", "html")</script>'


def listed(place: Place, web: Web, path: str = PAGE) -> None:
    web.page("/col/col1/index.html", column([(path, title(2020), "2021-01-20")]))
    place.beilun(f"{web.base}/col/col1/index.html")


def published(place: Place, web: Web, files: str = "") -> None:
    """An article of three pages in a column."""
    names = [path.rpartition("/")[2] for path in (PAGE, SECOND, THIRD)]
    for path, text in zip((PAGE, SECOND, THIRD), in_pages(names, files=files), strict=True):
        web.page(path, text)
    listed(place, web)


def stored(place: Place) -> tuple[str, list[int], list[str]]:
    """The report's status, where the words of its pages stand in the text, and the codes of its findings."""
    ((status, text),) = rows(place.database, "SELECT status, text FROM reports")
    found = rows(place.database, "SELECT code FROM findings WHERE report_id IS NOT NULL AND severity <> 'info'")
    return status, [text.find(words) for words in WORDS], [code for (code,) in found]


def whole(place: Place) -> bool:
    status, places, codes = stored(place)
    return status == "ok" and codes == [] and min(places) >= 0 and places == sorted(places)


# ---------------------------------------------------------------- further pages


async def test_further_pages_join_their_article(place: Place, web: Web) -> None:
    published(place, web, '<p><a href="/files/x.pdf">附件：2020年统计表.pdf</a></p>')
    web.routes["/files/x.pdf"] = PDF
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    _, places, codes = stored(place)
    assert min(places) >= 0
    assert places == sorted(places)
    assert "article.paged" not in codes
    archived = "SELECT url, parent_id IS NOT NULL, archive_file IS NOT NULL FROM documents ORDER BY fetched_at"
    assert rows(place.database, archived) == [
        (web.base + path, int(path != PAGE), 1) for path in (PAGE, SECOND, THIRD, "/files/x.pdf")
    ]
    assert [web.asked[path] for path in (PAGE, SECOND, THIRD)] == [1, 1, 1]
    assert rows(place.database, "SELECT count(*) FROM fetches WHERE document_id IS NOT NULL") == [(4,)]
    before = content(place.database)
    done = scrapy("reparse", place=place)
    assert "0 new, 0 changed, 1 unchanged, 0 failed" in done.stdout
    assert content(place.database) == before
    await place.crawl(arguments={"refresh": "1"})
    assert content(place.database) == before


@pytest.mark.parametrize(
    ("names", "foot"),
    [
        (["t1.html", "t1_1.html", "t1_2.html"], counted),
        (["t1.html", "t1_1.html", "t1_2.html"], pager),
        (["index.html", "index_1.html", "index_2.html"], pager),
        (["t1.html", "t1-2.html", "t1-3.html"], pager),
        (["show.do?id=7", "show.do?id=7&page=2", "show.do?id=7&page=3"], pager),
        (["年报.html", "年报_2.html", "年报_3.html"], pager),
        (["t1.html", "t1_2.html", "t1_3.html"], lambda names, at: pager(names[: at + 1], at)),  # one after the other
    ],
    ids=["call", "trs", "index", "dash", "query", "chinese", "chain"],
)
async def test_the_names_of_further_pages(place: Place, web: Web, names: list[str], foot: Any) -> None:
    for name, text in zip(names, in_pages(names, foot), strict=True):
        web.page(f"/nb/{name}", text)
    listed(place, web, f"/nb/{names[0]}")
    assert (await place.crawl()).failures == []
    assert whole(place)


async def test_a_link_to_another_article_is_no_further_page(place: Place, web: Web) -> None:
    links = "".join(
        f'<a href="{name}">下一页</a>' for name in ("art_1_2021.html", "/art/art_1_2020_2.html", "a_2.html")
    )
    web.page(PAGE, report(2020, files=f"<p>{links}</p>"))
    listed(place, web)
    assert (await place.crawl()).failures == []
    assert web.asked.total() == 3, "robots.txt, the column, the article"
    assert whole(place)


async def test_an_article_without_an_end(place: Place, web: Web) -> None:
    names = [PAGE, *(PAGE.replace(".html", f"_{number}.html") for number in range(2, 60))]
    for number, name in enumerate(names, 1):
        web.page(name, in_pages(names, lambda all_names, _, at=number: pager(all_names[: at + 1], at))[0])
    listed(place, web)
    assert (await place.crawl()).verdict == "ok"
    assert web.asked.total() == 2 + 1 + 20
    status, _, codes = stored(place)
    assert (status, codes) == ("partial", ["article.paged"])


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"gone", 404),
        Answer(b"", 302, (("Location", "/"),)),
        Answer(b"<html><body><div id='zoom'></div></body></html>"),
    ],
    ids=["404", "elsewhere", "blank"],
)
async def test_a_further_page_that_cannot_be_had_is_had_later(place: Place, web: Web, answer: Answer) -> None:
    published(place, web)
    web.page("/", "<html><body><a href='/col/col1/index.html'>年报</a>东山区人民政府</body></html>")
    good, web.routes[SECOND] = web.routes[SECOND], answer
    assert len((await place.crawl()).failures) == 1
    status, places, codes = stored(place)
    assert (status, "article.paged" in codes) == ("partial", True)
    assert places[0] >= 0
    assert places[1:3] == [-1, -1]
    web.routes[SECOND] = good
    assert (await place.crawl()).verdict == "ok"
    assert whole(place)
    assert web.asked[PAGE] == 1


def saved(folder: Path, base: str, ending: str = ".html") -> list[str]:
    names = [f"年报{ending}", f"年报_2{ending}", f"年报-3{ending}"]
    folder.mkdir()
    for name, text in zip(names, in_pages([base + name for name in names]), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return names


@pytest.mark.parametrize("base", ["", "http://www.bl.gov.cn/nb/"])
async def test_further_pages_in_a_folder(place: Place, tmp_path: Path, base: str) -> None:
    names = saved(tmp_path / "in", base)
    (tmp_path / "in" / "年报_4.html").write_text(report(2019), encoding="utf-8")  # named by nothing
    ledger = await place.crawl("files", arguments={"path": str(tmp_path / "in")})
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    assert rows(place.database, "SELECT year FROM reports ORDER BY year") == [(2019,), (2020,)]
    ((text,),) = rows(place.database, "SELECT text FROM reports WHERE year = 2020")
    assert all(words in text for words in WORDS)
    parts = "SELECT count(*) FROM documents WHERE parent_id IS NOT NULL AND archive_file IS NOT NULL"
    assert rows(place.database, parts) == [(len(names) - 1,)]
    before = content(place.database)
    await place.crawl("files", arguments={"path": str(tmp_path / "in")})
    assert content(place.database) == before


async def test_further_pages_in_an_archive(place: Place, web: Web, tmp_path: Path) -> None:
    published(place, web)
    await place.crawl()
    other = Place(tmp_path / "other")
    ledger = await other.crawl("files", arguments={"path": str(place.archive)})
    assert ledger.failures == []
    assert whole(other)


async def test_audit_reads_the_further_pages_and_article_only_the_page(place: Place, web: Web) -> None:
    published(place, web)
    done = scrapy("audit", "--json", web.base + PAGE, "-s", "ALLOW_PRIVATE_ADDRESSES=1")
    answer = json.loads(done.stdout)
    assert [section["heading"] for section in answer["report"]["sections"]][-1] == "存在的问题和改进措施"
    assert (answer["report"]["status"], done.returncode) == ("ok", 0)
    asked = web.asked.copy()
    scrapy("article", web.base + PAGE, "-s", "ALLOW_PRIVATE_ADDRESSES=1")
    assert set(web.asked - asked) == {"/robots.txt", PAGE}


# ---------------------------------------------------------------- files


async def test_a_later_run_gets_only_what_is_missing(place: Place, web: Web) -> None:
    files = "".join(f'<p><a href="/files/{name}.pdf">附件：统计表{name}.pdf</a></p>' for name in "abc")
    web.page(PAGE, report(2020, files=files))
    web.page("/art/2020/1/20/art_1_2019.html", report(2019))
    links = [(PAGE, title(2020), "2021-01-20"), ("/art/2020/1/20/art_1_2019.html", title(2019), "2020-01-20")]
    web.page("/col/col1/index.html", column(links))
    place.beilun(f"{web.base}/col/col1/index.html")
    web.routes |= {"/files/a.pdf": PDF, "/files/c.pdf": PDF}
    assert (await place.crawl()).verdict == "error"
    before, asked = content(place.database), web.asked.copy()

    again = await place.crawl()
    assert (again.verdict, [code for code, _ in again.failures]) == ("error", ["http.404"]), "it is still missing"
    assert content(place.database) == before
    column_and_robots = {"/robots.txt", "/col/col1/index.html"}
    assert set(web.asked - asked) - column_and_robots == {"/files/b.pdf"}

    web.routes["/files/b.pdf"] = PDF
    asked = web.asked.copy()
    ledger = await place.crawl()
    assert (ledger.verdict, ledger.counts["reports_changed"], ledger.counts["reports_known"]) == ("ok", 1, 1)
    assert set(web.asked - asked) - column_and_robots == {"/files/b.pdf"}
    assert rows(place.database, "SELECT message FROM findings WHERE message LIKE '%was not fetched%'") == []
    parts = "SELECT d.url FROM attachments a JOIN documents d ON d.id = a.document_id ORDER BY a.position"
    assert [url[-5:] for (url,) in rows(place.database, parts)] == ["a.pdf", "b.pdf", "c.pdf"]
    fetched = f"SELECT url FROM fetches WHERE run_id = {ledger.run_id} AND document_id IS NOT NULL"
    assert rows(place.database, fetched) == [(f"{web.base}/files/b.pdf",)]

    complete, asked = content(place.database), web.asked.copy()
    assert (await place.crawl()).verdict == "ok"
    assert content(place.database) == complete
    assert set(web.asked - asked) == column_and_robots


def stored_codes(place: Place) -> list[str]:
    return [code for (code,) in rows(place.database, "SELECT code FROM findings WHERE report_id IS NOT NULL")]


async def test_a_report_whose_archive_is_lost_is_fetched_whole(place: Place, web: Web) -> None:
    published(place, web)
    good = web.routes.pop(SECOND)
    await place.crawl()
    for file in place.archive.rglob("*.warc.gz"):
        file.unlink()
    web.routes[SECOND] = good
    await place.crawl()
    assert whole(place)
    assert web.asked[PAGE] == 2


async def test_refresh_completes_an_unchanged_page(place: Place, web: Web) -> None:
    published(place, web)
    good, page = web.routes.pop(SECOND), web.routes[PAGE]
    assert isinstance(page, Answer)
    tagged = Answer(page.body, headers=(*page.headers, ("ETag", '"1"')))
    web.routes[PAGE] = lambda _, headers: Answer(status=304, headers=()) if "if-none-match" in headers else tagged
    await place.crawl()
    web.routes[SECOND] = good
    await place.crawl(arguments={"refresh": "1"})
    assert whole(place)


# ---------------------------------------------------------------- pictures


def pictured(place: Place, web: Web) -> bytes:
    """A report whose numbers stand in a picture; returns the picture."""
    page = article().content.decode().replace('src="/images/t1.png"', 'src="/t1.png"').replace("t2.jpg", "/t2.jpg")
    web.page(PAGE, page)
    listed(place, web)
    return picture(1).content


async def test_pictures_are_left_alone_and_said(place: Place, web: Web) -> None:
    pictured(place, web)
    ledger = await place.crawl()
    assert ledger.failures == []
    assert web.asked.total() == 3
    assert "picture.unread" in stored_codes(place)


async def test_pictures_are_fetched_when_asked_for(place: Place, web: Web) -> None:
    content_of_picture = pictured(place, web)
    await place.crawl()
    assert rows(place.database, "SELECT count(*) FROM figures WHERE source = 'table'") == [(0,)]
    web.routes["/t1.png"] = Answer(content_of_picture, headers=(("Content-Type", "image/png"),))
    web.page("/t2.jpg", "<html><body>no picture</body></html>")
    ledger = await place.crawl(FETCH_PICTURES=True)
    assert [code for code, _ in ledger.failures] == ["attachment.mistaken"]
    assert web.asked[PAGE] == 1, "the page is known: only its pictures are fetched"
    read = "SELECT count(*) > 10 FROM figures WHERE source = 'table' AND reason = 'read by optical recognition'"
    assert rows(place.database, read) == [(1,)]
    parts = "SELECT url, archive_file IS NOT NULL FROM documents WHERE parent_id IS NOT NULL"
    assert rows(place.database, parts) == [(f"{web.base}/t1.png", 1)]
