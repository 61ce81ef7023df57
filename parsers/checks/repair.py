"""Repair proposals: where the arithmetic of a form leaves exactly one reading of a misprinted cell.

A proposal never changes a value; it stands beside it with its reason. Two kinds of evidence allow one:

* Located: the failing identities meet in one cell (or in two, with two failing identities for each of them), and no
  other choice of as few cells satisfies all of them. In the request table every cell lies on the sum of its row
  and on one or more sums of its column, so a single wrong cell is always located and its value forced twice.
* Systematic: the table shows a fault that no count is ever printed with (00, 01, "0 0": old and new digits printed
  over each other), and of all ways to undo this very fault, in any cells, exactly one satisfies every identity.

A lone sum (the 复议 row) cannot tell which of its numbers is wrong: it never moves a printed number, it can only
decide how an unreadable cell is read. The search costs nothing when every identity holds; otherwise it examines at
most BUDGET equations per table (about 0.1 s) and proposes nothing when that is not enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.checks.identities import (
    APPLICANTS,
    Cells,
    Key,
    Number,
    Printed,
    Statement,
    index_figures,
    judge,
    label,
    read_filling,
    read_side,
    statements,
)
from parsers.model import Figure, Meaning, Origin, Outcome, Severity

BUDGET = 40_000
"""Equations examined for one table before the search gives up."""

MOST_LOCATED = 2  # cells moved by arithmetic alone; three wrong cells can look like one
FEWEST_TRACES = 2  # impossible prints that show that a table has a systematic fault
_LONGEST_PRINT = 12  # no count of a form has more digits

_LOOK_ALIKES = str.maketrans("OoDQ〇○lI|!丨SsBbZzgq", "0000001111155" + "86" + "22" + "99")
_FAULTS = {
    "prefix": "a stray leading digit",
    "suffix": "a stray trailing digit",
    "doubled": "digits printed twice",
    "swapped": "two digits swapped",
    "split": "digits split by white space",
    "look-alike": "letters that look like digits",
    "mark": "a stray mark",
    "digit": "one digit misprinted",
}


# ---------------------------------------------------------------- what a print can stand for


def readings(raw: str) -> dict[int, frozenset[str]]:
    """Return the numbers that a known fault can have turned into this print, with the names of the faults.

    The number that the print itself says is not among them, unless a fault gives it too (00 is 0 printed twice).
    """
    text = unicodedata.normalize("NFKC", raw).strip()
    found: defaultdict[int, set[str]] = defaultdict(set)
    if not text or len(text) > 2 * _LONGEST_PRINT:
        return {}
    pieces = text.split()
    if len(pieces) > 1 and all(_is_digits(piece) for piece in pieces):
        found[int("".join(pieces))].add("split")
        found[int(pieces[0])].add("suffix")
        found[int(pieces[-1])].add("prefix")
        return {value: frozenset(faults) for value, faults in found.items()}
    if not _is_digits(text):
        looked = text.translate(_LOOK_ALIKES)
        marked = re.sub(r"[^0-9]", "", text)
        if _is_digits(looked):
            found[int(looked)].add("look-alike")
        elif marked and re.fullmatch(r"[0-9.,、·•'`´*:;_~^\"\\-]+", text) and not re.search(r"[0-9][^0-9]+[0-9]", text):
            found[int(marked)].add("mark")
        return {value: frozenset(faults) for value, faults in found.items()}
    for cut in (1, 2):
        if len(text) > cut:
            found[int(text[cut:])].add("prefix")
            found[int(text[:-cut])].add("suffix")
    half = len(text) // 2
    if half and text[:half] == text[half:]:
        found[int(text[:half])].add("doubled")
    for at in range(len(text) - 1):
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if swapped != text and swapped[0] != "0":
            found[int(swapped)].add("swapped")
    return {value: frozenset(faults) for value, faults in found.items()}


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_PRINT


def faults_between(raw: str, value: int) -> frozenset[str]:
    """Return the known faults that turn `value` into this print: those of `readings`, or one digit misprinted."""
    known = readings(raw).get(value, frozenset())
    printed = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", raw))
    return known | {"digit"} if _one_stroke_apart(printed, str(value)) else known


def _one_stroke_apart(left: str, right: str) -> bool:
    """Whether one digit was replaced, dropped or added."""
    if len(left) > len(right):
        left, right = right, left
    if left == right or len(right) - len(left) > 1:
        return False
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    return any(right[:at] + right[at + 1 :] == left for at in range(len(right)))


def traces(raw: str) -> frozenset[str]:
    """Return the faults that this print shows by itself: no count is printed as 00, 01 or 0 0."""
    text = unicodedata.normalize("NFKC", raw).strip()
    if re.fullmatch(r"0[0-9]{1,3}", text):
        return frozenset({"prefix", "doubled"} if text[: len(text) // 2] == text[len(text) // 2 :] else {"prefix"})
    if re.fullmatch(r"[0-9]{1,4}\s+[0-9]{1,4}", text):
        return frozenset({"prefix", "suffix", "doubled"})
    return frozenset()


# ---------------------------------------------------------------- the identities as equations


@dataclass(frozen=True, slots=True)
class _Equation:
    """Signed cells that add up to nothing."""

    statement: Statement
    terms: tuple[tuple[int, Key], ...]


class _OutOfBudgetError(Exception):
    """The search has examined BUDGET equations."""


Assignment = dict[Key, int]


@dataclass(slots=True)
class _Puzzle:
    """Equations that hang together by shared cells, and what is printed in these cells (None: unreadable)."""

    equations: list[_Equation]
    printed: dict[Key, int | None]
    raw: dict[Key, str]
    touching: dict[Key, list[int]]
    residual: list[int] = field(default_factory=list)  # of each equation, unreadable cells counted as 0
    unread: list[int] = field(default_factory=list)  # unreadable cells of each equation
    examined: int = 0

    def __post_init__(self) -> None:
        for equation in self.equations:
            self.residual.append(sum(sign * (self.printed[key] or 0) for sign, key in equation.terms))
            self.unread.append(sum(self.printed[key] is None for _, key in equation.terms))

    @property
    def unreadable(self) -> tuple[Key, ...]:
        return tuple(key for key, value in self.printed.items() if value is None)

    @property
    def failing(self) -> list[int]:
        """Equations that fail whatever the unreadable cells hold."""
        return [at for at, residual in enumerate(self.residual) if residual and not self.unread[at]]

    def _examine(self) -> None:
        self.examined += 1
        if self.examined > BUDGET:
            raise _OutOfBudgetError

    # ------------------------------------------------------------ moving chosen cells to whatever value they need

    def assignments(self, unknown: Sequence[Key], domains: Mapping[Key, Iterable[int]]) -> list[Assignment]:
        """Solve for the unknown cells, all others as printed: no, one, or two solutions (two stand for several).

        A cell with a domain takes a value of it, any other a number not below 0. Equations without an unknown cell
        are not looked at.
        """
        chosen = set(unknown)
        open_equations: list[tuple[int, list[tuple[int, Key]]]] = []
        for at in sorted({at for key in unknown for at in self.touching[key]}):
            self._examine()
            fixed, terms = self.residual[at], []
            for sign, key in self.equations[at].terms:
                if key in chosen:
                    fixed -= sign * (self.printed[key] or 0)
                    terms.append((sign, key))
            open_equations.append((fixed, terms))
        solutions: list[Assignment] = []
        self._extend(open_equations, {}, chosen, {key: frozenset(values) for key, values in domains.items()}, solutions)
        return solutions

    def _extend(
        self,
        equations: list[tuple[int, list[tuple[int, Key]]]],
        values: Assignment,
        chosen: set[Key],
        domains: Mapping[Key, frozenset[int]],
        solutions: list[Assignment],
    ) -> None:
        values = dict(values)
        waiting = equations
        while True:
            progress, later = False, []
            for fixed, terms in waiting:
                self._examine()
                rest, unknown = fixed, []
                for sign, key in terms:
                    if key in values:
                        rest += sign * values[key]
                    else:
                        unknown.append((sign, key))
                if len(unknown) > 1:
                    later.append((fixed, terms))
                elif unknown:
                    sign, key = unknown[0]
                    value = -rest * sign
                    if value < 0 or (key in domains and value not in domains[key]):
                        return
                    values[key] = value
                    progress = True
                elif rest:
                    return
            waiting = later
            if not progress:
                break
        left = [key for key in chosen if key not in values]
        if not left:
            solutions.append(values)
            return
        bounded = [key for key in left if key in domains]
        if not bounded:
            solutions += [values, values]  # several values would do
            return
        key = min(bounded, key=lambda key: (len(domains[key]), key))
        for value in sorted(domains[key]):
            self._extend(waiting, {**values, key: value}, chosen, domains, solutions)
            if len(solutions) > 1:
                return

    def choices(self, count: int) -> Iterator[tuple[Key, ...]]:
        """Yield the sets of `count` readable cells that lie on all failing equations together."""
        failing = self.failing
        if count == 0:
            if not failing:
                yield ()
            return
        start = [failing[0]] if failing else [at for at, unread in enumerate(self.unread) if unread]
        for first in self._readable(start):
            rest = [at for at in failing if at not in self.touching[first]]
            if count == 1:
                if not rest:
                    yield (first,)
                continue
            for second in self._readable([rest[0]] if rest else [*self.touching[first], *start]):
                if second != first and all(at in self.touching[second] for at in rest):
                    yield (first, second)

    def _readable(self, equations: Iterable[int]) -> list[Key]:
        return list(
            dict.fromkeys(
                key for at in equations for _, key in self.equations[at].terms if self.printed[key] is not None
            )
        )

    # ------------------------------------------------------------ undoing one fault wherever it may have struck

    def undoings(self, domains: Mapping[Key, Sequence[int]]) -> list[Assignment]:
        """Choose a value for every cell with a domain so that all equations hold: no, one, or two (several) ways."""
        order = self._search_order(domains)
        fixed = [
            sum(sign * (self.printed[key] or 0) for sign, key in equation.terms if key not in domains)
            for equation in self.equations
        ]
        low, high = [0] * len(fixed), [0] * len(fixed)
        bounds: dict[Key, list[tuple[int, int, int, int]]] = {key: [] for key in order}
        for at, equation in enumerate(self.equations):
            for sign, key in equation.terms:
                if key in domains:
                    smallest, largest = sorted((sign * min(domains[key]), sign * max(domains[key])))
                    low[at] += smallest
                    high[at] += largest
                    bounds[key].append((at, sign, smallest, largest))
        solutions: list[Assignment] = []
        values: Assignment = {}

        def place(depth: int) -> None:
            if depth == len(order):
                solutions.append(dict(values))
                return
            key = order[depth]
            for value in domains[key]:
                possible = True
                for at, sign, smallest, largest in bounds[key]:
                    self._examine()
                    fixed[at] += sign * value
                    low[at] -= smallest
                    high[at] -= largest
                    possible = possible and fixed[at] + low[at] <= 0 <= fixed[at] + high[at]
                if possible:
                    values[key] = value
                    place(depth + 1)
                for at, sign, smallest, largest in bounds[key]:
                    fixed[at] -= sign * value
                    low[at] += smallest
                    high[at] += largest
                if len(solutions) > 1:
                    return

        if all(fixed[at] + low[at] <= 0 <= fixed[at] + high[at] for at in range(len(fixed))):
            place(0)
        return solutions

    def _search_order(self, domains: Mapping[Key, Sequence[int]]) -> list[Key]:
        """Order the cells so that equations close early: failing ones first, each with its cells together."""
        equations = sorted(
            range(len(self.equations)),
            key=lambda at: (
                not self.residual[at],
                sum(key in domains for _, key in self.equations[at].terms),
            ),
        )
        return list(dict.fromkeys(key for at in equations for _, key in self.equations[at].terms if key in domains))


# ---------------------------------------------------------------- proposals


def propose(figures: Sequence[Figure], form: str, cells: Cells | None = None) -> tuple[Figure, ...]:
    """Return the same figures, some with `proposed` and `reason`, where the identities of the form allow one reading.

    Only table figures of the form are considered; `cells` is their index, if it is made already. Nothing is proposed
    in a table whose identities all hold, nor where two explanations are equally short, nor where the search runs out
    of its budget.
    """
    index = index_figures(figures) if cells is None else cells
    promised = statements(form, index)
    if all(_adds_up(statement, index) for statement in promised):
        return tuple(figures)
    equations = _equations(promised, index)
    proposals: dict[Key, tuple[int, str]] = {}
    for puzzle in _puzzles(equations, index):
        try:
            found = _explain(puzzle)
        except _OutOfBudgetError:
            continue
        if all(_keeps_order(statement, index, found) for statement in promised if statement.identity.relation == "<="):
            proposals |= {key: (value, _reason(puzzle, key, found)) for key, value in found.items()}
    return tuple(_with_proposal(figure, proposals) for figure in figures)


def _adds_up(statement: Statement, index: Cells) -> bool:
    """Whether both sides are readable and equal, as nearly all are: then there is nothing to look for."""
    if statement.identity.relation != "=" or statement.identity.severity is not Severity.ERROR:
        return True
    total: Number = 0
    for way, terms in ((1, statement.left), (-1, statement.right)):
        for sign, key, _ in terms:
            cell = index.get(key)
            if cell is not None:
                if cell.value is None:
                    return False
                total += way * sign * cell.value
    return not total


def _with_proposal(figure: Figure, proposals: Mapping[Key, tuple[int, str]]) -> Figure:
    proposal = proposals.get((figure.metric, figure.applicant, figure.period))
    if proposal is None or figure.source is not Origin.TABLE:
        return figure
    value, reason = proposal
    return replace(figure, proposed=value, reason=f"{figure.reason}; {reason}" if figure.reason else reason)


def _equations(promised: Sequence[Statement], index: Cells) -> list[_Equation]:
    """Return the sums that the form forces and that this table prints completely, in whole numbers."""
    filling = read_filling(promised, index)
    unclear = _unclear_cells(index)
    return [
        _Equation(
            statement,
            (
                *((sign, key) for sign, key, _ in statement.left),
                *((-sign, key) for sign, key, _ in statement.right),
            ),
        )
        for statement in promised
        if statement.identity.relation == "="
        and statement.identity.severity is Severity.ERROR
        and statement.metric not in filling.without_total
        and _is_complete(statement, index, unclear, blanks_are_zero=filling.blanks_are_zero(statement))
    ]


def _unclear_cells(index: Cells) -> set[Key]:
    """Return the unreadable cells that are no misprint of one number: it is not known which print is theirs.

    These are prints that stand for several cells (a collapsed table), and cells printed twice with two numbers.
    """
    unreadable = {key: cell.figure for key, cell in index.items() if cell.value is None}
    if not unreadable:
        return set()
    anchors = Counter((figure.table_no, figure.row, figure.col) for figure in unreadable.values())
    return {
        key
        for key, figure in unreadable.items()
        if figure.value is not None
        or _is_digits(unicodedata.normalize("NFKC", figure.raw).strip())
        or (figure.row is not None and anchors[figure.table_no, figure.row, figure.col] > 1)
    }


def _is_complete(statement: Statement, index: Cells, unclear: Collection[Key], *, blanks_are_zero: bool) -> bool:
    sides = []
    for terms in (statement.left, statement.right):
        total = blank = 0
        for _, key, _ in terms:
            cell = index.get(key)
            if cell is None:
                return False
            if cell.blank:
                blank += 1
            elif cell.value is None:
                if key in unclear:
                    return False
                total += 1
            elif not isinstance(cell.value, int) or cell.value < 0:
                return False
            else:
                total += cell.value
        sides.append((len(terms) > 1 and blank == len(terms) and not blanks_are_zero, total))
    (left_empty, left), (right_empty, right) = sides
    return not (left_empty and right) and not (right_empty and left)


def _holds(equation: _Equation, index: Cells) -> bool:
    total: Number = 0
    for sign, key in equation.terms:
        value = index[key].value
        if value is None:
            return False
        total += sign * value
    return not total


def _whole(cell: Printed) -> int | None:
    return None if cell.value is None else int(cell.value)


def _puzzles(equations: Sequence[_Equation], index: Cells) -> Iterator[_Puzzle]:
    """Split the equations into those that share cells; the ones without a fault are left out."""
    by_cell: defaultdict[Key, list[int]] = defaultdict(list)
    for at, equation in enumerate(equations):
        for _, key in equation.terms:
            by_cell[key].append(at)
    seen: set[int] = set()
    for first in range(len(equations)):
        if first in seen:
            continue
        seen.add(first)
        together, queue = [first], [first]
        while queue:
            for _, key in equations[queue.pop()].terms:
                for at in by_cell[key]:
                    if at not in seen:
                        seen.add(at)
                        together.append(at)
                        queue.append(at)
        members = [equations[at] for at in sorted(together)]
        if all(_holds(equation, index) for equation in members):
            continue
        cells = dict.fromkeys(key for equation in members for _, key in equation.terms)
        touching: dict[Key, list[int]] = {key: [] for key in cells}
        for at, equation in enumerate(members):
            for _, key in equation.terms:
                touching[key].append(at)
        yield _Puzzle(
            members,
            {key: _whole(index[key]) for key in cells},
            {key: index[key].figure.raw for key in cells},
            touching,
        )


def _explain(puzzle: _Puzzle) -> Assignment:
    """Find the one explanation of what fails in these equations; empty when there is none or more than one."""
    unreadable = puzzle.unreadable
    read = {key: readings(puzzle.raw[key]) for key in unreadable}
    for count in range(MOST_LOCATED + 1):
        for domains in (read, {}) if unreadable else ({},):
            solutions: dict[tuple[tuple[Key, int], ...], Assignment] = {}
            for cells in puzzle.choices(count):
                found = puzzle.assignments((*unreadable, *cells), domains)
                if len(found) > 1:
                    solutions[(*((key, -1) for key in cells),)] = {}  # more than one way
                    solutions[(*((key, -2) for key in cells),)] = {}
                elif found and all(found[0][key] != puzzle.printed[key] for key in cells):
                    solutions[tuple(sorted(found[0].items()))] = found[0]
            if len(solutions) == 1:
                (solution,) = solutions.values()
                if _is_located(puzzle, solution):
                    return solution if _agrees(solution, _systematic(puzzle)) else {}
            if solutions and count < MOST_LOCATED:
                return {}
            if solutions:
                break
    undone = _systematic(puzzle)
    return undone[0] if len(undone) == 1 else {}


def _agrees(solution: Assignment, undone: Sequence[Assignment]) -> bool:
    """Whether undoing a systematic fault, if the table shows one, explains the table in this very way or in none."""
    return not undone or (len(undone) == 1 and undone[0] == solution)


def _is_located(puzzle: _Puzzle, solution: Assignment) -> bool:
    """Whether the equations themselves single out every moved cell and force every value.

    A moved print needs two equations of its own that fail without the move; two moved prints must both be plausible
    misprints as well.
    An unreadable cell needs one equation if its value is a known fault of the print, else two.
    """
    moved = [key for key in solution if puzzle.printed[key] is not None]
    known = {key for key in solution if puzzle.printed[key] is None and solution[key] in readings(puzzle.raw[key])}
    guessed = {key for key in solution if puzzle.printed[key] is None} - known
    before = {**puzzle.printed, **{key: solution[key] for key in known | guessed}}
    failing = {
        at
        for key in moved
        for at in puzzle.touching[key]
        if guessed.isdisjoint(cell for _, cell in puzzle.equations[at].terms)
        and sum(sign * (before[cell] or 0) for sign, cell in puzzle.equations[at].terms) != 0
    }
    if len(failing) < 2 * len(moved) or any(len(failing.intersection(puzzle.touching[key])) < 2 for key in moved):
        return False
    if len(moved) > 1 and not all(faults_between(puzzle.raw[key], solution[key]) for key in moved):
        return False
    for key in guessed:
        alone = [
            at
            for at in puzzle.touching[key]
            if not any(cell != key and (cell in guessed or cell in moved) for _, cell in puzzle.equations[at].terms)
        ]
        if len(alone) < 2:
            return False
    return True


def _systematic(puzzle: _Puzzle) -> list[Assignment]:
    """Undo a fault of the whole table wherever it may have struck, if the table shows it: no, one, two (several) ways.

    Every cell may be read as printed or with the fault undone, so the solution is unique among all these readings,
    however many cells it moves.
    """
    shown: defaultdict[str, int] = defaultdict(int)
    for raw in puzzle.raw.values():
        for fault in traces(raw):
            shown[fault] += 1
    suspected = {fault for fault, count in shown.items() if count >= FEWEST_TRACES}
    if not suspected:
        return []
    read = {key: readings(raw) for key, raw in puzzle.raw.items()}
    domains: dict[Key, list[int]] = {}
    for key, printed in puzzle.printed.items():
        if printed is None:
            if not read[key]:
                return []
            domains[key] = list(read[key])
        elif others := [value for value, faults in read[key].items() if value != printed and faults & suspected]:
            domains[key] = [printed, *others]
    solutions = puzzle.undoings(domains)
    if len(solutions) != 1:
        return solutions
    solution = {key: value for key, value in solutions[0].items() if value != puzzle.printed[key]}
    common = suspected.intersection(*(read[key][value] for key, value in solution.items() if len(domains[key]) > 1))
    return [solution] if common else [solution, solution]  # several faults at once: a way, but none to propose


def _keeps_order(statement: Statement, index: Cells, found: Mapping[Key, int]) -> bool:
    """Whether an inequality of the form that speaks of a proposed cell still can hold."""
    keys = [key for _, key, _ in (*statement.left, *statement.right)]
    if statement.identity.severity is Severity.INFO or found.keys().isdisjoint(keys):
        return True
    moved = dict(index)
    for key in keys:
        if key in found:
            figure = replace(index[key].figure, value=found[key], meaning=Meaning.NUMBER)
            moved[key] = Printed(figure, False, found[key], str(found[key]))
    status, _ = judge("<=", read_side(statement.left, moved), read_side(statement.right, moved))
    return status is not Outcome.FAIL


def _reason(puzzle: _Puzzle, key: Key, found: Assignment) -> str:
    """Say in one sentence why this value is the only one left."""
    raw, value = puzzle.raw[key].strip(), found[key]
    names = [
        f"{statement.identity.id} ({statement.where})" if statement.where else statement.identity.id
        for statement in (puzzle.equations[at].statement for at in puzzle.touching[key])
    ]
    others = len(found) - 1
    together = f" together with {others} other repaired cell{'s' * (others > 1)}" if others else ""
    faults = [_FAULTS[fault] for fault in _FAULTS if fault in faults_between(raw, value)]
    fault = f"; the fault would be {faults[0]}" if faults else ""
    what = f"printed “{raw}”" if raw else "nothing is printed"
    cell = f"{label(key[0])} ({APPLICANTS.get(key[1], key[1])})"
    verb = "holds" if len(names) == 1 else "hold"
    return f"{cell}: {what}; {value} is the only number with which {_join(names)} {verb}{together}{fault}"


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
