"""Runs a review into a folder, whole or not at all, and says in a few lines what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from tna.wording import PLAN_MARKS, counted, listed


@dataclass(frozen=True, slots=True)
class Asked:
    """What a review is asked for: the board, the year, the day, the files by kind and how it is shown."""

    board: str
    year: str
    as_of: date
    files: Mapping[str, Sequence[Path]]
    analysis: Path | None = None
    last: Path | None = None
    internal: bool = False
    seed: str = "tna"
    settings: Mapping[str, str] = field(default_factory=dict)
    without: Sequence[str] = ()
    mapping: Path | None = None


def run(asked: Asked, folder: Path, overwrite: bool, *, quiet: bool = False) -> Mapping[str, Any]:
    """A review written to a folder; returns what review.json says. Problems with rows go to stderr unless quiet."""
    from tna import boards, plugins
    from tna.problems import Problems
    from tna.reports import as_review
    from tna.reports.folders import replacing
    from tna.review import Sent, review

    members = plugins.find(asked.without)
    problems = Problems()
    with replacing(folder, overwrite=overwrite) as aside:
        board = boards.load(asked.board, asked.settings, problems, members.all("tna_shelves"))
        sent = Sent(asked.files, asked.analysis, asked.last, asked.mapping)
        found = review(
            board,
            asked.year,
            sent,
            as_of=asked.as_of,
            internal=asked.internal,
            seed=asked.seed,
            plugins=members,
            folder=aside,
        )
        as_review.write(found, aside)
        found.connection.close()
    for line in () if quiet else (*map(str, problems), *found.about["problems"]):
        click.echo(line, err=True)
    return found.about


def summary(about: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """How the plan stands, what stands behind it, and where to look."""
    plan, ledger, flags = about["plan"], about["ledger"], about["flags"]
    yield f"{about['board']['name']}, {about['year']['label']} as of {about['as_of']} ({about['shown'][:1].lower()}{about['shown'][1:]})"
    standing = [f"{plan[state]:,} {mark.word.lower()}" for state, mark in PLAN_MARKS.items() if state in plan]
    yield f"  Plan: {counted(sum(plan.values()), 'line')}; {listed(standing)} (plan.csv)."
    rows = listed([f"{ledger[one]:,} {one}" for one in sorted(ledger)])
    yield f"  Rows: {rows or 'none were sent'} (ledger.csv)."
    yield (
        "  Flags: "
        + ", ".join(f"{flags.get(one, 0)} to {one}" for one in ("act", "check", "note"))
        + " (flags.csv)."
    )
    yield f"  Report: {folder / 'report.html'}"
