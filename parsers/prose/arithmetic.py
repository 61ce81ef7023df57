"""Arithmetic that sentences promise: totals against their parts, percentages against counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.model import Check, Outcome, Severity
from parsers.numbers import Number, plain
from parsers.prose.quantities import LEVEL, Clauses, Quantity

BREAKDOWN, PERCENTAGE = "prose.breakdown", "prose.percentage"

_SHARE = re.compile(r"占|所占比[重例]")
_AND_OTHERS = re.compile(r"等|[，,、；;]\s?(?:其[余他它]|余下|剩下|另外)[^\d，。；]*[，。；）)]")  # 其余为护士注册等
_COUNTED_ONCE = re.compile(r"(?:相同|同一|重复)[^。]{0,14}[计记算]")  # （不同渠道和方式公开相同信息计1条）
_NEARLY = Decimal("0.9")
"""Parts that reach this share of their total were meant to be all of it."""


def breakdowns(text: str, totals: Sequence[Quantity]) -> Iterator[Check]:
    """One check for every list of the parts of a total."""
    for total, parts in ((one, parts) for one in totals for parts in one.lists):
        if total.number.approximate or any(part.number.approximate for part in parts):
            continue
        left = total.number.value
        right = plain(sum((Decimal(str(part.number.value)) for part in parts), Decimal(0)))
        if len(parts) == 1 and left != right:
            continue
        listed = " + ".join(_printed(text, part.number) for part in parts)
        if left == right:
            status, message = Outcome.PASS, f"{_printed(text, total.number)} = {listed}"
        elif right > left and _COUNTED_ONCE.search(text, total.number.end, parts[-1].number.end + 40):
            status = Outcome.NOT_TESTABLE
            message = f"{_printed(text, total.number)} counts once what {listed} = {right} count for each channel"
        elif right > left:
            status = Outcome.FAIL
            message = (
                f"{_printed(text, total.number)} ≠ {listed} = {right}: the parts exceed their total; an item published "
                "through several channels may be counted once in the total and several times in the parts"
            )
        elif _falls_short(text, total, parts, right):
            status = Outcome.FAIL
            message = f"{_printed(text, total.number)} ≠ {listed} = {right}: the parts fall short of their total"
        else:
            status = Outcome.NOT_TESTABLE
            message = f"{_printed(text, total.number)} is divided into {listed}: the list is not said to be complete"
        yield Check(BREAKDOWN, Severity.WARNING, status, message, left=left, right=right)


def _falls_short(text: str, total: Quantity, parts: Sequence[Quantity], whole: int | float) -> bool:
    """Whether a list that is less than its total was meant to be all of it."""
    if total.mixed or _AND_OTHERS.match(text, parts[-1].number.end):
        return False
    return Decimal(str(whole)) >= Decimal(str(total.number.value)) * _NEARLY or _is_complete(text, parts)


def _is_complete(text: str, parts: Sequence[Quantity]) -> bool:
    last = parts[-1]
    return len(parts) > 2 and re.match(r"其[他它余]", text[last.left : last.number.start].strip(" 　、，")) is not None


def percentages(text: str, clauses: Clauses, overall: Quantity | None) -> Iterator[Check]:
    """One check for every percentage that says which share of its total a count is."""
    quantities = clauses.quantities
    for i, quantity in enumerate(quantities):
        if quantity.number.unit != "%" or i == 0:
            continue
        part = quantities[i - 1]
        between = text[part.number.end : quantity.number.start]
        if not _SHARE.search(between) or len(between) > 24 or part.number.unit == "%":
            continue
        total = part.parent
        if total is None and re.search(r"占[^，。]{0,8}(?:总[量数]|信息量)", between) and part.domain == "disclosure":
            total = overall
        if total is None or total is part or not total.number.value or part.status != LEVEL:
            continue
        if total.number.approximate or part.number.approximate or quantity.number.approximate:
            continue
        stated = Decimal(str(quantity.number.value))
        exact = Decimal(str(part.number.value)) * 100 / Decimal(str(total.number.value))
        step = Decimal(1).scaleb(min(int(stated.as_tuple().exponent), 0))
        fits = abs(exact - stated) < step  # rounded or cut off, both occur
        shown = exact.quantize(min(step, Decimal("0.1")))
        relation = "agrees with" if fits else "differs from"
        stated_of = f"{_printed(text, part.number)} of {_printed(text, total.number)}"
        yield Check(
            PERCENTAGE,
            Severity.WARNING,
            Outcome.PASS if fits else Outcome.FAIL,
            f"{_printed(text, quantity.number)} {relation} {stated_of} = {shown}%",
            left=quantity.number.value,
            right=plain(shown),
        )


def _printed(text: str, number: Number) -> str:
    return re.sub(r"\s+", "", text[number.start : number.end])
