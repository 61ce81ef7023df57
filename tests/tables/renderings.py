"""Reports' tables with random, correct figures, printed in the many ways in which pages print them.

`Sheet` is the table as it is meant: headings, rows with their parents, a text and a value for every cell. `render`
gives blocks as a reader would; the ways to print are drawn from a `random.Random`, so that a failing case can be
replayed by its seed. Wording that is not a label of an official form is our own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from parsers.forms import SUBTOTAL, Form, FormTable, Row, all_forms
from parsers.model import Block, Cell, Grid, Paragraph
from parsers.tables.splits import sums

Key = tuple[str, str, str]
APPLICANTS = ("natural_person", "business", "research", "social_welfare", "legal_service", "other")


@dataclass
class Body:
    """A printed row: merged parents with it, its own label, unit, and value cells as (key, printed text, value)."""

    parents: tuple[str, ...]
    label: str
    unit: str | None
    cells: list[tuple[Key | None, str, object]]
    row: Row | None = None


@dataclass
class Sheet:
    """One table: `heads` are rows of (text, rows, columns) as in HTML; `depth` label columns come first."""

    table: FormTable
    heads: list[list[tuple[str, int, int]]]
    depth: int
    width: int
    bodies: list[Body] = field(default_factory=list)
    title: str | None = None


def form(form_id: str) -> Form:
    return next(form for form in all_forms() if form.id == form_id)


def small(draw: random.Random) -> int:
    """A count as reports have them: mostly nothing, sometimes a lot."""
    return draw.choice([0, 0, 0, 0, 0, 0, draw.randint(1, 9), draw.randint(1, 30), draw.randint(1, 2000)])


# ---------------------------------------------------------------- figures that add up


def request_numbers(table: FormTable, draw: random.Random) -> dict[tuple[str, str], int]:
    leaves = [
        row.metric
        for row in table.rows
        if row.metric and row.metric.startswith("requests.outcome.") and row.metric != "requests.outcome.total"
    ]
    numbers: dict[tuple[str, str], int] = {}
    for who in APPLICANTS:
        quiet = who != "natural_person" and draw.random() < 0.7
        for leaf in leaves:
            numbers[str(leaf), who] = 0 if quiet or draw.random() < 0.6 else small(draw)
        total = sum(numbers[str(leaf), who] for leaf in leaves)
        numbers["requests.outcome.total", who] = total
        out = 0 if quiet else small(draw)
        carried = draw.randint(0, total + out) if draw.random() < 0.3 else 0
        numbers["requests.carried_out", who] = out
        numbers["requests.received.carried_in", who] = carried
        numbers["requests.received.new", who] = total + out - carried
    for row in table.rows:
        if row.metric:
            numbers[row.metric, "total"] = sum(numbers[row.metric, who] for who in APPLICANTS)
            numbers[row.metric, SUBTOTAL] = sum(numbers[row.metric, who] for who in APPLICANTS[1:])
    return numbers


def list_numbers(table: FormTable, draw: random.Random) -> dict[str, int]:
    numbers = {row.metric: small(draw) for row in table.rows if row.metric}
    metrics = set(numbers)
    for _ in range(3):
        for equation in sums():
            if (
                equation.scope == "metric"
                and len(equation.total) == 1
                and {*equation.total, *equation.parts} <= metrics
            ):
                numbers[equation.total[0]] = sum(numbers[part] for part in equation.parts)
    return {str(metric): number for metric, number in numbers.items()}


# ---------------------------------------------------------------- sheets


def requests_sheet(form_id: str, draw: random.Random, subtotal: bool = False, shuffled: bool = False) -> Sheet:
    table = next(t for t in form(form_id).tables if t.id == "requests")
    numbers = request_numbers(table, draw)
    inner = [c for c in table.columns if c.under and (subtotal or c.applicant != SUBTOTAL)]
    outer = [c for c in table.columns if not c.under]
    if shuffled:
        draw.shuffle(inner)
    total_last = not shuffled or draw.random() < 0.5
    columns = [outer[0], *inner, outer[1]] if total_last else [outer[1], outer[0], *inner]
    group = (draw.choice(table.column_groups[0]) if shuffled else "法人或其他组织", 1, len(inner))
    second = [("自然人", 2, 1), group, ("总计", 2, 1)] if total_last else [("总计", 2, 1), ("自然人", 2, 1), group]
    heads = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 1, len(columns)),
        ],
        second,
        [(c.label, 1, 1) for c in inner],
    ]
    sheet = Sheet(table, heads, 3, len(columns), title="三、收到和处理政府信息公开申请情况")
    labels = {row.cores[0]: row.label for row in table.rows} | {
        core: row.label for row in table.rows for core in row.cores
    }
    for row in table.rows:
        if not row.metric:
            continue
        cells: list[tuple[Key | None, str, object]] = []
        for column in columns:
            number = numbers[row.metric, column.applicant]
            key = None if column.applicant == SUBTOTAL else (row.metric, column.applicant, "year")
            cells.append((key, str(number), number))
        sheet.bodies.append(Body(tuple(labels[p] for p in row.parents), row.label, None, cells, row))
    return sheet


def article_sheets(form_id: str, draw: random.Random) -> list[Sheet]:
    sheets = []
    for table in form(form_id).tables:
        if not table.id.startswith("20_"):
            continue
        heads = [[("信息内容", 1, 1), *((c.label, 1, 1) for c in table.columns)]]
        sheet = Sheet(table, heads, 1, len(table.columns), title=table.title)
        for row in table.rows:
            cells: list[tuple[Key | None, str, object]] = []
            for column in table.columns:
                metric = row.cells[column.key]
                number = small(draw)
                text, value = str(number), number
                if metric == "procurement.central.amount":
                    text, value = f"{number}万元", number * 10000
                elif metric == "admin.fee.amount":
                    value = number * 10000
                elif metric.endswith("items_delta") and number and draw.random() < 0.4:
                    text, value = f"-{number}", -number
                cells.append(((metric, "total", "year"), text, value))
            sheet.bodies.append(Body((), row.label, None, cells, row))
        sheets.append(sheet)
    return sheets


def review_sheet(form_id: str, draw: random.Random) -> Sheet:
    table = next(t for t in form(form_id).tables if t.id == "review_litigation")
    numbers: dict[str, int] = {}
    for prefix in ("review", "litigation.direct", "litigation.after_review"):
        parts = [small(draw) for _ in range(4)]
        for name, number in zip(
            ("maintained", "corrected", "other", "pending", "total"), [*parts, sum(parts)], strict=True
        ):
            numbers[f"{prefix}.{name}"] = number
    five = [c.label for c in table.columns[:5]]
    heads = [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((label, 2, 1) for label in five), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(label, 1, 1) for label in five * 2],
    ]
    sheet = Sheet(table, heads, 0, 15, title="四、政府信息公开行政复议、行政诉讼情况")
    sheet.bodies.append(
        Body(
            (),
            "",
            None,
            [
                ((str(c.metric), "total", "year"), str(numbers[str(c.metric)]), numbers[str(c.metric)])
                for c in table.columns
            ],
        )
    )
    return sheet


def list_sheet(form_id: str, draw: random.Random) -> Sheet:
    table = form(form_id).tables[0]
    numbers = list_numbers(table, draw)
    columns = [c for c in table.columns if c.role in ("label", "unit", "value")]
    periods = [c.period for c in columns if c.role == "value"]
    names = {
        "year": "2013年度" if len(periods) > 1 else next(c.label for c in columns if c.role == "value"),
        "cumulative": "历年累计",
    }
    if form_id == "dingxi":
        names = {"year": "本期实际", "cumulative": "本年累计"}
    heads = [[(columns[0].label, 1, 1), ("单位", 1, 1), *((names[p], 1, 1) for p in periods)]]
    sheet = Sheet(table, heads, 1, 1 + len(periods), title="政府信息公开情况统计表")
    for row in table.rows:
        cells: list[tuple[Key | None, str, object]] = []
        for period in periods:
            if not row.metric:
                cells.append((None, draw.choice(["——", "", ""]), None))
                continue
            number = numbers[row.metric] * (1 if period == "year" else 3)
            value = number * 10000 if row.unit == "万元" else number
            cells.append(((row.metric, "total", period), str(number), value))
        sheet.bodies.append(Body((), row.label, (row.unit or "") if row.metric else "——", cells, row))
    return sheet


def truth(sheets: list[Sheet]) -> dict[Key, object]:
    """Every printed figure of the sheets."""
    return {key: value for sheet in sheets for body in sheet.bodies for key, _, value in body.cells if key is not None}


# ---------------------------------------------------------------- noise that changes no meaning


def noisy_label(text: str, draw: random.Random) -> str:
    if draw.random() < 0.35:
        at = draw.randint(0, len(text))
        text = text[:at] + draw.choice([" ", "\u3000", "\u00a0", "\n", "\n\n  ", "\u200b"]) + text[at:]
    if draw.random() < 0.2:
        text = text.replace("（", "(").replace("）", ")")
    if draw.random() < 0.2:
        text = text.replace("“", '"').replace("”", '"')
    if draw.random() < 0.2:
        text = text.replace("其他", "其它")
    if draw.random() < 0.15 and len(text) > 2 and text[1] == ".":
        text = text[0] + draw.choice(["．", "、", ". "]) + text[2:]
    return text


def noisy_value(text: str, value: object, draw: random.Random) -> tuple[str, object]:
    chance = draw.random()
    if value == 0 and chance < 0.08:
        return draw.choice(["", "\u00a0", "/", "-", "—", "无"]), None
    if chance < 0.16:
        return draw.choice([f" {text}", f"{text}\u00a0", f"\n{text}\n", f"\u3000{text}"]), value
    if chance < 0.2 and text.isdigit():
        return text.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}), value
    if chance < 0.23 and text.isdigit() and len(text) > 3:
        return f"{int(text):,}", value
    if chance < 0.25 and text.isdigit():
        return f"{text[0]} {text}", None  # two numbers in a cell
    return text, value


def with_noise(sheet: Sheet, draw: random.Random, labels: bool = True, values: bool = True) -> Sheet:
    bodies = [
        replace(
            body,
            parents=tuple(body.parents),
            label=noisy_label(body.label, draw) if labels else body.label,
            cells=[
                (key, *noisy_value(text, value, draw)) if values and key else (key, text, value)
                for key, text, value in body.cells
            ],
        )
        for body in sheet.bodies
    ]
    heads = [
        [(noisy_label(text, draw) if labels else text, rows, cols) for text, rows, cols in head] for head in sheet.heads
    ]
    return replace(sheet, bodies=bodies, heads=heads)


# ---------------------------------------------------------------- grids


def place(rows: list[list[tuple[str, int, int]]], cols: int | None = None) -> Grid:
    """Cells as HTML places them: from left to right into the positions that no cell from above covers."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for r, row in enumerate(rows):
        c = 0
        for text, high, wide in row:
            while (r, c) in taken:
                c += 1
            cells.append(Cell(r, c, text, min(high, len(rows) - r), wide))
            taken |= {(r + i, c + j) for i in range(high) for j in range(wide)}
            c += wide
    width = max((c for _, c in taken), default=0) + 1
    return Grid(tuple(cells), len(rows), max(width, cols or 0))


