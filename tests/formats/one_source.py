"""One report, printed in every form that reports come in.

The authority, the sentences and the figures are made up; the tables are the statutory form of 2021, and its sums hold.
Each function returns a Source. `doc()` is the file that LibreOffice made of `docx()` (see make_files.py).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from parsers.model import Source

FILES = Path(__file__).parent / "files"

TITLE = "桐庐县卫生健康局2023年政府信息公开工作年度报告"
LINES = (
    "本报告依照《中华人民共和国政府信息公开条例》编写，所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "一、总体情况",
    (
        "2023年，本局围绕健康服务和疾病防控主动公开政府信息318条，其中通过门户网站公开206条，通过微信公众号公开112条。"
        "全年收到政府信息公开申请17件，没有因政府信息公开收取费用。"
    ),
    "二、主动公开政府信息情况",
)
AFTER_FIRST = ("三、收到和处理政府信息公开申请情况",)
AFTER_SECOND = ("四、政府信息公开行政复议、行政诉讼情况",)
AFTER_THIRD = (
    "五、存在的主要问题及改进情况",
    "本局公开内容与群众关心的问题结合得还不够紧，下一步将把预约挂号和疫苗接种的信息放在首页。",
    "六、其他需要报告的事项",
    "2023年本局没有收取信息处理费。",
)
SIGNED = "2024年1月22日"


@dataclass(frozen=True)
class Printed:
    """A cell of a printed table."""

    text: str
    rows: int = 1
    cols: int = 1


Table = tuple[tuple[Printed, ...], ...]


def _row(*cells: Printed | str) -> tuple[Printed, ...]:
    return tuple(Printed(cell) if isinstance(cell, str) else cell for cell in cells)


DOCUMENTS: Table = (
    _row(Printed("第二十条第（一）项", cols=4)),
    _row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    _row("规章", "0", "0", "0"),
    _row("行政规范性文件", "3", "1", "14"),
    _row(Printed("第二十条第（五）项", cols=4)),
    _row("信息内容", Printed("本年处理决定数量", cols=3)),
    _row("行政许可", Printed("2046", cols=3)),
    _row(Printed("第二十条第（六）项", cols=4)),
    _row("信息内容", Printed("本年处理决定数量", cols=3)),
    _row("行政处罚", Printed("187", cols=3)),
    _row("行政强制", Printed("5", cols=3)),
    _row(Printed("第二十条第（八）项", cols=4)),
    _row("信息内容", Printed("本年收费金额（单位：万元）", cols=3)),
    _row("行政事业性收费", Printed("26.45", cols=3)),
)

_LEAVES = {
    "（三）不予公开": (
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
    ),
    "（四）无法提供": ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    "（五）不予处理": (
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
    ),
    "（六）其他处理": (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ),
}
# natural person, business, research, social organisation, legal service, other, total
_COUNTS = {
    "一、本年新收政府信息公开申请数量": (12, 3, 0, 1, 0, 1, 17),
    "二、上年结转政府信息公开申请数量": (1, 0, 0, 0, 0, 0, 1),
    "（一）予以公开": (5, 1, 0, 1, 0, 0, 7),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (2, 1, 0, 0, 0, 0, 3),
    "4.保护第三方合法权益": (1, 0, 0, 0, 0, 0, 1),
    "8.属于行政查询事项": (0, 0, 0, 0, 0, 1, 1),
    "1.本机关不掌握相关政府信息": (2, 1, 0, 0, 0, 0, 3),
    "1.信访举报投诉类申请": (2, 0, 0, 0, 0, 0, 2),
    "（七）总计": (12, 3, 0, 1, 0, 1, 17),
    "四、结转下年度继续办理": (1, 0, 0, 0, 0, 0, 1),
}


def _counts(label: str) -> tuple[str, ...]:
    return tuple(map(str, _COUNTS.get(label, (0,) * 7)))


def _requests() -> Table:
    rows = [
        _row(
            Printed("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", rows=3, cols=3),
            Printed("申请人情况", cols=7),
        ),
        _row(Printed("自然人", rows=2), Printed("法人或其他组织", cols=5), Printed("总计", rows=2)),
        _row("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
    ]
    for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"):
        rows += [_row(Printed(label, cols=3), *_counts(label))]
    leaves = sum(map(len, _LEAVES.values()))
    result = Printed("三、本年度办理结果", rows=leaves + 3)
    first = "（一）予以公开"
    rows.append(_row(result, Printed(first, cols=2), *_counts(first)))
    second = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    rows.append(_row(Printed(second, cols=2), *_counts(second)))
    for group, labels in _LEAVES.items():
        for index, label in enumerate(labels):
            head = (Printed(group, rows=len(labels)),) if index == 0 else ()
            # 3.其他 of the last group and 1.… of several groups share their text, not their counts
            counts = _counts(label) if group != "（六）其他处理" else ("0",) * 7
            rows.append(_row(*head, label, *counts))
    rows.append(_row(Printed("（七）总计", cols=2), *_counts("（七）总计")))
    last = "四、结转下年度继续办理"
    rows.append(_row(Printed(last, cols=3), *_counts(last)))
    return tuple(rows)


REQUESTS = _requests()
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
REVIEWS: Table = (
    _row(Printed("行政复议", cols=5), Printed("行政诉讼", cols=10)),
    _row(
        *(Printed(label, rows=2) for label in _OUTCOMES),
        Printed("未经复议直接起诉", cols=5),
        Printed("复议后起诉", cols=5),
    ),
    _row(*_OUTCOMES, *_OUTCOMES),
    _row(*"2", "0", "1", "0", "3", "0", "0", "0", "1", "1", "1", "0", "0", "0", "1"),
)
TABLES = (DOCUMENTS, REQUESTS, REVIEWS)

Content = str | Table


def contents() -> tuple[Content, ...]:
    """Lines and tables in reading order."""
    return (TITLE, *LINES, DOCUMENTS, *AFTER_FIRST, REQUESTS, *AFTER_SECOND, REVIEWS, *AFTER_THIRD, SIGNED)


def positions(table: Table) -> list[tuple[int, int, Printed]]:
    """Row and column of every cell of a table."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(table):
        col = 0
        for cell in cells:
            while (row, col) in taken:
                col += 1
            placed.append((row, col, cell))
            taken |= {(row + i, col + k) for i in range(cell.rows) for k in range(cell.cols)}
    return placed


