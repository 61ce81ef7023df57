"""The arithmetic that the forms promise (勾稽关系): loaded from data, evaluated on the figures of a table.

An identity is data (`parsers/data/identities.toml`). For a form it becomes statements: one per applicant column, per
row, per period, or one for the report. A statement is evaluated on the printed cells as they stand: blank and "/"
count as nothing, a cell that no single number can be read from makes the statement untestable unless what can be
read already contradicts it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from parsers.model import Check, Figure, Meaning, Origin, Outcome, Severity

DATA = "identities.toml"
FORMS = (
    "statutory_2019",
    "statutory_2021",
    "statistics_2014",
    "kunming_2014",
    "fujian_2011",
    "fujian_2014",
    "dingxi",
    "luan",
    "prose",
)
APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "social_welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
    "total": "总计",
}
PERIODS = {"year": "本年度", "cumulative": "历年累计"}
SCOPES = ("applicant", "row", "period", "once")

Number = int | float
Key = tuple[str, str, str]
"""A cell of the forms: metric, applicant, period."""

_SPELLED_OUT = 6  # a longer sum is shown by its addends that are not zero, each with its label
_CENT = 0.005


@dataclass(frozen=True, slots=True)
class ArithmeticIdentity:
    """An entry of the data file. Terms are metrics (columns in scope "row") with the prefixes "-" and "prev:"."""

    id: str
    forms: tuple[str, ...]
    scope: str
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    severity: Severity
    says: str
    source: Origin = Origin.TABLE

    @property
    def crosses_years(self) -> bool:
        """Whether a term comes from the report of the year before."""
        return any("prev:" in term for term in (*self.left, *self.right))


class Term(NamedTuple):
    """A cell that is added (sign 1) or subtracted (sign -1); `previous` takes it from the year before."""

    sign: int
    key: Key
    previous: bool = False


class Printed(NamedTuple):
    """A cell as the identities see it: `blank` counts as nothing, `value` is None if no single number can be read."""

    figure: Figure
    blank: bool
    value: Number | None
    word: str  # as shown in messages


@dataclass(frozen=True, slots=True)
class Statement:
    """One identity for one column, row or period. `where` names that column, row or period for people."""

    identity: ArithmeticIdentity
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    applicant: str | None
    metric: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The data file: identities, rows printed instead of one another, derived sums, short labels."""

    identities: tuple[ArithmeticIdentity, ...]
    instead: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]


@dataclass(slots=True)
class Side:
    """One side of a statement as read: the sum of its readable cells, the kinds of its cells, and its words."""

    cells: int
    total: Number = 0
    printed: int = 0  # cells with a number
    blank: int = 0
    unreadable: int = 0
    absent: int = 0  # the row or column is not in the table as read
    shown: str = "0"  # as people add it up: 60 + 61

    @property
    def unknown(self) -> int:
        return self.unreadable + self.absent


def parse_dictionary(text: str) -> Dictionary:
    """Read and validate the data file. Raises ValueError that names the identity and what is wrong with it."""
    data = tomllib.loads(text)
    unknown = data.keys() - {"instead", "derived", "labels", "identity"}
    if unknown:
        raise ValueError(f"{DATA}: unknown tables {sorted(unknown)}")
    labels = dict(data["labels"])
    identities = tuple(_parse_identity(entry, labels) for entry in data["identity"])
    seen: set[str] = set()
    for identity in identities:
        if identity.id in seen:
            raise ValueError(f"{DATA}: identity {identity.id} stands twice")
        seen.add(identity.id)
    return Dictionary(
        identities,
        {whole: tuple(parts) for whole, parts in data["instead"].items()},
        {whole: tuple(parts) for whole, parts in data["derived"].items()},
        labels,
    )


