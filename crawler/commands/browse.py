"""`scrapy browse`: the database in the browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from storage.migrations import DatabaseError


class Command(ScrapyCommand):
    """Serve the database with Datasette: descriptions, queries, charts, Chinese search."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Browse the database with Datasette"

    def long_desc(self) -> str:
        return (
            "Serve REPORTS_DB with Datasette on this machine, read only, with a description and unit for every column, "
            "queries, charts and Chinese search. Ctrl+C ends it. A crawl may write meanwhile."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8001, help="port (default 8001)")
        parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1, this machine only)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        if args:
            raise UsageError(f"browse takes no argument {args[0]!r}", print_help=False)
        from storage.browse import serve  # noqa: PLC0415 - Datasette takes long to import, and Scrapy imports all commands

        try:
            serve(Path(self.settings["REPORTS_DB"]), opts.host, opts.port)
        except DatabaseError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
        except OSError as error:
            print(f"{opts.host}:{opts.port}: {error.strerror or error}; --host and --port name others", file=sys.stderr)
            self.exitcode = 2
