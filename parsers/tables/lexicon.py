"""What a printed cell can be, looked up once for every distinct text: a number, a unit, a known row, a known column."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from parsers.forms import Column, FormTable, Row, all_forms
from parsers.labels import LONGEST_LABEL, label, squeeze, unit_of, without_note
from parsers.model import Meaning
from parsers.tables.values import BLANK, TEXT, Value, read_value

_YEAR_COLUMN = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:数量?|统计数|情况|发生数)?$|20\d\d年1[至到]?12月(?:份)?$")
_CUMULATIVE_COLUMN = re.compile(r".{0,12}以来累计(?:数|总数)?$")
# Header cells that say nothing about the column below them.
_FILLERS = frozenset(["信息内容", "申请人情况", "项目", "内容", "类别", "指标", "事项", "申请情况"])
_RULE_NOTE = "本列数据的勾稽关系"
# Labels that stand for a column and, elsewhere, for a row: alone they make no header.
WEAK_COLUMNS = frozenset(
    ["其他", "总计", "合计", "小计", "企业", "维持", "纠正", "项目数量", "收费金额", "其他结果", "其他组织"]
)


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's text with every part it can play. `rows` and `columns` pair a form's table with its row or column."""

    text: str
    core: str
    enumerator: str
    value: Value
    unit: str | None  # the cell is a unit, or (note_unit) its bracket names one
    note_unit: str | None
    rows: tuple[tuple[FormTable, Row], ...]
    columns: tuple[tuple[FormTable, Column], ...]
    role: tuple[str, str] | None  # role and period of a column of a list
    group: str | None  # official core of a heading above columns
    filler: bool
    blank: bool = False  # nothing is printed
    numeric: bool = False  # a number is printed
    value_like: bool = False  # a number, nothing, a sign for not applicable, or digits that are no number
    plain: int | None = None  # a bare whole number of at least 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every known core of every form."""

    rows: dict[str, tuple[tuple[FormTable, Row], ...]]
    columns: dict[str, tuple[tuple[FormTable, Column], ...]]
    roles: dict[str, tuple[str, str]]
    groups: dict[str, str]  # spelling → official core
    lists: tuple[FormTable, ...]
    # Of the table of reviews and suits with its groups as rows: by official core of the group, by core of the result.
    crossed_rows: dict[str, tuple[tuple[FormTable, Row], ...]]
    crossed_columns: dict[str, tuple[tuple[FormTable, Column], ...]]


@cache
def lexicon() -> Lexicon:
    """Index the forms by core."""
    rows: dict[str, dict[tuple[str, str, int], tuple[FormTable, Row]]] = defaultdict(dict)
    columns: dict[str, dict[tuple[str, str, int], tuple[FormTable, Column]]] = defaultdict(dict)
    roles: dict[str, tuple[str, str]] = {}
    groups: dict[str, str] = {}
    lists = []
    crossed_rows: dict[str, list[tuple[FormTable, Row]]] = defaultdict(list)
    crossed_columns: dict[str, list[tuple[FormTable, Column]]] = defaultdict(list)
    for source in (table for form in all_forms() for table in form.tables):
        table = source
        groups.update({core: group[0] for group in table.column_groups for core in group})
        if table.kind == "columns":
            crossed = _crossed(table)
            for row in crossed.rows:
                crossed_rows[row.cores[0]].append((crossed, row))
            for column in crossed.columns:
                for core in column.cores:
                    crossed_columns[core].append((crossed, column))
            table = _turned(table)
            lists.append(table)
        elif table.kind == "list":
            lists.append(table)
        for row in table.rows:
            for core in row.cores:
                rows[core][table.form, table.id, row.index] = (table, row)
        for column in source.columns:
            for core in column.cores:
                if source.kind == "list":
                    roles.setdefault(core, (column.role, column.period))
                else:
                    columns[core][source.form, source.id, column.index] = (source, column)
    return Lexicon(
        {core: tuple(found.values()) for core, found in rows.items()},
        {core: tuple(found.values()) for core, found in columns.items()},
        roles,
        groups,
        tuple(lists),
        {core: tuple(found) for core, found in crossed_rows.items()},
        {core: tuple(found) for core, found in crossed_columns.items()},
    )


