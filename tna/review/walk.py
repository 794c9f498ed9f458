"""The walk of a review: what was sent is read, set beside the registers, counted, and judged by plugins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tna import boards, duck, graph, kept, policies, sources
from tna.model import AnnualReview, Board, Flag, Judgement
from tna.names import course_names, level_names, plain
from tna.plugins import Plugins, find
from tna.problems import Problems, Unusable
from tna.review import (
    by_course,
    combined,
    delivery,
    evaluation,
    followup,
    observing,
    outcomes,
    places,
    published,
    said,
    sessions,
    spelling,
    statements,
)
from tna.review.opened import attach_own, open_analysis
from tna.review.year import Year
from tna.review.years import year_of
from tna.sources.year_registers import Names

if TYPE_CHECKING:
    import duckdb

LAST = "last_year"


@dataclass(frozen=True, slots=True)
class Sent:
    """The files of a review by kind (returns, sessions, bookings, ...), and the folders of two analyses, if any.

    `mapping` says how exports of another system are read.
    """

    files: Mapping[str, Sequence[Path]]
    analysis: Path | None = None
    last: Path | None = None
    mapping: Path | None = None


def review(
    board: Board,
    year: str,
    sent: Sent,
    *,
    as_of: date,
    internal: bool = False,
    seed: str = followup.SEED,
    plugins: Plugins | None = None,
    folder: Path | None = None,
) -> AnnualReview:
    """The review of a year on a day. Small numbers are taken out of every table unless it is `internal`.

    `year` is as a planner writes it, "2015-16"; `folder` is where results will be written and the only place
    that is reached once everything is read. Raises `Unusable` with every problem that stops the work; what only
    left rows out is in `year_ledger` and in `about["problems"]`.
    """
    plugins = plugins or find()
    problems = Problems()
    board = boards.on(board, as_of)
    found = year_of(year, as_of, board.policies)
    connection = duck.connect()
    analysed = open_analysis(connection, board, sent.analysis)
    if sent.last:
        attach_own(connection, board, sent.last, LAST)
    _read(connection, board, sent, as_of, plugins, problems)
    if folder:
        duck.seal(connection, folder)
    _count(connection, board, found, LAST if sent.last else "", seed)
    published.keep_counted(connection)
    if not internal:
        published.publish(connection, found, threshold(board), "analysed" if analysed else "")
    about = said.about(
        connection, board, found, year, plugins, problems, analysed, internal=internal, seed=seed
    )
    whole = AnnualReview(
        board,
        year,
        found.first,
        found.last,
        as_of,
        connection,
        bool(analysed),
        internal,
        threshold(board),
        about,
    )
    _judge(whole, plugins)
    return replace(whole, about={**about, **said.judged(connection)})


def threshold(board: Board) -> int:
    """The number below which counts of people are hidden outside the team."""
    return policies.number(board.policies, "small-numbers.threshold") or 1


def _read(
    connection: duckdb.DuckDBPyConnection,
    board: Board,
    sent: Sent,
    as_of: date,
    plugins: Plugins,
    problems: Problems,
) -> None:
    files = {kind: [Path(one) for one in paths] for kind, paths in sent.files.items()}
    formats, edition = plugins.all("tna_sources"), sources.edition_of(board.pack)
    sources.read_year(
        connection, files, names(board), as_of, problems, formats, edition, mapping=sent.mapping
    )
    if problems.errors:
        raise Unusable(problems.errors)


def names(board: Board) -> Names:
    """Everything that a cell of a review's register may name."""
    framework = board.pack.framework
    cohorts = {
        plain(name): graph.cohort_node(one.id)
        for one in framework.cohorts
        for name in (graph.cohort_node(one.id), one.id, one.label, *one.also)
    }
    lines = {
        plain(name): one.id for one in board.pack.plan for name in (one.says, one.printed, one.id) if name
    }
    items = {
        plain(name): one.id
        for one in board.pack.plan
        if one.checklist
        for name in (one.says, one.printed, one.id)
        if name
    }
    return Names(
        courses=course_names(board.pack.courses),
        levels={**cohorts, **level_names(framework.levels)},
        lines=lines,
        items=items,
    )