def body_rows(sheet: Sheet, bodies: list[Body]) -> list[list[tuple[str, int, int]]]:
    """Rows as HTML has them: parents merged downwards over their children."""
    rows: list[list[tuple[str, int, int]]] = []
    for i, body in enumerate(bodies):
        row: list[tuple[str, int, int]] = []
        for level, parent in enumerate(body.parents):
            path = body.parents[: level + 1]
            if i and bodies[i - 1].parents[: level + 1] == path:
                continue
            span = 1
            while i + span < len(bodies) and bodies[i + span].parents[: level + 1] == path:
                span += 1
            row.append((parent, span, 1))
        if sheet.depth:
            row.append((body.label, 1, max(1, sheet.depth - len(body.parents))))
        if body.unit is not None:
            row.append((body.unit, 1, 1))
        row.extend((text, 1, 1) for _, text, _ in body.cells)
        rows.append(row)
    return rows


def grid(sheet: Sheet, title: bool = False) -> Grid:
    rows = [[(sheet.title, 1, sheet.depth + sheet.width)]] if title and sheet.title else []
    return place([*rows, *sheet.heads, *body_rows(sheet, sheet.bodies)])


def one_grid(sheets: list[Sheet]) -> Grid:
    """Several tables printed as one, each below a title row, padded to the widest."""
    rows: list[list[tuple[str, int, int]]] = []
    wide = max(sheet.depth + sheet.width for sheet in sheets)
    for sheet in sheets:
        rows.append([(sheet.title or "", 1, wide)])
        spare = wide - sheet.depth - sheet.width
        for row in [*sheet.heads, *body_rows(sheet, sheet.bodies)]:
            text, high, cols = row[-1]
            rows.append([*row[:-1], (text, high, cols + spare)])
    return place(rows)


