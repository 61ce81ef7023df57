"""PDF pages: tables by their ruling lines, running text, and what a page break does to both."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from parsers.model import Document, Source, Unreadable
from parsers.readers import ocr, read_document
from parsers.readers.typeset import plain
from tests.formats.grids import codes, grids, is_sound, lines, rows
from tests.formats.one_source import FILES

HEIGHT = A4[1]


def draw(*pages: Callable[[Canvas], None]) -> Document:
    """Read a PDF whose pages are drawn by functions; coordinates from the upper left corner through `put`."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read_document(Source(stream.getvalue(), "file:///drawn.pdf"))


def put(canvas: Canvas, x: float, y: float, text: str, size: float = 12) -> None:
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x, HEIGHT - y, text)


def rule(canvas: Canvas, xs: list[float], ys: list[float], top: bool = True, bottom: bool = True) -> None:
    """Draw a grid of ruling lines, with or without its outermost horizontal ones."""
    canvas.setLineWidth(0.5)
    for y in ys[0 if top else 1 : None if bottom else -1]:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
    for x in xs:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])


def fill(canvas: Canvas, xs: list[float], ys: list[float], texts: list[list[str]]) -> None:
    for row, y in zip(texts, ys, strict=False):
        for text, x in zip(row, xs, strict=False):
            put(canvas, x + 4, y + 15, text, 10)


XS = [90.0, 250.0, 330.0, 410.0]


def file(name: str) -> Document:
    return read_document(Source((FILES / name).read_bytes(), f"file:///{name}"))


@pytest.mark.parametrize("name", ["many_pages.pdf", "repeated_head.pdf"])
def test_a_table_of_four_pages_is_one(name: str) -> None:
    document = file(name)
    (grid,) = grids(document)
    assert grid.origin == "stitched"
    assert grid.caption == "申请办理情况统计表"
    assert is_sound(grid)
    found = rows(grid)
    assert found[0] == ["序号", "申请事项", "自然人", "法人", "合计"]
    for number, (index, label, *counts) in enumerate(found[1:], 1):
        assert index == str(number)
        text = label.replace("\n", "")
        assert text == f"第{number}类申请，其名称长到在这一栏里一定要分成两行来排印才放得下"
        assert counts == [str(number * 7 % 11), str(number % 3), str(number * 31)]
    assert len(found) == 61
    assert lines(document) == ["申请办理情况统计表", "以上数字截至年底。"]


def test_a_landscape_page() -> None:
    (grid,) = grids(file("sideways.pdf"))
    assert rows(grid) == [[f"第{n}栏" for n in range(1, 13)], [str(n * n) for n in range(1, 13)]]


def test_struck_out_digits_are_deletions() -> None:
    document = file("tracked.pdf")
    assert lines(document)[0].startswith("全年公开信息0条。")
    assert rows(grids(document)[0]) == [["情形", "数量"], ["部分公开", "0"], ["旧的一行", "5"]]
    assert codes(document) == {"format.tracked_changes"}


def test_a_table_without_ruling_lines_at_the_break() -> None:
    def first(canvas: Canvas) -> None:
        put(canvas, 90, 700, "三、申请情况")
        ys = [715, 738, 761, 784.0]
        rule(canvas, XS, ys, bottom=False)
        fill(canvas, XS, ys, [["申请情况", "自然人", "法人"], ["新收申请", "6", "1"], ["上年结转", "0", ""]])

    def second(canvas: Canvas) -> None:
        ys = [70, 93, 116.0]
        rule(canvas, XS, ys, top=False)
        fill(canvas, XS, ys, [["予以公开", "4", "1"], ["结转下年", "2", ""]])
        put(canvas, 90, 150, "四、复议情况")

    (grid,) = grids(draw(first, second))
    assert rows(grid) == [
        ["申请情况", "自然人", "法人"],
        ["新收申请", "6", "1"],
        ["上年结转", "0", ""],
        ["予以公开", "4", "1"],
        ["结转下年", "2", ""],
    ]


def test_a_row_cut_in_two_by_the_page_is_one_row() -> None:
    label = "要求行政机关确认或重新出具已经"

    def first(canvas: Canvas) -> None:
        ys = [740, 763, 786.0]
        rule(canvas, XS, ys, bottom=False)
        fill(canvas, XS, ys, [["情形", "自然人", "法人"], [label, "3", "0"]])

    def second(canvas: Canvas) -> None:
        ys = [70, 93, 116.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["获取的信息", "", ""], ["总计", "3", "0"]])

    (grid,) = grids(draw(first, second))
    assert rows(grid) == [["情形", "自然人", "法人"], [f"{label}\n获取的信息", "3", "0"], ["总计", "3", "0"]]


