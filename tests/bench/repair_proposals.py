"""Misprints put into correct tables made at random: how many are proposed right, proposed wrong, left open.

Run from the repository root: python -m tests.bench.repair_proposals [tables per line]
A table counts as proposed right when every spoilt cell has its true number proposed and no other cell has any.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from itertools import product

from parsers.checks.identities import Key
from parsers.checks.repair import propose
from tests.checks.tables_at_random import FAULTS, Prints, figures, misprint, table


def verdict(form: str, truth: Prints, spoilt: Prints) -> tuple[str, float]:
    before = figures(spoilt)
    start = time.process_time()
    after = propose(before, form)
    taken = time.process_time() - start
    proposed = {
        (each.metric, each.applicant, each.period): each.proposed for each in after if each.proposed is not None
    }
    changed = {
        (each.metric, each.applicant, each.period)
        for each, true in zip(before, figures(truth), strict=True)
        if each.value != true.value and each.raw != true.raw and (each.raw or true.value)
    }
    if any(value != int(truth[key] or 0) for key, value in proposed.items()):
        return "wrong", taken
    return ("right" if proposed.keys() >= changed else "open"), taken


def spoil(form: str, part: str, faults: tuple[str, ...], chance: random.Random) -> tuple[Prints, Prints]:
    """Make a table and put the faults into different cells of the part (all, or metrics that begin so)."""
    while True:
        truth = spoilt = table(form, chance)
        cells: list[Key] = []
        for fault in faults:
            key = chance.choice([key for key in truth if key[0].startswith(part) and key not in cells])
            changed = misprint(spoilt, key, fault, chance)
            if changed is None:
                break
            spoilt = changed
            cells.append(key)
        else:
            return truth, spoilt


def main(tables: int) -> int:
    chance = random.Random(20200131)
    wrong = 0
    print(f"{'form':15} {'cells':9} {'fault':32} {'right':>6} {'wrong':>6} {'open':>6} {'longest ms':>11}")
    lines = [(form, "requests", (fault,)) for form in ("statutory_2019", "statutory_2021") for fault in FAULTS]
    lines += [
        ("statutory_2021", "requests", pair)
        for pair in product(("stray prefix", "wrong digit", "OCR look-alike"), repeat=2)
    ]
    lines += [("statutory_2021", "review", (fault,)) for fault in FAULTS]
    lines += [("statistics_2014", "", (fault,)) for fault in FAULTS]
    sums: Counter[tuple[str, int, str]] = Counter()
    for form, part, faults in lines:
        seen: Counter[str] = Counter()
        longest = 0.0
        for _ in range(tables):
            result, taken = verdict(form, *spoil(form, part, faults, chance))
            seen[result] += 1
            longest = max(longest, taken)
        wrong += seen["wrong"]
        sums.update({(part or "all", len(faults), result): number for result, number in seen.items()})
        print(
            f"{form:15} {part or 'all':9} {' + '.join(faults):32} {seen['right']:6} {seen['wrong']:6} {seen['open']:6}"
            f" {longest * 1000:11.1f}"
        )
    for part, cells in sorted({(part, cells) for part, cells, _ in sums}):
        right, bad, left = (sums[part, cells, result] for result in ("right", "wrong", "open"))
        print(f"{part}, {cells} misprinted: {right} right, {bad} wrong, {left} open of {right + bad + left}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
