"""Read workbooks: XLSX and the XML of Excel 2003 directly, XLS with xlrd, XLSB and ODS with python-calamine.

A figure has to come out as it is printed, and what is printed depends on the number format of the cell and on hidden
rows and columns. python-calamine gives neither, xlrd gives both for XLS, and for XLSX the parts are read directly
(ECMA-376 part 1, chapter 18), which also bounds every size before anything is unpacked.

Formulas are their cached values; a formula without one is blank with a finding. Macros are not run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from posixpath import join, normpath
from typing import Any

import xlrd
from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
from xlrd.biffh import XLRDError

from parsers.model import Block, Cell, Document, Finding, Grid, Paragraph, Severity, Source
from parsers.readers.container import (
    OLE_MAGIC,
    Package,
    file_name,
    ole_root_names,
    open_package,
    parse_xml,
    unreadable,
)
from parsers.readers.grids import captioned, cell_text, compressed

MAX_SHEETS = 200
MAX_CELLS = 60_000  # printed cells of one workbook; the largest form has about 250
MAX_XLS_BYTES = 32 * 1024 * 1024  # xlrd takes half a minute for that many


@dataclass(slots=True)
class _Sheet:
    """A visible sheet: printed cells by (row, col), merged ranges (first row, first col, last row, last col)."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)  # first and last
    boxes: list[tuple[int, list[str]]] = field(default_factory=list)  # row and lines of the text boxes
    uncached: int = 0
    lost: int = 0  # cells whose text is not in the file
    cut: bool = False


@dataclass(slots=True)
class _Workbook:
    source: Source
    sheets: list[_Sheet] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    macros: bool = False
    pictures: int = 0
    count: int = 0

    def put(self, sheet: _Sheet, row: int, col: int, text: str) -> None:
        """Set a printed cell; past the cap the sheet is marked as cut and the cell dropped."""
        if not text:
            return
        self.count += 1
        if self.count > MAX_CELLS:
            sheet.cut = True
        else:
            sheet.cells[row, col] = text


def read(source: Source) -> Document:
    """Read a workbook: each visible sheet's tables as grids. Raises Unreadable for damaged and protected files."""
    if source.content.startswith(OLE_MAGIC):
        workbook, kind = _read_xls(source), "xls"
    elif source.content.startswith(b"PK"):
        package = open_package(source)
        if "xl/workbook.bin" in package.names or "mimetype" in package.names:
            workbook, kind = _read_calamine(source, package), "xlsx"
        else:
            workbook, kind = _read_xlsx(source, package), "xlsx"
    else:
        workbook, kind = _read_xml_2003(source), "xls"
    blocks: list[Block] = []
    for sheet in workbook.sheets:
        blocks += _sheet_blocks(sheet)
    return Document(captioned(blocks), kind, pictures=workbook.pictures, findings=tuple(_findings(workbook)))


def _findings(workbook: _Workbook) -> Iterator[Finding]:
    name = file_name(workbook.source)
    if workbook.macros:
        yield Finding("format.macros", Severity.INFO, f"{name} holds macros, which were not run", {"count": 1})
    if workbook.hidden_sheets:
        sheets = ", ".join(workbook.hidden_sheets[:10])
        message = f"{name} has hidden sheets, which were left out: {sheets}"
        yield Finding("format.hidden_sheet", Severity.INFO, message, {"sheets": workbook.hidden_sheets[:10]})
    for sheet in workbook.sheets:
        where = {"sheet": sheet.name}
        if sheet.cut:
            message = f"{name}, sheet {sheet.name}: the cells after the first {MAX_CELLS} were left out"
            yield Finding("format.cut", Severity.WARNING, message, where)
        if sheet.hidden_rows or sheet.hidden_cols:
            message = f"{name}, sheet {sheet.name}: hidden rows or columns were left out"
            yield Finding("format.hidden_text", Severity.INFO, message, where)
        if sheet.lost:
            message = f"{name}, sheet {sheet.name}: the texts of {sheet.lost} cells are not in the file"
            yield Finding("format.damaged", Severity.WARNING, message, {**where, "count": sheet.lost})
        if sheet.uncached:
            message = f"{name}, sheet {sheet.name}: {sheet.uncached} formulas have no stored result and are blank"
            yield Finding("format.formula", Severity.WARNING, message, {**where, "count": sheet.uncached})