def test_rows_without_figures_are_not_taken_for_halves_of_one() -> None:
    def first(canvas: Canvas) -> None:
        ys = [740, 763, 786.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["情形", "自然人", "法人"], ["规章", "", ""]])

    def second(canvas: Canvas) -> None:
        ys = [70, 93, 116.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["规范性文件", "1", "2"], ["总计", "1", "2"]])

    (grid,) = grids(draw(first, second))
    assert rows(grid)[1:3] == [["规章", "", ""], ["规范性文件", "1", "2"]]


@pytest.mark.parametrize(("rest", "one"), [("获取的信息", True), ("6.行政查询", False)])
def test_a_row_without_figures_cut_in_two_by_the_page(rest: str, one: bool) -> None:
    lines = ["要求行政机关确认或者重新", "出具申请人在本年度内已经"]

    def first(canvas: Canvas) -> None:
        ys = [720, 743, 786.0]
        rule(canvas, XS, ys, bottom=False)
        fill(canvas, XS, ys, [["情形", "自然人", "法人"], ["", "", ""]])
        for number, line in enumerate(lines):
            put(canvas, XS[0] + 6, 758 + 16 * number, line, 10)

    def second(canvas: Canvas) -> None:
        ys = [70, 93, 116.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [[rest, "", ""], ["总计", "3", "0"]])

    (grid,) = grids(draw(first, second))
    above = "\n".join(lines)
    assert rows(grid)[1:-1] == ([[f"{above}\n{rest}", "", ""]] if one else [[above, "", ""], [rest, "", ""]])


def test_a_label_that_ends_before_its_edge_does_not_go_on_below() -> None:
    def first(canvas: Canvas) -> None:
        ys = [740, 763, 786.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["情形", "自然人", "法人"], ["规章", "3", "0"]])

    def second(canvas: Canvas) -> None:
        ys = [70, 93, 116.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["规范性文件", "", ""], ["总计", "3", "0"]])

    (grid,) = grids(draw(first, second))
    assert rows(grid)[1:] == [["规章", "3", "0"], ["规范性文件", "", ""], ["总计", "3", "0"]]


def test_pages_with_mirrored_margins() -> None:
    def page(left: float, top: float, texts: list[list[str]]) -> Callable[[Canvas], None]:
        def paint(canvas: Canvas) -> None:
            xs = [x + left for x in XS]
            ys = [top + 23 * i for i in range(len(texts) + 1)]
            rule(canvas, xs, ys)
            fill(canvas, xs, ys, texts)

        return paint

    first = page(0, 740, [["情形", "自然人", "法人"], ["1.规章", "3", "0"]])
    second = page(34, 70, [["2.文件", "5", "6"], ["3.总计", "8", "6"]])
    (grid,) = grids(draw(first, second))
    assert (grid.rows, grid.cols) == (4, 3)
    assert rows(grid)[2:] == [["2.文件", "5", "6"], ["3.总计", "8", "6"]]


def test_a_font_for_vertical_writing() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light", isVertical=True))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    xs, ys = [90.0, 115.0, 250.0], [100.0, 140.0, 180.0]
    for y in (100, 180):
        canvas.line(90, HEIGHT - y, 250, HEIGHT - y)
    canvas.line(115, HEIGHT - 140, 250, HEIGHT - 140)
    for x in xs:
        canvas.line(x, HEIGHT - 100, x, HEIGHT - 180)
    canvas.setFont("Helvetica", 10)
    for y, text in zip(ys, ("41", "7"), strict=False):
        canvas.drawString(120, HEIGHT - y - 20, text)
    canvas.translate(103, HEIGHT - 110)
    canvas.scale(0.05, 0.05)
    canvas.setFont("STSong-Light", 200)
    canvas.drawString(0, 0, "办理结果")
    canvas.save()
    (grid,) = grids(read_document(Source(stream.getvalue(), "file:///drawn.pdf")))
    assert [cell.text for cell in grid.cells] == ["办理结果", "41", "7"]


def test_two_tables_with_a_heading_between_are_two() -> None:
    def first(canvas: Canvas) -> None:
        ys = [740, 763, 786.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["信息内容", "上年", "本年"], ["规章", "0", "0"]])

    def second(canvas: Canvas) -> None:
        put(canvas, 90, 90, "三、收到申请情况")
        ys = [100, 123, 146.0]
        rule(canvas, XS, ys)
        fill(canvas, XS, ys, [["申请", "自然人", "法人"], ["新收", "5", "0"]])

    assert [grid.rows for grid in grids(draw(first, second))] == [2, 2]


