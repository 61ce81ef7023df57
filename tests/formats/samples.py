"""Documents with the structures and faults that readers meet, made in code; wording and figures are made up.

OFFICE_SAMPLES are those that LibreOffice converts into files/ (see make_files.py).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/footnotes.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX package around the children of w:body; further parts of word/ by name (numbering, styles, footnotes)."""
    kinds = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts, 1)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{kinds}'
            "</Relationships>"
        ),
    }
    for name in ("numbering", "styles", "footnotes"):
        root = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}[name]
        files[f"word/{name}.xml"] = parts.get(name) or f"<w:{root} {W}/>"
    return package(files)


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A table cell of one paragraph."""
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{p(text)}</w:tc>"


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def tbl(*rows: str, widths: tuple[int, ...] = (), ruled: bool = True) -> str:
    """A table of rows of cells."""
    borders = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>" if ruled else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl>{borders}<w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def level(number: int, number_format: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f"<w:numbering {W}>"
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3．")
    + level(3, "decimalEnclosedCircleChinese", "%4")
    + level(4, "decimal", "%1.%3.%5", more="<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "%1")
    + level(1, "bullet", "\uf0b7")
    + level(2, "decimal", "[%3]", more='<w:lvlRestart w:val="0"/>')
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)


def numbered(text: str, list_id: int, ilvl: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{list_id}"/></w:numPr>')


def auto_numbered() -> bytes:
    """Headings whose numbers Word makes, on several levels, and a column of running numbers in a table."""
    rows = [tc("序号") + tc("事项") + tc("数量")]
    for label, count in (("接受咨询", "41"), ("办理来信", "7")):
        rows.append(f"<w:tc>{numbered('', 2)}</w:tc>" + tc(label) + tc(count))
    return docx(
        numbered("概述", 1)
        + numbered("组织领导", 1, 1)
        + numbered("制度建设", 1, 1)
        + numbered("细化目录", 1, 2)
        + numbered("更新指南", 1, 2)
        + numbered("主动公开情况", 1)
        + numbered("公开渠道", 1, 1)
        + numbered("政务微信", 1, 3)
        + numbered("分条目", 1, 4)
        + numbered("要点", 2, 1)
        + tbl(*rows, widths=(900, 3000, 1500))
        + numbered("另起", 3),
        numbering=NUMBERING,
    )


def tracked() -> bytes:
    """Tracked changes in prose and cells: the number 6 deleted and 0 written in its place, a deleted row."""
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>6</w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2" w:author="x"><w:r><w:t>0</w:t></w:r></w:ins>'
    row = f"<w:trPr/>{tc('部分公开')}<w:tc><w:p>{deleted}{inserted}</w:p></w:tc>"
    gone = f'<w:trPr><w:del w:id="3" w:author="x"/></w:trPr>{tc("旧的一行")}{tc("5")}'
    return docx(
        f"<w:p><w:r><w:t>全年公开信息</w:t></w:r>{deleted}{inserted}<w:r><w:t>条。</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="4" w:author="x"/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>'
        + p("后半句。")
        + tbl(tc("情形") + tc("数量"), row, gone, widths=(3000, 1500))
    )


def merged_unevenly() -> bytes:
    """Cells whose edges miss each other by a millimetre, a continued cell, an old horizontal merge, a short row."""
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    return docx(
        tbl(
            tc("类别", restart + '<w:gridSpan w:val="1"/>') + tc("数量", '<w:gridSpan w:val="3"/>'),
            tc("", goes_on) + tc("上年", '<w:gridSpan w:val="2"/>') + tc("本年"),
            tc("来信") + tc("3") + tc("8", '<w:gridSpan w:val="2"/>'),
            tc("合计", '<w:hMerge w:val="restart"/>')
            + tc("", '<w:hMerge w:val="continue"/>')
            + tc("9", '<w:gridSpan w:val="2"/>'),
            widths=(2000, 1500, 60, 1500),
        )
    )


def layered() -> bytes:
    """A text box, a footnote, hidden text, fields, a content control, a table inside a layout table, a boxed line."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2022</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        + p("框内的说明")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    inner = tbl(tc("项目") + tc("件数"), tc("复议") + tc("2"), widths=(2000, 1000))
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    return docx(
        f"<w:p>{field}<w:r><w:t>年度</w:t></w:r>{hidden}</w:p>"
        f"<w:p><w:r><w:t>公开指南</w:t></w:r>{note}<w:r><w:t>已更新</w:t><w:br/><w:t>新的一行</w:t></w:r>{box}</w:p>"
        f"<w:sdt><w:sdtContent>{p('控件里的段落')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tblGrid/><w:tr><w:tc>{p('表一')}{inner}</w:tc></w:tr></w:tbl>"
        f"<w:tbl><w:tblGrid/><w:tr>{tc('框起来的一句话')}</w:tr></w:tbl>" + p("小标题", '<w:outlineLvl w:val="1"/>'),
        footnotes=f'<w:footnotes {W}><w:footnote w:id="2">{p("指南见门户网站")}</w:footnote></w:footnotes>',
    )


