"""`scrapy coverage`: who has published what."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.command import BaseCommand
from storage.coverage import SIGNS, as_json, as_table, read_coverage


class Command(BaseCommand):
    """Authority by year: published, late, missing, unreadable."""

    summary = "Show which authority has published its report for which year"
    description = (
        "Print authorities by year: published, late (after 31 January), missing, unreadable. A year that is not due or "
        "in which the authority did not exist is left blank. --json prints one object for each authority and year."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--region", metavar="CODE", help="a division and everything in it, such as 330200")
        parser.add_argument("--years", metavar="FROM-TO", help="such as 2015-2024, or one year")
        parser.add_argument("--status", choices=sorted(SIGNS), help="only these")
        parser.add_argument("--json", action="store_true", help="print JSON for a program")

    def answer(self, args: list[str], opts: argparse.Namespace, settings: Settings) -> int:
        region, years = check_region(opts.region), _years(opts.years)
        rows = read_coverage(Path(settings["REPORTS_DB"]), region=region, years=years, status=opts.status)
        print(as_json(rows) if opts.json else as_table(rows))
        return 0


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
