"""Papers made of an analysis for those who will read them: the board, its sub-group, one agency, or the team itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from tna import wording
from tna.reports.papers import (
    agencies,
    changed,
    courses,
    decided,
    figures,
    gaps,
    looking,
    methods,
    people,
    planned,
    subgroup,
)
from tna.reports.papers.material import Material
from tna.reports.sections import Paper, Section
from tna.suppression import words_for_hidden

Audience = Literal["board", "sub-group", "agency", "internal"]
KINDS: Mapping[str, str] = {
    "board": "Training needs: paper to the board",
    "sub-group": "Training needs: page for the sub-group",
    "agency": "Training needs of one agency",
    "internal": "Training needs: the team's own paper",
}


def paper(material: Material) -> Paper:
    """The paper for an audience: everything it says, in every format alike."""
    framework = material.analysis.board.pack.framework
    return Paper(
        kind=KINDS[material.audience],
        board=framework.board if not material.agency else f"{material.agency} ({framework.board})",
        title=framework.title,
        edition=framework.edition,
        as_of=wording.day(material.analysis.as_of),
        banner=_banner(material),
        finding=FINDINGS.get(material.audience, people.finding)(material),
        sections=tuple(_filled(section) for part in PARTS[material.audience] for section in part(material)),
        note=f"Run {material.analysis.about['run']}. Numbers only; nobody is named."
        if not material.internal
        else f"Run {material.analysis.about['run']}.",
    )


def _filled(section: Section) -> Section:
    """A section whose tables all hold something; of one that does not, it is said."""
    none = tuple(f"{one.caption}: none." for one in section.tables if not one.rows)
    tables = tuple(one for one in section.tables if one.rows)
    return replace(section, says=(*section.says, *none), tables=tables)


def _banner(material: Material) -> tuple[str, str]:
    if material.internal:
        return (
            "Internal: small numbers shown.",
            "Do not publish or pass on: a small number can point to a person.",
        )
    return (
        "Small numbers are hidden.",
        f"Where a number says hidden, it is {words_for_hidden(material.threshold)}.",
    )


Part = Callable[[Material], Iterator[Section]]
FINDINGS: Mapping[str, Callable[[Material], str]] = {
    "agency": agencies.finding,
    "sub-group": subgroup.finding,
}
PARTS: Mapping[str, tuple[Part, ...]] = {
    "board": (decided.purpose, people.sections, figures.against, planned.sections, gaps.sections, changed.sections, figures.lapsing, looking.sections,
              decided.sections, figures.mapped, agencies.each, methods.sections),
    "internal": (people.sections, figures.against, planned.sections, gaps.sections, courses.by_agency, gaps.by_person, changed.sections, figures.lapsing,
                 looking.sections, decided.sections, figures.mapped, agencies.each, methods.sections),
    "sub-group": (subgroup.sections,),
    "agency": (agencies.sections,),
}  # fmt: skip
