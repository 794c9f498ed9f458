"""Progress against the plan in the board's own layout: a training offer, or a plan with a dated update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tna.model import Course, PlanLine
from tna.reports.papers.material import Material
from tna.reports.papers.telling import few
from tna.reports.sections import Cell, Section, Table, table
from tna.reports.shares import Share
from tna.suppression import EVERY
from tna.wording import PLAN_MARKS, day

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
    """Title and objectives, target group, level, frequency: the columns of a training offer, and how each stands."""
    courses = material.analysis.board.courses
    headings = ("Title", "Target group", material.level_word.capitalize(), "Frequency", "Standing", "Why")
    return table("The offer of the plan", headings, [
        (Cell(_title(courses, line), line.id), _group(courses, line), _level(courses, line), line.printed or line.says,
         standing(material, line.id), _why(material, line.id)) for line in lines])  # fmt: skip


def _with_updates(material: Material, lines: list[PlanLine]) -> Table:
    """Group, activity, lead, date and the dated update: the columns of a plan by workforce group, and how each stands."""
    courses = material.analysis.board.courses
    headings = (
        f"{material.level_word.capitalize()} and activity",
        "Lead",
        "Date",
        "Update as printed",
        "Standing",
        "Why",
    )
    return table("The plan and its updates", headings, [
        (Cell(_title(courses, line), _level(courses, line)), line.lead or "not stated", line.period or _dates(line),
         f"{line.update}{f' ({day(line.updated)})' if line.updated else ''}" or "none", standing(material, line.id), _why(material, line.id))
        for line in lines])  # fmt: skip


def _title(courses: Mapping[str, Course], line: PlanLine) -> str:
    return courses[line.course].title if line.course in courses else line.says


def _group(courses: Mapping[str, Course], line: PlanLine) -> str:
    return (courses[line.course].target_group if line.course in courses else "") or "not stated"


def _level(courses: Mapping[str, Course], line: PlanLine) -> str:
    course = courses.get(line.course)
    if not course:
        return ""
    named = dict.fromkeys(
        one for link in (*course.open_to, *course.required_of) for one in (*link.levels, *link.cohorts)
    )
    return course.printed.get("level", "") or ", ".join(named) or "not stated"


def _dates(line: PlanLine) -> str:
    return ", ".join(day(one) for one in line.dates) or "not stated"