def size(table: Table) -> tuple[int, int]:
    """Rows and columns of a table."""
    return len(table), sum(cell.cols for cell in table[0])


# ---------------------------------------------------------------- the forms


def _html_table(table: Table) -> str:
    rows = []
    for cells in table:
        row = "".join(
            f"<td{f' rowspan={cell.rows}' if cell.rows > 1 else ''}{f' colspan={cell.cols}' if cell.cols > 1 else ''}>"
            f"<p>{escape(cell.text)}</p></td>"
            for cell in cells
        )
        rows.append(f"<tr>{row}</tr>")
    return f'<table border="1">{"".join(rows)}</table>'


def html_text() -> str:
    """The page of the report."""
    body = "".join(
        _html_table(content) if isinstance(content, tuple) else f"<p>{escape(content)}</p>"
        for content in contents()[1:]
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>' + TITLE + "</title></head><body>"
        '<div class="nav"><a href="/">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a></div>'
        f'<div class="article"><h1>{TITLE}</h1><div class="info">发布时间：2024-01-25 来源：县卫生健康局</div>'
        f'<div id="zoom">{body}</div></div><div class="footer">主办单位：桐庐县人民政府办公室</div></body></html>'
    )


def html() -> Source:
    """A page of a government site."""
    return Source(html_text().encode(), "https://www.example.gov.cn/zfxxgk/art/2024/1/25/art_1_2.html", "text/html")


