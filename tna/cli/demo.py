"""Shows what an analysis looks like, on sample registers for every board."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

BOARDS = {  # each board as of a day in the year its document speaks of, and that year
    "knowsley": (date(2016, 1, 31), "2015-16"),
    "rotherham": (date(2014, 9, 30), "2014-15"),
    "north-yorkshire": (date(2016, 9, 30), "2016"),
}


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("tna-demo"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--overwrite", is_flag=True, help="Replace an earlier demo in that folder.")
def command(out: Path, overwrite: bool) -> None:
    """Write sample registers for three boards, analyse them, review a year, and say what was found and where to look.

    \b
    Example:  tna demo --out demo
    """
    import tna
    from tna import samples
    from tna.cli.returning import cycle
    from tna.cli.running import run, summary
    from tna.reports.folders import check

    for name in BOARDS:
        check(out / name / "analysis", overwrite=overwrite)
        check(out / name / "review", overwrite=overwrite)
    click.echo("Sample data: made up, nobody in it is real.\n")
    for name, (as_of, year) in BOARDS.items():
        registers = out / name / "registers"
        if overwrite:
            shutil.rmtree(registers, ignore_errors=True)
        found = samples.write(tna.load(name), registers, as_of)
        folder = out / name / "analysis"
        about = run(
            name, [found.people], [found.records], [found.agencies], as_of, folder, overwrite, {}, quiet=True
        )
        for line in summary(about, folder):
            click.echo(line)
        for line in (*_review(name, year, as_of, out / name, overwrite), *_papers(out / name)):
            click.echo(line)
        click.echo("")
    as_of, _ = BOARDS["knowsley"]
    for line in cycle(tna.load("knowsley"), out / "knowsley" / "returns", as_of):
        click.echo(line)
    click.echo(f"\nLook closer:  tna explain {out / 'knowsley' / 'analysis'} SAMPLE-0001")


def _review(name: str, year: str, as_of: date, folder: Path, overwrite: bool) -> Iterator[str]:
    """A review of the year on sample sessions, forms and returns, in a few lines."""
    import tna
    from tna import samples
    from tna.cli.reviewing import Asked, run, summary
    from tna.review.years import year_of

    board = tna.load(name)
    first = year_of(year, as_of, board.policies).first
    files = samples.write_year(board, folder / "registers", first, as_of)
    asked = Asked(name, year, as_of, {kind: [path] for kind, path in files.items()}, folder / "analysis")
    about = run(asked, folder / "review", overwrite, quiet=True)
    yield from summary(about, folder / "review")


def _papers(folder: Path) -> Iterator[str]:
    """The papers that would be tabled, and the team's own workbook."""
    from tna.reports.writing import Wanted, write_papers

    wanted = (("board", ("html", "docx")), ("sub-group", ("docx",)), ("internal", ("xlsx",)))
    written = [
        path.name
        for audience, formats in wanted
        for path in write_papers(
            Wanted(folder / "analysis", formats, audience, review=folder / "review", overwrite=True),
            folder / "papers",
        )
    ]
    yield f"  Papers: {folder / 'papers'} ({', '.join(written)})"
