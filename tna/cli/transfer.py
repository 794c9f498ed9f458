"""Says what of somebody's training at one board is recognised at another, and what remains."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from tna.model import Board
    from tna.transfer import Outcome, Transfer


@click.command("transfer")
@click.argument("who", metavar="PERSON|ROLE")
@click.option(
    "--from",
    "here",
    required=True,
    metavar="A",
    help="The board they come from, or the folder of an analysis.",
)
@click.option("--to", "there", required=True, metavar="B", help="The board they go to.")
@click.option(
    "--policy",
    "settings",
    multiple=True,
    metavar="ID=VALUE",
    help="Set a policy, such as crosswalk.close=on.",
)
@click.option("--as-of", "as_of", metavar="DATE", help="The day, YYYY-MM-DD; the analysis's own, or today.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True,
              help="As lines to read, or as JSON for programs.")  # fmt: skip
def command(who: str, here: str, there: str, settings: tuple[str, ...], as_of: str | None, form: str) -> None:
    """Say what board B recognises of the training that board A gave, on which statement, and what remains.

    A job title (with --from a board) stands for anybody who has all that board A offers such people; a person's
    id (with --from the folder of an analysis) for what that person holds.

    \b
    Example:  tna transfer "School nurse" --from knowsley --to rotherham
              tna transfer P0007 --from demo/knowsley --to rotherham
    """
    from tna.cli.analyse import policies_of

    found = _transfers(who, here, there, policies_of(settings, None), as_of)
    if form == "json":
        click.echo(json.dumps([_as_data(one) for one in found], indent=2, ensure_ascii=False))
        return
    click.echo("\n\n".join("\n".join(lines(one)) for one in found))


def _transfers(
    who: str, here: str, there: str, settings: dict[str, str], as_of: str | None
) -> tuple[Transfer, ...]:
    from tna import crosswalks, transfer
    from tna.cli.analyse import day_of

    folder = Path(here)
    if not _is_analysis(folder):
        come, go = _boards(here, there, settings)
        walks = crosswalks.between(come.id, go.id, _places(here, there))
        return (transfer.of_role(who, come, go, walks, day_of(as_of) if as_of else None),)
    board, day = _analysed(folder)
    come, go = _boards(board, there, settings)
    walks = crosswalks.between(come.id, go.id, _places(there))
    return transfer.of_person(who, folder, come, go, walks, day_of(as_of) if as_of else day)


def _is_analysis(folder: Path) -> bool:
    try:
        return (folder / "analysis.duckdb").is_file()
    except OSError:  # a name too long for the machine
        return False


def _places(*boards: str) -> list[Path]:
    """The shelves of plugins, and those on which packs stand that are given by their folders."""
    from tna import plugins, shelves

    return [*plugins.find().all("tna_shelves"), *shelves.around(*boards)]


def _boards(here: str, there: str, settings: dict[str, str]) -> tuple[Board, Board]:
    """The board they come from as it is, and the one they go to with the crosswalk's policies and a planner's."""
    from tna import boards
    from tna.problems import Problems

    problems = Problems()
    come = boards.load(here, places=_places(here, there))
    go = boards.load(there, settings, problems, places=_places(), recognise=(here,))
    for one in problems:
        click.echo(str(one), err=True)
    return come, go


def _analysed(folder: Path) -> tuple[str, date]:
    from datetime import date

    from tna.problems import Place, refuse

    try:
        about = json.loads((folder / "analysis.json").read_text("utf-8"))
        return about["board"]["id"], date.fromisoformat(about["as_of"])
    except (OSError, ValueError, LookupError, TypeError):
        refuse("paths.no-analysis", Place(str(folder)))


def lines(found: Transfer) -> Iterator[str]:
    """A transfer as lines of plain text."""
    yield f"{found.who}"
    yield f"  comes from {found.here or 'a level to be asked'}: {found.here_because}"
    yield f"  goes to {found.there or 'a level to be asked'}: {found.there_because}"
    yield from (f"    perhaps {level}" for level in found.perhaps)
    recognised = [one for one in found.outcomes if one.recognised]
    if found.there and not found.outcomes:
        yield "  nothing that is stated is required there"
    elif found.there:
        yield f"  {len(recognised)} of {len(found.outcomes)} required competencies recognised"
    for one in found.outcomes:
        yield from _outcome(one)


def _outcome(one: Outcome) -> Iterator[str]:
    until = f" until {one.until.isoformat()}" if one.until else ""
    yield f"\n  {'RECOGNISED' + until if one.recognised else 'REMAINS'}  {one.need.competency}  {one.label}"
    yield from (f"    {why}" for why in one.because)
    yield from (f"    to close it: {course}" for course in one.courses)


def _as_data(found: Transfer) -> dict[str, object]:
    return {
        "who": found.who,
        "from": {"level": found.here, "because": found.here_because},
        "to": {"level": found.there, "because": found.there_because, "perhaps": list(found.perhaps)},
        "competencies": [
            {
                "competency": one.need.competency,
                "label": one.label,
                "recognised": one.recognised,
                "until": one.until.isoformat() if one.until else None,
                "because": list(one.because),
                "courses": list(one.courses),
            }
            for one in found.outcomes
        ],
    }
