"""Tables of no known form that are statistics all the same: every number with the labels it stands under.

A local table gives figures too, of a metric ``local.<slug>`` made from its printed labels. Lists of names and numbers
of telephones, opening hours, file references and layout are no statistics and give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2s

from parsers.labels import MONEY_UNITS, label, squeeze
from parsers.model import Cell, Figure, Finding, Grid, Meaning, Origin, Severity
from parsers.tables.lexicon import Token, token
from parsers.tables.sheet import Sheet
from parsers.tables.values import fit

_LEAST_ROWS = 2
_MOST_COLUMNS = 24
# A heading that says that numbers stand below it.
_QUANTITY = re.compile(
    r"(?:数量|数值|统计数|总数|条数|件数|次数|人数|篇数|份数|个数|期数|金额|合计|总计|小计|数据|累计|统计结果|占比|比例)"
    r"|(?:19|20)\d\d年|(?:本|上|去|今)年|[条件次篇个项人]数$|量$|(?:发布|公开|受理|办结|收到)[^，。]{0,12}数$"
)
# Words of lists that hold digits and are no statistics.
_NO_STATISTICS = re.compile(
    r"电话|传真|手机|邮编|邮政编码|邮箱|地址|网址|联系人|联系方式|办公时间|日期|时间|文号|索引号|证号|编码|房间|门牌|身份证|开户|账号"
)
_UNIT_HEADING = re.compile(r"^(?:计量)?单位$")
_RUNNING = re.compile(r"^(?:序号|编号|行次|排名|名次|代码|年份)$")


def read_unknown(grid: Grid, table_no: int, findings: list[Finding]) -> list[Figure]:
    """The figures of a table that belongs to no form; nothing for a table that is not plainly one of statistics.

    The metric is ``local.`` and ten hexadecimal digits of a hash over the normalised labels, the same in every report.
    """
    if grid.rows < _LEAST_ROWS or not 2 <= grid.cols <= _MOST_COLUMNS or grid.rows * grid.cols > 20_000:
        return []
    sheet = Sheet(grid)
    heads = _heading_rows(sheet)
    body = range(heads, grid.rows)
    if any(
        _NO_STATISTICS.search(squeeze(cell.text))
        for cell in grid.cells
        if len(cell.text) < 40 and cell.row < max(heads, 1)
    ):
        return []
    paths = [_headings(sheet, heads, col) for col in range(grid.cols)]
    values = [col for col in range(grid.cols) if _is_value_column(sheet, body, col, paths[col])]
    if not values:
        return []
    units = [col for col in range(grid.cols) if col not in values and _is_unit_column(sheet, body, col)]
    told = bool(units) or all(any(_QUANTITY.search(squeeze(text)) for text in paths[col]) for col in values)
    if not told:
        return []
    found = _figures(sheet, body, table_no, values, units, paths)
    if len({figure.row for figure in found if figure.value is not None}) < _LEAST_ROWS:
        return []
    kept: dict[str, Figure] = {}
    for figure in found:
        kept.setdefault(figure.metric, figure)
    if len(kept) < len(found):
        return []  # labels that do not tell the rows apart
    findings.append(
        Finding(
            "table.unknown_form",
            Severity.INFO,
            f"Table {table_no} is of no known form; its {len(found)} numbers are kept under their printed labels.",
            {"table_no": table_no, "figures": len(found)},
        )
    )
    return found


def _heading_rows(sheet: Sheet) -> int:
    """How many rows at the top hold no number and no unit, at most four."""
    for r in range(min(4, sheet.grid.rows)):
        tokens = [t for _, _, t in sheet.distinct(r)]
        if any(t.numeric or (t.unit and not _UNIT_HEADING.match(t.core)) for t in tokens):
            return r
    return min(1, sheet.grid.rows)


def _headings(sheet: Sheet, heads: int, col: int) -> list[str]:
    found: list[Cell] = []
    for r in range(heads):
        cell = sheet.rows[r][col]
        if cell is None or not cell.text.strip() or (found and found[-1] is cell):
            continue
        if cell.col_span == sheet.grid.cols:
            continue  # the title of the table
        found.append(cell)
    return [cell.text.strip() for cell in found]


def _cells(sheet: Sheet, body: range, col: int) -> list[Token]:
    return [token(cell.text) for r in body if (cell := sheet.rows[r][col]) is not None]


def _is_value_column(sheet: Sheet, body: range, col: int, path: Sequence[str]) -> bool:
    words = [squeeze(text) for text in path]
    if any(_RUNNING.match(word) or _NO_STATISTICS.search(word) for word in words):
        return False
    tokens = _cells(sheet, body, col)
    printed = [t for t in tokens if not t.blank and t.value.meaning is not Meaning.NOT_APPLICABLE]
    numbers = [t.value.value for t in printed if t.numeric]
    if len(numbers) < _LEAST_ROWS or len(numbers) * 10 < len(printed) * 8:
        return False
    if numbers == list(range(1, len(numbers) + 1)) and not words:
        return False  # running numbers
    plain = [t for t in printed if t.numeric and t.text.strip().isdigit()]
    if any(len(t.text.strip()) > 1 and t.text.strip().startswith("0") for t in plain):
        return False  # telephone and file numbers
    return not all(isinstance(n, int) and (1990 <= n <= 2035 or n >= 10**7) for n in numbers)


def _is_unit_column(sheet: Sheet, body: range, col: int) -> bool:
    tokens = [t for t in _cells(sheet, body, col) if not t.blank]
    return len(tokens) >= _LEAST_ROWS and sum(1 for t in tokens if t.unit) * 10 >= len(tokens) * 7


def _figures(
    sheet: Sheet, body: range, table_no: int, values: Sequence[int], units: Sequence[int], paths: Sequence[list[str]]
) -> list[Figure]:
    found = []
    for r in body:
        labels: list[Cell] = []
        for col, cell, t in sheet.distinct(r):
            if col < values[0] and col not in units and cell.text.strip() and not t.numeric:
                labels.append(cell)
        if not labels:
            continue
        unit_cell = next((sheet.rows[r][col] for col in units if sheet.rows[r][col] is not None), None)
        unit = token(unit_cell.text).unit if unit_cell is not None else label(labels[-1].text).unit
        for col in values:
            value_cell = sheet.rows[r][col]
            if value_cell is None or value_cell.row != r or value_cell.col_span > 1 or value_cell.row_span > 1:
                continue
            reading = token(value_cell.text).value
            if reading.exact is None:
                continue
            heading_unit = next((note for text in paths[col] if (note := label(text).unit)), None)
            printed = reading.unit or unit or heading_unit
            money = printed in MONEY_UNITS
            reading, refused = fit(reading, "money" if money else "change", printed if money else None)
            if refused is not None:
                continue
            names = [label(cell.text).core for cell in labels]
            if len(values) > 1:
                names += [label(text).core for text in paths[col]]
            found.append(
                Figure(
                    metric=f"local.{blake2s('/'.join(names).encode(), digest_size=5).hexdigest()}",
                    value=reading.value,
                    raw=value_cell.text,
                    meaning=reading.meaning,
                    source=Origin.TABLE,
                    evidence=" / ".join([*(cell.text.strip() for cell in labels), *paths[col]]),
                    unit="元" if money else printed,
                    table_no=table_no,
                    row=value_cell.row,
                    col=value_cell.col,
                )
            )
    return found
