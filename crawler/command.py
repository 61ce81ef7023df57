"""What the commands of nianbao share: their frame, and the reading of one file or web address.

Not in `crawler.commands`: Scrapy takes every command class that it finds there for a command.
"""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.fetching import FetchError, source_of
from parsers.model import Source
from storage.migrations import DatabaseError


class CommandError(Exception):
    """What was asked cannot be done. The message is for people; the exit status is 2."""


class BaseCommand(ScrapyCommand):
    """A command that says in a sentence what is wrong, and that by its exit status."""

    requires_project = True
    requires_crawler_process = False
    arguments: ClassVar[str] = ""
    summary: ClassVar[str]
    description: ClassVar[str]

    def syntax(self) -> str:
        return f"[options] {self.arguments}".rstrip()

    def short_desc(self) -> str:
        return self.summary

    def long_desc(self) -> str:
        return self.description

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args and not self.arguments:
            name = type(self).__module__.rpartition(".")[2]
            raise UsageError(f"{name} takes no argument {args[0]!r}", print_help=False)
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            self.exitcode = self.answer(args, opts, self.settings)
        except (CommandError, FetchError, DatabaseError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 2

    @abstractmethod
    def answer(self, args: list[str], opts: argparse.Namespace, settings: Settings) -> int:
        """Do what was asked and return the exit status. Raises UsageError, CommandError, FetchError, DatabaseError."""


class SourceCommand(BaseCommand):
    """A command that reads one file or web address, prints what it found, and stores nothing."""

    requires_crawler_process = True
    arguments = "FILE_OR_URL"
    with_files: ClassVar[bool]
    """Whether what belongs to an article on the web is fetched too: its further pages, its files."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON for a program")

    def answer(self, args: list[str], opts: argparse.Namespace, settings: Settings) -> int:
        if len(args) != 1:
            raise UsageError("name one file or web address", print_help=False)
        source = source_of(args[0], self.crawler_process, files=self.with_files)
        return self.show(args[0], source, as_json=opts.json)

    @abstractmethod
    def show(self, name: str, source: Source, *, as_json: bool) -> int:
        """Print what was read in the source of that name and return the exit status. Raises CommandError."""
