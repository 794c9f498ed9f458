"""OpenSALT's workbook: a sheet for the document, one for its items and one for what ties them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tna.exchange.case_words import STANDARD, fields, written
from tna.exchange.cells import Row, tables
from tna.exchange.ids import identifier
from tna.exchange.placing import holding, parents
from tna.exchange.readings import Reading
from tna.exchange.sheets import columns, document_key, has_fault, item, key_of, keys, own_identifier
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import as_cell, from_html, guarded
from tna.exchange.trees import ordered, position
from tna.exchange.written import PLACE, numbered, place, rest
from tna.names import tidy
from tna.problems import Problems, refuse
from tna.sources import is_fault

DOCUMENT = (
    "identifier", "creator", "title", "lastChangeDate", "officialSourceURL", "publisher", "description", "subject",
    "language", "version", "adoptionStatus", "statusStartDate", "statusEndDate", "licenseTitle", "licenseText", "notes",
)  # fmt: skip
ITEM = (
    "identifier", "fullStatement", "humanCodingScheme", "smartLevel", "listEnumeration", "abbreviatedStatement",
    "conceptKeywords", "notes", "language", "educationLevel", "CFItemType", "license",
)  # fmt: skip
TIE = (
    "identifier", "originNodeIdentifier", "originNodeHumanCodingScheme", "associationType",
    "destinationNodeHumanCodingScheme", "destinationNodeIdentifier", "associationGroupIdentifier", "associationGroupName",
)  # fmt: skip
SHEETS = {"CF Doc": DOCUMENT, "CF Item": ITEM, "CF Association": TIE}
PART = (
    "requires",
    "includes",
)  # OpenSALT takes CASE's own associations only: what a level asks for is part of it
BACK = {
    "needs": "precedes",
    "after": "precedes",
    "related": "isRelatedTo",
    "requires": "isPartOf",
    "includes": "isPartOf",
}
FLIPPED = ("needs", "after", *PART)
MADE = datetime(2000, 1, 1)  # when a workbook was made is not of the framework: the same pack, the same bytes


def read(reading: Reading) -> Package:
    """The framework of a workbook. Raises `Unusable` when its sheets are not there."""
    found = {re.sub(r"\W+", "", rows[0].sheet).casefold(): rows for rows in tables(reading)}
    sheets = {name: found.get(re.sub(r"\W+", "", name).casefold(), []) for name in SHEETS}
    for name in ("CF Doc", "CF Item"):
        if len(sheets[name]) < 2:
            refuse("exchange.no-sheet", reading.place(), sheet=name)
    document = _document(sheets["CF Doc"], reading)
    rows = _items(sheets["CF Item"], reading)
    ties = list(_ties(sheets["CF Association"], reading))
    own = own_identifier(document.get("identifier", ""))
    key = key_of(document.pop("identifier", ""))
    items, rest, positions = _placed(rows, ties, key)
    left = set(map(id, rest))
    return Package(
        title=document.pop("title", ""),
        key=key,
        by=document.pop("creator", ""),
        edition=document.pop("version", ""),
        dated=document.get("lastChangeDate", "")[:10],
        text=document.pop("description", ""),
        items=tuple(ordered(items, positions)),
        relations=tuple(rest),
        places=tuple(one for one in ties if id(one) not in left),
        said={**document, **own},
    )


def _document(rows: Sequence[Row], reading: Reading) -> dict[str, str]:
    at = columns(rows[0], DOCUMENT, ("title",), reading)
    reading.ledger.note(f"row {rows[1].number}", "accepted", sheet=rows[1].sheet)
    for row in rows[2:]:
        reading.problems.add("exchange.second-document", reading.place(f"A{row.number}", row.sheet))
        reading.ledger.note(
            f"row {row.number}", "refused", "a package has one document", row.cell(0), row.sheet
        )
    cells = {name: from_html(rows[1].cell(index)) for name, index in at.items()}
    has_fault(rows[1], at, reading)
    return {name: cell for name, cell in cells.items() if cell and not is_fault(cell)}


def _items(rows: Sequence[Row], reading: Reading) -> list[tuple[Item, str]]:
    """Each item with its place in the tree, such as 1.2.3."""
    at = columns(rows[0], ITEM, ("fullStatement",), reading)
    found = [
        (item(row, at, ("smartLevel",), reading), tidy(row.cell(at.get("smartLevel", -1))))
        for row in rows[1:]
    ]
    reading.refused.update({f"smartLevel {place}": place for one, place in found if place and not one})
    return [(one, place) for one, place in found if one]


def _ties(rows: Sequence[Row], reading: Reading) -> Iterator[Relation]:
    if not rows:
        return
    needed = ("originNodeIdentifier", "associationType", "destinationNodeIdentifier")
    at = columns(rows[0], TIE, needed, reading)
    for row in rows[1:]:
        cells = {name: tidy(row.cell(index)) for name, index in at.items()}
        where, told = reading.place(f"A{row.number}", row.sheet), f"row {row.number}"
        if has_fault(row, at, reading):
            continue
        if not all(cells[name] for name in needed):
            reading.problems.add("exchange.no-key", where, column="an origin, a type or a destination")
            reading.ledger.note(
                told, "refused", "it is without an origin, a type or a destination", sheet=row.sheet
            )
            continue
        reading.ledger.note(told, "accepted", sheet=row.sheet)
        said = {
            name: cell
            for name, cell in cells.items()
            if name.startswith(("associationGroup", "identifier", "destinationNodeHuman")) and cell
        }
        origin, end = (key_of(cells[f"{side}NodeIdentifier"]) for side in ("origin", "destination"))
        kind = _kind(cells["associationType"])
        yield Relation(kind, origin, end, said=said, row=told, where=where, whole_row=True, outside=True)


def _kind(words: str) -> str:
    """ "Is Child Of" as CASE writes it: isChildOf; any other word as it is."""
    joined = "".join(word[:1].upper() + word[1:] for word in words.split())
    found = joined[:1].lower() + joined[1:]
    return found if found in STANDARD else words


def _words(kind: str) -> str:
    return (
        " ".join(word.capitalize() for word in re.findall(r"[A-Z]?[a-z]+", kind))
        if kind in STANDARD
        else kind
    )


def _above(place: str, at: Mapping[str, str]) -> str:
    """What a number such as 1.2.3 stands under, "" at the top; one that no row has is named as it is."""
    above = place.rpartition(".")[0]
    return at.get(above, f"smartLevel {above}") if above else ""


def _placed(
    rows: Sequence[tuple[Item, str]], ties: Sequence[Relation], document: str
) -> tuple[list[Item], list[Relation], dict[str, float]]:
    """The items under the parents that their associations name, else under those that their numbers do."""
    keys = {one.key for one, _ in rows}
    firsts = rows[::-1]  # of rows with one id the first stands
    at = {place: one.key for one, place in firsts if place}
    parents_of = {one.key: _above(place, at) for one, place in firsts}
    positions = {one.key: position(place.rpartition(".")[2]) for one, place in firsts}
    named: dict[str, str] = {}
    said: dict[str, dict[str, Any]] = {
        one.key: {"smartLevel": place} if place else {} for one, place in firsts
    }
    rest = []
    for tie in ties:
        inside = tie.kind == "isChildOf" and tie.origin in keys and tie.destination in (*keys, document)
        if inside and tie.origin not in named:
            named[tie.origin] = "" if tie.destination == document else tie.destination
            said[tie.origin][PLACE] = dict(tie.said)
        else:
            rest.append(tie)
    parents_of |= named
    placed = [replace(one, parent=parents_of[one.key], said={**one.said, **said[one.key]}) for one, _ in rows]
    return placed, rest, positions


def write(package: Package, _: Problems) -> bytes:
    """The workbook, with CASE's own associations and no other."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"created": MADE})
    head, text = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    )
    names = keys(package)
    rows = {"CF Doc": [_written_document(package)], "CF Item": _written_items(package, names), "CF Association": _written_ties(package, names)}  # fmt: skip
    for name, titles in SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(titles) - 1, 24, text)
        sheet.write_row(0, 0, titles, head)
        for number, row in enumerate(rows[name], 1):
            for column, title in enumerate(titles):
                if row.get(title):
                    sheet.write_string(number, column, row[title], text)
    book.close()
    return out.getvalue()


