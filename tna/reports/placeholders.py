"""The language of a board's own template: words in double braces, and nothing that could run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.sandbox import SandboxedEnvironment

if TYPE_CHECKING:
    from jinja2.lexer import Token, TokenStream

ALLOWED = ("data", "variable_begin", "name", "variable_end")
MOST = 200  # placeholders
OPENING = re.compile(r"\{[{%#]")


class OnlyWords(Extension):
    """Refuses every sign that is more than a placeholder: dots, brackets, calls, sums, loops and conditions."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template as it is, unless it is made to keep its reader busy."""
        if len(OPENING.findall(source)) > MOST:
            raise TemplateSyntaxError(f"it has more than {MOST} placeholders", 1)
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:  # type: ignore[override]
        """The signs of a template, one name between its braces."""
        before = ""
        for token in stream:
            if token.type not in ALLOWED or before == token.type == "name":
                said = token.value.strip() or "a sign"
                raise TemplateSyntaxError(f"'{said}' is more than a word in double braces", token.lineno)
            before = token.type
            yield token


def sandbox() -> SandboxedEnvironment:
    """What fills a template: it knows no function, escapes every word, and stops at a word that nobody knows."""
    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, extensions=[OnlyWords])
    made.globals.clear()
    return made
