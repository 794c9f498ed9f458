"""Finds the level of job titles, and says what it went by."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

Row = dict[str, Any]  # by column: texts, and a list of suggestions
COLUMNS = ("title", "level", "how", "matched", "because", "suggestions")


@click.command("place")
@click.argument("board")
@click.argument("titles", nargs=-1, metavar="TITLE...")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    help="A CSV file of titles (a column title, role or job title).",
)
@click.option(
    "--format", "form", type=click.Choice(("text", "csv", "json")), default="text", help="How to print."
)
def command(board: str, titles: tuple[str, ...], file: Path | None, form: str) -> None:
    """Say at which level a board places each job TITLE, how that was found, and why.

    A title that nothing places is asked about, with what it may have meant. Exit code 0, also when asking; 1
    when a row of the file could not be read.

    \b
    Example:  tna place knowsley "School Nurse" "Social media officer"
    """
    import tna
    from tna import placement
    from tna.problems import Problems
    from tna.sources import read_titles

    reader = placement.reader(tna.load(board))
    if not titles and not file:
        raise click.UsageError("Give at least one TITLE, or a file of titles with --from.")
    problems = Problems()
    every = (*titles, *(read_titles(file, problems) if file else ()))
    rows = [_row(title, reader) for title in every]
    click.echo(_printed(rows, form), nl=False)
    for one in problems:
        click.echo(str(one), err=True)
    sys.exit(int(bool(problems)))


def _row(title: str, reader: object) -> Row:
    from tna import membership, placement

    assert isinstance(reader, placement.Reader)
    facts = placement.facts(reader, {"role": title})
    found = placement.place(reader, facts)
    because = "; ".join(filter(None, (found.because, membership.told(reader, facts))))
    values = (title, found.level, found.how, found.matched, because, list(found.suggestions))
    return dict(zip(COLUMNS, values, strict=True))


def _printed(rows: Iterable[Row], form: str) -> str:
    if form == "json":
        return json.dumps(list(rows), indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _guarded(value) for key, value in row.items()} for row in rows)
        return out.getvalue()
    return "".join(_lines(row) for row in rows)


def _guarded(value: str | list[str]) -> str:
    """A value as text that no spreadsheet will take for a formula; a list is joined."""
    text = value if isinstance(value, str) else "|".join(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _lines(row: Row) -> str:
    said = [f"{row['title']}: {row['level'] or 'ask'} ({row['how']})", f"  {row['because']}"]
    said += [f"  perhaps {hint}" for hint in row["suggestions"]]
    return "\n".join(said) + "\n"
