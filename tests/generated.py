"""Made-up boards and registers of any size, the same for the same seed: for the oracle tests and the benchmarks."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

AS_OF = date(2024, 3, 31)
SOURCE = {"document": "made-up", "at": "generated"}


def write_pack(
    folder: Path,
    *,
    seed: int = 1,
    levels: int = 7,
    competencies: int = 60,
    courses: int = 32,
    intervals: tuple[int | None, ...] = (12, 24, 36, None),
    renewals: int = 2,
    level_terms: bool = True,
    cohorts: int = 2,
) -> Path:
    """A pack of these sizes: each level includes the one below, each course gives a few neighbouring competencies."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"c{number:04d}" for number in range(competencies)]
    share = max(1, competencies // levels)
    framework: dict[str, Any] = {
        "id": "made-up", "board": "A made-up board", "title": "Made up for tests", "edition": "1",
        "level_word": "level", "documents": [{"id": "made-up", "title": "Nothing"}],
        "levels": [
            {
                "id": f"level-{n}", "label": f"Level {n}", "number": str(n), "source": dict(SOURCE), "basis": "stated",
                "requires": [{"competencies": ids[(n - 1) * share : n * share]}],
                "includes": [{"levels": [f"level-{n - 1}"]}] if n > 1 else [],
            }
            for n in range(1, levels + 1)
        ],
        "competencies": [{"id": one, "label": one, "source": dict(SOURCE), "basis": "stated"} for one in ids],
        "cohorts": [
            {"id": f"cohort-{n}", "label": f"Cohort {n}", "source": dict(SOURCE), "basis": "stated",
             "requires": [{"competencies": chance.sample(ids, min(3, len(ids)))}]}
            for n in range(cohorts)
        ],
        "terms": [{"levels": [f"level-{levels}"], "months": 18, "source": dict(SOURCE), "basis": "stated"}] if level_terms else [],
    }  # fmt: skip
    catalogue = [
        _course(number, ids, chance, levels, intervals, number < renewals) for number in range(courses)
    ]
    (folder / "framework.yaml").write_text(yaml.safe_dump(framework, sort_keys=False), "utf-8")
    (folder / "catalogue.yaml").write_text(yaml.safe_dump({"courses": catalogue}, sort_keys=False), "utf-8")
    return folder


def _course(
    number: int,
    ids: list[str],
    chance: random.Random,
    levels: int,
    intervals: tuple[int | None, ...],
    renews: bool,
) -> Mapping[str, Any]:
    start = (number * max(1, len(ids) // 16)) % len(ids)
    given = ids[start : start + chance.randint(2, 6)]
    grant: dict[str, Any] = {"competencies": given}
    months = chance.choice(intervals)
    if months:
        grant["months"] = months
    if chance.random() < 0.2:
        grant["modes"] = ["face-to-face"]
    course: dict[str, Any] = {
        "id": f"k{number:03d}", "title": f"Course {number}", "kind": "course", "audience": "workforce",
        "mode": chance.choice(["online", "face-to-face"]), "source": dict(SOURCE), "basis": "stated",
        "open_to": [{"levels": [f"level-{n}" for n in range(1, levels + 1)]}],
        "renews" if renews else "gives": [grant],
    }  # fmt: skip
    return course


def fill_registers(
    connection: duckdb.DuckDBPyConnection,
    people: int,
    *,
    seed: float = 0.5,
    agencies: int = 300,
    levels: int = 7,
    courses: int = 32,
    records_each: float = 8.4,
    together: float = 0.0,
) -> None:
    """The tables `people` and `records` as the sources room makes them, for so many people, made inside DuckDB.

    One in twenty has a second job, one in twenty is in a cohort; one record in twenty has no date or was not
    attended. A share `together` of people train when their agency does, with everybody at their level; the
    others whenever they like; records stand in order of date, as a booking system exports them. Draws come from hashes of row numbers, so that they do not depend on threads.
    """
    _fill_people(connection, people, _draw(seed), agencies, levels)
    connection.execute("create or replace table agencies (agency VARCHAR, agency_type VARCHAR)")
    shared = int(together * people)
    alone = int((people - shared) * records_each)
    each = round(records_each)
    draw = _draw(seed)
    connection.execute(f"""
        create or replace table records as
        with drawn as (
            select n, {shared} + floor({draw("who", f"{people - shared}")})::BIGINT as p,
                   floor({draw("course", courses)})::INTEGER as c, floor({draw("day", 2000)})::INTEGER as d
            from range({alone}) t(n)
            union all
            select {alone} + n, n // {each}, hash(agency, level, n % {each}, {seed}) % {courses},
                   hash(level, n % {each}, agency, {seed}) % 2000
            from range({shared * each}) t(n) join (select person_id, any_value(agency) as agency, any_value(level) as level
                 from people group by all) on person_id = 'P' || lpad((n // {each})::VARCHAR, 9, '0')
        ), kinds as (select *, case when n % 40 = 0 then 'no' when n % 40 = 1 then 'undated' else '' end as kind from drawn)
        select 'P' || lpad(p::VARCHAR, 9, '0') as person_id, 'k' || lpad(c::VARCHAR, 3, '0') as course,
               case when kind = 'undated' then null else date '{AS_OF}' - d::INTEGER end as completed,
               'attended' as status,
               case when {draw("mode")} < 0.1 then 'online' when {draw("mode")} < 0.15 then 'face-to-face' else '' end as mode,
               '' as provider, '' as evidence,
               case kind when 'no' then 'no' when 'undated' then 'undated' else 'dated' end as counts,
               case kind when 'no' then 'did-not-attend' else '' end as reason,
               'records' as file, '' as sheet, n as row, '' as course_written, '' as completed_written, null::BIGINT as minutes, null::INTEGER as person
        from kinds order by d desc, n
    """)
    number_people(connection)


def number_people(connection: duckdb.DuckDBPyConnection) -> None:
    """The number of each person and record, and who has several jobs, as the sources room gives them while it reads."""
    connection.execute("""
        create or replace temp table person_numbers as
        select person_id, (row_number() over (order by person_id) - 1)::INTEGER as person, count(*) > 1 as several
        from people group by person_id
    """)
    connection.execute("""
        create or replace table people as
        select p.* replace (n.person as person, n.several as several) from people p join person_numbers n using (person_id)
        order by p.rowid
    """)
    connection.execute("""
        create or replace table records as
        select r.* replace (n.person as person) from records r left join person_numbers n using (person_id)
        order by r.rowid
    """)


def _draw(seed: float) -> Callable[..., str]:
    """SQL for a number from 0 up to `most`, always the same for a row `n`, a word and the seed."""

    def draw(word: str, most: object = 1) -> str:
        return f"((hash(n, '{word}', {seed}) % 1000000) / 1000000.0 * {most})"

    return draw


def _fill_people(
    connection: duckdb.DuckDBPyConnection, people: int, draw: Callable[..., str], agencies: int, levels: int
) -> None:
    connection.execute(f"""
        create or replace table people as
        select 'P' || lpad(n::VARCHAR, 9, '0') as person_id, 'Agency ' || lpad(a::VARCHAR, 4, '0') as agency,
               'Role ' || (hash(n, 'role') % 40)::VARCHAR as role, l::VARCHAR as level, '' as agency_type,
               null::DATE as start_date, '' as contact, '' as manages, '' as duties,
               case when {draw("cohort")} < 0.05 then 'cohort-' || (n % 2)::VARCHAR else '' end as cohort,
               '' as conflict, 'people' as file, '' as sheet, n as row,
               null::INTEGER as person, false as several
        from (
            select n, floor({draw("agency", agencies)})::INTEGER as a,
                   1 + floor(power({draw("level")}, 2) * {levels})::INTEGER as l from range({people}) t(n)
            union all
            select n, floor({draw("agency2", agencies)})::INTEGER, 1 + (n % {levels})::INTEGER
            from range(0, {people}, 20) t(n)
        ) order by n, a
    """)
