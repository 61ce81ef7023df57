"""Broken, protected and malicious files: a finding with the file's name, never a crash, never a long wait."""

from __future__ import annotations

import random
import time
import zipfile
from io import BytesIO

import pytest

from parsers.model import Document, Finding, Source, Unreadable
from parsers.readers import read_document
from tests.formats import one_source, samples
from tests.formats.grids import codes, grids, is_sound
from tests.formats.test_spreadsheet import xlsx

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def code_of(content: bytes, name: str) -> str:
    """The code of the error for a file."""
    with pytest.raises(Unreadable) as caught:
        read_document(Source(content, f"file:///dir/{name}"))
    assert name in caught.value.finding.message
    return caught.value.finding.code


@pytest.mark.parametrize("size", [80_000_000, 30_000_000], ids=["too_large", "too_dense"])
@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml"])
def test_a_zip_bomb_is_not_unpacked(name: str, size: int) -> None:
    started = time.perf_counter()
    content = samples.package({"[Content_Types].xml": "<Types/>", name: b" " * size})
    packed = time.perf_counter() - started
    started = time.perf_counter()
    assert code_of(content, "bomb.docx") == "format.bomb"
    assert time.perf_counter() - started < max(1.0, packed)


def test_a_member_that_lies_about_its_size() -> None:
    content = bytearray(samples.package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a>" + "x" * 9999}))
    start = content.rindex(b"PK\x01\x02")
    assert content[start + 24 : start + 28] == (10002).to_bytes(4, "little")
    content[start + 24 : start + 28] = (500).to_bytes(4, "little")
    assert code_of(bytes(content), "lies.docx") in ("format.truncated", "format.bomb")


@pytest.mark.parametrize("place", [8, 10], ids=["local header", "directory"])
def test_a_method_that_nobody_knows(place: int) -> None:
    content = bytearray(samples.package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}))
    start = content.rindex(b"PK\x01\x02") if place == 10 else content.rindex(b"PK\x03\x04")
    content[start + place : start + place + 2] = (99).to_bytes(2, "little")
    assert code_of(bytes(content), "method.docx") == "format.truncated"


def test_a_damaged_member_of_another_method() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<a>" + "x" * 999 + "</a>")
    content = bytearray(buffer.getvalue())
    data = content.rindex(b"word/document.xml", 0, content.index(b"PK\x01\x02")) + len("word/document.xml")
    content[data + 4 : data + 9] = b"\xff" * 5  # the properties of the stream
    assert code_of(bytes(content), "lzma.docx") == "format.truncated"


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


def test_entities_are_not_expanded() -> None:
    parts = {"word/document.xml": f"{ENTITIES}<w:document {samples.W}><w:body>&b;&c;</w:body></w:document>"}
    assert code_of(samples.package({"[Content_Types].xml": "<Types/>", **parts}), "xxe.docx") == "format.entities"


def test_tables_in_tables_in_tables() -> None:
    body = "".join("<w:tbl><w:tr><w:tc>" for _ in range(60)) + samples.p("x")
    body += "".join("</w:tc></w:tr></w:tbl>" for _ in range(60))
    assert code_of(samples.docx(body), "deep.docx") == "format.nesting"


def test_elements_deeper_than_any_document() -> None:
    body = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    assert code_of(samples.docx(body), "deep.docx") == "format.truncated"


def test_a_table_of_too_many_cells() -> None:
    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 2000 + "</w:tr>"
    assert code_of(samples.docx(f"<w:tbl>{row * 31}</w:tbl>"), "wide.docx") == "format.too_large"


@pytest.mark.parametrize("span", ["99999999", "-3", "0", "x", "1e9"])
def test_spans_that_lie(span: str) -> None:
    row = samples.tc("规章", f'<w:gridSpan w:val="{span}"/>') + samples.tc("4")
    document = read_document(Source(samples.docx(samples.tbl(row, row)), "file:///a.docx"))
    (grid,) = grids(document)
    assert is_sound(grid)
    assert (grid.rows, grid.cols) == (2, 2)


