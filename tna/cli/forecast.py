"""Says what ends in the months to come unless it is renewed, and how many places renewing takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tna.problems import Place, refuse
from tna.wording import MONTHS, counted, day, listed, people_words

if TYPE_CHECKING:
    from tna.forecasting import Forecast

FOLDER = click.Path(path_type=Path)
MOST_MONTHS, MOST_REFRESH = 120, 1200
ASSUMED = re.compile(r"refresh=([0-9]{1,4})")
Row = Mapping[str, Any]


@click.command("forecast")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--months", type=int, default=12, show_default=True, help="How many months ahead, 1 to 120.")
@click.option("--assume", "assume", metavar="refresh=MONTHS", help="Suppose that no training holds longer.")
@click.option(
    "--yield",
    "percent",
    type=int,
    metavar="PERCENT",
    help="The share of places taken by somebody who comes; the board's policy attendance.yield when left out.",
)
@click.option("--out", type=FOLDER, help="A folder to write lapses.csv, places.csv and forecast.json to.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier forecast in that folder.")
@click.option("--internal", is_flag=True, help="Show small numbers, and say so.")
def command(
    folder: Path,
    months: int,
    assume: str | None,
    percent: int | None,
    out: Path | None,
    overwrite: bool,
    internal: bool,
) -> None:
    """Say whose training ends in the months to come, and how many places it takes to renew it.

    DIR is a folder that 'tna analyse' wrote. Where the board states no refresh interval nothing ends, and nothing is
    computed unless one is assumed. Exit code 0: done, also when nothing can be computed; 2: could not.

    \b
    Example:  tna forecast tna-knowsley-2016-01-31 --months 12 --assume refresh=36
    """
    from tna.cli.compared import write, writing
    from tna.forecasting import COLUMNS, forecast

    assumed = check(months, assume, percent)
    with writing(out, (folder,), overwrite=overwrite) as aside:
        found = forecast(folder, months, assumed=assumed, percent=percent, internal=internal)
        if aside:
            tables = {name: (name, columns) for name, columns in COLUMNS.items()}
            write(found.connection, tables, "forecast", found.about, aside)
    for line in lines(found):
        click.echo(line)


def check(months: int, assume: str | None, percent: int | None) -> int | None:
    """The interval assumed, in months. Raises `Unusable` for numbers that cannot be used."""
    if not 1 <= months <= MOST_MONTHS:
        refuse("forecast.months", Place("--months"), found=months, most=MOST_MONTHS)
    if percent is not None and not 1 <= percent <= 100:
        refuse("forecast.yield", Place("--yield"), found=percent)
    if assume is None:
        return None
    found = ASSUMED.fullmatch(assume)
    if not found or not 1 <= int(found[1]) <= MOST_REFRESH:
        refuse("forecast.assume", Place("--assume"), found=assume, most=MOST_REFRESH)
    return int(found[1])


def lines(found: Forecast) -> Iterator[str]:
    """A forecast as lines of plain text; where an interval is assumed, every line of numbers says so."""
    about = found.about
    yield about["shown"]
    yield f"{about['board']} as of {day(date.fromisoformat(about['as_of']))}, {counted(about['months'], 'month')} ahead"
    if not found.computed:
        yield f"\n{about['says']} Nothing ends that is held now. Add --assume refresh=36 to see what would."
        return
    if about["without_interval"]:
        yield f"No interval stated for {listed(about['without_interval'])}: what is held there does not end."
    mark = f" (assumed: {about['assumed']})" if about["assumed"] else ""
    for line in (*_lapses(about), *_places(about)):
        yield f"{line}{mark}" if line.startswith("  ") else line


def _lapses(about: Mapping[str, Any]) -> Iterator[str]:
    yield "\nPeople of whom something required ends unless renewed, and people's competencies that end"
    rows = [row for row in about["lapses"] if row["agency"] == "*"]
    yield from (f"  {_when(row)}: {_ending(row, about)}" for row in rows if row["level"] == "*")
    by_level = [row for row in rows if row["month"] == "*" and row["level"] != "*"]
    if by_level:
        yield "\nBy level, in all these months"
    yield from (
        f"  {about['levels'].get(row['level'], row['level'])}: {_ending(row, about)}" for row in by_level
    )


def _ending(row: Row, about: Mapping[str, Any]) -> str:
    if row["hidden"]:
        return _hidden(about)
    if not row["people"]:
        return "nobody"
    return (
        f"{people_words(row['people'])}, {counted(row['person_competencies'], 'competency', 'competencies')}"
    )


def _hidden(about: Mapping[str, Any]) -> str:
    from tna.suppression import words_for_hidden

    return f"not shown ({words_for_hidden(about['threshold'])})"


def _when(row: Row) -> str:
    """The month in words."""
    if row["month"] == "already":
        return "Already ended, if so assumed"
    if row["month"] == "*":
        return "All these months"
    return month_words(row["month"])


def month_words(month: str) -> str:
    """ "January 2016"."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {int(year)}"


def _places(about: Mapping[str, Any]) -> Iterator[str]:
    """People and places by course, for each month and in all."""
    yield f"\nPlaces that renewing takes (yield: {about['yield']['comes_from']})"
    if not about["places"]:
        yield "  none"
    for row in about["places"]:
        yield f"  {_when(row)}: {row['title']}{f' [{course}]' if (course := row['course']) else ''}: {_needed(row, about)}"
    if about["places"]:
        yield f"\n{about['choice']}"


def _needed(row: Row, about: Mapping[str, Any]) -> str:
    if row["hidden"]:
        return _hidden(about)
    places = f", {counted(row['places'], 'place')}" if row["places"] is not None else ""
    return f"{people_words(row['people'])}{places}"
