"""Recognise pictures of pages and tables. Needs the extra `ocr`: RapidOCR (its models come in the wheel) and OpenCV.

Tables are recognised cell by cell, not as a page: detection on a whole page loses single digits and joins
neighbouring ones. Ruling lines are found in the picture; every cell with ink is cut into lines of print and each line
recognised. A number counts only when the recogniser is certain of it, or sure and reads the same in an enlarged copy;
otherwise the cell holds a □ in its place and is named in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from typing import Any

from parsers.model import Document, Finding, Severity, Source, Unreadable
from parsers.readers.container import file_name, unreadable
from parsers.readers.lattice import Box, Lattice, Stroke, find_lattices
from parsers.readers.pages import TOLERANCE, PageContent, lay_out
from parsers.readers.typeset import Glyph, is_wide

MAX_PIXELS = 60_000_000
MAX_FRAMES = 30  # pages of a TIFF
WORKING_WIDTH = 1650  # pixels, about 200 dpi of an A4 page
CERTAIN = 0.985  # of a number that need not be read twice
SURE = 0.9  # of a line that holds a number
LIKELY = 0.5  # of any other line
MAX_SKEW = 3.0  # degrees
MAX_LINES = 2_000  # lines of print in the tables of one page
UNREAD = "□"  # stands for print that was not recognised with certainty
MAX_LISTED = 40  # doubtful cells named in a finding


@dataclass(slots=True)
class Recognised:
    """A recognised page, and the cells and lines that were doubtful: what was read, not taken over."""

    page: PageContent
    doubtful: list[str] = field(default_factory=list)


def is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read(source: Source) -> Document:
    """Read a picture file (PNG, JPEG, TIFF, BMP, GIF, WebP). Raises Unreadable without the extra and when damaged."""
    found: list[Finding] = []
    return _document(_pages(source, 1, found), found, source)


def read_together(sources: Sequence[Source]) -> Document:
    """Read the pictures of one article as the pages that they mostly are: a table may go on in the next one.

    A picture that cannot be read is a finding. Raises Unreadable when none can.
    """
    found: list[Finding] = []
    pages: list[PageContent] = []
    for source in sources:
        try:
            pages += _pages(source, len(pages) + 1, found)
        except Unreadable as error:
            found.append(replace(error.finding, data={**error.finding.data, "attachment": source.url}))
            refused = error
    if not pages:
        raise refused
    return _document(pages, found, sources[0])


def _pages(source: Source, first: int, found: list[Finding]) -> list[PageContent]:
    if not is_installed():
        reason = "it is a picture; install the extra `ocr` to recognise it"
        raise unreadable(source, "format.picture", reason)
    import cv2
    import numpy as np

    try:
        done, frames = cv2.imdecodemulti(np.frombuffer(source.content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise unreadable(source, "format.damaged", f"the picture cannot be decoded: {error}") from error
    if not done or not frames:
        raise unreadable(source, "format.damaged", "the picture cannot be decoded")
    if sum(frame.size for frame in frames) > MAX_PIXELS:
        raise unreadable(source, "format.too_large", f"the picture has more than {MAX_PIXELS} pixels")
    pages: list[PageContent] = []
    for number, frame in enumerate(frames[:MAX_FRAMES], first):
        recognised = recognise(frame, number)
        pages.append(recognised.page)
        found += findings(file_name(source), recognised)
    return pages


def _document(pages: Sequence[PageContent], found: Sequence[Finding], source: Source) -> Document:
    if not any(page.glyphs for page in pages):
        raise unreadable(source, "ocr.nothing", "no text was recognised in the picture")
    return Document(lay_out(pages).blocks, "ocr", pictures=len(pages), findings=tuple(found))


def findings(name: str, recognised: Recognised) -> list[Finding]:
    """That every figure of the page was recognised, and what was too doubtful to take over."""
    page = recognised.page.number
    found = [
        Finding(
            "ocr.read",
            Severity.WARNING,
            f"{name}: every figure of page {page} was read by optical recognition",
            {"page": page},
        )
    ]
    if recognised.doubtful:
        listed = recognised.doubtful[:MAX_LISTED]
        found.append(
            Finding(
                "ocr.doubtful",
                Severity.WARNING,
                f"{name}: {len(recognised.doubtful)} numbers of page {page} were not recognised with certainty "
                f"and are left open; they may read: {', '.join(listed[:10])}",
                {"page": page, "count": len(recognised.doubtful), "read": listed},
            )
        )
    return found


def recognise(picture: Any, number: int, dpi: float | None = None) -> Recognised:
    """Recognise a grey picture (numpy array, rows × columns) as a page; its places come in points.

    Without a resolution the picture is taken to be as wide as an A4 page.
    """
    import cv2

    del dpi  # the page is measured by its width: scans rarely state their resolution truly
    scale = WORKING_WIDTH / picture.shape[1]
    if picture.shape[1] < picture.shape[0] * 0.2 or scale > 4:
        scale = min(scale, 4.0)
    if not 0.9 < scale < 1.1:
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=method)
    picture = _straightened(picture)
    unit = 595.0 / picture.shape[1]
    ink = _ink(picture)
    horizontal, vertical = _strokes(ink)
    lattices = [
        lattice
        for lattice in find_lattices(_scaled(horizontal, unit), _scaled(vertical, unit), TOLERANCE)
        if len(lattice.cells) > 1
    ]
    page = PageContent(number, 595.0, picture.shape[0] * unit)
    page.horizontal, page.vertical = _scaled(horizontal, unit), _scaled(vertical, unit)
    result = Recognised(page)
    rest = picture.copy()
    for lattice in lattices:
        _recognise_table(picture, ink, lattice, unit, result)
        box = lattice.box
        rest[
            max(int(box.top / unit) - 3, 0) : int(box.bottom / unit) + 4,
            max(int(box.left / unit) - 3, 0) : int(box.right / unit) + 4,
        ] = 255
    _recognise_text(rest, unit, result)
    return result


@cache
def _engine() -> Any:
    """The recogniser with the models of the wheel; loading takes a second."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "Rec.rec_img_shape": [3, 48, 160],  # a digit need not be padded to the width of a sentence
            "Rec.rec_batch_num": 8,
        }
    )