def _parse_identity(entry: dict[str, Any], labels: Mapping[str, str]) -> ArithmeticIdentity:
    name = f"{DATA}: identity {entry.get('id', entry)}"
    fields = {"id", "forms", "scope", "left", "relation", "right", "severity", "says"}
    if missing := fields - entry.keys():
        raise ValueError(f"{name} lacks {sorted(missing)}")
    if unknown := entry.keys() - fields - {"source"}:
        raise ValueError(f"{name} has unknown keys {sorted(unknown)}")
    if unknown := set(entry["forms"]) - set(FORMS):
        raise ValueError(f"{name} names unknown forms {sorted(unknown)}")
    if entry["scope"] not in SCOPES:
        raise ValueError(f"{name} has scope {entry['scope']!r}, not one of {SCOPES}")
    if entry["relation"] not in {"=", "<="}:
        raise ValueError(f"{name} has relation {entry['relation']!r}, neither = nor <=")
    known = labels.keys() if entry["scope"] != "row" else APPLICANTS.keys() | PERIODS.keys()
    for term in (*entry["left"], *entry["right"]):
        if _bare(term) not in known:
            raise ValueError(f"{name} names {term!r}, which has no label")
    if not entry["left"] or not entry["right"]:
        raise ValueError(f"{name} has an empty side")
    return ArithmeticIdentity(
        id=entry["id"],
        forms=tuple(entry["forms"]),
        scope=entry["scope"],
        left=tuple(entry["left"]),
        relation=entry["relation"],
        right=tuple(entry["right"]),
        severity=Severity(entry["severity"]),
        says=entry["says"],
        source=Origin(entry.get("source", "table")),
    )


def _bare(term: str) -> str:
    return term.removeprefix("-").removeprefix("prev:")


@cache
def dictionary() -> Dictionary:
    """Return the identities that come with the package."""
    return parse_dictionary((files("parsers") / "data" / DATA).read_text(encoding="utf-8"))


def label(metric: str) -> str:
    """Return the short label of a metric for messages, or its id when no identity names it."""
    return dictionary().labels.get(metric, metric)


# ---------------------------------------------------------------- figures by cell


Cells = Mapping[Key, Printed]


def index_figures(figures: Iterable[Figure], source: Origin = Origin.TABLE) -> dict[Key, Printed]:
    """Map each cell of the forms to what is printed there.

    A cell that stands in two places with different numbers is not readable as one number. A number printed beside a
    blank copy is the number.
    """
    index: dict[Key, Printed] = {}
    for figure in figures:
        if figure.source is source:
            key = (figure.metric, figure.applicant, figure.period)
            cell = _printed(figure)
            if key in index:
                cell = _merged(index[key], cell)
            index[key] = cell
    return index


def _printed(figure: Figure) -> Printed:
    if figure.meaning is _BLANK or figure.meaning is _NOT_APPLICABLE:
        return Printed(figure, True, 0, "")
    if figure.value is None or figure.meaning is _TEXT:
        return Printed(figure, False, None, f"“{figure.raw.strip()[:40]}”")
    return Printed(figure, False, figure.value, format_number(figure.value))


# Members looked up once: these comparisons are made for every cell of every report.
_BLANK, _NOT_APPLICABLE, _TEXT = Meaning.BLANK, Meaning.NOT_APPLICABLE, Meaning.TEXT


def _merged(first: Printed, second: Printed) -> Printed:
    if second.blank or (first.value is not None and first.value == second.value and not first.blank):
        return first
    if first.blank:
        return second
    return Printed(first.figure, False, None, f"“{first.figure.raw.strip()} | {second.figure.raw.strip()}”")


# ---------------------------------------------------------------- statements of a form


def statements(form: str, index: Cells, source: Origin = Origin.TABLE) -> tuple[Statement, ...]:
    """Return what the form promises about one year's figures, for the rows that its table prints."""
    return _statements(form, _variant(index), source)


