"""Turns blocks of a pack's files into the nouns of the model, one function a noun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tna.frameworks.blocks import Block
from tna.frameworks.conditions import read_condition
from tna.model import (
    Agreed,
    Choose,
    Cohort,
    Competency,
    Course,
    Duration,
    Example,
    Framework,
    Frequency,
    Grant,
    Hours,
    Level,
    Link,
    ModeReading,
    Naming,
    PlanLine,
    Policy,
    Population,
    Question,
    Review,
    Same,
    Term,
    Within,
)


def framework(block: Block) -> Framework:
    """The whole of a framework.yaml."""
    return Framework(
        id=block.text("id"),
        board=block.text("board"),
        title=block.text("title"),
        edition=block.text("edition"),
        effective_from=block.day("effective_from"),
        review=(review(block.block("review")),) if "review" in block.data else (),
        level_word=block.text("level_word"),
        documents=tuple(map(naming, block.blocks("documents"))),
        levels=tuple(level(one, rank) for rank, one in enumerate(block.blocks("levels"), 1)),
        competencies=tuple(map(competency, block.blocks("competencies"))),
        cohorts=tuple(map(cohort, block.blocks("cohorts"))),
        terms=tuple(map(term, block.blocks("terms"))),
        same=tuple(map(same, block.blocks("same"))),
        policies=tuple(map(policy, block.blocks("policies"))),
        questions=tuple(map(question, block.blocks("questions"))),
        status=block.text("status"),
        level_column=block.text("level_column"),
        note=block.text("note"),
    )


def review(block: Block) -> Review:
    """When to look at the framework again."""
    return Review(block.origin, date.fromisoformat(block.data["by"]), block.text("printed"))


def naming(block: Block) -> Naming:
    """A document that sources name."""
    return Naming(*(block.text(key) for key in ("id", "title", "by", "dated", "note")))


def link(block: Block) -> Link:
    """Levels and cohorts tied by one statement."""
    return Link(block.origin, block.texts("levels"), block.texts("cohorts"))


def grant(block: Block) -> Grant:
    """Competencies that one statement requires, gives or renews."""
    return Grant(
        origin=block.origin,
        competencies=block.texts("competencies"),
        months=block.data.get("months"),
        modes=tuple(block.data.get("modes", ())),
        because=block.text("because"),
    )


def example(block: Block) -> Example:
    """A named example of who is at a level."""
    return Example(
        block.origin, block.text("printed"), block.texts("roles"), block.texts("except"), block.text("note")
    )


def level(block: Block, rank: int) -> Level:
    """A level; `rank` is its place in the framework, lowest first."""
    return Level(
        id=block.text("id"),
        label=block.text("label"),
        number=block.text("number"),
        rank=rank,
        origin=block.origin,
        row=block.text("row"),
        also=block.texts("also"),
        printed=block.text("printed"),
        provision=block.text("provision"),
        descriptor=block.text("descriptor"),
        note=block.text("note"),
        includes=tuple(map(link, block.blocks("includes"))),
        requires=tuple(map(grant, block.blocks("requires"))),
        examples=tuple(map(example, block.blocks("examples"))),
    )


def competency(block: Block) -> Competency:
    """A competency."""
    return Competency(
        block.text("id"), block.text("label"), block.origin, block.texts("needs"), block.text("note")
    )


def cohort(block: Block) -> Cohort:
    """A cohort."""
    return Cohort(
        id=block.text("id"),
        label=block.text("label"),
        origin=block.origin,
        also=block.texts("also"),
        printed=block.text("printed"),
        roles=block.texts("roles"),
        except_roles=block.texts("except"),
        when=read_condition(block.data["when"]) if "when" in block.data else None,
        requires=tuple(map(grant, block.blocks("requires"))),
        population=(population(block.block("population")),) if "population" in block.data else (),
        note=block.text("note"),
    )


def population(block: Block) -> Population:
    """A document's own count of a cohort."""
    return Population(block.origin, block.data["people"], block.day("on"), block.text("printed"))


