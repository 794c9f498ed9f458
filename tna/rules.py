"""Applies rules to facts: which hold, which of them is the more specific, and whether their examples come true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from tna.frameworks.conditions import facts_of
from tna.model import Condition, Rule, Test
from tna.model.rules import Stratum
from tna.names import agency_key
from tna.problems import Problems

Facts = Mapping[str, Any]
Read = Callable[[Any], str]  # how a value is compared
Compares = Callable[[frozenset[str], Any, Read], bool]
SCOPES = ("agency", "board", "common")  # the more specific first


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition is true of facts; a fact that is not stated makes every comparison but `exists` false."""
    return (
        all(_true(test, facts.get(test.fact)) for test in condition.tests)
        and all(holds(one, facts) for one in condition.all_of)
        and (not condition.any_of or any(holds(one, facts) for one in condition.any_of))
        and not any(holds(one, facts) for one in condition.none_of)
    )


def applying(
    rules: Iterable[Rule], stratum: Stratum, facts: Facts, as_of: date | None = None
) -> tuple[Rule, ...]:
    """The rules of one stratum that hold, in force on a date when one is given, the more specific scopes first."""
    found = [
        rule
        for rule in rules
        if rule.then.stratum == stratum and in_force(rule, as_of) and holds(rule.when, facts)
    ]
    return tuple(sorted(found, key=lambda rule: (SCOPES.index(rule.scope), rule.id)))


def most_specific(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Of rules that hold, those of the most specific scope that answers."""
    found = tuple(rules)
    best = min((SCOPES.index(rule.scope) for rule in found), default=0)
    return tuple(rule for rule in found if SCOPES.index(rule.scope) == best)


def asked_facts(rules: Iterable[Rule]) -> frozenset[str]:
    """Every fact that the conditions of some rules ask about."""
    return frozenset().union(*(facts_of(rule.when) for rule in rules))


def check_examples(rules: Iterable[Rule], facts_from: Callable[[Facts], Facts], problems: Problems) -> int:
    """Try every example of every rule; `facts_from` adds what is read from given facts (roles, post). Returns how many."""
    tried = 0
    for rule in rules:
        for example in rule.examples:
            tried += 1
            held = holds(rule.when, facts_from(example.given))
            got = (rule.then.stratum, dict(rule.then.says)) if held else None
            expected = _effect(example.expect)
            if got != expected:
                problems.add("rules.example-fails", example.place, rule=rule.id,
                             expected=_words(expected), got=_words(got))  # fmt: skip
    return tried


def _effect(expect: Mapping[str, Any] | None) -> tuple[str, dict[str, Any]] | None:
    if expect is None:
        return None
    ((stratum, says),) = expect.items()
    return stratum, dict(says) if isinstance(says, Mapping) else {"level": says}


def _words(effect: tuple[str, Mapping[str, Any]] | None) -> str:
    if effect is None:
        return "nothing"
    stratum, says = effect
    said = ", ".join(f"{key} {value}" for key, value in says.items())
    return said if stratum == "place" else f"{stratum} {said}"


def in_force(rule: Rule, as_of: date | None) -> bool:
    """Whether a rule applies on a date; without a date every rule does."""
    day = as_of.isoformat() if as_of else ""
    return not day or ((not rule.since or rule.since <= day) and (not rule.until or day <= rule.until))


def _true(test: Test, fact: Any) -> bool:
    if test.operator == "exists":
        return (fact not in (None, "", frozenset())) == bool(test.value)
    if fact in (None, ""):
        return False
    read = agency_key if test.fact == "agency" else _word
    return _COMPARISONS[test.operator](_many(fact, read), test.value, read)


def _many(fact: Any, read: Read) -> frozenset[str]:
    values = fact if isinstance(fact, (frozenset, set, list, tuple)) else (fact,)
    return frozenset(read(value) for value in values)


def _word(value: Any) -> str:
    return str(value).strip().casefold()


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _ordered(compare: Callable[[Any, Any], bool]) -> Compares:
    def true(facts: frozenset[str], wanted: Any, read: Read) -> bool:
        limit = _number(read(wanted))
        values = [_number(fact) for fact in facts]
        return any(type(value) is type(limit) and compare(value, limit) for value in values)

    return true


_COMPARISONS: Mapping[str, Compares] = {
    "is": lambda facts, wanted, read: facts == _many(wanted, read),
    "in": lambda facts, wanted, read: bool(facts & _many(wanted, read)),
    "includes": lambda facts, wanted, read: bool(facts & _many(wanted, read)),
    "at_least": _ordered(lambda value, limit: value >= limit),
    "at_most": _ordered(lambda value, limit: value <= limit),
    "before": _ordered(lambda value, limit: value < limit),
    "after": _ordered(lambda value, limit: value > limit),
}