def _count(connection: duckdb.DuckDBPyConnection, board: Board, year: Year, last: str, seed: str) -> None:
    """Every table of the review from what was sent."""
    lapses = _lapses(board)
    margin = policies.number(board.policies, "returns.estimate-margin")
    returned = spelling.alike(connection, statements.statements(connection))
    stated = statements.standings(returned, lapses, margin)
    by_course.write_by_course(connection, returned, lapses, margin)
    everything = combined.known(connection, stated, last)
    combined.write_combined(connection, combined.combine(everything), everything.registers)
    sessions.write_sessions(connection, year)
    delivery.write_delivery(connection, year, planned(board, year))
    delivery.write_agencies(connection, year)
    places.write_places(
        connection, _to_train(connection), policies.number(board.policies, "attendance.yield")
    )
    evaluation.write_evaluation(connection, year)
    evaluation.write_evaluated(connection, year)
    followup.write_followup(connection, year, asked(board), seed)
    looked = {one.id: one.printed or one.says for one in board.pack.plan if one.checklist}
    lists = {one.id: one.checklist for one in board.pack.plan if one.checklist}
    observing.write_observed(connection, year, looked, lists)
    outcomes.write_outcomes(connection)


def _lapses(board: Board) -> bool:
    """Whether anything the board says lets training lapse."""
    pack = board.pack
    grants = [grant for course in pack.courses for grant in (*course.gives, *course.renews)]
    grants += [grant for level in pack.framework.levels for grant in level.requires]
    stated = any(one.months for one in grants) or any(one.months for one in pack.framework.terms)
    ruled = any(rule.then.says.get("months") for rule in pack.rules)
    return stated or ruled or policies.number(board.policies, "refresh.months") is not None


def planned(board: Board, year: Year) -> dict[str, int]:
    """The sessions that the plan states for this year, by course; lines of another year are left out."""
    found: dict[str, int] = {}
    for line in board.pack.plan:
        number = len([day for day in line.dates if year.within(day)]) or line.target
        if (
            line.kind in ("sessions", "dates")
            and line.course
            and number
            and _of(line.period_from, line.period_to, year)
        ):
            found[line.course] = found.get(line.course, 0) + int(number)
    return found


def _of(first: date | None, last: date | None, year: Year) -> bool:
    return (first or year.first) <= year.last and (last or year.last) >= year.first


def asked(board: Board) -> list[followup.Asked]:
    """The follow-ups that the plan asks for."""
    months = policies.number(board.policies, "follow-up.after-months")
    rounding = board.policies.get("follow-up.rounding")
    return [
        followup.Asked(
            line.course,
            int(line.target),
            3 if months is None else months,
            bool(line.supported_by),
            "down" if rounding and rounding.value == "down" else "up",
        )
        for line in board.pack.plan
        if line.kind == "follow-up" and line.course and line.target
    ]


def _to_train(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """People who are advised each course, whoever advises it."""
    rows = connection.execute(
        "select course, count(distinct person_id) from recommendations where course <> '' group by course order by course"
    ).fetchall()
    return dict(rows)


def _judge(whole: AnnualReview, plugins: Plugins) -> None:
    """The tables `plan` and `flags`, from what each plugin answers."""
    answers = [(name, list(some)) for name, some in plugins.ask("tna_review", review=whole)]
    judged = [one for _, some in answers for one in some if isinstance(one, Judgement)]
    said.keep_plan(whole.connection, [whole.shown(one) for one in judged])
    kept.keep_flags(
        whole.connection, [(name, [one for one in some if isinstance(one, Flag)]) for name, some in answers]
    )
