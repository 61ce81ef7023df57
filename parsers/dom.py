"""HTML text to an element tree, and the lines of a tree: what a reader sees between two line breaks.

Pages are cleaned once, in place: scripts, styles, form controls and hidden elements go, inline markup (span, font,
b …) is merged into the text around it, so that what is left of a page is blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import cast

from lxml import etree

from parsers.chrome import chrome_data

Element = etree._Element

_LARGE_TABLE = 60  # cells; no index box and no menu has as many
MAX_CHARACTERS = 20_000_000  # of one page; what is beyond is not read
_INLINE = (
    "span", "font", "b", "strong", "em", "i", "u", "small", "big", "sub", "sup", "tt", "nobr", "s", "strike", "ins",
    "del", "mark", "abbr", "acronym", "label", "o:p", "bdo", "bdi", "wbr", "code", "samp", "kbd", "var", "cite", "q",
    "time", "data", "st1:chsdate", "st1:chmetcnv", "st1:place", "st1:personname", "publishtime",
)  # fmt: skip
_DROPPED = (
    "script", "style", "template", "noscript", "select", "button", "input", "textarea", "svg", "canvas", "audio",
    "video", "map", "link", "rp", "rt", "marquee", "dialog", "progress", "meter", "math",
)  # fmt: skip
# elements that begin and end a line; any other unknown element is part of the line around it
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ucapcontent", "ucaptitle", "ul",
))  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDING = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all", re.IGNORECASE
)
_UNFOLD = re.compile(r"^[+＋▼\s]*(?:点击|查看|阅读|显示|展开)*(?:展开|全文|全部内容)[\s>》▼↓]*$")
_HIDDEN = "perhaps-hidden"  # an element of our own: marks those that are worth a look
_TAG_NAME = re.compile(rb"<([a-z][\w:-]{0,30})[\s/\"']")
_NEVER_MARKED = frozenset((*_DROPPED, "html", "head", "body", "meta", "base", "title"))
_STRIKING = ("line-through", "<del", "<s>", "<s ", "<strike", "<DEL", "<S>", "<STRIKE")
_TABLE_PARTS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "body", "html"))
_TYPED = frozenset(("text", "number", "tel", ""))
_CHOICES = frozenset(("radio", "checkbox"))
_FILLED_IN = re.compile(r"\s*[-+]?[\d０-９][\d０-９.,，]*\s*(?:[万亿]?元|[件条项次个])?\s*")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_INVISIBLE_ENTITY = re.compile(
    "&(?:#(?:8203|8204|8205|8288|65279|173)|#[xX](?:200[bBcCdD]|2060|[fF][eE][fF][fF]|[aA][dD])"
    r"|zwnj|zwj|shy|ZeroWidthSpace)(?:;|(?!\w))"
)
_CONTROL = bytes({*range(9), 11, 12, *range(14, 32), 127})
_BETWEEN_HAN = re.compile(
    "(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])[ \t\r]*\n\\s*(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,30})([^<>]{0,5000})>")


@dataclass(slots=True)
class Page:
    """A parsed page: `too_deep` when its markup is nested beyond what the parser takes, so that it was flattened."""

    root: Element
    too_deep: bool = False
    cut: bool = False
    struck: int = 0  # characters struck out, which are deletions


def parse(html_text: str) -> Page:
    """Parse a page. Any text gives a tree: broken markup is repaired, nothing raises."""
    cut = len(html_text) > MAX_CHARACTERS
    if cut:
        html_text = html_text[:MAX_CHARACTERS]
    for invisible in _INVISIBLE:
        if invisible in html_text:
            html_text = html_text.replace(invisible, "")
    if "&" in html_text:
        html_text = _INVISIBLE_ENTITY.sub("", html_text)
    content = _mark_hidden(html_text.encode("utf-8", "replace").translate(None, _CONTROL))
    root, complete = _tree(content)
    if not complete:
        root, _ = _tree(_flattened(content.decode()).encode())
    struck = _drop_struck(root) if any(mark in html_text for mark in _STRIKING) else 0
    return Page(root, too_deep=not complete, cut=cut, struck=struck)


def _drop_struck(root: Element) -> int:
    """Take out what is struck out; a cell stays and is empty. Gives the number of characters."""
    struck = "//del|//s|//strike|//*[contains(@style,'line-through') or contains(@STYLE,'line-through')]"
    count = 0
    for element in select(root, struck):
        if element.tag in _TABLE_PARTS or element.getparent() is None:
            continue
        count += sum(len(text.strip()) for text in cast(Iterator[str], element.itertext()))
        if element.tag in ("td", "th"):
            element[:] = []
            element.text = None
        else:
            drop(element)
    return count


def _tree(content: bytes) -> tuple[Element, bool]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, collect_ids=False)
    root = None
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None  # an empty page
    if root is None:
        root = etree.Element("html")
        etree.SubElement(root, "body")
    limited = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, not limited


def _flattened(html_text: str) -> str:
    """The page with only the markup that makes lines and tables: nesting cannot be kept where it is bottomless."""

    def flat(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in ("table", "tr", "td", "th", "tbody", "thead"):
            return match[0] if name in ("tr", "td", "th") else "<br>"
        if name in ("br", "p", "hr", "title", "meta", "script", "style", "img"):
            return match[0]
        return "<br>" if name in BLOCKS else ""

    return _TAG.sub(flat, html_text)


def select(root: Element, path: str) -> list[Element]:
    """The elements that an XPath finds."""
    return cast(list[Element], root.xpath(path))


def strip(root: Element) -> None:
    """Take out scripts, styles, form controls and comments, in place; what is filled into a table's fields stays."""
    for control in root.iter("input", "textarea"):
        if (control.get("type") or "").lower() in _CHOICES:
            control.tail = " " + (control.tail or "")  # its label is a word of its own
            continue
        printed = (control.get("value") if control.tag == "input" else control.text) or ""
        if not printed or next(control.iterancestors("td", "th"), None) is None:
            continue
        fixed = control.get("readonly") is not None or control.get("disabled") is not None
        if (control.get("type") or "").lower() in _TYPED and (fixed or _FILLED_IN.fullmatch(printed)):
            control.tail = printed + (control.tail or "")
    for form in [form for form in root.iter("form") if _is_to_fill_in(form)]:
        drop(form)
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    etree.strip_tags(root, etree.Comment)