def test_an_upright_label_merged_over_the_page_break() -> None:
    xs = [90.0, 115.0, 250.0, 330.0]

    def page(labels: list[str], counts: list[str], upright: str, top: float) -> Callable[[Canvas], None]:
        def paint(canvas: Canvas) -> None:
            ys = [top + 23 * i for i in range(len(labels) + 1)]
            for y in (ys[0], ys[-1]):
                canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
            for y in ys[1:-1]:
                canvas.line(xs[1], HEIGHT - y, xs[-1], HEIGHT - y)
            for x in xs:
                canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])
            for y, label, count in zip(ys, labels, counts, strict=False):
                put(canvas, xs[1] + 3, y + 15, label, 10)
                put(canvas, xs[2] + 3, y + 15, count, 10)
            for index, character in enumerate(upright):
                put(canvas, xs[0] + 7, ys[0] + 14 + 11 * index, character, 10)

        return paint

    first = page(
        ["（一）予以公开", "（二）部分公开", "（三）不予公开", "（四）无法提供"], list("4310"), "本年度办理结果", 690
    )
    second = page(["（五）不予处理", "（六）其他处理"], list("25"), "", 70)
    (grid,) = grids(draw(first, second))
    assert [(cell.text, cell.row_span) for cell in grid.cells if cell.col == 0] == [("本年度办理结果", 6)]
    assert [cell.text for cell in grid.cells if cell.col == 2] == ["4", "3", "1", "0", "2", "5"]


def test_a_table_without_any_ruling_line() -> None:
    document = file("unruled.pdf")
    (grid,) = grids(document)
    assert rows(grid) == [
        ["渠道", "上年数量", "本年数量"],
        ["门户网站", "318", "402"],
        ["政务微博", "57", "61"],
        ["宣传栏", "9", "12"],
    ]
    assert lines(document)[-1] == "政务微博的数量包括转发。"
    assert len(lines(document)) == 2
    assert codes(document) == {"table.unruled"}


COLUMNS_OF_TEXT = {
    "contacts": [["联系人：张三", "电话：123"], ["地址：人民路", "邮编：315000"], ["传真：456", "邮箱：a@b.cn"]],
    "two_columns": [
        ["第一条本县各单位", "第二条各乡镇应当"],
        ["应当公开下列", "于每年一月前"],
        ["事项目录", "报送报告"],
    ],
    "signatures": [["单位负责人：", "审核人：", "填报人："], ["李四", "王五", "赵六"], ["2019年", "2019年", "2019年"]],
    "few_figures": [
        ["事项", "上年", "本年"],
        ["许可", "3", "4"],
        ["处罚", "5", "见附件"],
        ["强制", "详见说明", "7"],
        ["收费", "8", "9"],
    ],
    "short": [["渠道", "数量"], ["网站", "41"], ["微博", "7"]],
}


@pytest.mark.parametrize("name", COLUMNS_OF_TEXT)
def test_columns_of_text_are_no_tables(name: str) -> None:
    def page(canvas: Canvas) -> None:
        for row, texts in enumerate(COLUMNS_OF_TEXT[name]):
            for column, text in enumerate(texts):
                put(canvas, 90 + 150 * column, 100 + 20 * row, text)

    document = draw(page)
    assert grids(document) == []
    text = "".join(lines(document))
    assert all(part in text for texts in COLUMNS_OF_TEXT[name] for part in texts)


def test_numbers_broken_by_a_narrow_column_and_numbers_below_each_other() -> None:
    xs = [90.0, 180.0, 205.0, 280.0]
    ys = [100.0, 140.0, 180.0]

    def page(canvas: Canvas) -> None:
        rule(canvas, xs, ys)
        put(canvas, 94, 120, "行政许可", 10)
        put(canvas, 182, 115, "1216", 10)  # fills its column and goes on below
        put(canvas, 182, 128, "6", 10)
        put(canvas, 210, 115, "12", 10)  # two numbers in a wide cell
        put(canvas, 210, 128, "6", 10)
        put(canvas, 94, 160, "行政处罚", 10)
        put(canvas, 184, 160, "7", 10)

    found = {(cell.row, cell.col): cell.text for cell in grids(draw(page))[0].cells}
    assert found[0, 1] == "12166"
    assert found[0, 2] == "12\n6"
    assert found[1, 1] == "7"
    assert found[1, 2] == ""


