"""Tables of a report: stitched, matched to the forms, and read into figures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.forms import APPLICANTS, Row, all_forms
from parsers.labels import label, squeeze
from parsers.model import Block, Figure, Finding, Grid, Meaning, Paragraph, Severity
from parsers.tables.flattened import rebuild
from parsers.tables.generic import read_unknown
from parsers.tables.grids import GridReader
from parsers.tables.lexicon import token
from parsers.tables.sheet import Match
from parsers.tables.stitch import stitch

_MONEY_NOTE = re.compile(r"(?:金额)?单位[:为]?(?:人民币)?(亿元|百万元|万元|千元|百元|元)")
_LONGEST_ROW = 300
_LEAST_ROWS_LEFT = 4
_LEAST_LABEL = 5  # characters of a label that is not found in other words by chance
_SENTENCE = re.compile(r"[。；！？]")
# A label and, behind it, a divider or white space, a unit perhaps, and a number: 规章,2,0,3 │规章 │2 │ 规章：2
_ROW_IN_TEXT = re.compile(
    r"[\s|│┃+,;]{0,20}(?:\d{1,3}[\s|│,;])?[\s|│,;]{0,20}((?:\d{1,2}[.．、])?[^|│┃\d,;\s][^|│┃+,;]{1,60}?)[\s|│┃+,;:：…·]{1,90}(?:[^\d\s|│┃+,;]{1,4}[\s|│┃+,;]{1,20})?\d"
)
# Findings about numbers that are printed and were not read: a form with one of them is not blank.
_UNREAD_NUMBERS = frozenset(["cells.uncertain", "cells.undivided", "row.unknown", "row.ambiguous"])


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a document say.

    `blocks` are the document's blocks with rebuilt and stitched tables in place of their parts; `tables` are its grids
    in order (`Figure.table_no` is the index). `form` is the id of the form that most cells belong to, None when no
    table is one. `blank_form` is True for a form that nobody filled in: its figures are blank, all of them.
    """

    blocks: tuple[Block, ...]
    tables: tuple[Grid, ...]
    form: str | None
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    blank_form: bool


def read_tables(blocks: Sequence[Block]) -> TableReading:
    """Find, rebuild, stitch and read the tables among the blocks of a document."""
    findings: list[Finding] = []
    blocks = stitch(rebuild(blocks, findings), findings)
    tables = tuple(block for block in blocks if isinstance(block, Grid))
    reader = GridReader()
    matches: list[Match] = []
    notes = _money_notes(blocks)
    for number, grid in enumerate(tables):
        match = reader.read(grid, number, notes[number])
        matches.append(match)
        findings.extend(match.findings)
    findings.extend(_rows_in_text(blocks))
    votes: Counter[str] = Counter()
    for match in matches:
        votes.update(match.forms)
    form = votes.most_common(1)[0][0] if votes else None
    figures = _first_of_each([figure for match in matches for figure in match.figures], findings)
    figures = _without_pushed_rows(figures, findings)
    findings.extend(_swapped_columns(figures))
    printed = any(figure.meaning not in (Meaning.BLANK, Meaning.NOT_APPLICABLE) for figure in figures)
    unread = any(finding.code in _UNREAD_NUMBERS for match in matches for finding in match.findings)
    blank_form = form is not None and not printed and not unread and not any(match.values for match in matches)
    if not blank_form:
        if form is not None:
            findings.extend(_missing(form, matches, blocks))
        for number, (grid, match) in enumerate(zip(tables, matches, strict=True)):
            if match.matched:
                continue
            known = _known_rows(grid)
            if known and (form is not None or len(known) >= _LEAST_ROWS_LEFT):
                findings.append(
                    Finding(
                        "table.unmatched",
                        Severity.WARNING,
                        f"Table {number} has rows of a form, but no headings that tell what its numbers are.",
                        {"table_no": number, "rows": known},
                    )
                )
            else:
                figures.extend(read_unknown(grid, number, findings))
    return TableReading(tuple(blocks), tables, form, tuple(figures), tuple(findings), blank_form)


