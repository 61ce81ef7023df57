"""Documents from disk: a folder walked, everything in it read or named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from crawler.spiders.files import walk
from tests.crawler.conftest import Place, content, rows
from tests.crawler.web import report, title


def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "deep" / "deeper").mkdir(parents=True)
    (root / "a.html").write_text(report(2019), encoding="utf-8")
    (root / "b.htm").write_bytes(report(2020, charset="gb2312").encode("gb18030"))
    text = f"{title(2021)}\n一、概述\n2021年，全局主动公开政府信息21条。\n二、依申请公开\n2021年收到申请2件。\n"
    (root / "deep" / "c.txt").write_text(text, encoding="utf-8")
    (root / "deep" / "deeper" / "d.md").write_text(f"# {text.replace('2021', '2022')}", encoding="utf-8")
    return root


async def test_a_folder_is_walked(place: Place, tmp_path: Path) -> None:
    root = folder(tmp_path)
    ledger = await place.crawl("files", arguments={"path": str(root)})
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    assert rows(place.database, "SELECT year, agency_id FROM reports ORDER BY year") == [
        (year, "330206-health") for year in (2019, 2020, 2021, 2022)
    ]
    kinds = rows(place.database, "SELECT DISTINCT kind, substr(url, 1, 8), archive_file IS NOT NULL FROM documents")
    assert kinds == [("file", "file:///", 1)]


async def test_the_same_folder_again_writes_nothing(place: Place, tmp_path: Path) -> None:
    root = folder(tmp_path)
    await place.crawl("files", arguments={"path": str(root)})
    before = content(place.database)
    ledger = await place.crawl("files", arguments={"path": str(root)})
    assert (ledger.verdict, ledger.counts["reports_unchanged"]) == ("ok", 4)
    assert content(place.database) == before


async def test_what_cannot_be_read_is_named_and_the_walk_goes_on(place: Place, tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (root / "empty.html").write_bytes(b"")
    (root / "large.txt").write_bytes(b"x" * 3_000_000)
    (root / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (root / "data.bin").write_bytes(b"\0\1\2")
    (root / "script.js").write_text("1")
    (root / "sitemap.xml").write_text("<urlset/>")
    word = "http://schemas.microsoft.com/office/word/2003/wordml"
    (root / "note.xml").write_text(
        f'<w:wordDocument xmlns:w="{word}"><w:body><w:p/></w:body></w:wordDocument>', encoding="utf-8"
    )
    (root / "notice.html").write_text("<html><body><h1>通知</h1><p>请按时报送。</p></body></html>", encoding="utf-8")
    (root / "dangling.html").symlink_to("nowhere")
    ledger = await place.crawl("files", arguments={"path": str(root)}, FILE_MAXSIZE=2_000_000)
    assert ledger.verdict == "error"
    assert ledger.counts["reports_new"] == 4
    named = " ".join(message for _, message in ledger.failures)
    for name in ("broken.pdf", "empty.html", "large.txt", "locked.docx", "dangling.html"):
        assert name in named
    assert len(ledger.failures) == 5
    assert (ledger.counts["files_other"], ledger.counts["documents_other"]) == (3, 2)
    assert rows(place.database, "SELECT count(*) FROM findings WHERE code = 'file.unknown'") == [(3,)]


def test_walk(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "a_files").mkdir()
    (root / "a_files" / "frame.html").write_text("x")
    (root / "other_files").mkdir()
    (root / "other_files" / "e.html").write_text("x")
    (root / ".hidden").mkdir()
    (root / ".hidden" / "f.html").write_text("x")
    (root / "~$a.docx").write_text("x")
    (root / "deep" / "loop").symlink_to(root)
    (root / "same.html").symlink_to(root / "a.html")
    found = [str(path.relative_to(root)) for path in walk(root)]
    assert found == ["a.html", "b.htm", "deep/c.txt", "deep/deeper/d.md", "other_files/e.html"]


async def test_a_single_file_of_any_name(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "report.download"
    path.write_text(report(2019), encoding="utf-8")
    ledger = await place.crawl("files", arguments={"path": str(path)})
    assert (ledger.verdict, ledger.counts["reports_new"]) == ("ok", 1)


async def test_a_folder_without_a_report(place: Place, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ledger = await place.crawl("files", arguments={"path": str(tmp_path / "in")})
    assert ledger.verdict == "empty"


@pytest.mark.parametrize("compressed", [True, False], ids=["gz", "plain"])
async def test_a_warc(place: Place, tmp_path: Path, compressed: bool) -> None:
    import gzip

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    (tmp_path / "in").mkdir()
    name = "x.warc.gz" if compressed else "x.warc"
    with (tmp_path / "in" / name).open("wb") as stream:
        writer = WARCWriter(stream, gzip=compressed)
        for url, kind, status, body in (
            ("https://www.bl.gov.cn/a.html", "text/html", "200 OK", gzip.compress(report(2019).encode())),
            ("https://www.bl.gov.cn/b.html", "text/html", "404 Not Found", b"no"),
            ("https://www.bl.gov.cn/c.css", "text/css", "200 OK", b"a{}"),
            ("https://www.bl.gov.cn/robots.txt", "text/plain", "200 OK", b"User-agent: *"),
        ):
            headers = [("Content-Type", kind)]
            if body.startswith(b"\x1f\x8b"):
                headers.append(("Content-Encoding", "gzip"))
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http
            )
            writer.write_record(record)
    ledger = await place.crawl("files", arguments={"path": str(tmp_path / "in")})
    assert (ledger.verdict, ledger.failures) == ("ok", [])
    assert rows(place.database, "SELECT url FROM documents") == [("https://www.bl.gov.cn/a.html",)]
    assert rows(place.database, "SELECT year FROM reports") == [(2019,)]


async def test_a_damaged_warc_gives_what_is_whole(place: Place, tmp_path: Path, web: object) -> None:
    from datetime import UTC, datetime

    from storage import archive

    (tmp_path / "in").mkdir()
    for number, year in enumerate((2019, 2020)):
        fetched = archive.Fetched(
            url=f"https://www.bl.gov.cn/{year}.html",
            status=200,
            fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
            headers=(("Content-Type", "text/html"),),
            body=report(year).encode(),
        )
        archive.write(tmp_path / "in", f"{number:016}", fetched)
    broken = next((tmp_path / "in").rglob("*1.warc.gz"))
    broken.write_bytes(broken.read_bytes()[:-200])
    ledger = await place.crawl("files", arguments={"path": str(tmp_path / "in")})
    assert ledger.verdict == "error"
    assert {code for code, _ in ledger.failures} == {"file.damaged"}
    assert rows(place.database, "SELECT year FROM reports") == [(2019,)]


async def test_a_region_that_changed_its_code_has_one_line(place: Place, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for year in (2018, 2019, 2021):
        (tmp_path / "in" / f"{year}.html").write_text(report(year, "南通市崇川区卫生健康局"), encoding="utf-8")
    assert (await place.crawl("files", arguments={"path": str(tmp_path / "in")})).verdict == "ok"
    found = rows(place.database, "SELECT agency_id, region_code, year FROM reports ORDER BY year")
    assert found == [
        ("320613-health", "320602", 2018),
        ("320613-health", "320602", 2019),
        ("320613-health", "320613", 2021),
    ]
    lines = "SELECT id, region_code, name, successor FROM agencies"
    assert rows(place.database, lines) == [("320613-health", "320613", "南通市崇川区卫生健康局", None)]
    carried = "SELECT count(*) FROM checks WHERE origin = 'years' AND report_id LIKE '320613-health-2019-%'"
    assert rows(place.database, carried) != [(0,)], "2019 is compared with 2018"
    missing = "SELECT year FROM coverage WHERE status = 'missing' AND year BETWEEN 2018 AND 2021"
    assert rows(place.database, missing) == [(2020,)]


async def test_the_frames_of_a_saved_page_are_read(place: Place, tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "page_files").mkdir()
    inner = (root / "a.html").read_text(encoding="utf-8").replace("2019", "2016")
    (root / "page_files" / "saved.html").write_text(inner, encoding="utf-8")
    (root / "page_files" / "share.html").write_text("<p>分享</p>", encoding="utf-8")
    frames = "".join(
        f'<iframe src="{at}"></iframe>' for at in ("./page_files/saved.html", "page_files/share.html", "../x")
    )
    (root / "page.html").write_text(f"<html><body>首页{frames}</body></html>", encoding="utf-8")
    ledger = await place.crawl("files", arguments={"path": str(root)})
    assert ledger.counts["reports_new"] == 5
    assert (2016,) in rows(place.database, "SELECT year FROM reports")
