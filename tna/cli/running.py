"""Runs an analysis into a folder, whole or not at all, and says in a few lines what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from tna.wording import counted, people_words, share


def run(
    board: str,
    people: Sequence[Path],
    records: Sequence[Path],
    agencies: Sequence[Path],
    as_of: date,
    folder: Path,
    overwrite: bool,
    settings: Mapping[str, str],
    without: Sequence[str] = (),
    needs: Sequence[Path] = (),
    decided: Sequence[Path] = (),
    recognise: Sequence[str] = (),
    *,
    quiet: bool = False,
    mapping: Path | None = None,
) -> Mapping[str, Any]:
    """An analysis written to a folder; returns what analysis.json says. Problems with rows go to stderr unless quiet."""
    from tna import boards, plugins, reports
    from tna.analysis import analyse
    from tna.cli.progress import progress
    from tna.problems import Problems
    from tna.reports.folders import replacing

    members = plugins.find(without)
    problems = Problems()
    with replacing(folder, overwrite=overwrite) as aside, progress() as told:
        whole = boards.load(board, settings, problems, members.all("tna_shelves"), needs, decided, recognise)
        analysis = analyse(
            whole,
            people,
            records,
            as_of=as_of,
            agencies=agencies,
            plugins=members,
            database=aside / "analysis.duckdb",
            told=told,
            mapping=mapping,
        )
        brought = [(name, form) for name, forms in members.ask("tna_reports") for form in forms]
        reports.write_all(analysis, aside, brought)
        analysis.connection.close()
    for line in () if quiet else (*map(str, problems), *analysis.about["problems"]):
        click.echo(line, err=True)
    return analysis.about


def summary(about: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """The finding, what stands behind it, and where to look."""
    counts, flags = about["counts"], about["flags"]
    board, ledger = about["board"], counts["ledger"]
    yield f"{board['name']} as of {about['as_of']}"
    yield f"  {about['headline']}"
    yield (
        f"  {people_words(counts['people'])} in {counted(counts['agencies'], 'agency', 'agencies')}, "
        f"{counted(counts['records'], 'training record')}; "
        f"{share(counts['jobs_asked'], counts['jobs'])} jobs to ask about."
    )
    left = ", ".join(
        f"{ledger.get(outcome, 0):,} {outcome}" for outcome in ("changed", "not-evidence", "refused")
    )
    yield f"  Rows: {ledger.get('accepted', 0):,} accepted, {left} (ledger.csv)."
    yield (
        "  Flags: "
        + ", ".join(f"{flags.get(one, 0)} to {one}" for one in ("act", "check", "note"))
        + " (flags.csv)."
    )
    yield f"  Report: {folder / 'report.html'}"
