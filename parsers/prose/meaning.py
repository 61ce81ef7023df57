"""What a quantity is: the rules of the vocabulary applied to the words that stand with a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from parsers.prose.lexicon import Domain, Lexicon, Rule
from parsers.prose.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Sense:
    """A metric that a quantity states, and how certainly its words say so."""

    metric: str
    applicant: str
    strength: int


def domain_of(
    quantity: Quantity, words: frozenset[str], sibling: str | None, topic: str | None, lexicon: Lexicon
) -> str | None:
    """What the clause of a quantity is about: its own words, the total it is a part of, its neighbour, its section."""
    unit = quantity.number.unit
    parent = quantity.parent.domain if quantity.parent else None
    quantity.around = parent or sibling
    for domain in _domains_for(lexicon, words):
        if domain.weak and parent is not None:
            return parent
        if domain.holds(unit, quantity.beside):
            return domain.id
    if parent is not None:
        return parent
    if sibling is not None:
        return sibling
    return lexicon.topics.get(topic or "")


def senses(
    quantity: Quantity, domain: str | None, context: frozenset[str], year: int | None, lexicon: Lexicon
) -> Iterator[Sense]:
    """The metrics that a quantity states: none, one, or one for each of its names."""
    if domain is None:
        return
    if quantity.names:
        found = [s for name in quantity.names for s in _senses_of(quantity, name, domain, context, year, lexicon)]
        stated = [sense.metric for sense in found]
        # 文字解读、图解各1篇 are two of one kind
        yield from (sense for sense in found if stated.count(sense.metric) == 1 or not quantity.number.value)
        return
    yield from _senses_of(quantity, quantity.content, domain, context, year, lexicon)


def _senses_of(
    quantity: Quantity, words: frozenset[str], domain: str, context: frozenset[str], year: int | None, lexicon: Lexicon
) -> Iterator[Sense]:
    if quantity.names:
        unit = quantity.number.unit
        domain = next((d.id for d in _domains_for(lexicon, words) if d.holds(unit, quantity.beside)), domain)
    if "and_more" in words and quantity.parent is None:  # 网站等渠道: several channels, whatever is named
        words -= lexicon.exclusive["channel"] | {"through", "media"}
        if "interpretation" in words:  # 通过线上直播、专家访谈等形式开展政策解读17次
            words -= {"interview", "press"}
    rule = find_rule(quantity, words, domain, context, year, lexicon)
    if rule is None:
        return
    if "other_ways" in words:
        words -= {"media"}
    deciding = frozenset().union(*rule.own) & words
    rivals = None if rule.joint else _rivals(deciding, words, lexicon)
    if rivals is None:
        # 条次 counts an item once for every channel
        per_channel = quantity.number.unit == "条次" and rule.metric == "disclosure.total"
        yield Sense(rule.metric, rule.applicant, 1 if per_channel else rule.strength)
    elif rivals <= lexicon.exclusive["channel"] or rivals <= lexicon.exclusive["category"]:
        # several channels or categories and one number: it counts all of them
        other = find_rule(quantity, words - rivals - {"through", "media"}, domain, context, year, lexicon)
        if other is not None:
            yield Sense(other.metric, other.applicant, other.strength)
    elif quantity.number.value == 0:
        for concept in sorted(rivals):
            single = find_rule(quantity, words - (rivals - {concept}), domain, context, year, lexicon)
            if single is None:
                alone = frozenset({concept})
                unit = quantity.number.unit
                home = next((d.id for d in _domains_for(lexicon, alone) if d.holds(unit, quantity.beside)), domain)
                single = find_rule(quantity, words - (rivals - {concept}), home, context, year, lexicon)
            if single is not None:
                yield Sense(single.metric, single.applicant, single.strength)


def _rivals(deciding: frozenset[str], words: frozenset[str], lexicon: Lexicon) -> frozenset[str] | None:
    for group in lexicon.exclusive.values():
        present = group & words
        if len(present) > 1 and deciding & present and not present <= deciding:
            return present
    return None


def find_rule(
    quantity: Quantity, words: frozenset[str], domain: str, context: frozenset[str], year: int | None, lexicon: Lexicon
) -> Rule | None:
    """The first rule of the domain that fits the words, the unit and the total that the quantity is a part of."""
    unit = quantity.number.unit
    total = quantity.parent
    parent = total.metric if total is not None and total.status == quantity.status else None
    above = _metrics_above(quantity)
    for rule in _rules_for(lexicon, domain, words):
        if (
            (unit in rule.units or (unit is None and (quantity.number.value == 0 or "元" not in rule.units)))
            and (rule.parent is None or _is_under(parent, rule.parent))
            and (not rule.beside or not rule.beside.isdisjoint(quantity.beside))
            and (not rule.after or not rule.after.isdisjoint(quantity.after))
            and rule.alone.isdisjoint(quantity.beside)
            and all(_has_part(quantity, named) for named in rule.parts)
            and (not rule.clean or _is_plain(quantity, rule, lexicon))
            and (not rule.context or rule.context in context or quantity.number.value == 0)
            and (rule.metric not in above or rule.applicant != "total")
            and rule.holds_in(year)
            and (not rule.inside or quantity.around == domain)
        ):
            return rule
    return None


def _is_under(metric: str | None, parent: str) -> bool:
    """Whether the total has the metric `parent`, or one of its family where that ends with a dot (disclosure.)."""
    if metric is None or not parent.endswith("."):
        return metric == parent
    return metric.startswith(parent)


@lru_cache(maxsize=4096)
def _rules_for(lexicon: Lexicon, domain: str, words: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of a domain that the words alone allow. Remembered, as reports put the same words together."""
    return tuple(
        rule
        for rule in lexicon.rules.get(domain, ())
        if rule.without.isdisjoint(words) and not any(any_of.isdisjoint(words) for any_of in rule.own)
    )


