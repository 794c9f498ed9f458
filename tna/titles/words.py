"""The words of a title, without case, accents, punctuation, plurals and other differences of writing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Words = tuple[str, ...]

_DOTTED = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?")
_POSSESSIVE = re.compile(r"['’‘`´]s?\b")
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_MARKS = r"[,;:()\[\]{}|/\\–—]|\s-+|-+\s"
_BREAKS = (
    re.compile(_MARKS),
    re.compile(_MARKS + r"|\s(?:of|for|in|at|within|with|on|from)\s", re.IGNORECASE),
)
_SILENT = frozenset({"the", "an", "for", "at", "within", "with", "on", "from", "by"})
_PLURALS = {"children": "child", "people": "person", "women": "woman", "men": "man", "wive": "wife"}
_SHORTEST_PLURAL = 3  # letters: "YOS" and "DCS" are no plurals
_LONGEST = 16  # words; more is a sentence, not a title
_MOST_PARTS = 4  # that are tried in every order


def normalise(title: str) -> Words:
    """The words of a title in one form: "Nurses (Children's)" is nurse, child; "&" is and; small words go."""
    text = title.lower() if title.isascii() else _unaccented(title)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _POSSESSIVE.sub("", text).replace("&", " and ").replace("+", " and ")
    words = map(_singular, _TOKEN.findall(text))
    return tuple([word for word in words if word not in _SILENT])


def _unaccented(title: str) -> str:
    folded = unicodedata.normalize("NFKD", title.casefold()).casefold()
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 16)
def _singular(word: str) -> str:
    if len(word) > _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[: -2 if word.endswith("sses") else -1]
    return _PLURALS.get(word, word)


class Speller:
    """Gives a word the one spelling that a roles file chose for it."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._chosen = {
            " ".join(normalise(one)): " ".join(normalise(word)) for one, word in spellings.items()
        }
        ways = sorted(map(re.escape, self._chosen), key=len, reverse=True)
        self._ways = re.compile(rf"(?<!\S)(?:{'|'.join(ways)})(?!\S)") if ways else None

    def words(self, text: str) -> Words:
        """The words of a text, normalised and spelt alike."""
        words = normalise(text)
        if self._ways is None:
            return words
        return tuple(self._ways.sub(lambda found: self._chosen[found[0]], " ".join(words)).split())

    def orders(self, title: str) -> Iterator[Words]:
        """The words as written, then with the parts that commas, brackets or "of" divide turned round."""
        words = self.words(title)
        if not 0 < len(words) <= _LONGEST:
            return
        yield words
        for breaks in _BREAKS:
            parts = [part for part in map(self.words, breaks.split(title)) if part]
            orders = permutations(parts) if len(parts) <= _MOST_PARTS else [tuple(parts[::-1])]
            for order in orders:
                if order != tuple(parts):  # as written, "children in care worker" is not "child care worker"
                    yield tuple(word for part in order for word in part)
