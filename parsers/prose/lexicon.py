"""The vocabulary of the prose: words → concepts, and the rules that turn concepts into metrics, read from data.

``prose.toml`` explains its tables. A word may express several concepts; where words overlap the longest one wins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Token(NamedTuple):
    """A word of the vocabulary in the text. A report has a thousand of them, and a tuple is made in half the time."""

    start: int
    end: int
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A quantity of `domain` is `metric` if all of `own` and none of `without` stand with it."""

    domain: str
    metric: str
    own: tuple[frozenset[str], ...]
    without: frozenset[str]
    units: frozenset[str]
    parent: str | None
    parts: tuple[frozenset[str], ...]  # of each of these a concept must name a part of the quantity
    applicant: str
    strength: int
    context: str  # "" | "support" | "paragraph" | "section" | "sentence": where disclosure must be spoken of
    beside: frozenset[str]  # one of these must name another number of the sentence
    after: frozenset[str]  # one of these must name the number before
    alone: frozenset[str]  # none of these may name another number of the sentence
    clean: bool
    joint: bool
    inside: bool
    named: frozenset[str]  # all concepts of `own`
    since: int | None
    until: int | None

    def holds_in(self, year: int | None) -> bool:
        """Whether the rule belongs to reports of that year; an unknown year counts as an early one."""
        return _in_years(self.since, self.until, year)


@dataclass(frozen=True, slots=True)
class Denial:
    """`metric` is 0 where `concept` is denied."""

    concept: str
    metric: str
    without: frozenset[str]
    spoken: frozenset[str]  # one of these must stand in the sentence
    context: bool
    since: int | None
    until: int | None

    def holds_in(self, year: int | None) -> bool:
        """Whether the denial belongs to reports of that year; an unknown year counts as an early one."""
        return _in_years(self.since, self.until, year)


@dataclass(frozen=True, slots=True)
class Domain:
    """What a clause is about if one of `own` stands with the number, its unit is one of `units`, and one of `beside`
    names another number of its list."""

    id: str
    own: frozenset[str]
    units: frozenset[str] | None
    beside: frozenset[str]
    weak: bool

    def holds(self, unit: str | None, beside: frozenset[str]) -> bool:
        """Whether a number that one of `own` names is about this, by its unit and the words beside it."""
        return (self.units is None or unit is None or unit in self.units) and (
            not self.beside or not self.beside.isdisjoint(beside)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The compiled vocabulary. There is one; it is compared and hashed by identity."""

    pattern: re.Pattern[str]
    concepts: Mapping[str, frozenset[str]]
    rules: Mapping[str, tuple[Rule, ...]]
    domains: tuple[Domain, ...]
    denials: tuple[Denial, ...]
    exclusive: Mapping[str, frozenset[str]]
    topics: Mapping[str, str]
    inherited: frozenset[str]
    verbs: frozenset[str]
    neutral: frozenset[str]
    labels: frozenset[str]
    denied: frozenset[str]
    of_requests: frozenset[str]  # concepts that only requests for information have

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The words of ``text[start:end]`` in order, without overlap."""
        concepts, make = self.concepts, tuple.__new__
        return [make(Token, (*m.span(), concepts[m[0]])) for m in self.pattern.finditer(text, start, end)]


def _in_years(since: int | None, until: int | None, year: int | None) -> bool:
    if since is not None and (year is None or year < since):
        return False
    return until is None or year is None or year <= until


def _words(words: Iterable[str]) -> str:
    """One alternation of all words, grouped by their beginnings; a longer word is tried before a shorter one."""
    by_head: dict[str, list[str]] = {}
    for word in words:
        by_head.setdefault(word[0], []).append(word[1:])
    parts = []
    for head, tails in by_head.items():
        longer = sorted({tail for tail in tails if tail})
        if not longer:
            parts.append(re.escape(head))
        else:
            optional = "?" if "" in tails else ""
            parts.append(f"{re.escape(head)}(?:{_words(longer)}){optional}")
    return "|".join(parts)


_HEADS = 24


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """The alternation of all words, behind character sets: the engine tries few alternatives at a position."""
    by_head: dict[str, list[str]] = {}
    for word in words:
        by_head.setdefault(word[0], []).append(word)
    heads = sorted(by_head)
    groups = []
    for i in range(0, len(heads), _HEADS):
        group = heads[i : i + _HEADS]
        groups.append(f"(?=[{_set(group)}])(?:{_words(word for head in group for word in by_head[head])})")
    return re.compile(f"(?=[{_set(heads)}])(?:{'|'.join(groups)})")


def _set(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, characters))


