"""Checks packs, and prints what is wrong with them line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tna.problems import Problems


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="As lines to read, or as JSON for programs.",
)
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The day to look for passed reviews on; today when left out."
)
def command(paths: tuple[str, ...], form: str, as_of: str | None) -> None:
    """Check packs: PATH is the folder of a pack, or a board's id.

    A crosswalk is checked by its file, or with all in its folder; and with each pack that it stands beside.

    Exit code 0: nothing wrong (notes may be printed); 1: problems; 2: a pack could not be read at all.

    \b
    Example:  tna check frameworks/knowsley
    """
    from tna import plugins
    from tna.checking import check
    from tna.cli.analyse import day_of

    shelves = plugins.find().all("tna_shelves")
    worst, found, day = 0, {}, day_of(as_of)
    for path in paths:
        problems = found[path] = check(Path(path), shelves, day)
        for problem in problems if form == "text" else ():
            click.echo(str(problem), err=True)
        unread = any(
            one.code.startswith(("yaml.", "paths.")) or one.code == "framework.no-file" for one in problems
        )
        wrong = [one for one in problems if one.severity != "note"]
        worst = max(worst, 2 if unread else int(bool(wrong)))
        notes = len(problems) - len(wrong)
        if form == "text":
            right = f"{len(wrong)} to put right" if wrong else "nothing to put right"
            click.echo(f"{path}: {right}, {notes} to note")
    if form == "json":
        click.echo(_as_json(found))
    sys.exit(worst)


def _as_json(found: Mapping[str, Problems]) -> str:
    """Each problem of each pack, in order: code, severity, place, sentence and what to do."""
    return json.dumps(
        [
            {
                "pack": path,
                "code": one.code,
                "severity": one.severity,
                "file": one.place.file,
                "line": one.place.line,
                "column": one.place.column,
                "sentence": one.sentence,
                "remedy": one.remedy,
            }
            for path, problems in found.items()
            for one in problems
        ],
        indent=2,
        ensure_ascii=False,
    )
