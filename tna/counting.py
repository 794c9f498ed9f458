"""From registers in DuckDB to cases and coverage: Python reasons about profiles and kinds, SQL counts people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from tna import accrual, cases, coverage, evidence, gaps, profiles, requirements, rules
from tna.accrual import Amount
from tna.binding import Bound, bound
from tna.cases import Outlook
from tna.duck import fill
from tna.evidence import Attendance, Credit
from tna.gaps import Dates, Worth
from tna.masks import Masks
from tna.model import Board, Course, Need
from tna.model.packs import Mode
from tna.names import SHARED, course_names
from tna.profiles import Sorted
from tna.requirements import Kind

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Counted:
    """What was worked out on the way: profiles placed, needs by scope, what attendances are worth, the masks.

    `alone` is what attendances are worth by themselves, `amounts` what has to add up over several of them; `classes`
    has the class of each kind, `bounds` what binds each class.
    """

    found: Sorted
    needs: Mapping[str, tuple[Need, ...]]
    worth: Worth
    alone: Worth
    amounts: tuple[Amount, ...]
    classes: tuple[int, ...]
    bounds: Mapping[int, Bound]
    masks: Masks
    asks: tuple[str, ...]


def count(connection: duckdb.DuckDBPyConnection, board: Board, dates: Dates) -> Counted:
    """The tables of cases and counts for registers already read into `people` and `records`."""
    masks = Masks(tuple(one.id for one in board.pack.framework.competencies))
    fill(connection, "bits", ["competency VARCHAR", "word INTEGER", "bit INTEGER"], masks.bits())
    found = profiles.sort(board, profiles.gather(connection, board), dates.as_of)
    profiles.keep(connection, found)
    _name_agencies(connection)
    needs = requirements.needs(board)
    asks = _asked_of_records(board)
    classes, bounds = _classes(board, found.kinds)
    worth = _worth(board, found.kinds, classes, bounds, _attended(connection, board, asks))
    amounts = accrual.asked(bounds)
    alone = accrual.alone(worth, amounts)
    _keep_kinds(connection, found.kinds, classes, needs, masks)
    gaps.fill_credit(connection, masks, alone, dates)
    gaps.hold(connection, masks, alone, asks)
    accrual.add_up(connection, amounts, worth, board.courses, asks, dates)
    accrual.fold(connection, masks, dates)
    gaps.stand(connection, masks, alone, {one.number for one in amounts})
    cases.group(connection, masks)
    coverage.count(connection, masks)
    return Counted(found, needs, worth, alone, amounts, classes, bounds, masks, asks)


def _name_agencies(connection: duckdb.DuckDBPyConnection) -> None:
    """The type `agency_name`: every agency in order, after `*`, which stands for all of them."""
    connection.execute("drop type if exists agency_name")
    connection.execute("""
        create type agency_name as enum (
            select agency from (select '*' as agency union select agency from people) order by agency)
    """)


def _name_scopes(connection: duckdb.DuckDBPyConnection, scopes: Iterable[str]) -> None:
    """The type `scope_name`: every scope, and `*` for all of them."""
    fill(connection, "scope_names", ["scope VARCHAR"], [("*",), *((scope,) for scope in sorted(set(scopes)))])
    connection.execute("drop type if exists scope_name")
    connection.execute("create type scope_name as enum (select scope from scope_names)")


def _asked_of_records(board: Board) -> tuple[str, ...]:
    return tuple(sorted(rules.asked_facts(evidence.credit_rules(board)) & {"provider", "evidence"}))


def _attended(
    connection: duckdb.DuckDBPyConnection, board: Board, asks: Sequence[str]
) -> tuple[Attendance, ...]:
    """Every attendance a record may name: a course, a mode (which may be left out) and what credit rules ask about."""
    courses = sorted({*board.courses, *course_names(board.pack.courses).values()})
    others = [("", "")]
    if asks:
        columns = ", ".join(name if name in asks else "''" for name in ("provider", "evidence"))
        others = connection.execute(f"select distinct {columns} from records order by all").fetchall()
    return tuple(
        Attendance(course, mode, *other)
        for course in courses
        for mode in ("", *get_args(Mode))
        for other in others
    )


def _classes(board: Board, kinds: Sequence[Kind]) -> tuple[tuple[int, ...], dict[int, Bound]]:
    """The class of each kind (people for whom every attendance is worth the same), and what binds each class."""
    numbers: dict[object, int] = {}
    bounds: dict[int, Bound] = {}
    classes = []
    ruled = bool(evidence.credit_rules(board))
    shared = {
        name
        for names in course_names(board.pack.courses).values()
        if SHARED in names
        for name in names.split(SHARED)
    }
    for kind in kinds:
        terms = bound(board, kind.scopes, kind.extra, kind.agency)
        same_for = (terms, kind.scopes if ruled else (), kind.courses & shared)
        number = numbers.setdefault(same_for, len(numbers))
        bounds.setdefault(number, terms)
        classes.append(number)
    return tuple(classes), bounds


def _worth(
    board: Board,
    kinds: Sequence[Kind],
    classes: Sequence[int],
    bounds: Mapping[int, Bound],
    attended: Sequence[Attendance],
) -> Worth:
    """What each attendance is worth to each class, by way of the first of its kinds."""
    firsts = dict(reversed(list(zip(classes, kinds, strict=True))))
    return {
        number: {one: _credits(board, one, firsts[number], bounds[number]) for one in attended}
        for number in bounds
    } or {0: {}}


def _credits(board: Board, attended: Attendance, kind: Kind, terms: Bound) -> tuple[Credit, ...]:
    """What an attendance is worth; one without a mode was taken in the course's own."""
    name = _meant(attended.course, kind)
    mode = attended.mode or (board.courses[name].mode if name in board.courses else "")
    taken = Attendance(name, mode, attended.provider, attended.evidence)
    return evidence.credits(board, taken, terms, kind.scopes)


