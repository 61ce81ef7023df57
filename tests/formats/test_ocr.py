"""Scans: numbers are right or left open, never wrong and never blank, and every page says that it was recognised."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pypdfium2
import pytest

from parsers.model import Document, Source, Unreadable
from parsers.readers import ocr, read_document
from tests.formats.grids import codes, grids, lines, rows
from tests.formats.one_source import FILES
from tests.formats.samples import SCANNED


@cache
def page(dpi: int) -> Any:
    """A printed page as a grey picture."""
    document = pypdfium2.PdfDocument((FILES / "to_scan.pdf").read_bytes())
    picture = document[0].render(scale=dpi / 72, grayscale=True).to_numpy().copy()
    document.close()
    return picture


def skewed(picture: Any, degrees: float) -> Any:
    import cv2

    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=235)


def noisy(picture: Any) -> Any:
    """Grey paper, weak ink, specks, and the blur of a copier."""
    import cv2
    import numpy as np

    generator = np.random.default_rng(7)
    paper = picture.astype(np.float32) * 0.6 + 80 + generator.normal(0, 9, picture.shape)
    return cv2.GaussianBlur(np.clip(paper, 0, 255).astype(np.uint8), (3, 3), 0)


def png(picture: Any) -> bytes:
    import cv2

    return bytes(cv2.imencode(".png", picture)[1])


SCANS = {
    "clean": lambda: page(200),
    "coarse": lambda: page(120),
    "skewed": lambda: skewed(page(200), 1.7),
    "skewed_and_noisy": lambda: noisy(skewed(page(200), -0.8)),
}


@cache
def scan(name: str) -> Document:
    return read_document(Source(png(SCANS[name]()), f"file:///{name}.png", "image/png"))


@pytest.mark.parametrize("name", SCANS)
def test_every_cell_is_right_or_left_open(name: str) -> None:
    document = scan(name)
    assert document.format == "ocr"
    assert "ocr.read" in codes(document)
    (grid,) = grids(document)
    wrong = [
        (read, printed)
        for read_row, printed_row in zip(rows(grid), SCANNED, strict=True)
        for read, printed in zip(read_row, printed_row, strict=True)
        if read not in (printed, ocr.UNREAD)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SCANS)
def test_what_is_left_open_is_named(name: str) -> None:
    document = scan(name)
    read = [text for row in rows(grids(document)[0]) for text in row]
    lost = read.count(ocr.UNREAD)
    named = sum(f.data["count"] for f in document.findings if f.code == "ocr.doubtful")
    assert lost == named
    if name in ("clean", "skewed"):
        assert lost == 0


def test_the_text_around_the_table() -> None:
    assert lines(scan("clean")) == [
        "主动公开情况统计表",
        "本年度共公开政府信息318条，收到申请17件。",
        "数据截至十二月底",
    ]


def test_a_scanned_pdf() -> None:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(page(150)).save(stream, "PDF", resolution=150)
    document = read_document(Source(stream.getvalue(), "file:///scan.pdf"))
    assert document.format == "ocr"
    assert "ocr.read" in codes(document)
    assert rows(grids(document)[0])[1][0] == "行政许可"


def test_a_damaged_picture_is_named() -> None:
    with pytest.raises(Unreadable, match=r"scan\.png"):
        read_document(Source(png(page(120))[:300], "file:///scan.png"))
