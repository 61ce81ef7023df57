"""What a PDF holds and nobody sees, what everybody sees and the text does not hold, and drawn characters."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from parsers.model import Document, Source
from parsers.readers import read_document
from tests.formats.grids import codes, grids, lines, rows
from tests.formats.test_pdf import HEIGHT, XS, draw, fill, put, rule

YS = [100.0, 124.0, 148.0, 172.0]
TEXTS = [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "26", "7"], ["行政规范性文件", "3", "118"]]


def table(canvas: Canvas) -> None:
    rule(canvas, XS, YS)
    fill(canvas, XS, YS, TEXTS)


def white_print(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    put(canvas, XS[1] + 18, YS[1] + 15, "8", 10)
    canvas.setFillColorRGB(0, 0, 0)
    table(canvas)


def white_print_on_a_dark_ground(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(XS[0], HEIGHT - YS[1], XS[-1] - XS[0], YS[1] - YS[0], stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    rule(canvas, XS, YS)
    fill(canvas, XS, YS[1:], TEXTS[1:])
    canvas.setFillColorRGB(1, 1, 1)
    fill(canvas, XS, YS, TEXTS[:1])


def painted_over(canvas: Canvas) -> None:
    put(canvas, XS[1] + 4, YS[1] + 15, "95", 10)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(XS[1] + 1, HEIGHT - YS[2] + 1, XS[2] - XS[1] - 2, YS[2] - YS[1] - 2, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    table(canvas)


def hidden_layer(canvas: Canvas) -> None:
    canvas.saveState()
    text = canvas.beginText(XS[2] + 12, HEIGHT - YS[1] - 15)
    text.setFont("STSong-Light", 10)
    text.setTextRenderMode(3)
    text.textOut("44")
    canvas.drawText(text)
    canvas.restoreState()
    table(canvas)


def pale_stamp(canvas: Canvas) -> None:
    table(canvas)
    canvas.setFillColor(Color(0.8, 0, 0, alpha=0.2))
    put(canvas, XS[1] + 8, YS[2] + 18, "内部20", 30)


def yellow_marker(canvas: Canvas) -> None:
    table(canvas)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.4))
    canvas.rect(XS[1], HEIGHT - YS[2], XS[2] - XS[1], YS[2] - YS[1], stroke=0, fill=1)


@pytest.mark.parametrize(
    ("page", "finding"),
    [
        (table, None),
        (white_print, "pdf.hidden_text"),
        (white_print_on_a_dark_ground, None),
        (painted_over, "pdf.hidden_text"),
        (hidden_layer, "pdf.hidden_text"),
        (pale_stamp, "pdf.watermark"),
        (yellow_marker, None),
    ],
)
def test_only_what_is_seen_is_read(page: object, finding: str | None) -> None:
    document = draw(page)  # type: ignore[arg-type]
    assert rows(grids(document)[0]) == TEXTS
    assert codes(document) == ({finding} if finding else set())


def test_a_digit_that_went_with_the_one_painted_over_is_not_passed_over() -> None:
    # PDFium leaves out the second of two equal characters at one place: here the visible one
    def page(canvas: Canvas) -> None:
        put(canvas, XS[1] + 4, YS[1] + 15, "96", 10)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(XS[1] + 1, HEIGHT - YS[2] + 1, XS[2] - XS[1] - 2, YS[2] - YS[1] - 2, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        table(canvas)

    assert rows(grids(draw(page))[0])[1][1] in ("26", "2\N{REPLACEMENT CHARACTER}")


def test_what_is_filled_into_a_form_is_read() -> None:
    def page(canvas: Canvas) -> None:
        rule(canvas, XS, YS)
        fill(canvas, XS, YS, [TEXTS[0], ["规章"], ["行政规范性文件"]])
        for row in (1, 2):
            for col in (1, 2):
                canvas.acroForm.textfield(
                    name=f"f{row}{col}",
                    value=TEXTS[row][col],
                    x=XS[col] + 2,
                    y=HEIGHT - YS[row + 1] + 4,
                    width=60,
                    height=16,
                    fontSize=9,
                    borderWidth=0,
                )

    assert rows(grids(draw(page))[0]) == TEXTS


def drawn_font(text: str, unnamed: str = "") -> Document:
    """A page in a font whose characters are drawings (Type 3), as Chromium writes: codes a, b, … stand for `text`."""
    letters = sorted(set(text))
    code = {letter: chr(97 + number) for number, letter in enumerate(letters)}
    drawing = "1000 0 0 0 1000 800 d1 100 0 800 700 re f"
    stroke = "1000 0 40 340 960 430 d1 40 340 920 90 re f"  # 一 is a low box
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    ]
    content = f"BT /F 12 Tf 60 300 Td ({''.join(code[letter] for letter in text)}) Tj ET"
    objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    procs = " ".join(f"/g{number} {7 + number} 0 R" for number in range(len(letters)))
    names = " ".join(f"/g{number}" for number in range(len(letters)))
    last = 96 + len(letters)
    widths = " ".join(["1000"] * len(letters))
    objects.append(
        "<< /Type /Font /Subtype /Type3 /FontBBox [40 340 960 430] /FontMatrix [.001 0 0 .001 0 0]"
        f" /CharProcs << {procs} >> /Encoding << /Type /Encoding /Differences [97 {names}] >>"
        f" /FirstChar 97 /LastChar {last} /Widths [{widths}] /Resources << >> /ToUnicode 6 0 R >>"
    )
    named = [letter for letter in letters if letter not in unnamed]
    pairs = "\n".join(f"<{ord(code[letter]):02x}> <{ord(letter):04x}>" for letter in named)
    table = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(named)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap\nend\nend"
    )
    objects.append(f"<< /Length {len(table)} >>\nstream\n{table}\nendstream")
    for letter in letters:
        shape = stroke if letter in "一" else drawing
        objects.append(f"<< /Length {len(shape)} >>\nstream\n{shape}\nendstream")
    stream = io.BytesIO()
    stream.write(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(stream.tell())
        stream.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = stream.tell()
    stream.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        stream.write(f"{offset:010d} 00000 n \n".encode())
    stream.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return read_document(Source(stream.getvalue(), "file:///drawn-font.pdf"))


def test_a_low_character_of_a_drawn_font_stays_in_its_line() -> None:
    text = "第一条主动公开政府信息二百五十一件其中规章三件决定四十件"
    assert lines(drawn_font(text)) == [text]


def test_characters_without_a_name_are_marked() -> None:
    text = "第一条主动公开政府信息共计35件其中规章三件决定四十件解读九件"
    document = drawn_font(text, unnamed="35")
    assert lines(document) == [text.replace("35", "\N{REPLACEMENT CHARACTER}" * 2)]
    assert codes(document) == {"pdf.unmapped_text"}


def test_cells_cut_by_the_end_of_a_page_keep_their_text() -> None:
    # a browser cuts merged cells anywhere: the cell has no line below, and its text runs out of it
    def first(canvas: Canvas) -> None:
        xs, top, foot = XS, HEIGHT - 740, HEIGHT - 788
        canvas.line(xs[0], top, xs[-1], top)
        for x in xs:
            canvas.line(x, top, x, foot)
        canvas.line(xs[1], HEIGHT - 764, xs[-1], HEIGHT - 764)
        canvas.line(xs[1], foot, xs[-1], foot)
        for number, letter in enumerate("年度办理结果"):
            put(canvas, xs[0] + 70, 750 + 11 * number, letter, 10)
        fill(canvas, xs[1:], [740, 764], [["予以公开", "21"], ["部分公开", "4"]])

    def second(canvas: Canvas) -> None:
        ys = [60.0, 84.0, 108.0]
        rule(canvas, XS[1:], ys)
        canvas.line(XS[0], HEIGHT - ys[0], XS[0], HEIGHT - ys[-1])
        canvas.line(XS[0], HEIGHT - ys[0], XS[1], HEIGHT - ys[0])
        canvas.line(XS[0], HEIGHT - ys[-1], XS[1], HEIGHT - ys[-1])
        fill(canvas, XS[1:], ys, [["不予公开", "5"], ["无法提供", "10"]])

    (grid,) = grids(draw(first, second))
    assert [cell.text for cell in grid.cells if cell.col == 0 and cell.text] == ["年度办理结果"]
    assert [cell.text for cell in grid.cells if cell.col == 2] == ["21", "4", "5", "10"]


@pytest.mark.parametrize("edge", [True, False])
def test_a_merged_cell_as_high_as_the_page_keeps_its_place(edge: bool) -> None:
    # it begins on the page before and ends on the one after: its outer edge touches no other line, or is not drawn
    def page(top: float, count: int, head: bool, end: bool) -> Callable[[Canvas], None]:
        ys = [top + 24 * n for n in range(count + 1)]

        def paint(canvas: Canvas) -> None:
            rule(canvas, XS[1:], ys, top=head, bottom=end)
            if edge or head or end:
                canvas.line(XS[0], HEIGHT - ys[0], XS[0], HEIGHT - ys[-1])
            if head:
                canvas.line(XS[0], HEIGHT - ys[0], XS[1], HEIGHT - ys[0])
                put(canvas, XS[0] + 8, ys[0] + 16, "年度办理结果", 10)
            if end:
                canvas.line(XS[0], HEIGHT - ys[-1], XS[1], HEIGHT - ys[-1])
            fill(canvas, XS[1:], ys, [[f"{top:.0f}第{n}类", str(10 * n + 7)] for n in range(count)])

        return paint

    (grid,) = grids(draw(page(700, 3, True, False), page(40, 30, False, False), page(40, 2, False, True)))
    assert (grid.cols, grid.rows) == (3, 35)
    assert [(cell.text, cell.row_span) for cell in grid.cells if cell.col == 0] == [("年度办理结果", 35)]
    assert [cell.text for cell in grid.cells if cell.col == 2][-3:] == ["297", "7", "17"]


def test_a_frame_with_lines_between_its_rows_only() -> None:
    texts = [["统计指标", "单位", "统计数"], ["四、行政复议数量", "件", "12"], ["五、行政诉讼数量", "件", "7"]]
    texts += [["六、举报投诉数量", "件", "0"], ["（二）举办各类培训班数", "次", "31"]]

    def page(canvas: Canvas) -> None:
        ys = [200.0 + 24 * n for n in range(6)]
        for y in ys:
            canvas.line(XS[0], HEIGHT - y, XS[-1], HEIGHT - y)
        for x in (XS[0], XS[-1]):
            canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])
        fill(canvas, XS, ys, texts)
        put(canvas, 300, ys[-1] + 30, "青禾县卫生局", 10)
        put(canvas, 300, ys[-1] + 50, "2015年1月6日", 10)

    document = draw(page)
    assert rows(grids(document)[0]) == texts
    assert "".join(lines(document)) == "青禾县卫生局2015年1月6日"


def test_double_lines_are_one() -> None:
    def page(canvas: Canvas) -> None:
        for offset in (-1.6, 1.6):
            rule(canvas, [x + offset for x in XS], [y + offset for y in YS])
        fill(canvas, XS, YS, TEXTS)

    assert rows(grids(draw(page))[0]) == TEXTS


def test_a_page_number_below_a_cut_table_is_in_no_cell() -> None:
    texts = [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "26", "7"]]

    def page(canvas: Canvas) -> None:
        ys = [700.0, 724.0, 748.0]
        for x in XS:
            canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])
        for y in ys[:-1]:  # no line below the last row
            canvas.line(XS[0], HEIGHT - y, XS[-1], HEIGHT - y)
        fill(canvas, XS, ys, texts)
        put(canvas, XS[1] + 20, ys[-1] + 10, "- 3 -", 9)

    assert rows(grids(draw(page))[0]) == texts
