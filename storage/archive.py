"""The archive of everything that was fetched: WARC files (ISO 28500), one for each document, by way of warcio.

A document's file is ``ab/<document id>.warc.gz`` below the archive folder and holds a ``warcinfo`` record and the
``response`` record (``resource`` for a source on disk) with URL, time, status, headers and bytes. The name follows from
the content, so writing the same thing again changes nothing; a file appears whole or not at all.

`records` reads any WARC, also other people's: a gzip member per record, one gzip stream, or uncompressed.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

MAX_BODY = 256 * 1024 * 1024
"""Bytes of one record's body beyond which it is refused: no report is that large, a decompression bomb is."""

_SUFFIXES = (".warc", ".warc.gz")
_GZIP_MEMBER = b"\x1f\x8b\x08"
_PLAIN_RECORD = b"WARC/1."
_KEPT_ASIDE = "X-Nianbao-Orig-"  # headers that no longer describe the stored bytes, kept under this prefix
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WARC_FIELDS = re.compile(r"(?i)^(?:warc-.*|content-length)$")
_FAULTS = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, zlib.error, ValueError, OSError)


class ArchiveError(Exception):
    """A WARC file that cannot be read, or not whole: names the file, the offset of the record, and the reason."""

    def __init__(self, file: Path, offset: int, reason: str) -> None:
        super().__init__(f"{file}, record at byte {offset}: {reason}")
        self.file = file
        self.offset = offset
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: what a server sent, or a file on disk (``file:`` URL, status 200).

    `body` is as it came, content encoding included (`payload` undoes it), transfer encoding undone.
    `fetched_at` is aware and in UTC.
    """

    url: str
    status: int
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case; None if it was not sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def write(archive_dir: Path, document_id: str, fetched: Fetched) -> tuple[str, int]:
    """Keep `fetched` under `document_id`; return the file, relative to `archive_dir`, and the offset of the record.

    If the file is there and reads back, nothing is written. Raises ValueError when the URL or a header holds a line
    break (it could forge a record) or `fetched_at` is not aware.
    """
    relative = f"{document_id[:2]}/{document_id}.warc.gz"
    path = archive_dir / relative
    kept = _offset_of_answer(path)
    if kept is not None:
        return relative, kept
    content, offset = _as_warc(fetched, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{document_id}-", delete=False) as stream:
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            Path(stream.name).chmod(0o644)  # a temporary file is 0600; an archive is there to be shared
            Path(stream.name).replace(path)
        except BaseException:
            Path(stream.name).unlink(missing_ok=True)
            raise
    return relative, offset


def read(archive_dir: Path, file: str, offset: int) -> Fetched:
    """Read back the record at `offset` of `file` exactly as it was given to `write`. Raises ArchiveError."""
    path = archive_dir / file
    try:
        with path.open("rb") as stream:
            for fetched in _records_from(path, stream, offset):
                return fetched
    except FileNotFoundError as missing:
        raise ArchiveError(path, offset, "the file is missing from the archive") from missing
    raise ArchiveError(path, offset, "no response or resource record there")


def records(path: Path, on_damage: Callable[[ArchiveError], None] | None = None) -> Iterator[Fetched]:
    """Every response and resource record (http, https, file) of a WARC file, or of all WARC files below a folder.

    A damaged or cut record raises ArchiveError; with `on_damage` the error is handed to it and reading goes on at the
    next record that can be found, then with the next file. Files are read in the order of their names.
    """
    for file in warc_files(path):
        start: int | None = 0
        with file.open("rb") as stream:
            while start is not None:
                try:
                    yield from _records_from(file, stream, start)
                    start = None
                except ArchiveError as damage:
                    if on_damage is None:
                        raise
                    on_damage(damage)
                    start = _next_start(stream, damage.offset + 1)


def warc_files(path: Path) -> list[Path]:
    """The WARC files that `path` is or holds, by name. Raises ArchiveError when there are none."""
    if path.is_file():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.name.lower().endswith(_SUFFIXES) and file.is_file())
    if not found:
        raise ArchiveError(path, 0, "no WARC file (*.warc, *.warc.gz) is there")
    return found


def looks_like_warc(file: Path) -> bool:
    """Whether a file begins as a WARC file does, compressed or not."""
    with file.open("rb") as stream:
        return stream.read(len(_PLAIN_RECORD)).startswith((_PLAIN_RECORD, _GZIP_MEMBER))


def payload(fetched: Fetched, limit: int = MAX_BODY) -> bytes:
    """The body with its content encoding undone: the document itself.

    A body that is not compressed in spite of its header is returned as it is (servers and archives both do that).
    Raises ValueError for an encoding other than gzip and deflate, a damaged stream, or more than `limit` bytes.
    """
    body = fetched.body
    encodings = [word.strip().lower() for word in (fetched.header("Content-Encoding") or "").split(",")]
    for encoding in reversed(encodings):
        if encoding in ("", "identity") or not _is_encoded(body, encoding):
            continue
        if encoding in ("gzip", "x-gzip"):
            body = _inflate(body, zlib.MAX_WBITS | 16, limit)
        elif encoding == "deflate":
            # RFC 9110 means the zlib format; some servers send a bare deflate stream
            body = _inflate(body, zlib.MAX_WBITS if _has_zlib_header(body) else -zlib.MAX_WBITS, limit)
        else:
            raise ValueError(f"{fetched.url}: content encoding {encoding} is not supported")
    return body


# ---------------------------------------------------------------- writing


class _HeadersInUtf8(StatusAndHeaders):  # type: ignore[misc]
    """warcio percent-encodes headers that are not ASCII; read back they would not be what the server sent."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, "utf-8")


