"""Turns judgements into flags: one a line where something was found, one a kind where nothing could be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from tna.model import Flag
from tna_plan.judgements import Judgement, Rating
from tna_plan.sending import SEND, TO_KNOW
from tna_plan.words import counted, listed

Severity = Literal["note", "check", "act"]

SEVERITY: Mapping[Rating, Severity] = {
    "red": "act", "amber": "check", "at-risk": "check", "not-known": "check",
    "green": "note", "not-due": "note", "not-measured": "note",
}  # fmt: skip
ENDS: Mapping[Rating, str] = {"green": "met", "amber": "below-target", "red": "missed"}
OPENS: Mapping[Rating, str] = {
    "green": "Met, as far as the registers show: ", "amber": "Below the target, not below the floor: ", "red": "Missed, as far as the registers show: ",
    "at-risk": "At risk: ", "not-due": "Not due yet: ", "not-known": "Not known: ", "not-measured": "",
}  # fmt: skip
COVERAGE: Mapping[Rating, str] = {
    **OPENS,
    "green": "Green: ",
    "amber": "Amber: ",
    "red": "Red: ",
    "not-measured": "Not rated: ",
}
ONE_BY_ONE = (
    "coverage",
    "sessions",
    "dates",
)  # kinds that registers can tell of; their lines never go together
TOGETHER = ("not-known", "not-measured")


def flags(judgements: Iterable[Judgement]) -> Iterator[Flag]:
    """Judged lines one by one, in the order of the plan; then, by kind, those that nothing shows."""
    together: dict[tuple[str, Rating], list[Judgement]] = defaultdict(list)
    for one in judgements:
        if one.rating in TOGETHER and one.kind not in ONE_BY_ONE:
            together[one.kind, one.rating].append(one)
        else:
            yield _single(one)
    for (kind, rating), group in sorted(together.items()):
        yield _group(kind, rating, group)


def _code(kind: str, rating: Rating) -> str:
    return f"plan.{kind}.{ENDS.get(rating, rating)}"


def _single(one: Judgement) -> Flag:
    opening = (COVERAGE if one.kind == "coverage" else OPENS)[one.rating]
    asks = one.rating == "not-known" and "To know it, send" not in one.because
    send = f" Send {SEND[one.kind]}." if asks else ""
    message = f"{opening}{one.because.rstrip('.')}.{send}"
    return Flag(_code(one.kind, one.rating), SEVERITY[one.rating], one.line, message, one.source)


def _group(kind: str, rating: Rating, group: Sequence[Judgement]) -> Flag:
    source = "; ".join(dict.fromkeys(one.source.partition(",")[0] for one in group))
    about = f"{counted(len(group), 'line')} of the plan on {NAMES.get(kind, kind)}"
    says = _not_measured(kind, group) if rating == "not-measured" else _not_known(kind, group)
    return Flag(_code(kind, rating), SEVERITY[rating], about, says, source)


def _not_known(kind: str, group: Sequence[Judgement]) -> str:
    """Which lines, what the registers show beside them, and what to send."""
    shown = list(dict.fromkeys(one.evidence for one in group if one.evidence))
    beside = f" Meanwhile the records show {listed(shown, 6)}." if shown else ""
    lines = listed([one.line for one in group])
    return f"What was sent does not show {TO_KNOW.get(kind, 'whether it was done')} ({lines}).{beside} Send {SEND.get(kind, 'word of it')}."


def _not_measured(kind: str, group: Sequence[Judgement]) -> str:
    """Baselines one by one, as they may not be added; other lines by what they lack."""
    if kind == "baseline":
        counts = "; ".join(f"{one.line}: {one.because}" for one in group)
        return f"Counts to compare with later, each by itself: never added up, and no rate is made of them. {counts}."
    lacking: dict[str, list[str]] = defaultdict(list)
    for one in group:
        lacking[one.because].append(one.line)
    reasons = "; ".join(f"{because} ({listed(lines)})" for because, lines in lacking.items())
    agree = " Agree who leads each, by when, and what would show it." if kind == "ambition" else ""
    return f"Not to be judged true or false: {reasons}.{agree}"


NAMES: Mapping[str, str] = {
    "sessions": "numbers of sessions", "dates": "listed dates", "availability": "what can be had at any time or on request",
    "evaluation": "evaluation", "follow-up": "follow-up", "quality": "quality assurance", "activity": "activities",
    "review": "review", "baseline": "counts to compare with",
    "ambition": "ambitions", "outcome": "outcomes", "risk": "risks", "coverage": "coverage",
}  # fmt: skip
