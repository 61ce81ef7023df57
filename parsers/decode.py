"""Bytes to text: what the bytes are decides, what a header or a page declares only breaks a tie.

Chinese sites declare charsets that their bytes are not in, in both directions. Strict UTF-8 almost never accepts
other Chinese text by accident, so it is tried first; the rest is told apart by detection and by how many of the
characters that come out are common ones. Text that comes out damaged is an error, never text.
"""

from __future__ import annotations

import codecs
import re

import cchardet
from bs4.dammit import EncodingDetector

from parsers.model import Finding, Severity, Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4096  # bytes in which a page declares its charset
_SAMPLE = 100_000  # bytes that detection looks at
_BAD_SHARE = 0.02  # damaged characters per character beyond ASCII above which a text is not text
_CONTROL = bytes({*range(1, 9), 11, *range(14, 32), 127})
_BEYOND_PAIRS = re.compile("[\u0800-\uffff]")  # three bytes and more in UTF-8
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# UTF-8 read as GBK and saved again: the marks ，。“的 come out as these, which no Chinese text is made of
_TWICE_ENCODED = ("锛", "銆", "鈥", "鐨勬", "锟斤拷")
_LATIN_MOJIBAKE = re.compile("[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u0178\u02c6-\u02dc\u2013-\u2122]{2}")
# frequent in any report or page, in both scripts: a right reading is full of them, a wrong one has next to none
_FREQUENT = frozenset(
    "的一是不了在有人我他这中大来上国和地到以说时要就出会可也对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知"
    "全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位"
    "次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量"
    "再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运府息局委报告卫健机关"
    "這來國時個們會說對發後裡種經過動還進當沒開從軍關點業將兩間問應戰頭體見產話給門員題條氣總電數報結務場計統區據類程邊"
    "規領確傳師觀讓識帶導爭運衛"
)


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a page or a text file.

    Args:
        content: the bytes as received.
        declared: the charset that the transport declared, if any.

    Returns:
        The text without byte order mark, and the charset used: utf-8, gb18030 (for GB2312 and GBK as well),
        big5hkscs or utf-16.

    Raises:
        Unreadable: ``decode.binary`` for bytes that are no text, ``decode.mojibake`` for text damaged before it
            was saved or in no charset that Chinese pages use.
    """
    for bom, charset in _BOMS:
        if content.startswith(bom):
            text = content.decode(charset, "replace")
            return _sound(text.removeprefix("\ufeff"), charset.removesuffix("-sig"))
    if b"\0" in content:
        content = _without_zero_bytes(content)
        if not content:
            return "", "utf-8"
        if content.startswith(b"\xff\xfe"):
            return _sound(content[2:].decode("utf-16-le", "replace"), "utf-16")
        if content.startswith(b"\xfe\xff"):
            return _sound(content[2:].decode("utf-16-be", "replace"), "utf-16")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _sound(*_not_quite_utf8(content, declared))
    if not text.isascii() and _BEYOND_PAIRS.search(text) is None:
        # so few accept both: two-byte pairs that are Latin, Greek or Cyrillic in UTF-8 and Chinese in GBK
        other = _strict(content, "gb18030")
        if other is not None and _commonness(other) > 0.3:
            return _sound(other, "gb18030")
    return _sound(text, "utf-8", content)


def _without_zero_bytes(content: bytes) -> bytes:
    """The content without stray zero bytes; UTF-16 without a mark gets one. Raises for what is not text."""
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    stripped = content.replace(b"\0", b"")
    if zeros * 10 < len(sample) and _strict(stripped, "utf-8") is not None and zeros <= 8 + len(sample) // 1000:
        return stripped
    # 一 and 开 have a zero byte themselves (4E00, 5F00): what comes out tells more than where the zeros stand
    even_sample = sample[: len(sample) // 2 * 2]
    common = {name: _commonness(even_sample.decode(name, "replace")) for name in ("utf-16-be", "utf-16-le")}
    likely, other = sorted(common, key=lambda name: common[name], reverse=True)
    if common[likely] > 0.3 and common[likely] > 2 * common[other]:
        return (b"\xfe\xff" if likely == "utf-16-be" else b"\xff\xfe") + content
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros > len(sample) // 50 and min(even, odd) * 20 < max(even, odd):
        big_endian = even > odd
        text = content.decode("utf-16-be" if big_endian else "utf-16-le", "replace")
        if sum(map(text.count, map(chr, _CONTROL))) * 100 < len(text) + 100:
            return (b"\xfe\xff" if big_endian else b"\xff\xfe") + content
    if zeros > 8 + len(sample) // 1000:
        raise _unreadable("decode.binary", "The bytes are no text: they hold zero bytes.", zeros=zeros)
    return stripped


def _not_quite_utf8(content: bytes, declared: str | None) -> tuple[str, str]:
    # a page cut inside a character, or with one line in another charset, is still UTF-8
    lenient = content.decode("utf-8", "replace")
    if lenient.count("\ufffd") * 8 < len(_HAN.findall(lenient)):
        return lenient, "utf-8"
    candidates: dict[str, str] = {}
    for charset in ("gb18030", "big5hkscs"):
        strict = _strict(content, charset)
        text = strict if strict is not None else content.decode(charset, "replace")
        if strict is not None or text.count("\ufffd") * 200 < len(_HAN.findall(text)):
            candidates[charset] = text
    if not candidates:
        damaged = content.decode("gb18030", "replace").count("\ufffd")
        raise _unreadable("decode.mojibake", "The bytes are in no charset that Chinese pages use.", damaged=damaged)
    if len(candidates) == 1:
        return next((text, charset) for charset, text in candidates.items())
    scores = {charset: _commonness(text) for charset, text in candidates.items()}
    best, other = sorted(scores, key=lambda charset: scores[charset], reverse=True)
    if scores[best] - scores[other] > 0.1:
        return candidates[best], best
    for name in (cchardet.detect(content[:_SAMPLE])["encoding"], _meta_charset(content), declared):
        family = _family(name)
        if family in candidates:
            return candidates[family], family
    return candidates[best], best


def _strict(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        return None


def _commonness(text: str) -> float:
    """Share of frequent characters among those beyond Latin; private and rare ones count against it. 0..1"""
    beyond = [char for char in text[:_SAMPLE] if char > "\u3020"]
    if not beyond:
        return 0.0
    return sum(char in _FREQUENT for char in beyond) / len(beyond)


def _meta_charset(content: bytes) -> str | None:
    """The charset that the head of a page declares in a meta tag or an XML declaration."""
    return EncodingDetector.find_declared_encoding(content[:_HEAD], is_html=True, search_entire_document=True)


def _family(name: str | None) -> str | None:
    """The charset that covers the named one: gbk -> gb18030; None for a name that is no Chinese charset."""
    lowered = (name or "").strip().lower().replace("_", "-")
    if lowered.startswith(("gb", "cp936", "x-gbk", "hz", "windows-936", "euc-cn")):
        return "gb18030"
    return "big5hkscs" if lowered.startswith(("big5", "cp950", "x-big5")) else None


def _sound(text: str, charset: str, content: bytes | None = None) -> tuple[str, str]:
    """The text and its charset, if the text is undamaged; `content` is the text in UTF-8 where it came so."""
    if content is None:
        content = text.encode("utf-8", "replace")
    controls = len(content) - len(content.translate(None, _CONTROL))
    if text.isascii():
        if controls > 4 + len(text) // 100:
            raise _unreadable(
                "decode.binary", "The bytes are no text: they hold control characters.", controls=controls
            )
        return text, charset
    damaged = text.count("\ufffd") + controls
    if damaged > 8:
        han = len(_HAN.findall(text))
        if damaged > 8 + (han + len(text) // 10) * _BAD_SHARE:
            raise _unreadable(
                "decode.mojibake", f"{damaged} characters of the text are damaged.", damaged=damaged, han=han
            )
    twice = sum(text.count(mark) for mark in _TWICE_ENCODED) if "锛" in text or "銆" in text or "锟" in text else 0
    if twice > 4 and twice * 3 > text.count("，") + text.count("。") + text.count("的"):
        raise _unreadable(
            "decode.mojibake", "The text was saved after it had been read in a wrong charset.", marks=twice
        )
    if "å" in text or "æ" in text:
        latin = len(_LATIN_MOJIBAKE.findall(text))
        if latin > 8 and latin > len(_HAN.findall(text)):
            raise _unreadable("decode.mojibake", "The text is UTF-8 that had been read as Latin-1.", marks=latin)
    return text, charset


def _unreadable(code: str, message: str, **data: int) -> Unreadable:
    return Unreadable(Finding(code, Severity.ERROR, message, data))