def pages(sheet: Sheet, draw: random.Random) -> list[Block]:
    """The table cut by a page break: headings repeated or not, parents repeated or not, a page number between."""
    at = draw.randint(1, max(1, len(sheet.bodies) - 1))
    upper, lower = sheet.bodies[:at], sheet.bodies[at:]
    first = place([*sheet.heads, *body_rows(sheet, upper)])
    repeated = draw.random() < 0.4
    rows = body_rows(sheet, lower)
    second = place([*(sheet.heads if repeated else []), *rows], None)
    between = draw.choice([[], [Paragraph("— 3 —")], [Paragraph("续表")], [Paragraph("第 4 页 共 6 页")]])
    return [first, *between, second] if lower else [first]


# ---------------------------------------------------------------- text


def cell_rows(sheet: Sheet, bodies: list[Body] | None = None) -> list[list[str]]:
    """The cells of each row as text extraction meets them: a merged cell once, nothing for the rows below it."""
    rows = [[text for text, _, _ in head] for head in sheet.heads]
    return rows + [[text for text, _, _ in row if text or sheet.depth] for row in body_rows(sheet, sheet.bodies)]


def as_lines(sheet: Sheet, blanks: bool) -> list[Block]:
    """One cell a line; blank cells kept as no-break spaces or lost."""
    cells = [cell for row in cell_rows(sheet) for cell in row]
    return [Paragraph(cell.strip() or "\u00a0") for cell in cells if blanks or cell.strip()]


