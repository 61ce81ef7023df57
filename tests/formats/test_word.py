"""Word documents: what is printed comes out, in both formats."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.model import Document, Finding, Paragraph, Source
from parsers.readers import read_document
from parsers.readers.grids import EDGE_TOLERANCE, EdgedCell, grid_of, snapped
from parsers.readers.numbering import chinese_number, formatted
from tests.formats import samples
from tests.formats.grids import codes, grids, is_sound, lines, rows
from tests.formats.one_source import FILES


def read_docx(content: bytes) -> Document:
    return read_document(Source(content, "file:///sample.docx"))


def read_file(name: str) -> Document:
    return read_document(Source((FILES / name).read_bytes(), f"file:///{name}"))


NUMBERED = [
    "一、概述",
    "（一）组织领导",
    "（二）制度建设",
    "1．细化目录",
    "2．更新指南",
    "二、主动公开情况",
    "（一）公开渠道",
    "①政务微信",
]


@pytest.mark.parametrize("name", ["docx", "doc"])
def test_list_numbers_are_printed(name: str) -> None:
    document = read_docx(samples.auto_numbered()) if name == "docx" else read_file("auto_numbered.doc")
    assert lines(document)[:8] == NUMBERED
    assert lines(document)[-2:] == ["要点", "九、另起"]
    assert rows(grids(document)[0]) == [["序号", "事项", "数量"], ["1", "接受咨询", "41"], ["2", "办理来信", "7"]]


def test_a_level_that_never_starts_again() -> None:
    body = "".join(samples.numbered(text, 2, level) for text, level in (("甲", 0), ("乙", 2), ("丙", 0), ("丁", 2)))
    assert lines(read_docx(samples.docx(body, numbering=samples.NUMBERING))) == ["1 甲", "[1]乙", "2 丙", "[2]丁"]


def test_legal_numbering_is_decimal() -> None:
    assert lines(read_docx(samples.auto_numbered()))[8] == "2.1.1 分条目"


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (3, "decimal", "3"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (4, "decimalEnclosedCircle", "④"),
        (4, "decimalEnclosedParen", "⑷"),
        (14, "decimalFullWidth", "１４"),
        (4, "upperRoman", "IV"),
        (28, "upperLetter", "BB"),
        (3, "ideographTraditional", "丙"),
        (7, "decimalZero", "07"),
        (5, "bullet", ""),
        (99999, "chineseCounting", "99999"),
        (5, "hindiVowels", "5"),
    ],
)
def test_number_formats(value: int, number_format: str, expected: str) -> None:
    assert formatted(value, number_format) == expected


@given(st.integers(1, 9999))
def test_chinese_numbers_are_distinct_and_short(value: int) -> None:
    text = chinese_number(value)
    assert not text.endswith("零")
    assert "零零" not in text
    assert len(text) <= 7


@pytest.mark.parametrize("name", ["docx", "doc"])
def test_tracked_changes(name: str) -> None:
    document = read_docx(samples.tracked()) if name == "docx" else read_file("tracked.doc")
    assert lines(document) == ["全年公开信息0条。", "前半句，后半句。"]
    assert rows(grids(document)[0])[:2] == [["情形", "数量"], ["部分公开", "0"]]
    assert codes(document) == {"format.tracked_changes"}


def test_a_deleted_row_is_gone() -> None:
    assert grids(read_docx(samples.tracked()))[0].rows == 2


def finding(document: Document, code: str) -> Finding:
    (found,) = (finding for finding in document.findings if finding.code == code)
    return found


def test_edges_a_millimetre_apart_are_one_column() -> None:
    (grid,) = grids(read_docx(samples.merged_unevenly()))
    assert [(c.row, c.col, c.text, c.row_span, c.col_span) for c in grid.cells] == [
        (0, 0, "类别", 2, 1),
        (0, 1, "数量", 1, 2),
        (1, 1, "上年", 1, 1),
        (1, 2, "本年", 1, 1),
        (2, 0, "来信", 1, 1),
        (2, 1, "3", 1, 1),
        (2, 2, "8", 1, 1),
        (3, 0, "合计", 1, 2),
        (3, 2, "9", 1, 1),
    ]


def test_everything_else_that_prints() -> None:
    document = read_docx(samples.layered())
    assert document.blocks[0] == Paragraph("2022年度")
    assert lines(document) == [
        "2022年度",
        "公开指南已更新",
        "新的一行",
        "框内的说明",
        "指南见门户网站",
        "控件里的段落",
        "表一",
        "框起来的一句话",
        "小标题",
    ]
    assert document.blocks[-1] == Paragraph("小标题", 2)
    assert rows(grids(document)[0]) == [["项目", "件数"], ["复议", "2"]]
    assert codes(document) == {"format.hidden_text"}


def test_text_boxes_of_a_binary_file_are_not_lost() -> None:
    document = read_file("layered.doc")
    assert "框内的说明" in lines(document)
    assert finding(document, "format.part_damaged").data == {"part": "text boxes"}


def test_a_generated_table_of_contents_is_left_out() -> None:
    document = read_docx(samples.contents_list())
    assert lines(document) == ["一、概述", "正文。"]
    assert codes(document) == {"format.contents_list"}


def test_a_field_that_never_ends_swallows_nothing() -> None:
    broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r></w:p>'
    begun = broken.replace("</w:p>", '<w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>')
    for start in (broken, begun):
        document = read_docx(samples.docx(start + samples.p("全年公开信息81条。") + samples.p("收到申请3件。")))
        assert lines(document) == ["全年公开信息81条。", "收到申请3件。"]


CHUNK = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; '
    'charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>年报由网页编辑器导出。</p><table><tr>'
    "<td>新收</td><td>6</td></tr></table></body></html>\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("target", "content", "expected"),
    [
        ("chunk.mht", CHUNK.encode(), ["前言", "年报由网页编辑器导出。"]),
        ("chunk.docx", samples.docx(samples.p("套")), ["前言"]),
        ("gone.mht", b"", ["前言"]),
    ],
)
def test_an_imported_document_is_read_in_its_place(target: str, content: bytes, expected: list[str]) -> None:
    relations = f'<Relationships xmlns="x"><Relationship Id="c1" Type="y/aFChunk" Target="{target}"/></Relationships>'
    reference = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c1"'
    body = f"{samples.p('前言')}<w:altChunk {reference}/>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {samples.W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations,
    }
    if content:
        parts[f"word/{target}"] = content
    document = read_docx(samples.package(parts))
    assert lines(document) == expected
    assert [rows(grid) for grid in grids(document)] == ([[["新收", "6"]]] if len(expected) > 1 else [])
    assert codes(document) == (set() if len(expected) > 1 else {"format.embedded"})


def test_strict_packages_are_read() -> None:
    content = samples.docx(samples.p("正文")).replace(b"x", b"x")
    strict = samples.package(
        {
            "_rels/.rels": '<Relationships xmlns="r"><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/'
            'relationships/officeDocument" Target="/word/document.xml"/></Relationships>',
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
            + samples.p("严格格式")
            + "</w:body></w:document>",
        }
    )
    assert lines(read_docx(content)) == ["正文"]
    assert lines(read_docx(strict)) == ["严格格式"]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.sampled_from(["", "规章", "0", "12"])), max_size=6),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.integers(1, 400), min_size=24, max_size=24),
)
@settings(max_examples=300, deadline=None)
def test_any_rows_make_a_sound_grid(rows_of_cells: list[list[tuple[int, bool, str]]], widths: list[int]) -> None:
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    table = []
    for cells in rows_of_cells:
        col, line = 0, []
        for span, joins_above, text in cells:
            line.append(EdgedCell(edges[col], edges[col + span], text, joins_above))
            col += span
        table.append(line)
    grid = grid_of(table, EDGE_TOLERANCE)
    if any(table):
        assert grid is not None
        assert is_sound(grid)
        texts = sorted(cell.text for row in table for cell in row if cell.text and not cell.joins_above)
        assert set(texts) <= {cell.text for cell in grid.cells}
    else:
        assert grid is None


@given(st.lists(st.floats(0, 10_000), min_size=1, max_size=40))
def test_column_lines_keep_their_order(positions: list[float]) -> None:
    numbers = snapped(positions, EDGE_TOLERANCE)
    ordered = [numbers[position] for position in sorted(positions)]
    assert ordered == sorted(ordered)
    assert set(ordered) == set(range(max(ordered) + 1))
