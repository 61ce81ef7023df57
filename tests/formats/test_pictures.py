"""Pictures in an article: where they are, that they are not read, and the figures of those that came along."""

from __future__ import annotations

import re

from parsers.model import Document, Origin, Reading, Source
from parsers.readers import ocr, read_document
from parsers.report import read
from tests.formats import one_source
from tests.formats.test_ocr import page, png

PAGE = "https://www.example.gov.cn/zfxxgk/art/2024/1/25/art_1_2.html"
PICTURES = (
    '<p><img src="/images/t1.png" width="600" height="700"></p>'
    '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="t2.jpg"></p>'
    '<p><img src="t2.jpg"><img src="icon_pdf.gif"></p>'
)


def article(attachments: tuple[Source, ...] = (), tables: bool = False) -> Source:
    """The report's page with its tables as pictures, and what was fetched with it."""
    text = one_source.html_text()
    if not tables:
        text = re.sub(r"<table.*?</table>", "", text, flags=re.S)
    text = text.replace('</div></div><div class="footer">', PICTURES + '</div></div><div class="footer">')
    return Source(text.encode(), PAGE, "text/html", attachments=attachments)


def picture(number: int) -> Source:
    """A page of the printed report as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(one_source.pdf().content)
    shown = document[number].render(scale=200 / 72, grayscale=True).to_numpy()
    return Source(png(shown), f"https://www.example.gov.cn/images/t{number}.png")


def values(reading: Reading, reason: str | None) -> dict[tuple[str, str], float | None]:
    assert reading.report is not None
    return {(f.metric, f.applicant): f.value for f in reading.report.figures if f.reason == reason}


def test_where_the_pictures_are() -> None:
    document: Document = read_document(article())
    assert document.picture_urls == (
        "https://www.example.gov.cn/images/t1.png",
        "https://www.example.gov.cn/zfxxgk/art/2024/1/25/t2.jpg",
    )


def test_pictures_that_did_not_come_along_are_a_finding() -> None:
    assert "picture.unread" in {finding.code for finding in read(article()).findings}


def test_figures_of_pictures_are_marked_and_right_or_blank() -> None:
    reading = read(article((picture(1), picture(2))))
    wanted = values(read(one_source.html()), None)
    got = values(reading, "read by optical recognition")
    assert len(got) >= 14
    assert {key for key, value in got.items() if value not in (None, wanted[key])} == set()
    assert reading.report is not None
    assert all((f.source is Origin.TABLE) == (f.reason is not None) for f in reading.report.figures)


def test_pictures_are_the_pages_of_one_document() -> None:
    scan = png(page(120))
    together = ocr.read_together(
        [Source(content, f"file:///{number}.png") for number, content in enumerate((scan, b"\xff\xd8\xff", scan))]
    )
    assert together.pictures == 2
    assert [f.data.get("page") for f in together.findings if f.code == "ocr.read"] == [1, 2]
    assert [f.data["attachment"] for f in together.findings if f.code == "format.damaged"] == ["file:///1.png"]


def test_a_damaged_picture_is_named_and_the_text_stands() -> None:
    damaged = Source(b"\x89PNG\r\n\x1a\n broken", "https://www.example.gov.cn/images/t9.png")
    reading = read(article((damaged,), tables=True))
    assert [f.data["attachment"] for f in reading.findings if f.code == "format.damaged"] == [damaged.url]
    assert values(reading, None) == values(read(one_source.html()), None)
