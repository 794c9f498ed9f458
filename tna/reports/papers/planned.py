"""Progress against the plan in the board's own layout: a training offer, or a plan with a dated update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tna.model import Course, PlanLine
from tna.reports.papers.material import Material
from tna.reports.papers.telling import few
from tna.reports.sections import Cell, Section, Table, table
from tna.reports.shares import Share
from tna.suppression import EVERY
from tna.wording import PLAN_MARKS, day, listed

SKIPPED = ("baseline", "risk")
OFFERED = ("sessions", "dates", "availability", "activity")
MOST = 6  # of the other lines


def sections(material: Material) -> Iterator[Section]:
    """The plan's lines with how each stands; nothing where the pack has no plan."""
    lines = material.analysis.board.pack.plan
    if not lines:
        return
    says = ["How each line stands is from the review of the year." if material.plan else
            "The year has not been reviewed: how the lines stand is not known. Run tna review, and give its folder with --review."]  # fmt: skip
    yield Section("plan", "Progress against the plan", tuple(says), tuple(_tables(material, lines)))


def _tables(material: Material, lines: tuple[PlanLine, ...]) -> Iterator[Table]:
    """The offer or plan, activity by activity; then the other lines that are behind."""
    offered = [line for line in lines if line.course and line.kind in OFFERED]
    behind = [
        line for line in lines if line not in offered and line.kind not in SKIPPED and _behind(material, line)
    ]
    if offered:
        updated = any(line.update for line in offered)
        yield _with_updates(material, offered) if updated else _offer(material, offered)
    if behind:
        rows = [
            (Cell(line.says, line.id), standing(material, line.id), _why(material, line.id))
            for line in behind
        ]
        yield table(
            "Other lines of the plan that are behind",
            ("Line", "Standing", "Why"),
            rows if material.internal else rows[:MOST],
            sheet="Plan lines behind",
        )


def _behind(material: Material, line: PlanLine) -> bool:
    return material.plan.get(line.id, {}).get("rating") in ("red", "at-risk", "amber")


def standing(material: Material, line: str) -> Cell:
    """How a line stands, as a mark."""
    rating = material.plan.get(line, {}).get("rating", "")
    return Cell("", "", PLAN_MARKS[rating]) if rating in PLAN_MARKS else Cell("not reviewed")


def told(material: Material, line: str) -> str:
    """Why a line stands as it does, as the review says; "hidden" where that would tell of a few people."""
    stands = material.plan.get(line, {})
    why = stands.get("because", "")
    whole = material.shares.get((EVERY, EVERY), Share(0, 0))
    told_of_few = few(material, why) or (stands.get("kind") == "coverage" and whole is None)
    return "hidden" if told_of_few and not material.internal else why


def _why(material: Material, line: str) -> str:
    """Why a line stands as it does; to others than the team in a few words."""
    why = told(material, line)
    if material.internal:
        return why
    parts = why.split(". ")[0].split("; ")
    return parts[1] if len(parts) > 1 and why.startswith("planned") else parts[0]


def _offer(material: Material, lines: list[PlanLine]) -> Table:
    """Title, objectives, target group, level, frequency: a training offer in the board's own words, and how each stands."""
    courses = material.analysis.board.courses
    headings = (
        "Course title",
        "Objectives",
        "Target group",
        material.level_word.capitalize(),
        "Frequency",
        "Standing",
        "Why",
    )
    return table("The offer of the plan", headings, [
        (Cell(_printed(courses, line, "title") or line.says, line.id), _objectives(material, line), _group(courses, line),
         _printed(courses, line, "level") or _levels(material, line), line.printed or line.says, standing(material, line.id),
         _why(material, line.id)) for line in lines], sheet="Plan")  # fmt: skip


def _with_updates(material: Material, lines: list[PlanLine]) -> Table:
    """Group, competencies, activity, lead and the dated update: a plan by workforce group, and how each line stands."""
    courses = material.analysis.board.courses
    dated = {line.updated for line in lines if line.update}
    (when,) = dated if len(dated) == 1 else (None,)
    headings = (
        "Activity",
        f"Target {material.level_word}",
        "Expected competencies",
        "Lead",
        f"Update, {day(when)}" if when else "Update",
        "Standing",
        "Why",
    )
    seen: set[str] = set()
    return table("The plan and its updates", headings, [
        (Cell(_printed(courses, line, "title") or line.says, line.id), _levels(material, line), _expected(material, line, seen),
         line.lead or "not stated", _update(line, when), standing(material, line.id), _why(material, line.id))
        for line in lines], sheet="Plan")  # fmt: skip


def _printed(courses: Mapping[str, Course], line: PlanLine, name: str) -> str:
    """What the board's document prints of a course, in its own words."""
    course = courses.get(line.course)
    return course.printed.get(name, course.title if name == "title" else "") if course else ""


def _group(courses: Mapping[str, Course], line: PlanLine) -> str:
    course = courses.get(line.course)
    return _printed(courses, line, "target_group") or (course.target_group if course else "") or "not stated"


def _objectives(material: Material, line: PlanLine) -> str:
    course = material.analysis.board.courses.get(line.course)
    given = dict.fromkeys(one for grant in (course.gives if course else ()) for one in grant.competencies)
    return "; ".join(material.named.competencies.get(one, one).rstrip(".;") for one in given) or "not stated"


def _of(material: Material, line: PlanLine) -> list[str]:
    """The levels and cohorts that a line's course is for."""
    course = material.analysis.board.courses.get(line.course)
    links = (*course.open_to, *course.required_of) if course else ()
    return list(
        dict.fromkeys(
            one for link in links for one in (*link.levels, *(f"cohort:{name}" for name in link.cohorts))
        )
    )


def _levels(material: Material, line: PlanLine) -> str:
    """Their names; where there is none, the place in the document that the line is from."""
    found = [material.named.levels.get(one, one) for one in _of(material, line)]
    return ", ".join(found) or line.origin.source.at or "not stated"


def _expected(material: Material, line: PlanLine, seen: set[str]) -> str:
    """What the line's levels require of their own, and which they include; in full where it first stands."""
    board, named = material.analysis.board.pack.framework, material.named
    levels = [level for level in board.levels if level.id in _of(material, line)]
    own = list(
        dict.fromkeys(one for level in levels for grant in level.requires for one in grant.competencies)
    )
    above = list(dict.fromkeys(one for level in levels for link in level.includes for one in link.levels))
    full = [one if one in seen else f"{one} {named.competencies.get(one, one).rstrip('.')}" for one in own]
    seen.update(own)
    begins = f"as {listed([named.levels[one] for one in above])}, and: " if above else ""
    return f"{begins}{'; '.join(full)}" if own else "none of its own"


def _update(line: PlanLine, when: date | None) -> str:
    """The update as printed, with its date where the heading does not say it; else the dates that are planned."""
    if not line.update:
        return line.period or ", ".join(day(one) for one in line.dates) or "none"
    return line.update + (f" ({day(line.updated)})" if line.updated and not when else "")
