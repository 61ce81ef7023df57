"""The rows of a grid below its header: labels, units and values of each, and which rows are no rows of a form."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.forms import APPLICANTS, FormTable
from parsers.model import Cell
from parsers.tables.headings import is_heading_row, plan_of, read_header
from parsers.tables.lexicon import Token, lexicon, token
from parsers.tables.sheet import Entry, Header, Match, Sheet, Spot
from parsers.tables.values import TEXT

_LEAST_FAILED_SUMS = 2
"""Rows whose sum fails before headings are held to stand over wrong columns."""


def centred(entries: Sequence[tuple[Entry, Token]], table: FormTable) -> set[str]:
    """Parents that stand beside a row which is not the first below them: rows above belong to them as well."""
    first: dict[str, str] = {}
    for row in table.rows:
        if row.parents:
            first.setdefault(row.parents[-1], row.cores[0])
    found = set()
    above: Token | None = None
    for entry, leaf in entries:
        for cell in entry.path[:-1]:
            parent = group_core(token(cell.text))
            own = {row.cores[0] for _, row in entry.rows if row.parents and row.parents[-1] == parent}
            # Printed once, unmerged, and behind a row that could be its own.
            if own and first[parent] not in own and cell.row_span == 1 and above is not None:
                found.add(parent)
        above = leaf
    return found


def drop_copies(header: Header, entries: Sequence[Entry]) -> None:
    """Keep one of the columns that a merged cell was copied into; if they differ in any row, they are two columns."""
    texts = [{c: cell.text.strip() for c, cell, _ in entry.cells} for entry in entries]
    for col in header.copies:
        if any(line.get(col, line.get(col - 1)) != line.get(col - 1) for line in texts):
            header.trusted = False
    if header.trusted:
        for col in header.copies:
            del header.slots[col]
        header.printed -= set(header.copies)
        header.plans = {}


def settle_order(header: Header, entries: Sequence[Entry]) -> bool:
    """Put the columns of applicants into the form's order where only that fits; whether it was done.

    A wrong width of the cell 法人或其他组织 pushes the headings below it over other columns. The sums decide: they fail
    in several rows under the headings as they stand, and hold in every row in the form's order.
    """
    cols = sorted(header.slots)
    printed = [header.slots[col] for col in cols]
    ordered = sorted(printed, key=lambda slot: slot[0][1].index)
    if not header.reordered or {slot[0][1].applicant for slot in printed} != set(APPLICANTS):
        return False
    places = [[slot[0][1].applicant for slot in slots] for slots in (printed, ordered)]
    failed = 0
    for entry in entries:
        by_col = {c: t for c, _, t in entry.cells}
        found = [by_col.get(col) for col in cols]
        if any(t is None or (not t.numeric and t.value is TEXT) for t in found):
            continue
        known = [t.value.value or 0 for t in found if t is not None]
        if not any(known):
            continue
        as_printed, as_formed = (2 * known[at.index("total")] == sum(known) for at in places)
        if not as_formed:
            return False
        failed += not as_printed
    if failed < _LEAST_FAILED_SUMS:
        return False
    paths = {slot[0][1].index: header.paths[col] for col, slot in header.slots.items()}
    header.slots = dict(zip(cols, ordered, strict=True))
    header.paths = header.paths | {col: paths[slot[0][1].index] for col, slot in header.slots.items()}
    header.plans = {}
    return True


def vote_for(entry: Entry, match: Match) -> None:
    """Count a row that was read for its forms."""
    match.matched = True
    votes, forms = plan_of(entry.header, entry.rows).votes, match.forms
    for form, count in votes.items():
        forms[form] += count
    for table, row in entry.rows:
        match.rows_seen[table.form, table.id].add(row.index)
        if entry.leaf is not None and entry.leaf.core == row.cores[0]:
            forms[table.form] += 1


def has_number(entry: Entry) -> bool:
    return any(t.numeric or (t.value_like and t.value is TEXT) for _, _, t in entry.cells)


def numbers_columns(entry: Entry) -> bool:
    """Whether a row without a label only numbers the columns: 1, 2, 3."""
    numbers = [t.plain for _, _, t in entry.cells if t.numeric]
    return (
        bool(numbers) and numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(numbers))) and len(numbers) > 1
    )


def only_columns(header: Header) -> bool:
    """Whether the headings alone name the metrics, as in the table of reviews and suits."""
    slots = (*header.slots.values(), *(slot for slot, _ in header.order))
    return bool(slots) and not any(table.rows for slot in slots for table, _ in slot)


def group_core(t: Token) -> str:
    return t.group or (t.rows[0][1].cores[0] if t.rows else t.core)


def is_caption(t: Token) -> bool:
    """Whether a label beside the one row of values of the table of reviews says only what the table is about."""
    return (
        t.filler
        or t.core in ("数量", "件数", "数", "本年度", "案件数", "单位件")
        or "复议" in t.core
        or "诉讼" in t.core
    )


def belongs(cell: Cell, entry: Entry) -> bool:
    """Whether a value cell stands in this row alone: not hanging down from above, not reaching below the label."""
    if cell.row_span == 1:
        return True
    if cell.row != entry.row:
        return False
    return not entry.path or cell.row_span <= entry.path[-1].row_span


def collect(sheet: Sheet) -> list[Entry]:
    """Split a grid into heading rows and rows that carry a label or values."""
    entries: list[Entry] = []
    header, start, last = Header(), -1, -2
    pending = complete = False
    for r in range(sheet.grid.rows):
        spots = sheet.distinct(r)
        own = [spot for spot in spots if spot[1].row == r]
        if not own:
            continue
        tokens = [t for _, _, t in own]
        # Below headings that no group divides a row of groups alone is one of the table, its values blank.
        blank_row = (complete if last == r - 1 else _is_crossed(header)) and all(t.group or t.blank for t in tokens)
        if not blank_row and (is_heading_row(tokens) or (last == r - 1 and _continues(tokens))):
            if last != r - 1:
                start, complete = r, False
            complete = complete or (any(t.columns for t in tokens) and not any(t.group for t in tokens))
            last, pending = r, True
            continue
        if pending:
            header, pending = read_header(sheet, start, last), False
        if _is_title(own, header, sheet.grid.cols):
            continue
        entries.extend(_entries_of(r, spots, header, sheet.grid.cols, entries[-1] if entries else None))
    return entries


def _is_crossed(header: Header) -> bool:
    """Whether the headings are the results of reviews and suits, whose groups are rows."""
    crossed = {id(table) for found in lexicon().crossed_columns.values() for table, _ in found}
    return bool(header.slots) and all(any(id(t) in crossed for t, _ in slot) for slot in header.slots.values())


def _is_title(own: list[Spot], header: Header, cols: int) -> bool:
    """Whether a row holds one text over the whole width that is no row of a form."""
    printed = [spot for spot in own if not spot[2].blank]
    if len(printed) != 1:
        return False
    col, cell, t = printed[0]
    if t.rows or t.numeric or t.unit is not None:
        return False
    return cell.col_span == cols > 1 or (col == 0 and len(own) > 1 and cell.col_span == 1 and not header.slots)


def _continues(tokens: Sequence[Token]) -> bool:
    """Whether a row below a heading holds weak headings only, such as 总计 and 其他."""
    printed = [t for t in tokens if not t.blank]
    return len(printed) > 1 and all(t.columns for t in printed)


def _entries_of(r: int, spots: list[Spot], header: Header, cols: int, above: Entry | None) -> list[Entry]:
    starts = sorted(c for c, role in header.roles.items() if role[0] == "label")
    if len(starts) > 1 and not header.slots:
        # Label, unit and number printed twice side by side.
        found = [
            _entry(r, [spot for spot in spots if start <= spot[0] < end], header, cols, None)
            for start, end in zip(starts, [*starts[1:], cols], strict=True)
        ]
        return [entry for entry in found if entry is not None]
    entry = _entry(r, spots, header, cols, above)
    return [entry] if entry is not None else []


def _entry(r: int, spots: list[Spot], header: Header, cols: int, above: Entry | None) -> Entry | None:
    path: list[Cell] = []
    leaf: Token | None = None
    unit: str | None = None
    boundary = min(header.slots) if header.slots and header.trusted else cols
    values: list[Spot] = []
    labels = _width_of_labels(spots)
    for n, spot in enumerate(spots):
        c, cell, t = spot
        if n < labels and (t.blank or (n == 0 and t.plain is not None)):
            continue  # blanks of labels taken apart, a running number
        if values and header.slots:
            values.append(spot)
            continue
        role = header.roles[c][0] if c in header.roles else ""
        if role in ("code", "remark"):
            continue
        if t.unit is not None and unit is None and all(other.blank for _, _, other in values):
            unit = t.unit
            values = [value for value in values if header.roles.get(value[0], ("", ""))[0] == "value"]
        elif not t.value_like and t.unit is None and not values and c < boundary:
            path.append(cell)
            leaf = t
        elif (
            c < boundary
            and not values
            and not (role == "unit" and t.numeric)
            and (role in ("unit", "label") or (leaf is None and (boundary < cols or t.blank)))
        ):
            continue  # blank label cells, —— for no unit, a running number in front of the label
        else:
            values.append(spot)
    if len(path) > 1 and leaf is not None and _is_parent(leaf, token(path[-2].text)):
        path[-2:] = [path[-1], path[-2]]  # a row that merged cells pushed to the left of its group's label
        leaf = token(path[-1].text)
    if leaf is None and unit is not None and above is not None and above.header is header and _has_units(above):
        path, leaf = above.path, above.leaf  # the second row under one label prints no label of its own
    if (
        leaf is None
        and len(spots) == len(header.order)
        and only_columns(header)
        and all(t.value_like for _, _, t in spots)
    ):
        values = list(spots)  # a value for each heading: the blanks in front are values too
    if leaf is None and all(t.blank for _, _, t in values):
        return None
    return Entry(r, header, path, leaf, values, unit)


def _is_parent(group: Token, label: Token) -> bool:
    """Whether one label is that of the group that the row of another one belongs to, on one and the same form."""
    return any(
        mine is other and row.parents and row.parents[-1] in parent.cores
        for mine, row in label.rows
        for other, parent in group.rows
    )


def _width_of_labels(spots: Sequence[Spot]) -> int:
    """Cells up to the last label of a form in a row, when only labels, blanks and a running number stand before it."""
    width = 0
    for n, (_, _, t) in enumerate(spots):
        if t.rows and t.unit is None:
            width = n
        elif t.value_like and not t.blank and not (n == 0 and t.plain is not None):
            break
    return width


def _has_units(entry: Entry) -> bool:
    """Whether the form has the row's label several times, with different units."""
    return entry.leaf is not None and len({row.unit for _, row in entry.leaf.rows}) > 1
