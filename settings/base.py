"""Settings of every crawl. Each value that differs from Scrapy's default says why.

Overridden on the command line with ``-s NAME=VALUE``. The sites are data: one TOML file a spider in `settings/sites/`.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

BOT_NAME = "nianbao"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"
SPIDER_LOADER_CLASS = "crawler.loader.SiteSpiderLoader"  # a file in SITES_DIR is a spider, without Python

# ---------------------------------------------------------------- ours

REPORTS_DB = "data/reports.db"
ARCHIVE_DIR = "data/archive"
REPLAY: str | None = None  # a WARC file or a folder of them, served in place of the network
SITES_DIR = str(Path(__file__).parent / "sites")
CONTACT = "https://example.org/nianbao"  # write a page or mailto: of yours here before a live crawl
ALLOW_PRIVATE_ADDRESSES = False  # True only for a test server on this machine
FILE_MAXSIZE = 64 * 1024 * 1024  # bytes; a larger file on disk is a finding, not a document
FETCH_PICTURES = False  # True fetches the pictures of an article, for the extra `ocr` to read; costs the sites requests
LIST_PAGES_MAX = 60  # pages of one list; the longest list seen has 20

# ---------------------------------------------------------------- polite

USER_AGENT = f"nianbao/0.1 (+{CONTACT})"  # default Scrapy's own: say who asks and where to complain
ROBOTSTXT_OBEY = True  # default False: a site's wish counts
ROBOTSTXT_USER_AGENT = "nianbao"  # default the whole USER_AGENT: the product token is what robots.txt files name
DOWNLOAD_DELAY = 2.0  # default 0: small county servers
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: same reason
CONCURRENT_REQUESTS = 16  # the default: sixteen sites at once, one request each
AUTOTHROTTLE_ENABLED = True  # default False: slow down with a slow server; never faster than DOWNLOAD_DELAY
AUTOTHROTTLE_START_DELAY = 2.0  # default 5: begin at the delay
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # default en: some portals answer that in English
    "Accept-Encoding": "gzip, deflate",  # default also br and zstd: what every reader of the archive can undo
}
COOKIES_ENABLED = False  # default True: nothing here needs a session, and a session can change a page
REFERER_ENABLED = True  # the default: list APIs of the Hanweb family ask for it

# ---------------------------------------------------------------- safe

REMOTE_CONTROL_ENABLED = False  # default True: a local port that runs Python sent to it
TELNETCONSOLE_ENABLED = False  # default True: the same by telnet
TWISTED_DNS_RESOLVER = "crawler.guard.GuardedResolver"  # default resolves to anything: no private addresses
DOWNLOAD_MAXSIZE = 48 * 1024 * 1024  # default 1 GiB; also holds for what a gzip body grows to
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024  # default 32 MiB
DOWNLOAD_TIMEOUT = 60  # default 180 s: a page that takes longer is tried again
DNS_TIMEOUT = 20  # default 60 s
REDIRECT_MAX_TIMES = 6  # default 20: http → https → www is three
METAREFRESH_MAXDELAY = 5  # default 100 s: a longer one is a page that reloads itself
DOWNLOAD_VERIFY_CERTIFICATES = False  # the default: many county servers send incomplete certificate chains
RETRY_TIMES = 3  # default 2: government hosts drop connections often
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"  # default ERROR: the spider reports the failure itself
URLLENGTH_LIMIT = 4083  # default 2083: list APIs carry their whole query in the URL
DOWNLOAD_HANDLERS: dict[str, Any] = {"ftp": None, "s3": None, "data": None, "file": None}  # http and https only

# ---------------------------------------------------------------- parts

ADDONS = {"crawler.replay.Replay": 100}
DOWNLOADER_MIDDLEWARES = {
    "crawler.guard.GuardMiddleware": 40,  # before robots.txt is asked for
    "crawler.robots.RobotsUnreachableMiddleware": 110,  # right behind Scrapy's, which asks for robots.txt
    "crawler.conditional.ConditionalMiddleware": 560,
    "crawler.archiving.KeepMiddleware": 575,  # after the refusal of blocked pages, before redirects are followed
    "crawler.blocked.BlockedPageMiddleware": 585,  # sees decoded bodies
    "crawler.archiving.WireMiddleware": 890,  # sees bodies as on the wire
}
SPIDER_MIDDLEWARES = {
    "crawler.chrome.ChromeMiddleware": 960,
    "crawler.archiving.FileArchiveMiddleware": 970,  # nearer to the spider: a file is archived before it is read
}
ITEM_PIPELINES = {
    "crawler.pipelines.ParsePipeline": 300,
    "crawler.pipelines.StorePipeline": 500,
}
EXTENSIONS = {
    "crawler.ledger.Ledger": 10,
    "crawler.progress.Progress": 20,
    "scrapy.extensions.logstats.LogStats": None,  # our progress says the same in our words
}

# ---------------------------------------------------------------- engine

CONCURRENT_ITEMS = 8  # default 100: a hundred tasks a response cost 1 ms a page
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None  # default asyncio's: a tenth faster
FEED_EXPORT_ENCODING = "utf-8"  # default None: \\uXXXX in JSON
LOG_LEVEL = "WARNING"  # default DEBUG: progress and the summary are ours; -L INFO shows the rest
LOG_FORMAT = "%(levelname)s: %(message)s"  # default with date and module: read by people
LOG_FORMATTER = "crawler.ledger.QuietLogFormatter"  # default prints whole items
STATS_DUMP = False  # default True: the summary says what counts
