"""Says what of a workbook a marked copy can keep, before one is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat  # parts with a document type were refused before: open_safely
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CORE = "docProps/core.xml"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
MOST_SPREAD = 200_000  # cells that are merged or linked over

# Parts that a marked copy cannot keep, by the folder they lie in, with what they are.
LOST = {
    "xl/charts/": "charts", "xl/media/": "pictures", "xl/ctrlProps/": "buttons and boxes", "xl/activeX/": "controls",
    "xl/slicers/": "slicers", "xl/threadedComments/": "conversations", "xl/diagrams/": "diagrams",
    "xl/embeddings/": "embedded files", "customXml/": "data connections",
}  # fmt: skip
LOST_RULES = {
    b"x14:dataValidation ": "lists that cells take from another sheet without a name",
    b"x14:conditionalFormatting ": "newer kinds of conditional format",
}


def losses(archive: ZipFile) -> list[str]:
    """What a marked copy cannot keep, in words; empty when it keeps everything."""
    names = archive.namelist()
    texts = [archive.read(name) for name in names if name.startswith("xl/worksheets/")]
    parts = [what for folder, what in LOST.items() if any(name.startswith(folder) for name in names)]
    return [*parts, *(what for tag, what in LOST_RULES.items() if any(tag in text for text in texts))]


def sprawling(archive: ZipFile) -> bool:
    """Whether merged or linked cells cover so much that laying them out would not end."""
    area = 0
    for reference in ranges(archive):
        area += cells_in(reference)
        if area > MOST_SPREAD:
            return True
    return False


def cells_in(reference: str) -> int:
    """How many cells a range has; too many for one that has no end or cannot be understood."""
    from openpyxl.utils import range_boundaries

    try:
        bounds = range_boundaries(reference)
    except (TypeError, ValueError):
        return MOST_SPREAD + 1
    left, top, right, bottom = (bound or 0 for bound in bounds)
    if not all(bounds):
        return MOST_SPREAD + 1
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def ranges(archive: ZipFile) -> Iterator[str]:
    """The cells that each merge and each link goes over, as any part writes them."""
    found: list[str] = []

    def start(tag: str, said: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] in ("mergeCell", "hyperlink"):
            found.append(said.get("ref", ""))

    for name in archive.namelist():
        if name.endswith(".xml"):
            parser = expat.ParserCreate()
            parser.StartElementHandler = start
            parser.Parse(archive.read(name), True)
            yield from found
            found.clear()


def settle(copy: Path, core: bytes = b"") -> None:
    """Write a copy's parts again without the hour they were written; `core` is what the first workbook says of itself."""
    with ZipFile(copy) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    parts[CORE] = core or STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", parts[CORE])
    with ZipFile(copy, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def core_of(archive: ZipFile) -> bytes:
    """What a workbook says of itself: who made it, and when."""
    return archive.read(CORE) if CORE in archive.namelist() else b""
