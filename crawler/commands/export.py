"""`scrapy export`: tables for analysis."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.coverage import check_region
from storage.migrations import DatabaseError

FORMATS = ("csv", "parquet", "xlsx")


class Command(ScrapyCommand):
    """Write the wide and the long table and the codebook."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [FOLDER]"

    def short_desc(self) -> str:
        return "Write the figures as CSV, Parquet and XLSX"

    def long_desc(self) -> str:
        return (
            "Write three tables into FOLDER (default: data/export): wide (a row for each authority and year, a column "
            "for each "
            "metric), long (a row for each figure with its evidence), codebook (what the columns mean). --format "
            "may be "
            f"repeated; known are {', '.join(FORMATS)}; without it all are written."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FOLDER", help="the folder (the same as the argument)")
        parser.add_argument("--format", action="append", choices=FORMATS, help="one of the formats (may be repeated)")
        parser.add_argument("--region", metavar="CODE", help="a division and everything in it, such as 330200")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        named = [*args, *([opts.output] if opts.output else [])]
        if len(named) > 1:
            raise UsageError(f"name one folder, not {' and '.join(named)}", print_help=False)
        region = check_region(opts.region)
        folder = Path(named[0] if named else "data/export")
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file; name a folder", print_help=False)
        from storage.export import NOTE, export  # noqa: PLC0415 - pyarrow takes long to import, and Scrapy imports all

        try:
            written = export(Path(self.settings["REPORTS_DB"]), folder, opts.format or FORMATS, region=region)
        except DatabaseError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        except OSError as error:
            print(f"{folder}: {error.strerror or error}; name another folder", file=sys.stderr)
            self.exitcode = 2
            return
        for file in written:
            print(f"{file.path}  {file.table}: {file.rows} rows")
        if any(file.neutralised for file in written):
            print(NOTE)
