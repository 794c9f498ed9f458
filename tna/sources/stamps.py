"""Knows tna's own forms again, sheet by sheet, by the lines that stand above their headings."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tna.names import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tna.model import Pack

AGENCY, FORM = "Agency", "Form"  # what the lines above the headings begin with
MADE_BY = "tna"
HIDDEN = "tna"  # the name of the hidden sheet that says what the workbook is
CHECKSUM = 12  # letters of a checksum that a form is printed with

# The sheets of forms that hold a register, by the name we give them; the others hold nothing to read.
SHEETS: Mapping[str, str] = {
    "People": "people",
    "Training": "records",
    "Headcounts": "returns",
    "Sessions": "sessions",
    "Bookings": "bookings",
}
REGISTERS = frozenset(SHEETS.values())


@dataclass(frozen=True, slots=True)
class Edition:
    """The pack that a form was made from: the board's id, the framework's edition, the checksum of what forms use."""

    board: str
    edition: str
    checksum: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one sheet of a form says of itself: the register it holds, or else what it is for, and its pack."""

    sheet: str
    edition: Edition

    def __str__(self) -> str:
        said = self.edition
        return "/".join((MADE_BY, self.sheet, said.board, said.checksum[:CHECKSUM], said.edition))


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines above a table say: the agency it is of, and the stamp of a form; or what its hidden sheet says."""

    agency: str = ""
    stamp: Stamp | None = None
    hidden: bool = False

    @property
    def of_form(self) -> bool:
        """Whether it is a form that states the agency."""
        return self.hidden or self.stamp is not None


NOTHING = Above()


def edition_of(pack: Pack) -> Edition:
    """The edition of a pack, as forms are stamped with it; only what forms are made of changes the checksum."""
    said = "".join(pack.checksums.get(f"{file}.yaml", "") for file in ("framework", "catalogue"))
    return Edition(pack.framework.id, pack.framework.edition, sha256(said.encode()).hexdigest())


def read_stamp(text: str) -> Stamp | None:
    """The stamp that a text is, if it is one."""
    parts = tidy(text).split("/", 4)
    if len(parts) < 5 or parts[0] != MADE_BY:
        return None
    _, sheet, board, checksum, edition = parts
    return Stamp(sheet, Edition(board, edition, checksum))


def read_above(rows: Sequence[tuple[int, Sequence[str]]], otherwise: str = "") -> Above:
    """What the lines above a table say (lines of a name and one value); `otherwise` is the agency if none does."""
    agency, stamp = "", None
    for _, cells in rows:
        filled = [text for cell in cells if (text := tidy(cell))]
        if len(filled) == 2 and filled[0].rstrip(": ").casefold() == AGENCY.casefold():
            agency = agency or filled[1]
        elif len(filled) == 2 and filled[0].rstrip(": ").casefold() == FORM.casefold():
            stamp = stamp or read_stamp(filled[1])
    return Above(agency or otherwise, stamp, hidden=bool(otherwise and not agency))


def agency_of(rows: Sequence[tuple[int, Sequence[str]]]) -> str:
    """The agency that the hidden sheet of a form names; '' when this is no such sheet."""
    above = read_above(rows)
    return above.agency if above.stamp and above.stamp.sheet == HIDDEN else ""


def agency_for(sheet: str, agency: str) -> str:
    """The agency that a sheet of a form is taken to be of when it lost the line that says so; '' for any other sheet."""
    return agency if sheet in SHEETS else ""
