"""Checks the workbooks and lists that agencies send back, before anything is worked out from them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tna.forms.asked import Asked
    from tna.forms.questions import Question
    from tna.forms.reading import Reading

KINDS = ("people", "headcounts", "sessions")
DECISIONS, ASKED_NOW = "decisions.yaml", "decisions-asked-now.yaml"
FILES = click.Path(path_type=Path)


@click.group("returns")
def command() -> None:
    """Check what agencies send back, and mark what is to be put right in copies of their own workbooks.

    \b
    Example:  tna returns check returns/*.xlsx --out checked
    """


@command.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILES)
@click.option("--board", default="", help="The board, when the files are not forms that say so.")
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the files hold, when their headings do not tell."
)
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The day nothing can be later than; today when left out."
)
@click.option(
    "--decisions", multiple=True, type=FILES, help="Levels the board decided for titles; may be repeated."
)
@click.option("--out", type=FILES, help="A folder for the list, the marked copies and decisions.yaml.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier check in that folder.")
def check(
    files: tuple[Path, ...],
    board: str,
    kind: str | None,
    as_of: str | None,
    decisions: tuple[Path, ...],
    out: Path | None,
    overwrite: bool,
) -> None:
    """Say what is to be put right in each FILE, cell by cell, and mark it in a copy of the agency's own workbook.

    Files are read exactly as analyse and review read them. Exit code 0: nothing must be put right; 1: something
    must; 2: a file could not be read.

    \b
    Example:  tna returns check returns/*.xlsx --out checked
    """
    from tna import plugins
    from tna.cli.analyse import day_of
    from tna.cli.progress import progress
    from tna.forms import asked
    from tna.forms.reading import read
    from tna.forms.writing import lines
    from tna.reports.folders import check as check_folder

    if out:
        check_folder(out, overwrite=overwrite)
    given, day, members = list(dict.fromkeys(files)), day_of(as_of), plugins.find()
    with progress() as told:
        reading = read(given, board, kind or "", day, members, decisions, told)
    titles = asked.find(reading)
    found = asked.everything(titles, reading)
    for line in (*lines(found), *summary(found, titles, reading)):
        click.echo(line)
    for problem in reading.problems:
        if problem.severity == "note":
            click.echo(str(problem), err=True)
    if out:
        for line in write(found, titles, reading, out, overwrite):
            click.echo(line)
    sys.exit(2 if reading.problems.errors else int(any(one.must for one in found)))


def summary(found: Sequence[Question], titles: Sequence[Asked], reading: Reading) -> Iterator[str]:
    """How many rows were read and what became of them, and how much there is to do."""
    from tna.forms.reading import outcomes
    from tna.wording import counted, listed

    rows = outcomes(reading, reading.accounts)
    told = listed([f"{number:,} {outcome}" for outcome, number in sorted(rows.items())])
    must = sum(one.must for one in found)
    yield f"\n{counted(sum(rows.values()), 'row')} read: {told or 'nothing was filled in'}."
    yield f"{must} to put right, {len(found) - must} to look at."
    if names := [f"'{one.title}'" for one in titles if one.title and not one.level]:
        word = reading.board.pack.framework.level_word
        yield f"Which {word}? {listed(names, 10)}."


def write(
    found: Sequence[Question], titles: Sequence[Asked], reading: Reading, out: Path, overwrite: bool
) -> Iterator[str]:
    """The folder, whole or not at all; says what lies in it and what could not be kept."""
    from tna.forms.writing import lines, skeleton, write_table
    from tna.reports.folders import replacing

    filled_in = out / DECISIONS
    kept = filled_in.read_bytes() if filled_in.is_file() else b""
    with replacing(out, overwrite=overwrite) as aside:
        write_table(found, aside / "questions.csv")
        text = "\n".join((*lines(found), *summary(found, titles, reading))).strip()
        (aside / "questions.txt").write_text(f"{text}\n", "utf-8")
        if any(one.title and not one.level for one in titles):
            decisions = skeleton(titles, reading.board, reading.as_of)
            (aside / (ASKED_NOW if kept else DECISIONS)).write_text(decisions, "utf-8")
        if kept:  # what a planner decided is never written over
            (aside / DECISIONS).write_bytes(kept)
        said = list(copies(found, reading, aside))
    yield f"Written: {out / 'questions.csv'}"
    if kept:
        yield f"Kept as it was: {filled_in}; what is asked now is in {ASKED_NOW}"
    yield from said


def copies(found: Sequence[Question], reading: Reading, folder: Path) -> Iterator[str]:
    """A marked copy of each file that something is asked about; says what could not be kept."""
    from tna.forms.marking import mark

    taken: set[str] = set()
    for path, (name, kind) in printed_names(reading).items():
        asked = [one for one in found if one.file == name and one.cells]
        if asked:
            copy = folder / fresh(path, taken)
            if said := mark(path, kind, asked, copy):
                yield f"{name}: {said}."


def printed_names(reading: Reading) -> Mapping[Path, tuple[str, str]]:
    """Each file with its printed name and the first register it was read as."""
    from tna.sources import printed

    found: dict[Path, tuple[str, str]] = {}
    for kinds in reading.groups:
        names = printed([path for kind in kinds for path in reading.files.get(kind, ())])
        for kind in kinds:
            for path in reading.files.get(kind, ()):
                found.setdefault(path, (names[path], kind))
    return found


def fresh(path: Path, taken: set[str]) -> str:
    """The name of a marked copy, which no other has."""
    suffix = ".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx"
    name, number = f"marked-{path.stem}{suffix}", 2
    while name in taken:
        name, number = f"marked-{path.stem}-{number}{suffix}", number + 1
    taken.add(name)
    return name