def _written_document(package: Package) -> dict[str, str]:
    said = {key: str(value) for key, value in package.said.items()}
    dated = said.get("lastChangeDate", package.dated)
    found = {
        **said, "identifier": document_key(package), "creator": package.by, "title": package.title,
        "lastChangeDate": dated, "description": package.text, "version": package.edition,
    }  # fmt: skip
    return {key: as_cell(text) for key, text in found.items()}


def _written_items(package: Package, names: Mapping[str, str]) -> list[dict[str, str]]:
    placed, numbers = parents(package, package.items), {"": ""}
    below: dict[str, list[Item]] = {}
    by_id = package.by_id()
    for one in package.items:
        below.setdefault(placed[one.id], []).append(one)
    found, waiting = [], [""]
    while waiting:
        above = waiting.pop()
        if above:
            found.append(_written_item(by_id[above], names[above], numbers[above]))
        some = below.get(above, [])
        given = numbered(some, _lasts(some, numbers[above]))
        numbers |= {
            one.id: f"{numbers[above]}.{number}".lstrip(".") for one, number in zip(some, given, strict=True)
        }
        waiting += [one.id for one in reversed(some)]
    return found


def _lasts(siblings: Sequence[Item], above: str) -> list[str | None]:
    """The last parts of the numbers that the file gave to siblings, None where they cannot stand."""
    given = [str(one.said.get("smartLevel", "")).rpartition(".") for one in siblings]
    good = [last if last.isdecimal() and before == above else None for before, _, last in given]
    return good if None not in good and len(set(good)) == len(good) else [None] * len(good)


