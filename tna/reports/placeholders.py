"""The language of a board's own template: words in double braces, and nothing that could run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.sandbox import SandboxedEnvironment

if TYPE_CHECKING:
    from jinja2.lexer import Token, TokenStream

ALLOWED = ("data", "variable_begin", "name", "variable_end")
WORDS = ("kind", "board", "title", "edition", "as_of", "finding", "banner", "note", "sections")
MOST = 200  # placeholders
BRACES = 3 * MOST  # that open one, or stand in the ids that Word gives to pictures


class OnlyWords(Extension):
    """Refuses every sign that is more than a placeholder: dots, brackets, calls, sums, loops and conditions."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The signs of a template, one name between its braces."""
        before = ""
        for token in stream:
            said = str(token.value).strip() or "a sign"
            if token.type not in ALLOWED or before == token.type == "name":
                raise TemplateSyntaxError(f"'{said}' is more than a word in double braces", token.lineno)
            if token.type == "name" and said not in WORDS:
                raise TemplateSyntaxError(f"'{said}' is not one of its words", token.lineno)
            before = token.type
            yield token


def busy(texts: Iterable[bytes]) -> str:
    """Why a template would keep its reader busy for long: it opens far too many placeholders; "" where it does not."""
    many = any(text.count(b"{") > BRACES for text in texts)
    return f"it has more than {MOST} placeholders" if many else ""


def sandbox() -> SandboxedEnvironment:
    """What fills a template: it knows no function, escapes every word, and stops at a word that nobody knows."""
    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, extensions=[OnlyWords])
    made.globals.clear()
    return made
