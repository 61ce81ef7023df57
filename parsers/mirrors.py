"""Copies of reports: document-sharing pages, and pages of foreign hosts that changed the text.

Document-sharing pages cut the text into numbered slices (``1、…``, blank line, ``2、…``) of equal length, inside words
and numbers; they are put together again. Copies on hijacked domains come in Traditional characters, often with the
pinyin of characters in brackets (政務(wù)公開); that is undone. Copies whose names were replaced by brands of gambling
sites cannot be undone: they are marked and left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from opencc import OpenCC

from parsers.chrome import chrome_data, first_date, is_sentence, squeeze
from parsers.model import Finding, Mirror, Severity

# ---------------------------------------------------------------- converted text

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_BRACKETS = re.compile(rf"(?<=[\u3400-\u9fff])(?:[(（][a-zü{_TONED}]{{1,6}}[)）])+")
_IN_BRACKETS = re.compile(rf"[a-zü{_TONED}]+")
_FREQUENT_TONED = "ìèùāǎ"  # a text with pinyin has some of them
_HAS_TONE = re.compile(f"[{_TONED}]")
# a toneless syllable: initial and final of the pinyin table; single letters are left out, (a) and (e) number lists
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)"
    "(?:a|o|e|i|u|v|ü|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|ang|eng|ing|ong|ia|ian|iang|iao|iong|ua|uai|uan|uang|uo)"
    "|ai|an|ang|ao|ei|en|eng|er|ou"
)
_ENOUGH = 3  # brackets, or characters of one script above the other
# pairs of one character each, frequent in any report: told apart without a dictionary
_TRADITIONAL = "務國開區關報機構衛監權產網應責計點內線見據號發實辦會時動對書員業資經過員"
_SIMPLIFIED = "务国开区关报机构卫监权产网应责计点内线见据号发实办会时动对书员业资经过员"

# ---------------------------------------------------------------- foreign hosts

_GOVERNMENT_PATH = re.compile(
    r"/art/(?:19|20)\d\d/|/art_\d+_\d+|/art_[0-9a-f]{32}|/col/col\d+|/gongkai/(?:site_|channel_)|/t20\d{6}_\d+\.|/module/xxgk/|"
    r"/c\d{4,}t?/20\d{4}/[0-9a-f]{32}|/content/post_\d+|/gkmlpt/|/zwgk/|/zfxxgk|/xxgk|nianbao|xxgknb|/c/20\d\d-\d\d-\d\d/\d+\.shtml"
)
# names that gambling and adult sites go by; none of them is a word of a report
_BRANDS = re.compile(
    "博彩|足彩|娱乐场|娱乐城|体育娱乐|百家乐|老虎机|真人荷官|真人娱乐|电子游艺|棋牌游戏|沙巴体育|万博|亚博|开云体育|乐鱼体育|华体会|米兰体育|必威|"
    "威尼斯人|新葡京|葡京|太阳城集团|金沙娱乐|银河娱乐|皇冠体育|皇冠现金|伟德|澳门赌场|线上赌|欧洲杯投注|买球|下注平台|投注网|博天堂|"
    "凯发|利来国际|尊龙|龙8|九游会|半岛体育|星空体育|爱游戏体育|bet365|365bet|manbetx|betway|bwin|1xbet|无码|成人视频|久久精品|国产精品",
    re.IGNORECASE,
)
_LOST_SPACES = re.compile(r"\?\s?\?")
_AT_THE_START = re.compile(r"(?:(?<=>)|(?<=\n)|^)\s{0,50}(?:\?\s?){2,20}(?=[\u4e00-\u9fff\d（(])")
_REFERENCES = re.compile(r"&#(?:x([0-9a-fA-F]{4,5})|(\d{5,6}));")  # of Han characters


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with conversions undone; `mirror` is None and the text the same object when there were none."""

    text: str
    mirror: Mirror | None
    findings: tuple[Finding, ...]