def term(block: Block) -> Term:
    """On what terms training counts."""
    return Term(
        origin=block.origin,
        competencies=block.texts("competencies"),
        levels=block.texts("levels"),
        courses=block.texts("courses"),
        months=block.data.get("months"),
        modes=tuple(block.data.get("modes", ())),
        hours=hours(block.data["hours"]) if "hours" in block.data else None,
        choose=choose(block.data["choose"]) if "choose" in block.data else None,
        within=Within(**block.data["within"]) if "within" in block.data else None,
        note=block.text("note"),
    )


def hours(said: Mapping[str, Any]) -> Hours:
    """Hours in a rolling window."""
    together = {"together": tuple(said["together"])} if "together" in said else {}
    share = said.get("together_percent", 0)
    return Hours(said["at_least"], said["months"], said.get("up_to"), share, **together)


def choose(said: Mapping[str, Any]) -> Choose:
    """So many of some courses."""
    return Choose(said["at_least"], tuple(said["courses"]))


def same(block: Block) -> Same:
    """Competencies that are one thing in other words."""
    return Same(block.origin, block.texts("competencies"), block.text("because"))


def policy(block: Block) -> Policy:
    """A policy that the board declares."""
    return Policy(
        id=block.text("id"),
        kind=block.data.get("kind", "switch"),
        value=block.text("value"),
        says=block.text("says"),
        origin=block.origin,
        options=block.texts("options"),
        unit=block.text("unit"),
        agencies=tuple(map(agreed, block.blocks("agencies"))),
    )


def agreed(block: Block) -> Agreed:
    """The value of a policy that one agency has agreed."""
    return Agreed(block.text("agency"), block.text("value"), block.origin)


def question(block: Block) -> Question:
    """Something the documents leave open."""
    return Question(block.text("id"), block.text("asks"), block.text("treatment"), block.origin)


def mode_reading(block: Block) -> ModeReading:
    """Our reading of how a course is given."""
    return ModeReading(block.origin, block.data["mode"])


def course(block: Block) -> Course:
    """An offer of the catalogue."""
    lasts, often = block.block("duration"), block.block("frequency")
    return Course(
        id=block.text("id"),
        title=block.text("title"),
        origin=block.origin,
        kind=block.text("kind"),
        audience=block.data["audience"],
        mode=block.data["mode"],
        mode_read=(mode_reading(block.block("mode_read")),) if "mode_read" in block.data else (),
        also=block.texts("also"),
        printed=block.data.get("printed", {}),
        duration=Duration(lasts.text("printed"), lasts.data.get("minutes"), lasts.data.get("days")),
        frequency=Frequency(
            printed=often.text("printed"),
            sessions=often.data.get("sessions"),
            per=often.text("per"),
            on_request=often.data.get("on_request", False),
            unlimited=often.data.get("unlimited", False),
        ),
        provider=block.text("provider"),
        partners=block.texts("partners"),
        multi_agency=block.data.get("multi_agency", False),
        target_group=block.text("target_group"),
        roles=block.texts("roles"),
        open_to=tuple(map(link, block.blocks("open_to"))),
        required_of=tuple(map(link, block.blocks("required_of"))),
        gives=tuple(map(grant, block.blocks("gives"))),
        renews=tuple(map(grant, block.blocks("renews"))),
        after=block.texts("after"),
        sessions=block.days("sessions"),
        capacity=block.data.get("capacity"),
        availability=block.text("availability"),
        note=block.text("note"),
    )


def plan_line(block: Block) -> PlanLine:
    """A line of the plan."""
    return PlanLine(
        id=block.text("id"),
        kind=block.text("kind"),
        says=block.text("says"),
        origin=block.origin,
        printed=block.text("printed"),
        course=block.text("course"),
        checklist=block.text("checklist"),
        target=block.data.get("target"),
        floor=block.data.get("floor"),
        unit=block.text("unit"),
        comparison=block.text("comparison"),
        period_from=block.day("period_from"),
        period_to=block.day("period_to"),
        period=block.text("period"),
        dates=block.days("dates"),
        lead=block.text("lead"),
        update=block.text("update"),
        updated=block.day("updated"),
        supported_by=block.text("supported_by"),
        learning=block.text("learning"),
        note=block.text("note"),
    )
