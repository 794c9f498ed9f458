"""Turns judgements into flags: one a line where something was found, one a kind where nothing could be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from tna.model import Flag
from tna_plan.judgements import Judgement, Rating
from tna_plan.sending import SEND
from tna_plan.words import counted, listed

Severity = Literal["note", "check", "act"]

SEVERITY: Mapping[Rating, Severity] = {
    "red": "act", "amber": "check", "at-risk": "check", "not-known": "check",
    "green": "note", "not-due": "note", "not-measured": "note",
}  # fmt: skip
ENDS: Mapping[Rating, str] = {"green": "met", "amber": "below-target", "red": "missed"}
OPENS: Mapping[Rating, str] = {
    "green": "Met", "amber": "Below the target, not below the floor", "red": "Missed, as far as the registers show",
    "at-risk": "At risk", "not-due": "Not due yet",
}  # fmt: skip
TOGETHER = ("not-known", "not-measured")


def flags(judgements: Iterable[Judgement]) -> Iterator[Flag]:
    """Judged lines one by one, in the order of the plan; then, by kind, those that nothing shows."""
    together: dict[tuple[str, Rating], list[Judgement]] = defaultdict(list)
    for one in judgements:
        if one.rating in TOGETHER and one.line != "coverage.target":
            together[one.kind, one.rating].append(one)
        else:
            yield _single(one)
    for (kind, rating), group in sorted(together.items()):
        yield _group(kind, rating, group)


def _code(kind: str, rating: Rating) -> str:
    return f"plan.{kind}.{ENDS.get(rating, rating)}"


def _single(one: Judgement) -> Flag:
    opening = OPENS.get(one.rating, "")
    message = f"{opening}: {one.because}." if opening else f"{one.because[0].upper()}{one.because[1:]}."
    return Flag(
        _code(one.kind, one.rating), SEVERITY[one.rating], one.line, message.replace("..", "."), one.source
    )


def _group(kind: str, rating: Rating, group: Sequence[Judgement]) -> Flag:
    lines = counted(len(group), "line")
    ids = listed([one.line for one in group])
    words = _not_measured(kind, group) if rating == "not-measured" else _not_known(kind, group)
    source = "; ".join(dict.fromkeys(one.source.partition(",")[0] for one in group))
    return Flag(
        _code(kind, rating),
        SEVERITY[rating],
        f"{lines} of the plan: {kind}",
        f"{words} Lines: {ids}.",
        source,
    )


def _not_known(kind: str, group: Sequence[Judgement]) -> str:
    """What the registers show beside, in at most a few words a line, and what to send."""
    shown = list(dict.fromkeys(one.evidence for one in group if one.evidence))
    beside = f" Meanwhile {listed(shown, 6)}." if shown else ""
    return f"Whether {counted(len(group), 'line')} on {NAMES.get(kind, kind)} came true is not known.{beside} Send {SEND.get(kind, 'word of it')}."


def _not_measured(kind: str, group: Sequence[Judgement]) -> str:
    if kind == "baseline":
        counts = "; ".join(f"{one.line}: {one.because}" for one in group)
        return f"{counted(len(group), 'count')} to compare with later, each by itself: never added up, and no rates. {counts}."
    if kind == "ambition":
        reasons = listed(list(dict.fromkeys(one.because for one in group)))
        return f"{counted(len(group), 'ambition')} cannot be judged: {reasons}. Agree who leads, by when, and what would show it."
    reasons = listed(list(dict.fromkeys(one.because for one in group)))
    return f"{counted(len(group), 'line')} on {NAMES.get(kind, kind)} state nothing to measure: {reasons}."


NAMES: Mapping[str, str] = {
    "sessions": "numbers of sessions", "dates": "listed dates", "availability": "what can be had at any time or on request",
    "evaluation": "evaluation", "follow-up": "follow-up", "quality": "quality assurance", "activity": "activities",
    "review": "review", "outcome": "outcomes", "risk": "risks", "coverage": "coverage",
}  # fmt: skip
