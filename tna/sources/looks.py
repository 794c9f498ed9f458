"""One pass over the bytes of a file: its checksum, its line ends and the encoding it is in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PIECE = 1 << 20  # bytes looked at together; a line longer than this is no register


@dataclass(slots=True)
class Look:
    """What one pass over the bytes of a file found."""

    digest: str = ""
    size: int = 0
    newlines: int = 0
    returns: int = 0
    pairs: int = 0
    nuls: int = 0
    unbroken: int = 0
    last: bytes = b""
    head: bytes = b""
    utf8: bool = True
    windows: bool = True

    @property
    def lines(self) -> int:
        """How many lines the file has, its last one ended or not."""
        return self.newlines + (self.last not in (b"", b"\n"))

    @property
    def plain(self) -> bool:
        """Whether the text is UTF-8 with one kind of line end."""
        return self.utf8 and not self.nuls and self.returns == self.pairs and self.pairs in (0, self.newlines)


def look(path: Path) -> Look:
    """One pass over a file: checksum, line ends and which encodings it can be in."""
    seen, digest = Look(), sha256()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    windows = codecs.getincrementaldecoder("cp1252")()
    with path.open("rb") as handle:
        while piece := handle.read(PIECE):
            digest.update(piece)
            count_ends(seen, piece)
            seen.utf8 = seen.utf8 and decodes(utf8, piece)
            seen.windows = seen.windows and (piece.isascii() or decodes(windows, piece))
    seen.utf8 = seen.utf8 and not utf8.getstate()[0]
    seen.digest = digest.hexdigest()
    return seen


def decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    """Whether a piece of bytes goes on as this encoding; plain letters are not decoded at all."""
    if piece.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def count_ends(seen: Look, piece: bytes) -> None:
    """Count the line ends of one more piece of a file."""
    newlines, returns = piece.count(b"\n"), piece.count(b"\r")
    seen.head = seen.head or piece
    seen.size += len(piece)
    seen.newlines += newlines
    seen.returns += returns
    seen.pairs += (piece.count(b"\r\n") if returns else 0) + (seen.last == b"\r" and piece[:1] == b"\n")
    seen.nuls += piece.count(b"\0")
    seen.unbroken += len(piece) == PIECE and not newlines and not returns
    seen.last = piece[-1:]


def encoding(seen: Look) -> str:
    """The encoding a file is in; '' when it is no text in any that spreadsheets write."""
    if seen.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if seen.nuls:
        return wide(seen.head)
    if seen.utf8:
        return "utf-8-sig"
    return "cp1252" if seen.windows else ""


def wide(head: bytes) -> str:
    """UTF-16 without its mark, known by every other byte being nothing; '' when it is not that."""
    little, big = head[1:200:2], head[0:200:2]
    if little and little.count(0) > 0.9 * len(little) and not big.count(0):
        return "utf-16-le"
    if big and big.count(0) > 0.9 * len(big) and not little.count(0):
        return "utf-16-be"
    return ""
