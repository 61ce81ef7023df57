"""Pages set in columns: read down each column, over page breaks too; what is not certain is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.model import Paragraph
from tests.formats.grids import codes, grids, kinds, lines, rows
from tests.formats.test_pdf import draw, fill, put, rule

SIZE = 10
TITLE = "山阳区卫生健康局年度报告"
TEXT = (
    "门诊时间改动之后，本局在门户网站公布新的时间表五次，在社区宣传栏张贴三十七份。",
    "各卫生院按季度公布药品价格，全年合计公布二百零四种，群众来电询问九次，均已答复。",
    "体检通知由专人负责更新，全年更新十八次，其中学校体检六次，老年人体检十二次。",
    "接种门诊的地址和电话写在首页，全年改动两次，每次改动之后当天更正，没有差错。",
    "全年举办培训班四次，参加培训的有各卫生院的信息员和各科室的联络员共六十三人次。",
)


def set_lines(text: str, length: int) -> list[str]:
    """A paragraph with its indent as lines of a column; no line begins with a stop."""
    found, line = [], "\u3000\u3000"
    for character in text:
        if len(line) >= length and character not in "，。":
            found.append(line)
            line = ""
        line += character
    return [*found, line]


def column(canvas: Canvas, x: float, y: float, printed: list[str]) -> None:
    for number, line in enumerate(printed):
        indent = line.count("\u3000") * SIZE
        put(canvas, x + indent, y + 17 * number, line.strip("\u3000"), SIZE)


def columns(canvas: Canvas, printed: list[list[str]], xs: list[float], y: float, shift: float = 0) -> None:
    for number, (x, part) in enumerate(zip(xs, printed, strict=True)):
        column(canvas, x, y + shift * number, part)


def shared(length: int, parts: int) -> list[list[str]]:
    """The text as lines of a column, dealt out to columns."""
    found = [line for text in TEXT for line in set_lines(text, length)]
    each = -(-len(found) // parts)
    return [found[start : start + each] for start in range(0, len(found), each)]


@pytest.mark.parametrize(("length", "gap", "count"), [(20, 12, 2), (18, 30, 2), (13, 20, 3)])
@pytest.mark.parametrize("shift", [0, 5, 9])
def test_columns_are_read_one_after_the_other(length: int, gap: float, count: int, shift: float) -> None:
    xs = [70 + number * (length * SIZE + SIZE + gap) for number in range(count)]

    def page(canvas: Canvas) -> None:
        put(canvas, 200, 80, TITLE, 16)
        columns(canvas, shared(length, count), xs, 130, shift)

    document = draw(page)
    assert lines(document) == [TITLE, *TEXT]
    assert codes(document) == set()


def test_columns_go_on_over_the_page() -> None:
    first, last = shared(20, 3)[:2], shared(20, 3)[2]

    def page(canvas: Canvas) -> None:
        columns(canvas, first, [70, 300], 640)
        put(canvas, 290, 815, "- 1 -", 9)

    def second(canvas: Canvas) -> None:
        columns(canvas, [last[:-2], last[-2:]], [70, 300], 80)
        put(canvas, 290, 815, "- 2 -", 9)

    assert lines(draw(page, second)) == list(TEXT)


def test_a_table_and_full_width_text_among_columns() -> None:
    texts = [["渠道", "条数"], ["网站", "41"], ["微博", "7"]]
    above = "本报告的各项数字由本局办公室在核对各科室的台账之后填写，并由分管领导签字。"

    def page(canvas: Canvas) -> None:
        put(canvas, 90, 100, above, SIZE)
        parts = shared(20, 2)
        columns(canvas, parts, [70, 300], 140)
        xs, ys = [70.0, 160.0, 250.0], [0.0, 22.0, 44.0, 66.0]
        ys = [y + 150 + 17 * len(parts[0]) for y in ys]
        rule(canvas, xs, ys)
        fill(canvas, xs, ys, texts)
        put(canvas, 90, 600, above[::-1], SIZE)

    document = draw(page)
    assert rows(grids(document)[0]) == texts
    text = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert text == above + "".join(TEXT) + above[::-1]
    assert kinds(document.blocks).count("T") == 1
    assert codes(document) == set()


def two_short_columns(canvas: Canvas) -> None:
    for row, texts in enumerate([["第一条本县各单位应当", "第二条各乡镇"], ["公开下列", "于每年一月"]]):
        for number, text in enumerate(texts):
            put(canvas, 90 + 150 * number, 100 + 20 * row, text)
    put(canvas, 90, 140, "事项目录")
    put(canvas, 240, 140, "报送报告")


def names_and_dates(canvas: Canvas) -> None:
    for row, texts in enumerate(
        [["单位负责人：", "填报人：李四"], ["联系电话：123", "邮编：315000"], ["王五", "赵六"]]
    ):
        for number, text in enumerate(texts):
            put(canvas, 90 + 150 * number, 100 + 20 * row, text)


@pytest.mark.parametrize(("page", "found"), [(two_short_columns, {"text.order"}), (names_and_dates, set())])
def test_text_side_by_side_too_short_to_tell_is_reported(page: Callable[[Canvas], None], found: set[str]) -> None:
    assert codes(draw(page)) == found
