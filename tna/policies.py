"""Named decisions: the board's own, those any board may declare, and what a planner sets for one run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from tna.documents import read
from tna.model import Agreed, Cohort, Competency, Course, Crosswalk, Level, Origin, Pack, Policy, Rule, Source
from tna.names import plain
from tna.problems import Place, Problems, nearest

Noun = TypeVar("Noun")
WHOLE = re.compile(r"[0-9]{1,9}")
RANGES = {
    "percent": (0, 100),
    "months": (1, 1200),
    "days": (0, 3650),
    "people": (1, 100),
}  # by unit: least and most
ANY = (0, 999_999_999)
TNA = Source("tna", "what tna does when nothing is declared")
PLANNER = "planner"
MARKS = ("coverage.target", "coverage.floor")
PER_AGENCY = ("refresh.months", "refresh.highest-only", "refresh.higher-discharges", "requirement.range")


def common(files: Sequence[Path], problems: Problems) -> dict[str, Policy]:
    """The policies that any board may declare, from `policies.yaml` files; a later file may add, not change."""
    found: dict[str, Policy] = {}
    for file in files:
        document = read(file, "policies", problems)
        for one in document.data["policies"] if document else ():
            found.setdefault(
                one["id"],
                Policy(
                    id=one["id"],
                    kind=one["kind"],
                    value=one.get("value", ""),
                    says=one["says"],
                    origin=Origin(TNA, "assumed"),
                    options=tuple(one.get("options", ())),
                    unit=one.get("unit", ""),
                    declared=False,
                ),
            )
    return found


def of_crosswalks(walks: Iterable[Crosswalk]) -> dict[str, Policy]:
    """The policies that crosswalks declare, by id."""
    return {policy.id: policy for walk in walks for policy in walk.policies}


def in_force(
    pack: Pack, known: Mapping[str, Policy], settings: Mapping[str, str], problems: Problems
) -> dict[str, Policy]:
    """Every policy by id with the value in force: a planner's, else the board's, else tna's. Notes bad values."""
    chosen = dict(known)
    for policy in pack.framework.policies:
        common_one = known.get(policy.id)
        chosen[policy.id] = policy if common_one is None else _as_common(policy, common_one)
    for name, value in settings.items():
        if name not in chosen:
            problems.add("framework.policy-unknown", Place("--policy"), id=name, near=nearest(name, chosen))
            continue
        # What a planner sets for one run is a question about everybody: agreements are put aside with the rest.
        chosen[name] = replace(
            chosen[name], value=value, origin=Origin(Source(PLANNER, "--policy"), "assumed"), agencies=()
        )
    for policy in chosen.values():
        _check(policy, problems)
        _check_agreed(policy, problems)
    _check_coverage(chosen, problems)
    return dict(sorted(chosen.items()))


def _as_common(policy: Policy, known: Policy) -> Policy:
    """A board's value for a policy that any board may declare: what it may be is not the board's to say."""
    return replace(policy, kind=known.kind, options=known.options, unit=known.unit)


def number(policies: Mapping[str, Policy], name: str, agency: str = "") -> int | None:
    """A number policy's value (an agency's own, where it has agreed one), None when nobody states one."""
    value = value_for(policies, name, agency)
    return int(value) if value else None


def marks(policies: Mapping[str, Policy], agency: str = "") -> tuple[int | None, int | None]:
    """The target and the floor of coverage in force for an agency, in per cent; None for one that nobody states."""
    return number(policies, "coverage.target", agency), number(policies, "coverage.floor", agency)


def is_on(policies: Mapping[str, Policy], name: str, agency: str = "") -> bool:
    """Whether a switch is on (for an agency, where it has agreed on one); one that nobody declares is off."""
    return value_for(policies, name, agency) == "on"


def value_for(policies: Mapping[str, Policy], name: str, agency: str = "") -> str:
    """The value in force for an agency: what it has agreed, else the board's, else tna's; "" when nobody states one."""
    agreed = agreed_by(policies, name, agency)
    return agreed.value if agreed else policies[name].value if name in policies else ""


def agreed_by(policies: Mapping[str, Policy], name: str, agency: str) -> Agreed | None:
    """What an agency has agreed on a policy, however it is spelt in registers; None when it has not."""
    found = policies[name].agencies if name in policies and agency else ()
    return next((one for one in found if plain(one.agency) == plain(agency)), None)


