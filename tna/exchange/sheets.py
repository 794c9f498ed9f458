"""What the sheets of CASE's family share: columns by name, items from rows, and where their ties stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tna.exchange.case_words import HTML
from tna.exchange.cells import Row
from tna.exchange.ids import identifier, is_uuid
from tna.exchange.readings import Reading
from tna.exchange.statements import Item, Package
from tna.exchange.texts import from_html, unguarded, unmistaken
from tna.exchange.written import kept
from tna.names import tidy
from tna.problems import refuse
from tna.sources import is_fault, letters

TAKEN = ("identifier", "fullStatement", "humanCodingScheme", "notes", "CFItemType")


def columns(row: Row, known: Sequence[str], needed: Sequence[str], reading: Reading) -> dict[str, int]:
    """Which column holds what, by its heading, whatever its case and spaces; headings not known keep their own name.

    Raises `Unusable` when one that is needed is not there, or one is there twice.
    """
    names = {_loose(name): name for name in known}
    found: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        heading = tidy(cell).lstrip("*").rstrip("*").strip()
        name = names.get(_loose(heading), heading)
        if name in found:
            refuse(
                "exchange.column-twice",
                reading.place(f"{letters(index)}{row.number}", row.sheet),
                column=name,
            )
        if name:
            found[name] = index
    missing = [name for name in needed if name not in found]
    if missing:
        refuse("exchange.no-column", reading.place(f"A{row.number}", row.sheet), column=missing[0])
    return found


def _loose(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def key_of(text: str) -> str:
    """An identifier as it is compared."""
    found = tidy(text)
    return found.lower() if is_uuid(found) else found


def own_identifier(cell: str) -> dict[str, str]:
    """An identifier that is no UUID, to be written again as it came."""
    name = tidy(cell)
    return {"identifier": name} if name and not is_uuid(name) else {}


def document_key(package: Package) -> str:
    """What the framework is called in a file: as the file called it, else a UUID."""
    own = package.key if is_uuid(package.key) else identifier(package.key, "document")
    return str(package.said.get("identifier", own))


def keys(package: Package) -> dict[str, str]:
    """What each item is called in a file, by id: as the file called it, else a UUID."""
    return {
        one.id: str(one.said.get("identifier", ""))
        or (one.key if is_uuid(one.key) else identifier(package.key, one.id))
        for one in package.items
    }


def has_fault(row: Row, at: Mapping[str, int], reading: Reading) -> bool:
    """Whether a cell of a row is a spreadsheet's error or an uncalculated formula: nobody knows what the row says."""
    faults = {index: found for index in at.values() if is_fault(found := tidy(row.cell(index)))}
    for index, found in faults.items():
        cell = reading.place(f"{letters(index)}{row.number}", row.sheet)
        reading.problems.add("exchange.error-value", cell, found=found)
        reading.ledger.note(
            f"row {row.number}", "refused", "a cell is a spreadsheet's error", found, row.sheet
        )
    return bool(faults)


def item(row: Row, at: Mapping[str, int], ties: Sequence[str], reading: Reading) -> Item | None:
    """The item of a row; None, refused, when it has no statement or nothing to call it by."""
    cells = {name: row.cell(index) for name, index in at.items()}
    label, code = from_html(cells["fullStatement"]), tidy(cells.get("humanCodingScheme", ""))
    key, told = key_of(cells.get("identifier", "")) or code, f"row {row.number}"
    where = reading.place(f"{letters(at['fullStatement'])}{row.number}", row.sheet)
    if has_fault(row, at, reading):
        reading.refused[key] = key
        return None
    if not key or not label:
        missing = "a fullStatement, or an identifier or humanCodingScheme"
        reading.problems.add("exchange.no-key", where, column=missing)
        reading.ledger.note(told, "refused", f"it is without {missing}", label or key, row.sheet)
        reading.refused[key] = key
        return None
    reading.ledger.note(told, "accepted", sheet=row.sheet)
    said: dict[str, Any] = {
        name: from_html(cell) for name, cell in cells.items() if name not in (*TAKEN, *ties) and tidy(cell)
    }
    said |= own_identifier(cells.get("identifier", "")) | (
        {} if tidy(cells.get("CFItemType", "")) else {"CFItemType": ""}
    )

    def tell(reason: str) -> None:
        reading.ledger.note(told, "changed", reason, sheet=row.sheet)

    raws = {name: raw for name in HTML if (raw := unguarded(cells.get(name, "")))}
    said |= kept(raws, unmistaken, tell, joined="" if "abbreviatedStatement" in said else "fullStatement")
    return Item(
        key=key,
        label=label if "abbreviatedStatement" in said else " ".join(label.split()),
        code=code,
        note=from_html(cells.get("notes", "")),
        word=tidy(cells.get("CFItemType", "")),
        said=said,
        row=told,
        where=where,
    )
