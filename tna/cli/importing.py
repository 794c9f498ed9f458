"""Brings a framework out of another system's file into a pack, and says what became of every row."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tna.wording import counted

if TYPE_CHECKING:
    from tna.exchange import Imported
    from tna.exchange.statements import Kind

FILES = click.Path(path_type=Path)
KINDS = {
    "moodle": "Moodle's competency framework CSV",
    "case": "a CASE package, 1.0 or 1.1, as JSON",
    "opensalt": "OpenSALT's workbook",
    "compeito": "COMPEITO's CSV",
    "levels": "a board's own table of level descriptors",
    "offer": "a board's own table of courses: title, objectives, target group, level, frequency",
    "plan": "a board's own plan: target groups, competencies, activity, lead, dated update",
}


def kinds_told() -> str:
    """The kinds of file as --help lists them."""
    return "\n".join(f"    {kind:<9} {says}" for kind, says in KINDS.items())


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("file", type=FILES)
@click.option(
    "-o",
    "--out",
    "pack",
    type=FILES,
    required=True,
    metavar="PACK",
    help="The folder of the pack: a new one, or one to bring up to date.",
)
@click.option("--board", metavar="TITLE", default="", help="The board's full name, for a new pack.")
@click.option(
    "--levels",
    metavar="WHICH",
    default="",
    help="Which rows are levels, where the file does not say: a depth (1 is the top) or the file's word for them.",
)
@click.option(
    "--document",
    metavar="ID",
    default="",
    help="What the pack calls this file, when it has several of a kind; KIND when left out.",
)
@click.option("--apply", is_flag=True, help="Write the changes to a pack that is there.")
@click.option(
    "--prefer",
    type=click.Choice(("pack", "file")),
    default="pack",
    show_default=True,
    help="Whose words stand where both the pack and the file were changed.",
)
def command(
    kind: str, file: Path, pack: Path, board: str, levels: str, document: str, apply: bool, prefer: str
) -> None:
    """Bring a framework from another system's FILE into a pack.

    \b
    KIND is one of
    {kinds}

    The last three are read from CSV, workbooks and Word tables, their columns headed loosely. Into a pack that is there nothing is written before --apply: first it says what would change. What a person
    wrote in the pack stays. Exit code 0: done; 1: done, and a row was refused; 2: could not.

    \b
    Example:  tna import moodle framework.csv -o made-up-county
              tna import moodle framework.csv -o made-up-county --apply
    """
    from tna.exchange import Asked, import_file
    from tna.problems import Problems

    problems = Problems()
    done = import_file(Asked(kind, file, pack, board, levels, document, apply, prefer), problems)
    for problem in problems:
        click.echo(str(problem), err=True)
    for line in summary(done, pack, apply):
        click.echo(line)
    sys.exit(int(bool(done.ledger.counts()["refused"])))


command.help = (command.help or "").replace("{kinds}", kinds_told().strip())


def summary(done: Imported, pack: Path, apply: bool) -> Iterator[str]:
    """What became of the rows, what changes, and what to do next."""
    rows = ", ".join(f"{count:,} {outcome}" for outcome, count in done.ledger.counts().items())
    found = Counter(item.kind for item in done.package.items)
    items = [counted(found[kind], *words) for kind, words in NAMES.items() if found[kind]]
    yield f"{done.ledger.file}: {', '.join(items) or 'nothing'}."
    yield f"  Rows: {sum(done.ledger.counts().values()):,}; {rows}."
    yield from (f"  {change}" for change in done.changes)
    if done.new:
        yield f"  A new pack: {pack}. What the file does not say is under 'questions' in framework.yaml."
        yield f"Next:  tna check {pack}"
    elif apply:
        yield f"  Written: {', '.join(done.written)}."
        yield f"Next:  tna check {pack}"
    else:
        made = sum(one.what in ("add", "change", "tie", "untie") for one in done.changes)
        left = len(done.changes) - made
        yield f"  {counted(made, 'change')} to make, {left} left alone. Nothing was written; add --apply to write."


NAMES: dict[Kind, tuple[str, str]] = {
    "level": ("level", "levels"),
    "competency": ("competency", "competencies"),
    "course": ("course", "courses"),
    "cohort": ("cohort", "cohorts"),
    "line": ("line of the plan", "lines of the plan"),
    "heading": ("heading", "headings"),
}
