"""Read PDF files: text layer and ruling lines, or recognition (extra `ocr`) for pages that are pictures."""

from __future__ import annotations

from parsers.model import Document, Finding, Severity, Source
from parsers.readers import ocr
from parsers.readers.container import file_name, unreadable
from parsers.readers.pages import Layout, PageContent, lay_out
from parsers.readers.pdfium import open_document, picture_of, read_page

MAX_PAGES = 300
MAX_OCR_PAGES = 20
MAX_TOTAL_GLYPHS = 600_000
OCR_DPI = 200


def read(source: Source) -> Document:
    """Read a PDF. Raises Unreadable when it cannot be opened or none of its pages can be read as text."""
    document = open_document(source)
    try:
        return _Reader(source, document).read()
    finally:
        document.close()


class _Reader:
    def __init__(self, source: Source, document: object) -> None:
        self.source = source
        self.document = document
        self.name = file_name(source)
        self.findings: list[Finding] = []

    def note(self, code: str, severity: Severity, message: str, **data: object) -> None:
        """Add a finding about the file."""
        self.findings.append(Finding(code, severity, f"{self.name}: {message}", data))

    def read(self) -> Document:
        """Read the pages, those that are pictures by recognition."""
        count = len(self.document)  # type: ignore[arg-type]
        if count == 0:
            raise unreadable(self.source, "format.damaged", "the PDF has no pages")
        if count > MAX_PAGES:
            self.note(
                "format.cut", Severity.WARNING, f"the pages after {MAX_PAGES} of {count} were left out", pages=count
            )
        pages: list[PageContent] = []
        total = 0
        for index in range(min(count, MAX_PAGES)):
            page = read_page(self.document, index)
            if page is None:
                self.note("pdf.page_damaged", Severity.ERROR, f"page {index + 1} cannot be loaded", page=index + 1)
                continue
            total += len(page.glyphs)
            if total > MAX_TOTAL_GLYPHS:
                message = f"the pages from {index + 1} on were left out, there is too much text"
                self.note("format.cut", Severity.WARNING, message, page=index + 1)
                break
            pages.append(page)
        if not pages:
            raise unreadable(self.source, "format.damaged", "none of its pages can be loaded")
        recognised = self.recognise(pages)
        layout = lay_out(pages)
        self.describe(pages, layout)
        pictures = sum(
            box.right - box.left > 200 and box.bottom - box.top > 60 for page in pages for box in page.pictures
        )
        only_pictures = recognised == len(pages)
        return Document(
            layout.blocks, "ocr" if only_pictures else "pdf", pictures=pictures, findings=tuple(self.findings)
        )

    def recognise(self, pages: list[PageContent]) -> int:
        """Replace pages that are pictures by what recognition finds on them; the number of pages replaced.

        Raises Unreadable (pdf.scanned) when all pages with anything on them are pictures and the extra is missing.
        """
        scanned = [index for index, page in enumerate(pages) if _is_picture(page)]
        if not scanned:
            if not any(page.glyphs for page in pages):
                raise unreadable(self.source, "pdf.empty", "its pages hold neither text nor pictures")
            return 0
        numbers = [pages[index].number for index in scanned]
        if not ocr.is_installed():
            reason = "the pages are pictures without text; install the extra `ocr` to recognise them"
            if not any(page.glyphs for index, page in enumerate(pages) if index not in scanned):
                raise unreadable(self.source, "pdf.scanned", reason, pages=numbers)
            listed = ", ".join(map(str, numbers))
            self.note("pdf.scanned_pages", Severity.ERROR, f"pages {listed} were left out: {reason}", pages=numbers)
            return 0
        for index in scanned[:MAX_OCR_PAGES]:
            picture = picture_of(self.document, pages[index].number - 1, OCR_DPI)
            recognised = ocr.recognise(picture, pages[index].number, OCR_DPI)
            pages[index] = recognised.page
            self.findings += ocr.findings(self.name, recognised)
        if len(scanned) > MAX_OCR_PAGES:
            message = f"only the first {MAX_OCR_PAGES} of {len(scanned)} scanned pages were recognised"
            self.note("format.cut", Severity.WARNING, message, pages=numbers)
        return len(scanned)

    def describe(self, pages: list[PageContent], layout: Layout) -> None:
        """Findings about the text layer and the tables."""
        if unmapped := sum(page.unmapped for page in pages):
            message = f"{unmapped} characters have no Unicode value in the file and cannot be read"
            self.note("pdf.unmapped_text", Severity.WARNING, message, count=unmapped)
        if invisible := sum(page.invisible for page in pages):
            message = f"{invisible} characters are an invisible layer that a scanner recognised"
            self.note("pdf.ocr_layer", Severity.WARNING, message, count=invisible)
        if hidden := sum(page.hidden for page in pages):
            message = f"{hidden} characters that nobody sees (painted over, or as pale as the paper) were left out"
            self.note("pdf.hidden_text", Severity.WARNING, message, count=hidden)
        if slanted := sum(page.slanted for page in pages):
            message = f"{slanted} characters of a watermark (pale, or set at an angle) were left out"
            self.note("pdf.watermark", Severity.INFO, message, count=slanted)
        if layout.struck:
            message = (
                f"{layout.struck} characters are struck out and were left out as deletions; "
                "a copy that lost the marks prints old and new digits together"
            )
            self.note("format.tracked_changes", Severity.WARNING, message, deleted=layout.struck)
        if cut := [page.number for page in pages if page.cut]:
            message = f"pages {', '.join(map(str, cut))} hold too many objects and were read in part"
            self.note("format.cut", Severity.WARNING, message, pages=cut)
        for number in layout.side_by_side:
            message = f"page {number} holds text side by side that was read line by line; its order is not certain"
            self.note("text.order", Severity.WARNING, message, page=number)
        for number in layout.unruled:
            message = f"a table on page {number} has no ruling lines and was read by the columns of its text"
            self.note("table.unruled", Severity.INFO, message, page=number)
        for number in layout.ragged:
            message = f"the ruling lines of a table on page {number} leave a field that is not a rectangle"
            self.note("table.ragged", Severity.WARNING, message, page=number)


def _is_picture(page: PageContent) -> bool:
    """A page without a usable text layer on which something is shown."""
    readable = len(page.glyphs) - page.unmapped
    garbled = page.unmapped > 0.3 * len(page.glyphs)
    if readable >= 20 and not garbled:
        return False
    area = sum((box.right - box.left) * (box.bottom - box.top) for box in page.pictures)
    return garbled or area > 0.4 * page.width * page.height or page.paths > 400
