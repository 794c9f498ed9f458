"""Says what changed from one edition of a pack to another, and, given registers, whom it touches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tna.cli.files import FILE, Filed, files

if TYPE_CHECKING:
    from datetime import date

    from tna.model import Board


@click.command("diff", cls=Filed)
@click.argument("before", metavar="PACK_A")
@click.argument("after", metavar="PACK_B")
@files("--people", "Registers of people, to say whom the change touches.")
@files("--records", "Registers of training.")
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
@click.option(
    "--out", type=FILE, metavar="FILE.csv", help="Write whom it touches, a line a person and change."
)
def command(
    before: str,
    after: str,
    people: tuple[Path, ...],
    records: tuple[Path, ...],
    as_of: str | None,
    form: str,
    out: Path | None,
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
    if out and not people:
        raise click.UsageError("--out says whom a change touches: give the registers too, with --people.")
    touched = list(_touched(old, new, people, records, day_of(as_of), out)) if people else []
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
    old: Board, new: Board, people: Sequence[Path], records: Sequence[Path], day: date, out: Path | None
) -> Iterator[str]:
    """How many people have another level, or gaps that open or close, on the same registers, and where."""
    from tna import duck
    from tna.analysis import analyse
    from tna.duck import literal
    from tna.reports.as_csv import write_table
    from tna.wording import people_words

    with TemporaryDirectory(prefix="tna-") as scratch:
        paths = [Path(scratch) / name for name in ("a.duckdb", "b.duckdb")]
        for board, path in zip((old, new), paths, strict=True):
            analyse(board, people, records, as_of=day, database=path).connection.close()
        connection = duck.connect()
        for name, path in zip("ab", paths, strict=True):
            connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
        connection.execute(TOUCHED)
        if out:
            write_table(connection, "touched", ("person_id", "agency", "change", "before", "after"), out)
        for change, words in CHANGES.items():
            [(count,)] = connection.execute(
                "select count(distinct person_id) from touched where change = $1", [change]
            ).fetchall()
            yield f"{people_words(count)} {words}"
            for what, some, agencies in connection.execute(WHERE, [change]).fetchall():
                yield f"  {what}: {people_words(some)} ({', '.join(agencies[:AGENCIES])}{_more(agencies)})"
        connection.close()


def _more(agencies: Sequence[str]) -> str:
    from tna.wording import counted

    return (
        f" and {counted(len(agencies) - AGENCIES, 'more agency', 'more agencies')}"
        if len(agencies) > AGENCIES
        else ""
    )


AGENCIES = 5  # named in a line; the rest are counted
GAPS = "select distinct person_id, agency, competency from {}.gaps"
TOUCHED = f"""
    create temp table touched as
    select distinct person_id, agency, 'level' as change, a.placements.level as before, b.placements.level as after
    from a.placements join b.placements using (person_id, agency, role) where a.placements.level <> b.placements.level
    union all
    select person_id, agency, 'gap opens', '', competency from ({GAPS.format("b")} except {GAPS.format("a")})
    union all
    select person_id, agency, 'gap closes', competency, '' from ({GAPS.format("a")} except {GAPS.format("b")})
    order by all"""
CHANGES = {
    "level": "would be at another level.",
    "gap opens": "would have a gap that they do not have now.",
    "gap closes": "would no longer have a gap that they have now.",
}
WHERE = """
    select what, sum(people)::BIGINT, list(agency || ' ' || people order by agency)
    from (select case when change = 'level' then coalesce(nullif(before, ''), 'to be asked') || ' -> ' || coalesce(nullif(after, ''), 'to be asked')
                      else before || after end as what, agency, count(distinct person_id) as people
          from touched where change = $1 group by all)
    group by what order by what"""
