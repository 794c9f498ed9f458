"""Reviews a year: the plan line by line, headcount returns beside registers, delivery, evaluation and follow-up."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tna.cli.analyse import SEVERITIES, day_of, exit_code, policies_of
from tna.cli.files import FILE, Filed, files

KINDS = {
    "returns": "Headcounts by agency and level, role or course.",
    "sessions": "Sessions: course, date, places, booked, attended.",
    "bookings": "Bookings by session and agency, or one a row.",
    "evaluations": "Forms filled in before and after: form, course, date, question, pre, post.",
    "followups": "Who was met again: person, course, date, with the line manager or not.",
    "observations": "What observers of courses saw: course, date, item, seen.",
    "outcomes": "Counts by period: period, measure, count.",
    "updates": "Dated words on lines of the plan: line, date, update, status.",
}


def _registers(function: Any) -> Any:
    """An option for each kind of register, in their order."""
    for kind, says in reversed(KINDS.items()):
        function = files(f"--{kind}", says)(function)
    return function


@click.command("review", cls=Filed)
@click.argument("board")
@click.option("--year", required=True, metavar="YEAR", help="The year under review, as 2015-16 or 2016.")
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The day of the review, YYYY-MM-DD; today when left out."
)
@click.option(
    "--analysis",
    type=FILE,
    metavar="DIR",
    help="The folder of this year's analysis, for what registers show.",
)
@_registers
@click.option(
    "--last", type=FILE, metavar="DIR", help="The folder of last year's analysis: whose people are known."
)
@click.option("--out", type=FILE, required=True, help="The folder to write to.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier review in that folder.")
@click.option("--internal", is_flag=True, help="Show small numbers, and say so on every page.")
@click.option(
    "--policy", "settings", multiple=True, metavar="ID=VALUE", help="Set a policy; may be repeated."
)
@click.option(
    "--mapping", type=FILE, metavar="FILE", help="How exports of another system are read (mapping.yaml)."
)
@click.option("--seed", default="tna", show_default=True, help="What the follow-up sample is drawn by.")
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave a plugin out; may be repeated.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 when a flag is at least this pressing."
)
def command(
    board: str,
    year: str,
    as_of: str | None,
    analysis: Path | None,
    last: Path | None,
    out: Path,
    overwrite: bool,
    internal: bool,
    settings: tuple[str, ...],
    mapping: Path | None,
    seed: str,
    without: tuple[str, ...],
    fail_on: str | None,
    **sent: tuple[Path, ...],
) -> None:
    """Say how the year's plan stands, on what was sent, and what to send to know the rest.

    BOARD is a board's id or the folder of its pack. Exit code 0: done; 1: done, and --fail-on was reached or a
    row was refused; 2: could not.

    \b
    Example:  tna review knowsley --year 2015-16 --as-of 2016-01-31 --sessions sessions.csv --returns returns.xlsx --out review
    """
    from tna.cli.reviewing import Asked, run, summary

    asked = Asked(
        board,
        year,
        day_of(as_of),
        sent,
        analysis,
        last,
        internal,
        seed,
        policies_of(settings, None),
        without,
        mapping,
    )
    about: Mapping[str, Any] = run(asked, out, overwrite)
    for line in summary(about, out):
        click.echo(line)
    sys.exit(exit_code(about["flags"], about["ledger"], fail_on))