def _alternatives(entries: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(entry.split("|")) for entry in entries)


def _each(entries: Iterable[Mapping[str, Any]], series: Mapping[str, Mapping[str, str]]) -> Iterator[Mapping[str, Any]]:
    """The entries, one of a series as many times as the series has concepts."""
    for entry in entries:
        names = series[entry["series"]] if "series" in entry else {}
        if not names:
            yield entry
        for concept, metric in names.items():
            others = [other for other in names if other != concept]
            filled = dict(entry)
            filled["metric"] = entry["metric"].replace("*", metric)
            filled["own"] = [concept if word == "*" else word for word in entry["own"]]
            for key in ("without", "beside"):
                words = entry.get(key, ())
                filled[key] = [word for word in words if word != "*"] + (others if "*" in words else [])
            yield filled


@cache
def lexicon() -> Lexicon:
    """The vocabulary of the package, compiled once."""
    raw = resources.files("parsers.data").joinpath("prose.toml").read_text(encoding="utf-8")
    return _compile(tomllib.loads(raw))


def _compile(data: Mapping[str, Any]) -> Lexicon:
    units = {name: frozenset(words) for name, words in data["units"].items()}
    concepts: dict[str, set[str]] = {}
    for concept, words in data["words"].items():
        for word in words:
            concepts.setdefault(word, set()).add(concept)
    rules: dict[str, list[Rule]] = {}
    for entry in _each(data["rule"], data["series"]):
        rules.setdefault(entry["domain"], []).append(
            Rule(
                domain=entry["domain"],
                metric=entry["metric"],
                own=_alternatives(entry["own"]),
                without=frozenset(entry.get("without", ())),
                units=units[entry["units"]],
                parent=entry.get("parent"),
                parts=_alternatives(entry.get("parts", ())),
                applicant=entry.get("applicant", "total"),
                strength=entry.get("strength", 2),
                context="section" if entry.get("context") is True else entry.get("context") or "",
                beside=frozenset(entry.get("beside", ())),
                after=frozenset(entry.get("after", ())),
                alone=frozenset(entry.get("alone", ())),
                clean=entry.get("clean", False),
                joint=entry.get("joint", False),
                inside=entry.get("inside", False),
                named=frozenset().union(*_alternatives(entry["own"])),
                since=entry.get("since"),
                until=entry.get("until"),
            )
        )
    known = set(data["words"])
    for rule in (rule for group in rules.values() for rule in group):
        missing = rule.without.union(rule.beside, rule.after, rule.alone, *rule.parts, *rule.own) - known
        if missing:
            raise ValueError(f"prose.toml: rule {rule.metric} names unknown concepts {sorted(missing)}")
    denials = tuple(
        Denial(
            concept=entry["concept"],
            metric=entry["metric"],
            without=frozenset(entry.get("without", ())),
            spoken=frozenset(entry.get("spoken", ())),
            context=entry.get("context", False),
            since=entry.get("since"),
            until=entry.get("until"),
        )
        for entry in data["denial"]
    )
    return Lexicon(
        pattern=_pattern(concepts),
        concepts={word: frozenset(found) for word, found in concepts.items()},
        rules={domain: tuple(group) for domain, group in rules.items()},
        domains=tuple(
            Domain(
                entry["id"],
                frozenset(entry["own"]),
                units[entry["units"]] if "units" in entry else None,
                frozenset(entry.get("beside", ())),
                entry.get("weak", False),
            )
            for entry in data["domain"]
        ),
        denials=denials,
        exclusive={name: frozenset(group) for name, group in data["exclusive"].items()},
        topics=data["topics"],
        inherited=frozenset(data["ellipsis"]["inherited"]),
        verbs=frozenset(data["ellipsis"]["verbs"]),
        neutral=frozenset(data["ellipsis"]["neutral"]),
        labels=frozenset(data["ellipsis"]["labels"]),
        denied=frozenset(entry.concept for entry in denials),
        of_requests=frozenset(
            concept
            for entry in data["domain"]
            if entry["id"] == "requests" and ("request" in entry["own"] or not entry.get("weak", False))
            for concept in entry["own"]
        ),
    )
