"""What was sent in a year of a plan: sessions, forms, follow-ups, observations, counts and dated words, by line or course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tna.model import AnnualReview
from tna_plan.evidence import Evidence, Tally, gather


@dataclass(frozen=True, slots=True)
class Forms:
    """Attendances at a course's sessions (None: not stated), and the forms with an answer before and after on the day.

    `hidden` is whether one of the two may not be printed.
    """

    attended: int | None
    on_day: int
    denominator: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """People trained on a course, how many a plan wants to meet again, due and met with all that it asks.

    `shown_...` are numbers of the sample as they may be printed; `hidden` is whether those trained or met may not.
    """

    trained: int
    needed: int
    due: int
    done: int
    short: int
    shown_sample: int | None
    shown_due: int | None
    shown_needed: int | None = None
    shown_short: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """How often observers saw one thing of the checklist, did not, or said nothing of it."""

    seen: int
    unseen: int
    silent: int
    observations: int


@dataclass(frozen=True, slots=True)
class Update:
    """The latest dated word on a line, and its status as somebody judged it ('' when nobody did)."""

    when: date | None
    words: str
    status: str
    post: str


@dataclass(frozen=True, slots=True)
class Year:
    """All that a review's lines are judged on beside the registers; `low` and `high` bound the people in date.

    `whole_hidden` and `range_hidden` are whether the board's coverage, or its bounds, may not be printed; `hidden`
    is of how many agencies they may not.

    `sent` are the courses of which any `forms` or `follow-ups` were sent: where none were, none is not nought.
    """

    evidence: Evidence
    first: date
    last: date
    label: str
    low: int = 0
    high: int = 0
    evidenced: int = 0
    apart: Tally | None = None
    hidden: int = 0
    whole_hidden: bool = False
    range_hidden: bool = False
    sessions: Mapping[str, Mapping[date, str]] = field(default_factory=dict)
    forms: Mapping[str, Forms] = field(default_factory=dict)
    followed: Mapping[str, Followed] = field(default_factory=dict)
    sent: frozenset[tuple[str, str]] = frozenset()
    looked: Mapping[str, Looked] = field(default_factory=dict)
    observed: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    updates: Mapping[str, Update] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day of the review."""
        return self.evidence.as_of


def gather_year(review: AnnualReview) -> Year:
    """Everything the tables of a review hold for judging; agencies only as far as their numbers may be shown."""
    ask = review.connection.execute
    sessions: dict[str, dict[date, str]] = {}
    for course, day, state in ask("select course, date, state from held_sessions").fetchall():
        sessions.setdefault(course, {})[day] = state
    counts: dict[str, list[tuple[str, str]]] = {}
    for line, period, count in ask(COUNTS).fetchall():
        counts.setdefault(line, []).append((period, count))
    found = Year(
        evidence=_shown(gather(review.analysis), review), first=review.first, last=review.last, label=review.year, sessions=sessions,
        forms={row[0]: Forms(*row[1:]) for row in ask(FORMS).fetchall()},
        followed={row[0]: Followed(*row[1:]) for row in ask(FOLLOWED).fetchall()},
        looked={row[0]: Looked(*row[1:]) for row in ask(LOOKED).fetchall()},
        observed=dict(ask(OBSERVED).fetchall()),
        counts={line: tuple(some) for line, some in counts.items()},
        sent=frozenset(ask(SENT).fetchall()),
        updates={row[0]: Update(*row[1:]) for row in ask(UPDATES, {"as_of": review.as_of}).fetchall()},
    )  # fmt: skip
    return _covered(found, review)


COUNTS = """select counted.line, counted.period, case when shown.count is null and counted.count is not null then 'hidden'
            when counted.count is null then 'not stated' else format('{:,}', counted.count) end
            from counted_outcomes_by_period counted positional join outcomes_by_period shown where counted.line <> ''"""
FORMS = """select c.course, c.attended, c.both_on_day, c.denominator,
           p.both_on_day is null or (c.attended is not null and p.attended is null)
           from counted_evaluated c join evaluated p using (course) order by c.course"""
