"""What stands on the pages of a PDF: characters, strokes and pictures with their places, by PDFium.

PDFium rather than pdfminer and pdfplumber: the same characters and strokes in a twentieth of the time, with CJK
encodings built in, and an engine that is fuzzed because browsers run it. pdfplumber also takes the white boxes that
Word paints behind paragraphs for table cells; here only what draws a visible line counts.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
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
UNKNOWN = 0xFFFD  # stands where a character is printed that the file does not name
MAX_FIELDS = 5_000  # of one page
MAX_AREAS = 20_000  # painted areas of one page
MAX_UNSEEN = 500  # characters of one page that are looked at for what went with them
BAND = 20.0  # points: areas are found by their height on the page
SCANNED_PATHS = 400  # more drawings than that may be a picture of a page
UNSEEN = 0.06  # contrast below which nobody sees a print
PALE = 0.6  # contrast below which a translucent print is a watermark
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
        if _takes_up_fields(page):
            page.close()
            page = document[index]
    except pdfium.PdfiumError:
        return None
    try:
        view = _View(page)
        content = PageContent(index + 1, view.width, view.height)
        paint = _Paint()
        for element, matrix in _objects(page, content):
            kind = raw.FPDFPageObj_GetType(element)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                content.paths += 1
                _read_path(element, matrix, view, content, paint)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                _read_picture(element, matrix, view, content)
                paint.pictures += content.pictures[-1:]
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                paint.begin_text(element, matrix)
        _read_glyphs(page, view, content, paint)
        return content
    finally:
        page.close()


_SHOWN_FIELDS = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)


def _takes_up_fields(page: Any) -> bool:
    """Make what is filled into the fields of a form and typed upon the page a part of the page, as it is printed."""
    for number in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), MAX_FIELDS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN_FIELDS:
            return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS)
    return False


_Colour = tuple[int, int, int, int]  # red, green, blue, opacity; 0 to 255
_WHITE: _Colour = (255, 255, 255, 255)


@dataclass(slots=True)
class _Paint:
    """What is painted on a page, in its order: areas of a colour and texts, to know which print can be seen."""

    texts: dict[int, int] = field(default_factory=dict)  # text object -> how many areas are painted before it
    elements: dict[int, tuple[Any, _Matrix]] = field(default_factory=dict)  # text object -> it and its matrix
    areas: list[tuple[Box, _Colour]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    bands: dict[int, list[int]] = field(default_factory=dict)  # height -> the areas that reach it

    def begin_text(self, element: Any, outer: _Matrix) -> None:
        """Note that a text is painted now."""
        address = ctypes.cast(element, ctypes.c_void_p).value or 0
        self.texts[address] = len(self.areas)
        self.elements[address] = (element, outer)

    def later_texts(self, address: int, view: _View) -> Iterator[Box]:
        """The places of the texts that are painted after one."""
        sides = [ctypes.c_float() for _ in range(4)]
        later = False
        for other, (element, matrix) in self.elements.items():
            if later and raw.FPDFPageObj_GetBounds(element, *map(ctypes.byref, sides)):
                left, bottom, right, top = (side.value for side in sides)
                a, b, c, d, e, f = matrix
                first = view.point(a * left + c * bottom + e, b * left + d * bottom + f)
                second = view.point(a * right + c * top + e, b * right + d * top + f)
                yield Box(
                    min(first[0], second[0]),
                    min(first[1], second[1]),
                    max(first[0], second[0]),
                    max(first[1], second[1]),
                )
            later = later or other == address

    def add(self, box: Box, colour: _Colour) -> None:
        """Note that an opaque area is painted now."""
        if len(self.areas) < MAX_AREAS:
            for band in range(int(box.top // BAND), min(int(box.bottom // BAND), int(box.top // BAND) + 500) + 1):
                self.bands.setdefault(band, []).append(len(self.areas))
            self.areas.append((box, colour))

    def ground(self, address: int, x: float, y: float) -> tuple[_Colour, bool]:
        """The colour under a point of a text, and whether another area covers it."""
        before = self.texts.get(address)
        colour, covered = _WHITE, False
        if before is None:
            return colour, covered
        for index in self.bands.get(int(y // BAND), ()):
            box, painted = self.areas[index]
            if box.holds(x, y):
                if index < before:
                    colour = painted
                else:
                    covered = True
        return colour, covered


def _colour_of(get: Any, element: Any) -> _Colour:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not get(element, ctypes.byref(r), ctypes.byref(g), ctypes.byref(b), ctypes.byref(a)):
        return (0, 0, 0, 255)
    return (r.value, g.value, b.value, a.value)


def _contrast(print_: _Colour, ground: _Colour) -> float:
    """How far a print stands out from its ground, 0 to 1, by the colour channel in which it does most."""
    opacity = print_[3] / 255
    return max(abs(p - g) for p, g in zip(print_[:3], ground[:3], strict=True)) / 255 * opacity


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


def _read_glyphs(page: Any, view: _View, content: PageContent, paint: _Paint) -> None:
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        count = raw.FPDFText_CountChars(handle)
        if count > MAX_GLYPHS:
            content.cut, count = True, MAX_GLYPHS
        bounds, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        runs: dict[int, _Print] = {}  # by text object
        unseen: list[tuple[int, Box]] = []
        previous: dict[str, Glyph] = {}
        for i in range(max(count, 0)):
            code = raw.FPDFText_GetUnicode(handle, i)
            if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or raw.FPDFText_HasUnicodeMapError(handle, i) == 1:
                if raw.FPDFText_IsGenerated(handle, i):
                    continue
                content.unmapped += 1
                code = UNKNOWN
            elif (
                code <= 32 or code in (0xA0, 0x3000, 0xAD, 0x200B, 0xFEFF) or code > 0x10FFFF or 0xD800 <= code < 0xE000
            ):
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, i, ctypes.byref(bounds)):
                continue
            element = raw.FPDFText_GetTextObject(handle, i)
            address = ctypes.cast(element, ctypes.c_void_p).value or 0
            if address not in runs:
                runs[address] = _print_of(handle, i, element)
            printed = runs[address]
            size = printed.size
            if size and bounds.top - bounds.bottom > 2.5 * size:
                # Of a font for vertical writing PDFium gives the box unscaled: a square above the origin instead.
                raw.FPDFText_GetCharOrigin(handle, i, ctypes.byref(x), ctypes.byref(y))
                box = view.box(x.value, y.value, x.value + size, y.value + size)
            elif size and min(bounds.top - bounds.bottom, bounds.right - bounds.left) < 0.35 * size:
                # Of a font whose characters are drawings (Type 3) it gives the ink, which 一 has hardly any of.
                raw.FPDFText_GetCharOrigin(handle, i, ctypes.byref(x), ctypes.byref(y))
                box = view.box(*printed.line_of(bounds, x.value, y.value))
            else:
                box = view.box(bounds.left, bounds.bottom, bounds.right, bounds.top)
            if not (box.right > box.left and box.bottom > box.top and math.isfinite(box.right + box.bottom)):
                continue
            angle = raw.FPDFText_GetCharAngle(handle, i)
            turns = (angle if angle >= 0 else 0.0) / (math.pi / 2)
            if abs(turns - round(turns)) > 0.05:
                content.slanted += 1
                continue
            if _is_unseen(printed, address, box, content, paint):
                unseen.append((address, box))
                continue
            glyph = Glyph(plain(chr(code)), box.left, box.top, box.right, box.bottom, (round(turns) + view.turns) % 4)
            same = previous.get(glyph.text)
            if same is not None and _same_place(same, glyph):
                continue  # bold made by printing twice
            previous[glyph.text] = glyph
            content.glyphs.append(glyph)
        content.glyphs += _lost_with(unseen, view, content, paint)
    finally:
        text_page.close()


@dataclass(frozen=True, slots=True)
class _Print:
    """How a run of text is set: its size in points, the direction of "up" in page space, and its colour."""

    size: float
    up: tuple[float, float]
    colour: _Colour
    invisible: bool

    def line_of(self, bounds: Any, x: float, y: float) -> tuple[float, float, float, float]:
        """A box of ink (left, bottom, right, top) stretched over the height of its line, whose base is at x, y."""
        left, bottom, right, top = bounds.left, bounds.bottom, bounds.right, bounds.top
        rise, drop = 0.88 * self.size, 0.12 * self.size
        dx, dy = self.up
        if abs(dy) > abs(dx):
            ends = (y - drop * dy, y + rise * dy)
            return left, min(bottom, *ends), right, max(top, *ends)
        ends = (x - drop * dx, x + rise * dx)
        return min(left, *ends), bottom, max(right, *ends), top


def _print_of(handle: Any, index: int, element: Any) -> _Print:
    mode = raw.FPDFTextObj_GetTextRenderMode(element)
    hidden = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    outlined = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    colour = _colour_of(raw.FPDFPageObj_GetStrokeColor if outlined else raw.FPDFPageObj_GetFillColor, element)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix))
    length = math.hypot(matrix.c, matrix.d)
    if not length:
        return _Print(0.0, (0.0, 1.0), colour, hidden)
    size = float(raw.FPDFText_GetFontSize(handle, index)) * length
    return _Print(size, (matrix.c / length, matrix.d / length), colour, hidden)


def _is_unseen(printed: _Print, address: int, box: Box, content: PageContent, paint: _Paint) -> bool:
    """Whether a character is not to be read because nobody sees it, or sees it as a watermark; counts which."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if printed.invisible:
        if content.paths > SCANNED_PATHS or any(picture.holds(x, y) for picture in paint.pictures):
            content.invisible += 1  # the text that a scanner lays under its picture
            return False
        content.hidden += 1
        return True
    ground, covered = paint.ground(address, x, y)
    contrast = _contrast(printed.colour, ground)
    if covered or contrast < UNSEEN:
        content.hidden += 1
        return True
    if printed.colour[3] < 150 and contrast < PALE:
        content.slanted += 1
        return True
    return False