def _rows_in_text(blocks: Sequence[Block]) -> list[Finding]:
    """A finding when rows of a form are left in the text: a table in a shape that nothing here takes for one."""
    found = []
    for block in blocks:
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_ROW or _SENTENCE.search(block.text):
            continue
        start = _ROW_IN_TEXT.match(block.text)
        if start and any(row.metric or row.cells for _, row in token(start[1]).rows):
            found.append(start[1].strip())
    if len(found) < _LEAST_ROWS_LEFT:
        return []
    return [
        Finding(
            "table.missing",
            Severity.WARNING,
            f"{len(found)} lines of the text are rows of a form and were not read as a table.",
            {"rows": found[:50]},
        )
    ]


def _money_notes(blocks: Sequence[Block]) -> list[str | None]:
    """For each grid the money unit of a note (单位：万元) in its title, its first rows or the line above it."""
    notes: list[str | None] = []
    above = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            above = block.text
            continue
        texts = [
            above,
            block.caption or "",
            *(cell.text for cell in block.cells if cell.row < 2 and len(cell.text) < 60),
        ]
        found = {note[1] for text in texts if len(text) < 60 and (note := _MONEY_NOTE.search(squeeze(text)))}
        notes.append(found.pop() if len(found) == 1 else None)
        above = ""
    return notes


def _without_pushed_rows(figures: list[Figure], findings: list[Finding]) -> list[Figure]:
    """The figures without the values of rows of the request table that lost a cell and moved to the left.

    Such a row has nothing under 总计, where the other rows have a number, and under 其他 the sum of what stands before:
    more, if the missing cell held a number.
    """
    rows: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.metric.startswith("requests.") and figure.table_no is not None:
            rows[figure.metric][figure.applicant] = figure
    full = {metric: cells for metric, cells in rows.items() if len(cells) == len(APPLICANTS)}
    sums = {metric: sum(f.value or 0 for who, f in cells.items() if who != "total") for metric, cells in full.items()}
    open_ = {metric for metric, total in sums.items() if total and full[metric]["total"].meaning is Meaning.BLANK}
    pushed = {metric for metric in open_ if 2 * (full[metric]["other"].value or 0) >= sums[metric]}
    if not pushed or len(open_) * 2 > sum(map(bool, sums.values())):
        return figures
    for metric in sorted(pushed):
        first = full[metric]["natural_person"]
        findings.append(
            Finding(
                "cells.pushed",
                Severity.WARNING,
                f"Table {first.table_no}, row {first.row}: a cell is missing; 其他 may hold the 总计.",
                {"table_no": first.table_no, "row": first.row, "metric": metric},
            )
        )
    return [
        replace(f, value=None, meaning=Meaning.TEXT) if f.metric in pushed and f.meaning is not Meaning.BLANK else f
        for f in figures
    ]


def _swapped_columns(figures: Sequence[Figure]) -> list[Finding]:
    """Rows of the request table whose sum fails as printed and holds with 总计 and 其他 exchanged."""
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for figure in figures:
        if figure.metric.startswith("requests.") and figure.table_no is not None:
            rows[figure.metric][figure.applicant] = int(figure.value or 0)
    suspects = []
    for metric, cells in rows.items():
        if len(cells) == len(APPLICANTS):
            total, other = cells["total"], cells["other"]
            parts = sum(cells.values()) - total
            if parts == total:
                continue
            if parts - other + total != other:
                return []
            suspects.append(metric)
    if len(suspects) < 2:
        return []
    return [
        Finding(
            "column.swapped",
            Severity.WARNING,
            f"In {len(suspects)} rows of the request table the sum holds only with 总计 and 其他 exchanged.",
            {"metrics": suspects},
        )
    ]


