"""Text between systems: HTML reduced to lines and lines written as HTML, with nothing a spreadsheet would run."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from itertools import groupby

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
TAG = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def lines(text: str) -> str:
    """Text with each line tidied, without empty lines, one line end."""
    return "\n".join(line for part in LINE_END.split(text) if (line := tidy(part)))


class _Reducer(HTMLParser):
    """Keeps what a reader sees, a line for each block and for each row of a table; a link with its address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen: list[str] = []
        self.lists: list[int] = []
        self.link = ("", 0)
        self.cells = 0
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a list's entry is marked by a dash or its number, a cell parted from the one before."""
        said = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self.unseen.append(tag)
        elif tag == "li":
            self.pieces.append(f"\n{self._mark()} ")
        elif tag in ("td", "th"):
            self.pieces.append(" | " if self.cells else "")
            self.cells, self.in_cell = self.cells + 1, True
        elif tag == "a":
            self.link = (said.get("href", ""), len(self.pieces))
        elif tag == "img":
            self.pieces.append(f" {said.get('alt', '')}{_address(said.get('src', ''), '')} ")
        elif tag in BREAKS:
            self._end_line(tag)
        if tag in ("ul", "ol"):
            self.lists.append(-1 if tag == "ul" else 0)

    def _end_line(self, tag: str) -> None:
        """A new line; within a cell of a table a blank, so that a row stays one line."""
        if tag in ("tr", "table"):
            self.cells, self.in_cell = 0, False
        self.pieces.append(" " if self.in_cell and tag in ("p", "div", "br") else "\n")

    def _mark(self) -> str:
        if not self.lists or self.lists[-1] < 0:
            return "-"
        self.lists[-1] += 1
        return f"{self.lists[-1]}."

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line; a link is followed by its address."""
        if self.unseen and tag == self.unseen[-1]:
            self.unseen.pop()
        elif tag == "a":
            address, start = self.link
            self.pieces.append(_address(address, "".join(self.pieces[start:])))
            self.link = ("", len(self.pieces))
        elif tag in BREAKS:
            self._end_line(tag)
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        """Words between tags; line ends of the source are no line ends of the text."""
        if not self.unseen:
            self.pieces.append(LINE_END.sub(" ", data))


def _address(address: str, text: str) -> str:
    """An address in brackets, unless the text shows it already or it leads nowhere a reader could go."""
    shown_already = address.removeprefix("mailto:").rstrip("/") in text
    return f" ({address})" if ADDRESS.match(address) and not shown_already else ""


def from_html(text: str) -> str:
    """The lines a reader sees of HTML; text without tags or entities is taken as it is."""
    if not TAG.search(text):
        return lines(text)
    reducer = _Reducer()
    end = text.rfind(">") + 1
    reducer.feed(text[:end] + text[end:].replace("<", "&lt;"))  # what begins and never ends is no tag
    reducer.close()
    return lines("".join(reducer.pieces))


def to_html(text: str) -> str:
    """Lines as paragraphs and those with a dash as a list, everything escaped."""
    found = []
    for listed, some in groupby(text.split("\n") if text else (), lambda line: line.startswith("- ")):
        if listed:
            found.append(f"<ul>{''.join(f'<li>{escape(line[2:], quote=False)}</li>' for line in some)}</ul>")
        else:
            found += [f"<p>{escape(line, quote=False)}</p>" for line in some]
    return "".join(found)


def unmistaken(text: str) -> str:
    """Text for a field that may hold HTML: as it is, or escaped where it would be taken for HTML."""
    return escape(text, quote=False).replace("\n", "<br>") if TAG.search(text) else text


def as_cell(text: str) -> str:
    """Text for a cell that may hold HTML, and that a spreadsheet may open."""
    return guarded(unmistaken(text))


def guarded(text: str) -> str:
    """Text that no spreadsheet will take for a formula; reading takes the mark away again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """Text of a cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def shown(text: str, width: int = 60) -> str:
    """A value short enough to print in a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= width else one_line[: width - 1] + "…"
