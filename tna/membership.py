"""Says which cohorts a job belongs to, why, and what it is counted under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna import rules
from tna.graph import cohort_node, required

if TYPE_CHECKING:
    from tna.model import Cohort, Placement
    from tna.placement import Reader
    from tna.rules import Facts


def cohorts(reader: Reader, facts: Facts) -> dict[str, str]:
    """The cohorts a job belongs to, each with why: named in the register, by its role, or by a condition of the pack."""
    reasons = {cohort.id: _why_in(reader, cohort, facts) for cohort in reader.board.pack.framework.cohorts}
    return {cohort: why for cohort, why in reasons.items() if why}


def _why_in(reader: Reader, cohort: Cohort, facts: Facts) -> str:
    held = facts.get("roles", frozenset())
    sourced = f"({cohort.origin.source}; {cohort.origin.basis})"
    if cohort.id in facts.get("cohort", frozenset()):
        return f"the register's cohort column says so {sourced}"
    named = held & frozenset(cohort.roles)
    if named and not held & frozenset(cohort.except_roles):
        labels = sorted(reader.board.roles.nodes[role].label for role in named)
        return f"the title is read as {' and '.join(labels)} {sourced}"
    if cohort.when is not None and rules.holds(cohort.when, facts):
        return f"what is stated of the job fits {sourced}"
    return ""


def told(reader: Reader, facts: Facts) -> str:
    """The cohorts of a job, and whether they are required to train at whatever level; "" for none."""
    said = []
    for cohort in reader.board.pack.framework.cohorts:
        if _why_in(reader, cohort, facts):
            needs = required(reader.board.graph, cohort_node(cohort.id))
            must = (
                f", required to train whatever the {reader.board.pack.framework.level_word}" if needs else ""
            )
            said.append(
                f"in the cohort '{cohort.label}'{must} ({cohort.origin.source}; {cohort.origin.basis})"
            )
    return "; ".join(said)


def scopes(reader: Reader, placement: Placement, facts: Facts) -> tuple[str, ...]:
    """What a job is counted under: its level, if it has one, then `cohort:ID` for each of its cohorts."""
    level = (placement.level,) if placement.level else ()
    return (*level, *map(cohort_node, cohorts(reader, facts)))
