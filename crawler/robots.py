"""What a robots.txt that does not come means, by RFC 9309, 2.3.1: 4xx allows everything, anything worse nothing.

Scrapy's own middleware reads rules and obeys them; by itself it reads the body of an error as rules and takes a host
that does not answer for one without rules.
"""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.errors import PageRefused, describe


class RobotsUnreachableMiddleware:
    """Refuses every request to a host whose robots.txt could not be had. Stands behind Scrapy's middleware."""

    def __init__(self) -> None:
        self._unreachable: dict[str, str] = {}  # host → why its robots.txt did not come

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_request(self, request: Request) -> None:
        reason = self._unreachable.get(urlsplit(request.url).netloc)
        if reason is not None and not _is_robots(request):
            raise PageRefused(
                "robots.unreachable",
                f"{request.url}: not asked for, because its robots.txt could not be had ({reason})",
            )

    def process_response(self, request: Request, response: Response) -> Response:
        if not _is_robots(request) or 200 <= response.status < 300:
            return response
        if response.status >= 500:
            self._note(request, f"{request.url} answered {response.status}")
        return response.replace(body=b"")  # an error page holds no rules

    def process_exception(self, request: Request, exception: Exception) -> None:
        # too many redirects count as 4xx; what we refuse or cannot store ourselves is said of the page itself
        code, message, _ = describe(exception, request.url)
        if _is_robots(request) and not isinstance(exception, IgnoreRequest) and code != "address.private":
            self._note(request, message)

    def _note(self, request: Request, reason: str) -> None:
        first = (request.meta.get("redirect_urls") or [request.url])[0]
        self._unreachable[urlsplit(first).netloc] = reason


def _is_robots(request: Request) -> bool:
    """Whether a request is the one that Scrapy's middleware makes: only that one is exempt from the rules."""
    return bool(request.meta.get("dont_obey_robotstxt"))