def test_an_encrypted_office_package() -> None:
    # the directory of a compound file that holds the streams of an encrypted package
    header = bytearray(512)
    header[:8] = OLE
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (0).to_bytes(4, "little")
    header[68:72] = (0xFFFFFFFE).to_bytes(4, "little")
    header[76:80] = (1).to_bytes(4, "little")
    for index in range(1, 109):
        header[76 + 4 * index : 80 + 4 * index] = b"\xff" * 4

    def entry(name: str, child: int, right: int) -> bytes:
        data = bytearray(128)
        coded = name.encode("utf-16-le") + b"\0\0"
        data[: len(coded)] = coded
        data[64:66] = len(coded).to_bytes(2, "little")
        data[68:72] = b"\xff" * 4
        data[72:76] = right.to_bytes(4, "little")
        data[76:80] = child.to_bytes(4, "little")
        return bytes(data)

    none = 0xFFFFFFFF
    directory = entry("Root Entry", 1, none) + entry("EncryptedPackage", none, 2) + entry("EncryptionInfo", none, none)
    table = (0xFFFFFFFE).to_bytes(4, "little") + (0xFFFFFFFD).to_bytes(4, "little") + b"\xff" * 504
    content = bytes(header) + directory.ljust(512, b"\0") + table
    assert code_of(content, "secret.xlsx") == "format.encrypted"


def test_a_protected_pdf() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "x")
    canvas.save()
    assert code_of(stream.getvalue(), "secret.pdf") == "format.encrypted"


def test_a_zip_member_with_a_password() -> None:
    content = bytearray(samples.docx(samples.p("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(mark, start + 4)
    assert code_of(bytes(content), "secret.docx") == "format.encrypted"


def file_information_block(content: bytearray) -> int:
    """Where the WordDocument stream begins: at a sector, with the identifier of Word 97."""
    return next(start for start in range(512, len(content), 512) if content[start : start + 2] == b"\xec\xa5")


def test_word_95_is_named() -> None:
    content = bytearray(one_source.doc().content)
    start = file_information_block(content)
    content[start : start + 4] = bytes.fromhex("DCA56800")
    assert code_of(bytes(content), "1996.doc") == "format.old_word"


def test_a_protected_word_file() -> None:
    content = bytearray(one_source.doc().content)
    start = file_information_block(content)
    content[start + 11] |= 1  # fEncrypted
    assert code_of(bytes(content), "secret.doc") == "format.encrypted"


def test_macros_are_not_run_and_named() -> None:
    with zipfile.ZipFile(BytesIO(samples.docx(samples.p("正文")))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    document = read_document(Source(samples.package({**parts, "word/vbaProject.bin": b"x"}), "file:///a.docm"))
    assert codes(document) == {"format.macros"}


def test_a_pdf_of_ten_thousand_pages() -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream)
    for number in range(3000):
        canvas.drawString(100, 100, f"line on page {number}")
        canvas.showPage()
    canvas.save()
    document = read_document(Source(stream.getvalue(), "file:///long.pdf"))
    assert "format.cut" in codes(document)


def test_a_page_of_a_hundred_thousand_strokes_is_a_drawing() -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(100, 800, "a drawing made of strokes")
    for number in range(50_000):
        canvas.line(number % 500, number // 100, number % 500 + 3, number // 100)
    canvas.save()
    document = read_document(Source(stream.getvalue(), "file:///drawing.pdf"))
    assert grids(document) == []


WHOLE = {
    "a.docx": lambda: one_source.docx().content,
    "a.doc": lambda: one_source.doc().content,
    "a.rtf": lambda: one_source.rtf().content,
    "a.xlsx": lambda: one_source.xlsx().content,
    "a.xls": (one_source.FILES / "one_source.xls").read_bytes,
    "a.pdf": lambda: one_source.pdf().content,
    "b.xlsx": lambda: xlsx("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
}


def read_or_reason(content: bytes, name: str) -> Document | Finding:
    """The document, or the finding of the error."""
    try:
        return read_document(Source(content, f"file:///{name}"))
    except Unreadable as error:
        return error.finding


def is_accounted_for(result: Document | Finding, name: str) -> bool:
    """Whether a result is a document with sound tables or an error that names the file."""
    if isinstance(result, Finding):
        return name in result.message
    return all(is_sound(grid) for grid in grids(result))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95, 0.999])
@pytest.mark.parametrize("name", WHOLE)
def test_truncated_files(name: str, share: float) -> None:
    content = WHOLE[name]()
    assert is_accounted_for(read_or_reason(content[: int(len(content) * share)], name), name)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("name", WHOLE)
def test_damaged_files(name: str, seed: int) -> None:
    generator = random.Random(f"{name} {seed}")
    content = bytearray(WHOLE[name]())
    for _ in range(generator.choice([1, 5, 60])):
        position = generator.randrange(len(content))
        length = min(generator.choice([1, 1, 4, 300]), len(content) - position)
        content[position : position + length] = generator.randbytes(length)
    started = time.perf_counter()
    assert is_accounted_for(read_or_reason(bytes(content), name), name)
    assert time.perf_counter() - started < 20