def _straightened(picture: Any) -> Any:
    """The picture turned by up to MAX_SKEW degrees so that lines of print are level."""
    import cv2
    import numpy as np

    small = cv2.resize(picture, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    dark = (small < 140).astype(np.float32)
    height, width = dark.shape
    centre = (width / 2, height / 2)

    def sharpness(angle: float) -> float:
        turned = cv2.warpAffine(dark, cv2.getRotationMatrix2D(centre, angle, 1), (width, height))
        return float(np.var(turned.sum(axis=1)))

    steps = [step * 0.5 for step in range(int(-MAX_SKEW * 2), int(MAX_SKEW * 2) + 1)]
    best = max(steps, key=sharpness)
    best = max([best + step * 0.1 for step in range(-4, 5)], key=sharpness)
    if abs(best) < 0.15 or sharpness(best) < 1.05 * sharpness(0.0):
        return picture
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), best, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _ink(picture: Any) -> Any:
    """255 where there is print, 0 on paper, whatever the light and the tint of the paper."""
    import cv2

    return cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 15)


def _strokes(ink: Any) -> tuple[list[Stroke], list[Stroke]]:
    """Ruling lines in pixels: runs of ink longer than any stroke of a character."""
    import cv2

    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (50, 1)))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 45)))
    horizontal, vertical = [], []
    _, _, stats, _ = cv2.connectedComponentsWithStats(across)
    for x, y, width, height, _ in stats[1:].tolist():
        if height < 14:
            horizontal.append(Stroke(y + height / 2, x, x + width))
    _, _, stats, _ = cv2.connectedComponentsWithStats(down)
    for x, y, width, height, _ in stats[1:].tolist():
        if width < 14:
            vertical.append(Stroke(x + width / 2, y, y + height))
    return horizontal, vertical


def _scaled(strokes: Sequence[Stroke], unit: float) -> list[Stroke]:
    return [Stroke(stroke.at * unit, stroke.start * unit, stroke.end * unit) for stroke in strokes]