def as_pipes(sheet: Sheet, outer: bool) -> list[Block]:
    lines = ["|".join(cell.replace("\n", " ") for cell in row) for row in cell_rows(sheet)]
    return [Paragraph(f"|{line}|" if outer else line) for line in lines]


def as_rows(sheet: Sheet, start: int = 0) -> list[Block]:
    """Cells that know their row, merged ones as blanks below."""
    out: list[Block] = []
    for n, row in enumerate(cell_rows(sheet)):
        out.extend(Paragraph(cell or "\u00a0", row=start + n) for cell in row)
    return out


def as_spaces(sheet: Sheet) -> list[Block]:
    return [Paragraph(" ".join(row)) for row in cell_rows(sheet)]


def collapsed(sheet: Sheet) -> str:
    return "".join(cell for row in cell_rows(sheet) for cell in row)


# ---------------------------------------------------------------- faults: what a reader must not be misled by

STATUTORY = ("statutory_2019", "statutory_2021")
LISTS = ("statistics_2014", "kunming_2014", "fujian_2011", "fujian_2014", "dingxi", "luan")
LOCAL_ROWS = (
    "9.属于本地另定情形",
    "政务服务便民热线受理数",
    "不同意公开数据",
    "书面申请件数",
    "其他事项办理",
    "本年度新增",
)
LOCAL_HEADS = ("上年数", "本级", "另一栏", "数额")


