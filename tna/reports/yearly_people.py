"""Who is in date, of registers and headcount returns together: the board as a range, and agency by level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tna.model import AnnualReview
from tna.reports.sections import Cell, Section, Table, columns, number, share, table
from tna.wording import MARKS, counted

EVERY = "*"
BASES = {
    "register": "evidenced by a register",
    "statement": "reported, not evidenced",
    "estimate": "estimated by the agency, not evidenced",
    "headcount-only": "only the number of people is stated",
    "contradictory": "the return contradicts itself",
    "no-return": "no return",
    "not-stated": "not stated",
}


def sections(review: AnnualReview) -> Iterator[Section]:
    """Coverage of the board by level, of agencies, and what is stated of courses; nothing when nothing was given."""
    found, courses = _rows(review), _courses(review)
    whole = [row for row in found if row["agency"] == EVERY]
    tables = [
        *((_board(review, whole), *_agencies(review, found)) if found else ()),
        *((courses,) if courses.rows else ()),
    ]
    if tables:
        yield Section("people", "Who is in date", tuple(_says(review, found)), tuple(tables))


def _courses(review: AnnualReview) -> Table:
    """What agencies state of single courses."""
    rows = review.connection.execute(
        "select agency, course, held, required, basis from stated_courses"
    ).fetchall()
    titles = {name: one.title for name, one in review.board.courses.items()}
    return table("People trained on a course, of people required, as agencies state it", ("Agency", "Course", "#Trained", "Basis"), [
        (agency, Cell(titles.get(course, course), course), share(held, required, held is None and required is None), BASES[basis])
        for agency, course, held, required, basis in rows], "returns-by-course.csv")  # fmt: skip


def _rows(review: AnnualReview) -> list[dict[str, Any]]:
    answer = review.connection.execute("from combined")
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _says(review: AnnualReview, rows: list[dict[str, Any]]) -> Iterator[str]:
    agencies = [row for row in rows if row["agency"] != EVERY and row["level"] == EVERY]
    stated = [
        row
        for row in agencies
        if row["basis"] in ("statement", "estimate", "headcount-only", "contradictory")
    ]
    silent = [row for row in agencies if row["basis"] == "no-return"]
    yield (
        "People of whom something is required who have all of it, in date. Registers count people; headcount returns are "
        "what agencies say of themselves: reported, not evidenced. From and to say what the numbers allow."
    )
    yield (
        f"{counted(len(agencies) - len(stated) - len(silent), 'agency', 'agencies')} sent a register, "
        f"{len(stated)} a headcount return only, {len(silent)} nothing. Who sent nothing is "
        f"{'left out' if review.board.policies['returns.silent'].value == 'leave-out' else 'counted in the range'}; both figures are shown where the number of people is known."
    )
    differing = [row for row in rows if row["differs"]]
    if differing:
        yield f"In {counted(len(differing), 'place')} a return says otherwise than the agency's register; the register counts, and both are in returns.csv."


def _board(review: AnnualReview, whole: list[dict[str, Any]]) -> Table:
    labels = _labels(review)
    headings = ("Level", "#In date, of people required", "#From", "#To", "#Evidenced by registers", "Counted")
    return table(
        "The whole board",
        headings,
        [
            (
                labels.get(row["level"], "All"), share(row["held"], row["required"], _hidden(row)) if row["held"] is not None or _hidden(row) else Cell("not known", f"of {number(row['required'])}"),
                number(row["low"], True), number(row["high"], True), number(row["evidenced"], True),
                "with those of whom only the number of people is known" if row["basis"] == "no-return" else "without them",
            )
            for row in sorted(whole, key=lambda row: list(labels).index(row["level"]) if row["level"] in labels else -1)
        ],
        "returns.csv",
    )  # fmt: skip


def _hidden(row: dict[str, Any]) -> bool:
    return row["low"] is None and row["held"] is None and row["required"] is None


def _agencies(review: AnnualReview, rows: list[dict[str, Any]]) -> Iterator[Table]:
    labels = _labels(review)
    levels = [level for level in labels if any(row["level"] == level for row in rows)]
    found = {(row["agency"], row["level"]): row for row in rows if row["agency"] != EVERY}
    agencies = sorted({agency for agency, _ in found})
    if not agencies:
        return
    lines = [
        (Cell(agency, BASES[found[agency, EVERY]["basis"]] if (agency, EVERY) in found else ""),
         *(_cell(found.get((agency, level))) for level in (EVERY, *levels)))
        for agency in agencies
    ]  # fmt: skip
    headings = columns("Agency", "#All", *(f"#{labels[level]}" for level in levels))
    yield Table("People in date, of people required, by agency", headings, tuple(lines), "returns.csv")


def _cell(row: dict[str, Any] | None) -> Cell:
    if row is None:
        return Cell("", "", MARKS["nobody"])
    if _hidden(row):
        return Cell("hidden")
    if row["basis"] == "no-return":
        return Cell(
            "",
            "" if row["required"] is None else f"of {number(row['required'])} last year",
            MARKS["no-return"],
        )
    if row["held"] is None:
        return Cell("not known", f"of {number(row['required'])}")
    return (
        share(row["held"], row["required"])
        if row["required"] is not None
        else Cell(number(row["held"]), "of how many is not stated")
    )


def _labels(review: AnnualReview) -> dict[str, str]:
    framework = review.board.pack.framework
    return {one.id: one.label for one in framework.levels} | {
        f"cohort:{one.id}": one.label for one in framework.cohorts
    }
