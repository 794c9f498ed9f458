"""The parts of a workbook that its sheets refer to: which sheets there are, texts, and which numbers are dates."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat  # parts with a document type were refused before: archives.check_texts
from zipfile import BadZipFile

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

INDEX_BYTES = 32 << 20  # a part that is read whole
PIECE = 1 << 16  # bytes parsed at a time
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Book:
    """What every sheet of a workbook needs to be read, and where each sheet lies: (name, part)."""

    sheets: Sequence[tuple[str, str]]
    texts: Sequence[str]
    formats: Sequence[str]
    epoch: datetime


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def read_book(archive: ZipFile) -> Book:
    """Read a workbook's index, texts and styles. Raises KeyError or ParseError when they are not there or damaged."""
    main = main_part(archive)
    if main not in archive.namelist():
        return Book((), (), (), epoch(False))
    root = root_of(archive, main)
    targets = relations(archive, main)
    sheets, old_epoch = [], False
    for element in root.iter():
        if local(element.tag) == "sheet":
            key = next((value for name, value in element.items() if local(name) == "id" and name != "id"), "")
            kind, target = targets.get(key, ("", ""))
            if kind.endswith("/worksheet") and target in archive.namelist():
                sheets.append((element.get("name", ""), target))
        elif local(element.tag) == "workbookPr":
            old_epoch = element.get("date1904", "0") in ("1", "true")
    texts = next((target for kind, target in targets.values() if kind.endswith("/sharedStrings")), "")
    styles = next((target for kind, target in targets.values() if kind.endswith("/styles")), "")
    return Book(sheets, read_texts(archive, texts), read_formats(archive, styles), epoch(old_epoch))


def root_of(archive: ZipFile, part: str) -> Element:
    """A small part as a whole. Raises BadZipFile when it is too large to be an index or a list of styles."""
    if archive.getinfo(part).file_size > INDEX_BYTES:
        raise BadZipFile(f"{part} is too large")
    root: Element = fromstring(archive.read(part))
    return root


def epoch(old: bool) -> datetime:
    """The day from which a workbook counts: 1900, or 1904 in those begun on old Macs."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    found: datetime = MAC_EPOCH if old else WINDOWS_EPOCH
    return found


def main_part(archive: ZipFile) -> str:
    """The part that lists the sheets."""
    for kind, target in relations(archive, "").values():
        if kind.endswith("/officeDocument"):
            return target
    return "xl/workbook.xml"


def relations(archive: ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """What a part refers to: id to (kind, part); empty when it says nothing."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    return {
        element.get("Id", ""): (element.get("Type", ""), resolved(folder, element.get("Target", "")))
        for element in root_of(archive, path)
    }


def resolved(folder: str, target: str) -> str:
    """A part's full name from how another part refers to it."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def read_formats(archive: ZipFile, part: str) -> list[str]:
    """The number format of each cell style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    if part not in archive.namelist():
        return []
    root = root_of(archive, part)
    own = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iter()
        if local(element.tag) == "numFmt"
    }
    styles = [element for part in root if local(part.tag) == "cellXfs" for element in part]
    ids = [element.get("numFmtId", "0") for element in styles]
    return [own.get(number) or BUILTIN_FORMATS.get(int(number), "General") for number in ids]


def read_texts(archive: ZipFile, part: str) -> list[str]:
    """Every distinct text of the workbook, in order; furigana left out."""
    texts: list[str] = []
    pieces: list[str] = []
    open_tags: list[str] = []

    def start(tag: str, _: Mapping[str, str]) -> None:
        open_tags.append(tag.rpartition(":")[2])

    def text(data: str) -> None:
        if open_tags and open_tags[-1] == "t" and "rPh" not in open_tags:
            pieces.append(data)

    def end(_: str) -> None:
        if open_tags.pop() == "si":
            texts.append(unescaped("".join(pieces)))
            pieces.clear()

    if part in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
        parser.buffer_text = True
        for piece in pieces_of(archive, part):
            parser.Parse(piece)
        parser.Parse(b"", True)
    return texts


def pieces_of(archive: ZipFile, part: str) -> Generator[bytes, None, None]:
    """The bytes of a part, some at a time."""
    with archive.open(part) as handle:
        while piece := handle.read(PIECE):
            yield piece


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold put back."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
