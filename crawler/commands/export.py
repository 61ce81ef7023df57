"""`scrapy export`: tables for analysis."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.command import BaseCommand, CommandError
from crawler.commands.coverage import check_region

FORMATS = ("csv", "parquet", "xlsx")


class Command(BaseCommand):
    """Write the wide and the long table and the codebook."""

    arguments = "[FOLDER]"
    summary = "Write the figures as CSV, Parquet and XLSX"
    description = (
        "Write three tables into FOLDER (default: data/export): wide (a row for each authority and year, a column for "
        "each metric), long (a row for each figure with its evidence), codebook (what the columns mean). --format may "
        f"be repeated; known are {', '.join(FORMATS)}; without it all are written."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FOLDER", help="the folder (the same as the argument)")
        parser.add_argument("--format", action="append", choices=FORMATS, help="one of the formats (may be repeated)")
        parser.add_argument("--region", metavar="CODE", help="a division and everything in it, such as 330200")

    def answer(self, args: list[str], opts: argparse.Namespace, settings: Settings) -> int:
        named = [*args, *([opts.output] if opts.output else [])]
        if len(named) > 1:
            raise UsageError(f"name one folder, not {' and '.join(named)}", print_help=False)
        region = check_region(opts.region)
        folder = Path(named[0] if named else "data/export")
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file; name a folder", print_help=False)
        from storage.export import NOTE, export  # noqa: PLC0415 - pyarrow takes long to import, and Scrapy imports all

        try:
            written = export(Path(settings["REPORTS_DB"]), folder, opts.format or FORMATS, region=region)
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror or error}; name another folder") from None
        for file in written:
            print(f"{file.path}  {file.table}: {file.rows} rows")
        if any(file.neutralised for file in written):
            print(NOTE)
        return 0
