"""From the pages of a PDF or a scan to blocks: tables, running text, and what belongs together over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from parsers.model import Block, Cell, Grid, Paragraph
from parsers.readers.aligned import Columns, find_aligned
from parsers.readers.columns import Strip, find_strips, rows_side_by_side
from parsers.readers.grids import captioned, compressed, snapped
from parsers.readers.lattice import Box, Lattice, Stroke, find_lattices, is_covered
from parsers.readers.typeset import (
    Glyph,
    Line,
    Margins,
    cell_lines,
    glue,
    is_numbered,
    lines_of,
    margins_of,
    pieces_of,
    rows_of,
    starts_paragraph,
)
from parsers.readers.unruled import UnruledTable, find_unruled

TOLERANCE = 2.5  # points that strokes of one table may miss each other by
MIN_FIELD = 5.0  # points: an empty field narrower than this is the gap of a double line
EDGE_SLACK = 6.0  # points that the outline of a table may move from page to page
NARROW_GAP = 0.35  # characters: cells of a table set without lines may stand as close
_LEAST_ROWS_OF_A_FRAME = 3  # of a table whose columns nothing divides
BAND = 0.095  # share of the page height in which headers and footers stand


@dataclass(slots=True)
class PageContent:
    """A page in points from its upper left corner, as it is shown (rotation applied)."""

    number: int  # from 1
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Stroke] = field(default_factory=list)
    vertical: list[Stroke] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    unmapped: int = 0  # characters without a Unicode value
    invisible: int = 0  # characters of an invisible text layer, as scanners write
    slanted: int = 0  # characters set at an angle, or pale: watermarks
    hidden: int = 0  # characters in the colour of their ground, or with something painted over them
    paths: int = 0
    cut: bool = False  # more objects than a page may have
    struck: int = 0  # characters struck out, which are deletions
    side_by_side: int = 0  # rows of text side by side that are no columns for certain


@dataclass(frozen=True, slots=True)
class _TableCell:
    row: int
    end_row: int
    left: float
    right: float
    text: str
    full: bool = False  # the last line of the text reaches the right edge


@dataclass(slots=True)
class _Table:
    page: int
    box: Box
    cells: list[_TableCell]
    rows: int
    ragged: bool = False
    stitched: bool = False
    unruled: bool = False
    grid: Grid | None = None  # of a table of a form that was read by its alignment


_Item = Line | _Table


@dataclass(frozen=True, slots=True)
class _Foot:
    """What may go on from the foot of one page to the next: text in columns, and a table without ruling lines."""

    strip: Strip | None = None
    columns: Columns | None = None


@dataclass(slots=True)
class Layout:
    """The blocks of the pages; `ragged` are the pages of tables with odd ruling lines, `struck` counts deletions."""

    blocks: tuple[Block, ...]
    ragged: list[int] = field(default_factory=list)
    unruled: list[int] = field(default_factory=list)  # pages of tables that were read by their columns alone
    struck: int = 0
    side_by_side: list[int] = field(default_factory=list)  # pages with text side by side whose order is not certain


def lay_out(pages: Sequence[PageContent]) -> Layout:
    """Read the pages in order."""
    upright_pages = [upright(page) for page in pages]
    flow: list[tuple[PageContent, list[_Item]]] = []
    foot = _Foot()
    for page in upright_pages:
        items, foot = _page_items(page, foot)
        flow.append((page, items))
    _drop_furniture(flow)
    _settle_single_fields(flow)
    tables = _stitch(flow)
    blocks = captioned(tuple(_blocks(flow)))
    return Layout(
        blocks,
        [table.page for table in tables if table.ragged],
        [table.page for table in tables if table.unruled],
        sum(page.struck for page in upright_pages),
        [page.number for page in upright_pages if page.side_by_side],
    )


def upright(page: PageContent) -> PageContent:
    """The page turned so that most of its text stands upright: wide tables are often printed sideways."""
    turns = Counter(glyph.turn for glyph in page.glyphs)
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn == 0 or turns[turn] < 0.6 * len(page.glyphs):
        return page

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        if turn == 1:  # reading downwards
            return top, page.width - right, bottom, page.width - left
        if turn == 3:  # reading upwards
            return page.height - bottom, left, page.height - top, right
        return page.width - right, page.height - bottom, page.width - left, page.height - top

    glyphs = [Glyph(g.text, *box(g.left, g.top, g.right, g.bottom), (g.turn - turn) % 4) for g in page.glyphs]
    strokes = [box(s.start, s.at, s.end, s.at) for s in page.horizontal]
    strokes += [box(s.at, s.start, s.at, s.end) for s in page.vertical]
    sideways = turn in (1, 3)
    return replace(
        page,
        width=page.height if sideways else page.width,
        height=page.width if sideways else page.height,
        glyphs=glyphs,
        horizontal=[Stroke(y0, x0, x1) for x0, y0, x1, y1 in strokes if y1 - y0 < x1 - x0],
        vertical=[Stroke(x0, y0, y1) for x0, y0, x1, y1 in strokes if y1 - y0 >= x1 - x0],
        pictures=[Box(*box(p.left, p.top, p.right, p.bottom)) for p in page.pictures],
    )


def _without_struck(page: PageContent) -> list[Glyph]:
    """The glyphs that no line crosses out. Tracked changes are printed so, the new text beside the old."""
    crossing = [
        stroke
        for stroke in page.horizontal
        if stroke.end - stroke.start < 0.9 * page.width
        and not any(
            column.start - TOLERANCE <= stroke.at <= column.end + TOLERANCE
            and stroke.start - TOLERANCE <= column.at <= stroke.end + TOLERANCE
            for column in page.vertical
        )
    ]
    if not crossing or len(crossing) * len(page.glyphs) > 10_000_000:
        return page.glyphs
    kept = []
    for glyph in page.glyphs:
        width, height = glyph.right - glyph.left, glyph.height
        struck = any(
            abs(stroke.at - glyph.y) < 0.22 * height
            and min(stroke.end, glyph.right) - max(stroke.start, glyph.left) > 0.8 * width
            for stroke in crossing
        )
        if struck and glyph.turn == 0 and glyph.text not in "一—–-－":
            page.struck += 1
        else:
            kept.append(glyph)
    return kept


def _page_items(page: PageContent, before: _Foot) -> tuple[list[_Item], _Foot]:
    """Tables and lines of one page in reading order, and what stands at its foot; `before` is the foot above it."""
    glyphs_left = _without_struck(page)
    lattices = find_lattices(page.horizontal, page.vertical, TOLERANCE)
    lattices = [lattice for lattice in lattices if len(lattice.cells) > 1 or _is_slip(lattice, lattices, page)]
    frames = [lattice for lattice in lattices if _lacks_columns(lattice, glyphs_left)]
    framed: list[list[Glyph]] = [[] for _ in frames]
    lattices = [lattice for lattice in lattices if lattice not in frames]
    inside: list[list[Glyph]] = [[] for _ in lattices]
    loose: list[Glyph] = []
    for glyph in glyphs_left:
        for lattice, held in zip([*lattices, *frames], [*inside, *framed], strict=True):
            if lattice.box.holds(glyph.x, glyph.y, 0.5):
                held.append(glyph)
                break
        else:
            loose.append(glyph)
    if lattices:
        lowest = max(range(len(lattices)), key=lambda index: lattices[index].box.bottom)
        if cut_off := _overflow(page, lattices[lowest], loose):
            inside[lowest] += cut_off
            loose = [glyph for glyph in loose if glyph not in cut_off]
    items: list[_Item] = []
    for lattice, glyphs in zip(lattices, inside, strict=True):
        if glyphs:
            items.append(_table(page.number, lattice, glyphs))
    flat = [glyph for glyph in loose if glyph.turn == 0]
    strips = find_strips(flat, [lattice.box for lattice in lattices], before.strip)
    columns: dict[tuple[int, int], list[_Item]] = {}  # strip and column -> its items
    across: list[_Item] = []  # what stands in no column
    for item in items:
        box = item.box if isinstance(item, _Table) else item
        _shelf(strips, (box.left + box.right) / 2, box.top, columns, across).append(item)
    texts: dict[tuple[int, int], list[Glyph]] = {}
    rest: list[Glyph] = []
    for glyph in flat:
        _shelf(strips, glyph.x, glyph.y, texts, rest).append(glyph)
    lines, aligned = _loose_items(page, rest, None, before.columns)
    across += lines
    for held in framed:
        lines, within = _loose_items(page, [glyph for glyph in held if glyph.turn == 0], None, before.columns)
        across += lines
        aligned = within or aligned
    for (strip, column), glyphs in texts.items():
        lines, _ = _loose_items(page, glyphs, strips[strip].columns[column], None)
        columns.setdefault((strip, column), []).extend(lines)
    ordered = [(_top(item), 0, item) for item in across]
    for (strip, column), found in columns.items():
        ordered += [(strips[strip].top, column, item) for item in sorted(found, key=_top)]
    ordered.sort(key=lambda entry: entry[:2])
    foot = strips[-1] if strips and strips[-1].bottom > (1 - 2 * BAND) * page.height else None
    return [item for _, _, item in ordered], _Foot(foot, aligned)


_Kept = TypeVar("_Kept")


def _shelf(
    strips: Sequence[Strip], x: float, y: float, columns: dict[tuple[int, int], list[_Kept]], across: list[_Kept]
) -> list[_Kept]:
    """Where what stands at a point is kept: the list of its column, or the one of what no column holds."""
    for index, strip in enumerate(strips):
        column = strip.column_of(x, y)
        if column is not None:
            return columns.setdefault((index, column), [])
    return across


def _loose_items(
    page: PageContent, glyphs: Sequence[Glyph], column: Margins | None, before: Columns | None
) -> tuple[list[_Item], Columns | None]:
    """The lines and the tables without ruling lines in a page or in one of its columns, and the last table's columns.

    `before` are the columns of such a table that may go on from the page before.
    """
    items: list[_Item] = []
    rows = rows_of(glyphs)
    taken: set[int] = set()
    tried = [find_aligned([pieces_of(row, gap) for row in rows], before) for gap in (0.9, NARROW_GAP)]
    aligned = max(tried, key=lambda found: found.figures)
    for table in aligned.tables:
        inside = [glyph for row in rows[table.start : table.end] for glyph in row]
        items.append(_Table(page.number, _box_of(inside), [], table.grid.rows, unruled=True, grid=table.grid))
        taken.update(range(table.start, table.end))
    for found in find_unruled(rows):
        if not taken.intersection(range(found.start, found.end)):
            items.append(_unruled_table(page.number, found, rows))
            taken.update(range(found.start, found.end))
    left = [row for index, row in enumerate(rows) if index not in taken]
    page.side_by_side += rows_side_by_side(left)
    items += lines_of((glyph for row in left for glyph in row), column)
    return items, aligned.columns


def _box_of(glyphs: Sequence[Glyph]) -> Box:
    return Box(
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
    )


def _overflow(page: PageContent, lattice: Lattice, loose: Sequence[Glyph]) -> list[Glyph]:
    """What stands below the foot of a table that the end of the page cut through, and belongs into its last cells.

    A browser cuts a merged cell anywhere and closes it on the next page: the cell has no line below. Taken are rows
    of print right below the foot whose characters all lie under such cells.
    """
    foot = lattice.box.bottom
    closing = [stroke for stroke in page.horizontal if abs(stroke.at - foot) <= TOLERANCE]
    cells = [cell.box for cell in lattice.cells if cell.end_row == len(lattice.ys) - 1]
    open_cells = [box for box in cells if not is_covered(closing, foot, box.left, box.right, TOLERANCE)]
    found: list[Glyph] = []
    if not open_cells:
        return found
    for row in rows_of(glyph for glyph in loose if glyph.turn == 0 and glyph.y > foot):
        near = min(glyph.top for glyph in row) - foot < 0.8 * max(glyph.height for glyph in row)
        if not near or not all(any(box.left < glyph.x < box.right for box in open_cells) for glyph in row):
            break
        if not any("\u4e00" <= letter <= "\u9fff" for glyph in row for letter in glyph.text):
            break  # figures alone can be the page's number: not taken into a cell
        found += row
        foot = max(glyph.bottom for glyph in row)
    return found


def _unruled_table(page: int, found: UnruledTable, rows: Sequence[Sequence[Glyph]]) -> _Table:
    glyphs = [glyph for row in rows[found.start : found.end] for glyph in row]
    box = Box(found.edges[0], min(g.top for g in glyphs), found.edges[-1], max(g.bottom for g in glyphs))
    cells = [
        _TableCell(row, row + 1, found.edges[col], found.edges[col + 1], text)
        for row, line in enumerate(found.texts)
        for col, text in enumerate(line)
    ]
    return _Table(page, box, cells, len(found.texts), unruled=True)


def _top(item: _Item) -> float:
    return item.box.top if isinstance(item, _Table) else item.top


def _is_slip(lattice: Lattice, lattices: Sequence[Lattice], page: PageContent) -> bool:
    """A single field as low as a row of a table: perhaps a row that a page break cut off. Frames hold more."""
    low = lattice.box.bottom - lattice.box.top < 0.12 * page.height
    return low and not any(
        other is not lattice and lattice.box.holds(other.box.left, other.box.top, 1) for other in lattices
    )


def _lacks_columns(lattice: Lattice, glyphs: Sequence[Glyph]) -> bool:
    """Whether a frame holds lines between its rows alone, and most rows of print fall apart into columns."""
    if len(lattice.xs) > 2 or len(lattice.cells) < _LEAST_ROWS_OF_A_FRAME:
        return False
    rows = rows_of(glyph for glyph in glyphs if glyph.turn == 0 and lattice.box.holds(glyph.x, glyph.y, 0.5))
    return bool(rows) and sum(len(pieces_of(row, 0.9)) > 1 for row in rows) * 2 >= len(rows)


def _table(page: int, lattice: Lattice, glyphs: Sequence[Glyph]) -> _Table:
    """Put the glyphs into the cells; leave out the hair-thin fields between double lines."""
    by_field: dict[tuple[int, int], int] = {}
    for index, cell in enumerate(lattice.cells):
        for row in range(cell.row, cell.end_row):
            for col in range(cell.col, cell.end_col):
                by_field[row, col] = index
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        row = _field(lattice.ys, glyph.y)
        col = _field(lattice.xs, glyph.x)
        inside.setdefault(by_field[row, col], []).append(glyph)
    widest: dict[tuple[int, int], float] = {}  # how far the lines of cells with several lines reach, by columns
    for index, content in inside.items():
        cell = lattice.cells[index]
        if max(g.bottom for g in content) - min(g.top for g in content) > 1.6 * max(g.height for g in content):
            columns = (cell.col, cell.end_col)
            widest[columns] = max(widest.get(columns, 0.0), *(g.right for g in content))
    cells: list[_TableCell] = []
    for index, cell in enumerate(lattice.cells):
        box, content = cell.box, inside.get(index, [])
        thin = min(box.right - box.left, box.bottom - box.top) < MIN_FIELD
        if thin and not content:
            continue
        text = cell_lines(content, box.left, box.right)
        last = cell.end_row == len(lattice.ys) - 1  # of interest only where a page may end
        lines = lines_of(content) if content and last else []
        reach = widest.get((cell.col, cell.end_col), box.right)
        full = bool(lines) and (
            box.right - lines[-1].right < 1.6 * lines[-1].size or reach - lines[-1].right < lines[-1].size
        )
        cells.append(_TableCell(cell.row, cell.end_row, box.left, box.right, text, full))
    return _Table(page, lattice.box, cells, len(lattice.ys) - 1, lattice.ragged)


def _field(lines: Sequence[float], position: float) -> int:
    """Index of the field between two lines in which a position lies; the outermost ones beyond the ends."""
    low, high = 0, len(lines) - 2
    while low < high:
        middle = (low + high) // 2
        if position < lines[middle + 1]:
            high = middle
        else:
            low = middle + 1
    return low


# ---------------------------------------------------------------- headers and footers

_PAGE_NUMBER = re.compile(
    r"^[-–—―─－·•.\s]*(?:第\s*)?(?:[0-9０-９]{1,4}|[IVXivx]{1,6})\s*(?:页)?"
    r"(?:\s*[/／共,，]\s*(?:共\s*)?[0-9]{1,4}\s*页?)?[-–—―─－·•.\s]*$"
)


def _drop_furniture(flow: list[tuple[PageContent, list[_Item]]]) -> None:
    """Remove page numbers, and lines that stand at the same height of the margin on most pages."""
    seen: Counter[tuple[str, int]] = Counter()

    def key(line: Line) -> tuple[str, int]:
        return re.sub(r"[0-9]+", "#", line.text), round(line.y / 12)

    def in_band(page: PageContent, line: Line) -> bool:
        return line.y < BAND * page.height or line.y > (1 - BAND) * page.height

    for page, items in flow:
        seen.update({key(item) for item in items if isinstance(item, Line) and in_band(page, item)})
    needed = max(2, (len(flow) + 1) // 2)
    for page, items in flow:
        items[:] = [
            item
            for item in items
            if isinstance(item, _Table)
            or not in_band(page, item)
            or not (_PAGE_NUMBER.match(item.text) or seen[key(item)] >= needed)
        ]


# ---------------------------------------------------------------- tables over page breaks


def _settle_single_fields(flow: list[tuple[PageContent, list[_Item]]]) -> None:
    """A single field continues the table of the page before or begins that of the page after, else it is text."""
    for index, (_, items) in enumerate(flow):
        for position, item in enumerate(items):
            if not isinstance(item, _Table) or item.grid is not None or len(item.cells) > 1:
                continue
            before = flow[index - 1][1][-1:] if index and position == 0 else []
            after = flow[index + 1][1][:1] if index + 1 < len(flow) and position == len(items) - 1 else []
            if any(isinstance(other, _Table) and _same_outline(item, other) for other in before + after):
                continue
            text = " ".join(cell.text.replace("\n", "") for cell in item.cells)
            size = item.box.bottom - item.box.top
            if text:
                items[position] = Line(text, item.box.left, item.box.top, item.box.right, item.box.bottom, size)
        items[:] = [item for item in items if isinstance(item, Line) or item.cells or item.grid is not None]


def _same_outline(first: _Table, second: _Table) -> bool:
    if first.grid is not None or second.grid is not None:
        return False  # put together by their labels, later
    widths = (first.box.right - first.box.left, second.box.right - second.box.left)
    return abs(widths[0] - widths[1]) <= EDGE_SLACK and abs(first.box.left - second.box.left) <= 10 * EDGE_SLACK


def _with_open_side(before: _Table, part: _Table) -> _Table:
    """A part of a table with the merged cells on its left that fill the page, where no line was drawn around them.

    They are those that were open at the end of the page before, up to the left edge of the part.
    """
    missing = part.box.left - before.box.left
    if part.grid is not None or missing <= EDGE_SLACK or abs(part.box.right - before.box.right) > TOLERANCE:
        return part
    ending = [cell for cell in before.cells if cell.end_row == before.rows]
    beside = [cell for cell in ending if cell.right <= part.box.left + TOLERANCE]
    filled = sum(cell.right - cell.left for cell in beside)
    if abs(filled - missing) > TOLERANCE or any(
        cell.end_row - cell.row < 2 or _is_number(cell.text) or not cell.text for cell in beside
    ):
        return part
    sides = [_TableCell(0, part.rows, cell.left, cell.right, "") for cell in beside]
    return replace(part, box=replace(part.box, left=before.box.left), cells=[*sides, *part.cells])


def _stitch(flow: list[tuple[PageContent, list[_Item]]]) -> list[_Table]:
    """Join a table that ends a page with the one that begins the next page when their outlines agree."""
    tables: list[_Table] = []
    last: _Table | None = None  # the table that ended the page before
    for _, items in flow:
        if not items:
            continue
        first = items[0]
        if last is not None and isinstance(first, _Table):
            first = _with_open_side(last, first)
        if last is not None and isinstance(first, _Table) and _same_outline(last, first):
            _append(last, first)
            del items[0]
            if not items:
                continue
        tables += [item for item in items if isinstance(item, _Table)]
        last = items[-1] if isinstance(items[-1], _Table) else None
    return tables


_NUMERIC = re.compile(r"^[-−+]?[0-9０-９][0-9０-９,，.．\s%％]*(?:万元|元|件|条|个|次)?$")


def _is_number(text: str) -> bool:
    return bool(_NUMERIC.match(text))


def _append(table: _Table, after: _Table) -> None:
    """Continue a table with the part of it on the next page."""
    shift = table.box.left - after.box.left
    lines = [edge for cell in table.cells for edge in (cell.left, cell.right)]

    def moved(edge: float) -> float:
        edge += shift
        nearest = min(lines, key=lambda line: abs(line - edge), default=edge)
        return nearest if abs(nearest - edge) <= TOLERANCE else edge

    added = [replace(cell, left=moved(cell.left), right=moved(cell.right)) for cell in after.cells]
    head = _repeated_head(table, after)
    added = [replace(cell, row=cell.row - head, end_row=cell.end_row - head) for cell in added if cell.row >= head]
    rows = after.rows - head
    offset = table.rows
    ending = {_edges(cell): index for index, cell in enumerate(table.cells) if cell.end_row == table.rows}
    top = [cell for cell in added if cell.row == 0]
    bottom = [cell for cell in table.cells if cell.end_row == table.rows]
    if _is_split_row(bottom, top, ending):
        # The second lines of the cells of the last row stand on the new page.
        for cell in top:
            index = ending[_edges(cell)]
            above = table.cells[index]
            text = (above.text + cell.text) if cell.end_row > 1 else "\n".join(filter(None, (above.text, cell.text)))
            table.cells[index] = replace(above, text=text, full=cell.full, end_row=offset - 1 + cell.end_row)
        added = [cell for cell in added if cell.row > 0]
        offset -= 1
        rows_added = rows - 1
    else:
        merged: set[int] = set()
        for position, cell in enumerate(added):
            index = ending.get(_edges(cell), -1) if cell.row == 0 else -1
            if index >= 0 and _continues(table.cells[index], cell, top):
                above = table.cells[index]
                same = cell.text in ("", above.text)
                text = above.text if same else above.text + cell.text
                table.cells[index] = replace(above, text=text, end_row=offset + cell.end_row)
                merged.add(position)
        added = [cell for position, cell in enumerate(added) if position not in merged]
        rows_added = rows
    table.cells += [replace(cell, row=cell.row + offset, end_row=cell.end_row + offset) for cell in added]
    table.rows = offset + rows_added + (1 if offset < table.rows else 0)
    table.stitched = True
    table.ragged = table.ragged or after.ragged


def _edges(cell: _TableCell) -> tuple[int, int]:
    return round(cell.left / 4), round(cell.right / 4)


def _repeated_head(table: _Table, after: _Table) -> int:
    """How many rows at the top of the continuation repeat the head of the table."""
    for count in range(min(6, after.rows - 1), 0, -1):
        heads = []
        for part in (table, after):
            head = [cell for cell in part.cells if cell.row < count]
            if any(cell.end_row > count for cell in head):
                break
            heads.append([(cell.row, cell.end_row, re.sub(r"\s", "", cell.text)) for cell in head])
        if len(heads) < 2 or heads[0] != heads[1]:
            continue
        texts = [text for _, _, text in heads[0] if text]
        if texts and not any(map(_is_number, texts)):
            return count
    return 0


def _is_split_row(bottom: Sequence[_TableCell], top: Sequence[_TableCell], ending: dict[tuple[int, int], int]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    So when its cells have the same edges, and either one of the two is blank all over (the break left only padding)
    or only one of the two holds numbers, and a label of the upper one ran to the edge of its cell and goes on below.
    In a row without numbers that label must be the only text below, and have filled several lines above.
    """
    if not top or any(_edges(cell) not in ending for cell in top):
        return False
    by_edges = {_edges(cell): cell for cell in bottom}
    upper = [by_edges[_edges(cell)] for cell in top]
    low = [(above, cell) for above, cell in zip(upper, top, strict=True) if cell.end_row == 1]
    if not any(cell.text for _, cell in low) or not any(
        above.text for above, _ in low if above.end_row - above.row == 1
    ):
        return bool(low) and all(
            not above.text or not cell.text or _continues(above, cell, top)
            for above, cell in zip(upper, top, strict=True)
        )
    numbers = [sum(_is_number(cell.text) for cell in row) for row in (upper, top)]
    if min(numbers) > 0:
        return False
    pairs = [(above, cell) for above, cell in zip(upper, top, strict=True) if cell.text and above.text]
    halves = [(above, cell) for above, cell in pairs if cell.end_row == 1]
    if max(numbers) == 0 and not (
        len(halves) == 1 == sum(bool(cell.text) for _, cell in low) and "\n" in halves[0][0].text
    ):
        return False  # nothing tells the row's two halves from two rows, a label of several lines aside
    return (
        bool(halves)
        and all(above.full and not is_numbered(cell.text) for above, cell in halves)
        and not any(_is_number(cell.text) or _is_number(above.text) for above, cell in halves)
        and all(_continues(above, cell, top) for above, cell in pairs if cell.end_row > 1)
    )


