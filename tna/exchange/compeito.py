"""COMPEITO's CSV: a few lines about the framework, then a row for each item and a column for each kind of tie."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tna.exchange.case_words import OURS, STANDARD, written
from tna.exchange.cells import Row, csv_rows, text_of
from tna.exchange.placing import holding, parents
from tna.exchange.readings import Reading
from tna.exchange.sheets import columns, document_key, has_fault, item, key_of, keys, own_identifier
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import as_cell, from_html, guarded
from tna.exchange.trees import ordered, position
from tna.exchange.written import numbered, rest
from tna.names import tidy
from tna.problems import Problems, refuse
from tna.sources import is_fault, letters

META = (
    "identifier", "title", "version", "creator", "publisher", "description", "language", "subject", "license",
    "adoption_status", "official_source_url", "status_start_date", "status_end_date", "notes",
)  # fmt: skip
COLUMNS = (
    "identifier", "fullStatement", "humanCodingScheme", "parentIdentifier", "sequenceNumber", "CFItemType", "educationLevel",
    "conceptKeywords", "abbreviatedStatement", "alternativeLabel", "notes", "language", "listEnumeration", "license",
    "statusStartDate", "statusEndDate",
)  # fmt: skip
TREE = ("parentIdentifier", "sequenceNumber")
OURS_BACK = {kind: word for word, kind in OURS.items()}
BACK = {**OURS_BACK, "needs": "precedes", "after": "precedes", "related": "isRelatedTo"}
FLIPPED = ("needs", "after")
TIE = re.compile(r"ext:[a-zA-Z0-9._-]+\Z")


def read(reading: Reading) -> Package:
    """The framework of a file. Raises `Unusable` without a row of headings: nothing is guessed from positions."""
    rows = csv_rows(text_of(reading), reading.place())
    meta = _meta(rows, reading)
    body = [row for row in rows if not _about(row)]
    if not body:
        refuse("exchange.no-column", reading.place("A1"), column="fullStatement")
    at = columns(body[0], (*COLUMNS, *STANDARD), ("fullStatement",), reading)
    ties = [name for name in at if name in STANDARD or TIE.match(name)]
    _unknown(at, ties, body[0], reading)
    found = [(row, one) for row in body[1:] if (one := item(row, at, (*ties, *TREE), reading))]
    items = [_stood(row, one, at) for row, one in found]
    positions = {one.key: position(row.cell(at.get("sequenceNumber", -1))) for row, one in found}
    key = meta.pop("identifier", "")
    own = own_identifier(key)
    return Package(
        title=meta.pop("title", ""),
        key=key_of(key),
        by=meta.pop("creator", ""),
        edition=meta.pop("version", ""),
        text=meta.pop("description", ""),
        items=tuple(ordered(items, positions)),
        relations=tuple(tie for row, one in found for tie in _ties(row, one, at, ties, reading)),
        said={**meta, **own},
    )


def _about(row: Row) -> bool:
    """Whether a row is about the framework: it begins with `#` and is no spreadsheet's error."""
    word = tidy(row.cell(0))
    return word.startswith("#") and not is_fault(word)


def _stood(row: Row, one: Item, at: Mapping[str, int]) -> Item:
    """An item under its parent, with its number there as the file has it."""
    number = {"sequenceNumber": tidy(row.cell(at["sequenceNumber"]))} if "sequenceNumber" in at else {}
    parent = key_of(row.cell(at.get("parentIdentifier", -1)))
    return replace(one, parent=parent, said={**one.said, **number})


def _meta(rows: Sequence[Row], reading: Reading) -> dict[str, str]:
    """The lines `#key,value`; one that is not known is kept under its own name."""
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for row in rows:
        word, told = tidy(row.cell(0)), f"row {row.number}"
        if not _about(row):
            continue
        value, key = from_html(row.cell(1)), word[1:].strip()
        if has_fault(row, {key: 1}, reading):
            continue
        if found.get(key) and value:
            reading.problems.add(
                "exchange.said-twice", reading.place(f"A{row.number}"), key=key, first=first[key]
            )
            reading.ledger.note(told, "refused", f"'#{key}' is said in {first[key]} already", value)
            continue
        reading.ledger.note(told, "accepted")
        if value or key not in found:
            found[key], first[key] = value, told
    return found


def _unknown(at: Mapping[str, int], ties: Sequence[str], row: Row, reading: Reading) -> None:
    for name, index in at.items():
        if name not in (*COLUMNS, *ties):
            place = reading.place(f"{letters(index)}{row.number}", row.sheet)
            reading.problems.add("exchange.unknown-column", place, column=name)


def _ties(
    row: Row, one: Item, at: Mapping[str, int], ties: Sequence[str], reading: Reading
) -> Iterator[Relation]:
    """What the columns of ties name, parted by `|`, before or after the row itself."""
    for name in ties:
        for part in row.cell(at[name]).split("|"):
            if key := key_of(part):
                where = reading.place(f"{letters(at[name])}{row.number}")
                kind = OURS.get(name, name)
                yield Relation(kind, one.key, key, row=one.row, where=where, outside=name not in OURS)


def write(package: Package, _: Problems) -> bytes:
    """The file, every item with its identifier, its parent and its ties."""
    names = keys(package)
    placed = parents(package, package.items)
    ties = _written_ties(holding(package, placed), names)
    used = dict.fromkeys(["ext:tna.requires"] if package.of("level") else [])
    used |= dict.fromkeys(kind for one in ties.values() for kind in one)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for key, value in _written_meta(package).items():
        if value:
            writer.writerow([f"#{key}", as_cell(value)])
    extra = dict.fromkeys(key for one in package.items for key in rest(one.said) if key not in COLUMNS)
    writer.writerow(["Identifier", *COLUMNS[1:], *extra, *used])
    numbers = _numbers(package, placed)
    for one in package.items:
        said = {key: as_cell(str(value)) for key, value in rest(one.said).items()}
        own = {key: guarded(text) for key, text in written(one).items()}
        tree = {
            "identifier": names[one.id],
            "parentIdentifier": names.get(placed[one.id], ""),
            "sequenceNumber": numbers[one.id],
        }
        cells = {**said, **own, **{key: guarded(text) for key, text in tree.items()}}
        listed = ["|".join(ties.get(one.id, {}).get(kind, ())) for kind in used]
        writer.writerow([*(cells.get(key, "") for key in (*COLUMNS, *extra)), *map(guarded, listed)])
    return out.getvalue().encode()


def _numbers(package: Package, placed: Mapping[str, str]) -> dict[str, str]:
    """The number of each item among those that stand beside it."""
    below: dict[str, list[Item]] = {}
    for one in package.items:
        below.setdefault(placed[one.id], []).append(one)
    found: dict[str, str] = {}
    for some in below.values():
        numbers = numbered(some, [one.said.get("sequenceNumber") for one in some])
        found |= {one.id: str(number) for one, number in zip(some, numbers, strict=True)}
    return found


def _written_meta(package: Package) -> dict[str, str]:
    said = {key: str(value) for key, value in package.said.items()}
    ours = {"identifier": document_key(package), "title": package.title, "version": package.edition, "creator": package.by, "description": package.text}  # fmt: skip
    return {**{name: said.get(name, "") for name in META}, **said, **ours}


def _written_ties(relations: Iterable[Relation], names: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """For each item, what it is tied to by which kind of association."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in relations:
        kind = BACK.get(one.kind, one.kind)
        ends = [one.origin, one.destination]
        if one.kind in FLIPPED:
            ends.reverse()
        found.setdefault(ends[0], {}).setdefault(kind, []).append(names.get(ends[1], ends[1]))
    return found
