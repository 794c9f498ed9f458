"""What no single record gives: hours in a rolling window, or some of several courses, added up for each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.binding import Bound
from tna.duck import fill
from tna.evidence import FACTS, Credit
from tna.gaps import Dates, Worth
from tna.masks import Masks
from tna.model import AddsUp, Course, Hours, Term

if TYPE_CHECKING:
    import duckdb

FOREVER = "date '9999-12-31'"
KEYS = "amount, person_id, moment"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a competency as one term asks of one class of people.

    `needed` is in minutes (or in courses, where each counts `once`), and `together` is how much of it must be in a
    mode that counts as together; `said` is the same in words.
    """

    number: int
    competency: str
    term: Term
    needed: int
    together: int
    once: bool
    said: str


def asked(bounds: Mapping[int, Bound]) -> tuple[Amount, ...]:
    """Everything that has to add up, by the number of the class and in the order of the terms."""
    return tuple(
        amount
        for number, bound in bounds.items()
        for term in bound.terms
        for competency in term.competencies
        for amount in _amounts(number, competency, term, bound)
    )


def _amounts(number: int, competency: str, term: Term, bound: Bound) -> Iterator[Amount]:
    if term.hours:
        hours = term.hours
        asks = hours.up_to if bound.most and hours.up_to else hours.at_least
        minutes = round(asks * 60)
        together = -(-minutes * hours.together_percent // 100)
        yield Amount(number, competency, term, minutes, together, False, _hours_said(hours, asks))
    if term.choose:
        yield Amount(number, competency, term, term.choose.at_least, 0, True, str(term.choose))


def _hours_said(hours: Hours, asks: float) -> str:
    return f"{hours}, of which {asks:g} close it" if hours.up_to else str(hours)


def alone(worth: Worth, amounts: Sequence[Amount]) -> Worth:
    """What attendances are worth by themselves: without what has to add up."""
    if not amounts:
        return worth
    added = {(one.number, one.competency) for one in amounts}
    return {
        number: {
            attended: tuple(one for one in credits if (number, one.competency) not in added)
            for attended, credits in by_attendance.items()
        }
        for number, by_attendance in worth.items()
    }


def by_class(amounts: Sequence[Amount]) -> dict[int, dict[str, list[Amount]]]:
    """The amounts of each class of people, by competency."""
    found: dict[int, dict[str, list[Amount]]] = {}
    for one in amounts:
        found.setdefault(one.number, {}).setdefault(one.competency, []).append(one)
    return found


def adds_up(
    offers: Mapping[str, Sequence[Credit]], amounts: Mapping[str, Sequence[Amount]]
) -> dict[str, AddsUp]:
    """What has to add up, by competency, in words and with the offers that count towards it."""
    return {
        competency: AddsUp(
            "; ".join(one.said for one in asked),
            frozenset(
                name
                for name, credits in offers.items()
                if any(counts(one, credit) for one in asked for credit in credits)
            ),
        )
        for competency, asked in amounts.items()
    }


def add_up(
    connection: duckdb.DuckDBPyConnection,
    amounts: Sequence[Amount],
    worth: Worth,
    courses: Mapping[str, Course],
    asks: Sequence[str],
    dates: Dates,
) -> None:
    """The table `added_up`: for each person, class and competency until when it is held, and what counts today.

    Columns person_id, class, competency, until (none when it was never reached), undated (reached only with
    undated records), had and had_together (minutes or courses that count on the as-of date), course (the one whose
    end ends it). Held on a day is what had been done by then and had not run out: `until` is the last such day.
    A day's training in one course that several registers tell of counts once, as the one with most of it has it.
    """
    fill(connection, "amounts", ["amount INTEGER", "class INTEGER", "competency VARCHAR", "needed BIGINT",
                                 "together BIGINT", "once BOOLEAN"],
         [(n, one.number, one.competency, one.needed, one.together, one.once) for n, one in enumerate(amounts)])  # fmt: skip
    fill(connection, "amount_worth", ["amount INTEGER", *(f"{name} VARCHAR" for name in FACTS), "minutes BIGINT",
                                      "is_together BOOLEAN", "months INTEGER"],
         [line for n, one in enumerate(amounts) for line in _worth(n, one, worth, courses)])  # fmt: skip
    on = " and ".join(f"k.{name} = r.{name}" for name in ("course", "mode", *asks))
    connection.execute(f"""
        create or replace temp table parts as
        with sent as (
            select a.amount, a.once, r.person_id, r.course, r.completed as done_on, k.is_together, r.file,
                   case when a.once then 1 else coalesce(r.minutes, k.minutes, 0) end as weight,
                   case when r.completed is null then null when k.months is null then {FOREVER}
                        else (r.completed + to_months(k.months))::DATE end as until
            from amounts a join amount_worth k using (amount) join records r on {on} where r.counts <> 'no'
        ), by_file as (
            select *, sum(weight) over (partition by amount, person_id, course, done_on, file) as of_file from sent
        )
        select * exclude (file, of_file) from by_file
        qualify dense_rank() over (partition by amount, person_id, course, done_on order by of_file desc, file) = 1
    """)
    connection.execute(_REACHED)
    connection.execute(_ADDED_UP, {"as_of": dates.as_of})


# At every moment something was done: what counts then, those that last longest first, added up until it is enough.
_REACHED = f"""
    create or replace temp table reached as
    with moments as (select distinct amount, person_id, done_on as moment from parts where done_on is not null),
    living as (
        select {KEYS}, p.course, p.until, p.weight, p.is_together
        from moments join parts p using (amount, person_id) where p.done_on <= moment and p.until >= moment
        qualify not p.once or row_number() over (partition by {KEYS}, p.course order by p.until desc) = 1
    ), run as (
        select *, sum(weight) over w as had, sum(if(is_together, weight, 0)) over w as had_together
        from living window w as (partition by {KEYS} order by until desc, course
                                 rows between unbounded preceding and current row)
    ), enough as (
        select {KEYS}, max(until) filter (had >= needed) as by_amount, max(until) filter (had_together >= together) as by_share,
               arg_max(course, until) filter (had >= needed and had_together >= together) as course
        from run join amounts using (amount) group by all
    )
    select amount, person_id, least(by_amount, by_share) as until, course
    from enough where by_amount is not null and by_share is not null
    qualify row_number() over (partition by amount, person_id order by until desc, course) = 1
"""

# What counts today, alone and with what has no date: only that can still be enough, once the dates are known.
_ADDED_UP = """
    create or replace temp table added_up as
    with living as (
        select amount, person_id, course, is_together, bool_or(until is null) as undated,
               bool_and(until is null) as only_undated, if(bool_or(once), 1, sum(weight)) as weight,
               if(bool_or(once), 1, sum(weight) filter (until is not null)) as dated_weight
        from parts where until is null or (done_on <= $as_of and until >= $as_of)
        group by amount, person_id, course, is_together
    ), today as (
        select amount, person_id, bool_or(undated) as undated,
               sum(dated_weight) filter (not only_undated) as had,
               sum(dated_weight) filter (is_together and not only_undated) as had_together,
               sum(weight) as perhaps, sum(weight) filter (is_together) as perhaps_together
        from living group by all
    ), each as (
        select a.class, a.competency, person_id, r.until, r.course, coalesce(t.had, 0) as had,
               coalesce(t.had_together, 0) as had_together,
               r.until is not null or coalesce(t.undated and t.perhaps >= a.needed
                   and coalesce(t.perhaps_together, 0) >= a.together, false) as reachable
        from amounts a join (select distinct amount, person_id from parts) using (amount)
        left join reached r using (amount, person_id) left join today t using (amount, person_id)
    )
    select person_id, class, competency, if(count(until) = total, min(until), null) as until,
           count(until) < total and count(*) filter (reachable) = total as undated,
           min(had)::BIGINT as had, min(had_together)::BIGINT as had_together, arg_min(course, until) as course
    from each join (select class, competency, count(*) as total from amounts group by all) using (class, competency)
    group by person_id, class, competency, total order by person_id, class, competency
"""


def _worth(
    n: int, amount: Amount, worth: Worth, courses: Mapping[str, Course]
) -> Iterator[tuple[object, ...]]:
    """What each attendance adds to an amount: its own length where the register says none, and for how long."""
    for attended, credits in worth[amount.number].items():
        found = [one for one in credits if one.competency == amount.competency and one.counts]
        if found and _listed(amount.term, found[0].course):
            longest = (
                None if any(one.months is None for one in found) else max(one.months or 0 for one in found)
            )
            months = amount.term.hours.months if amount.term.hours else longest
            key = tuple(getattr(attended, name) for name in FACTS)
            yield n, *key, minutes_of(courses.get(found[0].course)), _is_together(amount, found[0]), months


def _listed(term: Term, course: str) -> bool:
    return term.choose is None or course in term.choose.courses


def _is_together(amount: Amount, credit: Credit) -> bool:
    return bool(amount.term.hours) and credit.mode in amount.term.hours.together  # type: ignore[union-attr]


def counts(amount: Amount, credit: Credit) -> bool:
    """Whether an attendance worth this adds anything to an amount."""
    return credit.counts and credit.competency == amount.competency and _listed(amount.term, credit.course)


def enough(amount: Amount, credit: Credit, course: Course | None) -> bool:
    """Whether one attendance, as long as its course is, comes to the whole amount."""
    if not counts(amount, credit):
        return False
    had = 1 if amount.once else minutes_of(course) or 0
    return had >= amount.needed and (had if _is_together(amount, credit) else 0) >= amount.together


def minutes_of(course: Course | None) -> int | None:
    """How long a course lasts, None where its length in minutes is not stated."""
    return course.duration.minutes if course else None


def fold(connection: duckdb.DuckDBPyConnection, masks: Masks, dates: Dates) -> None:
    """The table `accrued`: what adds up as masks (now, soon, ever, undated) for each person and class."""
    bits = ", ".join(
        f"coalesce(bit_or(1::BIGINT << b.bit) filter (b.word = {word} and {when}), 0) as {name}_{word}"
        for word in masks.words
        for name, when in (
            ("now", "until >= $as_of"),
            ("soon", "until >= $soon"),
            ("ever", "until is not null"),
            ("undated", "undated"),
        )
    )
    connection.execute(
        f"create or replace temp table accrued as select person_id, class, {bits}"
        " from added_up join bits b using (competency) group by all",
        {"as_of": dates.as_of, "soon": dates.soon},
    )


def lapse(connection: duckdb.DuckDBPyConnection) -> None:
    """Put into `lapse_dates` until when what adds up is, or was, held."""
    connection.execute(f"""
        insert into lapse_dates (person_id, class, competency, until, course)
        select person_id, class, competency, until, course from added_up where until < {FOREVER}
    """)
