"""Statutory tables made at random that add up, and the misprints that real reports show, for tests and benchmarks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from parsers.checks.identities import APPLICANTS, Key
from parsers.model import Figure, Meaning, Origin

GROUNDS = [
    *(
        f"requests.outcome.refused.{ground}"
        for ground in (
            "state_secret",
            "law_prohibited",
            "security_stability",
            "third_party",
            "internal_affairs",
            "process_info",
            "enforcement_file",
            "admin_query",
        )
    ),
    *(f"requests.outcome.unable.{ground}" for ground in ("not_held", "needs_creation", "still_unclear")),
    *(
        f"requests.outcome.not_processed.{ground}"
        for ground in ("petition", "repeat", "publication", "excessive", "reconfirm")
    ),
]
OUTCOMES = {
    "statutory_2019": [
        "requests.outcome.granted",
        "requests.outcome.partial",
        *GROUNDS,
        "requests.outcome.other.total",
    ],
    "statutory_2021": [
        "requests.outcome.granted",
        "requests.outcome.partial",
        *GROUNDS,
        *(f"requests.outcome.other.{ground}" for ground in ("uncorrected", "unpaid", "misc")),
    ],
}
COURTS = ("review", "litigation.direct", "litigation.after_review")
PEOPLE = [applicant for applicant in APPLICANTS if applicant != "total"]

Prints = dict[Key, str]


def cell(metric: str, applicant: str = "total") -> Key:
    return metric, applicant, "year"


def count(chance: random.Random) -> int:
    """A count as reports have it: mostly nothing, often a few, now and then hundreds."""
    size = chance.random()
    if size < 0.62:
        return 0
    if size < 0.9:
        return chance.randint(1, 9)
    return chance.randint(10, 60) if size < 0.98 else chance.randint(61, 900)


def request_table(form: str, chance: random.Random) -> Prints:
    """The table of requests: every cell printed, 0 or blank where nothing happened, as the authority likes it."""
    values: dict[Key, int] = {}
    outcomes = OUTCOMES[form]
    blank_columns = {who for who in PEOPLE[1:] if chance.random() < 0.6}
    for who in PEOPLE:
        busy = 0 if who in blank_columns else 1.0 if who == "natural_person" else 0.25
        for metric in outcomes:
            values[cell(metric, who)] = count(chance) if chance.random() < busy * 0.5 else 0
        closed = values[cell("requests.outcome.total", who)] = sum(values[cell(m, who)] for m in outcomes)
        pending = values[cell("requests.carried_out", who)] = count(chance) if chance.random() < busy * 0.4 else 0
        carried = chance.randint(0, min(closed + pending, 9)) if busy and chance.random() < 0.4 else 0
        values[cell("requests.received.carried_in", who)] = carried
        values[cell("requests.received.new", who)] = closed + pending - carried
    for metric in dict.fromkeys(key[0] for key in values):
        values[cell(metric)] = sum(values[cell(metric, who)] for who in PEOPLE)
    blanks = chance.random() < 0.4
    return {
        key: "" if key[1] in blank_columns and blanks and not value else str(value) for key, value in values.items()
    }


def review_table(chance: random.Random) -> Prints:
    prints: Prints = {}
    for court in COURTS:
        parts = [count(chance) if chance.random() < 0.3 else 0 for _ in range(4)]
        for name, value in zip(("maintained", "corrected", "other", "pending"), parts, strict=True):
            prints[cell(f"{court}.{name}")] = str(value)
        prints[cell(f"{court}.total")] = str(sum(parts))
    return prints


def national_table(chance: random.Random) -> Prints:
    """The rows of the statistics return of 2014 that identities speak of."""
    values: dict[str, int] = {}

    def add_up(total: str, *parts: str) -> None:
        for part in parts:
            values.setdefault(part, count(chance))
        values[total] = sum(values[part] for part in parts)

    received, outcome = "requests.received.new", "requests.outcome"
    add_up(received, *(f"requests.channel.{channel}" for channel in ("in_person", "fax", "network", "letter")))
    add_up(
        f"{outcome}.refused.total",
        *(
            f"{outcome}.{ground}"
            for ground in (
                "refused.state_secret",
                "refused.trade_secret",
                "refused.privacy",
                "refused.security_stability",
                "not_gov_info",
                "refused.other_statutory",
            )
        ),
    )
    add_up(
        f"{outcome}.total",
        *(
            f"{outcome}.{reply}"
            for reply in (
                "already_public",
                "granted",
                "partial",
                "refused.total",
                "not_own_remit",
                "not_exist",
                "amend_notice",
                "other_channel",
            )
        ),
    )
    add_up("requests.closed.total", "requests.closed.on_time", "requests.closed.extended")
    add_up("review.total", "review.maintained", "review.corrected", "review.other")
    add_up("litigation.total", "litigation.maintained", "litigation.corrected", "litigation.other")
    add_up("org.staff.total", "org.staff.full_time", "org.staff.part_time")
    for event in ("response.press_conf", "response.interview"):
        add_up(f"{event}.total", f"{event}.principal")
    return {cell(metric): str(value) for metric, value in values.items()}


def table(form: str, chance: random.Random) -> Prints:
    if form == "statistics_2014":
        return national_table(chance)
    return request_table(form, chance) | review_table(chance)


def figure(key: Key, printed: str) -> Figure:
    """The figure that a table reader makes of a print: digits are a number, anything else is text."""
    metric, applicant, period = key
    text = printed.strip()
    value = int(text) if re.fullmatch(r"[0-9]+", text) else None
    meaning = (
        Meaning.BLANK if not text else Meaning.TEXT if value is None else Meaning.NUMBER if value else Meaning.ZERO
    )
    return Figure(metric, value, printed, meaning, Origin.TABLE, metric, applicant=applicant, period=period)


def figures(prints: Prints) -> list[Figure]:
    return [figure(key, printed) for key, printed in prints.items()]


# ---------------------------------------------------------------- misprints


def wrong_digit(printed: str, chance: random.Random) -> str:
    at = chance.randrange(len(printed))
    return printed[:at] + chance.choice("0123456789".replace(printed[at], "")) + printed[at + 1 :]


def stray_prefix(printed: str, chance: random.Random) -> str:
    return chance.choice("123456789") + printed


def stray_suffix(printed: str, chance: random.Random) -> str:
    return printed + chance.choice("0123456789")


def doubled(printed: str, chance: random.Random) -> str:
    return printed + printed


def swapped(printed: str, chance: random.Random) -> str:
    return printed[1::-1] + printed[2:] if len(printed) > 1 else wrong_digit(printed, chance)


def split(printed: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(printed)) if len(printed) > 1 else 0
    return f"{printed[:at]}\u00a0{printed[at:]}" if at else f"{chance.choice('123456789')} {printed}"


def look_alike(printed: str, chance: random.Random) -> str:
    return printed.translate(str.maketrans("01582", "OlSBZ")) if set(printed) & set("01582") else f"{printed}|"


def dropped_digit(printed: str, chance: random.Random) -> str:
    at = chance.randrange(len(printed))
    return printed[:at] + printed[at + 1 :]


FAULTS: dict[str, Callable[[str, random.Random], str]] = {
    "wrong digit": wrong_digit,
    "stray prefix": stray_prefix,
    "joined digits": stray_suffix,
    "doubled digits": doubled,
    "swapped digits": swapped,
    "split digits": split,
    "OCR look-alike": look_alike,
    "dropped digit": dropped_digit,
}


def misprint(prints: Prints, key: Key, fault: str, chance: random.Random) -> Prints | None:
    """Put one fault into one cell; None where the fault leaves the number what it was or the cell is blank."""
    printed = prints[key]
    if not printed:
        return None
    spoilt = FAULTS[fault](printed, chance)
    if figure(key, spoilt).value == int(printed) or (not spoilt and not int(printed)):
        return None
    return prints | {key: spoilt}