_NUMBER = re.compile(r"^[-+]?[0-9]+(?:[.,][0-9]+)*[%万元]{0,2}$")
_CROSSED = frozenset("4689")  # what another digit with a stroke too many looks like
_BLANK_MARK = re.compile(r"^[/／\-—–_]{1,3}$")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def _recognise_table(picture: Any, ink: Any, lattice: Lattice, unit: float, result: Recognised) -> None:
    """Recognise the cells of a table line by line; unsure numbers go to `doubtful` and stay blank."""
    pieces: list[tuple[int, Any, Box]] = []  # cell, picture of a line, its place in points
    for index, cell in enumerate(lattice.cells):
        bounds = _cell_lines(ink, cell.box, unit)
        if stack := _stack(cell.box, bounds):
            pieces.append((index, _in_a_row(picture, stack), cell.box))
            continue
        for left, top, right, bottom in bounds:
            margin = 4
            crop = picture[max(top - margin, 0) : bottom + margin, max(left - 2 * margin, 0) : right + 2 * margin]
            if crop.size:
                pieces.append((index, crop, Box(left * unit, top * unit, right * unit, bottom * unit)))
    if len(pieces) > MAX_LINES:
        result.doubtful.append(f"all {len(pieces)} lines of a table, which are too many")
        return
    readings = _read_lines([crop for _, crop, _ in pieces])
    numbers = [position for position, (text, _) in enumerate(readings) if not any(map(_is_han, text))]
    unsure = [position for position in numbers if readings[position][1] < CERTAIN]
    again = {position: readings[position] for position in numbers}
    again.update(zip(unsure, _read_lines([_enlarged(pieces[position][1]) for position in unsure]), strict=True))
    # A seal's stroke through a 0 makes an 8 that the recogniser is certain of.
    marked = [position for position in numbers if position not in unsure and _CROSSED & set(readings[position][0])]
    again.update(zip(marked, _read_lines([_darkest(pieces[position][1]) for position in marked]), strict=True))
    labels = {pieces[position][0] for position in range(len(pieces)) if position not in again}
    for position, ((index, _, box), (text, score)) in enumerate(zip(pieces, readings, strict=True)):
        cell = lattice.cells[index]
        if position in again:
            if text in ("1", "/", "／", "丿", "") and _is_slash(pieces[position][1]):
                result.page.glyphs.append(Glyph("/", box.left, box.top, box.right, box.bottom))
                continue
            second, second_score = again[position]
            certain = text == second and min(score, second_score) >= SURE
            if not certain or not (_NUMBER.match(text) or _BLANK_MARK.match(text)):
                result.doubtful.append(f"row {cell.row + 1} column {cell.col + 1} {text or second!r}")
                if index not in labels:  # something is printed: the cell is unreadable, not blank
                    result.page.glyphs.append(Glyph(UNREAD, box.left, box.top, box.right, box.bottom))
                continue
        elif score < LIKELY:
            continue
        result.page.glyphs.append(Glyph(text, box.left, box.top, box.right, box.bottom))


def _is_slash(crop: Any) -> bool:
    """Whether the print is one stroke leaning to the right, which the recogniser takes for a 1."""
    import numpy as np

    rows, columns = np.nonzero(_ink(crop))
    if len(rows) < 12:
        return False
    height = rows.max() - rows.min() + 1
    third = height / 3
    upper, lower = columns[rows < rows.min() + third], columns[rows > rows.max() - third]
    if not len(upper) or not len(lower):
        return False
    leaning = upper.mean() - lower.mean() > 0.12 * height
    return bool(leaning and max(upper.std(), lower.std()) < 0.085 * height)  # no flag and no foot as a 1 has


def _is_han(character: str) -> bool:
    return is_wide(character) and character.isalpha()


def _cell_lines(ink: Any, box: Box, unit: float) -> list[tuple[int, int, int, int]]:
    """The lines of print of a cell in pixels (left, top, right, bottom), found by the empty rows between them."""
    import numpy as np

    inset = 5
    left, top = int(box.left / unit) + inset, int(box.top / unit) + inset
    right, bottom = int(box.right / unit) - inset, int(box.bottom / unit) - inset
    area = ink[top:bottom, left:right]
    if area.size == 0:
        return []
    rows = np.flatnonzero((area > 0).sum(axis=1) > 0)
    lines: list[tuple[int, int, int, int]] = []
    start = previous = None
    bounds: list[tuple[int, int]] = []
    for row in rows.tolist():
        if start is None or previous is None:
            start = row
        elif row - previous > 3:
            bounds.append((start, previous))
            start = row
        previous = row
    if start is not None and previous is not None:
        bounds.append((start, previous))
    for first, last in _whole_lines(bounds):
        band = area[first : last + 1]
        columns = np.flatnonzero((band > 0).sum(axis=0) > 0)
        if len(columns) < 2 or (band > 0).sum() < 12:
            continue  # a speck
        lines.append((left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + last + 1))
    return lines