# ---------------------------------------------------------------- from cells to blocks


@dataclass(slots=True)
class _Layout:
    """What a sheet shows: texts by anchor, and for merged cells the anchor of every covered position."""

    texts: dict[tuple[int, int], str]
    ends: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # anchor -> last row, last col
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    columns: dict[int, set[int]] = field(default_factory=dict)  # row -> columns in which a text begins

    def end(self, position: tuple[int, int]) -> tuple[int, int]:
        """The last row and column of the cell anchored there."""
        return self.ends.get(position, position)


def _layout(sheet: _Sheet) -> _Layout:
    """Leave out hidden rows and columns; a merged cell that begins in one moves to what is left of it."""
    hidden_rows = sheet.hidden_rows
    hidden_cols: set[int] = set()
    last_col = max((col for _, col in sheet.cells), default=0)
    last_row = max((row for row, _ in sheet.cells), default=0)
    for first, last in sheet.hidden_cols[:1000]:
        hidden_cols.update(range(max(first, 0), min(last, last_col) + 1))
    layout = _Layout(
        {at: text for at, text in sheet.cells.items() if at[0] not in hidden_rows and at[1] not in hidden_cols}
    )
    area = 0
    for top, left, last_merged_row, last_merged_col in sheet.merged:
        bottom, right = min(last_merged_row, last_row), min(last_merged_col, last_col)
        area += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if area > MAX_CELLS:
            sheet.cut = True
            break
        rows = [row for row in range(top, bottom + 1) if row not in hidden_rows]
        cols = [col for col in range(left, right + 1) if col not in hidden_cols]
        positions = [(row, col) for row in rows for col in cols]
        if not positions or any(position in layout.covered for position in positions):
            continue  # ranges may not overlap: the first one holds
        for position in positions:
            layout.texts.pop(position, None)
            layout.covered[position] = positions[0]
        layout.ends[positions[0]] = positions[-1]
        if (top, left) in sheet.cells:
            layout.texts[positions[0]] = sheet.cells[top, left]
    for row, col in layout.texts:
        layout.columns.setdefault(row, set()).add(col)
    return layout


def _sheet_blocks(sheet: _Sheet) -> list[Block]:
    """The tables, lines and text boxes of a sheet. A blank row ends a table."""
    layout = _layout(sheet)
    shown = set(layout.columns)
    for position, anchor in layout.covered.items():
        if anchor in layout.texts:
            shown.add(position[0])
    blocks: list[Block] = []
    stretch: list[int] = []
    boxes = sorted(sheet.boxes, key=lambda box: box[0])

    def boxes_above(row: float) -> Iterator[Block]:
        while boxes and boxes[0][0] <= row:
            for line in boxes.pop(0)[1]:
                yield from (Paragraph(text) for text in cell_text([line]).split("\n") if text)

    for row in sorted(shown):
        if stretch and any(between not in sheet.hidden_rows for between in range(stretch[-1] + 1, row)):
            blocks += [*boxes_above(stretch[0]), *_stretch_blocks(sheet, layout, stretch)]
            stretch = []
        stretch.append(row)
    if stretch:
        blocks += [*boxes_above(stretch[0]), *_stretch_blocks(sheet, layout, stretch)]
    return [*blocks, *boxes_above(float("inf"))]


_ARTICLE = re.compile(r"^第.{1,8}条.{0,14}项$")  # first row of the statutory table 二, alone in its row
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_PROSE = re.compile("[，。；]")
_NUMBER = re.compile(r"[-+]?\d[\d,.]*%?")
_WIDE = 6  # columns of a table from which on a label cannot take half of them
_FOOT = re.compile(
    r"^(?:注|备注|说明|填[表报]|审[核批]|制表|联系|单位|负责)|[。！]$|^(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?$",
    re.MULTILINE,
)


