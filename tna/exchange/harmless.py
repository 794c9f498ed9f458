"""Whether HTML from elsewhere may be written again as it came: only marks that a reader sees, and nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tna.exchange.texts import ADDRESS

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
WORDS = frozenset(
    [
        "align",
        "alt",
        "border",
        "class",
        "colspan",
        "dir",
        "height",
        "id",
        "lang",
        "rowspan",
        "scope",
        "start",
        "target",
        "title",
        "type",
        "valign",
        "width",
    ]
)
ADDRESSES = frozenset({"href", "src", "cite"})
HALF = re.compile(r"<[a-zA-Z/!?]")


def harmless(html: str) -> bool:
    """Whether HTML holds only what shows text, links and pictures."""
    if HALF.search(html[html.rfind(">") + 1 :]):
        return False
    found = _Looker()
    found.feed(html)
    found.close()
    return found.good


class _Looker(HTMLParser):
    """Goes through HTML until something is met that is not known to be harmless."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.good = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that only shows something, with words or addresses that a reader could go to."""
        for name, value in attrs:
            goes = name in ADDRESSES and bool(ADDRESS.match(value or ""))
            self.good = self.good and (name in WORDS or goes)
        self.good = self.good and tag in TAGS

    def handle_endtag(self, tag: str) -> None:
        """The end of such a tag."""
        self.good = self.good and tag in TAGS

    def handle_data(self, data: str) -> None:
        """Text; half a tag in it is none."""
        self.good = self.good and not HALF.search(data)

    def handle_comment(self, data: str) -> None:
        """A comment hides something."""
        self.good = False

    def handle_decl(self, decl: str) -> None:
        """So does a declaration."""
        self.good = False

    def handle_pi(self, data: str) -> None:
        """So does an instruction."""
        self.good = False

    def unknown_decl(self, data: str) -> None:
        """So does anything else that begins so."""
        self.good = False
