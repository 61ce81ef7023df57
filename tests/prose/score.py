"""Count what the prose parser finds in the cases: ``python -m tests.prose.score [open second …] [-v]``."""

from __future__ import annotations

import sys
from collections import Counter

from parsers.model import Figure
from parsers.prose import ProseReading, read_prose
from parsers.sections import find_sections
from tests.prose.cases import SETS, Case, load


def key(figure: Figure) -> str:
    applicant = "" if figure.applicant == "total" else f"[{figure.applicant}]"
    period = "" if figure.period == "year" else f"@{figure.period}"
    return f"{figure.metric}{applicant}{period}"


def read(case: Case) -> ProseReading:
    return read_prose(case.text, find_sections(case.text), case.year)


def compare(case: Case) -> tuple[Counter[str], list[str]]:
    reading = read(case)
    count: Counter[str] = Counter()
    lines: list[str] = []
    found = {(key(figure), float(figure.value or 0)) for figure in reading.figures}
    for wanted in case.figures:
        hit = any((metric, wanted.value) in found for metric in wanted.metrics)
        if wanted.optional:
            count["optional"] += hit
            continue
        count["wanted"] += 1
        count["found"] += hit
        if not hit:
            lines.append(f"  missing {'|'.join(wanted.metrics)} = {wanted.value:g}")
    allowed = {(metric, wanted.value) for wanted in case.figures for metric in wanted.metrics}
    for metric, value in sorted(found):
        count["read"] += 1
        if (metric, value) in allowed:
            count["right"] += 1
        else:
            lines.append(f"  WRONG   {metric} = {value:g}")
    checks = {(c.rule, c.left, c.right, c.status.value) for c in reading.checks}
    for total, parts, status in case.breakdowns:
        count["checks"] += 1
        hit = ("prose.breakdown", total, parts, status) in checks
        count["checks found"] += hit
        if not hit:
            lines.append(f"  no check {total:g} = {parts:g} {status}")
    known = {(total, parts, status) for total, parts, status in case.breakdowns}
    for rule, left, right, status in checks:
        if rule == "prose.breakdown" and status != "not_testable" and (left, right, status) not in known:
            count["checks wrong"] += 1
            lines.append(f"  CHECK   {rule} {left} {right} {status}")
    for stated, computed, status in case.percentages:
        count["checks"] += 1
        hit = ("prose.percentage", stated, computed, status) in checks
        count["checks found"] += hit
        if not hit:
            lines.append(f"  no percentage {stated} {computed} {status}: {sorted(c for c in checks if 'perc' in c[0])}")
    for label, quantity, unit in case.mentions:
        count["mentions"] += 1
        hit = any(m.quantity == quantity and m.unit == unit and label in m.sentence for m in reading.mentions)
        count["mentions found"] += hit
        if not hit:
            lines.append(f"  no mention {label} {quantity} {unit}")
    codes = {finding.code for finding in reading.findings}
    lines += [f"  no finding {code}" for code in case.findings if code not in codes]
    return count, lines


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("-")] or SETS
    for name in names:
        total: Counter[str] = Counter()
        for case in load(name):
            count, lines = compare(case)
            total.update(count)
            if lines and "-v" in sys.argv:
                print(case.name, case.text[:160].replace("\n", "⏎"))
                print("\n".join(lines))
        print(
            f"{name}: found {total['found']} of {total['wanted']} figures ({total['found'] / total['wanted']:.1%}), "
            f"right {total['right']} of {total['read']} read ({total['right'] / max(1, total['read']):.1%}), "
            f"optional {total['optional']}, checks {total['checks found']}/{total['checks']} "
            f"(+{total['checks wrong']} not listed), "
            f"mentions {total['mentions found']}/{total['mentions']}"
        )


if __name__ == "__main__":
    main()
