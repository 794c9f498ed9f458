"""The numbers by which the rules of Moodle's file name other rows: each once, and each there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tna.exchange.readings import Reading
from tna.exchange.statements import Item


def numbered(items: Sequence[Item], reading: Reading) -> list[Item]:
    """The items with the number of each, the first of two with one; what a rule names and no row has is told."""
    firsts: dict[str, Item] = {}
    found = [_once(item, firsts, reading) for item in items]
    for item in found:
        for name in _names(str(item.said.get("rule_configuration", ""))):
            if name not in firsts:
                place = replace(item.where, cell=f"J{item.row.removeprefix('row ')}")
                reading.problems.add("exchange.rule-end", place, id=item.key, found=name)
                reading.told(item, "changed", f"its rule names the Exported ID {name}, which no row has; kept as written")  # fmt: skip
    return found


def _once(item: Item, firsts: dict[str, Item], reading: Reading) -> Item:
    number = str(item.said.get("exported", ""))
    first = firsts.setdefault(number, item) if number else item
    if first is item:
        return item
    place = replace(item.where, cell=f"L{item.row.removeprefix('row ')}")
    reading.problems.add("exchange.exported-twice", place, found=number, first=first.row)
    reading.told(item, "changed", f"its Exported ID is that of {first.row}, and is left out", number)
    return replace(item, said={key: value for key, value in item.said.items() if key != "exported"})


def _names(setting: str) -> Iterator[str]:
    """The numbers that the configuration of a rule names."""
    try:
        data = json.loads(setting or "null")
    except (ValueError, RecursionError):
        return
    every = data.get("competencies") if isinstance(data, dict) else None
    for one in every if isinstance(every, list) else ():
        if isinstance(one, dict) and isinstance(one.get("id"), str | int):
            yield str(one["id"])