FOLLOWED = """select f.course, f.trained, f.needed, f.due, f.done, f.done_without_manager + f.manager_not_stated + f.too_early,
              p.sample, p.due, p.needed, p.done_without_manager + p.manager_not_stated + p.too_early,
              p.trained is null or p.done is null
              from counted_followup f join followup p using (course) order by f.course"""
LOOKED = "select item, seen, not_seen, not_stated, observations from observed_summary order by item"
SENT = "select distinct 'forms', course from evaluations union select distinct 'follow-ups', course from followups"
OBSERVED = (
    "select course, count(distinct (date, observer_post)) from observed group by course order by course"
)
UPDATES = """with latest as (
                 select *, rank() over (partition by line order by date desc nulls last) as place,
                        count(distinct status) over (partition by line, date) as statuses
                 from updates where coalesce(date <= $as_of, true))
             select distinct on (line) line, date, "update", case when statuses > 1 then 'conflicting' else status end, post
             from latest where place = 1 order by line, "update", post, file, sheet, row"""


def _shown(evidence: Evidence, review: AnnualReview) -> Evidence:
    """The evidence of registers without the numbers of courses to which too few came to print them."""
    if review.internal:
        return evidence
    courses = {
        name: replace(
            one,
            people=0 if one.people < review.threshold else one.people,
            by_day=one.by_day if one.times >= review.threshold else dict.fromkeys(one.by_day, 0),
            online={} if one.times < review.threshold else one.online,
        )
        for name, one in evidence.courses.items()
    }
    return replace(evidence, courses=courses)


def _covered(found: Year, review: AnnualReview) -> Year:
    """The coverage of registers and returns together, by agency where its numbers may be shown."""
    ask = review.connection.execute
    rows = ask(
        "select agency, held, required, basis from combined where agency <> '*' and level = '*' order by agency"
    ).fetchall()
    shown = {name: Tally(held, required) for name, held, required, _ in rows if held is not None and required}
    silent = tuple(name for name, _, _, basis in rows if basis == "no-return")
    ((hidden,),) = ask(HIDDEN).fetchall()
    evidence = replace(found.evidence, whole=Tally(0, 0), agencies=shown, silent=silent)
    return _bounded(replace(found, evidence=evidence, hidden=hidden), review)


HIDDEN = """select count(*) from counted_combined c join combined p using (agency, level)
            where agency <> '*' and level = '*' and c.held is not null and c.required > 0 and p.held is null"""
WHOLE = """select c.held, c.required, c.low, c.high, c.evidenced, p.held is null, p.low is null or p.evidenced is null
           from counted_combined c join combined p using (agency, level, basis)
           where agency = '*' and level = '*' and basis <> 'no-return' and c.held is not null and c.required > 0"""
WIDENED = """select c.required, c.low, c.high, p.required is null, p.low is null
             from counted_combined c join combined p using (agency, level, basis)
             where agency = '*' and level = '*' and basis = 'no-return'"""


def _bounded(found: Year, review: AnnualReview) -> Year:
    """At least and at most in date, as the board's policies have it.

    Where training that an agency gives itself counts with a register only, what is known from statements is not
    among the least; where silence widens, the people of those who sent nothing are among the required.
    """
    ask, policies = review.connection.execute, review.board.policies
    whole = ask(WHOLE).fetchone()
    if whole is None:
        return found
    held, required, low, high, evidenced, hidden, unbounded = whole
    if policies["single-agency.counts"].value == "register":
        low = min(low, evidenced)
    wide = ask(WIDENED).fetchone() if policies["returns.silent"].value == "widen" else None
    apart = Tally(held, required) if wide else None
    if wide:
        required, low, high = wide[0], min(low, wide[1]), wide[2]
        hidden, unbounded = hidden or wide[3], unbounded or wide[4]
    evidence = replace(found.evidence, whole=Tally(held, required))
    return replace(found, evidence=evidence, low=low, high=high, evidenced=evidenced, apart=apart,
                   whole_hidden=hidden, range_hidden=unbounded)  # fmt: skip