@lru_cache(maxsize=4096)
def _domains_for(lexicon: Lexicon, words: frozenset[str]) -> tuple[Domain, ...]:
    """The domains that the words alone allow, the weak ones last."""
    allowed = [domain for domain in lexicon.domains if not domain.own.isdisjoint(words)]
    return tuple(sorted(allowed, key=lambda domain: domain.weak))


def _has_part(quantity: Quantity, concepts: frozenset[str]) -> bool:
    return any(not part.words.isdisjoint(concepts) for parts in quantity.lists for part in parts)


_OF_ALL_CATEGORIES = ("disclosure.total", "disclosure.channel.")


def _is_plain(quantity: Quantity, rule: Rule, lexicon: Lexicon) -> bool:
    """Whether no word narrows down what is counted."""
    if quantity.unknown and not ("and_so_on" in quantity.words and rule.metric.startswith("disclosure.channel.")):
        return False  # but 微信公众号发布消费提示等信息273条 is all that was posted there
    categories = lexicon.exclusive["category"]
    if quantity.inherited & categories - rule.named and rule.metric.startswith(_OF_ALL_CATEGORIES):
        return "and_so_on" in quantity.content  # 在网站公开部门预算、决算，共3条
    allowed = lexicon.neutral | rule.named
    if "and_so_on" in quantity.words:  # 发布工作动态、通知公告等信息208条: examples
        allowed |= categories
    elif rule.metric.startswith("disclosure.channel."):  # 微博发布工作信息76条
        allowed |= {"cat_unknown"}
    elif rule.metric.startswith("requests.channel."):  # 书面当场申请1件
        allowed |= {"written"}
    return bool(quantity.names) or not any(concepts.isdisjoint(allowed) for concepts in quantity.thing)


def _metrics_above(quantity: Quantity) -> set[str]:
    """The metrics of the totals that a quantity is a part of: a part of a total is not the total again."""
    found: set[str] = set()
    total = quantity.parent
    while total is not None:
        if total.metric is not None and total.status == quantity.status:
            found.add(total.metric)
        total = total.parent
    return found
