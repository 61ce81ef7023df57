"""The stretches of a stream that are tables, each divided into sections and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.labels import squeeze
from parsers.model import Cell, Grid
from parsers.tables.flattened.digits import cut_runs, take_run
from parsers.tables.flattened.laying import lay_headings, lay_line
from parsers.tables.flattened.pieces import TITLE, Line, Piece, Section
from parsers.tables.headings import leaf_order, resolve_column
from parsers.tables.lexicon import WEAK_COLUMNS, Token
from parsers.tables.sheet import Slot


def regions_of(pieces: list[Piece]) -> Iterator[list[Piece]]:
    region: list[Piece] = []
    for i, piece in enumerate(pieces):
        if piece.kind in ("head", "label", "value", "unit", "run") or (region and _is_cell_text(pieces, i)):
            region.append(piece)
            continue
        yield from _accepted(region)
        region = []
    yield from _accepted(region)


def _is_cell_text(pieces: list[Piece], i: int) -> bool:
    """Whether an unknown short text is a cell: the label of a row with a number, or a remark behind a number."""
    piece = pieces[i]
    if piece.kind != "text" or i == 0:
        return False
    following = pieces[i + 1 : i + 3]
    if following and following[0].kind == "unit":
        following = following[1:]
    if (
        following
        and following[0].kind in ("value", "run")
        and pieces[i - 1].kind in ("value", "run", "unit", "label", "text")
    ):
        return True
    return (
        len(piece.text) <= 12
        and not piece.token.enumerator
        and pieces[i - 1].kind == "value"
        and i + 1 < len(pieces)
        and pieces[i + 1].kind in ("label", "unit", "head")
    )


def _is_list_heading(piece: Piece) -> bool:
    t = piece.token
    return (
        piece.kind == "label"
        and bool(t.rows)
        and not t.columns
        and not t.group
        and all(table.kind == "list" and row.metric is None for table, row in t.rows)
    )


def _accepted(region: list[Piece]) -> Iterator[list[Piece]]:
    """The region without text of the prose at its ends, if it is a table."""
    # Headings of lists (一、主动公开情况) are headings of the prose too: before a statutory table they belong to it.
    lists = sum(1 for p in region if any(table.kind == "list" for table, _ in p.token.rows) and not p.token.columns)
    statutory = any(TITLE.fullmatch(squeeze(p.text)) for p in region) or (
        sum(1 for p in region if p.token.columns or p.token.group or (p.token.rows and p.kind == "label")) > 2 * lists
    )
    while region and (
        region[0].kind in ("value", "unit", "text", "run") or (statutory and _is_list_heading(region[0]))
    ):
        region = region[1:]
    while region and (region[-1].kind in ("text", "head") or (statutory and _is_list_heading(region[-1]))):
        region = region[:-1]
    labels = {p.token.core for p in region if p.kind == "label"}
    heads = [p for p in region if p.kind == "head" or p.token.group or p.token.columns]
    values = sum(1 for p in region if p.kind in ("value", "run"))
    rows = sum(1 for p in region if p.token.rows)
    if not region or values < 1 or len(labels) + len(heads) < 3 or (not heads and rows < 5):
        return
    if heads or rows >= 5:
        yield region


def grid_of(region: list[Piece], stated: set[int]) -> Grid:
    sections = _sections(region)
    cut_runs(sections, stated)
    depth = max((len(line.labels) for section in sections for line in section.lines if not section.is_list), default=1)
    cells: list[Cell] = []
    row = 0
    for section in sections:
        row = lay_headings(section, cells, row, max(depth, 1))
        for line in section.lines:
            lay_line(section, line, cells, row, max(depth, 1))
            row += 1
    cols = max((cell.col + cell.col_span for cell in cells), default=1)
    return Grid(tuple(cells), max(row, 1), cols, None, "flattened")


def _sections(region: list[Piece]) -> list[Section]:
    sections = [Section()]
    current: Line | None = None
    is_open = True  # headings are being read
    for piece in region:
        section = sections[-1]
        if _is_heading(piece, section, is_open):
            if not is_open:
                sections.append(section := Section())
                current, is_open = None, True
            section.heads.append(piece)
            continue
        if is_open:
            _close(section)
            is_open = False
        if piece.kind in ("label", "text", "head") and not (
            piece.kind == "text"
            and current
            and current.values
            and len(piece.text) <= 12
            and _is_remark(section, current)
        ):
            if (
                current is not None
                and not section.is_list
                and not current.values
                and current.run is None
                and piece.kind == "label"
            ):
                current.labels.append(piece.text)
                current.known = piece.token
                continue
            if current is not None and not section.is_list:
                _give_back_blanks(current, piece, len(section.order))
            current = Line([piece.text], piece.token)
            section.lines.append(current)
        elif piece.kind == "unit":
            if current is None or current.values or current.run is not None:
                current = Line([""], None, piece.text)
                section.lines.append(current)
            else:
                current.unit = piece.text
        else:
            if current is None:
                current = Line([])
                section.lines.append(current)
            if current.run is not None or (piece.kind == "run" and current.values):
                # More digits behind those of the row: they may be the next row's, so all of them stay together.
                current.run = " ".join([*current.values, *([current.run] if current.run else []), piece.text])
                current.values = []
            elif piece.kind == "run":
                take_run(section, current, piece.text)
            elif _is_empty_unit(section, current, piece.token):
                current.unit = piece.text
            elif not current.values and len(parts := piece.text.split()) == len(section.order) > 2:
                current.values = parts
            else:
                current.values.append(piece.text)
    if is_open:
        _close(sections[-1])
    return sections


def _is_empty_unit(section: Section, line: Line, t: Token) -> bool:
    """Whether an empty cell or a dash right behind the label stands for no unit: headings within a list have one."""
    has_units = any(role == "unit" for role, _ in section.roles)
    return has_units and line.unit is None and not line.values and bool(line.labels) and not t.numeric


def _is_remark(section: Section, line: Line) -> bool:
    return any(role == "remark" for role, _ in section.roles) and bool(line.values)


def _give_back_blanks(line: Line, piece: Piece, width: int) -> None:
    """Blank cells before a label stand for the merged labels above it, not for values of the row before."""
    deep = max((len(row.parents) for _, row in piece.token.rows), default=0)
    extra = len(line.values) - width
    if 0 < extra <= deep and all(not value.strip() for value in line.values[-extra:]):
        del line.values[-extra:]


def _is_heading(piece: Piece, section: Section, is_open: bool) -> bool:
    t = piece.token
    if piece.kind == "head" or t.group or (t.columns and t.core not in WEAK_COLUMNS):
        return True
    return is_open and bool(t.columns) and bool(section.heads) and not section.heads[-1].token.role


def _close(section: Section) -> None:
    tokens = [p.token for p in section.heads]
    if any(t.columns or t.group for t in tokens):
        section.order = _order(tokens)
    else:
        section.roles = [t.role or ("", "") for t in tokens if not TITLE.fullmatch(squeeze(t.text))]


def _order(tokens: Sequence[Token]) -> list[tuple[Slot, list[Token]]]:
    """The columns that headings in one stream announce: broken into rows so that every label finds its group."""
    heads = [t for t in tokens if t.columns or t.group]
    found: list[list[tuple[Slot, list[Token]]]] = []
    present = {t.group for t in heads if t.group}
    for first in range(1, len(heads) + 1):
        for second in range(min(first + 1, len(heads)), len(heads) + 1):
            rows = [row for row in (heads[:first], heads[first:second], heads[second:]) if row]
            paths = leaf_order(rows)
            if paths is None:
                continue
            order = [(resolve_column(path)[0], path) for path in paths]
            if not all(slot for slot, _ in order) or len({slot for slot, _ in order}) != len(order):
                continue
            if all(_stands_under(slot, path, present) for slot, path in order):
                found.append(order)
    distinct = {tuple(slot for slot, _ in order): order for order in found}
    return next(iter(distinct.values())) if len(distinct) == 1 else []


def _stands_under(slot: Slot, path: Sequence[Token], present: set[str]) -> bool:
    """Whether the groups above a column are the form's own, none missing that the headings have."""
    groups = {t.group for t in path if t.group}
    return any(
        groups <= {*column.parents, column.under} and (column.under in groups or column.under not in present)
        for _, column in slot
    )
