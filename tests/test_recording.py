"""The bundled recording is what its script builds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from scripts.build_recording import RECORDINGS, record

FOLDER = Path(__file__).resolve().parents[1] / "demo" / "recording"


def records(content: bytes) -> list[tuple[str, str, bytes]]:
    return [
        (
            r.rec_headers.get_header("WARC-Target-URI"),
            r.http_headers.get_statuscode(),
            r.content_stream().read(),
        )
        for r in ArchiveIterator(io.BytesIO(content))
    ]


@pytest.mark.parametrize("name", RECORDINGS)
def test_recording_is_what_the_script_builds(name: str) -> None:
    bundled = records((FOLDER / f"{name}.warc.gz").read_bytes())
    assert bundled == records(record(RECORDINGS[name]()))
    assert len({url for url, _, _ in bundled}) == len(bundled)


def test_nothing_else_is_bundled() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.warc.gz" for name in RECORDINGS}
