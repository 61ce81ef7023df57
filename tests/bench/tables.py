"""Tables: milliseconds a report, and figures right, open and wrong over reports drawn at random.

    python -m tests.bench.tables [REPORTS]      REPORTS of each printing and fault (default 5)

Speed is the time of the table step alone (blocks to figures) for a report with the three statutory tables, as HTML
gives them and as text without any border between cells.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from parsers.model import Block, Paragraph
from parsers.tables import read_tables
from tests.tables.renderings import (
    FAULTS,
    PRINTS,
    article_sheets,
    as_collapsed_text,
    grid,
    one_grid,
    report,
    requests_sheet,
    review_sheet,
)

PROSE = Paragraph("我局依法公开政府信息，回应社会关切。" * 20)


def milliseconds(reports: list[list[Block]]) -> float:
    """CPU milliseconds a report, the best of five rounds after one to fill the caches."""
    best = float("inf")
    for _ in range(6):
        start = time.process_time()
        for blocks in reports:
            read_tables(blocks)
        best = min(best, (time.process_time() - start) * 1000 / len(reports))
    return best


def speed() -> None:
    """Print the time of a report in its two extreme printings."""
    draw = random.Random(1)
    html: list[list[Block]] = []
    text: list[list[Block]] = []
    for _ in range(30):
        article = article_sheets("statutory_2021", draw)
        rest = [requests_sheet("statutory_2021", draw), review_sheet("statutory_2021", draw)]
        html.append([*[PROSE] * 20, one_grid(article), PROSE, grid(rest[0]), PROSE, grid(rest[1])])
        text.append([*[PROSE] * 20, *as_collapsed_text([*article, *rest], draw)])
    print(f"three statutory tables, merged cells   {milliseconds(html):7.2f} ms a report")
    print(f"the same as text without borders       {milliseconds(text[:10]):7.2f} ms a report")


def quality(reports: int) -> None:
    """Print figures right, open and wrong for every printing, over all faults."""
    print(f"{'printing':32} {'right':>7} {'open':>7} {'wrong':>7}   of figures with a value, {len(FAULTS)} faults")
    for way in PRINTS:
        counts: Counter[str] = Counter()
        for fault in FAULTS:
            for seed in range(reports):
                blocks, truth = report(seed, way, fault)
                read = {
                    (figure.metric, figure.applicant, figure.period): figure.value
                    for figure in read_tables(blocks).figures
                    if not figure.metric.startswith("local.") and figure.value is not None
                }
                counts["wrong"] += sum(1 for key, value in read.items() if truth.get(key) != value)
                for key, value in truth.items():
                    if value is not None:
                        counts["right" if read.get(key) == value else "open"] += 1
        print(f"{way:32} {counts['right']:7} {counts['open']:7} {counts['wrong']:7}")


if __name__ == "__main__":
    speed()
    quality(int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 5)