def _written_item(one: Item, name: str, number: str) -> dict[str, str]:
    said = {key: as_cell(str(value)) for key, value in rest(one.said).items()}
    own = {key: guarded(text) for key, text in written(one).items()}
    return {**said, **own, "identifier": guarded(name), "smartLevel": number}


def _written_ties(package: Package, names: Mapping[str, str]) -> list[dict[str, str]]:
    placed = parents(package, package.items)
    codes = {one.id: fields(one)["humanCodingScheme"] for one in package.items}
    items, key = package.by_id(), document_key(package)

    def row(kind: str, origin: str, end: str, said: Mapping[str, object]) -> dict[str, str]:
        ends = {
            "originNodeIdentifier": names.get(origin, origin),
            "destinationNodeIdentifier": names.get(end, end),
        }
        codes_of = {"originNodeHumanCodingScheme": codes.get(origin, ""), "destinationNodeHumanCodingScheme": codes.get(end, "")}  # fmt: skip
        found = {
            "identifier": identifier(key, kind, *ends.values()),
            "associationType": _words(kind),
            **ends,
            **codes_of,
        }
        found |= {name: str(value) for name, value in said.items() if not codes_of.get(name)}
        return {name: as_cell(text) for name, text in found.items()}

    def said_of(one: Item) -> Mapping[str, object]:
        stays = one.parent == placed[one.id] and (one.parent in items or not one.parent)
        return (place(one) or {}) if stays else {}

    children = [row("isChildOf", one.id, placed[one.id] or key, said_of(one)) for one in package.items]
    ties = []
    for one in holding(package, placed):
        kind = BACK.get(one.kind, one.kind)
        if kind in STANDARD and not (one.kind == "requires" and _kind_of(package, one) != "level"):
            ends = (one.destination, one.origin) if one.kind in FLIPPED else (one.origin, one.destination)
            ties.append(row(kind, *ends, one.said))
    return [*children, *ties]


def _kind_of(package: Package, one: Relation) -> str:
    return next((item.kind for item in package.items if item.id == one.origin), "")