def _known_rows(grid: Grid) -> list[str]:
    """Printed labels of a table that are rows of a form and have a number beside them, if they are the most of it."""
    rows = {cell.row for cell in grid.cells if any(c.isdigit() for c in cell.text) and token(cell.text).value_like}
    found = [cell.text.strip() for cell in grid.cells if cell.row in rows and token(cell.text).rows]
    return found if len(found) * 2 >= len(rows) else []


def _first_of_each(figures: Sequence[Figure], findings: list[Finding]) -> list[Figure]:
    """One figure per metric, applicant and period; a later one that differs is a finding."""
    kept: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        first = kept.setdefault((figure.metric, figure.applicant, figure.period), figure)
        if first is not figure and (first.value, first.meaning) != (figure.value, figure.meaning):
            findings.append(
                Finding(
                    "figure.repeated",
                    Severity.WARNING,
                    f"{figure.metric} ({figure.applicant}) is printed twice: "
                    f"{first.raw.strip()!r}, later {figure.raw.strip()!r}.",
                    {
                        "metric": figure.metric,
                        "applicant": figure.applicant,
                        "period": figure.period,
                        "first": [first.table_no, first.row, first.col],
                        "later": [figure.table_no, figure.row, figure.col],
                    },
                )
            )
    return list(kept.values())


def _missing(form_id: str, matches: Sequence[Match], blocks: Sequence[Block]) -> list[Finding]:
    """Rows of the form's tables that no grid holds.

    The statutory forms have all their rows everywhere. Of the other forms authorities leave rows out, so there only
    a row that the document prints weighs: with its number in the text, or beside numbers in a table.
    """
    form = next(form for form in all_forms() if form.id == form_id)
    seen: dict[str, set[int]] = defaultdict(set)
    columns_only: set[str] = set()
    for match in matches:
        for (form_name, table_id), rows in match.rows_seen.items():
            if form_name == form_id:
                seen[table_id] |= rows
        columns_only |= {figure.metric for figure in match.figures}
    found = []
    statutory = form_id.startswith("statutory")
    for table in form.tables:
        if table.kind == "columns":
            missing = [c.metric for c in table.columns if c.metric not in columns_only]
            if len(missing) == len(table.columns):
                found.append(
                    Finding(
                        "table.missing",
                        Severity.WARNING,
                        f"The report has no table {table.title}.",
                        {"form": form_id, "table": table.id},
                    )
                )
            elif missing:
                lost_columns = [c.label for c in table.columns if c.metric in missing]
                found.append(
                    Finding(
                        "table.rows_missing",
                        Severity.WARNING,
                        f"Table {table.title} lacks {len(missing)} of its columns: {', '.join(lost_columns[:5])}.",
                        {"form": form_id, "table": table.id, "columns": lost_columns},
                    )
                )
            continue
        lost = [row for row in table.rows if (row.metric or row.cells) and row.index not in seen[table.id]]
        printed = statutory or any(_is_printed(row, blocks) for row in lost)
        if lost and len(lost) == sum(1 for row in table.rows if row.metric or row.cells):
            found.append(
                Finding(
                    "table.missing",
                    Severity.WARNING,
                    f"The report has no table {table.title}.",
                    {"form": form_id, "table": table.id},
                )
            )
        elif lost:
            found.append(
                Finding(
                    "table.rows_missing",
                    Severity.WARNING if printed else Severity.INFO,
                    f"Table {table.title} lacks {len(lost)} rows: {', '.join(row.label for row in lost[:5])}.",
                    {"form": form_id, "table": table.id, "rows": [row.label for row in lost]},
                )
            )
    return found


def _is_printed(row: Row, blocks: Sequence[Block]) -> bool:
    """Whether a row that was not read stands in the text with a number behind its label."""
    for block in blocks:
        if not isinstance(block, Paragraph) or _SENTENCE.search(block.text):
            continue
        core = label(block.text[:_LONGEST_ROW]).core
        for own in row.cores:
            at = core.find(own) if len(own) >= _LEAST_LABEL else -1
            if at >= 0 and any(character.isdigit() for character in core[at + len(own) : at + len(own) + 6]):
                return True
    return False