def _stretch_blocks(sheet: _Sheet, layout: _Layout, rows: list[int]) -> list[Block]:
    """Rows without a blank one between: lines of text above and below, section headings across the table, tables."""
    right = max(layout.end((row, col))[1] for row in rows for col in layout.columns.get(row, ()))

    def alone(row: int) -> str | None:
        """The text of a row that holds nothing else, else None."""
        columns = layout.columns.get(row, set())
        if len(columns) != 1:
            return None
        (col,) = columns
        if layout.end((row, col))[0] != row or any(
            anchor[0] < row and anchor in layout.texts
            for anchor in (layout.covered.get((row, c)) for c in range(right + 1))
            if anchor is not None
        ):
            return None
        return layout.texts[row, col].strip()

    def across(row: int) -> bool:
        (col,) = layout.columns[row]
        return layout.end((row, col))[1] >= right

    def opens(index: int) -> bool:
        """Whether a numbered line that is not merged across stands above prose or the head of a table.

        The label of a row without numbers ("四、结转下年度继续办理") looks the same and stands in no such place.
        """
        (col,) = layout.columns[rows[index]]
        if right + 1 >= _WIDE and 2 * (layout.end((rows[index], col))[1] - col + 1) > right + 1:
            return True
        if index + 1 == len(rows):
            return False
        below = texts[rows[index + 1]]
        if below is not None:
            return bool(_PROSE.search(below))
        cells = [layout.texts[rows[index + 1], col] for col in layout.columns.get(rows[index + 1], ())]
        return len(cells) > 1 and not any(_NUMBER.fullmatch(cell.strip()) for cell in cells)

    texts = {row: alone(row) for row in rows}
    blocks: list[Block] = []
    table: list[int] = []

    def finish() -> None:
        foot: list[int] = []
        while len(table) > 1 and (text := texts[table[-1]]) and (across(table[-1]) or _FOOT.search(text)):
            foot.insert(0, table.pop())
        if table and (grid := _grid(sheet, layout, table)) is not None:
            blocks.append(grid)
        table.clear()
        for row in foot:
            lines(row)

    def lines(row: int) -> None:
        blocks.extend(Paragraph(line) for line in cell_text((texts[row] or "").split("\n")).split("\n") if line)

    begun = False  # the table has a row of several cells
    for index, row in enumerate(rows):
        text = texts[row]
        following = index + 1 < len(rows) and texts[rows[index + 1]] is None
        heading = text is not None and bool(_SECTION.match(text)) and (across(row) or opens(index))
        if text is None or (begun and not heading) or (following and _ARTICLE.match(text)):
            table.append(row)
            begun = begun or text is None
        else:
            finish()
            begun = False
            lines(row)
    finish()
    return blocks


def _grid(sheet: _Sheet, layout: _Layout, rows: list[int]) -> Grid | None:
    """The cells of these rows, blank ones too, in the columns that these rows use."""
    wanted = set(rows)
    used = {col for row in rows for col in layout.columns.get(row, ())}
    used |= {position[1] for position in layout.covered if position[0] in wanted}
    filled = len(used) * len(rows) <= 2 * MAX_CELLS
    sheet.cut = sheet.cut or not filled
    cells: list[Cell] = []
    for row in rows:
        for col in sorted(used if filled else layout.columns.get(row, ())):
            if layout.covered.get((row, col), (row, col)) != (row, col):
                continue
            last_row, last_col = layout.end((row, col))
            text = cell_text(layout.texts.get((row, col), "").split("\n"))
            cells.append(Cell(row, col, text, last_row - row + 1, last_col - col + 1))
    return compressed(cells)