def test_paragraphs_are_put_together_and_furniture_left_out() -> None:
    text = (
        "本单位按照条例的要求主动公开政府信息，全年通过网站和宣传栏公开信息合计二百一十四条，"
        "其中网站一百八十条，比上年增加了三十"
    )

    def first(canvas: Canvas) -> None:
        put(canvas, 200, 40, "某某县年度报告汇编", 9)
        for y, part in ((100, "某某县卫生健康局2022年"), (130, "政府信息公开工作年度报告")):
            canvas.setFont("STSong-Light", 20)
            canvas.drawCentredString(294, HEIGHT - y, part)
        put(canvas, 114, 170, "一、总体情况")
        put(canvas, 114, 190, text[:32])
        for index in range(24):
            put(canvas, 90, 210 + 20 * index, (text * 2)[index : index + 34])
        put(canvas, 290, 800, "- 1 -", 9)

    def second(canvas: Canvas) -> None:
        put(canvas, 200, 40, "某某县年度报告汇编", 9)
        put(canvas, 90, 80, "余条。")
        put(canvas, 114, 100, "二、依申请公开")
        put(canvas, 290, 800, "- 2 -", 9)

    found = lines(draw(first, second))
    assert found[0] == "某某县卫生健康局2022年政府信息公开工作年度报告"
    assert found[1] == "一、总体情况"
    assert found[2].startswith(text[:32])
    assert found[2].endswith("余条。")
    assert found[3:] == ["二、依申请公开"]


def test_characters_in_any_order_and_bold_by_printing_twice() -> None:
    def page(canvas: Canvas) -> None:
        for offset in (0, 1.1):  # bold
            for index, character in reversed(list(enumerate("公开信息一百二十三条"))):
                put(canvas, 100 + 12 * index + offset, 100, character)

    assert lines(draw(page)) == ["公开信息一百二十三条"]


def test_a_watermark_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 100, 100, "一、总体情况")
        canvas.saveState()
        canvas.translate(150, 400)
        canvas.rotate(40)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    document = draw(page)
    assert lines(document) == ["一、总体情况"]
    assert codes(document) == {"pdf.watermark"}


def test_a_table_printed_sideways() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.setLineWidth(0.5)
        for y in (100, 130, 160):
            canvas.line(100, y, 400, y)
        for x in (100, 250, 400):
            canvas.line(x, 100, x, 160)
        canvas.setFont("STSong-Light", 10)
        for x, y, text in ((105, 140, "申请数量"), (255, 140, "答复数量"), (105, 110, "17"), (255, 110, "16")):
            canvas.drawString(x, y, text)
        canvas.restoreState()

    assert rows(grids(draw(page))[0]) == [["申请数量", "答复数量"], ["17", "16"]]


def test_white_boxes_and_underlines_are_no_tables() -> None:
    def page(canvas: Canvas) -> None:
        for index in range(4):
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(80, HEIGHT - 100 - 20 * index, 440, 20, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            put(canvas, 90, 96 + 20 * index, f"第{index}段，内容完整。")
        canvas.line(90, HEIGHT - 200, 300, HEIGHT - 200)

    document = draw(page)
    assert grids(document) == []
    assert len(lines(document)) == 4


@pytest.mark.parametrize(
    ("lookalike", "character"),
    [
        ("⼀", "一"),
        ("⼯", "工"),
        ("⾏", "行"),
        ("⽣", "生"),
        ("⻓", "长"),
        ("⺠", "民"),
        ("⻔", "门"),
        ("豈", "豈"),
        ("（", "（"),
    ],
)
def test_lookalikes_are_restored(lookalike: str, character: str) -> None:
    assert plain(lookalike) == character


def picture_page(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 255)), 0, 0, *A4)


def test_a_scan_without_recognition_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(Unreadable, match=r"drawn\.pdf.*extra `ocr`") as caught:
        draw(picture_page)
    assert caught.value.finding.code == "pdf.scanned"


def test_scanned_pages_among_others_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    document = draw(
        lambda canvas: put(canvas, 100, 100, "一、总体情况：本页有文字，下一页是扫描件，没有文字。"), picture_page
    )
    assert codes(document) == {"pdf.scanned_pages"}
    assert document.findings[0].data == {"pages": [2]}


def test_an_empty_pdf_is_named() -> None:
    with pytest.raises(Unreadable) as caught:
        draw(lambda canvas: None)
    assert caught.value.finding.code == "pdf.empty"