def _is_to_fill_in(form: Element) -> bool:
    """Whether a form holds fields and their names, no text: a search, a comment, a letter."""
    fields = [field for field in form.iter("input", "textarea") if _is_typed(field)]
    if not fields or next(form.iter("table", "img"), None) is not None or select(form, ".//a[@href]"):
        return False
    words = sum(len(text.strip()) for text in select_texts(form))
    return words <= 20 + 10 * len(fields) and not any("。" in text for text in select_texts(form))


def _is_typed(field: Element) -> bool:
    return field.tag == "textarea" or (field.get("type") or "").lower() in _TYPED


def select_texts(element: Element) -> list[str]:
    """The pieces of text in an element that a reader sees."""
    return cast(list[str], element.xpath(".//text()[not(parent::script or parent::style or parent::textarea)]"))


def _mark_hidden(content: bytes) -> bytes:
    """The page with a mark inside, or behind an empty one, every element whose tag has a word of hiding.

    Looking at every element of a tree for it costs as much as parsing the page.
    """
    ends: set[int] = set()
    lowered = content.lower()
    for word in (b"display", b"d-none", b"hid", b"sr-only"):
        position = lowered.find(word)
        while position >= 0:
            is_overflow = word == b"hid" and b"overflow" in lowered[max(0, position - 12) : position]
            start = lowered.rfind(b"<", max(0, position - 2000), position) if not is_overflow else -1
            if start >= 0 and lowered.find(b">", start, position) < 0:
                tag = _TAG_NAME.match(lowered, start)
                end = lowered.find(b">", position, position + 5000)
                if end >= 0 and tag is not None and tag[1].decode() not in _NEVER_MARKED:
                    ends.add(end + 1)
            position = lowered.find(word, position + len(word))
    pieces: list[bytes] = []
    done = 0
    for end in sorted(ends):
        pieces.append(content[done:end])
        done = end
    mark = f"<{_HIDDEN}></{_HIDDEN}>".encode()
    return mark.join([*pieces, content[done:]]) if pieces else content


