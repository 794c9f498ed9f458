"""Two or more frameworks for one workforce, side by side: each person's level and gaps under each, and nothing merged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import duck, holdings
from tna.duck import literal, quoted
from tna.problems import Place, refuse

if TYPE_CHECKING:
    import duckdb

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Analysed:
    """One analysis of the workforce: its folder, its board and the name its columns carry."""

    folder: Path
    board: str
    name: str
    as_of: str
    inputs: tuple[Any, ...]


def lay(folders: Sequence[Path]) -> tuple[duckdb.DuckDBPyConnection, tuple[Analysed, ...]]:
    """The tables `beside` (a row a job) and `beside_agencies` (a row an agency, `*` for all) from analyses in folders.

    `beside` has person_id, agency, role and for each board its level and its number of gaps. `beside_agencies` has
    people, and how many of them have a gap under each board, under all of them and under none. Levels are never
    compared: one board's Level 3 is not another's. Raises `Unusable` for fewer than two analyses, two of one board,
    or two days.
    """
    found = tuple(_about(folder) for folder in folders)
    _check(found)
    connection = duck.connect()
    for number, one in enumerate(found):
        connection.execute(f"attach {literal(str(one.folder / 'analysis.duckdb'))} as a{number} (read_only)")
        holdings.check(connection, f"a{number}", one.folder)
    connection.execute(_jobs(found))
    connection.execute(_agencies(found))
    return connection, found


def _about(folder: Path) -> Analysed:
    path = folder / "analysis.json"
    if not path.is_file() or not (folder / "analysis.duckdb").is_file():
        refuse("paths.no-analysis", Place(str(folder)))
    try:
        about: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        people = tuple(sorted(one["sha256"] for one in about["inputs"] if one["kind"] == "people"))
        board = about["board"]
        return Analysed(folder, board["name"], board["id"].replace("-", "_"), about["as_of"], people)
    except (ValueError, LookupError, TypeError):
        refuse("paths.no-analysis", Place(str(folder)))


def _check(found: Sequence[Analysed]) -> None:
    if len({one.name for one in found}) < max(2, len(found)):
        refuse("beside.one-board", Place())
    for one in found[1:]:
        if one.as_of != found[0].as_of or one.inputs != found[0].inputs:
            refuse("beside.other-question", Place(str(one.folder)), first=found[0].folder)


def columns(found: Sequence[Analysed]) -> tuple[str, ...]:
    """The columns of beside.csv, in order."""
    return (
        "person_id",
        "agency",
        "role",
        *(f"{part}_{one.name}" for one in found for part in ("level", "gaps")),
    )


def _jobs(found: Sequence[Analysed]) -> str:
    counted = ", ".join(
        f"p{n}.level as {quoted(f'level_{one.name}')}, coalesce(g{n}.gaps, 0) as {quoted(f'gaps_{one.name}')}"
        for n, one in enumerate(found)
    )
    jobs = "".join(
        f" join a{n}.placements p{n} using (person_id, agency, role)" for n in range(1, len(found))
    )
    gaps = "".join(
        f" left join (select person_id, agency, count(distinct competency) as gaps from a{n}.gaps group by all) g{n}"
        f" on g{n}.person_id = p0.person_id and g{n}.agency = p0.agency"
        for n in range(len(found))
    )
    return (
        f"create temp table beside as select p0.person_id, p0.agency, p0.role, {counted}"
        f" from a0.placements p0{jobs}{gaps} order by all"
    )


def _agencies(found: Sequence[Analysed]) -> str:
    each = [quoted(f"gaps_{one.name}") for one in found]
    under = ", ".join(f"count(*) filter ({one} > 0) as {one}" for one in each)
    most = ", ".join(f"max({one}) as {one}" for one in each)
    every, none = (
        f" {word} ".join(f"{one} {sign} 0" for one in each) for word, sign in (("and", ">"), ("and", "="))
    )
    return f"""
        create temp table beside_agencies as
        with each as (select person_id, coalesce(agency, '{EVERY}') as agency, {most} from beside
                      group by grouping sets ((person_id, agency), (person_id)))
        select agency, count(*) as people, {under}, count(*) filter ({every}) as in_all, count(*) filter ({none}) as in_none
        from each group by agency order by agency
    """