def _variant(index: Cells) -> tuple[tuple[str, str], ...]:
    """Say which rows stand in for one another: for each such row "whole", "parts" or, as the form has it, "form"."""
    chosen = []
    for whole, parts in dictionary().instead.items():
        has_whole = _is_filled(whole, index)
        has_parts = any(_is_filled(part, index) for part in parts)
        chosen.append((whole, "form" if has_whole == has_parts else "whole" if has_whole else "parts"))
    return tuple(chosen)


def _is_filled(metric: str, index: Cells) -> bool:
    return any(
        (cell := index.get((metric, applicant, "year"))) is not None and not cell.blank for applicant in APPLICANTS
    )


@cache
def _statements(form: str, variant: tuple[tuple[str, str], ...], source: Origin) -> tuple[Statement, ...]:
    known = dictionary()
    swapped: dict[str, tuple[str, ...]] = {}
    for whole, choice in variant:
        parts = known.instead[whole]
        if choice == "parts":
            swapped[whole] = parts
        elif choice == "whole":
            swapped |= dict.fromkeys(parts, ()) | {parts[0]: (whole,)}
    rows: dict[str, None] = {}
    made: list[Statement] = []
    for identity in known.identities:
        if form not in identity.forms or identity.crosses_years or identity.source is not source:
            continue
        sides = [
            [metric for term in side for metric in swapped.get(term, (term,))]
            for side in (identity.left, identity.right)
        ]
        match identity.scope:
            case "applicant":
                rows |= dict.fromkeys([*sides[0], *sides[1]])
                made += [_statement(identity, sides, applicant=applicant) for applicant in APPLICANTS]
            case "period":
                made += [_statement(identity, sides, period=period) for period in PERIODS]
            case "once":
                made.append(_statement(identity, sides))
            case _:
                made += [
                    Statement(
                        identity,
                        tuple(Term(1, (row, column, "year")) for column in identity.left),
                        tuple(Term(1, (row, column, "year")) for column in identity.right),
                        None,
                        row,
                        label(row),
                    )
                    for row in rows
                ]
    return tuple(made)


def _statement(
    identity: ArithmeticIdentity,
    sides: Sequence[Sequence[str]],
    *,
    applicant: str | None = None,
    period: str | None = None,
) -> Statement:
    left, right = (
        tuple(
            Term(
                -1 if term.startswith("-") else 1,
                (_bare(term), applicant or "total", period or "year"),
                "prev:" in term,
            )
            for term in side
        )
        for side in sides
    )
    where = APPLICANTS[applicant] if applicant else PERIODS[period] if period else ""
    return Statement(identity, left, right, applicant, None, where)


@cache
def cross_year_statements(form: str) -> tuple[Statement, ...]:
    """Return what the form promises about this year's figures and those of the year before, cumulative rows aside."""
    made: list[Statement] = []
    for identity in dictionary().identities:
        if form not in identity.forms or not identity.crosses_years or identity.scope == "row":
            continue
        sides = (identity.left, identity.right)
        if identity.scope == "applicant":
            made += [_statement(identity, sides, applicant=applicant) for applicant in APPLICANTS]
        else:
            made.append(_statement(identity, sides))
    return tuple(made)


# ---------------------------------------------------------------- evaluation


def read_side(terms: Sequence[Term], index: Cells, previous: Cells | None = None) -> Side:
    """Add up the readable cells of one side. A long sum is shown without its zeros and with the labels of the rest."""
    side = Side(len(terms))
    long = side.cells > _SPELLED_OUT
    before = index if previous is None else previous
    words: list[str] = []
    for sign, key, is_previous in terms:
        cell = (before if is_previous else index).get(key)
        if cell is None:
            side.absent += 1
            word = "—"
        elif cell.blank:
            side.blank += 1
            continue
        elif cell.value is None:
            side.unreadable += 1
            word = cell.word
        else:
            side.printed += 1
            if long and not cell.value:
                continue
            side.total += sign * cell.value
            word = cell.word
        if long:
            word = f"{word}（{label(key[0])}）"
        words.append(word if sign > 0 else f"− {word}")
    if words:
        side.shown = " + ".join(words).replace("+ − ", "− ")
    return side


