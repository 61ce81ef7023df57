"""The cases of ``cases/*.txt``: texts and what must be read from them.

Notation::

    ## name year            a case; the lines up to the next one belong to it
    plain lines             the text of a report
    > metric = value        a figure that must be found (a|b = value: either id is right)
    > ? metric = value      a figure that may be found
    < metric = value        a figure that the text states and that is not found yet
      metric[applicant], metric@cumulative
    % 97 = 11 + 86 pass     a total and its parts with the outcome of the check
    p 11.3 11.3 pass        a percentage as stated and as computed
    @ label | 382 | 条      a mention
    ! code                  a finding
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent / "cases"
SETS = [
    *("open", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *(
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twentyfirst",
        "twentysecond",
        "twentythird",
        "twentyfourth",
        "twentyfifth",
        "twentysixth",
        "twentyseventh",
        "twentyeighth",
        "twentyninth",
        "thirtieth",
        "thirtyfirst",
        "thirtysecond",
        "thirtythird",
        "thirtyfourth",
        "thirtyfifth",
        "thirtysixth",
        "thirtyseventh",
        "thirtyeighth",
    ),
]
"""In the order in which they were written; each but the first was counted once before the parser was made to fit it."""


@dataclass(frozen=True)
class Wanted:
    metrics: tuple[str, ...]
    value: float
    optional: bool
    gap: bool = False  # known to be missed


@dataclass
class Case:
    name: str
    year: int
    lines: list[str] = field(default_factory=list)
    figures: list[Wanted] = field(default_factory=list)
    breakdowns: list[tuple[float, float, str]] = field(default_factory=list)
    percentages: list[tuple[float, float, str]] = field(default_factory=list)
    mentions: list[tuple[str, float, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def load(name: str) -> list[Case]:
    return list(_parse((HERE / f"{name}.txt").read_text(encoding="utf-8")))


def _parse(source: str) -> Iterator[Case]:
    case: Case | None = None
    for line in source.splitlines():
        if line.startswith("## "):
            if case:
                yield case
            name, year = line[3:].split()
            case = Case(name, int(year))
        elif case is None or not line.strip():
            continue
        elif line.startswith("> "):
            metrics, _, value = line[2:].removeprefix("? ").partition(" = ")
            case.figures.append(Wanted(tuple(metrics.split("|")), float(value), line.startswith("> ?")))
        elif line.startswith("< "):
            metrics, _, value = line[2:].partition(" = ")
            case.figures.append(Wanted(tuple(metrics.split("|")), float(value), optional=False, gap=True))
        elif line.startswith("% "):
            match = re.fullmatch(r"% ([\d.]+) = (.+?) (pass|fail|not_testable)", line)
            assert match, line
            case.breakdowns.append((float(match[1]), sum(float(part) for part in match[2].split(" + ")), match[3]))
        elif line.startswith("p "):
            _, stated, computed, outcome = line.split()
            case.percentages.append((float(stated), float(computed), outcome))
        elif line.startswith("@ "):
            label, quantity, unit = (part.strip() for part in line[2:].split("|"))
            case.mentions.append((label, float(quantity), unit))
        elif line.startswith("! "):
            case.findings.append(line[2:])
        else:
            case.lines.append(line)
    if case:
        yield case
