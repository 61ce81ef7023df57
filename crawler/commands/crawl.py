"""`scrapy crawl`: Scrapy's own, with arguments checked first and an exit status that says whether the run did what it
was asked."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from scrapy import Spider
from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from crawler.ledger import ledger_of
from crawler.replay import check_replay
from crawler.sites import SiteError
from crawler.spiders.reports import ReportSpider, SpiderArgumentError
from storage.migrations import DatabaseError
from storage.store import Store


class Command(BaseRunSpiderCommand):
    """Run one spider; exit 0 only if every asked site could be reached and read."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] <spider>"

    def short_desc(self) -> str:
        return "Fetch reports with a spider of this project and store them"

    def long_desc(self) -> str:
        return (
            "Fetch yearly disclosure reports and store them in REPORTS_DB. Spiders: `scrapy list`. Examples: "
            "`scrapy crawl "
            "zhejiang_health -a region=330206 -a year=2020` (one county, one year; -a refresh=1 fetches again "
            "what is known), "
            "`scrapy crawl mirrors -a url=https://…` (one document-sharing page), `scrapy crawl files -a path=FOLDER` "
            "(documents from disk). -s REPLAY=FILE_OR_FOLDER serves a WARC archive in place of the network. The "
            "exit status "
            "is 0 only if the run did what it was asked, 1 if something could not be reached or read, 2 for a "
            "bad argument."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None and self.settings is not None  # noqa: S101, PT018 - set by Scrapy
        if len(args) != 1:
            known = ", ".join(self.crawler_process.spider_loader.list())
            raise UsageError(f"name one spider: {known}", print_help=False)
        spider = self._load(args[0])
        try:
            check_replay(self.settings["REPLAY"])
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        if issubclass(spider, ReportSpider):
            try:
                spider.check_arguments(opts.spargs, self.settings)
            except SpiderArgumentError as error:
                raise UsageError(str(error), print_help=False) from None
        open_database(self.settings["REPORTS_DB"])
        open_archive(self.settings["ARCHIVE_DIR"])
        crawler = self._create_crawler(spider)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed or ledger_of(crawler).verdict != "ok":
            self.exitcode = 1

    def _load(self, name: str) -> type[Spider]:
        assert self.crawler_process is not None  # noqa: S101 - set by Scrapy
        loader = self.crawler_process.spider_loader
        try:
            return loader.load(name)
        except KeyError:
            assert self.settings is not None  # noqa: S101 - set by Scrapy
            folder = Path(self.settings["SITES_DIR"])
            if not folder.is_dir():
                raise UsageError(
                    f"SITES_DIR={folder} is no folder; it holds the site files", print_help=False
                ) from None
            known = ", ".join(loader.list())
            raise UsageError(f"there is no spider {name!r}; known are {known}", print_help=False) from None
        except SiteError as error:
            raise UsageError(str(error), print_help=False) from None


def open_database(name: str) -> None:
    """Make or migrate the database before anything is fetched, so that a wrong file is said at once. UsageError."""
    if not name:
        raise UsageError("REPORTS_DB is empty; name the file of the database", print_help=False)
    try:
        Store(Path(name)).close()
    except DatabaseError as error:
        raise UsageError(f"REPORTS_DB={name}: {error}", print_help=False) from None


def open_archive(name: str) -> None:
    """Make the archive's folder before anything is fetched. Raises UsageError."""
    if not name:
        raise UsageError("ARCHIVE_DIR is empty; name the folder of the archive", print_help=False)
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(f"ARCHIVE_DIR={name} is a file; name a folder", print_help=False) from None
    except OSError as error:
        raise UsageError(f"ARCHIVE_DIR={name}: {error.strerror or error}", print_help=False) from None
    if not os.access(name, os.W_OK | os.X_OK):
        raise UsageError(f"ARCHIVE_DIR={name} may not be written; name another folder", print_help=False)
