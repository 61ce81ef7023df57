"""What may not be fetched: this machine and private networks, however they are written."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.errors import PageRefused
from crawler.guard import GuardMiddleware, private_address

PRIVATE = [
    "127.0.0.1", "localhost", "LOCALHOST.", "x.localhost", "printer.local", "10.1.2.3", "192.168.0.1", "172.16.9.9",
    "169.254.169.254", "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "[::1]", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "",
    "metadata.google.internal",
]  # fmt: skip
PUBLIC = ["www.bl.gov.cn", "8.8.8.8", "202.96.128.86", "2400:3200::1", "m.wenkunet.com", "local.gov.cn"]


@pytest.mark.parametrize("host", PRIVATE)
def test_private(host: str) -> None:
    assert private_address(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_public(host: str) -> None:
    assert not private_address(host)


def guard(**settings: object) -> GuardMiddleware:
    return GuardMiddleware.from_crawler(get_crawler(settings_dict={"REPLAY": None, **settings}))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "address.private"),
        ("http://[::1]:8080/x", "address.private"),
        ("http://169.254.169.254/latest/meta-data/", "address.private"),
        ("ftp://www.bl.gov.cn/x", "address.scheme"),
        ("file:///etc/passwd", "address.scheme"),
        ("https://user:secret@www.bl.gov.cn/", "address.credentials"),
    ],
)
def test_refused_request(url: str, code: str) -> None:
    with pytest.raises(PageRefused) as caught:
        guard().process_request(Request(url))
    assert caught.value.code == code
    assert "secret" not in caught.value.message


def test_an_answer_from_a_private_peer_is_refused() -> None:
    import ipaddress

    request = Request("http://www.bl.gov.cn/")
    response = Response(request.url, ip_address=ipaddress.ip_address("10.0.0.1"))
    with pytest.raises(PageRefused, match=r"10\.0\.0\.1"):
        guard().process_response(request, response)
    assert guard(ALLOW_PRIVATE_ADDRESSES=True).process_response(request, response) is response


def test_the_test_setting_opens_the_guard() -> None:
    guard(ALLOW_PRIVATE_ADDRESSES=True).process_request(Request("http://127.0.0.1:1/"))
