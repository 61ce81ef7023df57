"""Workbooks: grids with merged cells, and numbers as the sheet shows them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt

from parsers.model import Document, Paragraph, Source, Unreadable
from parsers.readers import read_document, spreadsheet
from parsers.readers.spreadsheet import is_date_format, printed, printed_date
from tests.formats import samples
from tests.formats.grids import codes, grids, is_sound, lines, rows


def workbook(paint: Callable[[Any], None], **more: Any) -> Document:
    """Read a workbook of one sheet that a function fills."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "统计表"
    paint(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return read_document(Source(stream.getvalue(), "file:///table.xlsx"))


def fill(sheet: Any, *lines_of_cells: list[Any]) -> None:
    for cells in lines_of_cells:
        sheet.append(cells)


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        (1.0, "General", "1"),
        (7730.28, "General", "7730.28"),
        (7730.280000000001, "General", "7730.28"),
        (0.1 + 0.2, "General", "0.3"),
        (-5.0, "General", "-5"),
        (1234567.0, "#,##0", "1,234,567"),
        (1.5, "0", "2"),
        (2.5, "0", "3"),
        (12.0, "0.00", "12.00"),
        (0.113, "0.0%", "11.3%"),
        (0.5, "0%", "50%"),
        (26.4, '0.00"万元"', "26.40万元"),
        (18.0, '0"件"', "18件"),
        (18.0, "0件", "18"),  # a format that is not understood prints the number alone
        (5.0, "000", "005"),
        (3.0, "0.##", "3"),
        (3.14159, "0.##", "3.14"),
        (-42.0, "0;(0)", "(42)"),
        (0.0, "0;-0;;@", ""),
        (0.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (1200.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,200.00"),
        (12000.0, "0,", "12000"),
        (3.0, "[红色]0", "3"),
        (3.0, "[Red]0;[Blue]-0", "3"),
        (0.5, "# ?/?", "0.5"),
        (1e20, "General", "1e+20"),
    ],
)
def test_numbers_as_printed(number: float, number_format: str, expected: str) -> None:
    assert printed(number, number_format) == expected


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        (45322.0, "yyyy/m/d", "2024-01-31"),
        (45322.0, 'yyyy"年"m"月"d"日"', "2024年1月31日"),
        (45322.0, 'yyyy"年"m"月"', "2024年1月"),
        (45322.0, 'm"月"d"日"', "1月31日"),
        (45322.75, "yyyy/m/d h:mm", "2024-01-31 18:00"),
        (0.5, "h:mm", "12:00"),
        (1.0, "[$-804]yyyy/m/d", "1899-12-31"),
    ],
)
def test_dates_as_printed(number: float, number_format: str, expected: str) -> None:
    assert is_date_format(number_format)
    assert printed_date(number, number_format) == expected


@pytest.mark.parametrize("number_format", ["General", "0", "#,##0.00", '0"年"', "@", "0.00E+00", "[Red]0"])
def test_formats_that_are_no_dates(number_format: str) -> None:
    assert not is_date_format(number_format)


def test_title_above_and_note_below() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["政府信息公开情况统计表", None, None], ["（2016年度）"], ["统计指标", "单位", "统计数"])
        fill(sheet, ["一、主动公开情况", "——", "——"], ["主动公开政府信息数", "条", 351.0], ["填报人：某某"])
        sheet.merge_cells("A1:C1")

    document = workbook(paint)
    assert lines(document) == ["政府信息公开情况统计表", "（2016年度）", "填报人：某某"]
    (grid,) = grids(document)
    assert rows(grid) == [
        ["统计指标", "单位", "统计数"],
        ["一、主动公开情况", "——", "——"],
        ["主动公开政府信息数", "条", "351"],
    ]


def test_the_title_directly_above_is_the_caption() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["政府信息公开情况统计表"], ["统计指标", "单位", "统计数"], ["全年总数", "件", 3])

    (grid,) = grids(workbook(paint))
    assert grid.caption == "政府信息公开情况统计表"


def test_a_last_row_without_numbers_stays_in_the_table() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["申请", "自然人", "法人"], ["新收", 1, None], ["四、结转下年度继续办理", None, None])

    (grid,) = grids(workbook(paint))
    assert rows(grid)[-1] == ["四、结转下年度继续办理", "", ""]


def test_tables_on_one_sheet_are_parted_by_headings_and_blank_rows() -> None:
    def paint(sheet: Any) -> None:
        fill(
            sheet,
            ["信息内容", "数量"],
            ["规章", 0],
            ["三、收到申请情况"],
            ["申请", "数量"],
            ["新收", 4],
            [None],
            [None],
        )
        sheet.merge_cells("A3:B3")
        sheet["A8"], sheet["B8"], sheet["A9"], sheet["B9"] = "复议", "诉讼", 2, 1

    document = workbook(paint)
    assert [rows(grid) for grid in grids(document)] == [
        [["信息内容", "数量"], ["规章", "0"]],
        [["申请", "数量"], ["新收", "4"]],
        [["复议", "诉讼"], ["2", "1"]],
    ]
    assert lines(document) == ["三、收到申请情况"]