def rtf() -> Source:
    """Rich Text Format as Word writes it under the name of a .doc: merged cells by flags on their definitions."""

    def encoded(text: str) -> str:
        return "".join(c if c.isascii() else "".join(f"\\'{byte:02x}" for byte in c.encode("gbk")) for c in text)

    parts = [r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}{\info{\title draft}}"]
    for content in contents():
        if isinstance(content, str):
            parts.append(r"\pard\plain\f0 " + encoded(content) + r"\par" + "\n")
            continue
        rows, cols = size(content)
        at = {
            (row + i, col + k): (cell, i, k)
            for row, col, cell in positions(content)
            for i in range(cell.rows)
            for k in range(cell.cols)
        }
        for row in range(rows):
            shape, text = r"\trowd\trgaph108", ""
            for col in range(cols):
                cell, below, beside = at[row, col]
                shape += (r"\clvmrg" if below else r"\clvmgf") if cell.rows > 1 else ""
                shape += (r"\clmrg" if beside else r"\clmgf") if cell.cols > 1 else ""
                shape += rf"\clbrdrt\brdrs\cellx{800 * (col + 1)}"
                text += r"\pard\intbl\f0 " + ("" if below or beside else encoded(cell.text)) + r"\cell" + "\n"
            parts.append(shape + "\n" + text + r"\row" + "\n")
    return Source(("".join(parts) + "}").encode("ascii"), "file:///2023.doc", "application/msword")


@cache
def docx() -> Source:
    """A Word file with merged cells."""
    import docx as word

    document = word.Document()
    for content in contents():
        if isinstance(content, str):
            document.add_paragraph(content)
            continue
        rows, cols = size(content)
        table = document.add_table(rows=rows, cols=cols)
        table.style = "Table Grid"
        for row, col, cell in positions(content):
            first = table.cell(row, col)
            if cell.rows > 1 or cell.cols > 1:
                first = first.merge(table.cell(row + cell.rows - 1, col + cell.cols - 1))
            first.text = cell.text
    stream = io.BytesIO()
    document.save(stream)
    return Source(stream.getvalue(), "file:///2023.docx")


def doc() -> Source:
    """The Word file saved in the binary format of Word 97."""
    return Source((FILES / "one_source.doc").read_bytes(), "file:///2023.doc", "application/msword")


@cache
def xlsx() -> Source:
    """A workbook with the tables only, one sheet each, under the heading of their section."""
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    headings = ("二、主动公开政府信息情况", *AFTER_FIRST, *AFTER_SECOND)
    for number, (heading, table) in enumerate(zip(headings, TABLES, strict=True), 1):
        sheet = workbook.create_sheet(f"表{number}")
        cols = size(table)[1]
        sheet.cell(1, 1, TITLE)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=cols)
        sheet.cell(2, 1, heading)
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=cols)
        for row, col, cell in positions(table):
            value: str | float = float(cell.text) if cell.text.replace(".", "").isdigit() else cell.text
            sheet.cell(row + 3, col + 1, value)
            if cell.rows > 1 or cell.cols > 1:
                sheet.merge_cells(
                    start_row=row + 3,
                    start_column=col + 1,
                    end_row=row + 2 + cell.rows,
                    end_column=col + cell.cols,
                )
    stream = io.BytesIO()
    workbook.save(stream)
    return Source(stream.getvalue(), "file:///2023.xlsx")


