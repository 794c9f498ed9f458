"""Sections with a drawing, each with a table that says the same: against the target, lapses by month, the map."""

from __future__ import annotations

from collections.abc import Iterator

from tna import policies
from tna.reports.papers import drawn, people
from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Section, number, table
from tna.suppression import EVERY
from tna.wording import MONTHS, listed, mark

HTML = ("html",)
MOST = 30  # bars that are still a picture


def against(material: Material) -> Iterator[Section]:
    """Levels and agencies against the target, where there is one."""
    target, floor = (
        policies.number(material.analysis.board.policies, f"coverage.{one}") for one in ("target", "floor")
    )
    if target is None:
        return
    at = [(EVERY, level, people.heading(material, level)) for level in people.levels(material)]
    at += [(agency, EVERY, agency) for agency in people.agencies(material)]
    parts = [
        (label, share.part, share.whole, material.ratings[agency, level])
        for agency, level, label in at
        if (share := material.shares.get((agency, level))) is not None
    ][:MOST]
    rows = [
        (label, f"{part:,} of {whole:,}", f"{part * 100 // whole}%", Cell("", "", mark(rating, whole)))
        for label, part, whole, rating in parts
    ]
    made = table(
        "People in date, against the target",
        (f"{material.level_word.capitalize()} or agency", "#In date", "#Per cent", "Rating"),
        rows,
    )
    yield Section(
        "bars", "Against the target", (), (made,), figure=drawn.bars(parts, target, floor), only=HTML
    )


def lapsing(material: Material) -> Iterator[Section]:
    """People of whom something lapses, by month; that nothing does, where no interval is stated."""
    title = "What will lapse, month by month"
    if not material.lapses:
        yield Section("lapses", title, ("No interval is stated, so nothing lapses.",), only=HTML)
        return
    named = [(f"{MONTHS[int(month[5:]) - 1][:3]} {month[:4]}", count) for month, count in material.lapses]
    made = table(
        "People of whom something required lapses",
        ("Month", "#People"),
        [(month, number(count, True)) for month, count in named],
    )
    yield Section("lapses", title, ("Unless it is renewed. A person of whom something lapses in two months counts in both.",), (made,),
                  figure=drawn.months(named), only=HTML)  # fmt: skip


def mapped(material: Material) -> Iterator[Section]:
    """Levels with what they include, and the courses for them."""
    board = material.analysis.board
    levels, courses, edges = drawn.leads(board)
    named, titles = dict(levels), dict(courses)
    rows = [
        (Cell(label, level), listed([named[one] for name, one in drawn.includes(board) if name == level]) or "none",
         listed([titles[course] for course, scope in edges if scope == level]) or "none")
        for level, label in levels
    ]  # fmt: skip
    says = (
        f"Each {material.level_word} with those it includes, as the board writes them, and the courses open to it or required of it.",
    )
    headings = (material.level_word.capitalize(), "Includes", "Courses")
    yield Section(
        "map",
        "What leads to what",
        says,
        (table("What leads to what", headings, rows),),
        figure=drawn.layered(board),
        only=HTML,
    )
