"""The walk: registers in, jobs placed, needs and evidence met, cases made, advice and flags asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import (
    about,
    accrual,
    boards,
    cases,
    counting,
    coverage,
    deadlines,
    duck,
    kept,
    people,
    policies,
    profiles,
    rules,
    sources,
)
from tna.counting import Counted
from tna.duck import quoted
from tna.gaps import Dates
from tna.model import Advice, Analysis, Board
from tna.names import course_names, level_names
from tna.plugins import Plugins, find
from tna.problems import Place, Problems, Unusable

if TYPE_CHECKING:
    import duckdb

Paths = Sequence[Path | str]


def analyse(
    board: Board,
    people: Paths,
    records: Paths = (),
    *,
    as_of: date,
    agencies: Paths = (),
    plugins: Plugins | None = None,
    database: Path | None = None,
    told: Callable[[str], None] = lambda stage: None,
    mapping: Path | None = None,
) -> Analysis:
    """A training-needs analysis of a board's registers on a date.

    `people`, `records` and `agencies` are files; `database` is a new file to keep everything in (in memory
    when left out); `told` hears of each stage; `mapping` says how exports of another system are read. Raises `Unusable` with every problem that stops the work;
    what only left rows out is in `ledger` and in `about["problems"]`.
    """
    plugins = plugins or find()
    problems = Problems()
    board = boards.on(board, as_of)
    analysis = Analysis(board, as_of, duck.connect(database))
    dates = Dates(as_of, policies.number(board.policies, "due-soon.days") or 0)
    told("reading registers")
    _read(analysis, people, records, agencies, plugins, problems, told, mapping)
    if database:
        duck.seal(analysis.connection, database.parent)
    told("placing jobs and counting gaps")
    counted = counting.count(analysis.connection, board, dates)
    _write(analysis, counted, dates)
    told("asking plugins for advice")
    _advise(analysis, counted, plugins)
    told("asking plugins for flags")
    kept.keep(analysis.connection, board, counted)
    said = about.about(analysis.connection, board, dates, plugins, problems)
    analysis = replace(analysis, about=said)
    kept.keep_flags(analysis.connection, plugins.ask("tna_flag", analysis=analysis))
    analysis = replace(analysis, about={**said, "flags": about.flags(analysis.connection)})
    kept.keep_about(analysis.connection, analysis.about)
    return analysis


def _read(
    analysis: Analysis,
    people: Paths,
    records: Paths,
    agencies: Paths,
    plugins: Plugins,
    problems: Problems,
    told: Callable[[str], None],
    mapping: Path | None,
) -> None:
    """Every register into tables, with the ledger; stops when a file could not be read at all."""
    sent, trained, expected = ([Path(one) for one in group] for group in (people, records, agencies))
    names = course_names(analysis.board.pack.courses)
    formats = plugins.all("tna_sources")
    sources.read_registers(
        analysis.connection,
        sent,
        trained,
        expected,
        names,
        analysis.as_of,
        problems,
        formats,
        sources.edition_of(analysis.board.pack),
        told=told,
        mapping=mapping,
        levels=level_names(analysis.board.pack.framework.levels),
    )
    _own_levels(analysis, problems)
    if problems.errors:  # what rows of other files say of a file that cannot be read is no news
        raise Unusable(problems.errors)


def _own_levels(analysis: Analysis, problems: Problems) -> None:
    """Where a framework's levels stand in a column of their own, `level` is another framework's and is left aside."""
    column = analysis.board.pack.framework.level_column
    if not column:
        return
    headed = analysis.connection.execute("select name, header from extra_columns").fetchall()
    name = next(
        (name for name, header in headed if sources.heading_key(header) == sources.heading_key(column)), ""
    )
    if not name:
        problems.add("framework.no-level-column", Place("--people"), column=column)
    own = f"coalesce({quoted(name)}, '')" if name else "''"
    analysis.connection.execute(f"update people set level = {own}")


def _write(analysis: Analysis, counted: Counted, dates: Dates) -> None:
    """The lines of people and the coverage, from cases."""
    connection, board = analysis.connection, analysis.board
    because = {key: need.because for key, need in kept.all_needs(counted).items()}
    profiles.write_placements(connection)
    profiles.write_rule_flags(connection, counted.found)
    cases.name_people(connection, counted.masks)
    people.lapse_dates(connection, counted.masks, counted.alone, counted.asks)
    accrual.lapse(connection)
    people.explode(connection, counted.masks, because)
    people.write_gaps(connection, dates)
    deadlines.write(connection, board, counted.bounds, dates)
    coverage.rate(connection, policies.marks(board.policies), _agreed(connection, board))


def _agreed(connection: duckdb.DuckDBPyConnection, board: Board) -> dict[str, coverage.Marks]:
    """The target and floor of every agency in the registers that has agreed others than the board's."""
    sent = connection.execute(
        "select agency from people union select agency from agencies order by 1"
    ).fetchall()
    found = {agency: policies.marks(board.policies, agency) for (agency,) in sent}
    return {agency: marks for agency, marks in found.items() if marks != policies.marks(board.policies)}


def _advise(analysis: Analysis, counted: Counted, plugins: Plugins) -> None:
    """Each plugin's advice on every case with a gap, put back to people."""
    board = analysis.board
    answers = plugins.ask(
        "tna_recommend",
        cases=cases.read(analysis.connection, counted.masks, counting.outlooks(board, counted)),
        catalogue=board.courses,
        prerequisites={course.id: course.after for course in board.pack.courses},
        preferences=preferences(board, analysis.as_of),
        as_of=analysis.as_of,
    )
    signed: list[tuple[str, Sequence[Advice]]] = [(name, list(advice)) for name, advice in answers]
    people.write_recommendations(analysis.connection, signed)


def preferences(board: Board, as_of: date) -> tuple[Mapping[str, Any], ...]:
    """What the board's `prefer` rules say of everybody, those of the more specific scope first."""
    return tuple(rule.then.says for rule in rules.applying(board.pack.rules, "prefer", {}, as_of))
