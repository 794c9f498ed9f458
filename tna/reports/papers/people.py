"""Who is in date: the finding in a sentence, and agency by level as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from tna import policies
from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Column, Section, Table
from tna.suppression import EVERY
from tna.wording import counted, listed, mark, people_share

MOST = 8  # agencies in a paper; more are in the team's workbook


def finding(material: Material) -> str:
    """The finding of the analysis; where its numbers may not be shown, without them."""
    numbers = [
        material.shares.get((EVERY, level))
        for level in (EVERY, *material.named.levels)
        if (EVERY, level) in material.shares
    ]
    if material.internal or all(one is not None for one in numbers):
        return str(material.analysis.about["headline"])
    whole = material.shares.get((EVERY, EVERY))
    if whole is None:
        return "The numbers are too small to be shown."
    needs = "needs" if whole.rest == 1 else "need"
    return f"Over all, {people_share(whole.rest, whole.whole)} of whom training is required still {needs} it."


def levels(material: Material) -> list[str]:
    """All levels together, then those that have anybody, in the board's order."""
    present = {level for _, level in material.shares}
    return [level for level in (EVERY, *material.named.levels) if level in present]


def agencies(material: Material) -> list[str]:
    """Agencies with most people still to train first; those hidden, then those without a return, last."""

    def place(agency: str) -> tuple[bool, bool, int, str]:
        share = material.shares.get((agency, EVERY))
        silent = material.ratings.get((agency, EVERY)) == "no-return"
        return silent, share is None, -share.rest if share else 0, agency

    return sorted({agency for agency, _ in material.ratings if agency != EVERY}, key=place)


def heading(material: Material, level: str) -> str:
    """A level as the board calls it."""
    return f"All {material.level_word}s" if level == EVERY else material.named.levels[level]


def cell(material: Material, agency: str, level: str) -> Cell:
    """People in date of people required, with the rating where there is a target; or the state that says why there is none."""
    rating = material.ratings.get((agency, level), _silence(material, agency))
    if (agency, level) not in material.shares:
        return Cell("", "", mark(rating, 0))
    share = material.shares[agency, level]
    if share is None:
        return Cell("hidden")
    return Cell(share.words, share.percent, None if rating == "not-stated" else mark(rating, share.whole))


def _silence(material: Material, agency: str) -> str:
    """Why an agency has no numbers at all; "" when it has some."""
    at = (agency, EVERY)
    return material.ratings.get(at, "") if at not in material.shares else ""


def sections(material: Material) -> Iterator[Section]:
    """The heatmap as a table; of very many agencies the first, and all of them to the team and in the workbook."""
    named = agencies(material)
    shown = named if material.internal else named[:MOST]
    says = [
        "Each cell: people who hold everything required of them there, in date, of the people of whom something is required; then "
        "whole per cent, rounded down, and the rating. A person of two agencies counts in both and once over all.",
        *_silent(material, named),
        *_aim(material),
    ]
    if len(shown) < len(named):
        says.append(
            f"{len(shown)} of {len(named)} agencies are shown: of those whose numbers may be, the ones with most people still to train. The others are in the papers of each agency."
        )
    yield Section(
        "people",
        f"Who is in date: agency by {material.level_word}",
        tuple(says),
        (heatmap(material, [EVERY, *shown]),),
    )


def _aim(material: Material) -> Iterator[str]:
    """What is rated against."""
    target, floor = (
        policies.number(material.analysis.board.policies, f"coverage.{one}") for one in ("target", "floor")
    )
    if target is None:
        yield "No target is declared, so nothing is rated."
    else:
        yield f"Target {target}%{f', floor {floor}%' if floor is not None else '; no floor is stated, so nothing is amber'}."


def _silent(material: Material, named: Sequence[str]) -> Iterator[str]:
    silent = [agency for agency in named if material.ratings.get((agency, EVERY)) == "no-return"]
    if silent:
        yield f"{counted(len(silent), 'agency', 'agencies')} sent nothing: {listed(silent, 6)}. That is not known, and not nought."


def anchor(agency: str) -> str:
    """The id of an agency's own section: the same for the same name, and of letters that any page takes."""
    return f"agency-{sha256(agency.encode()).hexdigest()[:10]}"


def heatmap(material: Material, named: Sequence[str]) -> Table:
    """Agencies (`*` for all) by level."""
    at = levels(material)
    return Table(
        caption=f"People in date, of people required, by agency and {material.level_word}",
        columns=(Column("Agency"), *(Column(heading(material, level), True) for level in at)),
        rows=tuple(
            (
                Cell("All agencies") if agency == EVERY else Cell(agency, link=anchor(agency)),
                *(cell(material, agency, level) for level in at),
            )
            for agency in named
        ),
        file="coverage.csv" if material.internal else "",
        sheet="By agency",
    )