def any_sheets(draw: random.Random) -> list[Sheet]:
    """The tables of one report: the three statutory ones, or a list."""
    if draw.random() < 0.6:
        form_id = draw.choice(STATUTORY)
        requests = requests_sheet(form_id, draw, draw.random() < 0.2, draw.random() < 0.2)
        return [*article_sheets(form_id, draw), requests, review_sheet(form_id, draw)]
    return [list_sheet(draw.choice(LISTS), draw)]


def clean(sheet: Sheet, draw: random.Random) -> Sheet:
    return sheet


def rows_dropped(sheet: Sheet, draw: random.Random) -> Sheet:
    return replace(sheet, bodies=[body for body in sheet.bodies if draw.random() > 0.15])


def rows_added(sheet: Sheet, draw: random.Random) -> Sheet:
    bodies = list(sheet.bodies)
    for _ in range(draw.randint(1, 3)):
        if sheet.table.kind == "columns" or not bodies:
            break
        at = draw.randint(0, len(bodies))
        like = bodies[min(at, len(bodies) - 1)]
        cells: list[tuple[Key | None, str, object]] = [(None, str(small(draw)), None) for _ in like.cells]
        bodies.insert(at, Body(like.parents, draw.choice(LOCAL_ROWS), like.unit, cells))
    return replace(sheet, bodies=bodies)


def rows_moved(sheet: Sheet, draw: random.Random) -> Sheet:
    bodies = list(sheet.bodies)
    if sheet.table.kind != "list":
        draw.shuffle(bodies)
    return replace(sheet, bodies=bodies)


def cells_missing(sheet: Sheet, draw: random.Random) -> Sheet:
    bodies = []
    for body in sheet.bodies:
        at = draw.randrange(len(body.cells))
        short = draw.random() < 0.1 and len(body.cells) > 1
        bodies.append(replace(body, cells=[c for i, c in enumerate(body.cells) if i != at]) if short else body)
    return replace(sheet, bodies=bodies)


def cells_wrong(sheet: Sheet, draw: random.Random) -> Sheet:
    """Misprinted figures: they are figures all the same, but the sums fail."""
    bodies = []
    for body in sheet.bodies:
        cells: list[tuple[Key | None, str, object]] = []
        for key, text, value in body.cells:
            if key and text.isdigit() and draw.random() < 0.03:
                other = draw.choice([60, 10, draw.randint(1, 99)])
                in_ten_thousands = key[0] == "admin.fee.amount" or body.unit == "万元"
                cells.append((key, str(other), other * 10000 if in_ten_thousands else other))
            else:
                cells.append((key, text, value))
        bodies.append(replace(body, cells=cells))
    return replace(sheet, bodies=bodies)


def labels_misprinted(sheet: Sheet, draw: random.Random) -> Sheet:
    bodies = []
    for body in sheet.bodies:
        text = body.label
        if draw.random() < 0.12 and len(text) > 4:
            at = draw.randrange(2, len(text))
            text = text[:at] + draw.choice(["的", "关", "机", ""]) + text[at + draw.choice([0, 1]) :]
        bodies.append(replace(body, label=text))
    return replace(sheet, bodies=bodies)


def heads_lost(sheet: Sheet, draw: random.Random) -> Sheet:
    return replace(sheet, heads=[]) if draw.random() < 0.5 else sheet