@cache
def pdf(rules: str = "GRID") -> Source:
    """A PDF with a text layer; its tables cross pages and its group labels stand upright.

    `rules` names the lines of its tables as reportlab does: GRID, LINEBELOW, or nothing.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus import Table as Ruled

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle("plain", fontName="STSong-Light", fontSize=14, leading=26, wordWrap="CJK")
    indented = ParagraphStyle("indented", plain, firstLineIndent=28)
    title = ParagraphStyle("title", plain, fontSize=20, alignment=1, spaceAfter=14)
    right = ParagraphStyle("right", plain, alignment=2)
    small = ParagraphStyle("small", plain, fontSize=9, leading=12)
    widths = {4: [120, 110, 110, 110], 10: [22, 75, 130, *[33] * 7], 15: [30] * 15}
    flow: list[object] = []
    for content in contents():
        if isinstance(content, str):
            style = title if content == TITLE else right if content == SIGNED else indented
            flow.append(Paragraph(content, style))
            continue
        rows, cols = size(content)
        data: list[list[object]] = [[""] * cols for _ in range(rows)]
        spans = []
        for row, col, cell in positions(content):
            text = "<br/>".join(cell.text) if cell.rows > 12 else cell.text
            data[row][col] = Paragraph(text, small)
            if cell.rows > 1 or cell.cols > 1:
                spans.append(("SPAN", (col, row), (col + cell.cols - 1, row + cell.rows - 1)))
        table = Ruled(data, colWidths=widths[cols])
        lines = [(rules, (0, 0), (-1, -1), 0.5, "black")] if rules else []
        table.setStyle([*lines, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans])
        flow.append(table)

    def number(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 10)  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, 30, f"— {document.page} —")  # type: ignore[attr-defined]

    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, pagesize=A4, leftMargin=72, rightMargin=72, invariant=1)
    template.build(flow, onFirstPage=number, onLaterPages=number)
    return Source(stream.getvalue(), "file:///2023.pdf")


def flattened_text() -> str:
    """The text of the page with the tables one cell a line, rows divided by blank lines."""
    parts = []
    for content in contents():
        if isinstance(content, str):
            parts.append(content + "\n")
        else:
            parts += ["".join(f"\t{cell.text}\n" for cell in cells) for cells in content]
    return "\n".join(parts)


def text() -> Source:
    """Plain text with flattened tables."""
    return Source(flattened_text().encode(), "file:///2023.txt", "text/plain")


def sharing() -> Source:
    """A page of a document-sharing site: the text run together and cut into slices of 300 characters."""
    running = " ".join(flattened_text().split())
    slices = [running[start : start + 300] for start in range(0, len(running), 300)]
    cut = "\n\n".join(f"{number}、{part}" for number, part in enumerate(slices, 1))
    lines = (
        f"{TITLE}.doc",
        "上传人:山外青山 文档编号:512077 上传时间:2024-03-02 格式:DOC 页数:4 大小:41KB",
        "下载 相关 举报",
        *(f"{TITLE}.doc_第{page}页\n第{page}页 / 共4页" for page in range(1, 5)),
        "亲,该文档总共4页,全部预览完了,如果喜欢就下载吧!",
        "资源描述",
        "",
        cut,
        "",
        "展开阅读全文",
    )
    return Source("\n".join(lines).encode(), "https://m.wenkunet.com/p-512077.html", "text/plain")


_PINYIN = {
    "務": "wù", "發": "fā", "據": "jù", "國": "guó", "開": "kāi", "關": "guān", "區": "qū", "衛": "wèi", "產": "chǎn",
    "網": "wǎng", "應": "yīng", "機": "jī", "構": "gòu", "責": "zé", "計": "jì", "點": "diǎn", "內": "nèi",
    "見": "jiàn", "號": "hào", "標": "biāo",
}  # fmt: skip


def pinyin() -> Source:
    """A copy on a foreign host: Traditional characters, some followed by their pinyin in brackets."""
    from opencc import OpenCC

    traditional = OpenCC("s2t").convert(html_text())
    page = "".join(
        f"{character}({_PINYIN[character]})" if character in _PINYIN else character for character in traditional
    )
    return Source(page.encode(), "http://www.example.org/zfxxgk/art/2024/1/25/art_1_2.html", "text/html")


FORMS = {
    "html": html,
    "docx": docx,
    "doc": doc,
    "xlsx": xlsx,
    "pdf": pdf,
    "text": text,
    "sharing": sharing,
    "pinyin": pinyin,
}
