"""Rows that state the same job more than once: counted once when they agree, asked about when they do not.

Levels agree when the board reads them alike, as "2" and "Level Two".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.duck import literal, quoted
from tna.names import plain
from tna.sources.reports import WORDS
from tna.sources.texts import counted, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tna.sources.intake import Intake

FACTS = ("level", "agency_type", "start_date", "contact", "manages", "duties", "cohort")
JOB = ("person_id", "agency", "role")
READ = "level_read"  # the id of the level, of one that the board has
NAMED = 4  # rows and values named in a conflict


def unite(intake: Intake, extras: Sequence[str], levels: Mapping[str, str]) -> None:
    """Make `people` from `people_rows`: one row a job, conflicting facts blank and told in `conflict`.

    `levels` maps names of levels, loosely written, to their ids.
    """
    facts = (*FACTS, *extras)
    find_repeats(intake, levels)
    judge(intake, facts)
    put_together(intake, facts)
    note_repeats(intake, facts)
    report_conflicts(intake)


def find_repeats(intake: Intake, levels: Mapping[str, str]) -> None:
    """Set aside the rows whose job another row states too, with a number for each job and its level as it is read."""
    repeats = intake.named("repeats")
    intake.run(
        f"CREATE TEMP TABLE {repeats} AS SELECT r.*, k.job, s.place, r.level AS {READ} FROM people_rows r JOIN ("
        " SELECT person_id, agency, role, row_number() OVER () AS job FROM people_rows"
        " GROUP BY person_id, agency, role HAVING count(*) > 1) k USING (person_id, agency, role)"
        " JOIN sources s USING (source)"
    )
    written = [str(text) for (text,) in intake.run(f"SELECT DISTINCT level FROM {repeats} WHERE level <> ''")]
    known = [(text, levels[plain(text)]) for text in written if plain(text) in levels]
    if known:
        texts, ids = zip(*known, strict=True)
        intake.run(
            f"UPDATE {repeats} SET {READ} = id FROM (SELECT unnest(?::VARCHAR[]) AS text, unnest(?::VARCHAR[]) AS id)"
            f" WHERE text = {repeats}.level",
            [list(texts), list(ids)],
        )


def compared(fact: str) -> str:
    """A fact by which rows are compared."""
    return stated(READ if fact == "level" else fact)


def stated(fact: str) -> str:
    """A fact as text, NULL when not stated."""
    return f"nullif({quoted(fact)}::VARCHAR, '')"


def judge(intake: Intake, facts: Sequence[str]) -> None:
    """For each repeated job: its first row, each fact on which no two rows disagree, and the disagreements."""
    agreed = ", ".join(
        f"CASE WHEN {differ(fact)} THEN NULL ELSE arg_min({stated(fact)}, (source, row)) END AS {quoted(fact)}"
        for fact in facts
    )
    told = ", ".join(f"CASE WHEN {differ(fact)} THEN {disagreement(fact)} END" for fact in facts)
    odd = ", ".join(f"CASE WHEN {differ(fact)} THEN {literal(fact)} END" for fact in facts)
    intake.run(
        f"""CREATE TEMP TABLE {intake.named("judged")} AS SELECT job, min((source, row)) AS head,
            coalesce({odd}) AS odd, concat_ws(', ', {told}) AS told,
            count(DISTINCT ({", ".join(quoted(READ if fact == "level" else fact) for fact in facts)})) = 1 AS alike,
            {rows_named("'row ' || row")} AS here, {rows_named("place || ' row ' || row")} AS everywhere,
            count(*) AS many, count(DISTINCT source) = 1 AS near, any_value(place) AS place, {agreed}
        FROM repeats GROUP BY job"""
    )


def differ(fact: str) -> str:
    """SQL for whether the rows of a job state a fact in more than one way."""
    return f"min({compared(fact)}) <> max({compared(fact)})"


def disagreement(fact: str) -> str:
    """SQL that words a disagreement: level ('2' or '3')."""
    heading = fact.removeprefix("x_").replace("_", " ")
    values = f"list_sort(list(DISTINCT '''' || {stated(fact)} || '''')  FILTER ({stated(fact)} IS NOT NULL))"
    return f"{literal(heading + ' (')} || array_to_string({values}[1:{NAMED}], ' or ') || ')'"


def rows_named(row: str) -> str:
    """SQL that names the first rows of a job: row 3, row 9 and row 11."""
    more = f"CASE WHEN count(*) > {NAMED} THEN [count(*) - {NAMED} || ' more'] ELSE []::VARCHAR[] END"
    named = f"(list({row} ORDER BY source, row)[1:{NAMED}] || {more})"
    return f"array_to_string({named}[:-2], ', ') || ' and ' || {named}[-1]"


def put_together(intake: Intake, facts: Sequence[str]) -> None:
    """Make `people`, in the order of the files and their rows."""
    own = ", ".join((*JOB, *map(quoted, ordered(facts))))
    united = ", ".join(
        f"j.{quoted(fact)}::DATE AS start_date"
        if fact == "start_date"
        else f"coalesce(j.{quoted(fact)}, '') AS {quoted(fact)}"
        for fact in facts
    )
    intake.run(
        f"""CREATE TABLE people AS SELECT {own}, file, sheet, row, conflict FROM (
            SELECT source, row, {own}, '' AS conflict FROM people_rows r WHERE NOT EXISTS (
                SELECT 1 FROM repeats a WHERE a.source = r.source AND a.row = r.row)
            UNION ALL BY NAME
            SELECT r.source, r.row, {", ".join(f"r.{name}" for name in JOB)}, {united},
                CASE WHEN odd IS NULL THEN '' WHEN near THEN j.place || ' ' || here || ' disagree about ' || told
                    ELSE everywhere || ' disagree about ' || told END AS conflict
            FROM judged j JOIN repeats r ON j.job = r.job AND j.head = (r.source, r.row)
        ) JOIN sources USING (source) ORDER BY source, row"""
    )


def ordered(facts: Sequence[str]) -> list[str]:
    """Facts in the order of the columns of `people`."""
    return [*FACTS, *(fact for fact in facts if fact not in FACTS)]


def note_repeats(intake: Intake, facts: Sequence[str]) -> None:
    """Note rows that repeat a job as changes, and those that contradict another as refused."""
    intake.run(
        "INSERT INTO changes SELECT source, row, 'person_id', CASE WHEN alike THEN 'duplicate' ELSE 'joined' END,"
        " person_id FROM repeats JOIN judged USING (job) WHERE odd IS NULL AND (source, row) <> head"
    )
    values = " ".join(f"WHEN {literal(fact)} THEN r.{quoted(fact)}::VARCHAR" for fact in facts)
    intake.run(
        f"INSERT INTO verdicts SELECT r.source, r.row, odd, 'conflict', coalesce(CASE odd {values} END, '')"
        " FROM repeats r JOIN judged USING (job) WHERE odd IS NOT NULL"
    )


def report_conflicts(intake: Intake) -> None:
    """Report contradictions, the first ones each by itself."""
    total = intake.number("SELECT count(*) FROM judged WHERE odd IS NOT NULL")
    answer = intake.run(
        "SELECT r.source, r.row, odd, person_id, if(near, here, everywhere), many, told FROM judged j JOIN repeats r"
        f" ON j.job = r.job AND j.head = (r.source, r.row) WHERE odd IS NOT NULL ORDER BY 1, 2 LIMIT {WORDS}"
    )
    for source, row, odd, person, rows, many, told in answer:
        table = intake.tables[int(str(source))]
        where = table.at(str(odd), int(str(row)))
        which, told = "Both" if many == 2 else "These", shown(str(told), 200)
        intake.problems.add(
            "registers.conflict", where, person=shown(str(person)), rows=rows, told=told, which=which
        )
    if total > WORDS:
        intake.problems.add("registers.more-conflicts", where, jobs=counted(total - WORDS, "other job"))
