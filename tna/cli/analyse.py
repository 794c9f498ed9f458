"""Runs an analysis and writes everything it found into a folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from tna.cli.files import FILE, Filed, files
from tna.problems import Place, refuse

SEVERITIES = ("note", "check", "act")


@click.command("analyse", cls=Filed)
@click.argument("board")
@files("--people", "Registers of people (csv, xlsx, parquet).", required=True)
@files("--records", "Registers of training.")
@files("--agencies", "The agencies expected to send a register.")
@click.option(
    "--as-of",
    "as_of",
    metavar="DATE",
    help="The date the question is asked about, YYYY-MM-DD; today when left out.",
)
@click.option("--out", type=FILE, help="The folder to write to; tna-BOARD-DATE when left out.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier run in that folder.")
@click.option(
    "--policy",
    "settings",
    multiple=True,
    metavar="ID=VALUE",
    help="Set a policy for this run; may be repeated.",
)
@click.option(
    "--horizon", type=click.IntRange(0, 3650), metavar="DAYS", help="How many days ahead is due soon."
)
@files("--needs", "Needs added by hand (needs.yaml), beside the pack's.")
@files("--decisions", "Levels the board decided for titles (decisions.yaml), beside the pack's.")
@click.option(
    "--recognise",
    multiple=True,
    metavar="BOARD",
    help="Count another board's training, as far as a crosswalk says; may be repeated.",
)
@click.option(
    "--mapping", type=FILE, metavar="FILE", help="How exports of another system are read (mapping.yaml)."
)
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave a plugin out; may be repeated.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 when a flag is at least this pressing."
)
def command(
    board: str,
    people: tuple[Path, ...],
    records: tuple[Path, ...],
    agencies: tuple[Path, ...],
    as_of: str | None,
    out: Path | None,
    overwrite: bool,
    settings: tuple[str, ...],
    horizon: int | None,
    needs: tuple[Path, ...],
    decisions: tuple[Path, ...],
    recognise: tuple[str, ...],
    mapping: Path | None,
    without: tuple[str, ...],
    fail_on: str | None,
) -> None:
    """Say who needs what, why, and which courses close it.

    BOARD is a board's id ('tna boards' lists them) or the folder of its pack. Exit code 0: done; 1: done, and
    --fail-on was reached or a row was refused; 2: could not.

    \b
    Example:  tna analyse knowsley --people people.csv --records training.xlsx --as-of 2016-01-31
              tna analyse knowsley --people returns/*.csv --records training/*.csv
    """
    from tna.cli.running import run, summary

    day = day_of(as_of)
    folder = out or Path(f"tna-{Path(board).resolve().name}-{day.isoformat()}")
    chosen = policies_of(settings, horizon)
    about = run(
        board,
        people,
        records,
        agencies,
        day,
        folder,
        overwrite,
        chosen,
        without,
        needs,
        decisions,
        recognise,
        mapping=mapping,
    )
    for line in summary(about, folder):
        click.echo(line)
    sys.exit(exit_code(about["flags"], about["counts"]["ledger"], fail_on))


def day_of(text: str | None) -> date:
    """The as-of date as typed, or today. Raises `Unusable` for what is no date."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse("options.date", Place("--as-of"), found=text)


def policies_of(settings: Sequence[str], horizon: int | None) -> dict[str, str]:
    """Policies by id from `ID=VALUE` texts and the horizon. Raises `Unusable` for one without `=`."""
    chosen: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            refuse("options.policy", Place("--policy"), found=setting)
        chosen[name.strip()] = value.strip()
    return chosen if horizon is None else {**chosen, "due-soon.days": str(horizon)}


def exit_code(flags: dict[str, int], ledger: dict[str, int], fail_on: str | None) -> int:
    """0, or 1 when a row was refused or a flag is at least as pressing as asked."""
    pressing = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on else ()
    return int(bool(ledger.get("refused")) or any(flags.get(severity) for severity in pressing))
