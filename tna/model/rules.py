"""A rule: structured conditions on the facts of a job, one effect, and examples that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from tna.model.packs import Origin
from tna.problems import Place

Operator = Literal["is", "in", "includes", "at_least", "at_most", "before", "after", "exists"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
Stratum = Literal["place", "need", "credit", "prefer", "flag"]


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared with one value: `duties includes section-47`."""

    __test__ = False  # pytest collects classes of this name

    fact: str
    operator: Operator
    value: Any


@dataclass(frozen=True, slots=True)
class Condition:
    """All of `tests` and `all_of`, at least one of `any_of` when there are any, and none of `none_of`."""

    tests: tuple[Test, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    all_of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does: the stratum it speaks in and the words it says there, as its schema allows."""

    stratum: Stratum
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleExample:
    """Facts given to a rule and the effect expected of it; None expects nothing."""

    given: Mapping[str, Any]
    expect: Mapping[str, Any] | None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Rule:
    """A statement with conditions; `scope` is agency, board or common, the more specific winning."""

    id: str
    origin: Origin
    when: Condition
    then: Effect
    examples: tuple[RuleExample, ...]
    scope: Literal["agency", "board", "common"] = "board"
    since: str = ""
    until: str = ""
    note: str = ""
