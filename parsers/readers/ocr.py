"""Recognise pictures of pages and tables (extra `ocr`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from parsers.model import Document, Finding, Severity, Source
from parsers.readers.container import unreadable
from parsers.readers.pages import PageContent


@dataclass(slots=True)
class Recognised:
    """A recognised page and what was doubtful on it."""

    page: PageContent
    doubtful: list[str] = field(default_factory=list)


def is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return False


def recognise(picture: Any, number: int, dpi: float) -> Recognised:
    raise NotImplementedError


def findings(name: str, recognised: Recognised) -> list[Finding]:
    return [Finding("ocr.read", Severity.WARNING, name)]


def read(source: Source) -> Document:
    raise unreadable(source, "ocr", "not yet")
