"""A table of level descriptors, as boards print it: the level, who is at it, and examples."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from tna.exchange.examples import example
from tna.exchange.native import BULLET, found, is_head, level_word
from tna.exchange.readings import Reading
from tna.exchange.statements import Item, Package
from tna.exchange.texts import as_cell
from tna.names import plain
from tna.printed import begun
from tna.problems import Problems
from tna.sources import letters

HEADINGS = {
    "level": ("course level", "level", "group", "tier", "level or group"),
    "group": ("target group", "descriptor", "target audience", "who is at this level", "description", "staff group"),
    "examples": ("description of examples of target group", "examples", "examples of target group", "examples of staff", "roles", "job roles"),
}  # fmt: skip
HEADS = ("Course Level", "Target Group", "Description of examples of target group")
PROVISION = {"single": "single-agency", "multi": "multi-agency"}


def read(reading: Reading) -> Package:
    """The levels of every such table in a file. Raises `Unusable` when there is none."""
    items, words = [], []
    for table in found(reading, HEADINGS, ("level", "group")):
        for row in table.rows:
            told = f"row {row.number}"
            if is_head(row, table):
                reading.ledger.note(told, "changed", "the headings again; left out", sheet=row.sheet)
                continue
            cell = table.text(row, "level")
            printed, named = " ".join(cell.split()), begun(cell)
            where = reading.place(f"{letters(table.at['level'])}{row.number}", row.sheet)
            if len(named.numbers) != 1:
                reading.problems.add("exchange.no-level", where, found=printed or "nothing")
                reading.ledger.note(told, "refused", "it names no one level", printed, row.sheet)
                continue
            reading.ledger.note(told, "accepted", sheet=row.sheet)
            [number] = named.numbers
            word = named.word or table.word("level")
            words.append(word)
            text = table.text(row, "group") or named.rest
            more = _more(printed, table.text(row, "examples"))
            items.append(
                Item(f"level:{plain(number)}", f"{word} {number}", "level", text=text, code=number, more=more, row=told, where=where)
            )  # fmt: skip
    return Package(items=tuple(items), more=level_word(words))


def _more(printed: str, examples: str) -> dict[str, Any]:
    """What else a row says: the words printed, who provides, and each example, as a role where it names one."""
    said: dict[str, Any] = {"printed": printed}
    agency = re.search(r"(single|multi)[ -]?agency", printed, re.IGNORECASE)
    if agency:
        said["provision"] = PROVISION[agency[1].casefold()]
    lines = [BULLET.sub("", line) for line in examples.split("\n") if line]
    named = [part for line in lines for part in _parts(line)]
    return said | ({"examples": [example(one) for one in named]} if named else {})


def _parts(line: str) -> list[str]:
    """The examples of a line, between semicolons; one alone is kept as printed, with a semicolon at its end."""
    parts = [part.strip() for part in line.split(";") if part.strip()]
    return parts if len(parts) != 1 else [line.strip()]


def write(package: Package, _: Problems) -> bytes:
    """The table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for item in package.of("level"):
        names = (str(item.more.get("printed", "")), item.label)
        name = next((one for one in names if begun(one).numbers == (item.code,)), item.code or item.label)
        examples = [str(one["printed"]) for one in item.more.get("examples", ())]
        writer.writerow([as_cell(name), as_cell(item.text), as_cell("\n".join(examples))])
    return out.getvalue().encode()