def judge(
    relation: str, left: Side, right: Side, *, counts: bool = True, blanks_are_zero: bool = False
) -> tuple[Outcome, str]:
    """Compare two sides. The second value is the reason when the statement cannot be tested, else empty.

    `counts` says that no cell can be negative: then a readable part that is too large on one side contradicts the
    other side whatever the unreadable cells hold. A sum beside parts that are all blank is not tested unless
    `blanks_are_zero`: then the table has filled in the same parts elsewhere.
    """
    if left.printed + right.printed == 0:
        if left.unreadable + right.unreadable:
            return Outcome.NOT_TESTABLE, "no cell can be read as a number"
        if left.blank and right.blank:  # a column that nobody filled in: blank counts as 0
            return Outcome.PASS, "nothing is printed on either side, blank cells count as 0"
        return Outcome.NOT_TESTABLE, "the rows are not in the table"
    difference = left.total - right.total
    equal = abs(difference) < _CENT
    for side, other in ((left, right), (right, left)):
        if side.cells > 1 and side.blank == side.cells and other.total and not other.unknown and not blanks_are_zero:
            return Outcome.NOT_TESTABLE, "the parts are not printed"
    if not left.unknown and not right.unknown:
        holds = equal or (relation == "<=" and difference < 0)
        return (Outcome.PASS if holds else Outcome.FAIL), ""
    if counts:
        if difference > 0 and not equal and not right.unknown:
            return Outcome.FAIL, ""
        if relation == "=" and difference < 0 and not equal and not left.unknown:
            return Outcome.FAIL, ""
        if relation == "<=" and not left.unknown and (equal or difference < 0):
            return Outcome.PASS, ""
    if left.unreadable + right.unreadable:
        return Outcome.NOT_TESTABLE, "a cell cannot be read as one number"
    if equal and left.absent < left.cells and right.absent < right.cells:
        return Outcome.PASS, ""
    return Outcome.NOT_TESTABLE, "a row is not in the table"


def evaluate(
    statement: Statement,
    index: Cells,
    previous: Cells | None = None,
    *,
    reason: str = "",
    blanks_are_zero: bool = False,
) -> Check:
    """Evaluate one statement; `reason`, if given, says why it cannot be tested on these figures."""
    identity = statement.identity
    left = read_side(statement.left, index, previous)
    right = read_side(statement.right, index, previous)
    if reason:
        status = Outcome.NOT_TESTABLE
    else:
        status, reason = judge(identity.relation, left, right, counts=previous is None, blanks_are_zero=blanks_are_zero)
    if status is Outcome.FAIL and right.cells > _SPELLED_OUT:
        reason = _row_of_the_difference(statement.right, index, abs(left.total - right.total))
    known = status is not Outcome.NOT_TESTABLE
    message = identity.says
    if left.printed or right.printed or left.unreadable or right.unreadable:
        message = f"{message}: {left.shown} {_SIGN[identity.relation, status]} {right.shown}"
        if blank := left.blank + right.blank:
            reason = f"{reason}; {_blank_cells(blank)}" if reason else _blank_cells(blank)
    if statement.where:
        message = f"{message} ({statement.where})"
    if reason:
        message = f"{message}; {reason}"
    return Check(
        identity.id,
        identity.severity,
        status,
        message,
        statement.applicant,
        left.total if known or (left.printed and not left.unknown) else None,
        right.total if known or (right.printed and not right.unknown) else None,
        statement.metric,
    )


def _row_of_the_difference(terms: Sequence[Term], index: Cells, difference: Number) -> str:
    """Name the one row that a sum is off by: it was left out of the total, or counted twice."""
    rows = [key[0] for _, key, _ in terms if (cell := index.get(key)) is not None and cell.value == difference]
    return f"the difference is the number of {label(rows[0])}" if len(rows) == 1 else ""


