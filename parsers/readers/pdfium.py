"""What stands on the pages of a PDF: characters, strokes and pictures with their places, by PDFium.

PDFium rather than pdfminer and pdfplumber: the same characters and strokes in a twentieth of the time, with CJK
encodings built in, and an engine that is fuzzed because browsers run it. pdfplumber also takes the white boxes that
Word paints behind paragraphs for table cells; here only what draws a visible line counts.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from parsers.model import Source
from parsers.readers.container import unreadable
from parsers.readers.lattice import Box, Stroke
from parsers.readers.pages import PageContent
from parsers.readers.typeset import Glyph, plain

MAX_GLYPHS = 40_000  # of one page; a full A4 page of small print has 3,000
MAX_OBJECTS = 60_000  # of one page
MAX_SEGMENTS = 20_000  # of one path
MAX_FORM_DEPTH = 8
THIN = 3.0  # points: a filled box thinner than this is a line
SLOPE = 1.0  # points a line may be off the horizontal or vertical


def open_document(source: Source) -> Any:
    """Open the file. Raises Unreadable for a password and for what PDFium cannot open."""
    try:
        return pdfium.PdfDocument(source.content)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise unreadable(source, "format.encrypted", "the PDF is protected by a password") from error
        raise unreadable(source, "format.damaged", f"PDFium cannot open it: {error}") from error


def read_page(document: Any, index: int) -> PageContent | None:
    """The content of one page; None when PDFium cannot load it."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return None
    try:
        view = _View(page)
        content = PageContent(index + 1, view.width, view.height)
        _read_glyphs(page, view, content)
        for element, matrix in _objects(page, content):
            kind = raw.FPDFPageObj_GetType(element)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                content.paths += 1
                _read_path(element, matrix, view, content)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                _read_picture(element, matrix, view, content)
        return content
    finally:
        page.close()


def picture_of(document: Any, index: int, dpi: int) -> Any:
    """The page as a grey picture (numpy array, rows × columns), for recognition."""
    page = document[index]
    try:
        scale = dpi / 72
        width, height = page.get_size()
        scale = min(scale, 5000 / max(width, height, 1))
        return page.render(scale=scale, grayscale=True).to_numpy()
    finally:
        page.close()


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    """Apply `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class _View:
    """From page space to the shown page: origin at its upper left corner, rotation applied."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_cropbox()
        if right <= left or top <= bottom:
            left, bottom, right, top = page.get_mediabox()
        self.turns = (page.get_rotation() // 90) % 4
        width, height = right - left, top - bottom
        self.width, self.height = (width, height) if self.turns % 2 == 0 else (height, width)
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of page space as seen."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of page space as seen."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _read_glyphs(page: Any, view: _View, content: PageContent) -> None:
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        count = raw.FPDFText_CountChars(handle)
        if count > MAX_GLYPHS:
            content.cut, count = True, MAX_GLYPHS
        bounds, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        runs: dict[int, tuple[bool, float]] = {}  # text object -> invisible, size of its print
        previous: dict[str, Glyph] = {}
        for i in range(max(count, 0)):
            code = raw.FPDFText_GetUnicode(handle, i)
            if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or raw.FPDFText_HasUnicodeMapError(handle, i) == 1:
                if not raw.FPDFText_IsGenerated(handle, i):
                    content.unmapped += 1
                continue
            if code <= 32 or code in (0xA0, 0x3000, 0xAD, 0x200B, 0xFEFF) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, i, ctypes.byref(bounds)):
                continue
            element = raw.FPDFText_GetTextObject(handle, i)
            address = ctypes.cast(element, ctypes.c_void_p).value or 0
            if address not in runs:
                hidden = raw.FPDFTextObj_GetTextRenderMode(element) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
                runs[address] = (hidden, _print_size(handle, i))
            hidden, size = runs[address]
            if size and bounds.top - bounds.bottom > 2.5 * size:
                # Of a font for vertical writing PDFium gives the box unscaled: a square above the origin instead.
                raw.FPDFText_GetCharOrigin(handle, i, ctypes.byref(x), ctypes.byref(y))
                box = view.box(x.value, y.value, x.value + size, y.value + size)
            else:
                box = view.box(bounds.left, bounds.bottom, bounds.right, bounds.top)
            if not (box.right > box.left and box.bottom > box.top and math.isfinite(box.right + box.bottom)):
                continue
            angle = raw.FPDFText_GetCharAngle(handle, i)
            turns = (angle if angle >= 0 else 0.0) / (math.pi / 2)
            if abs(turns - round(turns)) > 0.05:
                content.slanted += 1
                continue
            content.invisible += hidden
            text = plain(chr(code))
            glyph = Glyph(text, box.left, box.top, box.right, box.bottom, (round(turns) + view.turns) % 4)
            same = previous.get(text)
            if same is not None and _same_place(same, glyph):
                continue  # bold made by printing twice
            previous[text] = glyph
            content.glyphs.append(glyph)
    finally:
        text_page.close()


