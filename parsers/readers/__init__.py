"""One reader per format, all giving the same :class:`~parsers.model.Document` of blocks.

What a file is, its content says: magic bytes, the members of a zip package, the streams of a compound file, the
first tags of a text. The declared media type and the extension only decide between text and HTML when the content
leaves that open; where they disagree with the content, the document carries a finding.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import Protocol, cast

from parsers.decode import decode
from parsers.model import Document, Finding, Severity, Source, Unreadable
from parsers.readers.container import OLE_MAGIC, check_size, file_name, ole_root_names, open_package, unreadable

READERS = {
    "html": "html",
    "text": "text",
    "docx": "docx",
    "wordml": "docx",
    "doc": "doc",
    "rtf": "rtf",
    "xlsx": "spreadsheet",
    "xls": "spreadsheet",
    "ods": "spreadsheet",
    "spreadsheetml": "spreadsheet",
    "pdf": "pdf",
    "mhtml": "mhtml",
    "image": "ocr",
}

# What we know of and cannot read, and what to do about it.
REFUSED = {
    "encrypted": ("format.encrypted", "the file is protected by a password"),
    "ofd": ("format.ofd", "OFD is not read; save the file as PDF"),
    "odt": ("format.odt", "OpenDocument text is not read; save the file as DOCX"),
    "zip": ("format.archive", "a zip archive is not a document; unpack it and read the files in it"),
    "rar": ("format.archive", "a RAR archive is not a document; unpack it and read the files in it"),
    "gzip": ("format.archive", "gzip data is not a document; unpack it first"),
    "7z": ("format.archive", "a 7z archive is not a document; unpack it and read the files in it"),
    "ole": ("format.unknown", "a compound file that holds neither a Word document nor a workbook"),
    "unknown": ("format.unknown", "the content is of no known format"),
}

_EXTENSIONS = {
    "htm": "html", "html": "html", "shtml": "html", "xhtml": "html", "jhtml": "html", "jsp": "html", "asp": "html",
    "aspx": "html", "php": "html", "txt": "text", "md": "text", "markdown": "text", "text": "text", "docx": "docx",
    "docm": "docx", "dotx": "docx", "doc": "doc", "dot": "doc", "wps": "doc", "xls": "xls", "et": "xls",
    "xlsx": "xlsx", "xlsm": "xlsx", "xlsb": "xlsx", "ods": "ods", "pdf": "pdf", "mht": "mhtml", "mhtml": "mhtml",
    "rtf": "rtf", "png": "image", "jpg": "image", "jpeg": "image", "gif": "image", "bmp": "image", "tif": "image",
    "tiff": "image", "webp": "image", "zip": "zip", "rar": "rar", "ofd": "ofd",
}  # fmt: skip

_MEDIA_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/pdf": "pdf",
    "multipart/related": "mhtml",
    "message/rfc822": "mhtml",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}

_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)

_SNIFFED = 65_536  # bytes of a text that decide whether it is HTML
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|br|span|h[1-6]|font|script|style|a)"
    rb"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_DOCUMENT_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_MIME_HEADER = re.compile(
    rb"^(?:[!-9;-~]{1,70}:[ \t][^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,20}){1,60}\r?\n"
)
_MULTIPART = re.compile(rb"^content-type:\s{0,20}multipart/", re.IGNORECASE | re.MULTILINE)


class Reader(Protocol):
    """A module of this package that reads one family of formats."""

    def read(self, source: Source) -> Document:
        """Read the source; raises Unreadable."""
        ...


def declared_format(source: Source) -> str | None:
    """What the extension of the URL says the file is, else what the media type says, else None."""
    extension = _extension(file_name(source))
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    return _MEDIA_TYPES.get((source.media_type or "").split(";")[0].strip().lower())


@lru_cache(maxsize=64)
def _extension(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def sniff(source: Source) -> str:
    """The format of the source: a key of READERS or of REFUSED. Content first, then what is declared."""
    content = source.content
    head = content[:1024]
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if content.startswith(OLE_MAGIC):
        return _sniff_compound_file(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_package(source)
    if b"%PDF-" in head and not stripped.startswith(b"<"):
        return "pdf"
    for magic, name in _MAGIC:
        if stripped.startswith(magic) and (magic != b"BM" or _is_bitmap(content)):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    return _sniff_text(source)


def _is_bitmap(content: bytes) -> bool:
    return content.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00"


def _sniff_compound_file(content: bytes) -> str:
    names = ole_root_names(content)
    if "EncryptedPackage" in names:
        return "encrypted"
    if "WordDocument" in names:
        return "doc"
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    if not names:  # the directory is damaged: the stream names still tell what it was
        if "WordDocument".encode("utf-16-le") in content:
            return "doc"
        if "Workbook".encode("utf-16-le") in content:
            return "xls"
    return "ole"


def _sniff_package(source: Source) -> str:
    try:
        package = open_package(source)
    except Unreadable:
        # A truncated package has lost its directory, which stands at the end; the first member names the family.
        for mark, name in ((b"word/", "docx"), (b"xl/", "xlsx")):
            if mark in source.content[:_SNIFFED]:
                return name
        declared = declared_format(source)
        return declared if declared in ("docx", "xlsx") else "zip"
    names = package.names
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    if "OFD.xml" in names:
        return "ofd"
    if "mimetype" in names:
        mimetype = package.read("mimetype") or b""
        if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
        if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    return "zip"


def _sniff_text(source: Source) -> str:
    content = source.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 with a byte order mark
        encoding = "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-16-be"
        start = content[2 : 2 * _SNIFFED].decode(encoding, "replace").encode()
    else:
        start = content[:_SNIFFED]
        if b"\x00" in start:
            try:  # UTF-16 without a mark, or a stray zero byte
                start = decode(content[: len(start) // 2 * 2])[0].encode()
            except Unreadable:
                return "unknown"
    stripped = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith((b"<?xml", b"<?mso")):
        if b"schemas.microsoft.com/office/word/2003/wordml" in start or b"Word.Document" in start[:2048]:
            return "wordml"
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start[:8192] and b"<html" not in start[:8192].lower():
            return "spreadsheetml"
    mime = _MIME_HEADER.match(stripped)
    if mime and _MULTIPART.search(mime.group()):
        return "mhtml"
    declared = declared_format(source)
    if _DOCUMENT_TAG.search(stripped[:8192]):
        return "html"
    tags = len(_TAG.findall(start))
    if declared == "text":
        # Markdown may hold a few tags; a page saved under .txt is full of them from its first character.
        return "html" if tags > 10 and stripped.startswith(b"<") else "text"
    # A page without a single tag is text, whatever its address ends in.
    return "html" if tags >= 2 or (tags and (stripped.startswith(b"<") or declared == "html")) else "text"


def read_document(source: Source) -> Document:
    """Read a source of any known format into blocks.

    Raises Unreadable, whose finding names the file and the reason, for everything that no reader can take:
    unknown, encrypted, truncated, too large. A declared type that the content contradicts is a finding of the document.
    """
    check_size(source)
    name = sniff(source)
    if name in REFUSED:
        code, reason = REFUSED[name]
        raise unreadable(source, code, reason, format=name)
    reader = cast(Reader, import_module(f"parsers.readers.{READERS[name]}"))
    document = reader.read(source)
    declared = declared_format(source)
    if declared is not None and declared != name and (declared, name) not in _INTERCHANGEABLE:
        finding = Finding(
            "format.mismatch",
            Severity.INFO,
            f"{file_name(source)} says it is {declared} and is {name}",
            {"declared": declared, "content": name},
        )
        document = replace(document, findings=(*document.findings, finding))
    return document


# Served as HTML by every second server, or another name for the same thing.
_INTERCHANGEABLE = {("html", "text"), ("text", "html"), ("doc", "wordml"), ("doc", "rtf"), ("xls", "spreadsheetml")}
