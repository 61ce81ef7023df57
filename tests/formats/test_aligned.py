"""Tables of the forms without ruling lines, on PDF pages and in texts set with spaces: every figure right, or none."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.model import Document, Grid, Origin, Severity, Source, Status
from parsers.readers import read_document
from parsers.report import read
from parsers.tables import read_tables
from tests.formats import one_source
from tests.formats.test_pdf import draw, put
from tests.tables.renderings import Key, Sheet, list_sheet, requests_sheet, review_sheet, truth

Line = tuple[tuple[int, str], ...]  # pieces of a line: column of characters, text


def figures(source: Source) -> dict[tuple[str, str], object]:
    report = read(source).report
    assert report is not None
    return {(f.metric, f.applicant): f.value for f in report.figures if f.source is Origin.TABLE}


def values(document: Document) -> dict[Key, object]:
    found = read_tables(document.blocks).figures
    return {(f.metric, f.applicant, f.period): f.value for f in found}


def weighs(document: Document) -> set[str]:
    found = (*document.findings, *read_tables(document.blocks).findings)
    return {finding.code for finding in found if finding.severity is not Severity.INFO}


@pytest.mark.parametrize("rules", ["", "LINEBELOW"])
def test_a_whole_report_without_vertical_lines(rules: str) -> None:
    printed = figures(one_source.pdf())
    assert len(printed) == 200
    assert figures(one_source.pdf(rules)) == printed


def test_a_report_that_pdftotext_set_with_spaces() -> None:
    printed = figures(one_source.pdf())
    reading = read(Source((one_source.FILES / "one_source_layout.txt").read_bytes(), "file:///2023.txt"))
    assert reading.report is not None
    found = {(f.metric, f.applicant): f.value for f in reading.report.figures if f.source is Origin.TABLE}
    assert {key: value for key, value in found.items() if value is not None and value != printed[key]} == {}
    assert sum(found.get(key) == value for key, value in printed.items()) >= 140  # the rest stands in torn labels
    assert reading.report.status is Status.PARTIAL


# ---------------------------------------------------------------- lines of our own


def of_bodies(sheet: Sheet, left: int = 30, width: int = 7) -> list[Line]:
    """The rows of a table as lines of pieces, each cell at its column; labels in pieces of thirteen characters."""
    lines: list[Line] = []
    for body in sheet.bodies:
        parts = [body.label[start : start + 13] for start in range(0, len(body.label), 13)]
        for number, part in enumerate(parts):
            cells = []
            if number == (len(parts) - 1) // 2:
                cells = [(left + width * n + 2, text) for n, (_, text, _) in enumerate(body.cells) if text]
            lines.append(((0, part), *cells))
    return lines


REQUEST_HEADS: list[Line] = [
    ((50, "申请人情况"),),
    ((45, "法人或其他组织"),),
    ((30, "自然人"), (72, "总计")),
    ((37, "商业"), (44, "科研"), (51, "社会公"), (58, "法律服"), (66, "其他")),
    ((37, "企业"), (44, "机构"), (51, "益组织"), (58, "务机构")),
]


def requests(blank: float, seed: int = 4) -> tuple[list[Line], dict[Key, object]]:
    """The request table as lines, some zeros left blank, and what is printed."""
    draw_one = random.Random(seed)
    sheet = requests_sheet("statutory_2021", draw_one)
    for body in sheet.bodies:
        body.cells = [
            (key, "", None) if value == 0 and draw_one.random() < blank else (key, text, value)
            for key, text, value in body.cells
        ]
    return [*REQUEST_HEADS, *of_bodies(sheet)], truth([sheet])


def as_pdf(lines: list[Line], each: int = 60) -> Document:
    """The lines on pages of a PDF, a column of characters 6 points wide."""

    def page(part: list[Line]) -> Callable[[Canvas], None]:
        def paint(canvas: Canvas) -> None:
            for number, line in enumerate(part):
                for place, text in line:
                    put(canvas, 40 + 6.2 * place, 60 + 12 * number, text, 9)

        return paint

    return draw(*(page(lines[start : start + each]) for start in range(0, len(lines), each)))


def as_text(lines: list[Line], wide: int = 2, each: int = 1000) -> Document:
    """The lines as a text, ideographs counted as `wide` squares, pages divided by form feeds."""
    out = []
    for number, line in enumerate(lines):
        text = "\f" if number and number % each == 0 else ""
        for place, piece in line:
            size = sum(wide if character > "\u2e80" else 1 for character in text)
            text += " " * max(place - size, 2 if size else 0) + piece
        out.append(text)
    return read_document(Source("\n".join(["说明", *out, "五、存在的主要问题"]).encode(), "file:///set.txt"))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("blank", [0, 0.4, 0.9])
def test_blank_cells_of_a_page_keep_their_columns(blank: float, seed: int) -> None:
    lines, printed = requests(blank, seed)
    found = values(as_pdf(lines))
    assert {key: value for key, value in found.items() if value is not None and value != printed[key]} == {}
    known = {key for key, value in printed.items() if value is not None}
    assert sum(found.get(key) == printed[key] for key in known) >= 0.9 * len(known)


@pytest.mark.parametrize("wide", [1, 2])
@pytest.mark.parametrize("blank", [0, 0.4, 0.9])
def test_blank_cells_of_a_text_give_a_figure_only_between_full_rows(blank: float, wide: int) -> None:
    lines, printed = requests(blank)
    document = as_text(lines, wide)
    found = values(document)
    assert {key: value for key, value in found.items() if value is not None and value != printed[key]} == {}
    known = {key for key, value in printed.items() if value is not None}
    right = sum(found.get(key) == printed[key] for key in known)
    assert right == len(known) if not blank else weighs(document)


def test_a_table_goes_on_over_the_page() -> None:
    lines, printed = requests(0.3)
    found = values(as_pdf(lines, 24))
    assert {key: value for key, value in found.items() if value is not None and value != printed[key]} == {}
    known = {key for key, value in printed.items() if value is not None}
    assert sum(found.get(key) == printed[key] for key in known) >= 0.8 * len(known)


def test_a_heading_that_no_form_knows_leaves_the_figures_open() -> None:
    lines, _ = requests(0)
    lines[3] = tuple((place, "境外" if text == "科研" else text) for place, text in lines[3])
    for document in (as_pdf(lines), as_text(lines)):
        assert not any(value is not None for value in values(document).values())
        assert weighs(document)


def test_the_first_line_of_a_longer_label_is_not_taken_for_a_row() -> None:
    lines, printed = requests(0)
    at = next(number for number, line in enumerate(lines) if line[0][1].startswith("2.其他"))
    rest = lines[at][1:]
    lines[at : at + 1] = [((0, "2.其他"), *rest), ((0, "地方规定的情形"),)]
    for document in (as_pdf(lines), as_text(lines)):
        found = values(document)
        misc = {key: value for key, value in found.items() if key[0] == "requests.outcome.other.misc"}
        assert all(value in (None, printed[key]) for key, value in misc.items())
        assert not any(value for key, value in found.items() if key[0] == "requests.outcome.refused.law_prohibited")
        assert weighs(document)


def test_a_list_with_wrapped_labels_and_units() -> None:
    sheet = list_sheet("statistics_2014", random.Random(8))
    lines: list[Line] = [((4, "统计指标"), (34, "单位"), (44, "统计数"))]
    for body in sheet.bodies:
        parts = [body.label[start : start + 13] for start in range(0, len(body.label), 13)]
        for number, part in enumerate(parts):
            cells = ((34, body.unit or ""), (45, body.cells[0][1])) if number == (len(parts) - 1) // 2 else ()
            lines.append(tuple((place, text) for place, text in ((0, part), *cells) if text))
    for document in (as_pdf(lines), as_text(lines), as_text(lines, each=40)):
        assert values(document) == truth([sheet])


def test_reviews_and_suits_by_their_order() -> None:
    sheet = review_sheet("statutory_2021", random.Random(5))
    outcomes = [("结果", "维持"), ("结果", "纠正"), ("其他", "结果"), ("尚未", "审结"), ("总计", "")] * 3
    lines: list[Line] = [
        ((12, "行政复议"), (50, "行政诉讼")),
        ((32, "未经复议直接起诉"), (64, "复议后起诉")),
        tuple((6 * n, first) for n, (first, _) in enumerate(outcomes)),
        tuple((6 * n, second) for n, (_, second) in enumerate(outcomes) if second),
        tuple((6 * n + 1, text) for n, (_, text, _) in enumerate(sheet.bodies[0].cells)),
    ]
    for document in (as_pdf(lines), as_text(lines)):
        assert values(document) == truth([sheet])


def test_a_heading_below_a_table_is_text() -> None:
    lines, _ = requests(0)
    document = as_pdf([*lines, ((0, "四、政府信息公开行政复议、行政诉讼情况"),), ((0, "本年度没有发生。"),)])
    last = document.blocks[-1]
    assert not isinstance(last, Grid)
    assert "本年度没有发生。" in last.text