def _as_warc(fetched: Fetched, name: str) -> tuple[bytes, int]:
    if fetched.fetched_at.tzinfo is None:
        raise ValueError(f"{fetched.url}: fetched_at has no time zone")
    for text in (fetched.url, *(part for header in fetched.headers for part in header)):
        if _CONTROL.search(text.replace("\t", " ")):
            raise ValueError(f"{fetched.url!r}: a control character in the URL or the header {text!r}")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    date = fetched.fetched_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    info = writer.create_warcinfo_record(name, {"software": "nianbao", "format": "WARC File Format 1.1"})
    info.rec_headers.replace_header("WARC-Date", date)
    writer.write_record(info)
    offset = out.tell()
    given = {"WARC-Date": date}
    if fetched.url.startswith("file:"):
        given |= {key: value for key, value in fetched.headers if not _WARC_FIELDS.match(key)}
        kind, http = "resource", None
    else:
        headers = [(_stored_name(key, value, fetched.body), value) for key, value in fetched.headers]
        kind, http = "response", _HeadersInUtf8(str(fetched.status), headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        fetched.url,
        kind,
        payload=io.BytesIO(fetched.body),
        length=len(fetched.body),
        warc_headers_dict=given,
        http_headers=http,
    )
    if kind == "resource":
        record.content_type = given.get("Content-Type", "application/octet-stream")
    writer.write_record(record)
    return out.getvalue(), offset


def _stored_name(key: str, value: str, body: bytes) -> str:
    name = key.lower()
    undone = name == "transfer-encoding" or (
        name == "content-encoding" and not _is_encoded(body, value.rpartition(",")[2].strip().lower())
    )
    return _KEPT_ASIDE + key if undone else key