def _meant(course: str, kind: Kind) -> str:
    """Which of the courses that share a title is meant: the one open to such a person; none when several are."""
    found = [name for name in course.split(SHARED) if SHARED not in course or name in kind.courses]
    return found[0] if len(found) == 1 else ""


def _keep_kinds(
    connection: duckdb.DuckDBPyConnection,
    kinds: Sequence[Kind],
    classes: Sequence[int],
    needs: Mapping[str, tuple[Need, ...]],
    masks: Masks,
) -> None:
    """The tables `kinds` (class, union of needs) and `kind_scopes` (each scope's needs)."""
    words = [f"{column} BIGINT" for column in masks.columns("need")]
    scoped = [
        (number, scope, [need.competency for need in requirements.needed(needs, kind, scope)])
        for number, kind in enumerate(kinds)
        for scope in kind.scopes
    ]
    _name_scopes(connection, [scope for _, scope, _ in scoped])
    fill(connection, "kind_scopes", ["kind INTEGER", "scope scope_name", *words],
         ((number, scope, *masks.pack(needed)) for number, scope, needed in scoped))  # fmt: skip
    union = [
        masks.pack(one for number, _, needed in scoped if number == kind for one in needed)
        for kind in range(len(kinds))
    ]
    fill(connection, "kinds", ["kind INTEGER", "class INTEGER", "scopes INTEGER", *words],
         ((number, classes[number], len(kind.scopes), *union[number]) for number, kind in enumerate(kinds)))  # fmt: skip


def outlooks(board: Board, counted: Counted) -> list[Outlook]:
    """For each kind its scopes, its needs, and what each course open to it would give and renew."""
    wishes = {rule.id: rule.then.says for rule in board.pack.rules}
    by_class = accrual.by_class(counted.amounts)
    return [
        Outlook(
            scopes=frozenset(kind.scopes),
            needs=frozenset(
                need.competency
                for scope in kind.scopes
                for need in requirements.needed(counted.needs, kind, scope)
            ),
            courses=_given(offers, amounts, board, renews=False),
            renews=_given(offers, amounts, board, renews=True),
            preferences=tuple(wishes[rule] for rule in kind.prefers),
            adds_up=accrual.adds_up(offers, amounts),
        )
        for kind, number in zip(counted.found.kinds, counted.classes, strict=True)
        for amounts in [by_class.get(number, {})]
        for offers in [_offered(board, kind)]
    ]


def _offered(board: Board, kind: Kind) -> dict[str, tuple[Credit, ...]]:
    """What each course open to a kind is worth to it, taken as it is offered."""
    terms = bound(board, kind.scopes, kind.extra, kind.agency)
    return {
        course.id: tuple(evidence.best(_credits(board, _as_offered(course), kind, terms)).values())
        for course in board.pack.courses
        if course.id in kind.courses
    }


def _given(
    offers: Mapping[str, Sequence[Credit]],
    amounts: Mapping[str, Sequence[Amount]],
    board: Board,
    *,
    renews: bool,
) -> dict[str, frozenset[str]]:
    """What each course gives, or renews, by itself."""
    found = {
        name: frozenset(
            one.competency
            for one in credits
            if one.renews is renews
            and all(
                accrual.enough(asked, one, board.courses[name]) for asked in amounts.get(one.competency, ())
            )
        )
        for name, credits in offers.items()
    }
    return {name: given for name, given in found.items() if given}


def _as_offered(course: Course) -> Attendance:
    return Attendance(course.id, course.mode)