def settle(element: Element) -> None:
    """Take hidden elements out of a stripped tree of `parse` and merge inline markup into the text, in place."""
    if not len(element) and element.tag not in (_HIDDEN, "pre"):
        return  # many are empty: a rule, a line of text
    for mark in list(element.iter(_HIDDEN)):
        for hidden in (mark.getprevious(), mark.getparent()):
            if hidden is not None and hidden is not element and is_hidden(hidden) and not _unfolds(hidden):
                drop(hidden)
        drop(mark)
    etree.strip_tags(element, *_INLINE)
    for preformatted in list(element.iter("pre")):
        _break_lines(preformatted)


def _break_lines(element: Element) -> None:
    """Make the line breaks of preformatted text those of the markup."""
    for node in [element, *element.iterdescendants()]:
        places = ("text", "tail") if node is not element else ("text",)
        for place in places:
            first, *more = (getattr(node, place) or "").split("\n")
            if not more:
                continue
            setattr(node, place, first)
            parent = node if place == "text" else cast(Element, node.getparent())
            position = 0 if place == "text" else parent.index(node) + 1
            for offset, line in enumerate(more):
                mark = parent.makeelement("br", {}, None)
                mark.tail = line
                parent.insert(position + offset, mark)


def clean(root: Element) -> None:
    """Strip and settle a tree that `parse` did not make."""
    strip(root)
    for element in [element for element in root.iter() if element is not root and is_hidden(element)]:
        drop(element)
    settle(root)


def is_hidden(element: Element) -> bool:
    """Whether an element is hidden by its own style or name; a container of an article is shown by a script."""
    style = element.get("style")
    if (
        (style is None or _HIDING.search(style) is None)
        and element.get("hidden") is None
        and element.get("id") not in _hidden_names()
        and _hidden_names().isdisjoint((element.get("class") or "").split())
    ):
        return False
    # a container is shown by a script
    return not is_container(element) and element.tag not in ("html", "body")


def _unfolds(element: Element) -> bool:
    """Whether a reader can open a hidden element: 展开全文 stands beside it."""
    for beside in (element.getnext(), element.getprevious()):
        if beside is not None and _UNFOLD.match("".join(cast(Iterator[str], beside.itertext())).strip()[:20]):
            return True
    return False


@cache
def _hidden_names() -> frozenset[str]:
    return frozenset(chrome_data()["names"]["hidden"])


def is_container(element: Element) -> bool:
    """Whether the element is by name the body of an article on some CMS."""
    containers = chrome_data()["containers"]
    return element.get("id") in containers["ids"][:4] or element.tag in containers["tags"]