def _turned(table: FormTable) -> FormTable:
    """The table of reviews and suits as some authorities print it: its columns as rows, one number each."""
    headings: dict[tuple[str, ...], None] = {}
    for column in table.columns:
        for depth in range(1, len(column.parents) + 1):
            headings.setdefault(column.parents[:depth])
    spellings = {group[0]: group for group in table.column_groups}
    rows: list[Row] = []
    for path in headings:
        rows.append(Row(len(rows), path[-1], "", spellings.get(path[-1], (path[-1],)), path[:-1], None, None))
        rows.extend(
            Row(len(rows) + i, column.label, "", column.cores, column.parents, column.unit, column.metric)
            for i, column in enumerate(column for column in table.columns if column.parents == path)
        )
    return FormTable(table.form, table.id + "_turned", "list", table.title, tuple(rows), (), ())


def _crossed(table: FormTable) -> FormTable:
    """The table of reviews and suits with its groups as rows and their results as columns."""
    spellings = {group[0]: group for group in table.column_groups}
    columns: dict[str, Column] = {}
    cells: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for column in table.columns:
        own = columns.setdefault(
            column.cores[0], replace(column, index=len(columns), key=column.cores[0], parents=(), metric=None)
        )
        cells[column.parents][own.key] = str(column.metric)
    rows = [
        Row(n, path[-1], "", spellings.get(path[-1], (path[-1],)), path[:-1], "件", None, metrics)
        for n, (path, metrics) in enumerate(cells.items())
    ]
    return FormTable(table.form, table.id + "_crossed", "matrix", table.title, tuple(rows), tuple(columns.values()), ())


def role_of(core: str) -> tuple[str, str] | None:
    """The role and period that a header core gives to a column of a list, such as 2012年度 → value, year."""
    role = lexicon().roles.get(core)
    if role is None and _YEAR_COLUMN.match(core):
        return "value", "year"
    if role is None and _CUMULATIVE_COLUMN.match(core):
        return "value", "cumulative"
    return role


@lru_cache(maxsize=8192)
def token(text: str) -> Token:
    """Look a cell's text up."""
    value = read_value(text)
    if value.exact is not None or value is BLANK:
        number = value.value
        plain = number if isinstance(number, int) and not value.signed and value.unit is None else None
        return Token(
            text=text, core="", enumerator="", value=value, unit=None, note_unit=None, rows=(), columns=(), role=None,
            group=None, filler=False, blank=value is BLANK, numeric=value is not BLANK, value_like=True, plain=plain,
        )  # fmt: skip
    if len(text) > 4 * LONGEST_LABEL:
        return Token(text, "", "", TEXT, None, None, (), (), None, None, False)
    spelled = label(text)
    core, known = spelled.core, lexicon()
    rows = known.rows.get(core) or known.rows.get(without_note(core)) or _below_group(core)
    columns = known.columns.get(core) or known.columns.get(without_note(core), ())
    return Token(
        text=text,
        core=core,
        enumerator=spelled.enumerator,
        value=value,
        unit=unit_of(text),
        note_unit=spelled.unit,
        rows=rows,
        columns=columns,
        role=role_of(core),
        group=known.groups.get(core),
        filler=core in _FILLERS or core.lstrip("(").startswith(_RULE_NOTE),
        value_like=value.meaning is not Meaning.TEXT or (bool(core) and not core.strip("0123456789.()")),
    )


@cache
def _parents() -> tuple[str, ...]:
    rows = (pair for found in lexicon().rows.values() for pair in found if pair[0].kind == "matrix")
    return tuple({row.parents[-1] for _, row in rows if row.parents})


def _below_group(core: str) -> tuple[tuple[FormTable, Row], ...]:
    """The rows whose label is printed behind that of their group: 不予公开1.属于国家秘密, 无法提供—没有现成信息…"""
    if not core.startswith(_parents()):
        return ()
    found = []
    for parent in _parents():
        if core.startswith(parent):
            own = label(core[len(parent) :].lstrip("-—–:/·、,")).core
            rows = [pair for pair in lexicon().rows.get(own, ()) if pair[0].kind == "matrix"]
            found += [pair for pair in rows if pair[1].parents[-1:] == (parent,)]
    return tuple(found)


def is_single_character(text: str) -> bool:
    """Whether a line holds one Chinese character or bracket only, as vertical labels do."""
    word = squeeze(text)
    return len(word) == 1 and not word.isdigit()
