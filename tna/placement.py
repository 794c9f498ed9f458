"""Finds the level of a job: what the agency stated, else what the pack says of its post, title or contact, else ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tna import roles, rules, titles
from tna.frameworks.conditions import facts_of
from tna.model import Board, Decision, Example, Level, Placement, Rule
from tna.model.answers import How
from tna.names import level_names, other_numerals, plain
from tna.rules import Facts

# The rank of a rule is that of the strongest fact it asks about; facts that are not listed were stated of the post.
STATED_OF_POST, NAMED_EXAMPLE, POST_IN_TITLE, BY_CONTACT = 2, 3, 4, 5
RANKS = {"role": NAMED_EXAMPLE, "roles": NAMED_EXAMPLE, "post": POST_IN_TITLE, "contact": BY_CONTACT}
HOW: Mapping[int, How] = {
    STATED_OF_POST: "post",
    NAMED_EXAMPLE: "example",
    POST_IN_TITLE: "post",
    BY_CONTACT: "descriptor",
}
SETS = ("duties", "cohort", "post")


@dataclass(frozen=True, slots=True)
class Reader:
    """A board made ready to place jobs: its titles, examples and rules, compiled once."""

    board: Board
    vocabulary: titles.Vocabulary
    level_names: Mapping[str, str]
    other_numerals: Mapping[str, str]
    cohort_names: Mapping[str, str]
    attached: Mapping[str, frozenset[str]]
    excepted: Mapping[str, frozenset[str]]
    examples: Mapping[tuple[str, str], Example]
    rules: tuple[tuple[int, Rule], ...]
    decided: Mapping[tuple[str, ...], Decision]
    later: Mapping[tuple[str, ...], Decision] = field(default_factory=dict)
    readings: dict[str, titles.Reading] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A level that something speaks for, and what it says."""

    level: str
    because: str
    matched: str


def reader(board: Board, as_of: date | None = None) -> Reader:
    """A board made ready to place jobs; rules and decisions not in force on the as-of date are left out."""
    levels = board.pack.framework.levels
    place_rules = [
        rule for rule in board.pack.rules if rule.then.stratum == "place" and rules.in_force(rule, as_of)
    ]
    return Reader(
        board=board,
        vocabulary=titles.vocabulary(board.roles),
        level_names=level_names(levels),
        other_numerals=other_numerals(levels),
        cohort_names={
            plain(name): one.id
            for one in board.pack.framework.cohorts
            for name in (one.id, one.label, *one.also)
        },
        attached=_attached(levels),
        excepted=_excepted(levels),
        examples={
            (role, level.id): one
            for level in reversed(levels)
            for one in level.examples
            for role in one.roles
        },
        rules=tuple((rank(rule), rule) for rule in place_rules),
        decided={titles.normalise(one.title): one for one in board.decisions if not _later(one, as_of)},
        later={titles.normalise(one.title): one for one in board.decisions if _later(one, as_of)},
    )


def _later(one: Decision, as_of: date | None) -> bool:
    return as_of is not None and one.on > as_of