def _lost_with(unseen: list[tuple[int, Box]], view: _View, content: PageContent, paint: _Paint) -> list[Glyph]:
    """Marks for characters that went with unseen ones: PDFium drops a character that is the same as one below it."""
    marks = []
    places: dict[int, list[Box]] = {}
    for address, box in unseen[:MAX_UNSEEN]:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        if address not in places:
            places[address] = list(paint.later_texts(address, view))
        if any(place.holds(x, y) for place in places[address]) and not any(
            glyph.left <= x <= glyph.right and glyph.top <= y <= glyph.bottom for glyph in content.glyphs
        ):
            marks.append(Glyph(chr(UNKNOWN), box.left, box.top, box.right, box.bottom))
    return marks


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


def _read_path(element: Any, outer: _Matrix, view: _View, content: PageContent, paint: _Paint) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(element, ctypes.byref(fill), ctypes.byref(stroke))
    stroked = bool(stroke.value) and _visible(raw.FPDFPageObj_GetStrokeColor, element)
    filled = bool(fill.value) and not stroked and _visible(raw.FPDFPageObj_GetFillColor, element)
    area = _colour_of(raw.FPDFPageObj_GetFillColor, element) if fill.value else None
    if area is not None and (area[3] < 250 or raw.FPDFPageObj_HasTransparency(element)):
        area = None
    if not stroked and not filled and area is None:
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
        if area is not None and len(points) >= 3 and (box := _rectangle(points)) is not None:
            paint.add(box, area)
        if stroked:
            ends = [*points[1:], points[0]] if is_closed else points[1:]
            for start, end in zip(points, ends, strict=False):
                _add_line(start, end, content)
        elif filled and len(points) >= 3:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            _add_bar(Box(min(xs), min(ys), max(xs), max(ys)), content)


def _rectangle(points: list[tuple[float, float]]) -> Box | None:
    """The box of four corners, thicker than a line; None for any other shape."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if len(points) > 5 or min(box.right - box.left, box.bottom - box.top) <= THIN:
        return None
    if not all(math.isfinite(side) for side in (box.left, box.top, box.right, box.bottom)):
        return None
    upright = all(
        min(x - box.left, box.right - x) < SLOPE and min(y - box.top, box.bottom - y) < SLOPE for x, y in points
    )
    return box if upright else None


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