@pytest.mark.parametrize("merged_to", [None, "D"])
def test_lines_below_a_table_are_text_however_far_they_are_merged(merged_to: str | None) -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["三、收到申请情况"], ["申请", "自然人", "总计"], ["新收", 4, 4], ["四、结转", None, None])
        fill(sheet, ["四、复议和诉讼情况"], ["维持", "纠正", "其他", "未结", "总计", "撤诉"], [0, 1, 0, 0, 1, 0])
        fill(
            sheet,
            ["五、问题及改进情况"],
            ["队伍不稳，培训不够。"],
            ["六、其他事项"],
            ["无费用，无收入。"],
            ["2020年1月9日"],
        )
        if merged_to:
            for row in (1, 5, 8, 9, 10, 11, 12):
                sheet.merge_cells(f"A{row}:{merged_to}{row}")

    document = workbook(paint)
    assert [rows(grid)[-1] for grid in grids(document)] == [["四、结转", "", ""], ["0", "1", "0", "0", "1", "0"]]
    assert lines(document) == [
        "三、收到申请情况", "四、复议和诉讼情况", "五、问题及改进情况", "队伍不稳，培训不够。", "六、其他事项",
        "无费用，无收入。", "2020年1月9日",
    ]  # fmt: skip


def test_a_group_without_numbers_does_not_part_a_table() -> None:
    def paint(sheet: Any) -> None:
        fill(
            sheet,
            ["指标", "单位", "数量"],
            ["一、主动公开情况"],
            ["公开总数", "条", 8],
            ["二、回应情况"],
            ["（一）回应数（计1次）"],
        )

    (grid,) = grids(workbook(paint))
    assert len(rows(grid)) == 5


def test_the_article_row_belongs_to_the_table() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["二、主动公开情况"], ["第二十条第（一）项"], ["信息内容", "本年制发件数"], ["规章", 0])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:B2")

    document = workbook(paint)
    assert lines(document) == ["二、主动公开情况"]
    assert rows(grids(document)[0])[0] == ["第二十条第（一）项"]


def test_hidden_rows_columns_and_sheets_are_left_out() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["项目", "草稿", "数量"], ["规章", 5, 0], ["旧行", 5, 9], ["许可", 5, 31])
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.parent.create_sheet("底稿").sheet_state = "hidden"
        sheet.parent["底稿"]["A1"] = "不公开"

    document = workbook(paint)
    assert rows(grids(document)[0]) == [["项目", "数量"], ["规章", "0"], ["许可", "31"]]
    assert codes(document) == {"format.hidden_sheet", "format.hidden_text"}


def test_a_merged_cell_whose_first_column_is_hidden_keeps_its_text() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["申请人情况", None, "总计"], ["自然人", "法人", "总计"], [1, 2, 3])
        sheet.merge_cells("A1:B1")
        sheet.column_dimensions["A"].hidden = True

    assert rows(grids(workbook(paint))[0]) == [["申请人情况", "总计"], ["法人", "总计"], ["2", "3"]]


def test_a_formula_without_its_result_is_blank_and_named() -> None:
    def paint(sheet: Any) -> None:
        fill(sheet, ["申请", "数量"], ["新收", 4], ["合计", "=B2"])

    document = workbook(paint)
    assert rows(grids(document)[0])[-1] == ["合计", ""]
    assert codes(document) == {"format.formula"}


def test_errors_booleans_and_rich_text() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>数量</t></is></c></row>'
        '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2" t="str"><f>A1</f><v>7件</v></c></row>'
        '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3"><v>4.0</v></c></row></sheetData></worksheet>'
    )
    document = read_document(Source(xlsx(sheet, "<si><r><t>项</t></r><r><t>目</t></r></si>"), "file:///a.xlsx"))
    assert rows(grids(document)[0]) == [["项目", "数量"], ["#DIV/0!", "7件"], ["TRUE", "4"]]


