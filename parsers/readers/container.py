"""Opening what a document arrives in: zip packages, XML parts and compound files, none of them trusted.

Every limit here bounds memory and time before anything is unpacked. A file past a limit, or broken, is
:class:`~parsers.model.Unreadable` with the reason; nothing is repaired by guessing.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from parsers.model import Finding, Severity, Source, Unreadable

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_PART_BYTES = 64 * 1024 * 1024  # one unpacked member; Word's largest real document.xml are a tenth of it
MAX_PACKAGE_BYTES = 256 * 1024 * 1024  # all unpacked members that are read
MAX_MEMBERS = 10_000
MAX_RATIO = 400  # unpacked / packed; XML of a long table reaches 100, a bomb 1000
MAX_XML_DEPTH = 256  # libxml2's own limit without huge_tree
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
"""What zipfile raises on a package that it cannot unpack; RuntimeError on a version or method that it does not know."""


def file_name(source: Source) -> str:
    """The last part of the path of the source's URL, for messages; the whole URL when the path has none."""
    return _file_name(source.url)


@lru_cache(maxsize=64)
def _file_name(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).name or url


def unreadable(source: Source, code: str, reason: str, **data: Any) -> Unreadable:
    """The error for a source that cannot be read: the file's name and the reason, as an error finding."""
    name = file_name(source)
    return Unreadable(Finding(code, Severity.ERROR, f"{name}: {reason}", {"file": name, **data}))


def check_size(source: Source) -> None:
    """Raise Unreadable for an empty file or one past MAX_FILE_BYTES."""
    size = len(source.content)
    if not size:
        raise unreadable(source, "format.empty", "the file is empty")
    if size > MAX_FILE_BYTES:
        raise unreadable(source, "format.too_large", f"{size} bytes are more than the limit of {MAX_FILE_BYTES}")


@dataclass(slots=True)
class Package:
    """A zip file whose members are read with a budget. Member names are unique, as stored."""

    source: Source
    archive: zipfile.ZipFile
    names: frozenset[str]
    budget: int = MAX_PACKAGE_BYTES

    def read(self, name: str) -> bytes | None:
        """The unpacked bytes of a member, None if there is none of that name.

        Raises Unreadable past a limit, for a password and for damage.
        """
        if name not in self.names:
            return None
        info = self.archive.getinfo(name)
        if info.flag_bits & 0x1:
            raise unreadable(self.source, "format.encrypted", f"the member {name} is protected by a password")
        limit = min(MAX_PART_BYTES, self.budget)
        if info.file_size > limit or info.file_size > MAX_RATIO * max(info.compress_size, 1024):
            raise unreadable(
                self.source,
                "format.bomb",
                f"the member {name} unpacks from {info.compress_size} to {info.file_size} bytes",
                member=name,
            )
        try:
            with self.archive.open(info) as stream:
                content = stream.read(limit + 1)  # the size in the directory may lie
        except DAMAGED as error:
            raise unreadable(self.source, "format.truncated", f"the member {name} is damaged: {error}") from error
        if len(content) > limit:
            raise unreadable(self.source, "format.bomb", f"the member {name} is larger than it says", member=name)
        self.budget -= len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML member, None if there is none of that name."""
        content = self.read(name)
        return None if content is None else parse_xml(self.source, content, name)


def open_package(source: Source) -> Package:
    """Open a zip file's directory; reads no member."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
        names = archive.namelist()
    except DAMAGED as error:
        raise unreadable(source, "format.truncated", f"the zip package cannot be opened: {error}") from error
    if len(names) > MAX_MEMBERS:
        raise unreadable(source, "format.bomb", f"the zip package has {len(names)} members")
    return Package(source, archive, frozenset(names))


def parse_xml(source: Source, content: bytes, name: str) -> etree._Element:
    """Parse an XML part: no entities, no DTD, no network, depth bounded by libxml2."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise unreadable(source, "format.entities", f"{name} declares a DTD, which office files never do")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(source, "format.truncated", f"{name} is not well-formed XML: {error}") from error


OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")


def ole_root_names(content: bytes) -> frozenset[str]:
    """Names of the entries directly below the root storage of a compound file; empty if it cannot be walked."""
    sector_size = 1 << int.from_bytes(content[30:32], "little")
    if sector_size not in (512, 4096):
        return frozenset()

    def sector(number: int) -> bytes:
        return content[(number + 1) * sector_size : (number + 2) * sector_size]

    def words(data: bytes) -> list[int]:
        return [int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data) - 3, 4)]

    fat: list[int] = []
    tables = words(content[76:512])
    following, hops = int.from_bytes(content[68:72], "little"), 0
    while following < 0xFFFFFFFA and hops < 4096:
        part = words(sector(following))
        if not part:
            break
        tables += part[:-1]
        following, hops = part[-1], hops + 1
    for number in tables:
        if number < 0xFFFFFFFA:
            fat += words(sector(number))
    entries: list[bytes] = []
    current, seen = int.from_bytes(content[48:52], "little"), set[int]()
    while current < 0xFFFFFFFA and current not in seen and len(entries) < 100_000:
        seen.add(current)
        data = sector(current)
        entries += [data[i : i + 128] for i in range(0, len(data) - 127, 128)]
        current = fat[current] if current < len(fat) else 0xFFFFFFFE
    if not entries:
        return frozenset()
    names, visited = set[str](), set[int]()
    pending = [int.from_bytes(entries[0][76:80], "little")]
    while pending:
        index = pending.pop()
        if index >= len(entries) or index in visited:
            continue
        visited.add(index)
        entry = entries[index]
        length = int.from_bytes(entry[64:66], "little")
        names.add(entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"))
        pending += [int.from_bytes(entry[68:72], "little"), int.from_bytes(entry[72:76], "little")]
    return frozenset(names)


def tracked_changes(name: str, inserted: int, deleted: int) -> list[Finding]:
    """The finding for a document whose changes were kept as such; none without any."""
    if not (inserted or deleted):
        return []
    message = (
        f"{name} holds tracked changes: {inserted} insertions kept, {deleted} deletions dropped; "
        "a copy that lost the marks prints old and new digits together"
    )
    return [Finding("format.tracked_changes", Severity.WARNING, message, {"inserted": inserted, "deleted": deleted})]