def _whole_lines(bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the parts of characters such as 二 and 三, which have empty rows inside: parts lower than half a line."""
    if len(bounds) < 2:
        return bounds
    tallest = max(last - first + 1 for first, last in bounds)
    joined = [bounds[0]]
    for first, last in bounds[1:]:
        before = joined[-1]
        if last - before[0] + 1 <= 1.25 * tallest and (
            last - first + 1 < 0.6 * tallest or before[1] - before[0] + 1 < 0.6 * tallest
        ):
            joined[-1] = (before[0], last)
        else:
            joined.append((first, last))
    return joined


def _stack(box: Box, bounds: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The characters of a tall narrow cell that holds one per line; empty when it does not."""
    if not bounds or box.bottom - box.top < 3 * (box.right - box.left):
        return []
    widest = max(right - left for left, _, right, _ in bounds)
    characters: list[tuple[int, int, int, int]] = []
    for left, top, right, bottom in bounds:
        count = max(round((bottom - top) / (1.05 * widest)), 1)  # set so close that they touch
        height = (bottom - top) / count
        characters += [(left, round(top + i * height), right, round(top + (i + 1) * height)) for i in range(count)]
    return characters if len(characters) >= 3 else []


def _in_a_row(picture: Any, bounds: Sequence[tuple[int, int, int, int]]) -> Any:
    """The characters of a stacked label side by side, as the recogniser knows them."""
    import numpy as np

    left, right = min(b[0] for b in bounds) - 3, max(b[2] for b in bounds) + 3
    size = right - left
    squares = []
    for _, top, _, bottom in bounds:
        start = (top + bottom) // 2 - size // 2
        square = np.full((size, size), 255, dtype=picture.dtype)
        first, last = max(start, top - 3, 0), min(start + size, bottom + 3)
        square[first - start : last - start] = picture[first:last, left:right]
        squares.append(square)
    return np.concatenate(squares, axis=1)


def _enlarged(crop: Any) -> Any:
    import cv2

    larger = cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(larger, 12, 12, 24, 24, cv2.BORDER_CONSTANT, value=255)


def _darkest(crop: Any) -> Any:
    """The print alone, without what is paler: a seal over it, the print of the back of the page."""
    import numpy as np

    darkest = float(np.percentile(crop, 2))
    kept = crop.copy()
    kept[crop > darkest + 0.38 * (255 - darkest)] = 255
    return _enlarged(kept)


def _read_lines(crops: list[Any]) -> list[tuple[str, float]]:
    """Text and certainty of pictures of single lines."""
    if not crops:
        return []
    import cv2
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    engine = _engine()
    colour = [cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for crop in crops]
    output = engine._load_rec_model()(TextRecInput(img=colour))  # the only way to recognise lines in batches
    return [
        (text.strip().translate(_FULL_WIDTH), float(score))
        for text, score in zip(output.txts or (), output.scores, strict=True)
    ]


def _recognise_text(picture: Any, unit: float, result: Recognised) -> None:
    """Recognise what stands outside the tables."""
    import cv2

    output = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=True)
    if getattr(output, "boxes", None) is None or output.txts is None:
        return
    for corners, text, score in zip(output.boxes, output.txts, output.scores, strict=True):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        line = text.strip().translate(_FULL_WIDTH)
        if not line or score < LIKELY:
            continue
        if score < SURE and re.search(r"[0-9]", line):
            result.doubtful.append(f"line {line[:30]!r}")
            line = re.sub(r"[0-9]+(?:[.,][0-9]+)*", UNREAD, line)
        result.page.glyphs.append(Glyph(line, min(xs) * unit, min(ys) * unit, max(xs) * unit, max(ys) * unit))
