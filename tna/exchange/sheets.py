"""What the sheets of CASE's family share: columns by name, items from rows, and where their ties stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tna.exchange.cells import Row
from tna.exchange.ids import is_uuid
from tna.exchange.readings import Reading
from tna.exchange.statements import Item
from tna.exchange.texts import from_html
from tna.names import tidy
from tna.problems import refuse
from tna.sources import letters

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


def item(row: Row, at: Mapping[str, int], ties: Sequence[str], reading: Reading) -> Item | None:
    """The item of a row; None, refused, when it has no statement or nothing to call it by."""
    cells = {name: row.cell(index) for name, index in at.items()}
    label, code = from_html(cells["fullStatement"]), tidy(cells.get("humanCodingScheme", ""))
    key, told = key_of(cells.get("identifier", "")) or code, f"row {row.number}"
    where = reading.place(f"{letters(at['fullStatement'])}{row.number}", row.sheet)
    if not key or not label:
        missing = "a fullStatement, or an identifier or humanCodingScheme"
        reading.problems.add("exchange.no-key", where, column=missing)
        reading.ledger.note(told, "refused", f"it is without {missing}", label or key, row.sheet)
        return None
    reading.ledger.note(told, "accepted", sheet=row.sheet)
    said = {
        name: from_html(cell) for name, cell in cells.items() if name not in (*TAKEN, *ties) and tidy(cell)
    }
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
