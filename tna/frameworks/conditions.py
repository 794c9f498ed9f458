"""Reads conditions: facts and what they must be, all of them unless `any` or `not` says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from tna.model import Condition, Test
from tna.model.rules import OPERATORS, Operator


def read_condition(data: Mapping[str, Any]) -> Condition:
    """A condition from its YAML block, already checked by `check_condition`."""
    tests: list[Test] = []
    any_of: list[Condition] = []
    none_of: list[Condition] = []
    all_of: list[Condition] = []
    for key, value in data.items():
        if key == "any":
            any_of = [read_condition(one) for one in value]
        elif key == "all":
            all_of = [read_condition(one) for one in value]
        elif key == "not":
            none_of = [read_condition(one) for one in (value if isinstance(value, list) else [value])]
        else:
            tests.extend(_tests(key, value))
    return Condition(tuple(tests), tuple(any_of), tuple(none_of), tuple(all_of))


def _tests(fact: str, value: Any) -> list[Test]:
    if isinstance(value, dict):
        return [Test(fact, cast("Operator", operator), wanted) for operator, wanted in value.items()]
    return [Test(fact, "is", value)]


def faults(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str, str]]:
    """What is wrong with a condition block: (path, code, the word) for each fault."""
    if not isinstance(data, dict):
        return [(path, "rules.not-a-block", str(data))]
    found: list[tuple[tuple[str | int, ...], str, str]] = []
    for key, value in data.items():
        here = (*path, key)
        if key in ("any", "all", "not"):
            listed = isinstance(value, list)
            if key != "not" and not listed:
                found.append((here, "rules.not-a-list", key))
                continue
            for index, one in enumerate(value if listed else [value]):
                found.extend(faults(one, (*here, index) if listed else here))
        elif isinstance(value, dict):
            found.extend(
                ((*here, word), "rules.unknown-operator", word) for word in value if word not in OPERATORS
            )
            if not isinstance(value.get("exists", True), bool):
                found.append(((*here, "exists"), "schema.wrong-type", str(value["exists"])))
        elif isinstance(value, list):
            found.append((here, "rules.bare-list", key))
    return found


def facts_of(condition: Condition) -> frozenset[str]:
    """The facts a condition asks about, at any depth."""
    inner = (*condition.any_of, *condition.none_of, *condition.all_of)
    return frozenset(test.fact for test in condition.tests).union(*(facts_of(one) for one in inner))
