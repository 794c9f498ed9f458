"""Coverage against its target and floor: of the whole board, and how its agencies stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tna.model import PlanLine
from tna_plan.evidence import Evidence, Tally
from tna_plan.judgements import Judgement, judgement, rated
from tna_plan.words import counted, have, listed, number, people

NAMED = 8  # agencies below the target named with their numbers; coverage.csv has all


def judge_coverage(line: PlanLine, evidence: Evidence) -> Judgement:
    """Each person counts once, as held when all that is required of them is; agencies are rated one by one."""
    if line.course:
        return judgement(
            line, "not-known", "people are counted over all that is required of them, not for one course"
        )
    whole = evidence.whole
    facts = {
        "unit": "people",
        "actual": whole.held,
        "denominator": whole.required,
        "evidence": "coverage, all agencies",
    }
    if not whole.required:
        return judgement(line, "not-known", "nothing is required of anybody in these registers", **facts)
    share = f"{whole.held:,} of {people(whole.required)} of whom something is required ({percent(whole)}) {have(whole.held, whole.required)} all of it, in date"
    if line.target is None:
        return judgement(
            line, "not-measured", f"{share}; no target is declared, so nothing is rated", **facts
        )
    because = f"{share}, against {_aim(line)}. {_agencies(line, line.target, evidence)}"
    return judgement(line, rated(whole.held, whole.required, line.target, line.floor), because, **facts)


def percent(tally: Tally) -> str:
    """Rounded down, so that it never says more than is true."""
    return f"{tally.held * 100 // tally.required}%"


def _aim(line: PlanLine) -> str:
    floor = (
        f" and a floor of {number(line.floor)}%"
        if line.floor is not None
        else " (no floor is stated, so there is no amber)"
    )
    return f"a target of {number(line.target or 0)}%{floor}"


def _agencies(line: PlanLine, target: float, evidence: Evidence) -> str:
    found: Mapping[Literal["green", "amber", "red"], list[str]] = {"green": [], "amber": [], "red": []}
    for agency, tally in sorted(
        evidence.agencies.items(), key=lambda one: (one[1].held / one[1].required, one[0])
    ):
        found[rated(tally.held, tally.required, target, line.floor)].append(
            f"{agency} ({tally.held:,} of {tally.required:,})"
        )
    counts = listed(
        [f"{len(names)} {colour}" for colour, names in found.items() if names or colour != "amber"]
    )
    below = "".join(
        f" {colour.capitalize()}: {listed(found[colour], NAMED)}."
        for colour in ("red", "amber")
        if found[colour]
    )
    silent = (
        f" {counted(len(evidence.silent), 'agency', 'agencies')} sent no register and cannot be rated."
        if evidence.silent
        else ""
    )
    rated_words = counted(len(evidence.agencies), "agency", "agencies")
    return f"Of {rated_words} with people to train: {counts}.{below}{silent}"
