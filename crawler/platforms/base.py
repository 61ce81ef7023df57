"""What a CMS family is: how its list pages name their articles and their next page. Text and address in, links out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to ask for. `number` counts the pages of a list from 1; a `detail` is itself a report."""

    url: str
    number: int = 1
    headers: tuple[tuple[str, str], ...] = ()
    detail: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ListLink:
    """A link of a list: absolute address, full title, the date printed beside it (or coded in the address)."""

    url: str
    text: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. `total` is the number of entries of the whole list, where the page says so."""

    links: tuple[ListLink, ...]
    following: tuple[PageRequest, ...] = ()
    total: int | None = None


class Platform(ABC):
    """A CMS family. Instances hold nothing: everything comes from the page."""

    id: ClassVar[str]
    signatures: ClassVar[tuple[str, ...]] = ()
    """Regular expressions; one that is found in "<url>\\n<html>" is a mark of the family."""

    def start(self, urls: Sequence[str], years: Sequence[int]) -> Iterator[PageRequest]:
        """The first pages of a site. An address with `{year}` is a report for each year, newest first."""
        for url in urls:
            if "{year}" in url:
                for year in sorted(years, reverse=True):
                    yield PageRequest(url.replace("{year}", str(year)), detail=True, year=year)
            else:
                yield PageRequest(url)

    @abstractmethod
    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        """Read one page of a list. A page that this family did not make gives no links; nothing is raised."""