def _character(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if 0x3400 <= code < 0x30000 and not 0xD800 <= code < 0xE000 else reference[0]


def _is_pinyin(brackets: str) -> bool:
    return all(_HAS_TONE.search(part) or _SYLLABLE.fullmatch(part) for part in _IN_BRACKETS.findall(brackets))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _is_traditional(text: str) -> bool:
    if not any(letter in text for letter in _TRADITIONAL[:4]):
        return False  # nearly every page: to look for a letter is much faster than to count it
    first = sum(map(text.count, _TRADITIONAL[:4]))
    if first <= _ENOUGH // 2:
        return False
    traditional = sum(map(text.count, _TRADITIONAL))
    return traditional > _ENOUGH and traditional > sum(map(text.count, _SIMPLIFIED))


def restore(text: str) -> Restored:
    """Undo what copies do to characters: pinyin in brackets and Traditional characters.

    `text` may be a page with its markup. A text in Simplified characters without such brackets comes back unchanged.
    """
    brackets = 0
    restored = given = text
    if "&#" in text:
        text = restored = _REFERENCES.sub(_character, text)
    traditional = _is_traditional(text)
    # toneless brackets come with Traditional characters only
    if any(letter in text for letter in _FREQUENT_TONED) or traditional:
        found = [match for match in _BRACKETS.finditer(text) if _is_pinyin(match[0])]
        if len(found) >= _ENOUGH:
            brackets = len(found)
            restored = _BRACKETS.sub(lambda match: "" if _is_pinyin(match[0]) else match[0], text)
            traditional = _is_traditional(restored)
    if traditional:
        restored = _converter().convert(restored)
    if not brackets and not traditional:
        return Restored(given, None, ())
    restored = _AT_THE_START.sub(" ", restored)
    findings = [
        Finding(
            "mirror.converted",
            Severity.WARNING,
            "The copy had been converted: "
            + " and ".join(
                (["pinyin in brackets"] if brackets else []) + (["Traditional characters"] if traditional else [])
            )
            + "; undone.",
            {"brackets": brackets, "traditional": traditional},
        )
    ]
    lost = len(_LOST_SPACES.findall(text))
    if lost:
        findings.append(
            Finding(
                "text.lost",
                Severity.INFO,
                f"Question marks stand in {lost} places where spaces had been.",
                {"places": lost},
            )
        )
    return Restored(restored, Mirror(kind="converted"), tuple(findings))


def judge_copy(url: str, title: str, body: str, mirror: Mirror | None) -> tuple[Mirror | None, tuple[Finding, ...]]:
    """Tell whether a page is a copy on a foreign host, and whether names in it were replaced.

    Args:
        url: where the page was fetched.
        title: title of the page, with what stands before the article.
        body: text of the article.
        mirror: what `restore` or the document-sharing reader found.
    """
    if mirror is not None and mirror.kind == "document_sharing":
        return mirror, ()
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    official = host.endswith("gov.cn")
    foreign = (
        not official and parts.scheme in ("http", "https") and _GOVERNMENT_PATH.search(parts.path + "?") is not None
    )
    if official:
        return mirror, ()
    inside = sorted({match[0] for match in _BRANDS.finditer(body[:500_000])})
    before = sorted({match[0] for match in _BRANDS.finditer(title[:5_000])})
    if (inside and (foreign or mirror is not None or len(inside) > 1 or before)) or (
        before and foreign and mirror is None
    ):
        return Mirror(kind="tampered"), (
            Finding(
                "mirror.tampered",
                Severity.ERROR,
                "Names in this copy were replaced by those of other sites: " + "、".join((inside or before)[:5]) + ".",
                {"brands": (inside or before)[:20]},
            ),
        )
    if foreign and mirror is None:
        return Mirror(kind="copy"), ()
    return mirror, ()


# ---------------------------------------------------------------- document-sharing pages


@dataclass(frozen=True, slots=True)
class Sharing:
    """A document-sharing page without the site: the lines of the document, and what the page says about it.

    `first` and `last` are the range of the page's lines that hold the document.
    """

    title: str | None
    lines: tuple[str, ...]
    mirror: Mirror
    findings: tuple[Finding, ...]
    first: int
    last: int


_PREVIEW_END = re.compile(
    r"全部预览完了|预览已?结束|超出免费预览范围|剩余\s?\d+\s?页|试读已?结束|阅读已结束|下载文档到电脑"
)
_CUT_SHORT = re.compile(r"超出免费预览范围|免费预览已?结束|剩余\s?(\d+)\s?页|试读已?结束|未完，?请?下载|下载可查看全文")
_PAGE_MARK = re.compile(
    r"^\s*(?:.{0,120}_第\s?\d+\s?页|第\s?(\d+)\s?页\s?[/／]?\s?[（(]?\s?共\s?(\d+)\s?页[）)]?|\d+\s?/\s?\d+)\s*$"
)
_BEGIN = re.compile(
    r"^\s*(?:资源描述|文档简介|文档描述|文档介绍|内容描述|正文描述|文本内容|内容摘要|文档内容)\s*[:：]?\s*"
)
_END = re.compile(
    r"^\s*(?:展开阅读全文|相关资源|相关搜索|相关文档|猜你喜欢|相关推荐|配套讲稿|特殊限制|温馨提示|友情提示|关\s?键\s?词|下载文档前|版权说明|版权声明|版权申诉|"
    r"当前位置|本站链接|客服QQ|关于本文|最新文档|最新上传|热门文档|链接地址|提示\s?[:：]|部分图片|收起|当前文档最多预览|此文档|该文档|经营许可证|\d+\.\s?本站|声明[:：]|举报|免责声明|"
    r"未经权益所有人|本文档由|亲[,，])"
)
_MEMBER = re.compile(r"《[^》\n]{1,150}》由会员[^。\n]{0,300}?(?:。|(?=\s{0,3}1、)|$)\s{0,6}", re.MULTILINE)
_FORMAT = re.compile(r"\.?[A-Za-z]{2,5}\d?\s*$")
_MOST_SHOWN = re.compile(r"最多预览\s?([一二三四五六七八九十]|\d{1,3})\s?页")
_EXTENSION = re.compile(r"\s*\.\s?(?:docx?|pdf|pptx?|xlsx?|txt|wps|rtf)\s*$", re.IGNORECASE)
_LOST_ADDRESS = re.compile(r"https?:/(?!/)[^，。；\n]{0,12}|https?://(?=[\s，。；）)年])[^，。；\n]{0,12}")
_STOP = re.compile("[。！？；;!?\n]")
_RUNNING = re.compile("[\u4e00-\u9fff][,，、][\u4e00-\u9fff].{0,200}(?<![日）)】”])$")
_SIGNATURE = 12  # characters; a signature has no comma either
_SLICE_LENGTH = 300  # characters of a slice after its number, measured on seven slices of one engine
_SLACK = 3  # white space that extraction trims at the cuts


@cache
def _buttons() -> frozenset[str]:
    return frozenset(squeeze(phrase) for phrase in chrome_data()["sharing"]["buttons"])


@cache
def _sharing_labels() -> Mapping[str, str]:
    fields = ("uploader", "document_number", "uploaded", "file_format", "pages", "size", "other")
    return {squeeze(label): name for name in fields for label in chrome_data()["sharing"][name]}


@cache
def _sharing_pattern() -> re.Pattern[str]:
    labels = sorted(
        (label for name in dict.fromkeys(_sharing_labels().values()) for label in chrome_data()["sharing"][name]),
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?:^|(?<=[\s|｜•·,，;；]))({'|'.join(map(re.escape, labels))})\s{{0,4}}[:：]\s{{0,4}}")


def engine_of(url: str, text: str = "") -> str | None:
    """The document-sharing engine of a page, from its host, else from the names it prints."""
    host = (urlsplit(url).hostname or "").lower()
    engines: Mapping[str, Sequence[str]] = chrome_data()["sharing"]["engines"]
    for engine, marks in engines.items():
        if any(mark.isascii() and (host == mark or host.endswith("." + mark)) for mark in marks):
            return engine
    if text:
        for engine, marks in engines.items():
            if any(mark in text for mark in marks):
                return engine
    return None


def _sharing_pairs(line: str) -> Iterator[tuple[str, str]]:
    """Label kinds and values of a line of labels: 上传人:… 文档编号:… 上传时间:…"""
    if len(line) > 400 or not (":" in line or "：" in line):
        return
    matches = list(_sharing_pattern().finditer(line))
    if not matches or line[: matches[0].start()].strip(" |•·"):
        return
    ends = [match.start() for match in matches[1:]] + [len(line)]
    for match, end in zip(matches, ends, strict=True):
        yield _sharing_labels()[squeeze(match[1])], line[match.end() : end].strip(" \t\xa0|｜,，;；")


def read_sharing_lines(lines: Sequence[str], url: str) -> Sharing | None:
    """Read the lines of a document-sharing page; None for any other page.

    A page is one when its host is that of an engine, or when its head has two labels of such pages (上传人, 文档编号,
    页数 …) and the page has a mark of a preview.
    """
    head = [line.strip() for line in lines[:120]]
    values: dict[str, str] = {}
    for line in head:
        for name, value in _sharing_pairs(line):
            if value and (name != "file_format" or _FORMAT.match(value)):
                values.setdefault(name, value)
    by_host = engine_of(url)
    preview = [index for index, line in enumerate(lines) if len(line) < 200 and _PREVIEW_END.search(line)]
    pages = [index for index, line in enumerate(lines) if len(line) < 200 and _PAGE_MARK.match(line)]
    begins = [index for index, line in enumerate(lines) if _BEGIN.match(line)]
    telling = {"uploader", "document_number", "uploaded", "pages", "size"} & values.keys()
    marks = bool(preview) + bool(pages) + bool(begins) + any("由会员" in line and "分享" in line for line in head)
    if by_host is None and not (len(telling) >= 2 and marks and {"uploader", "document_number"} & telling):
        return None
    text = "\n".join(lines)
    start = begins[0] if begins else max([*preview, *pages, *_last_label(head)], default=-1) + 1
    end = next((i for i in range(start + 1, len(lines)) if _END.match(lines[i]) and len(lines[i]) < 300), len(lines))
    body = (
        [_MEMBER.sub("", _BEGIN.sub("", lines[start]) if begins else lines[start], count=1)]
        if start < len(lines)
        else []
    )
    body += [_MEMBER.sub("", line, count=1) for line in lines[start + 1 : end]]
    kept = [line for line in body if not _PAGE_MARK.match(line) and squeeze(line) not in _buttons()]
    stitched = stitch("\n".join(kept).strip("\n"))
    cut = next((match for line in lines if len(line) < 200 and (match := _CUT_SHORT.search(line))), None)
    shown = [match for index in pages if (match := _PAGE_MARK.match(lines[index])) and match[1]]
    short = bool(shown) and max(int(match[1]) for match in shown) < max(int(match[2]) for match in shown)
    limit = _MOST_SHOWN.search(text)
    short = short or (limit is not None and _number(limit[1]) < (_whole(values.get("pages")) or 0))
    whole = any("全部预览完" in lines[index] for index in preview)
    complete = cut is None and (whole or not (short or _ends_open(stitched)))
    mirror = Mirror(
        kind="document_sharing",
        engine=by_host or engine_of(url, text),
        uploader=next(iter(values.get("uploader", "").split()), None),
        document_number=values.get("document_number"),
        uploaded=first_date(values.get("uploaded", "")),
        file_format=values.get("file_format"),
        pages=_whole(values.get("pages")),
        size=values.get("size"),
        complete=complete,
    )
    findings = list(_losses(stitched))
    if not complete:
        remaining = _whole(cut[1]) if cut is not None else None
        findings.append(
            Finding(
                "preview.cut_short",
                Severity.WARNING,
                "The page shows a preview only; the rest of the document is missing."
                if remaining is None
                else f"The page shows a preview only; {remaining} pages of the document are missing.",
                {"pages": mirror.pages, "remaining": remaining},
            )
        )
    if not stitched.strip():
        findings.append(
            Finding("preview.no_text", Severity.ERROR, "The page shows pictures of the document and none of its text.")
        )
    return Sharing(
        title=_title(head),
        lines=tuple(stitched.split("\n")) if stitched.strip() else (),
        mirror=mirror,
        findings=tuple(findings),
        first=start,
        last=end,
    )


def _ends_open(text: str) -> bool:
    """Whether a text stops inside a sentence: after its last stop follows more than a signature and a date."""
    last = _STOP.split(text.rstrip())[-1]
    return len(last) > _SIGNATURE and _RUNNING.search(last[-300:]) is not None


def _last_label(head: Sequence[str]) -> list[int]:
    return [index for index, line in enumerate(head) if any(True for _ in _sharing_pairs(line))][-1:]


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else "一二三四五六七八九十".index(printed) + 1


def _whole(value: str | None) -> int | None:
    match = re.match(r"\s*(\d{1,6})", value or "")
    return int(match[1]) if match else None


def _title(head: Sequence[str]) -> str | None:
    """The title of the document: a line that ends like a file name, else the first that is no button and no label."""
    candidates = [
        line
        for line in head[:20]
        if line and squeeze(line) not in _buttons() and not any(True for _ in _sharing_pairs(line)) and len(line) < 150
    ]
    candidates = [line for line in candidates if not all(word in _buttons() for word in line.split())]
    named = next((line for line in candidates if _EXTENSION.search(line)), None)
    line = named or next((line for line in candidates if not _PAGE_MARK.match(line) and not is_sentence(line)), None)
    return _EXTENSION.sub("", line).strip() or None if line else None


def _losses(text: str) -> Iterator[Finding]:
    for match in list(_LOST_ADDRESS.finditer(text))[:20]:
        yield Finding(
            "text.lost",
            Severity.WARNING,
            f"The copy lost part of an address: “{' '.join(match[0].split())}”.",
            {"printed": match[0], "start": match.start()},
        )


# ---------------------------------------------------------------- slices


def stitch(text: str) -> str:
    """Put slices together: ``1、`` at the start, then ``2、``, ``3、`` … after pieces of equal length.

    A mark counts only where the number is the next one and the piece before it has the length of all others, so a
    heading ``2、`` of the document stays. A text that is not sliced comes back unchanged.
    """
    opening = re.match(r"\s*1、", text)
    if opening is None:
        return text
    body = text[opening.end() :]
    best: list[tuple[int, int]] = []
    for first in list(re.finditer(r"\s{0,6}2、", body[: 4 * _SLICE_LENGTH + 100]))[:40]:
        chain = _chain(body, first)
        if _credible(body, chain) and (
            len(chain) > len(best) or (len(chain) == len(best) and chain[0][0] == _SLICE_LENGTH)
        ):
            best = chain
    if not best:
        # one slice only: its number is a mark when the page numbers a text that has no list of its own
        return body if not re.search(r"(?:^|\n|[。；])\s*2、", body) else text
    pieces = []
    start = 0
    for mark_start, mark_end in best:
        pieces.append(body[start:mark_start])
        start = mark_end
    pieces.append(body[start:])
    return "".join(pieces)


def _chain(body: str, first: re.Match[str]) -> list[tuple[int, int]]:
    """Marks that follow `first` at its distance: (start, end) of each, white space before it included."""
    length = first.start()
    marks = [(first.start(), first.end())]
    while True:
        position = marks[-1][1] + length
        number = len(marks) + 2
        mark = re.compile(rf"\s{{0,6}}{number}、")
        for slack in (0, -1, -2, -_SLACK, 1, 2, _SLACK):
            match = mark.match(body, max(position + slack, 0))
            if match is not None:
                marks.append((match.start(), match.end()))
                break
        else:
            return marks


def _credible(body: str, chain: Sequence[tuple[int, int]]) -> bool:
    length = chain[0][0]
    if length < 100:
        return False
    if len(chain) >= 2 or abs(length - _SLICE_LENGTH) <= _SLACK:
        return True
    # a single cut of another length must run through a sentence; its mark stands on a line of its own, or apart
    start, end = chain[0]
    apart = "\n" in body[start:end] or (length >= _SLICE_LENGTH // 2 and body[start].isspace())
    return apart and body[start - 1 : start] not in tuple("。！？：；:;!?")


def with_engine(mirror: Mirror, engine: str | None) -> Mirror:
    """The mirror with its engine filled in where the page's text did not tell."""
    return mirror if mirror.engine or engine is None else replace(mirror, engine=engine)