# ---------------------------------------------------------------- numbers as printed

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"', 49: "@",
}  # fmt: skip
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?][0#?,.]*)|(%)|([^"\\_*\[])')


def printed(number: float, number_format: str) -> str:
    """A number as the sheet shows it; the general format for formats that are not plain decimals.

    The value comes from a spreadsheet float: 7730.280000000001 is printed 7730.28.
    """
    sections = _split_sections(number_format)
    section = sections[0]
    magnitude = number
    if len(sections) > 2 and number == 0:
        section = sections[2]
    elif len(sections) > 1 and number < 0:
        section, magnitude = sections[1], -number
    text = _by_section(magnitude, section)
    return _general(number) if text is None else text


def _split_sections(number_format: str) -> list[str]:
    parts, quoted = [""], False
    for character in number_format:
        if character == '"':
            quoted = not quoted
        if character == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _general(number: float) -> str:
    text = f"{number:.15g}"
    if "e" in text:
        return f"{Decimal(text):f}" if abs(number) < 1e16 else text
    return text


def _by_section(number: float, section: str) -> str | None:
    """The number by one section of a format, None when the section is not literal text around one plain number."""
    if not section.strip():
        return "" if section == "" else None
    if section.strip().lower() in ("general", "g/通用格式", "@"):
        return _general(number)
    before, after, digits, percent = "", "", "", False
    for match in _TOKEN.finditer(section):
        literal = match.group(1) or match.group(2)
        if match.group(3):
            if digits:
                return None
            digits = match.group(3)
        elif match.group(4):
            percent = True
            after += "%"
        elif match.group(5) and match.group(5) not in " -+()￥¥$":
            return None  # dates, exponents, fractions
        else:
            literal = literal or match.group(5) or ""
            before, after = (before, after + literal) if digits else (before + literal, after)
    if not digits:
        return (before + after).strip()
    if set(digits) <= {"?"}:  # a padded literal such as "-"??
        return (before + after).strip()
    whole, _, fraction = digits.partition(".")
    if digits.endswith(",") or "," in fraction:
        return None  # scaled to thousands
    amount = Decimal(f"{number:.15g}") * (100 if percent else 1)
    rounded = amount.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP) if abs(amount) < 10**15 else amount
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    while optional and "." in text and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    text = text.rstrip(".")
    padding = whole.count("0") - len(text.lstrip("-").split(".")[0].replace(",", ""))
    if padding > 0 and number >= 0:
        text = "0" * padding + text
    return (before + text + after).strip()


_DATE_FORMAT = re.compile(r"[ymdhse]|上午|下午", re.IGNORECASE)


