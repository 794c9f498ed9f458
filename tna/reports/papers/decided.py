"""The purpose of a paper and what it asks for, which the planner fills in; and what the board's document leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Section, table
from tna.wording import counted

QUESTIONS = "select question, asks, treatment from questions order by rowid"


def purpose(_: Material) -> Iterator[Section]:
    """Why the paper is tabled, and recommendations to be written."""
    yield Section(
        "purpose",
        "Purpose and recommendations",
        (
            "To show the board who is trained as its framework asks, what stands in the way, and what is wanted of it.",
        ),
        fill_in=(
            "[Recommendation 1: to be written by the planner]",
            "[Recommendation 2: to be written by the planner]",
        ),
    )


def sections(material: Material) -> Iterator[Section]:
    """Questions that the documents leave open: to the team with how they are treated, to others how many there are."""
    found = material.rows(QUESTIONS)
    if not found:
        return
    title = "What the board's document leaves open"
    if not material.internal:
        says = f"{counted(len(found), 'question')} of the framework are open, and each is treated as its pack says: tna show lists them."
        yield Section("open", title, (says,))
        return
    rows = [(Cell(asks, name), treatment) for name, asks, treatment in found]
    yield Section(
        "open",
        title,
        (),
        (
            table(
                "Open questions, and how they are treated meanwhile",
                ("Question", "Treated as"),
                rows,
                sheet="Open questions",
            ),
        ),
    )
