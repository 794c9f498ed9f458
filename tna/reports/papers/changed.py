"""What changed since last time: gaps closed and opened, each with its one reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tna.comparing import compare
from tna.comparing.moved import CLOSED, OPENED
from tna.reports.papers.material import Changed, Material
from tna.reports.sections import Section, number, table


def changes(last: Path, folder: Path, internal: bool) -> tuple[Changed, ...]:
    """Every reason for which gaps were closed or opened between two analyses, over all agencies."""
    found = compare(last, folder, internal=internal)
    rows = [row for row in found.rows("moved") if row["agency"] == "*"]
    found.connection.close()
    return tuple(Changed(row["change"], row["reason"], row["people"], row["gaps"]) for row in rows)


def sections(material: Material) -> Iterator[Section]:
    """Nothing when no earlier analysis was given."""
    if material.changed is None:
        return
    says = (
        "A gap is a person and a competency. Each that was closed or opened has one reason; a person may stand under several.",
    )
    rows = [
        (_words(one), one.change, number(one.people, True), number(one.gaps, True))
        for one in material.changed
    ]
    made = (
        (
            table(
                "Gaps closed and opened, by reason",
                ("Why", "Gaps were", "#People", "#Gaps"),
                rows,
                sheet="Changes",
            ),
        )
        if rows
        else ()
    )
    yield Section(
        "changed",
        "What changed since last time",
        says if rows else ("No gap was closed or opened. People without one may have joined or left.",),
        made,
    )


def _words(one: Changed) -> str:
    return (CLOSED if one.change == "closed" else OPENED)[one.reason]
