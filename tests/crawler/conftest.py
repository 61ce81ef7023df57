"""Crawls in this process, against a real server or from an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from crawler.ledger import Ledger, ledger_of
from tests.crawler.web import Web, serve

CONTENT = tuple(
    f"SELECT {columns} FROM {table} ORDER BY {columns}"
    for table, columns in {
        "documents": "id, url, kind, site, title, status, media_type, sha256, bytes",
        "reports": "id, agency_id, agency, region_code, year, form, title, is_current, published, signed, status, text",
        "sections": "report_id, position, level, number, heading, topic",
        "cells": "report_id, table_no, row, col, text",
        "figures": "report_id, metric, applicant, value, raw, meaning, source, proposed, evidence, start, table_no",
        "mentions": "report_id, start, quantity, unit, label",
        "checks": "report_id, rule, applicant, status, left, right, message",
        "findings WHERE document_id IS NOT NULL": "document_id, report_id, code, message",
    }.items()
)
"""What a crawl leaves behind, without the times and numbers of its runs."""


def content(database: Path) -> list[list[tuple[Any, ...]]]:
    """The content of a database, comparable with that of another."""
    connection = sqlite3.connect(database)
    try:
        return [connection.execute(query).fetchall() for query in CONTENT]
    finally:
        connection.close()


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@dataclass
class Place:
    """A folder with a database, an archive and site files."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "reports.db"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def sites(self) -> Path:
        return self.folder / "sites"

    def site(self, text: str, name: str = "test_health") -> None:
        self.sites.mkdir(exist_ok=True)
        (self.sites / f"{name}.toml").write_text(f'spider = "{name}"\nsector = "health"\n{text}', encoding="utf-8")

    def beilun(self, url: str, more: str = "") -> None:
        """Register one site."""
        self.site(
            f'[[site]]\nid = "beilun"\nregion = "330206"\nname = "宁波市北仑区卫生健康局"\nplatform = "hanweb_jpage"\n'
            f'urls = ["{url}"]\n{more}'
        )

    def settings(self, **overrides: Any) -> Settings:
        settings = Settings()
        settings.setmodule("settings.base", priority="project")
        values = {
            "REPORTS_DB": str(self.database),
            "ARCHIVE_DIR": str(self.archive),
            "SITES_DIR": str(self.sites),
            "TWISTED_REACTOR_ENABLED": False,  # a reactor cannot be started twice in one process
            "ASYNCIO_EVENT_LOOP": None,  # the loop is that of the test
            "ALLOW_PRIVATE_ADDRESSES": True,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "RETRY_TIMES": 2,
            **overrides,
        }
        settings.setdict(values, priority="cmdline")
        return settings

    async def crawl(
        self, spider: str = "test_health", *, arguments: dict[str, str] | None = None, **settings: Any
    ) -> Ledger:
        """Run a spider to its end; the ledger says how it went."""
        runner = AsyncCrawlerRunner(self.settings(**settings))
        crawler: Crawler = runner.create_crawler(spider)
        await runner.crawl(crawler, **(arguments or {}))
        return ledger_of(crawler)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as server:
        yield server


Crawl = Callable[..., Awaitable[Ledger]]
