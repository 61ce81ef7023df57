"""The heads of tables: where they begin, and which columns they announce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.forms import SUBTOTAL, FormTable
from parsers.readers.aligned.parts import Label, Part
from parsers.tables.headings import is_complete
from parsers.tables.lexicon import Token


@dataclass(slots=True)
class Columns:
    """The columns under one head, and where they stand; no places are known on a page set anew."""

    heads: list[Label]
    is_list: bool
    spans: list[tuple[float, float]]
    exact: bool = True  # places are those of the print; in a text they move from line to line

    @property
    def values(self) -> list[int]:
        """Which of them hold figures."""
        if not self.is_list:
            return list(range(len(self.heads)))
        return [n for n, head in enumerate(self.heads) if head.token.role and head.token.role[0] == "value"]

    def has_row(self, t: Token) -> bool:
        """Whether a label is that of a row of the tables that these columns are of."""
        if self.is_list:
            return any(table.kind == "list" for table, _ in t.rows)
        return any(id(table) == id(own) for table, _ in t.rows for own, _ in self.heads[0].token.columns)

    def role(self, name: str) -> int | None:
        """The column of a list that holds its labels, its units or its running numbers."""
        roles = [head.token.role[0] if head.token.role else "" for head in self.heads]
        return roles.index(name) if name in roles else None


def find_heads(parts: Sequence[Sequence[Part]], labels: Sequence[Label]) -> Iterator[tuple[int, int]]:
    """Where the heads of tables begin, and the first line below each that has figures."""
    strong = sorted((label.first, label.last) for label in labels if label.is_heading or label.is_title)
    at = 0
    for first, _ in strong:
        if first < at:
            continue
        below = next((n for n in range(first, len(parts)) if any(part.is_figure for part in parts[n])), None)
        if below is None:
            return
        yield first, below
        at = below + 1


def columns_of(
    parts: Sequence[Sequence[Part]], labels: Sequence[Label], start: int, below: int, exact: bool
) -> Columns | None:
    """The columns that the headings from `start` to `below` announce, from left to right."""
    own = [label for label in labels if start <= label.first and label.last < below and not label.is_title]
    leaves = [label for label in own if label.token.columns]
    if leaves:
        leaves.sort(key=lambda label: label.left + label.right)
        if any(_beside(first, second) < 0 for first, second in pairwise(leaves)):
            return None
        slots = [label.token.columns for label in leaves]
        if not is_complete(slots) or not _is_as_wide(leaves) or not (exact or _in_order(leaves)):
            return None
        return Columns(leaves, False, [(label.left, label.right) for label in leaves], exact)
    roles = sorted((label for label in own if label.token.role), key=lambda label: label.left + label.right)
    lines = {line for label in roles for line in range(label.first, label.last + 1)}
    if any(not part.taken and part.piece.left > roles[0].right for line in lines for part in parts[line]):
        return None  # a column whose heading is not known
    names = [label.token.role[0] for label in roles if label.token.role]
    if names.count("label") != 1 or "value" not in names or names.index("label") > names.index("value"):
        return None
    if any(_beside(first, second) < 0 for first, second in pairwise(roles)):
        return None
    return Columns(roles, True, [(label.left, label.right) for label in roles], exact)


def _is_as_wide(leaves: Sequence[Label]) -> bool:
    """Whether there are as many headings as a table of a form has columns: none was overlooked."""
    tables = [table for table, _ in leaves[0].token.columns]
    sums = [sum(column.applicant == SUBTOTAL for column in table.columns) for table in tables]
    return any(
        len(table.columns) - less <= len(leaves) <= len(table.columns) for table, less in zip(tables, sums, strict=True)
    )


def _in_order(leaves: Sequence[Label]) -> bool:
    """Whether headings stand in the order in which a table of a form has them."""
    return any(is_order_of(table, leaves) for table, _ in leaves[0].token.columns)


def is_order_of(table: FormTable, leaves: Sequence[Label]) -> bool:
    at = -1
    for leaf in leaves:
        own = sorted(column.index for t, column in leaf.token.columns if t is table and column.index > at)
        if not own:
            return False
        at = own[0]
    return True


def _beside(first: Label, second: Label) -> float:
    return second.left - first.right
