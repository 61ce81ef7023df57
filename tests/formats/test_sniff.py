"""What a file is, its content says."""

from __future__ import annotations

import pytest

from parsers.model import Source, Unreadable
from parsers.readers import declared_format, read_document, sniff
from tests.formats import one_source, samples
from tests.formats.grids import codes

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
MHTML = (
    b"From: <Saved by Browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n--b\r\n'
)
WORD_PAGE = b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=ProgId content=Word.Document>'

CASES = {
    "docx": (one_source.docx().content, "2023.docx", None, "docx"),
    "docx_named_doc": (one_source.docx().content, "2023.doc", "application/msword", "docx"),
    "doc": (one_source.doc().content, "2023.doc", None, "doc"),
    "xlsx_as_octets": (one_source.xlsx().content, "download", "application/octet-stream", "xlsx"),
    "pdf": (b"%PDF-1.4\n", "a.pdf", None, "pdf"),
    "pdf_after_junk": (b"\r\n\r\n%PDF-1.4\n", "a", None, "pdf"),
    "page_named_doc": (WORD_PAGE, "2012.doc", "application/msword", "html"),
    "rtf_named_doc": (b"{\\rtf1\\ansi", "2012.doc", None, "rtf"),
    "word_2003_xml": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        "2010.doc",
        None,
        "wordml",
    ),
    "excel_2003_xml": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "2010.xls",
        None,
        "spreadsheetml",
    ),
    "mhtml": (MHTML, "report.mht", None, "mhtml"),
    "mhtml_named_html": (MHTML, "report.html", "text/html", "mhtml"),
    "picture": (PNG, "scan.png", None, "image"),
    "picture_named_pdf": (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "scan.pdf", "application/pdf", "image"),
    "html": (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "a", None, "html"),
    "html_fragment": ("<table><tr><td>规章</td></tr></table>".encode("gbk"), "a", None, "html"),
    "html_utf16": ("\ufeff<html><body><p>年报</p></body></html>".encode("utf-16-le"), "a.htm", None, "html"),
    "xhtml": (b'<?xml version="1.0"?><!DOCTYPE html><html><body/></html>', "a", None, "html"),
    "text": ("一、概述\n全年公开信息81条。".encode("gb18030"), "a.txt", "text/plain", "text"),
    "text_without_name": ("一、概述\n全年公开信息81条。".encode(), "a", None, "text"),
    "text_served_as_html": ("一、概述\n二、公开".encode(), "a.html", "text/html", "text"),
    "markdown_with_a_tag": ("# 年报\n\n第一行<br>第二行<br>第三行".encode(), "a.md", None, "text"),
    "page_named_txt": (b"<!DOCTYPE html><html><body>" + b"<p>x</p>" * 20, "a.txt", "text/plain", "html"),
    "rar": (b"Rar!\x1a\x07\x00", "a.rar", None, "rar"),
    "octets": (b"\x00\x01\x02\x03" * 40, "a.bin", None, "unknown"),
    "text_utf16_without_mark": (("全年公开信息81条。\r\n" * 9).encode("utf-16-be"), "a.txt", None, "text"),
    "page_utf16_without_mark": ("<html><body><p>2018</p></body></html>".encode("utf-16-le"), "a.htm", None, "html"),
    "text_that_starts_with_bm": (b"BMI and other indices, a note on body mass", "a.txt", None, "text"),
}


@pytest.mark.parametrize("name", CASES)
def test_content_decides(name: str) -> None:
    content, file, media_type, expected = CASES[name]
    assert sniff(Source(content, f"file:///{file}", media_type)) == expected


def test_word_file_with_an_embedded_workbook_is_a_word_file() -> None:
    # the directory of the compound file decides, not the first stream name found in its bytes
    content = one_source.doc().content
    assert sniff(Source(content + "Workbook".encode("utf-16-le"), "file:///a.xls")) == "doc"


def test_a_wrong_name_is_a_finding() -> None:
    document = read_document(Source(one_source.docx().content, "file:///2023.doc", "application/msword"))
    assert document.format == "docx"
    assert codes(document) == {"format.mismatch"}
    (finding,) = document.findings
    assert finding.data == {"declared": "doc", "content": "docx"}
    assert "2023.doc" in finding.message


def test_the_extension_counts_before_the_media_type() -> None:
    assert declared_format(Source(b"", "https://x.gov.cn/a/%E5%B9%B4%E6%8A%A5.docx?id=3", "text/html")) == "docx"
    assert declared_format(Source(b"", "https://x.gov.cn/a/", "text/html; charset=gbk")) == "html"
    assert declared_format(Source(b"", "https://x.gov.cn/a/", "application/octet-stream")) is None


REFUSED = {
    "empty": (b"", "format.empty"),
    "rtf_cut_off": (b"{\\rtf1 {\\b text", "format.truncated"),
    "rar": (b"Rar!\x1a\x07\x00" + b"x" * 30, "format.archive"),
    "zip": (samples.package({"a.txt": "x"}), "format.archive"),
    "ofd": (samples.package({"OFD.xml": "<x/>"}), "format.ofd"),
    "octets": (b"\x00\x01\x02\x03" * 40, "format.unknown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_named(name: str) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Unreadable) as caught:
        read_document(Source(content, "https://x.gov.cn/files/2019%E5%B9%B4%E6%8A%A5.doc"))
    assert caught.value.finding.code == code
    assert "2019年报.doc" in caught.value.finding.message
