"""Count the pages of the template set that are read right; the blind third as a number only.

Run: python -m tests.html.score [-v]
"""

from __future__ import annotations

import sys
from collections import Counter

from parsers.model import Grid, Paragraph, Source
from parsers.readers.html import read
from tests.html.pages import BLIND, BODIES, TEMPLATES, Body, Facts, page


def wrong(name: str, body: Body) -> list[str]:
    """What is not right about one page; empty when everything is."""
    markup, url = page(name, body)
    document = read(Source(markup.encode(), url, "text/html", "utf-8"))
    lines = tuple(block.text for block in document.blocks if isinstance(block, Paragraph))
    tables = tuple(
        tuple(
            tuple(cell.text for cell in sorted(block.cells, key=lambda cell: cell.col) if cell.row == row)
            for row in range(block.rows)
        )
        for block in document.blocks
        if isinstance(block, Grid)
    )
    facts = Facts()
    faults = []
    if lines != body.lines:
        more = [line for line in lines if line not in body.lines]
        less = [line for line in body.lines if line not in lines]
        faults.append(f"lines: too many {more[:4]}, missing {less[:4]}")
    if tables != body.tables:
        faults.append(f"tables: {tables}")
    if document.title != facts.title:
        faults.append(f"title: {document.title}")
    if document.published != facts.day:
        faults.append(f"published: {document.published}")
    missing = [text for text in body.attachments if text not in [link.text for link in document.links]]
    if missing:
        faults.append(f"attachments: {missing}")
    return faults


def main() -> None:
    """Print the counts."""
    verbose = "-v" in sys.argv
    seen, blind = [0, 0], [0, 0]
    kinds: Counter[str] = Counter()
    for name in TEMPLATES:
        for kind, body in BODIES.items():
            faults = wrong(name, body)
            count = blind if name in BLIND else seen
            count[0] += not faults
            count[1] += 1
            if name in BLIND:
                kinds.update(fault.split(":")[0] for fault in faults)
            if faults and verbose and name not in BLIND:
                print(name, kind, *faults, sep="\n    ")
    print(dict(kinds), "in the blind part")
    print(f"seen {seen[0]} of {seen[1]}, blind {blind[0]} of {blind[1]}")


if __name__ == "__main__":
    main()
