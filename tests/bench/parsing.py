"""Whole reports, from bytes to figures, on one core, beside the bare lxml parse of the same pages in the same run.

Run: python -m tests.bench.parsing [PAGES]      PAGES of each kind (default 40)

Every page is read once and differs from all others in its figures, as in a crawl; other pages of its kind are read
before the clock starts, so that the vocabularies are loaded. Times are of this process' CPU, so that a busy machine
matters little; a row shows the median of its pages. `all HTML` is the middle of the kinds of pages above it.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import html
from warcio.archiveiterator import ArchiveIterator

from parsers.model import Source
from parsers.report import read
from tests.bench import _reports

ROOT = Path(__file__).resolve().parents[2]
RECENT, EARLIER, FIRST = range(2021, 2025), range(2014, 2019), range(2009, 2014)
KINDS: dict[str, Callable[[random.Random], Source]] = {
    "HTML, form of 2021": lambda draw: _reports.as_page(_reports.statutory(draw), draw, RECENT, word=False),
    "HTML, form of 2021, from Word": lambda draw: _reports.as_page(_reports.statutory(draw), draw, RECENT, word=True),
    "HTML, statistics of 2014": lambda draw: _reports.as_page(_reports.statistics(draw), draw, EARLIER, word=True),
    "HTML, prose": lambda draw: _reports.as_page(_reports.prose(draw), draw, FIRST, word=False),
    "text, form of 2021": lambda draw: _reports.as_text(_reports.statutory(draw), draw, RECENT),
    "text, the same in one stream": lambda draw: _reports.as_stream(draw, RECENT),
    "text, prose": lambda draw: _reports.as_text(_reports.prose(draw), draw, FIRST),
}
WARMING = 15


def recorded() -> list[Source]:
    """The reports of the bundled recording: short pages of small sites."""
    found = []
    for path in sorted((ROOT / "demo" / "recording").glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                source = Source(record.content_stream().read(), record.rec_headers.get_header("WARC-Target-URI"))
                if not any(part in source.url for part in ("/col/", "robots", "jpage")) and read(source).report:
                    found.append(source)
    return found


def bare(source: Source) -> None:
    """What lxml alone needs: the tree and the text of every cell and paragraph."""
    tree = html.fromstring(source.content)
    for cell in tree.iter("td", "th", "p"):
        cell.text_content()


def milliseconds(work: Callable[[Source], object], sources: Sequence[Source]) -> float:
    """CPU time of a page: the median."""
    spent = []
    for source in sources:
        start = time.process_time()
        work(source)
        spent.append(time.process_time() - start)
    return statistics.median(spent) * 1000


def row(kind: str, sources: Sequence[Source]) -> float:
    """Print the line of a kind; returns our time."""
    size = statistics.median(len(source.content) for source in sources) / 1024
    theirs = milliseconds(bare, sources) if kind.startswith("HTML") else None
    ours = milliseconds(read, sources)
    beside = f"{theirs:13.2f} {ours / theirs:6.1f}" if theirs else ""
    print(f"{kind:32} {len(sources):5} {size:6.1f} {ours:10.2f} {1000 / ours:10.0f} {beside}".rstrip())
    return ours


def main(pages: int) -> None:
    """Print one line for each kind of report."""
    print(f"{'pages':32} {'count':>5} {'KB':>6} {'ms/report':>10} {'reports/s':>10} {'bare lxml ms':>13} {'times':>6}")
    of_html = []
    for kind, make in KINDS.items():
        draw = random.Random(kind)  # the same pages in every run
        for _ in range(WARMING):
            read(make(draw))
        ours = row(kind, [make(draw) for _ in range(pages)])
        if kind.startswith("HTML"):
            of_html.append(ours)
    middle = statistics.mean(of_html)
    print(f"{'all HTML':32} {'':12} {middle:10.2f} {1000 / middle:10.0f}")
    row("HTML, recorded", recorded())


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 40)
