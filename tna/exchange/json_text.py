"""Reads JSON that cannot do harm: its depth known before it is parsed, every key once, no numbers that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from tna.problems import Place, Unusable, problem, refuse

DEEPEST = 24  # what is kept of it stands some steps deeper in exchange.yaml
STEP = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
CHANGES = {"[": 1, "{": 1, "]": -1, "}": -1}


def read(text: str, file: str) -> Any:
    """The data of a JSON text. Raises `Unusable` with the place when it is too deep, broken or says a key twice."""
    _check_depth(text, file)

    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            refuse("exchange.json-key-twice", _where(text, text.find(f'"{twice}"'), file), key=twice)
        return found

    def no_number(word: str) -> NoReturn:
        refuse("exchange.not-json", _where(text, text.find(word), file), why=f"{word} is no number")

    try:
        found = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
        json.dumps(found, ensure_ascii=False).encode()
        return found
    except UnicodeEncodeError as fault:
        raise Unusable(
            [problem("exchange.not-json", Place(file), why="it holds half a character")]
        ) from fault
    except json.JSONDecodeError as fault:
        place = Place(file, fault.lineno, fault.colno)
        raise Unusable([problem("exchange.not-json", place, why=fault.msg)]) from fault
    except (RecursionError, ValueError) as fault:  # digits beyond what Python turns into a number
        raise Unusable([problem("exchange.not-json", Place(file), why=str(fault).split(";")[0])]) from fault


def _check_depth(text: str, file: str) -> None:
    depth = 0
    for step in STEP.finditer(text):
        depth += CHANGES.get(step[0], 0)
        if depth > DEEPEST:
            refuse("exchange.json-too-deep", _where(text, step.start(), file), limit=DEEPEST)


def _where(text: str, at: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def bare(value: Any) -> Any:
    """Data without what is explicitly nothing."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [bare(one) for one in value if one is not None]
    return value


def written(data: Any) -> bytes:
    """Data as JSON text, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