def xlsx(sheet: str, shared: str = "") -> bytes:
    """A minimal package around one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return samples.package(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x"><Relationship Id="r1" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        }
    )


def test_old_workbooks_print_the_same() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("统计表")
    sheet.write_merge(0, 0, 0, 2, "政府信息公开情况统计表")
    for col, text in enumerate(("统计指标", "单位", "统计数")):
        sheet.write(1, col, text)
    sheet.write(2, 0, "减免费用")
    sheet.write(2, 1, "万元")
    sheet.write(2, 2, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(3, 0, "旧行")
    sheet.write(3, 2, 9)
    sheet.row(3).hidden = True
    sheet.write_merge(4, 5, 0, 0, "申请总数")
    sheet.write(4, 1, "件")
    sheet.write(4, 2, 3)
    sheet.write(5, 1, "人次")
    sheet.write(5, 2, 4)
    stream = io.BytesIO()
    book.save(stream)
    document = read_document(Source(stream.getvalue(), "file:///table.xls"))
    assert document.format == "xls"
    (grid,) = grids(document)
    assert rows(grid) == [
        ["统计指标", "单位", "统计数"],
        ["减免费用", "万元", "1,234.50"],
        ["申请总数", "件", "3"],
        ["人次", "4"],
    ]
    assert grid.caption == "政府信息公开情况统计表"
    assert codes(document) == {"format.hidden_text"}


EXCEL_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="#,##0"/></Style></Styles>
<Worksheet ss:Name="表"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">申请人</Data></Cell>
<Cell><Data ss:Type="String">总计</Data></Cell></Row>
<Row ss:Index="2"><Cell><Data ss:Type="Number">3</Data></Cell>
<Cell ss:Index="3" ss:StyleID="s1"><Data ss:Type="Number">4120</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_the_xml_of_excel_2003() -> None:
    document = read_document(Source(EXCEL_2003.encode(), "file:///2010.xls", "application/vnd.ms-excel"))
    assert rows(grids(document)[0]) == [["申请人", "总计"], ["3", "", "4,120"]]
    assert codes(document) == set()


def test_a_million_cells_are_cut_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_CELLS", 500)

    def paint(sheet: Any) -> None:
        for number in range(200):
            sheet.append([number, number, number, number])

    document = workbook(paint)
    assert "format.cut" in codes(document)
    assert all(is_sound(grid) for grid in grids(document))
    assert sum(len(grid.cells) for grid in grids(document)) <= 500


def test_a_merged_range_over_the_whole_sheet_is_harmless() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>4</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    document = read_document(Source(xlsx(sheet), "file:///a.xlsx"))
    assert "format.cut" in codes(document)


def test_escaped_characters_of_strings() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="inlineStr"><is><t>本年_x000D_\n新收</t></is></c><c t="s"><v>0</v></c></row></sheetData></worksheet>'
    )
    document = read_document(Source(xlsx(sheet, "<si><t>a_x0041_b_xyz_</t></si>"), "file:///a.xlsx"))
    assert rows(grids(document)[0]) == [["本年\n新收", "aAb_xyz_"]]


@pytest.mark.parametrize("shared", ["", "<si><t>新收</t></si>"])
def test_texts_that_are_not_in_the_file(shared: str) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="s"><v>0</v></c><c t="s"><v>4</v></c><c><v>9</v></c></row></sheetData></worksheet>'
    )
    source = Source(xlsx(sheet, shared), "file:///a.xlsx")
    if shared:
        assert codes(read_document(source)) == {"format.damaged"}
    else:
        with pytest.raises(Unreadable) as caught:
            read_document(source)
        assert caught.value.finding.code == "format.truncated"


def test_a_formula_of_an_old_workbook_without_its_result_is_named() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, (label, number) in enumerate((("新收", 4), ("结转", 2))):
        sheet.write(row, 0, label)
        sheet.write(row, 1, number)
    sheet.write(2, 0, "合计")
    sheet.write(2, 1, xlwt.Formula("SUM(B1:B2)"))
    stream = io.BytesIO()
    book.save(stream)
    document = read_document(Source(stream.getvalue(), "file:///table.xls"))
    assert rows(grids(document)[0])[-1] == ["合计", ""]
    assert codes(document) == {"format.formula"}


def test_text_boxes_and_pictures_on_a_sheet() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def box(row: int, *texts: str) -> str:
        body = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
        return f"<x:a><x:from><x:row>{row}</x:row></x:from><x:sp><x:txBody>{body}</x:txBody></x:sp></x:a>"

    cells = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}"><v>{r}</v></c></row>' for r in (3, 4, 8, 9))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x"><Relationship Id="r1" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}" xmlns:r="{relations}"><sheetData>{cells}</sheetData>'
        '<drawing r:id="r1"/></worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="x"><Relationship Id="r1" '
        'Target="../drawings/drawing1.xml"/></Relationships>',
        "xl/drawings/drawing1.xml": f'<x:wsDr xmlns:x="d" xmlns:a="m">{box(30, "落款")}{box(0, "题目", "一、概述")}'
        f"{box(5, '中间')}<x:a><x:pic/></x:a></x:wsDr>",
    }
    document = read_document(Source(samples.package(parts), "file:///a.xlsx"))
    assert [block.text if isinstance(block, Paragraph) else len(block.cells) for block in document.blocks] == [
        "题目", "一、概述", 4, "中间", 4, "落款",
    ]  # fmt: skip
    assert document.pictures == 1
