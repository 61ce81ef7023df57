"""The same report in every format gives the same cells and the same text."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.model import Document, Source
from parsers.readers import read_document
from tests.formats import one_source
from tests.formats.grids import cells, codes, grids, is_sound, kinds, lines, printed

TEXT = [content for content in one_source.contents() if isinstance(content, str)]


def _file(name: str) -> Source:
    return Source((one_source.FILES / name).read_bytes(), f"file:///{name}")


def _wordml() -> Source:
    """The Word file as the single-file XML of Word 2003, which spells merging in lower case."""
    with zipfile.ZipFile(io.BytesIO(one_source.docx().content)) as package:
        text = package.read("word/document.xml").decode()
    text = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.microsoft.com/office/word/2003/wordml",
    )
    text = text.replace("w:vMerge", "w:vmerge").replace("w:document", "w:wordDocument")
    return Source(text.encode(), "file:///2023.doc", "application/msword")


def _flat() -> Source:
    """The Word file with its parts side by side in one XML file."""
    with zipfile.ZipFile(io.BytesIO(one_source.docx().content)) as package:
        text = package.read("word/document.xml").decode().split("?>", 1)[1]
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>'
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    whole = f'{head}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{part}</pkg:package>'
    return Source(whole.encode(), "file:///2023.xml", "application/xml")


SOURCES = {
    "rtf": one_source.rtf,
    "flat": _flat,
    "docx": one_source.docx,
    "doc": one_source.doc,
    "wordml": _wordml,
    "pdf": one_source.pdf,
    "word_pdf": lambda: _file("one_source_word.pdf"),
    "xlsx": one_source.xlsx,
    "xls": lambda: _file("one_source.xls"),
}
WITH_TEXT = ("rtf", "flat", "docx", "doc", "wordml", "pdf", "word_pdf")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {name: read_document(source()) for name, source in SOURCES.items()}


@pytest.mark.parametrize("number", [0, 1, 2], ids=["documents", "requests", "reviews"])
@pytest.mark.parametrize("name", SOURCES)
def test_every_cell(documents: dict[str, Document], name: str, number: int) -> None:
    found = grids(documents[name])
    assert len(found) == 3
    assert cells(found[number]) == printed(one_source.TABLES[number])
    assert is_sound(found[number])


@pytest.mark.parametrize("name", WITH_TEXT)
def test_every_paragraph(documents: dict[str, Document], name: str) -> None:
    assert lines(documents[name]) == TEXT


@pytest.mark.parametrize("name", WITH_TEXT)
def test_order_of_text_and_tables(documents: dict[str, Document], name: str) -> None:
    assert kinds(documents[name].blocks) == "pppppTpTpTppppp"


@pytest.mark.parametrize("name", ["xlsx", "xls"])
def test_titles_of_sheets_are_text(documents: dict[str, Document], name: str) -> None:
    headings = ["二、主动公开政府信息情况", *one_source.AFTER_FIRST, *one_source.AFTER_SECOND]
    assert lines(documents[name]) == [line for heading in headings for line in (one_source.TITLE, heading)]


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_is_doubtful(documents: dict[str, Document], name: str) -> None:
    assert codes(documents[name]) == set()
