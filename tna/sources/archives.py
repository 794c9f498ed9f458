"""Looks at a workbook's parts before opening it, and refuses what would fill the memory or hide something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tna.problems import Place, refuse

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1 << 20
FILE_BYTES = 256 * MEGABYTE  # as it lies on disk
INFLATED_BYTES = 1024 * MEGABYTE  # all parts unpacked; a million rows of ten columns need about half
TEXTS_BYTES = 256 * MEGABYTE  # the part that holds every distinct text
PARTS = 5_000
RATIO = 100  # real workbooks unpack to 7 to 13 times their size
SMALL = MEGABYTE  # parts below this may be packed as tightly as they like
HEADER = 30  # bytes before a part's name

# An XML part may begin with its declaration and comments, then must come its first element: no document type.
PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.{0,2000}?\?>\s*|<!--.{0,2000}?-->\s*)*<[A-Za-z_]", re.DOTALL
)


def open_archive(path: Path, where: Place) -> ZipFile:
    """The workbook as an archive, not looked at yet. Raises Unusable when it is none or too large."""
    size = path.stat().st_size
    if size > FILE_BYTES:
        swollen(where, f"it has {size // MEGABYTE:,} MB, and at most {FILE_BYTES // MEGABYTE} MB are read")
    with path.open("rb") as handle:
        if handle.read(2) != b"PK":
            refuse("tables.not-a-workbook", where)
    try:
        return ZipFile(path)
    except BadZipFile:
        refuse("tables.broken-workbook", where)


def check_archive(archive: ZipFile, where: Place) -> None:
    """Make sure that the parts are safe to read. Raises Unusable with the reason."""
    check_sizes(archive.infolist(), where)
    check_layout(archive.infolist(), where)
    check_texts(archive, where)


@contextmanager
def open_safely(path: Path, where: Place) -> Iterator[ZipFile]:
    """The workbook as an archive whose parts are safe to read. Raises Unusable with the reason when they are not."""
    with open_archive(path, where) as archive:
        check_archive(archive, where)
        yield archive


def swollen(where: Place, why: str) -> NoReturn:
    """Refuse a workbook for its size."""
    refuse("tables.swollen-workbook", where, why=why)


def check_sizes(parts: list[ZipInfo], where: Place) -> None:
    """Refuse too many parts, too much when unpacked, and parts packed too tightly to be a register."""
    if len(parts) > PARTS:
        swollen(where, f"it has {len(parts):,} parts, and at most {PARTS:,} are read")
    total = sum(part.file_size for part in parts)
    if total > INFLATED_BYTES:
        swollen(
            where,
            f"it unpacks to {total // MEGABYTE:,} MB, and at most {INFLATED_BYTES // MEGABYTE:,} MB are read",
        )
    for part in parts:
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            times = part.file_size // max(part.compress_size, 1)
            swollen(
                where,
                f"part {part.filename} unpacks to {times:,} times its size, and at most {RATIO} are read",
            )
        if part.filename.endswith("sharedStrings.xml") and part.file_size > TEXTS_BYTES:
            swollen(
                where,
                f"its texts fill {part.file_size // MEGABYTE:,} MB, at most {TEXTS_BYTES // MEGABYTE} MB are read",
            )


def check_layout(parts: list[ZipInfo], where: Place) -> None:
    """Refuse parts that lie over each other, come twice, are locked or packed in an unusual way."""
    if any(part.flag_bits & 1 for part in parts):
        refuse("tables.dangerous-workbook", where, why="it is protected by a password")
    names = [part.filename for part in parts]
    spans = sorted((part.header_offset, part.header_offset + least_length(part)) for part in parts)
    if len(set(names)) < len(names) or any(end > start for (_, end), (start, _) in pairwise(spans)):
        refuse(
            "tables.dangerous-workbook",
            where,
            why="its parts lie over each other, as in a file made to do harm",
        )
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        refuse(
            "tables.dangerous-workbook",
            where,
            why="its parts are packed in a way spreadsheet programs do not use",
        )


def least_length(part: ZipInfo) -> int:
    """The least space a part takes in the file."""
    return HEADER + len(part.orig_filename.encode("utf-8", "replace")) + part.compress_size


def check_texts(archive: ZipFile, where: Place) -> None:
    """Refuse XML parts with a document type or in an encoding that spreadsheet programs do not write."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")) and part.file_size:
            try:
                with archive.open(part) as handle:
                    head = handle.read(16 * 1024)
            except (BadZipFile, EOFError, OSError):
                refuse("tables.broken-workbook", where)
            if not PROLOG.match(head):
                why = (
                    f"part {part.filename} does not begin like a spreadsheet's (a document type, or no UTF-8)"
                )
                refuse("tables.dangerous-workbook", where, why=why)