def drop(element: Element) -> None:
    """Remove an element and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + tail
        else:
            previous.tail = (previous.tail or "") + tail
    parent.remove(element)


def drop_invisible(root: Element) -> None:
    """Take characters without width out of the text of a tree that `parse` did not make."""
    for element in root.iter():
        for place in ("text", "tail"):
            text = getattr(element, place)
            if text and not text.isascii() and _ZERO_WIDTH.search(text):
                setattr(element, place, _ZERO_WIDTH.sub("", text))


def collapse(text: str) -> str:
    """White space as a browser shows it: runs are one space, none between Han characters across a source line."""
    if "\n" in text:
        if text.isspace():
            return ""  # between two elements, most often
        text = _BETWEEN_HAN.sub("", text)
    return " ".join(text.split())


# ---------------------------------------------------------------- lines


@dataclass(slots=True)
class Line:
    """What stands between two line breaks.

    `owner` is the block that holds it; `pieces` are the places of its text in the tree (element, True for the text
    behind the element); `linked` the characters inside links; `level` that of a heading.
    """

    text: str
    owner: Element
    level: int | None = None
    linked: int = 0
    pieces: list[tuple[Element, bool]] = field(default_factory=list)
    in_table: bool = False
    attachment: bool = False


def lines_of(root: Element, large_tables: bool = True) -> Iterator[Line]:
    """The lines below `root` in reading order, empty ones left out.

    Tables are entered, every cell begins a line; with `large_tables` False one of more than sixty cells is one line
    without pieces, whose owner is the table.
    """
    texts: list[str] = []
    pieces: list[tuple[Element, bool]] = []
    linked = 0
    attachment = False
    owner = root
    level: int | None = HEADINGS.get(root.tag)
    tables = 0
    links = 0
    stack: list[tuple[Element, Iterator[Element], Element, int | None]] = []
    if root.text:
        texts.append(root.text)
        pieces.append((root, False))
    children: Iterator[Element] = iter(root)
    current = root
    while True:
        for child in children:
            tag = child.tag
            block = tag in BLOCKS
            if block or tag in ("br", "hr"):
                if texts:
                    if text := collapse("".join(texts)):
                        yield Line(text, owner, level, linked, pieces, tables > 0, attachment)
                    texts, pieces, linked, attachment = [], [], 0, False
                if block:
                    if tag == "table" and not large_tables and _is_large(child):
                        yield Line("（表）", child, in_table=True)
                        if child.tail:
                            texts.append(child.tail)
                            pieces.append((child, True))
                        continue
                    printed = child.text
                    if len(child) or not printed:
                        stack.append((current, children, owner, level))
                        current, children, owner = child, iter(child), child
                        level = HEADINGS.get(tag, level)
                        if tag == "table":
                            tables += 1
                        if printed:
                            texts.append(printed)
                            pieces.append((child, False))
                            if links:
                                linked += len(printed.strip())
                        break
                    if text := collapse(printed):
                        place = [(child, False)]
                        yield Line(text, child, HEADINGS.get(tag, level), len(text) if links else 0, place, tables > 0)
            elif isinstance(tag, str):
                is_link = tag == "a"
                if printed := child.text:
                    texts.append(printed)
                    pieces.append((child, False))
                    if links or is_link:
                        linked += len(printed.strip())
                if len(child):
                    stack.append((current, children, owner, level))
                    current, children = child, iter(child)
                    links += is_link
                    break
                if is_link:
                    attachment = attachment or child.get("data-attachment") is not None
                    if _touches_link(child):
                        texts.append(" ")
            if tail := child.tail:
                texts.append(tail)
                pieces.append((child, True))
                if links:
                    linked += len(tail.strip())
        else:
            tag = current.tag
            if (tag in BLOCKS or not stack) and texts:
                if text := collapse("".join(texts)):
                    yield Line(text, owner, level, linked, pieces, tables > 0, attachment)
                texts, pieces, linked, attachment = [], [], 0, False
            if not stack:
                return
            if tag == "table":
                tables -= 1
            elif tag == "a":
                links -= 1
                attachment = attachment or current.get("data-attachment") is not None
            closed = current
            current, children, owner, level = stack.pop()
            if tail := closed.tail:
                texts.append(tail)
                pieces.append((closed, True))
                if links:
                    linked += len(tail.strip())
            elif tag == "a" and _touches_link(closed):
                texts.append(" ")


def _touches_link(link: Element) -> bool:
    """Whether another link follows without a text between, which a style sheet keeps apart: 打印关闭."""
    return not link.tail and (following := link.getnext()) is not None and following.tag == "a"


def _is_large(table: Element) -> bool:
    if next(islice(table.iter("td", "th"), _LARGE_TABLE, None), None) is None:
        return False
    return next(table.iterdescendants("table"), None) is None


def erase(line: Line) -> None:
    """Take the text of a line out of the tree."""
    if not line.pieces:
        drop(line.owner)
    for element, behind in line.pieces:
        if behind:
            element.tail = None
        else:
            element.text = None
