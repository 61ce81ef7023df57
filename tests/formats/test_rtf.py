"""Rich Text Format: what is printed comes out."""

from __future__ import annotations

import pytest

from parsers.model import Document, Source, Unreadable
from parsers.readers import read_document, rtf
from tests.formats.grids import codes, grids, lines, rows


def read(body: str, head: str = r"\ansi\ansicpg936") -> Document:
    return read_document(Source((r"{\rtf1" + head + body + "}").encode("latin-1"), "file:///2012.rtf"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r" \'c4\'ea\'b1\'a8\par", ["年报"]),
        (r" {\uc1\u24180?\u25253?}\par", ["年报"]),
        (r" {\uc2\u24180\'c4\'ea\u25253\'b1\'a8}2012\par", ["年报2012"]),
        (r" \uc0\u-10179\u-8704 x\par", ["\U0001f600 x".replace(" x", "x")]),
        (r" one\line two\tab three\~four\par five", ["one", "two three four", "five"]),
        (r" a{\v 9}b{\deleted 8}c{\revised d}\par", ["abcd"]),
        (r" {\field{\*\fldinst SUM(LEFT)}{\fldrslt 12}}\par", ["12"]),
        (r"{\header top}{\footer 3}{\stylesheet{\s1 Heading;}}{\*\generator X;}text\par", ["text"]),
        (r"\pard{\listtext\u19968?\u12289?\tab}\u27010?\u36848?\par", ["一、 概述"]),
        (r" 7{\footnote\pard note\par}8\par next\par", ["78", "note", "next"]),
        (r" {\shp{\*\shpinst{\sp{\sn a}{\sv 4}}{\shptxt boxed\par}}{\shprslt old}}text\par", ["text", "boxed"]),
        (r" 5{\pict\pngblip 89504e47}6\par", ["56"]),
        (r" 5{\pict\bin4 }{\\}6\par", ["56"]),
        (" broken\r\nline\\par", ["brokenline"]),
        (r" \{1\}\\\par", ["{1}\\"]),
    ],
)  # fmt: skip
def test_text(body: str, expected: list[str]) -> None:
    assert lines(read(body)) == expected


def test_the_font_decides_the_code_page() -> None:
    head = r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 Ming;}}"
    assert lines(read(r"\f1\'c4\'ea\f2\'b3\'f8\f0\'b1\'a8\par", head)) == ["年報报"]


def test_a_table_in_a_cell_and_a_merged_cell() -> None:
    inner = (
        r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
        r"{\nonesttables\par}"
    )
    table = (
        r"\trowd\clvmgf\cellx1000\cellx3000\pard\intbl left\cell\pard\intbl 1\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx3000\pard\intbl\cell\pard\intbl 2\cell\row\pard after\par"
    )
    document = read(r"\trowd\cellx2000" + inner + r"\pard\intbl\cell\row\pard between\par" + table)
    assert [rows(grid) for grid in grids(document)] == [[["a", "b"]], [["left", "1"], ["2"]]]
    assert grids(document)[1].cells[0].row_span == 2
    assert lines(document) == ["between", "after"]


def test_rows_that_were_never_ended_keep_their_text() -> None:
    assert [rows(grid) for grid in grids(read(r"\trowd\cellx900\pard\intbl a\cell b\par"))] == [[["a", "b"]]]


def test_what_was_left_out_is_said() -> None:
    document = read(r" a{\v 9}b{\deleted 8}\par{\pict 00}")
    assert codes(document) == {"format.hidden_text", "format.tracked_changes"}
    assert document.pictures == 1


def test_what_follows_the_last_brace_is_said() -> None:
    content = rb"{\rtf1 text\par}"
    assert codes(read_document(Source(content + b"\r\n\0", "file:///a.rtf"))) == set()
    assert codes(read_document(Source(content + rb" lost\par}", "file:///a.rtf"))) == {"format.cut"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (r"{\rtf1 text", "format.truncated"),
        (r"{\rtf1" + "{" * 2000, "format.nesting"),
        (r"{\rtf1\pard\itap900 x\par}", "format.nesting"),
        (r"{\rtf1\trowd" + r"\intbl\cell" * (rtf.MAX_CELLS + 1) + "}", "format.too_large"),
    ],
)
def test_hostile_files_are_refused(content: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(Source(content.encode(), "file:///a.rtf"))
    assert caught.value.finding.code == code
