# ruff: noqa: E501
"""Bytes to text, with declarations that are right, wrong or missing."""

from __future__ import annotations

import pytest

from parsers.decode import decode
from parsers.model import Unreadable

PAGE = (
    "<html><head><title>青禾县卫生健康局年度报告</title></head><body><p>本局全年主动公开信息二百三十八条，其中政策解读六条。</p>"
    "<p>收到依申请公开三件，均已答复，未收取费用。</p></body></html>"
)
SHORT = "无行政复议、行政诉讼。"
TRADITIONAL = "<html><head><title>年度報告</title></head><body><p>本局全年主動公開資訊二百三十八條，其中政策解讀六條，均已答覆。</p></body></html>"
ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "gbk": "gb18030", "gb18030": "gb18030", "utf-16": "utf-16"}
DECLARED = (None, "utf-8", "gbk", "gb2312", "iso-8859-1", "big5", "no-such-charset")


@pytest.mark.parametrize("text", [PAGE, SHORT], ids=["page", "short"])
@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_declaration_never_decides(encoding: str, declared: str | None, text: str) -> None:
    assert decode(text.encode(encoding), declared) == (text, ENCODINGS[encoding])


@pytest.mark.parametrize("declared", DECLARED)
def test_big5(declared: str | None) -> None:
    assert decode(TRADITIONAL.encode("big5"), declared) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize(("meta", "encoding"), [("utf-8", "gbk"), ("gb2312", "utf-8"), ("big5", "gbk")])
def test_meta_tag_that_lies(meta: str, encoding: str) -> None:
    text = PAGE.replace("<head>", f'<head><meta http-equiv="Content-Type" content="text/html; charset={meta}">')
    assert decode(text.encode(encoding))[0] == text


HEADS = {
    "http_equiv": '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head>',
    "short": "<html><head><META CHARSET={} /></head>",
    "single_quotes": "<html><head><meta charset='{}'></head>",
    "xml": '<?xml version="1.0" encoding="{}"?><html>',
}


@pytest.mark.parametrize(("charset", "used"), [("big5", "big5hkscs"), ("gb2312", "gb18030"), ("GBK", "gb18030")])
@pytest.mark.parametrize("name", HEADS)
def test_declaration_breaks_a_tie(name: str, charset: str, used: str) -> None:
    content = f"{HEADS[name].format(charset)}<body>醫療</body></html>".encode("big5")
    assert decode(content)[1] == used


def test_rare_characters_of_gb18030() -> None:
    text = PAGE.replace("青禾县", "㐂䶮𠮷县")
    assert decode(text.encode("gb18030"), "gb2312") == (text, "gb18030")


def test_two_byte_pairs_that_are_also_utf8() -> None:
    content = "只值职直".encode("gbk")
    assert content.decode("utf-8")  # Hebrew points
    assert decode(content) == ("只值职直", "gb18030")


def test_utf16_without_mark() -> None:
    assert decode(PAGE.encode("utf-16-le")) == (PAGE, "utf-16")
    prose = "一年来公开工作有序开展，统一公开目录，逐一公开办事指南。\r\n"  # 一 and 开 have a zero byte of their own
    for charset in ("utf-16-le", "utf-16-be"):
        assert decode(prose.encode(charset)) == (prose, "utf-16")


def test_utf8_cut_inside_a_character() -> None:
    text, charset = decode(PAGE.encode()[:-20].rstrip(b"</>abcdefghijklmnopqrstuvwxyz")[:-1])
    assert charset == "utf-8"
    assert text.startswith(PAGE[:80])


def test_one_line_in_another_charset() -> None:
    content = (PAGE * 3).encode() + "访问量".encode("gbk")
    text, charset = decode(content, "gbk")
    assert (text[: len(PAGE) * 3], charset) == (PAGE * 3, "utf-8")


@pytest.mark.parametrize("content", [b"", b"plain ascii", b"<p>&#20013;&#25991;</p>"])
def test_ascii(content: bytes) -> None:
    assert decode(content, "gbk") == (content.decode(), "utf-8")


def test_stray_zero_bytes_are_dropped() -> None:
    assert decode(PAGE.encode() + b"\0\0")[0] == PAGE


DAMAGED = {
    "utf8_read_as_gbk": PAGE.encode().decode("gbk", "replace").encode(),
    "utf8_read_as_latin1": PAGE.encode().decode("cp1252", "replace").encode(),
    "question_marks": ("\ufffd" * 40 + PAGE[:80]).encode(),
    "picture": bytes(range(256)) * 40,
    "zero_bytes": b"\x00\x01\x02\x03" * 1000,
    "latin_noise": bytes(0x80 + n * 7 % 128 for n in range(4000)),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_text_is_no_text(name: str) -> None:
    with pytest.raises(Unreadable) as error:
        decode(DAMAGED[name])
    assert error.value.finding.code in ("decode.mojibake", "decode.binary")
