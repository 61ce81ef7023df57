"""What a crawl may reach: web addresses of the open internet, never this machine or its network.

A list page is other people's text. A link or a redirect in it to 127.0.0.1, to a router or to a cloud's
metadata service is refused: as written in the address, as the answer of the name service, and as the peer that
really answered.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

from crawler.errors import PageRefused

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def private_address(host: str) -> bool:
    """Whether a host, as written in an address, is one of this machine or a private network.

    Also in the forms that only some resolvers take: 2130706433, 0x7f.1, 127.1, ::ffff:10.0.0.1, a trailing dot.
    """
    name = host.strip("[]").rstrip(".").lower().split("%")[0]
    if name in {"", "localhost"} or name.endswith(_LOCAL_NAMES):
        return True
    try:
        return not _public(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        # inet_aton reads the shortened, octal and hexadecimal forms of IPv4 as the system's resolver does
        return not _public(ipaddress.IPv4Address(socket.inet_aton(name)))
    except OSError:
        return False


def _public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return _public(inner)
        if address in ipaddress.IPv6Network("64:ff9b::/96"):  # NAT64
            return _public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


class GuardMiddleware:
    """Refuses a request, or the answer to it, that leads anywhere but the open internet. Redirects pass here again."""

    def __init__(self, crawler: Crawler) -> None:
        self._open = crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        self._replay = bool(crawler.settings["REPLAY"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            raise PageRefused("address.scheme", f"{request.url}: only http and https are fetched")
        if parts.username or parts.password:
            raise PageRefused("address.credentials", f"{parts.hostname}: an address with a user name is not fetched")
        if not self._open and private_address(parts.hostname or ""):
            raise PageRefused(
                "address.private", f"{request.url}: an address of this machine or a private network is not fetched"
            )

    def process_response(self, request: Request, response: Response) -> Response:
        peer = response.ip_address
        if peer is None or self._open or self._replay or request.meta.get("proxy"):
            return response
        if not _public(ipaddress.ip_address(str(peer))):
            raise PageRefused("address.private", f"{request.url}: answered from the private address {peer}")
        return response


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver; a name that resolves to a private address does not resolve."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._open = False
        # a proxy of the environment is the user's own choice
        self._exempt = {urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname for proxy in getproxies().values()}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver._open = crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        answer = super().getHostByName(name, timeout)
        if self._open or name in self._exempt:
            return answer
        return answer.addCallback(self._only_public, name)

    @staticmethod
    def _only_public(address: str, name: str) -> str:
        if private_address(address):
            raise PageRefused("address.private", f"{name} resolves to the private address {address}; it is not fetched")
        return address
