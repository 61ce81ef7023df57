"""Flattened tables found in the paragraphs of a document and rebuilt as grids."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Block, Finding, Paragraph, Severity
from parsers.tables.flattened.squeezed import LANDMARK, LONGEST_CELL
from parsers.tables.flattened.stream import rebuild_stream
from parsers.tables.flattened.tagged import rows_of_cells

LONGEST_STREAM = 2_000_000
"""Characters between two tables beyond which no table is looked for in the text."""


def rebuild(blocks: Sequence[Block], findings: list[Finding]) -> list[Block]:
    """Put a grid where the text of a lost table stands; the prose around it stays, even in the same paragraph."""
    if not any(isinstance(block, Paragraph) for block in blocks) or not _may_hold_a_table(blocks):
        return list(blocks)
    rebuilt: list[Block] = []
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        rebuilt.extend(_rebuild_run(run, findings))
        run = []
        if block is not None:
            rebuilt.append(block)
    return rebuilt


def _may_hold_a_table(blocks: Sequence[Block]) -> bool:
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.row is not None:
                return True
            texts.append(block.text)
    joined = "".join(texts)
    if "|" in joined or "｜" in joined or LANDMARK.search(joined):
        return True
    short = "".join(text for text in texts if len(text) < LONGEST_CELL)
    return LANDMARK.search("".join(short.split())) is not None


def _rebuild_run(paragraphs: list[Paragraph], findings: list[Finding]) -> list[Block]:
    if not paragraphs:
        return []
    if sum(len(paragraph.text) for paragraph in paragraphs) > LONGEST_STREAM:
        findings.append(
            Finding("text.too_long", Severity.WARNING, "The text is too long to look for tables in it.", {})
        )
        return list(paragraphs)
    blocks = rows_of_cells(paragraphs)
    out: list[Block] = []
    stream: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph):
            stream.append(block)
            continue
        out.extend(rebuild_stream(stream))
        stream = []
        if block is not None:
            out.append(block)
    return out