def _blank_cells(count: int) -> str:
    return "1 blank cell counts as 0" if count == 1 else f"{count} blank cells count as 0"


_SIGN = {
    ("=", Outcome.PASS): "=",
    ("=", Outcome.FAIL): "≠",
    ("=", Outcome.NOT_TESTABLE): "?",
    ("<=", Outcome.PASS): "≤",
    ("<=", Outcome.FAIL): ">",
    ("<=", Outcome.NOT_TESTABLE): "?",
}


def format_number(value: Number) -> str:
    """Write a number without a decimal part that says nothing."""
    return str(value) if isinstance(value, int) else f"{value:.10g}" if value != int(value) else str(int(value))


def check_form(figures: Sequence[Figure], form: str, cells: Cells | None = None) -> tuple[Check, ...]:
    """Evaluate every identity of a form on the figures of one report; `cells` is their index, if it is made already.

    One check per applicant column, row or period that the identity speaks of; rows that the table does not print
    have none. Cross-year identities are not here (see `parsers.checks.years`).
    """
    index = index_figures(figures) if cells is None else cells
    promised = statements(form, index)
    filling = read_filling(promised, index)
    checks = [
        evaluate(
            statement,
            index,
            reason=_TOTALS_UNFILLED if statement.metric in filling.without_total else "",
            blanks_are_zero=filling.blanks_are_zero(statement),
        )
        for statement in promised
        if statement.metric is None or _row_is_printed(statement.metric, index)
    ]
    checks += _prose_checks(figures, form)
    return tuple(checks)


_TOTALS_UNFILLED = "the column 总计 is blank in every outcome row: missing, not zero"


def _row_is_printed(metric: str, index: Cells) -> bool:
    return any((metric, applicant, "year") in index for applicant in APPLICANTS)


@dataclass(frozen=True, slots=True)
class Filling:
    """Which parts of the request table the authority filled in at all."""

    has_split: bool  # some cell of some applicant column
    has_outcome_totals: bool  # some cell of the column 总计 in the rows of outcomes
    without_total: frozenset[str]  # outcome rows, if the column 总计 is blank in all of them although they hold numbers

    def blanks_are_zero(self, statement: Statement) -> bool:
        """Whether parts that are blank in this statement are filled in elsewhere, so that blank means none here."""
        if statement.metric is not None:
            return self.has_split
        return len(statement.right) > _SPELLED_OUT and statement.applicant != "total" and self.has_outcome_totals


def read_filling(promised: Sequence[Statement], index: Cells) -> Filling:
    """Say which parts of the request table are filled in."""
    rows = [statement.metric for statement in promised if statement.metric is not None]
    outcomes: set[str] = set()
    for statement in promised:
        if statement.applicant == "total" and len(statement.right) > _SPELLED_OUT:
            outcomes |= {term.key[0] for term in statement.right}

    def is_filled(row: str, applicants: Iterable[str]) -> bool:
        return any((cell := index.get((row, who, "year"))) is not None and not cell.blank for who in applicants)

    people = [who for who in APPLICANTS if who != "total"]
    has_totals = any(is_filled(row, ["total"]) for row in outcomes)
    has_counts = any(is_filled(row, people) for row in outcomes)
    return Filling(
        has_split=any(is_filled(row, people) for row in rows),
        has_outcome_totals=has_totals,
        without_total=frozenset(outcomes if has_counts and not has_totals else ()),
    )


def _prose_checks(figures: Sequence[Figure], form: str) -> list[Check]:
    """Evaluate the identities whose quantities stand in sentences, where all of them were stated once."""
    promised = _statements(form, (), Origin.PROSE)
    if not promised:
        return []
    stated = index_figures(figures, Origin.PROSE)
    return [
        evaluate(statement, stated)
        for statement in promised
        if all(term.key in stated for term in (*statement.left, *statement.right))
    ]
