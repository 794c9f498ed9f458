"""Needs a planner adds by hand: each becomes a rule like the board's own, labelled, and a competency where it asks for a course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tna.frameworks.blocks import Block
from tna.frameworks.conditions import read_condition
from tna.model import Competency, Condition, Effect, Grant, Origin, Pack, Rule, Source, Test

BY_HAND = "added by hand"


def with_needs(pack: Pack, blocks: Iterable[Block]) -> Pack:
    """The pack with every need of the blocks, as if the board had written it, but for its label."""
    for block in blocks:
        pack = _with_need(pack, block)
    return pack


def _with_need(pack: Pack, block: Block) -> Pack:
    courses = block.block("what").texts("courses")
    competencies = (block.text("id"),) if courses else block.block("what").texts("competencies")
    rule = Rule(
        id=block.text("id"),
        origin=_origin(block),
        when=_who(block.block("who")),
        then=Effect("need", _says(block, competencies)),
        examples=(),
        since=block.text("since"),
        until=block.text("until"),
        note=BY_HAND,
    )
    ruled = replace(pack, rules=(*pack.rules, rule))
    return _with_course_need(ruled, block, courses) if courses else ruled


def _origin(block: Block) -> Origin:
    source = block.data["source"]
    return Origin(Source(source["document"], source["at"]), "stated", place=block.origin.place)


def _says(block: Block, competencies: Sequence[str]) -> dict[str, object]:
    months = {"months": block.data["months"]} if "months" in block.data else {}
    return {"competencies": list(competencies), "why": block.text("why"), **months}


def _who(who: Block) -> Condition:
    """At any of the levels or cohorts, and with any of the roles, and whatever else must hold."""
    scopes = (*who.texts("levels"), *(f"cohort:{one}" for one in who.texts("cohorts")))
    tests = [Test("placed", "in", list(scopes))] if scopes else []
    tests += [Test("roles", "in", list(who.texts("roles")))] if who.texts("roles") else []
    more = (read_condition(who.data["when"]),) if "when" in who.data else ()
    return Condition(tests=tuple(tests), all_of=more)


def _with_course_need(pack: Pack, block: Block, courses: Sequence[str]) -> Pack:
    """Having been on one of the courses becomes a competency that each of them gives; whom they are open to stays."""
    origin, name = _origin(block), block.text("id")
    titles = " or ".join(one.title for one in pack.courses if one.id in courses)
    asked = Competency(name, f"{titles} ({BY_HAND})", origin, note=block.text("why"))
    framework = replace(pack.framework, competencies=(*pack.framework.competencies, asked))
    gives = Grant(origin, (name,))
    offers = tuple(
        replace(one, gives=(*one.gives, gives)) if one.id in courses else one for one in pack.courses
    )
    return replace(pack, framework=framework, courses=offers)
