"""What a figure states besides itself: 已按时答复10件 counts the replies too, 局长做客在线访谈1次 one by the head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.prose.meaning import Sense
from parsers.prose.quantities import Clauses, Quantity
from parsers.prose.state import WAYS_OF_REQUESTS

_PRINCIPAL, _TOTAL = ".principal", ".total"
_SITTINGS = ("response.interview", "response.press_conf")


def besides(text: str, sense: Sense, quantity: Quantity, clauses: Clauses) -> Iterator[Sense]:
    """The other metrics that have the number of a figure, each with its certainty."""
    metric, words = sense.metric, quantity.words
    sitting, kind = metric[: metric.rfind(".")], metric[metric.rfind(".") :]
    if metric.startswith("requests.channel.") and _all_came_so(quantity):
        yield Sense("requests.received.new", "total", 1)
    elif metric == "disclosure.channel.website" and _says_all(text, quantity):
        yield Sense("disclosure.total", "total", 1)
    elif sitting in _SITTINGS and kind == _PRINCIPAL and quantity.parent is None and "deputy" not in quantity.beside:
        yield Sense(sitting + _TOTAL, "total", 1)  # 主要负责人做客在线访谈1次
    elif sitting in _SITTINGS and kind == _TOTAL and {"chief", "attend"} <= words:
        yield Sense(sitting + _PRINCIPAL, "total", 2)
    elif metric.startswith("fees.disclosure.charged_") and quantity.parent is None:
        yield Sense("fees.disclosure.charged", "total", 1)
    elif metric == "requests.closed.on_time" and _none_came_late(quantity, clauses):
        if "reply" in words:
            yield Sense("requests.outcome.total", "total", 1)
        elif _EVERY_ONE.search(text, quantity.left, quantity.right) or _as_many_as_came(quantity, clauses):
            yield Sense("requests.closed.total", "total", 1)


def _as_many_as_came(quantity: Quantity, clauses: Clauses) -> bool:
    """共收到申请12件，已按期办结12件: all of them."""
    came = [q.number.value for q in clauses.quantities if q.metric == "requests.received.new" and q is not quantity]
    return quantity.number.value in came


_EVERY_ONE = re.compile(r"均|全部|都(?=[已在按])")  # 3件申请均在法定期限内办结


def _all_came_so(quantity: Quantity) -> bool:
    """收到公民通过政务服务网提交的公开申请5件: the way of all of them, unless others are told of."""
    return (
        quantity.parent is None
        and {"receive", "request"} <= quantity.words
        and quantity.words.isdisjoint({"written", "business"})
        and quantity.beside.isdisjoint(WAYS_OF_REQUESTS.keys() | {"request"})
    )


def _says_all(text: str, quantity: Quantity) -> bool:
    """通过网站主动公开政府信息共计174条: the website is named as the way of all of it."""
    printed = text[quantity.left : quantity.number.start]
    return "strong" in quantity.words and quantity.parent is None and _IN_ALL.search(printed) is not None


_IN_ALL = re.compile(r"[共合总]计|总数|共(?!享)")


def _none_came_late(quantity: Quantity, clauses: Clauses) -> bool:
    """已按时答复10件: all replies, unless others are told of that came late."""
    if quantity.words.isdisjoint({"reply", "close"}) or quantity.parent is not None:
        return False
    return not any("extended" in token.concepts for token in clauses.tokens)
