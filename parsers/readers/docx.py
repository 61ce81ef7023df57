"""Read Word's XML: DOCX packages (transitional and strict, also as one XML file) and the XML of Word 2003.

python-docx drops what these reports need (list numbers, tracked changes, text boxes, content controls) and its
cells repeat merged text, so the parts are walked directly: ECMA-376 part 1, chapter 17.

What is read is what is printed: insertions kept, deletions and hidden text dropped, fields as their last result,
list numbers generated, headers and footers left out, notes after the block that refers to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from posixpath import join, normpath

from lxml import etree

from parsers import readers
from parsers.decode import decode
from parsers.dom import parse
from parsers.model import Block, Document, Finding, Paragraph, Severity, Source
from parsers.readers import html, mhtml
from parsers.readers.container import Package, file_name, open_package, parse_xml, tracked_changes, unreadable
from parsers.readers.grids import EDGE_TOLERANCE, MAX_CELLS, BlockCell, captioned, collapse, table_blocks
from parsers.readers.numbering import Counters, Level, NumberedList

MAX_BLOCKS = 100_000
MAX_NESTING = 20  # tables in tables; a person makes three
_FALSE = {"0", "false", "off", "none"}
_TRANSPARENT = {
    "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "sect", "sub-section",
    "dir", "bdo", "oMath", "oMathPara", "rubyBase", "ruby",
}  # fmt: skip
_DELETED = {"del", "moveFrom"}


def read(source: Source) -> Document:
    """Read a DOCX package or a Word 2003 XML file. Raises Unreadable for a damaged, protected or oversized one."""
    if source.content.startswith(b"PK"):
        package = open_package(source)
        main = _main_part(package)
        root = package.xml(main)
        if root is None:
            raise unreadable(source, "format.truncated", f"the package has no {main}")
        parts = _related_parts(package, main)
        macros = any(name.endswith("vbaProject.bin") for name in package.names)
        roots = {kind: package.xml(name) for kind, name in parts.items()}
        return read_parts(source, root, roots, macros, "docx", _embedded(source, package, main))
    root = parse_xml(source, source.content, file_name(source))
    if local(root) == "package":
        return _read_flat(source, root)
    parts_2003 = {kind: root.find(f"{{*}}{kind}") for kind in ("styles", "lists")}
    macros = root.find("{*}docSuppData") is not None
    return read_parts(source, root, {"styles": parts_2003["styles"], "numbering": parts_2003["lists"]}, macros, "docx")


def _read_flat(source: Source, root: etree._Element) -> Document:
    """A package as one XML file (flat OPC): its parts stand side by side."""
    parts = {value(part, "name") or "": part.find("{*}xmlData/*") for part in root if local(part) == "part"}
    main = next((name for name, part in parts.items() if part is not None and local(part) == "document"), None)
    document = parts[main] if main is not None else None
    if main is None or document is None:
        raise unreadable(source, "format.truncated", "the package has no document")
    folder = main.rsplit("/", 1)[0]
    roots = {kind: parts.get(f"{folder}/{kind}.xml") for kind in ("styles", "numbering", "footnotes", "endnotes")}
    return read_parts(source, document, roots, any(name.endswith("vbaProject.bin") for name in parts), "docx")


def _imported(source: Source) -> Document | None:
    """An imported page as it stands, there is no site around it; a text. None for packages: one may hold itself."""
    kind = readers.sniff(source)
    if kind == "mhtml":
        source, kind = mhtml.page_of(source), "html"
    if kind == "html":
        return Document(html.blocks_of(parse(decode(source.content, source.charset)[0]).root), "html")
    return readers.read_document(source) if kind in ("text", "rtf") else None


def _embedded(source: Source, package: Package, main: str) -> Callable[[str], Document | None]:
    """How to read a document that the main part imports (altChunk), by the id of its relation."""

    def read_embedded(relation_id: str) -> Document | None:
        folder, name = main.rsplit("/", 1) if "/" in main else ("", main)
        relations = package.xml(join(folder, "_rels", f"{name}.rels"))
        for relation in relations if relations is not None else ():
            if local(relation) and relation.get("Id") == relation_id and relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                inner = Source(package.read(path) or b"", f"{source.url}/{path}")
                return _imported(inner) if inner.content else None
        return None

    return read_embedded


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    if relations is not None:
        for relation in relations:
            if isinstance(relation.tag, str) and (relation.get("Type") or "").endswith("/officeDocument"):
                return normpath((relation.get("Target") or "").lstrip("/"))
    return "word/document.xml"


def _related_parts(package: Package, main: str) -> dict[str, str]:
    """Styles, numbering and notes by the relations of the main part, else by their usual names."""
    folder, name = main.rsplit("/", 1) if "/" in main else ("", main)
    parts = {kind: join(folder, f"{kind}.xml") for kind in ("styles", "numbering", "footnotes", "endnotes")}
    relations = package.xml(join(folder, "_rels", f"{name}.rels"))
    for relation in relations if relations is not None else ():
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1] if isinstance(relation.tag, str) else ""
        if kind in parts and relation.get("TargetMode") != "External":
            target = relation.get("Target") or ""
            parts[kind] = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
    return parts


def local(element: etree._Element) -> str:
    """The tag without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of that local name, whatever its namespace."""
    if element is None:
        return None
    for key, content in element.attrib.items():
        if (key if isinstance(key, str) else key.decode()).rsplit("}", 1)[-1] == name:
            return content if isinstance(content, str) else content.decode()
    return None


def _number(element: etree._Element | None, name: str = "val", default: int = 0) -> int:
    text = value(element, name)
    try:
        return int(float(text)) if text is not None else default
    except (ValueError, OverflowError):
        return default


def _on(element: etree._Element | None) -> bool:
    return element is not None and (value(element) or "true").lower() not in _FALSE


@dataclass(slots=True)
class _Style:
    based_on: str | None = None
    outline: int | None = None
    list_id: str | None = None
    level: int | None = None
    hidden: bool | None = None
    name: str = ""


@dataclass(slots=True)
class _Reader:
    source: Source
    styles: dict[str, _Style]
    counters: Counters
    style_levels: dict[tuple[str, str], int]  # (list id, style id) -> level that the style is linked to
    notes: dict[tuple[str, str], etree._Element]
    default_style: str | None = None
    pictures: int = 0
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    contents: int = 0
    nested: int = 0
    covered: int = 0
    foreign: int = 0
    cells: int = 0
    embedded: Callable[[str], Document | None] | None = None
    inner: list[Finding] = field(default_factory=list)  # of embedded documents
    pending_notes: list[tuple[str, str]] = field(default_factory=list)
    field_stack: list[list[str]] = field(default_factory=list)  # [state, instruction] of the open fields

    def blocks(self, container: etree._Element, depth: int = 0) -> Iterator[Block]:
        """The blocks of a body, cell, text box or note, in order."""
        if depth > MAX_NESTING:
            raise unreadable(self.source, "format.nesting", f"tables are nested deeper than {MAX_NESTING}")
        carried = ""
        for element in self._children(container):
            name = local(element)
            if name == "p":
                text, level, boxes, mark_deleted = self.paragraph(element)
                text, carried = carried + text, ""
                if mark_deleted:  # the break after this paragraph is a tracked deletion
                    carried = text
                else:
                    for line in text.split("\n"):
                        if collapsed := collapse(line):
                            yield Paragraph(collapsed, level)
                for box in boxes:
                    yield from self.blocks(box, depth + 1)
            elif name == "tbl":
                yield from self.table(element, depth)
            elif name == "altChunk":
                yield from self.import_of(element)
            if depth == 0:
                yield from self._referred_notes()
        if collapsed := collapse(carried):
            yield Paragraph(collapsed)

    def import_of(self, element: etree._Element) -> Iterator[Block]:
        """The blocks of a document that stands in this place, as exports of web editors have it."""
        document = self.embedded(value(element, "id") or "") if self.embedded is not None else None
        if document is None:
            self.foreign += 1
            return
        self.inner += document.findings
        self.pictures += document.pictures
        yield from document.blocks

    def _children(self, container: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs, tables, rows, cells and runs below an element, through wrappers that print nothing themselves."""
        pending = list(container)[::-1]
        while pending:
            element = pending.pop()
            name = local(element)
            if name in _DELETED:
                self.deleted += 1
            elif name == "AlternateContent":
                branches = [child for child in element if local(child) == "Choice"]
                branches += [child for child in element if local(child) == "Fallback"]
                pending += list(branches[0])[::-1] if branches else []
            elif name == "sdt" and self._is_contents(element):
                self.contents += 1
            elif name in _TRANSPARENT:
                if name in ("ins", "moveTo") and len(element):
                    self.inserted += 1
                pending += list(element)[::-1]
            elif name == "rt":
                continue  # the reading printed above a ruby base
            else:
                yield element

    @staticmethod
    def _is_contents(element: etree._Element) -> bool:
        gallery = element.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
        return value(gallery) == "Table of Contents"

    def _referred_notes(self) -> Iterator[Block]:
        while self.pending_notes:
            note = self.notes.get(self.pending_notes.pop(0))
            if note is not None:
                yield from self.blocks(note, 1)

    def _style(self, style_id: str | None) -> Iterator[_Style]:
        """The style and those that it is based on."""
        seen = set[str]()
        while style_id is not None and style_id not in seen and style_id in self.styles:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = self.styles[style_id].based_on

    def paragraph(self, element: etree._Element) -> tuple[str, int | None, list[etree._Element], bool]:
        """Text with line breaks, heading level, text boxes anchored in it, and whether its end is deleted."""
        properties = element.find("{*}pPr")
        mark = properties.find("{*}rPr") if properties is not None else None
        mark_deleted = mark is not None and any(local(child) in _DELETED for child in mark)
        if mark is not None and any(local(child) in ("ins", "moveTo") for child in mark):
            self.inserted += 1
        boxes: list[etree._Element] = []
        style_id = value(properties.find("{*}pStyle")) if properties is not None else None
        style_id = style_id or self.default_style
        style_hidden = next((style.hidden for style in self._style(style_id) if style.hidden is not None), False)
        in_contents = self._in_contents()
        text = "".join(self.inline(element, boxes, style_hidden))
        # An instruction ends in its own paragraph; one left open has lost its end and would swallow the rest.
        self.field_stack = [opened for opened in self.field_stack if opened[0] != "instruction"]
        if (in_contents or self._in_contents()) and (not text.strip() or text.rstrip()[-1].isdigit()):
            self.contents += 1
            return "", None, boxes, False
        if not text and mark is not None and _on(mark.find("{*}vanish")):
            return "", None, boxes, mark_deleted
        text = self.list_label(properties, style_id) + text
        return text, self.heading_level(properties, style_id), boxes, mark_deleted

    def _in_contents(self) -> bool:
        return any(instruction.lstrip().upper().startswith("TOC") for _, instruction in self.field_stack)

    def heading_level(self, properties: etree._Element | None, style_id: str | None) -> int | None:
        """1 to 9 from the outline level of the paragraph or its style; 9 in the file means body text."""
        outline = properties.find("{*}outlineLvl") if properties is not None else None
        level = _number(outline, default=9) if outline is not None else None
        if level is None:
            level = next((style.outline for style in self._style(style_id) if style.outline is not None), 9)
        return level + 1 if 0 <= level < 9 else None

    def list_label(self, properties: etree._Element | None, style_id: str | None) -> str:
        """The number that Word prints before the paragraph, "" if it is in no list."""
        numbering = properties.find("{*}numPr") if properties is not None else None
        if numbering is None and properties is not None:
            numbering = properties.find("{*}listPr")  # Word 2003 XML
        list_id: str | None = None
        level: int | None = None
        if numbering is not None:
            number = numbering.find("{*}numId")
            number = number if number is not None else numbering.find("{*}ilfo")
            list_id = value(number)
            if numbering.find("{*}ilvl") is not None:
                level = _number(numbering.find("{*}ilvl"))
        if list_id is None:
            styled = next((style for style in self._style(style_id) if style.list_id is not None), None)
            if styled is None:
                return ""
            list_id = styled.list_id
            if level is None:
                level = self.style_levels.get((list_id or "", style_id or ""), styled.level)
        if not list_id or list_id == "0":
            return ""
        return self.counters.label(list_id, level or 0)

    def inline(self, element: etree._Element, boxes: list[etree._Element], hidden: bool | None) -> Iterator[str]:
        """The printed text of the runs below an element."""
        for child in self._children(element):
            name = local(child)
            if name == "r":
                properties = child.find("{*}rPr")
                vanish = properties.find("{*}vanish") if properties is not None else None
                run_hidden = _on(vanish) if vanish is not None else bool(hidden)
                if vanish is None and properties is not None:
                    style = value(properties.find("{*}rStyle"))
                    run_hidden = next((s.hidden for s in self._style(style) if s.hidden is not None), run_hidden)
                if properties is not None and properties.find("{*}del") is not None:
                    self.deleted += 1
                    continue
                text = "".join(self.run(child, boxes))
                if run_hidden:
                    self.hidden += bool(text.strip())
                else:
                    yield text
            elif name == "t":  # mathematics
                yield child.text or ""

    def run(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        """The printed text of one run, with field instructions left out."""
        for child in self._children(element):
            name = local(child)
            if name == "fldChar":
                kind = value(child, "fldCharType")
                if kind == "begin":
                    self.field_stack.append(["instruction", ""])
                elif kind == "separate" and self.field_stack:
                    self.field_stack[-1][0] = "result"
                elif kind == "end" and self.field_stack:
                    self.field_stack.pop()
            elif name == "instrText":
                if self.field_stack and len(self.field_stack[-1][1]) < 1000:
                    self.field_stack[-1][1] += child.text or ""
            elif any(opened[0] == "instruction" for opened in self.field_stack):
                continue
            elif name == "t":
                yield child.text or ""
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                code = value(child, "char") or ""
                if len(code) <= 5 and not code.upper().startswith("F0"):  # F0xx is a glyph of a symbol font
                    try:
                        yield chr(int(code, 16))
                    except ValueError:
                        continue
            elif name in ("footnoteReference", "endnoteReference"):
                if (note_id := value(child, "id")) is not None:
                    self.pending_notes.append((name.removesuffix("Reference"), note_id))
            elif name in ("footnote", "endnote"):  # Word 2003 XML keeps the note where it is referred to
                boxes.append(child)
            elif name in ("drawing", "pict", "object"):
                contents = list(child.iter("{*}txbxContent"))
                outermost = [box for box in contents if not any(a in contents for a in box.iterancestors())]
                boxes += outermost
                self.pictures += sum(1 for _ in child.iter("{*}blip", "{*}imagedata")) if not outermost else 0

    def table(self, element: etree._Element, depth: int) -> Iterator[Block]:
        """A table as a grid; a table that only lays out others as their blocks."""
        grid_columns = element.find("{*}tblGrid")
        widths = [_number(column, "w") for column in grid_columns] if grid_columns is not None else []
        usable = bool(widths) and all(width > 0 for width in widths)
        edges = [0]
        for width in widths if usable else ():
            edges.append(edges[-1] + width)

        def edge(column: int) -> float:
            if not usable:
                return column * 1000
            return edges[column] if column < len(edges) else edges[-1] + (column - len(edges) + 1) * 1000

        rows: list[list[BlockCell]] = []
        for row in self._children(element):
            if local(row) != "tr":
                continue
            properties = row.find("{*}trPr")
            marks = {local(child) for child in properties} if properties is not None else set()
            if "del" in marks:
                self.deleted += 1
                continue
            if "hidden" in marks:
                self.hidden += 1
                continue
            self.inserted += "ins" in marks
            column = min(_number(properties.find("{*}gridBefore")), 1000) if properties is not None else 0
            cells: list[BlockCell] = []
            for cell in self._children(row):
                if local(cell) != "tc":
                    continue
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise unreadable(self.source, "format.too_large", f"its tables have more than {MAX_CELLS} cells")
                span, joins_above, joins_left = self._merging(cell.find("{*}tcPr"))
                blocks = tuple(self.blocks(cell, depth + 1))
                left, right = edge(column), edge(column + span)
                column += span
                if joins_left and cells:
                    self.covered += bool(blocks)
                    cells[-1] = replace(cells[-1], right=right)
                else:
                    cells.append(BlockCell(left, right, blocks, joins_above))
            rows.append(cells)
        table = table_blocks(rows, EDGE_TOLERANCE if usable else 0)
        self.nested += table.nested
        self.covered += table.covered
        yield from table.blocks

    def _merging(self, properties: etree._Element | None) -> tuple[int, bool, bool]:
        """Grid columns that a cell takes, whether it continues the cell above, whether the one to its left."""
        if properties is None:
            return 1, False, False
        if properties.find("{*}cellDel") is not None:
            self.deleted += 1
        merges = []
        for names in (("vMerge", "vmerge"), ("hMerge", "hmerge")):  # Word 2003 XML writes them in lower case
            merge = next((found for name in names if (found := properties.find(f"{{*}}{name}")) is not None), None)
            merges.append(merge is not None and value(merge) != "restart")
        span = min(max(_number(properties.find("{*}gridSpan"), default=1), 1), 1000)
        return span, merges[0], merges[1]

    def findings(self, macros: bool) -> tuple[Finding, ...]:
        """What was left out or is doubtful, one finding for each kind."""
        name = file_name(self.source)
        found = tracked_changes(name, self.inserted, self.deleted)
        for count, code, severity, message in (
            (macros, "format.macros", Severity.INFO, "holds macros, which were not run"),
            (self.hidden, "format.hidden_text", Severity.INFO, "holds hidden text, which was left out"),
            (self.contents, "format.contents_list", Severity.INFO, "holds a table of contents, which was left out"),
            (self.nested, "table.nested", Severity.WARNING, "has a table inside a cell of another table"),
            (self.covered, "table.covered_text", Severity.INFO, "has text under a merged cell, which is not printed"),
            (self.foreign, "format.embedded", Severity.WARNING, "embeds another document, which was not read"),
        ):
            if count:
                found.append(Finding(code, severity, f"{name} {message}", {"count": int(count)}))
        return (*found, *self.inner)


def read_parts(
    source: Source,
    root: etree._Element,
    parts: dict[str, etree._Element | None],
    macros: bool,
    document_format: str,
    embedded: Callable[[str], Document | None] | None = None,
) -> Document:
    """Read the parsed parts of a Word document; `parts` by kind: styles, numbering, footnotes, endnotes."""
    body = next(root.iter("{*}body"), None)
    if body is None:
        raise unreadable(source, "format.truncated", "the document has no body")
    styles, default_style = _styles(parts.get("styles"))
    lists, style_levels = _lists(parts.get("numbering"), styles)
    notes: dict[tuple[str, str], etree._Element] = {}
    for kind in ("footnote", "endnote"):
        part = parts.get(f"{kind}s")
        for note in part if part is not None else ():
            if local(note) == kind and value(note, "type") in (None, "normal"):
                notes[kind, value(note, "id") or ""] = note
    reader = _Reader(source, styles, Counters(lists), style_levels, notes, default_style, embedded=embedded)
    blocks: list[Block] = []
    for block in reader.blocks(body):
        blocks.append(block)
        if len(blocks) > MAX_BLOCKS:
            raise unreadable(source, "format.too_large", f"it has more than {MAX_BLOCKS} paragraphs")
    return Document(captioned(blocks), document_format, pictures=reader.pictures, findings=reader.findings(macros))


def _styles(root: etree._Element | None) -> tuple[dict[str, _Style], str | None]:
    """Styles by id, and the id of the default paragraph style."""
    styles: dict[str, _Style] = {}
    default = None
    for element in root if root is not None else ():
        if local(element) != "style":
            continue
        style_id = value(element, "styleId") or ""
        if value(element, "type") == "paragraph" and (value(element, "default") or "0").lower() in ("1", "true", "on"):
            default = style_id
        style = _Style(value(element.find("{*}basedOn")), name=value(element.find("{*}name")) or "")
        properties = element.find("{*}pPr")
        if properties is not None:
            outline = properties.find("{*}outlineLvl")
            style.outline = _number(outline) if outline is not None else None
            numbering = properties.find("{*}numPr")
            if numbering is not None:
                style.list_id = value(numbering.find("{*}numId"))
                level = numbering.find("{*}ilvl")
                style.level = _number(level) if level is not None else None
        vanish = element.find("{*}rPr/{*}vanish")
        style.hidden = _on(vanish) if vanish is not None else None
        if style.outline is None:  # converters write the built-in headings without their outline level
            words = style.name.lower().replace("标题", "heading").split()
            if len(words) == 2 and words[0] == "heading" and words[1].isdigit() and 1 <= int(words[1]) <= 9:
                style.outline = int(words[1]) - 1
        styles[style_id] = style
    return styles, default


def _levels(element: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in element:
        if local(level) != "lvl":
            continue
        number_format = level.find("{*}numFmt")
        restart = level.find("{*}lvlRestart")
        legacy = value(level.find("{*}nfc"))  # Word 2003 XML
        levels[_number(level, "ilvl")] = Level(
            _LEGACY_FORMATS.get(legacy or "", value(number_format) or "decimal"),
            value(level.find("{*}lvlText")) or "",
            _number(level.find("{*}start"), default=1),
            (value(level.find("{*}suff")) or "tab").lower(),
            _on(level.find("{*}isLgl")),
            _number(restart) if restart is not None else None,
        )
    return levels


# [MS-OSHARED] 2.2.1.3 MSONFC, the numbers that reports use.
_LEGACY_FORMATS = {
    "0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter",
    "10": "ideographDigital", "11": "japaneseCounting", "14": "decimalFullWidth",
    "18": "decimalEnclosedCircle", "19": "decimalFullWidth2",
    "22": "decimalZero", "23": "bullet", "26": "decimalEnclosedFullstop", "27": "decimalEnclosedParen",
    "30": "ideographTraditional", "31": "ideographZodiac", "37": "chineseCounting", "38": "chineseLegalSimplified",
    "39": "chineseCountingThousand", "255": "none",
}  # fmt: skip


def _lists(
    root: etree._Element | None, styles: dict[str, _Style]
) -> tuple[dict[str, NumberedList], dict[tuple[str, str], int]]:
    """Lists by numId, and the level that a list links to a style."""
    abstracts: dict[str, etree._Element] = {}
    instances: list[etree._Element] = []
    for element in root if root is not None else ():
        name = local(element)
        if name in ("abstractNum", "listDef"):
            abstracts[value(element, "abstractNumId") or value(element, "listDefId") or ""] = element
        elif name in ("num", "list"):
            instances.append(element)
    targets = {value(n, "numId") or value(n, "ilfo") or "": n for n in instances}

    def abstract_of(instance: etree._Element) -> str:
        reference = instance.find("{*}abstractNumId")
        return value(reference if reference is not None else instance.find("{*}ilst")) or ""

    lists: dict[str, NumberedList] = {}
    style_levels: dict[tuple[str, str], int] = {}
    for list_id, instance in targets.items():
        abstract_id = abstract_of(instance)
        for _ in range(3):  # a list may take its levels from the list of a style
            definition = abstracts.get(abstract_id)
            link = value(definition.find("{*}numStyleLink")) if definition is not None else None
            style = styles.get(link or "")
            linked = targets.get(style.list_id or "") if style is not None else None
            if linked is None:
                break
            abstract_id = abstract_of(linked)
        definition = abstracts.get(abstract_id)
        if definition is None:
            continue
        levels = _levels(definition)
        starts: dict[int, int] = {}
        for override in instance.iterfind("{*}lvlOverride"):
            number = _number(override, "ilvl")
            levels.update(_levels(override))
            start = override.find("{*}startOverride")
            if start is not None:
                starts[number] = _number(start, default=1)
        lists[list_id] = NumberedList(abstract_id, levels, starts)
        for level in definition.iterfind("{*}lvl"):
            if (style_id := value(level.find("{*}pStyle"))) is not None:
                style_levels[list_id, style_id] = _number(level, "ilvl")
    return lists, style_levels
