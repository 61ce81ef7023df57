"""`scrapy coverage`: who has published what."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from storage.coverage import SIGNS, as_json, as_table, read_coverage
from storage.migrations import DatabaseError


class Command(ScrapyCommand):
    """Authority by year: published, late, missing, unreadable."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Show which authority has published its report for which year"

    def long_desc(self) -> str:
        return (
            "Print authorities by year: published, late (after 31 January), missing, unreadable. A year that is "
            "not due "
            "or in which the authority did not exist is left blank. --json prints one object for each authority "
            "and year."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--region", metavar="CODE", help="a division and everything in it, such as 330200")
        parser.add_argument("--years", metavar="FROM-TO", help="such as 2015-2024, or one year")
        parser.add_argument("--status", choices=sorted(SIGNS), help="only these")
        parser.add_argument("--json", action="store_true", help="print JSON for a program")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        if args:
            raise UsageError(f"coverage takes no argument {args[0]!r}", print_help=False)
        region = check_region(opts.region)
        try:
            rows = read_coverage(
                Path(self.settings["REPORTS_DB"]), region=region, years=_years(opts.years), status=opts.status
            )
        except DatabaseError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        print(as_json(rows) if opts.json else as_table(rows))


def check_region(code: str | None) -> str | None:
    """A division code as given on the command line. Raises UsageError."""
    if code is not None and not re.fullmatch(r"\d{2}|\d{4}|\d{6}", code):
        raise UsageError(f"--region {code}: write a division code such as 330206 or 330200", print_help=False)
    return code


def _years(text: str | None) -> range | None:
    if text is None:
        return None
    match = re.fullmatch(r"(20\d\d)(?:-(20\d\d))?", text)
    if match is None:
        raise UsageError(f"--years {text}: write 2015-2024 or 2020", print_help=False)
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise UsageError(f"--years {text}: write the earlier year first", print_help=False)
    return range(first, last + 1)