def _offset_of_answer(path: Path) -> int | None:
    """Where the answer stands in a file of `write`: in its second member. None if the file is missing or damaged."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            first = _Member(stream, 0)
            while first.read(1 << 16):
                pass
            for _ in _records_from(path, stream, first.end or 0):
                return first.end
    except (ArchiveError, *_FAULTS):
        return None
    return None


# ---------------------------------------------------------------- reading


class _Member(io.RawIOBase):
    """One gzip member of a file, inflated as it is read. `end` is where the next one begins, once it is read through.

    warcio can inflate too, but takes a damaged member for uncompressed data, and stops at a file that is one member.
    """

    def __init__(self, stream: IO[bytes], start: int) -> None:
        super().__init__()
        self._stream = stream
        self._position = start
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.end: int | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self.end is None:
            waiting = self._inflater.unconsumed_tail
            if not waiting:
                self._stream.seek(self._position)
                waiting = self._stream.read(1 << 16)
                self._position += len(waiting)
                if not waiting:
                    raise EOFError("the file ends within a compressed record")
            piece = self._inflater.decompress(waiting, len(buffer))
            if self._inflater.eof:
                self.end = self._position - len(self._inflater.unused_data)
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
        return 0


def _records_from(file: Path, stream: IO[bytes], start: int) -> Iterator[Fetched]:
    """The answers from `start` on: a member after the other, or all the rest when it is not compressed."""
    offset = start
    while _starts_with(stream, offset, _GZIP_MEMBER):
        member = _Member(stream, offset)
        yield from _parsed(file, io.BufferedReader(member), offset)
        try:
            while member.read(1 << 16):
                pass
        except _FAULTS as fault:
            raise ArchiveError(file, offset, _damage(fault)) from fault
        offset = member.end or offset
    if stream.seek(0, io.SEEK_END) > offset:
        if not _starts_with(stream, offset, _PLAIN_RECORD):
            raise ArchiveError(file, offset, "no record begins there")
        stream.seek(offset)
        yield from _parsed(file, stream, None)


def _starts_with(stream: IO[bytes], offset: int, mark: bytes) -> bool:
    stream.seek(offset)
    return stream.read(len(mark)) == mark


def _parsed(file: Path, stream: IO[bytes], member: int | None) -> Iterator[Fetched]:
    """The answers of an uncompressed stream; `member` is the offset of the gzip member that it comes from."""
    iterator = ArchiveIterator(stream, check_digests=True, arc2warc=True)
    while True:
        try:
            record = next(iterator, None)
            if record is None:
                if iterator.fh.tell() > iterator.offset:  # warcio ends quietly at half a header
                    raise EOFError
                return
            offset = iterator.offset if member is None else member
            fetched = _answer_of(file, offset, record)
        except (*_FAULTS, AttributeError, TypeError) as fault:  # the last two: warcio's answer to half a header
            raise ArchiveError(file, iterator.offset if member is None else member, _damage(fault)) from fault
        if fetched is not None:
            yield fetched


def _damage(fault: Exception) -> str:
    return f"damaged or cut short ({str(fault).strip()[:200] or 'end of file'})"


def _answer_of(file: Path, offset: int, record: ArcWarcRecord) -> Fetched | None:
    declared = record.rec_headers.get_header("Content-Length")
    if declared is None or not declared.isdigit():
        raise ArchiveError(file, offset, "the record has no length")
    expected = int(declared) if record.payload_length < 0 else record.payload_length
    if expected > MAX_BODY:
        raise ArchiveError(file, offset, f"{expected} bytes in one record, more than {MAX_BODY}")
    body = b"".join(iter(lambda: record.raw_stream.read(1 << 20), b""))
    if len(body) < expected:
        raise ArchiveError(file, offset, f"cut short: {len(body)} of {expected} bytes")
    if any("block digest failed" in problem for problem in record.digest_checker.problems):
        raise ArchiveError(file, offset, "the bytes are not those that were written (WARC-Block-Digest)")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in ("response", "resource") or not url.startswith(("http:", "https:", "file:")):
        return None
    fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    fetched_at = fetched_at.replace(tzinfo=UTC) if fetched_at.tzinfo is None else fetched_at.astimezone(UTC)
    if record.http_headers is None:
        named = tuple((key, value) for key, value in record.rec_headers.headers if not _WARC_FIELDS.match(key))
        return Fetched(url, 200, fetched_at, named, body)
    headers = tuple(record.http_headers.headers)
    coding = record.http_headers.get_header("Transfer-Encoding") or ""
    if "chunked" in coding.lower():
        body = _joined(body)
        headers = tuple((key, value) for key, value in headers if key.lower() != "transfer-encoding")
    headers = tuple((key.removeprefix(_KEPT_ASIDE), value) for key, value in headers)
    return Fetched(url, int(record.http_headers.get_statuscode()), fetched_at, headers, body)


def _joined(body: bytes) -> bytes:
    """The chunks of a chunked body joined; a body that is not chunked in spite of its header comes back as it is."""
    reader = ChunkedDataReader(io.BytesIO(body))
    return b"".join(iter(lambda: reader.read(1 << 16), b""))


def _next_start(stream: IO[bytes], offset: int) -> int | None:
    """The next place at or after `offset` where a record may begin; None at the end of the file."""
    mark = _GZIP_MEMBER if _starts_with(stream, 0, _GZIP_MEMBER) else _PLAIN_RECORD
    stream.seek(offset)
    before = b""
    while piece := stream.read(1 << 20):
        found = (before + piece).find(mark)
        if found >= 0:
            return stream.tell() - len(piece) - len(before) + found
        before = piece[-(len(mark) - 1) :]
    return None


# ---------------------------------------------------------------- content encoding


def _has_zlib_header(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0


def _is_encoded(body: bytes, encoding: str) -> bool:
    if encoding in ("gzip", "x-gzip"):
        return body.startswith(b"\x1f\x8b")
    if encoding == "deflate" and not _has_zlib_header(body):
        try:
            zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, 1)
        except zlib.error:
            return False
    return encoding not in ("", "identity")


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    pieces = []
    room = limit
    while body:  # a gzip body may be several members
        inflater = zlib.decompressobj(window)
        try:
            piece = inflater.decompress(body, room + 1)
        except zlib.error as damage:
            raise ValueError(f"damaged content encoding ({damage})") from damage
        room -= len(piece)
        if room < 0:
            raise ValueError(f"more than {limit} bytes after decompression")
        pieces.append(piece)
        if not inflater.eof:
            raise ValueError("the compressed body is cut short")
        body = inflater.unused_data
        if not body.startswith(b"\x1f\x8b"):
            break
    return b"".join(pieces)
