"""What changed from one edition of a pack to another, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tna import requirements
from tna.model import Board, Cohort, Competency, Course, Grant, Level, PlanLine, Policy, Question, Rule
from tna.wording import listed, people_words


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One thing that changed: what it is about, the sentence, and where the later edition (else the earlier) says it."""

    about: str
    subject: str
    sentence: str
    source: str


def differences(before: Board, after: Board) -> tuple[Difference, ...]:
    """Everything that differs and could change an answer, a plan or what people read; in the order of the packs."""
    return tuple(difference for look in LOOKS for difference in look(before, after))


def _framework(before: Board, after: Board) -> Iterator[Difference]:
    old, new = before.pack.framework, after.pack.framework
    for name in ("board", "title", "edition", "level_word", "level_column", "effective_from", "review_by"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Difference(
                "framework", name.replace("_", " "), f"was {_said(was)}, is {_said(now)}", "framework.yaml"
            )


def _said(value: object) -> str:
    return "not stated" if value in (None, "", ()) else f"'{value}'"


def _things(
    about: str,
    before: Iterable[Any],
    after: Iterable[Any],
    name: Callable[[Any], str],
    changes: Callable[[Any, Any], Iterator[str]],
) -> Iterator[Difference]:
    """What is new, what is gone, and what changed in what stayed, by id."""
    old, new = ({one.id: one for one in some} for some in (before, after))
    for key in [*old, *(key for key in new if key not in old)]:
        one: Any = new.get(key) or old[key]
        subject, source = f"{name(one)} [{key}]", str(one.origin.source)
        if key not in new:
            yield Difference(about, subject, "is gone", source)
        elif key not in old:
            yield Difference(about, subject, "is new", source)
        else:
            yield from (Difference(about, subject, words, source) for words in changes(old[key], new[key]))


def _levels(before: Board, after: Board) -> Iterator[Difference]:
    order = [[one.id for one in board.pack.framework.levels] for board in (before, after)]
    both = [[one for one in ids if one in set(order[0]) & set(order[1])] for ids in order]
    if both[0] != both[1]:
        yield Difference(
            "level", "order", f"was {', '.join(both[0])}, is {', '.join(both[1])}", "framework.yaml"
        )

    def changes(was: Level, now: Level) -> Iterator[str]:
        yield from _words(was, now, ("label", "number", "descriptor"))
        yield from _sets("includes", _linked(was.includes), _linked(now.includes))
        yield from _sets("names as examples", _examples(was), _examples(now))
        yield from _asked(was, now)

    yield from _things(
        "level", before.pack.framework.levels, after.pack.framework.levels, lambda one: one.label, changes
    )


def _words(was: object, now: object, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        old, new = getattr(was, name), getattr(now, name)
        if old != new:
            yield f"{name.replace('_', ' ')} was {_said(old)}, is {_said(new)}"


def _sets(verb: str, was: frozenset[str], now: frozenset[str]) -> Iterator[str]:
    if now - was:
        yield f"now {verb} {listed(sorted(now - was))}"
    if was - now:
        yield f"no longer {verb} {listed(sorted(was - now))}"


def _asked(was: Level | Cohort, now: Level | Cohort) -> Iterator[str]:
    """On what terms something stays required: for how long it is held, and in which modes it is taken."""
    old, new = (
        {one: _held(grant) for grant in some.requires for one in grant.competencies} for some in (was, now)
    )
    for one in sorted(old.keys() & new.keys()):
        if old[one] != new[one]:
            yield f"required {one}{old[one] or ' without terms'}, requires it{new[one] or ' without terms'}"


def _linked(links: Iterable[Any]) -> frozenset[str]:
    return frozenset(one for link in links for one in (*link.levels, *link.cohorts))


def _examples(level: Level) -> frozenset[str]:
    return frozenset(role for example in level.examples for role in example.roles)


def _required(before: Board, after: Board) -> Iterator[Difference]:
    """What each level and cohort requires in all, and for how long training holds, whatever path leads there."""
    old, new = (
        {
            scope: {need.competency: need for need in needs}
            for scope, needs in requirements.needs(board).items()
        }
        for board in (before, after)
    )
    labels = _labels(before) | _labels(after)
    for scope in sorted({*old, *new}):
        was, now = old.get(scope, {}), new.get(scope, {})
        for verb, more in (
            ("now requires", now.keys() - was.keys()),
            ("no longer requires", was.keys() - now.keys()),
        ):
            for source, names in _by_source({one: (now.get(one) or was[one]).origin.source for one in more}):
                words = f"{verb} {listed([labels.get(one, one) for one in names])}"
                yield Difference("requirement", labels.get(scope, scope), words, source)
        for one in sorted(was.keys() & now.keys()):
            if was[one].months != now[one].months:
                words = f"{labels.get(one, one)} held {_months(was[one].months)}, holds {_months(now[one].months)}"
                yield Difference("requirement", labels.get(scope, scope), words, str(now[one].origin.source))


def _labels(board: Board) -> dict[str, str]:
    """What levels, cohorts and competencies are called, by id."""
    framework = board.pack.framework
    cohorts = {f"cohort:{one.id}": f"{one.label} (cohort)" for one in framework.cohorts}
    return (
        cohorts
        | {one.id: one.label for one in framework.levels}
        | {one.id: one.label for one in framework.competencies}
    )


def _by_source(sources: Mapping[str, object]) -> list[tuple[str, list[str]]]:
    """The names that share a source, in order."""
    found: dict[str, list[str]] = {}
    for name in sorted(sources):
        found.setdefault(str(sources[name]), []).append(name)
    return sorted(found.items())


def _competencies(before: Board, after: Board) -> Iterator[Difference]:
    def changes(was: Competency, now: Competency) -> Iterator[str]:
        yield from _words(was, now, ("label", "note"))
        yield from _sets("builds on", frozenset(was.needs), frozenset(now.needs))

    old, new = before.pack.framework, after.pack.framework
    yield from _things("competency", old.competencies, new.competencies, lambda one: one.label, changes)
    same = [
        {f"{' and '.join(one.competencies)} are the same": str(one.origin.source) for one in some.same}
        for some in (old, new)
    ]
    for words in sorted(same[1].keys() - same[0].keys()):
        yield Difference("competency", "in other words", f"now says that {words}", same[1][words])
    for words in sorted(same[0].keys() - same[1].keys()):
        yield Difference("competency", "in other words", f"no longer says that {words}", same[0][words])


def _cohorts(before: Board, after: Board) -> Iterator[Difference]:
    def changes(was: Cohort, now: Cohort) -> Iterator[str]:
        yield from _words(was, now, ("label", "note"))
        yield from _sets("is also called", frozenset(was.also), frozenset(now.also))
        yield from _sets("takes in", frozenset(was.roles), frozenset(now.roles))
        yield from _sets("leaves out", frozenset(was.except_roles), frozenset(now.except_roles))
        if was.when != now.when:
            yield "holds for others than it did"
        yield from _asked(was, now)
        yield from _sets("is counted as", *(frozenset(_counted(one)) for one in (was, now)))

    old, new = before.pack.framework, after.pack.framework
    yield from _things("cohort", old.cohorts, new.cohorts, lambda one: one.label, changes)


def _counted(cohort: Cohort) -> Iterator[str]:
    for one in cohort.population:
        yield f"{people_words(one.people)}{f' on {one.on.isoformat()}' if one.on else ''}"


def _questions(before: Board, after: Board) -> Iterator[Difference]:
    """What a document leaves open, and how it is treated."""

    def changes(was: Question, now: Question) -> Iterator[str]:
        yield from _words(was, now, ("asks", "treatment"))

    old, new = (board.pack.framework.questions for board in (before, after))
    yield from _things("question", old, new, lambda one: one.id, changes)


def _months(months: int | None) -> str:
    return "without a stated interval" if months is None else f"for {months} months"


def _courses(before: Board, after: Board) -> Iterator[Difference]:
    def changes(was: Course, now: Course) -> Iterator[str]:
        yield from _words(
            was, now, ("title", "mode", "audience", "provider", "target_group", "capacity", "availability")
        )
        yield from _printed("lasts", str(_lasts(was)), str(_lasts(now)))
        yield from _printed("runs", was.frequency.printed, now.frequency.printed)
        for verb, name in (("is open to", "open_to"), ("is required of", "required_of")):
            yield from _sets(verb, _linked(getattr(was, name)), _linked(getattr(now, name)))
        for verb in ("gives", "renews"):
            yield from _sets(verb, _granted(getattr(was, verb)), _granted(getattr(now, verb)))
        yield from _sets(
            "runs on", *(frozenset(day.isoformat() for day in one.sessions) for one in (was, now))
        )
        yield from _sets("comes after", frozenset(was.after), frozenset(now.after))

    yield from _things("course", before.pack.courses, after.pack.courses, lambda one: one.title, changes)


def _lasts(course: Course) -> str:
    """How long a course is, as printed and as it counts."""
    read = course.duration
    counted = (f"{read.minutes} minutes" if read.minutes else "", f"{read.days:g} days" if read.days else "")
    return ", ".join(filter(None, (read.printed, *counted)))


def _printed(verb: str, was: str, now: str) -> Iterator[str]:
    if was != now:
        yield f"{verb} {_said(now)}, and was {_said(was)}"


def _granted(grants: Iterable[Any]) -> frozenset[str]:
    return frozenset(f"{one}{_held(grant)}" for grant in grants for one in grant.competencies)


def _held(grant: Grant) -> str:
    """For how long a grant lasts, and in which modes it is taken, where that is said."""
    months = f" for {grant.months} months" if grant.months else ""
    return f"{months} taken {' or '.join(grant.modes)}" if grant.modes else months


def _policies(before: Board, after: Board) -> Iterator[Difference]:
    old: Mapping[str, Policy] = before.policies
    new: Mapping[str, Policy] = after.policies
    for name in sorted({*old, *new}):
        was, now = (board[name].value if name in board else "" for board in (old, new))
        source = str((new.get(name) or old[name]).origin.source)
        if was != now:
            yield Difference("policy", name, f"was {_said(was)}, is {_said(now)}", source)
        for words in _sets("is agreed as", _agreed(old.get(name)), _agreed(new.get(name))):
            yield Difference("policy", name, words, source)


def _agreed(policy: Policy | None) -> frozenset[str]:
    return frozenset(f"{one.value} with {one.agency}" for one in policy.agencies) if policy else frozenset()


def _terms(before: Board, after: Board) -> Iterator[Difference]:
    """On what terms training counts, each term in a sentence."""
    old, new = (
        {str(one): str(one.origin.source) for one in board.pack.framework.terms} for board in (before, after)
    )
    yield from (Difference("term", said, "is gone", old[said]) for said in sorted(old.keys() - new.keys()))
    yield from (Difference("term", said, "is new", new[said]) for said in sorted(new.keys() - old.keys()))


def _plan(before: Board, after: Board) -> Iterator[Difference]:
    def changes(was: PlanLine, now: PlanLine) -> Iterator[str]:
        yield from _words(
            was,
            now,
            ("kind", "says", "target", "floor", "comparison", "period_from", "period_to", "lead", "update"),
        )
        yield from _sets("lists", *(frozenset(day.isoformat() for day in one.dates) for one in (was, now)))

    yield from _things("plan line", before.pack.plan, after.pack.plan, lambda one: one.says, changes)


def _rules(before: Board, after: Board) -> Iterator[Difference]:
    def changes(was: Rule, now: Rule) -> Iterator[str]:
        if was.when != now.when:
            yield "holds for others than it did"
        if was.then != now.then:
            yield f"said {dict(was.then.says)}, says {dict(now.then.says)}"
        yield from _words(was, now, ("since", "until", "scope"))

    yield from _things("rule", before.pack.rules, after.pack.rules, lambda one: one.id, changes)


LOOKS: tuple[Callable[[Board, Board], Iterator[Difference]], ...] = (
    _framework,
    _levels,
    _competencies,
    _cohorts,
    _required,
    _courses,
    _terms,
    _policies,
    _plan,
    _rules,
    _questions,
)
