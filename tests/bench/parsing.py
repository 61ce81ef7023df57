"""Whole reports, from bytes to figures, on one core, beside the bare lxml parse of the same pages.

Run: python -m tests.bench.parsing
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import html
from warcio.archiveiterator import ArchiveIterator

from parsers.model import Source
from parsers.report import read

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5


def pages() -> dict[str, list[Source]]:
    """Pages by kind: the recorded articles by form, and the golden text extractions."""
    kinds: dict[str, list[Source]] = {}
    for path in sorted((ROOT / "demo" / "recording").glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                source = Source(record.content_stream().read(), record.rec_headers.get_header("WARC-Target-URI"))
                if "/col/" in source.url or "robots" in source.url or "jpage" in source.url:
                    continue
                report = read(source).report
                if report is not None:
                    kinds.setdefault(f"HTML {report.form}", []).append(source)
    for path in sorted((ROOT / "tests" / "golden").glob("*/page.txt")):
        kinds[f"text {path.parent.name}"] = [Source(path.read_bytes(), path.as_uri())]
    return kinds


def bare(source: Source) -> None:
    """What lxml alone needs: the tree and the text of every cell."""
    tree = html.fromstring(source.content)
    for cell in tree.iter("td", "th", "p"):
        cell.text_content()


def seconds(work: Callable[[Source], object], sources: Sequence[Source]) -> float:
    """CPU seconds for one pass, the best of several."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for source in sources:
            work(source)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    print(f"{'pages':28} {'number':>6} {'KB':>6} {'ms/report':>10} {'reports/s':>10} {'bare lxml ms':>13}")
    spent = number = 0.0
    for kind, sources in pages().items():
        ours, theirs = seconds(read, sources), seconds(bare, sources)
        count = len(sources)
        size = sum(len(source.content) for source in sources) / count / 1024
        rates = f"{1000 * ours / count:10.2f} {count / ours:10.0f} {1000 * theirs / count:13.2f}"
        print(f"{kind:28} {count:6} {size:6.1f} {rates}")
        spent += ours
        number += count
    print(f"{'all':28} {number:6.0f} {'':6} {1000 * spent / number:10.2f} {number / spent:10.0f}")


if __name__ == "__main__":
    sys.exit(main())
