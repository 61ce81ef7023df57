"""Pages saved as one MIME file."""

from __future__ import annotations

import base64
import quopri

import pytest

from parsers.model import Source, Unreadable
from parsers.readers import read_document
from tests.formats.grids import cells, grids, lines, printed
from tests.formats.one_source import TABLES, TITLE, html_text

PICTURE = "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
HEAD = (
    "From: <Saved by Browser>\r\nSnapshot-Content-Location: https://www.example.gov.cn/art/2024/1/25/art_1_2.html\r\n"
    "Subject: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
)


def saved(encoding: str, transfer: str) -> bytes:
    """The report page as a browser saves it."""
    body = html_text().replace("utf-8", encoding).encode(encoding)
    coded = base64.encodebytes(body) if transfer == "base64" else quopri.encodestring(body)
    part = f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    return (HEAD + PICTURE + part).encode() + coded + b"\r\n--b--\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
def test_the_page_is_read(encoding: str, transfer: str) -> None:
    document = read_document(Source(saved(encoding, transfer), "file:///report.mht"))
    assert document.format == "mhtml"
    assert document.title == TITLE
    assert [cells(grid) for grid in grids(document)] == [printed(table) for table in TABLES]
    assert "六、其他需要报告的事项" in lines(document)


def test_the_root_part_is_the_page() -> None:
    frame = "--b\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<html><body><p>广告</p></body></html>\r\n"
    page = f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <root>\r\n\r\n{html_text()}\r\n--b--\r\n"
    head = HEAD.replace('type="text/html";', 'type="text/html"; start="<root>";')
    document = read_document(Source((head + frame + page).encode(), "file:///report.mht"))
    assert len(grids(document)) == 3


@pytest.mark.parametrize("body", [PICTURE + "--b--\r\n", "--b\r\nContent-Type: text/html\r\n\r\n\r\n--b--\r\n", ""])
def test_a_file_without_a_page_is_named(body: str) -> None:
    with pytest.raises(Unreadable, match=r"report\.mht"):
        read_document(Source((HEAD + body).encode(), "file:///report.mht"))


SHEET = "<html><body><table><tr><td>新收</td><td>{}</td></tr><tr><td>结转</td><td>1</td></tr></table></body></html>"
FRAMES = (
    '<html><head><xml><x:WorksheetSource HRef="book.files/sheet002.htm"/></xml></head><frameset>'
    '<frame src="book.files/sheet001.htm"><frame src="book.files/tabstrip.htm"></frameset></html>'
)


def part(content: str, *headers: str) -> str:
    return (
        "--b\r\n"
        + "".join(f"{h}\r\n" for h in ("Content-Type: text/html; charset=utf-8", *headers))
        + f"\r\n{content}\r\n"
    )


def test_the_sheets_of_a_workbook_saved_as_a_page() -> None:
    head = HEAD.replace("Snapshot-Content-Location: https://www.example.gov.cn/art/2024/1/25/art_1_2.html\r\n", "")
    where = "Content-Location: file:///C:/temp/book.files/"
    body = part(FRAMES, "Content-Location: file:///C:/temp/book.htm") + part("<p>表一</p>", where + "tabstrip.htm")
    body += part(SHEET.format(7), where + "sheet001.htm") + part(SHEET.format(8), where + "sheet002.htm")
    document = read_document(Source((head + body + "--b--\r\n").encode(), "file:///book.mht"))
    assert sorted(grid.cells[1].text for grid in grids(document)) == ["7", "8"]
    assert "表一" not in lines(document)


@pytest.mark.parametrize("inner", [html_text(), "<html><body><p>分享</p></body></html>"])
def test_an_article_in_a_frame(inner: str) -> None:
    outer = '<html><body><p>首页</p><iframe src="cid:frame-1@mhtml.blink"></iframe></body></html>'
    body = part(outer) + part(inner, "Content-ID: <frame-1@mhtml.blink>") + "--b--\r\n"
    document = read_document(Source((HEAD + body).encode(), "file:///report.mht"))
    assert len(grids(document)) == (3 if "公开" in inner else 0)


def test_a_blank_line_before_the_header() -> None:
    document = read_document(Source(b"\r\n\n" + saved("utf-8", "base64"), "file:///report.mht"))
    assert len(grids(document)) == 3
