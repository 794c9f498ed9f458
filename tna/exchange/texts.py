"""Text between systems: HTML reduced to lines and lines written as HTML, with nothing a spreadsheet would run."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from tna.names import tidy

BREAKS = frozenset(
    [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "dt",
        "dd",
        "hr",
        "pre",
    ]
)
UNSEEN = frozenset({"script", "style", "template", "head", "title", "noscript"})
TAG = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def lines(text: str) -> str:
    """Text with each line tidied, without empty lines, one line end."""
    return "\n".join(line for part in LINE_END.split(text) if (line := tidy(part)))


class _Reducer(HTMLParser):
    """Keeps what a reader sees, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a list's entry is marked by a dash."""
        if tag in UNSEEN:
            self.unseen.append(tag)
        elif tag in BREAKS:
            self.pieces.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        if self.unseen and tag == self.unseen[-1]:
            self.unseen.pop()
        elif tag in BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Words between tags; line ends of the source are no line ends of the text."""
        if not self.unseen:
            self.pieces.append(LINE_END.sub(" ", data))


def from_html(text: str) -> str:
    """The lines a reader sees of HTML; text without tags or entities is taken as it is."""
    if not TAG.search(text):
        return lines(text)
    reducer = _Reducer()
    reducer.feed(text)
    reducer.close()
    return lines("".join(reducer.pieces))


def to_html(text: str) -> str:
    """Lines as paragraphs, everything escaped."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n")) if text else ""


def unmistaken(text: str) -> str:
    """Text for a field that may hold HTML: as it is, or escaped where it would be taken for HTML."""
    return escape(text, quote=False).replace("\n", "<br>") if TAG.search(text) else text


def as_cell(text: str) -> str:
    """Text for a cell that may hold HTML, and that a spreadsheet may open."""
    return guarded(unmistaken(text))


def guarded(text: str) -> str:
    """Text that no spreadsheet will take for a formula; reading takes the mark away again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def shown(text: str, width: int = 60) -> str:
    """A value short enough to print in a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= width else one_line[: width - 1] + "…"