def heads_renamed(sheet: Sheet, draw: random.Random) -> Sheet:
    heads = [
        [(draw.choice(LOCAL_HEADS) if draw.random() < 0.12 else text, high, wide) for text, high, wide in head]
        for head in sheet.heads
    ]
    return replace(sheet, heads=heads)


def heads_unmerged(sheet: Sheet, draw: random.Random) -> Sheet:
    return replace(sheet, heads=[[(text, 1, 1) for text, _, _ in head] for head in sheet.heads])


def labels_unmerged(sheet: Sheet, draw: random.Random) -> Sheet:
    return replace(heads_unmerged(sheet, draw), depth=min(sheet.depth, 1))


def parents_lost(sheet: Sheet, draw: random.Random) -> Sheet:
    return replace(sheet, bodies=[replace(body, parents=()) for body in sheet.bodies])


FAULTS = {
    fault.__name__: fault
    for fault in (
        clean, rows_dropped, rows_added, rows_moved, cells_missing, cells_wrong, labels_misprinted, heads_lost,
        heads_renamed, heads_unmerged, labels_unmerged, parents_lost,
    )
}  # fmt: skip


def as_grids(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return [grid(sheet, draw.random() < 0.5) for sheet in sheets]


def as_one_grid(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    article = [sheet for sheet in sheets if sheet.table.id.startswith("20_")]
    rest: list[Block] = [grid(sheet) for sheet in sheets if sheet not in article]
    return [one_grid(article), *rest] if article else rest


def as_pages(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return [block for sheet in sheets for block in (*pages(sheet, draw), Paragraph("下面继续说明有关工作情况。"))]


def _titled(sheets: list[Sheet], blocks: list[list[Block]]) -> list[Block]:
    return [
        block for sheet, own in zip(sheets, blocks, strict=True) for block in (Paragraph(sheet.title or "表"), *own)
    ]


def as_text_lines(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return _titled(sheets, [as_lines(sheet, True) for sheet in sheets])


def as_text_lines_without_blanks(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return _titled(sheets, [as_lines(sheet, False) for sheet in sheets])


def as_text_pipes(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return _titled(sheets, [as_pipes(sheet, draw.random() < 0.5) for sheet in sheets])


def as_text_rows(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return _titled(sheets, [as_rows(sheet, 100 * n) for n, sheet in enumerate(sheets)])


def as_text_spaces(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    return _titled(sheets, [as_spaces(sheet) for sheet in sheets])


def as_collapsed_text(sheets: list[Sheet], draw: random.Random) -> list[Block]:
    tables = "".join((sheet.title or "") + collapsed(sheet) for sheet in sheets)
    return [
        Paragraph(f"二、主动公开政府信息情况我局今年继续公开信息。{tables}五、存在的主要问题及改进情况一是队伍不强。")
    ]


PRINTS = {
    way.__name__: way
    for way in (
        as_grids, as_one_grid, as_pages, as_text_lines, as_text_lines_without_blanks, as_text_pipes, as_text_rows,
        as_text_spaces, as_collapsed_text,
    )
}  # fmt: skip
WITHOUT_CELL_BORDERS = ("as_text_spaces", "as_collapsed_text")


def report(seed: int, way: str, fault: str) -> tuple[list[Block], dict[Key, object]]:
    """The blocks of a report drawn from a seed, and the figures that they print (None where none can be read)."""
    draw = random.Random(f"{seed} {way} {fault}")
    sheets = [FAULTS[fault](sheet, draw) for sheet in any_sheets(draw)]
    if way not in WITHOUT_CELL_BORDERS and draw.random() < 0.7:
        sheets = [with_noise(sheet, draw) for sheet in sheets]
    blocks = PRINTS[way](sheets, draw)
    prose = Paragraph("我局按照要求公开政府信息，现将情况报告如下。")
    return [prose, *blocks, Paragraph("六、其他需要报告的事项：无。")], truth(sheets)