def on_whose_word(policies: Mapping[str, Policy], name: str, agency: str = "") -> str:
    """Who says what is in force for an agency, and over what: the agency's agreement, the board, or tna."""
    policy, agreed = policies[name], agreed_by(policies, name, agency)
    said = f"policy {name}={value_for(policies, name, agency)}"
    if agreed is None:
        return f"{said} of {_speaker(policy)} ({policy.origin.source}; {policy.origin.basis})"
    over = f", over {policy.value} of {_speaker(policy)}" if policy.value else ""
    return f"{said} agreed with {agreed.agency}{over} ({agreed.origin.source}; {agreed.origin.basis})"


def _speaker(policy: Policy) -> str:
    if policy.origin.source.document == PLANNER:
        return "the planner"
    return "the board" if policy.declared else "tna"


def agencies_with_terms(policies: Mapping[str, Policy]) -> frozenset[str]:
    """The agencies (as `plain` names) that have agreed on anything that decides what training is worth."""
    return frozenset(
        plain(one.agency) for name in PER_AGENCY if name in policies for one in policies[name].agencies
    )


def switched(pack: Pack, policies: Mapping[str, Policy]) -> Pack:
    """The pack without any statement whose policy is switched off; modes are as read where they are not stated."""
    off = frozenset(
        policy.id for policy in policies.values() if policy.kind == "switch" and policy.value == "off"
    )
    kept = _said(_without(pack, off)) if off else pack
    return replace(kept, courses=tuple(map(_mode_as_read, kept.courses)))


def _mode_as_read(course: Course) -> Course:
    if course.mode != "not-stated" or not course.mode_read:
        return course
    return replace(course, mode=course.mode_read[0].mode)


def _without(noun: Noun, off: frozenset[str]) -> Noun:
    """A frozen noun with every tuple of statements in it, at any depth, rid of those switched off."""
    changes: dict[str, Any] = {}
    for field in fields(noun):  # type: ignore[arg-type]
        value = getattr(noun, field.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[field.name] = tuple(_without(one, off) for one in value if _policy(one) not in off)
        elif field.name == "framework":
            changes[field.name] = _without(value, off)
    return replace(noun, **changes) if changes else noun  # type: ignore[type-var]


def _said(pack: Pack) -> Pack:
    """The pack without rules about a level, cohort, course or competency that is switched off."""
    framework = pack.framework
    nouns: tuple[tuple[Level | Cohort | Competency | Course, ...], ...] = (
        framework.levels,
        framework.cohorts,
        framework.competencies,
        pack.courses,
    )
    known = {one.id for some in nouns for one in some}
    kept = [_about(rule, known) for rule in pack.rules]
    return replace(pack, rules=tuple(rule for rule in kept if rule))


def _about(rule: Rule, known: Set[str]) -> Rule | None:
    says = dict(rule.then.says)
    if any(key in says and says[key] not in known for key in ("level", "as", "course")):
        return None
    if "competencies" in says:
        says["competencies"] = [one for one in says["competencies"] if one in known]
    return replace(rule, then=replace(rule.then, says=says)) if says.get("competencies", True) else None


def _policy(statement: object) -> str:
    origin = getattr(statement, "origin", None)
    return origin.policy if origin else ""


def _check(policy: Policy, problems: Problems) -> None:
    wanted = {"switch": ("on", "off"), "choice": policy.options, "number": ()}[policy.kind]
    least, most = RANGES.get(policy.unit, ANY)
    whole = WHOLE.fullmatch(policy.value) and least <= int(policy.value) <= most
    if policy.value == "" or (whole if policy.kind == "number" else policy.value in wanted):
        return
    numbers = f"a whole number of {policy.unit or 'units'} from {least} to {most:,}"
    said = numbers if policy.kind == "number" else " or ".join(wanted)
    place = policy.origin.place if policy.origin.place.line else Place("--policy")
    problems.add("framework.policy-value", place, id=policy.id, value=policy.value, wanted=said)


def _check_agreed(policy: Policy, problems: Problems) -> None:
    """Note what an agency cannot agree on, and a value that is none."""
    for one in policy.agencies:
        if policy.id in (*PER_AGENCY, *MARKS):
            _check(replace(policy, value=one.value, origin=one.origin), problems)
        else:
            known = ", ".join(sorted((*PER_AGENCY, *MARKS)))
            problems.add("framework.not-per-agency", one.origin.place, id=policy.id, known=known)


def _check_coverage(policies: Mapping[str, Policy], problems: Problems) -> None:
    if any(problem.code == "framework.policy-value" for problem in problems):
        return
    for agency in ("", *sorted({one.agency for name in MARKS for one in policies[name].agencies})):
        target, floor = (number(policies, name, agency) for name in MARKS)
        if target is not None and floor is not None and floor > target:
            places = [policies[name].origin.place for name in reversed(MARKS)]
            stated = next((one for one in places if one.line), Place("--policy"))
            problems.add("framework.floor-above-target", stated, floor=floor, target=target)
