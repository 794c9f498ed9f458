"""Explains one person's answer in words, down to the sentence and the row that caused it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tna.explain import Explanation, Reason
    from tna.verdicts import Considered


@click.command("explain")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("person")
@click.argument("competency", required=False, default="")
def command(folder: Path, person: str, competency: str) -> None:
    """Explain what PERSON needs and why, from the folder of an analysis alone.

    For each competency: why it is required, which records were considered, which counted and which not and
    why, until when, and the nearest way to close a gap.

    \b
    Example:  tna explain tna-knowsley-2016-01-31 K0042 k4-4-o3
    """
    from tna.explain import explain

    for line in lines(explain(folder, person, competency)):
        click.echo(line)


def lines(found: Explanation) -> Iterator[str]:
    """An explanation as lines of plain text."""
    yield f"{found.person}: {found.board}, as of {found.as_of.isoformat()}"
    for job in found.jobs:
        yield f"\n{job.role or '(no job title)'}, {job.agency}: {job.level or 'level to be asked'} ({job.how})"
        yield f"  because {job.because}"
        yield from (f"  perhaps {hint}" for hint in job.suggestions)
        yield from (f"  in cohort {cohort}" for cohort in job.cohorts)
    if not found.reasons:
        yield f"\n{_nothing(found)}"
    for reason in found.reasons:
        yield from _reason(reason)
    if found.unused:
        yield "\nRecords that close nothing required:"
        yield from (f"  {_record(one)}" for one in found.unused)


def _nothing(found: Explanation) -> str:
    """Why no competency is listed: not known yet, not this one, or nothing that the document states."""
    if found.competency:
        said = f"{found.competency} is not required of this person"
    else:
        said = "Nothing that the board's document states is required of this person"
    asked = [job for job in found.jobs if not job.level and not job.cohorts]
    if asked:
        return f"{said}, as far as is known: the level of {len(asked)} of {len(found.jobs)} jobs is still to be asked."
    return f"{said}."


def _reason(reason: Reason) -> Iterator[str]:
    yield f"\n{reason.competency}  {reason.label}"
    yield f"  {_status(reason)} ({reason.level}, {reason.agency})"
    yield f"  required: {reason.path}"
    yield f"    {reason.because}"
    yield from (f"  adds up to {one}" for one in reason.adding)
    yield from (f"  deadline {one}" for one in (reason.deadline,) if one)
    if not reason.records:
        yield "  no record of a course that gives this"
    yield from (f"  {_record(one)}" for one in reason.records)
    yield from (f"  to close it: {advice}" for advice in reason.advice)


def _status(reason: Reason) -> str:
    if reason.status == "held":
        for_good = any(one.counts and one.verdict.startswith("counts, for good") for one in reason.records)
        unending = "HELD for good" if for_good else "HELD, no interval stated"
        return f"HELD until {reason.until.isoformat()}" if reason.until else unending
    since = f" since {reason.since.isoformat()}" if reason.since else ""
    return f"GAP: {reason.status}{since}"


def _record(one: Considered) -> str:
    day = one.completed.isoformat() if one.completed else "no date"
    return f"{'+' if one.counts else '-'} {one.course}, {day} ({one.written_at}): {one.verdict}"
