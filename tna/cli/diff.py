"""Says what changed from one edition of a pack to another, and, given registers, whom it touches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from tna.model import Board

FILES = click.Path(path_type=Path)


@click.command("diff")
@click.argument("before", metavar="PACK_A")
@click.argument("after", metavar="PACK_B")
@click.option(
    "--people", multiple=True, type=FILES, help="A register of people, to say whom the change touches."
)
@click.option("--records", multiple=True, type=FILES, help="A register of training.")
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The day of both analyses, YYYY-MM-DD; today when left out."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="As sentences, or as JSON for programs.",
)
def command(
    before: str, after: str, people: tuple[Path, ...], records: tuple[Path, ...], as_of: str | None, form: str
) -> None:
    """Say what changed from PACK_A to PACK_B: ids of boards, or folders of packs.

    \b
    Example:  tna diff county-2025 county-2026 --people people.xlsx --records training.csv
    """
    from dataclasses import asdict

    from tna import boards, plugins
    from tna.cli.analyse import day_of
    from tna.diffing import differences

    shelves = plugins.find().all("tna_shelves")
    old, new = (boards.load(name, places=shelves) for name in (before, after))
    found = differences(old, new)
    touched = list(_touched(old, new, people, records, day_of(as_of))) if people else []
    if form == "json":
        click.echo(
            json.dumps(
                {"differences": [asdict(one) for one in found], "touched": touched},
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    for one in found:
        click.echo(f"{one.about}: {one.subject} {one.sentence} ({one.source})")
    click.echo(f"{len(found)} differences." if len(found) != 1 else "1 difference.")
    for line in touched:
        click.echo(line)


def _touched(
    old: Board, new: Board, people: Sequence[Path], records: Sequence[Path], day: date
) -> Iterator[str]:
    """How many people have another level, or gaps that open or close, on the same registers."""
    from tna import duck
    from tna.analysis import analyse
    from tna.duck import literal
    from tna.wording import people_words

    with TemporaryDirectory(prefix="tna-") as scratch:
        paths = [Path(scratch) / name for name in ("a.duckdb", "b.duckdb")]
        for board, path in zip((old, new), paths, strict=True):
            analyse(board, people, records, as_of=day, database=path).connection.close()
        connection = duck.connect()
        for name, path in zip("ab", paths, strict=True):
            connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
        for question, words in TOUCHED.items():
            [(count,)] = connection.execute(question).fetchall()
            yield f"{people_words(count)} {words}"
        connection.close()


GAPS = "select distinct person_id, competency from {}.gaps"
TOUCHED = {
    """select count(distinct person_id) from a.placements join b.placements using (person_id, agency, role)
       where a.placements.level <> b.placements.level""": "would be at another level.",
    f"select count(distinct person_id) from ({GAPS.format('b')} except {GAPS.format('a')})": "would have a gap that they do not have now.",
    f"select count(distinct person_id) from ({GAPS.format('a')} except {GAPS.format('b')})": "would no longer have a gap that they have now.",
}
