"""How many article bodies are right, and how long they take, beside readability-lxml on the same pages.

A body is right when its text is that of the article and nothing else; white space does not count. The pages are the
own templates of tests/html/pages.py with all bodies (attachment-only ones aside: readability keeps no such page).

Run: python -m tests.bench.articles
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable

import lxml.html
from readability import Document as Peer

from parsers.model import Paragraph, Source
from parsers.readers.html import read
from tests.html.pages import BODIES, TEMPLATES, page


def ours(markup: str, url: str) -> str:
    """Text of the blocks."""
    blocks = read(Source(markup.encode(), url, "text/html", "utf-8")).blocks
    parts = [
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells) for block in blocks
    ]
    return "".join("".join(parts).split())


def peer(markup: str, url: str) -> str:
    """Text of readability's summary."""
    summary = Peer(markup, url=url).summary(html_partial=True)
    return "".join(lxml.html.fromstring(summary).text_content().split())


def main() -> None:
    """Print right of all per kind of body, and the mean time of a page."""
    logging.disable(logging.ERROR)
    right: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spent: dict[str, float] = defaultdict(float)
    readers: dict[str, Callable[[str, str], str]] = {"ours": ours, "readability-lxml": peer}
    kinds = [kind for kind in BODIES if kind != "attachment"]
    for template in TEMPLATES:
        for kind in kinds:
            markup, url = page(template, BODIES[kind])
            wanted = "".join(lxml.html.fromstring(f"<div>{BODIES[kind].markup}</div>").text_content().split())
            for name, reader in readers.items():
                started = time.process_time()
                try:
                    found = reader(markup, url)
                except Exception as error:
                    found = repr(error)
                spent[name] += time.process_time() - started
                right[name][kind] += found == wanted
    pages = len(TEMPLATES)
    for name in readers:
        counts = ", ".join(f"{kind} {right[name][kind]}" for kind in kinds)
        total = sum(right[name].values())
        print(f"{name}: {total} of {pages * len(kinds)} right ({counts}; {pages} each), "
              f"{spent[name] / (pages * len(kinds)) * 1000:.1f} ms a page")  # fmt: skip


if __name__ == "__main__":
    main()