def _print_size(handle: Any, index: int) -> float:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        return 0.0
    return float(raw.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d)


def _same_place(first: Glyph, second: Glyph) -> bool:
    slack = 0.15 * second.height
    return abs(first.left - second.left) < slack and abs(first.top - second.top) < slack


def _objects(page: Any, content: PageContent) -> Iterator[tuple[Any, _Matrix]]:
    """Every object of the page and of the forms it uses, with the matrix that applies to it."""
    seen = 0
    pending: list[tuple[Any, int, _Matrix]] = []
    count = raw.FPDFPage_CountObjects(page.raw)
    for index in range(max(count, 0)):
        pending.append((raw.FPDFPage_GetObject(page.raw, index), 0, _IDENTITY))
        while pending:
            element, depth, outer = pending.pop()
            seen += 1
            if seen > MAX_OBJECTS:
                content.cut = True
                return
            if not element:
                continue
            if raw.FPDFPageObj_GetType(element) == raw.FPDF_PAGEOBJ_FORM:
                if depth < MAX_FORM_DEPTH:
                    inner = _times(_matrix(element), outer)
                    children = min(max(raw.FPDFFormObj_CountObjects(element), 0), MAX_OBJECTS)
                    pending += [
                        (raw.FPDFFormObj_GetObject(element, child), depth + 1, inner)
                        for child in range(children - 1, -1, -1)
                    ]
                continue
            yield element, outer


def _matrix(element: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(element, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _visible(get: Any, element: Any) -> bool:
    """Whether a colour shows on white paper."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not get(element, ctypes.byref(r), ctypes.byref(g), ctypes.byref(b), ctypes.byref(a)):
        return True
    return a.value > 20 and min(r.value, g.value, b.value) < 245


def _read_path(element: Any, outer: _Matrix, view: _View, content: PageContent) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(element, ctypes.byref(fill), ctypes.byref(stroke))
    stroked = bool(stroke.value) and _visible(raw.FPDFPageObj_GetStrokeColor, element)
    filled = bool(fill.value) and not stroked and _visible(raw.FPDFPageObj_GetFillColor, element)
    if not stroked and not filled:
        return
    matrix = _times(_matrix(element), outer)
    count = min(raw.FPDFPath_CountSegments(element), MAX_SEGMENTS)
    x, y = ctypes.c_float(), ctypes.c_float()
    figures: list[list[tuple[float, float]]] = []
    closed: list[bool] = []
    for index in range(max(count, 0)):
        segment = raw.FPDFPath_GetPathSegment(element, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        a, b, c, d, e, f = matrix
        point = view.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO or not figures:
            figures.append([point])
            closed.append(False)
        elif kind == raw.FPDF_SEGMENT_LINETO:
            figures[-1].append(point)
        else:  # a curve ends the run of straight lines
            figures.append([point])
            closed.append(False)
        if raw.FPDFPathSegment_GetClose(segment):
            closed[-1] = True
    for points, is_closed in zip(figures, closed, strict=True):
        if stroked:
            ends = [*points[1:], points[0]] if is_closed else points[1:]
            for start, end in zip(points, ends, strict=False):
                _add_line(start, end, content)
        elif len(points) >= 3:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            _add_bar(Box(min(xs), min(ys), max(xs), max(ys)), content)


def _add_line(start: tuple[float, float], end: tuple[float, float], content: PageContent) -> None:
    (x0, y0), (x1, y1) = start, end
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        return
    if abs(y0 - y1) <= SLOPE and abs(x0 - x1) > SLOPE:
        content.horizontal.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x0 - x1) <= SLOPE and abs(y0 - y1) > SLOPE:
        content.vertical.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _add_bar(box: Box, content: PageContent) -> None:
    """A filled box that is thin enough to be a line."""
    width, height = box.right - box.left, box.bottom - box.top
    if height <= THIN and width > height:
        content.horizontal.append(Stroke((box.top + box.bottom) / 2, box.left, box.right))
    elif width <= THIN and height > width:
        content.vertical.append(Stroke((box.left + box.right) / 2, box.top, box.bottom))


def _read_picture(element: Any, outer: _Matrix, view: _View, content: PageContent) -> None:
    a, b, c, d, e, f = _times(_matrix(element), outer)  # a picture fills the unit square
    corners = [view.point(e, f), view.point(a + e, b + f), view.point(c + e, d + f), view.point(a + c + e, b + d + f)]
    box = Box(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    )
    if not all(map(math.isfinite, (box.left, box.top, box.right, box.bottom))):
        return
    if min(box.right - box.left, box.bottom - box.top) <= THIN:
        _add_bar(box, content)
    else:
        content.pictures.append(box)
