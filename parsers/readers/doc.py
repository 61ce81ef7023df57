"""Read binary Word documents (Word 97 to 2003, WPS) in memory.

msdoc2docx decodes the streams of [MS-DOC]; its converter works on files, so its decoders are called one by one and
their model is walked here: only text, tables, list numbers, text boxes and notes, none of the pictures, headers and
settings that the converter also needs (and may fail on). LibreOffice reads some damaged files that this does not,
but it is a program that works on disk: a caller that has it converts the file first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from doc2docx.cfb import CompoundFile, CompoundFileLimits  # type: ignore[import-untyped]
from doc2docx.diagnostics import ConversionReport  # type: ignore[import-untyped]
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError, StreamNotFound  # type: ignore[import-untyped]
from doc2docx.model import document as model  # type: ignore[import-untyped]
from doc2docx.msdoc.fib import FileInformationBlock  # type: ignore[import-untyped]
from doc2docx.msdoc.fields import read_field_table  # type: ignore[import-untyped]
from doc2docx.msdoc.fonts import read_font_table  # type: ignore[import-untyped]
from doc2docx.msdoc.footnotes import read_footnotes  # type: ignore[import-untyped]
from doc2docx.msdoc.formatting import read_formatting  # type: ignore[import-untyped]
from doc2docx.msdoc.header_textboxes import read_main_textboxes  # type: ignore[import-untyped]
from doc2docx.msdoc.numbering import read_numbering  # type: ignore[import-untyped]
from doc2docx.msdoc.pieces import read_piece_table  # type: ignore[import-untyped]
from doc2docx.msdoc.styles import read_style_sheet  # type: ignore[import-untyped]

from parsers.model import Block, Document, Finding, Paragraph, Severity, Source
from parsers.readers.container import file_name, tracked_changes, unreadable
from parsers.readers.grids import EDGE_TOLERANCE, MAX_CELLS, BlockCell, captioned, collapse, table_blocks
from parsers.readers.numbering import Counters, Level, NumberedList

MAX_CHARACTERS = 3_000_000
WORD_97 = 0xA5EC  # FibBase.wIdent; Word 6 and 95 write 0xA5DC, older ones other values


def read(source: Source) -> Document:
    """Read a .doc file. Raises Unreadable for Word 6/95, for a password, and for streams that do not decode."""
    report = ConversionReport("", "")
    try:
        compound = CompoundFile(source.content, limits=CompoundFileLimits(max_directory_entries=10_000))
        word = compound.open_stream("WordDocument")
        _check_version(source, word)
        return _Reader(source, compound, word, report).document()
    except EncryptedDocumentError as error:
        raise unreadable(source, "format.encrypted", "the document is protected by a password") from error
    except Doc2DocxError as error:
        raise unreadable(source, "format.damaged", f"msdoc2docx cannot decode it: {error}") from error
    except (ValueError, IndexError, KeyError, OverflowError, ArithmeticError, RecursionError, AssertionError) as error:
        # The decoder is written for whole files; on a damaged one it can fail in any of these ways.
        reason = f"msdoc2docx fails on it: {type(error).__name__}: {error}"
        raise unreadable(source, "format.damaged", reason) from error


def _check_version(source: Source, word: bytes) -> None:
    identifier, version = int.from_bytes(word[0:2], "little"), int.from_bytes(word[2:4], "little")
    if identifier != WORD_97 or version <= 105:
        raise unreadable(
            source,
            "format.old_word",
            "it was written by Word 95 or earlier; save it as DOCX",
            identifier=identifier,
            version=version,
        )
    if int.from_bytes(word[10:12], "little") & 0x0100:  # FibBase.fEncrypted
        raise unreadable(source, "format.encrypted", "the document is protected by a password")


@dataclass(slots=True)
class _Reader:
    source: Source
    compound: Any
    word: bytes
    report: Any
    styles: Any = None
    loose_boxes: Any = None
    counters: Counters = field(default_factory=lambda: Counters({}))
    notes: dict[int, Any] = field(default_factory=dict)
    pending_notes: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: int = 0
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    contents: int = 0
    nested: int = 0
    covered: int = 0
    cells: int = 0

    def document(self) -> Document:
        """Decode the streams and walk the main story."""
        main = self.decode()
        blocks = tuple(self.blocks(main.body_blocks))
        if self.loose_boxes is not None:
            blocks += tuple(self.blocks(self.loose_boxes.body_blocks))
        name = file_name(self.source)
        self.findings += tracked_changes(name, self.inserted, self.deleted)
        roots = {entry.path.split("/")[0] for entry in self.compound.entries}
        for count, code, severity, message in (
            (int("Macros" in roots), "format.macros", Severity.INFO, "holds macros, which were not run"),
            (self.hidden, "format.hidden_text", Severity.INFO, "holds hidden text, which was left out"),
            (self.contents, "format.contents_list", Severity.INFO, "holds a table of contents, which was left out"),
            (self.nested, "table.nested", Severity.WARNING, "has a table inside a cell of another table"),
            (self.covered, "table.covered_text", Severity.INFO, "has text under a merged cell, which is not printed"),
        ):
            if count:
                self.findings.append(Finding(code, severity, f"{name} {message}", {"count": count}))
        return Document(captioned(blocks), "doc", pictures=self.pictures, findings=tuple(self.findings))

    def decode(self) -> Any:
        """The model of the main story; notes, styles and list definitions are kept on the reader."""
        word, report = self.word, self.report
        fib = FileInformationBlock.parse(word)
        if fib.ccp_text > MAX_CHARACTERS:
            raise unreadable(self.source, "format.too_large", f"it has {fib.ccp_text} characters")
        table = self.compound.open_stream(fib.base.table_stream_name)
        try:
            data = self.compound.open_stream("Data")
        except StreamNotFound:
            data = None
        fonts = self.optional(
            (), "fonts", lambda: read_font_table(
                table, offset=fib.sttbf_ffn.fc, size=fib.sttbf_ffn.lcb, report=report
            )
        )  # fmt: skip
        self.styles = self.optional(
            model.StyleSheet(), "styles", lambda: read_style_sheet(
                table, offset=fib.stshf.fc, size=fib.stshf.lcb, fonts=fonts, report=report
            )
        )  # fmt: skip
        numbering = self.optional(
            model.NumberingDefinitions(), "list numbers", lambda: read_numbering(
                table,
                list_offset=fib.plf_lst.fc, list_size=fib.plf_lst.lcb,
                lfo_offset=fib.plf_lfo.fc, lfo_size=fib.plf_lfo.lcb,
                ccp_text=fib.ccp_text, fonts=fonts, report=report,
                list_names_offset=fib.sttb_list_names.fc, list_names_size=fib.sttb_list_names.lcb,
            )
        )  # fmt: skip
        self.counters = Counters(_lists(numbering))
        pieces = read_piece_table(table, word, fc_clx=fib.clx.fc, lcb_clx=fib.clx.lcb, report=report)
        formatting = read_formatting(
            table, word, pieces,
            fc_plcf_bte_chpx=fib.plcf_bte_chpx.fc, lcb_plcf_bte_chpx=fib.plcf_bte_chpx.lcb,
            fc_plcf_bte_papx=fib.plcf_bte_papx.fc, lcb_plcf_bte_papx=fib.plcf_bte_papx.lcb,
            report=report, fonts=fonts, style_sheet=self.styles, data_stream=data,
        )  # fmt: skip
        properties = {
            "character_properties_at": formatting.character_properties_at,
            "paragraph_properties_at": formatting.paragraph_properties_at,
        }
        fields = read_field_table(
            table, pieces,
            offset=fib.plcf_fld_mom.fc, size=fib.plcf_fld_mom.lcb,
            story_length=fib.ccp_text, story_cp_start=0, structure="PlcfFldMom", story_name="main",
            report=report, character_properties_at=formatting.character_properties_at,
        )  # fmt: skip
        notes = self.optional(
            None, "footnotes", lambda: read_footnotes(
                table, pieces,
                ccp_text=fib.ccp_text, ccp_footnotes=fib.ccp_footnotes,
                reference_offset=fib.plcf_fnd_ref.fc, reference_size=fib.plcf_fnd_ref.lcb,
                text_offset=fib.plcf_fnd_txt.fc, text_size=fib.plcf_fnd_txt.lcb,
                report=report, **properties,
            )
        )  # fmt: skip
        boxes = self.optional(
            None, "text boxes", lambda: read_main_textboxes(
                table, pieces,
                ccp_text=fib.ccp_text, ccp_textboxes=fib.ccp_textboxes, textbox_cp_start=fib.textbox_story_cp_start,
                spa_offset=fib.plc_spa_mom.fc, spa_size=fib.plc_spa_mom.lcb,
                text_offset=fib.plcf_txbx_txt.fc,
                text_size=fib.plcf_txbx_txt.lcb,
                field_offset=fib.plcf_fld_txbx.fc, field_size=fib.plcf_fld_txbx.lcb,
                break_offset=fib.plcf_txbx_bkd.fc, break_size=fib.plcf_txbx_bkd.lcb,
                report=report, **properties,
            )
        )  # fmt: skip
        self.notes = {note.footnote_id: note for note in notes.footnotes} if notes is not None else {}
        if boxes is None and fib.ccp_textboxes:  # their places are lost, not their text
            first = fib.textbox_story_cp_start
            characters = pieces.extract_characters(first, first + fib.ccp_textboxes, report, story="textboxes")
            self.loose_boxes = model.parse_main_story(characters, report, story_name="textboxes", **properties)
        return model.parse_main_story(
            pieces.extract_characters(0, fib.ccp_text, report, story="main"),
            report,
            field_end_properties_at=fields.end_properties_at,
            floating_textbox_at=boxes.textboxes_at if boxes is not None else None,
            footnote_reference_at=notes.reference_at if notes is not None else None,
            **properties,
        )

    def optional(self, empty: Any, what: str, decode: Any) -> Any:
        """The decoded part, or the empty one and a finding: text and tables do not depend on it."""
        try:
            return decode()
        except Doc2DocxError as error:
            self.findings.append(
                Finding(
                    "format.part_damaged",
                    Severity.WARNING,
                    f"{file_name(self.source)}: its {what} cannot be decoded: {error}",
                    {"part": what},
                )
            )
            return empty

    def blocks(self, elements: Iterable[Any], top: bool = True) -> Iterator[Block]:
        """The blocks of a story or cell, in order."""
        carried = ""
        for element in elements:
            if isinstance(element, model.Table):
                yield from self.table(element)
            else:
                boxes: list[Any] = []
                text = carried + self.list_label(element) + "".join(self.inline(element.inlines, boxes))
                carried = ""
                if element.mark_properties.revision_deleted:  # the break after this paragraph is a tracked deletion
                    carried = text
                else:
                    self.inserted += bool(element.mark_properties.revision_inserted)
                    level = self.heading_level(element)
                    for line in text.split("\n"):
                        if collapsed := collapse(line):
                            yield Paragraph(collapsed, level)
                for box in boxes:
                    yield from self.blocks(box.body_blocks, top=False)
            while top and self.pending_notes:
                note = self.notes.get(self.pending_notes.pop(0))
                if note is not None:
                    yield from self.blocks(note.body_blocks, top=False)
        if collapsed := collapse(carried):
            yield Paragraph(collapsed)

    def inline(self, inlines: Iterable[Any], boxes: list[Any]) -> Iterator[str]:
        """The printed text of inline elements; text boxes go to `boxes`."""
        for inline in inlines:
            properties = getattr(inline, "properties", None)
            if properties is not None:
                if properties.revision_deleted:
                    self.deleted += 1
                    continue
                if self._hidden(properties):
                    self.hidden += 1
                    continue
                self.inserted += bool(properties.revision_inserted)
            if isinstance(inline, model.TextRun):
                yield inline.text.replace("\x0b", "\n").replace("\ufffc", "").replace("\ufffd", "")
            elif isinstance(inline, model.Tab):
                yield "\t"
            elif isinstance(inline, model.Break):
                yield "\n"
            elif isinstance(inline, model.NoBreakHyphen):
                yield "-"
            elif isinstance(inline, model.Symbol):
                if not 0xF000 <= inline.character_code <= 0xF0FF:  # a glyph of a symbol font
                    yield chr(inline.character_code)
            elif isinstance(inline, model.Field):
                if inline.instruction.lstrip().upper().startswith("TOC"):
                    self.contents += 1
                else:
                    yield from self.inline(inline.result, boxes)
            elif isinstance(inline, model.FootnoteReference):
                self.pending_notes.append(inline.footnote_id)
            elif isinstance(inline, model.FloatingTextBox):
                boxes.append(inline)
            elif isinstance(inline, model.InlinePicture | model.FloatingPicture):
                self.pictures += 1

    def _hidden(self, properties: Any) -> bool:
        if properties.hidden is not None:
            return bool(properties.hidden)
        return bool(properties.style_id and self.styles.effective_character_at(properties.style_id).hidden)

    def _styles_of(self, paragraph: Any) -> Iterator[Any]:
        index, seen = paragraph.properties.style_id, set[int]()
        index = 0 if index is None else index
        while index is not None and index not in seen:
            seen.add(index)
            style = self.styles.style_at(index)
            if style is None:
                return
            yield style
            index = style.based_on

    def heading_level(self, paragraph: Any) -> int | None:
        """1 to 9 from the outline level of the paragraph or its style."""
        level = paragraph.properties.outline_level
        for style in self._styles_of(paragraph):
            if level is not None:
                break
            level = style.paragraph_properties.outline_level
            words = style.name.lower().replace("标题", "heading").split()
            if level is None and len(words) == 2 and words[0] == "heading" and words[1].isdigit():
                level = int(words[1]) - 1
        return level + 1 if level is not None and 0 <= level < 9 else None

    def list_label(self, paragraph: Any) -> str:
        """The number that Word prints before the paragraph, "" if it is in no list."""
        properties = paragraph.properties
        if properties.numbering_suppressed or properties.numbering_skipped:
            return ""
        list_id, level = properties.numbering_id, properties.numbering_level
        for style in self._styles_of(paragraph):
            if list_id is not None:
                break
            list_id = style.paragraph_properties.numbering_id
            level = style.paragraph_properties.numbering_level if level is None else level
        return self.counters.label(str(list_id), level or 0) if list_id else ""

    def table(self, table: Any) -> Iterator[Block]:
        """A table as a grid, its columns by the cell edges of all rows."""
        rows: list[list[BlockCell]] = []
        for row in table.rows:
            edges = row.properties.cell_boundaries_twips
            first = 0
            cells: list[BlockCell] = []
            for cell in row.cells:
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise unreadable(self.source, "format.too_large", f"its tables have more than {MAX_CELLS} cells")
                last = first + max(cell.grid_span, 1)
                whole = last < len(edges)
                left, right = (edges[first], edges[last]) if whole else (first * 1000.0, last * 1000.0)
                first = last
                blocks = tuple(self.blocks(cell.body_blocks, top=False))
                cells.append(BlockCell(left, right, blocks, cell.vertical_merge == "continue"))
            rows.append(cells)
        laid_out = table_blocks(rows, EDGE_TOLERANCE)
        self.nested += laid_out.nested
        self.covered += laid_out.covered
        yield from laid_out.blocks


def _lists(numbering: Any) -> dict[str, NumberedList]:
    """The list definitions by the number that paragraphs name."""
    abstracts = {abstract.abstract_id: abstract for abstract in numbering.abstracts}
    lists: dict[str, NumberedList] = {}
    for instance in numbering.instances:
        abstract = abstracts.get(instance.abstract_id)
        if abstract is None:
            continue
        levels = {level.level: _level(level) for level in abstract.levels}
        starts: dict[int, int] = {}
        for override in instance.overrides:
            if override.replacement is not None:
                levels[override.level] = _level(override.replacement)
            if override.start is not None:
                starts[override.level] = override.start
        lists[str(instance.numbering_id)] = NumberedList(str(instance.abstract_id), levels, starts)
    return lists


def _level(level: Any) -> Level:
    return Level(
        level.number_format, level.text, level.start, level.suffix, bool(level.legal), level.restart_after_level
    )
