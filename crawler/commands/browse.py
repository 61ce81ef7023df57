"""`scrapy browse`: the database in the browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.settings import Settings

from crawler.command import BaseCommand, CommandError


class Command(BaseCommand):
    """Serve the database with Datasette: descriptions, queries, charts, Chinese search."""

    summary = "Browse the database with Datasette"
    description = (
        "Serve REPORTS_DB with Datasette on this machine, read only, with a description and unit for every column, "
        "queries, charts and Chinese search. Ctrl+C ends it. A crawl may write meanwhile."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8001, help="port (default 8001)")
        parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1, this machine only)")

    def answer(self, args: list[str], opts: argparse.Namespace, settings: Settings) -> int:
        from storage.browse import serve  # noqa: PLC0415 - Datasette takes long to import, and Scrapy imports all commands

        try:
            serve(Path(settings["REPORTS_DB"]), opts.host, opts.port)
        except OSError as error:
            place = f"{opts.host}:{opts.port}"
            raise CommandError(f"{place}: {error.strerror or error}; --host and --port name others") from None
        return 0