def is_date_format(number_format: str) -> bool:
    """Whether a number format prints a date or a time."""
    bare = re.sub(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', "", number_format, flags=re.IGNORECASE)
    if "general" in bare.lower() or "0" in bare or "#" in bare:
        return False
    return bool(_DATE_FORMAT.search(bare))


def printed_date(number: float, number_format: str, from_1904: bool = False) -> str:
    """A serial date as 2024年1月31日 when the format says 年, else 2024-01-31; a time as 09:30."""
    if not 0 <= number < 2_958_466:  # after 9999
        return _general(number)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a date of a sheet has no zone
    moment = start + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.strftime("%H:%M")
    bare = number_format.lower()
    if "年" in bare:
        text = f"{moment.year}年{moment.month}月"
        return text + (f"{moment.day}日" if "d" in bare else "")
    if "月" in bare:
        return f"{moment.month}月{moment.day}日"
    if "y" not in bare and "h" in bare:
        return moment.strftime("%H:%M")
    return moment.strftime("%Y-%m-%d" if number == int(number) else "%Y-%m-%d %H:%M")


def _number_text(number: float, number_format: str, from_1904: bool) -> str:
    if is_date_format(number_format):
        return printed_date(number, number_format, from_1904)
    return printed(number, number_format)


# ---------------------------------------------------------------- XLSX


def _children(element: etree._Element | None, name: str) -> Iterable[etree._Element]:
    return element.iterfind(f"{{*}}{name}") if element is not None else ()


def _attribute(element: etree._Element, name: str) -> str | None:
    for key, content in element.attrib.items():
        if str(key).rsplit("}", 1)[-1] == name:
            return str(content)
    return None


_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")


def _position(reference: str) -> tuple[int, int] | None:
    """ "B3" -> (2, 1)."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    col = 0
    for letter in match.group(1):
        col = col * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, col - 1


def _truth(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _read_xlsx(source: Source, package: Package) -> _Workbook:
    root = package.xml("xl/workbook.xml")
    if root is None:
        raise unreadable(source, "format.truncated", "the package has no xl/workbook.xml")
    workbook = _Workbook(source, macros=any(name.endswith("vbaProject.bin") for name in package.names))
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and _truth(properties.get("date1904"))
    targets = _targets(package, "xl/workbook.xml")
    formats = _xlsx_formats(package.xml("xl/styles.xml"))
    shared = [_rich_text(item) for item in _children(package.xml("xl/sharedStrings.xml"), "si")]
    for entry in list(_children(root.find("{*}sheets"), "sheet"))[:MAX_SHEETS]:
        name = entry.get("name") or ""
        if entry.get("state") in ("hidden", "veryHidden"):
            workbook.hidden_sheets.append(name)
            continue
        path = targets.get(_attribute(entry, "id") or "", "")
        if not path.startswith("xl/worksheets/"):
            continue  # a chart sheet prints no cells
        part = package.xml(path)
        if part is None:
            raise unreadable(source, "format.truncated", f"the package has no {path}")
        workbook.sheets.append(_xlsx_sheet(workbook, name, part, shared, formats, from_1904))
        _read_drawing(workbook, package, path, part)
    if not shared and any(sheet.lost for sheet in workbook.sheets):
        raise unreadable(source, "format.truncated", "the package has lost the texts of its cells")
    return workbook


def _targets(package: Package, path: str) -> dict[str, str]:
    """The parts that a part refers to, by the ids of the relations."""
    folder, name = path.rsplit("/", 1)
    targets: dict[str, str] = {}
    relations = package.xml(f"{folder}/_rels/{name}.rels")
    for relation in relations if relations is not None else ():
        target = relation.get("Target") or ""
        targets[relation.get("Id") or ""] = (
            target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        )
    return targets


def _read_drawing(workbook: _Workbook, package: Package, path: str, part: etree._Element) -> None:
    """The text boxes and pictures that lie on a sheet."""
    reference = part.find("{*}drawing")
    if reference is None:
        return
    drawing = package.xml(_targets(package, path).get(_attribute(reference, "id") or "", ""))
    for anchor in drawing.iterfind("*") if drawing is not None else ():
        row = _whole(anchor.findtext("{*}from/{*}row"), 0)
        workbook.pictures += sum(1 for _ in anchor.iter("{*}pic"))
        for body in anchor.iter("{*}txBody"):
            if any(str(above.tag).endswith("}Fallback") for above in body.iterancestors()):
                continue
            lines = ["".join(run.text or "" for run in line.iter("{*}t")) for line in _children(body, "p")]
            workbook.sheets[-1].boxes.append((row, lines[:MAX_CELLS]))


def _xlsx_formats(styles: etree._Element | None) -> list[str]:
    """The number format of every cell style, by index."""
    if styles is None:
        return []
    own: dict[int, str] = {}
    for entry in _children(styles.find("{*}numFmts"), "numFmt"):
        own[_whole(entry.get("numFmtId"), 0)] = entry.get("formatCode") or "General"
    formats = []
    for style in _children(styles.find("{*}cellXfs"), "xf"):
        number = _whole(style.get("numFmtId"), 0)
        formats.append(own.get(number, _BUILT_IN.get(number, "General")))
    return formats


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None and len(text) < 12 else default
    except ValueError:
        return default


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _rich_text(item: etree._Element) -> str:
    """The text of a shared or inline string, without the phonetic reading."""
    direct = item.find("{*}t")
    if direct is not None:
        text = direct.text or ""
    else:
        text = "".join(run.findtext("{*}t") or "" for run in _children(item, "r"))
    # ST_Xstring: characters that some writers escape; _x000D_ is half of a line end
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _xlsx_sheet(
    workbook: _Workbook, name: str, part: etree._Element, shared: list[str], formats: list[str], from_1904: bool
) -> _Sheet:
    sheet = _Sheet(name)
    for column in _children(part.find("{*}cols"), "col"):
        if _truth(column.get("hidden")):
            sheet.hidden_cols.append((_whole(column.get("min"), 1) - 1, _whole(column.get("max"), 1) - 1))
    row_number = -1
    for row in _children(part.find("{*}sheetData"), "row"):
        row_number = _whole(row.get("r"), row_number + 2) - 1
        if _truth(row.get("hidden")):
            sheet.hidden_rows.add(row_number)
        col_number = -1
        for cell in _children(row, "c"):
            position = _position(cell.get("r") or "")
            col_number = position[1] if position is not None else col_number + 1
            if sheet.cut:
                return sheet
            if cell.get("t") == "s" and not 0 <= _whole(cell.findtext("{*}v"), -1) < len(shared):
                sheet.lost += 1
            text = _xlsx_value(cell, shared, formats, from_1904)
            if text is None:
                sheet.uncached += 1
            workbook.put(sheet, row_number, col_number, text or "")
    for merged in _children(part.find("{*}mergeCells"), "mergeCell"):
        first, _, last = (merged.get("ref") or "").partition(":")
        start, end = _position(first), _position(last or first)
        if start is not None and end is not None and start[0] <= end[0] and start[1] <= end[1]:
            sheet.merged.append((*start, *end))
    return sheet


def _xlsx_value(cell: etree._Element, shared: list[str], formats: list[str], from_1904: bool) -> str | None:
    """The printed text of a cell; None for a formula without a stored result."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return _rich_text(inline) if inline is not None else ""
    content = cell.findtext("{*}v")
    if content is None or (content == "" and kind != "str"):
        return None if cell.find("{*}f") is not None else ""
    if kind == "s":
        index = _whole(content, -1)
        return shared[index] if 0 <= index < len(shared) else ""
    if kind == "b":
        return "TRUE" if content == "1" else "FALSE"
    if kind in ("str", "e", "d"):
        return content
    style = _whole(cell.get("s"), 0)
    number_format = formats[style] if 0 <= style < len(formats) else "General"
    try:
        number = float(content)
    except ValueError:
        return content
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return content
    return _number_text(number, number_format, from_1904)


# ---------------------------------------------------------------- XLS and the others


def _read_xls(source: Source) -> _Workbook:
    if len(source.content) > MAX_XLS_BYTES:
        raise unreadable(source, "format.too_large", f"{len(source.content)} bytes are too many for an XLS workbook")
    try:
        book = xlrd.open_workbook(
            file_contents=source.content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except XLRDError as error:
        code = "format.encrypted" if "encrypted" in str(error).lower() else "format.damaged"
        raise unreadable(source, code, f"xlrd cannot read it: {error}") from error
    except Exception as error:  # a damaged workbook makes xlrd fail in any way
        raise unreadable(source, "format.damaged", f"xlrd fails on it: {type(error).__name__}: {error}") from error
    macros = "_VBA_PROJECT_CUR" in ole_root_names(source.content)
    workbook = _Workbook(source, macros=macros)
    for data in book.sheets()[:MAX_SHEETS]:
        if data.visibility:
            workbook.hidden_sheets.append(data.name)
            continue
        sheet = _Sheet(data.name)
        sheet.hidden_rows = {row for row, info in data.rowinfo_map.items() if info.hidden}
        sheet.hidden_cols = [(col, col) for col, info in data.colinfo_map.items() if info.hidden]
        sheet.merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in data.merged_cells]
        for row in range(data.nrows):
            for col in range(0 if sheet.cut else data.row_len(row)):
                cell = data.cell(row, col)
                # only a formula has an empty text: its writer stored no result, or the result is empty
                sheet.uncached += cell.ctype == xlrd.XL_CELL_TEXT and not cell.value
                workbook.put(sheet, row, col, _xls_value(book, cell))
        workbook.sheets.append(sheet)
    return workbook


def _xls_value(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
        number_format = book.format_map[style.format_key].format_str if style is not None else "General"
        return _number_text(float(cell.value), number_format, bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return ""


def _read_calamine(source: Source, package: Package) -> _Workbook:
    for name in package.names:  # calamine unpacks without limits
        if name.startswith("xl/") or name == "content.xml":
            package.read(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        workbook = _Workbook(source, macros=any(name.endswith("vbaProject.bin") for name in package.names))
        for data in book.sheets_metadata[:MAX_SHEETS]:
            if data.visible != SheetVisibleEnum.Visible:
                workbook.hidden_sheets.append(data.name)
                continue
            table = book.get_sheet_by_name(data.name)
            sheet = _Sheet(data.name)
            sheet.merged = [(*start, *end) for start, end in table.merged_cell_ranges or ()]
            top, left = table.start or (0, 0)
            for row, values in enumerate(table.iter_rows(), top if table.start else 0):
                for col, value in enumerate(values, left if table.start else 0):
                    workbook.put(sheet, row, col, _plain_value(value))
            workbook.sheets.append(sheet)
    except CalamineError as error:
        raise unreadable(source, "format.damaged", f"calamine cannot read it: {error}") from error
    return workbook


def _plain_value(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _general(float(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _read_xml_2003(source: Source) -> _Workbook:
    """[MS-XMLSS]: Worksheet/Table/Row/Cell/Data, positions by ss:Index, spans by ss:MergeAcross and ss:MergeDown."""
    root = parse_xml(source, source.content, file_name(source))
    workbook = _Workbook(source)
    formats: dict[str, str] = {}
    for style in root.iter("{*}Style"):
        number = style.find("{*}NumberFormat")
        if number is not None:
            formats[_attribute(style, "ID") or ""] = _attribute(number, "Format") or "General"
    for worksheet in list(_children(root, "Worksheet"))[:MAX_SHEETS]:
        name = _attribute(worksheet, "Name") or ""
        visible = worksheet.findtext("{*}WorksheetOptions/{*}Visible") or ""
        if visible.startswith(("SheetHidden", "SheetVeryHidden")):
            workbook.hidden_sheets.append(name)
            continue
        sheet = _Sheet(name)
        row_number = -1
        for row in _children(worksheet.find("{*}Table"), "Row"):
            row_number = _whole(_attribute(row, "Index"), row_number + 2) - 1
            if _truth(_attribute(row, "Hidden")):
                sheet.hidden_rows.add(row_number)
            col_number = -1
            for cell in _children(row, "Cell"):
                col_number = _whole(_attribute(cell, "Index"), col_number + 2) - 1
                across, down = _whole(_attribute(cell, "MergeAcross"), 0), _whole(_attribute(cell, "MergeDown"), 0)
                data = cell.find("{*}Data")
                text = "".join(str(part) for part in data.itertext()) if data is not None else ""
                if data is not None and _attribute(data, "Type") == "Number":
                    number_format = formats.get(_attribute(cell, "StyleID") or "", "General")
                    try:
                        text = _number_text(float(text), number_format, from_1904=False)
                    except ValueError as error:
                        raise unreadable(source, "format.damaged", f"a number cell holds {text[:40]!r}") from error
                workbook.put(sheet, row_number, col_number, text)
                if across or down:
                    sheet.merged.append((row_number, col_number, row_number + down, col_number + across))
                col_number += across
        workbook.sheets.append(sheet)
    return workbook
