"""Checks packs, and prints what is wrong with them line by line."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def command(paths: tuple[str, ...]) -> None:
    """Check packs: PATH is the folder of a pack, or a board's id.

    Exit code 0: nothing wrong (notes may be printed); 1: problems; 2: a pack could not be read at all.

    \b
    Example:  tna check frameworks/knowsley
    """
    from tna import plugins
    from tna.checking import check

    shelves = plugins.find().all("tna_shelves")
    worst = 0
    for path in paths:
        problems = check(Path(path), shelves)
        for problem in problems:
            click.echo(str(problem), err=True)
        unread = any(
            one.code.startswith(("yaml.", "paths.")) or one.code == "framework.no-file" for one in problems
        )
        wrong = [one for one in problems if one.severity != "note"]
        worst = max(worst, 2 if unread else int(bool(wrong)))
        notes = len(problems) - len(wrong)
        click.echo(
            f"{path}: {f'{len(wrong)} to put right' if wrong else 'nothing to put right'}, {notes} to note"
        )
    sys.exit(worst)