def _continues(above: _TableCell, cell: _TableCell, top: Sequence[_TableCell]) -> bool:
    """Whether a cell at the top of a page is the rest of the merged label above it."""
    if not above.text or _is_number(above.text):
        return False
    beside = any(other.left >= cell.right - 1 and other.text and not _is_number(other.text) for other in top)
    tall = above.end_row - above.row > 1 or cell.end_row > 1
    if not cell.text:
        return tall or beside
    if _is_number(cell.text) or is_numbered(cell.text):
        return False
    return tall and beside and "\n" not in cell.text and (cell.text == above.text or len(cell.text) <= 8)


# ---------------------------------------------------------------- blocks


def _blocks(flow: list[tuple[PageContent, list[_Item]]]) -> Iterator[Block]:
    lines = [item for _, items in flow for item in items if isinstance(item, Line)]
    weights = Counter[float]()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    body_size = weights.most_common(1)[0][0] if weights else 10.0
    body = [line for line in lines if abs(line.size - body_size) < 0.25 * body_size]
    general = margins_of(body) or margins_of(lines)
    current: list[Line] = []

    def finish() -> Iterator[Paragraph]:
        if current:
            text = current[0].text
            for line in current[1:]:
                text = glue(text, line.text)
            yield Paragraph(text)
            current.clear()

    for _, items in flow:
        own = [
            item
            for item in items
            if isinstance(item, Line) and item.column is None and abs(item.size - body_size) < 0.25 * body_size
        ]
        margins = _page_margins(own, general, body_size)
        for item in items:
            if isinstance(item, _Table):
                yield from finish()
                grid = _grid(item)
                if grid is not None:
                    yield grid
                continue
            if current and starts_paragraph(current[-1], item, margins, body_size):
                yield from finish()
            current.append(item)
    yield from finish()


def _page_margins(lines: Sequence[Line], general: Margins | None, body_size: float) -> Margins:
    """The margins of one page: its own when it has many lines and they differ from the document's by a shift."""
    if general is None:
        left = min((line.left for line in lines), default=0.0)
        return Margins(left, max((line.right for line in lines), default=left + 1.0))
    own = margins_of(lines) if len(lines) >= 8 else None
    if own is None:
        return general
    left = general.left if 0 <= own.left - general.left < 3 * body_size else own.left
    right = general.right if 0 <= general.right - own.right < 3 * body_size else own.right
    return Margins(left, right)


def _grid(table: _Table) -> Grid | None:
    if table.grid is not None:
        return table.grid
    lines = snapped((edge for cell in table.cells for edge in (cell.left, cell.right)), 4.0)
    cells = [
        Cell(
            cell.row,
            lines[cell.left],
            cell.text,
            max(cell.end_row - cell.row, 1),
            max(lines[cell.right] - lines[cell.left], 1),
        )
        for cell in table.cells
    ]
    return compressed(cells, origin="stitched" if table.stitched else "table")