def _attached(levels: Iterable[Level]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for level in levels:
        for example in level.examples:
            for role in example.roles:
                found[role] = found.get(role, frozenset()) | {level.id}
    return found


def _excepted(levels: Iterable[Level]) -> dict[str, frozenset[str]]:
    return {
        level.id: frozenset(role for example in level.examples for role in example.except_roles)
        for level in levels
    }


def rank(rule: Rule) -> int:
    """How strong a placing rule is: 2 stated of the post, 3 named example, 4 post in the title, 5 contact."""
    return min((RANKS.get(fact, STATED_OF_POST) for fact in facts_of(rule.when)), default=STATED_OF_POST)


def facts(reader: Reader, stated: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a job: what was stated, and what is read from its title (`roles` with all broader ones, `post`)."""
    found = {
        key: _as_set(value) if key in SETS else value
        for key, value in stated.items()
        if value not in ("", None)
    }
    title = str(stated.get("role") or "")
    if title:
        reading = _read(reader, title)
        certain = (*reading.roles, *reading.posts) if reading.certain else ()
        matched = frozenset(found.get("roles", ())) | frozenset(certain)
        found["roles"] = frozenset(node for role in matched for node in reader.board.roles.ancestors(role))
        found["post"] = _as_set(found.get("post", ())) | reading.post
        found["reading"] = reading
    if "cohort" in found:
        found["cohort"] = frozenset(reader.cohort_names.get(plain(name), name) for name in found["cohort"])
    return found


def _read(reader: Reader, title: str) -> titles.Reading:
    """A title, read once however many jobs have it."""
    if title not in reader.readings:
        reader.readings[title] = titles.read(title, reader.vocabulary, suggest=False)
    return reader.readings[title]


def _as_set(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset(part.strip() for part in value.split("|") if part.strip())
    return frozenset(value)


def place(reader: Reader, facts: Facts) -> Placement:
    """The level of a job with these facts, how it was found and why; asks when nothing, or too much, speaks for one."""
    found = _place(reader, facts)
    if found.how != "ask":
        return found
    return replace(found, suggestions=(*_by_number(reader, facts), *_suggestions(reader, facts)))


def _place(reader: Reader, facts: Facts) -> Placement:
    own = _by_pack(reader, facts)
    if facts.get("conflict"):
        return _ask(reader, facts, str(facts["conflict"]))
    if not facts.get("level"):
        return own
    written = str(facts["level"])
    level = reader.level_names.get(plain(written))
    if level is None:
        word = reader.board.pack.framework.level_word
        return _ask(
            reader, facts, f"the agency states the {word} '{written}', which this framework does not have"
        )
    differs = own.level if own.level not in ("", level) else ""
    because = f"the agency states '{written}'"
    if differs:
        because += f"; the pack would have said {_label(reader, differs)}: {own.because}"
    return Placement(level, "stated", because, matched=written, roles=_roles(facts), differs=differs)


def _decided(reader: Reader, facts: Facts) -> Placement | None:
    """What the board has decided of a title, which goes above everything but the level an agency states."""
    one = _decision(reader.decided, facts)
    if one is None:
        return None
    because = f"decided by {one.by} on {one.on.isoformat()}: {one.because}"
    return Placement(one.level, "example", because, one.title, _roles(facts))


def _decision(decided: Mapping[tuple[str, ...], Decision], facts: Facts) -> Decision | None:
    words = titles.normalise(str(facts.get("role") or "")) if decided else ()
    return decided.get(words) if words else None


def _by_pack(reader: Reader, facts: Facts) -> Placement:
    """What the board has decided, else what its pack says; with a decision that is not in force yet."""
    found = _decided(reader, facts) or _unaided(reader, facts)
    later = _decision(reader.later, facts)
    if later is None:
        return found
    said = f"decided by {later.by} on {later.on.isoformat()}, after the day of this analysis, so not applied"
    return replace(found, because=f"{found.because}; {_label(reader, later.level)} is {said}")


def _unaided(reader: Reader, facts: Facts) -> Placement:
    for strength in HOW:
        found = tuple(_candidates(reader, facts, strength))
        levels = {candidate.level for candidate in found}
        if len(levels) == 1 or (levels and _straddles_up(reader)):
            highest = max(found, key=lambda one: _rank_of(reader, one.level))
            because = highest.because + _lower(reader, highest.level, levels)
            return Placement(highest.level, HOW[strength], because, highest.matched, _roles(facts))
        if levels:
            return _ask(reader, facts, _torn(reader, found))
    return _ask(reader, facts, "")


def _candidates(reader: Reader, facts: Facts, strength: int) -> Iterator[Candidate]:
    """What rules and named examples of one strength say; a named example is the board's word, as its rules are."""
    ruled = [rule for found, rule in reader.rules if found == strength and rules.holds(rule.when, facts)]
    named = strength == NAMED_EXAMPLE and facts.get("reading")
    examples = tuple(_named(reader, facts["reading"])) if named else ()
    scopes = {rule.scope for rule in ruled} | ({"board"} if examples else set())
    first = min(scopes, key=rules.SCOPES.index, default="board")
    over = _over(first, scopes - {first})
    for rule in ruled:
        if rule.scope == first:
            because = f"rule {rule.id}{over} ({rule.origin.source}; {rule.origin.basis})"
            yield Candidate(rule.then.says["level"], because, rule.id)
    if first == "board":
        yield from examples


def _over(scope: str, wider: Set[str]) -> str:
    said = " and the ".join(sorted(wider, key=rules.SCOPES.index))
    return f" of the {scope}, over what the {said} says" if wider else ""


def _named(reader: Reader, reading: titles.Reading) -> Iterator[Candidate]:
    """What the board's named examples say of a title; nothing when one of two possible jobs is not among them."""
    above = _example_levels(reader, reading.posts)
    found = [above] if above[0] else [_example_levels(reader, (role,)) for role in reading.roles]
    if all(levels for levels, _ in found):
        for levels, role in found:
            yield from (_example(reader, reading, role, level) for level in sorted(levels))


def _example_levels(reader: Reader, named: Iterable[str]) -> tuple[frozenset[str], str]:
    return roles.nearest(named, reader.attached, reader.excepted, reader.board.roles)


def _example(reader: Reader, reading: titles.Reading, role: str, level: str) -> Candidate:
    example = reader.examples.get((role, level)) or _example_above(reader, reading, level)
    sourced = f"{example.origin.source}; {example.origin.basis}"
    because = (
        f"'{example.printed}' is a named example of {_label(reader, level)} ({sourced}); {reading.because}"
    )
    return Candidate(level, because, example.printed)


def _example_above(reader: Reader, reading: titles.Reading, level: str) -> Example:
    named = (*reading.posts, *reading.roles)
    above = {upper for role in named for upper in reader.board.roles.ancestors(role)}
    return next(one for (role, at), one in reader.examples.items() if at == level and role in above)


def _lower(reader: Reader, taken: str, levels: Set[str]) -> str:
    """What a straddling job fits equally well, and the policy by which it is trained to the higher level."""
    others = [
        _label(reader, level) for level in sorted(levels - {taken}, key=lambda one: _rank_of(reader, one))
    ]
    return (
        f"; {' and '.join(others)} would fit equally (policy placement.straddling=highest)" if others else ""
    )


def _torn(reader: Reader, found: Iterable[Candidate]) -> str:
    sides = dict.fromkeys(f"{_label(reader, one.level)} ({one.because})" for one in found)
    return f"equally {' and '.join(sides)}"


def _ask(reader: Reader, facts: Facts, because: str) -> Placement:
    reading = facts.get("reading")
    told = reading.because if reading else "no job title is given"
    if reading and reading.certain and not because:
        named = ", ".join(reader.board.roles.nodes[role].label for role in reading.roles)
        told = f"read as {named}, {_unnamed(reader, reading.roles)}"
    return Placement("", "ask", because or told, roles=_roles(facts))


def meant_by_number(reader: Reader, written: str) -> str:
    """The label of the level that has a stated level's number, in numerals that the board does not write; else ""."""
    level = reader.other_numerals.get(plain(written), "")
    return _label(reader, level) if level else ""


def _by_number(reader: Reader, facts: Facts) -> Iterator[str]:
    written = str(facts.get("level") or "")
    if meant := meant_by_number(reader, written):
        yield f"{meant} ('{written}' is its number in other numerals)"


def _unnamed(reader: Reader, read: Iterable[str]) -> str:
    """That the board names no job so read, or only some of the jobs that a title may mean."""
    graph, wide = reader.board.roles, frozenset(read)
    some = [
        f"{graph.nodes[role].label} ({_label(reader, level)})"
        for role, levels in sorted(reader.attached.items())
        for level in sorted(levels)
        if wide & frozenset(graph.ancestors(role))
    ]
    if some:
        return f"of whom the board names only {', '.join(some[:3])}{' and others' * (len(some) > 3)}"
    return f"which the board names at no {reader.board.pack.framework.level_word}"


def _suggestions(reader: Reader, facts: Facts) -> tuple[str, ...]:
    """What a title may have meant; looked for only where it is asked."""
    reading = facts.get("reading")
    if reading and not reading.roles:
        reading = titles.read(reading.title, reader.vocabulary)
    return tuple(f"{one.label} ({one.because})" for one in reading.suggestions) if reading else ()


def _roles(facts: Facts) -> tuple[str, ...]:
    reading = facts.get("reading")
    return tuple(reading.roles) if reading else ()


def _label(reader: Reader, level: str) -> str:
    return next(one.label for one in reader.board.pack.framework.levels if one.id == level)


def _rank_of(reader: Reader, level: str) -> int:
    return next(one.rank for one in reader.board.pack.framework.levels if one.id == level)


def _straddles_up(reader: Reader) -> bool:
    policy = reader.board.policies.get("placement.straddling")
    return bool(policy and policy.value == "highest")