def contents_list() -> bytes:
    """A generated table of contents before the text."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return docx(
        f"<w:p>{begin}<w:r><w:t>一、概述</w:t><w:tab/><w:t>1</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>二、主动公开</w:t><w:tab/><w:t>3</w:t></w:r></w:p>"
        f"<w:p>{end}</w:p>" + p("一、概述") + p("正文。")
    )


def many_pages(repeat_head: bool = False) -> bytes:
    """A long request table between two texts, whose rows cross page breaks with labels of two lines."""
    head = "<w:trPr><w:tblHeader/></w:trPr>" if repeat_head else ""
    rows = [head + tc("序号") + tc("申请事项") + tc("自然人") + tc("法人") + tc("合计")]
    for number in range(1, 61):
        label = f"第{number}类申请，其名称长到在这一栏里一定要分成两行来排印才放得下"
        rows.append(tc(str(number)) + tc(label) + tc(str(number * 7 % 11)) + tc(str(number % 3)) + tc(str(number * 31)))
    return docx(p("申请办理情况统计表") + tbl(*rows, widths=(800, 3200, 1200, 1200, 1400)) + p("以上数字截至年底。"))


def sideways() -> bytes:
    """A wide table on a landscape page."""
    rows = [
        "".join(tc(f"第{column}栏") for column in range(1, 13)),
        "".join(tc(str(column * column)) for column in range(1, 13)),
    ]
    return docx(
        p("各科室公开情况表")
        + tbl(*rows, widths=(1100,) * 12)
        + '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    )


def unruled() -> bytes:
    """A table of three columns without any ruling line, between two paragraphs."""
    rows = [tc("渠道") + tc("上年数量") + tc("本年数量")]
    for label, before, now in (("门户网站", "318", "402"), ("政务微博", "57", "61"), ("宣传栏", "9", "12")):
        rows.append(tc(label) + tc(before) + tc(now))
    text = "本局全年通过多种渠道公开信息，各渠道的数量见下表，其中门户网站仍然是最主要的渠道，数量比上年有所增加。"
    return docx(p(text) + tbl(*rows, widths=(3000, 2000, 2000), ruled=False) + p("政务微博的数量包括转发。"))


SCANNED = [
    ["信息内容", "上年数量", "本年数量", "增减", "合计"],
    ["行政许可", "1206", "983", "-223", "2189"],
    ["行政处罚", "57", "61", "4", "118"],
    ["行政强制", "0", "8", "8", "8"],
    ["规范性文件", "3", "", "/", "3"],
    ["收费金额", "26.45", "30.1", "3.65", "56.55"],
]


def to_scan() -> bytes:
    """A page to be printed and scanned: a heading, two lines of text, a ruled table with a blank cell."""
    rows = ["".join(map(tc, row)) for row in SCANNED]
    text = "本年度共公开政府信息318条，收到申请17件。"
    return docx(
        p("主动公开情况统计表") + p(text) + tbl(*rows, widths=(2400, 1500, 1500, 1500, 1500)) + p("数据截至十二月底")
    )


OFFICE_SAMPLES: dict[str, tuple[Callable[[], bytes], str, str, str | None]] = {
    "auto_numbered.doc": (auto_numbered, "docx", "doc", "MS Word 97"),
    "tracked.doc": (tracked, "docx", "doc", "MS Word 97"),
    "layered.doc": (layered, "docx", "doc", "MS Word 97"),
    "many_pages.pdf": (many_pages, "docx", "pdf", None),
    "sideways.pdf": (sideways, "docx", "pdf", None),
    "tracked.pdf": (tracked, "docx", "pdf", None),
    "repeated_head.pdf": (lambda: many_pages(repeat_head=True), "docx", "pdf", None),
    "to_scan.pdf": (to_scan, "docx", "pdf", None),
    "unruled.pdf": (unruled, "docx", "pdf", None),
}
