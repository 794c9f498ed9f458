"""Competencies as bits: where each one stands in one or more words of 63 bits, and how SQL speaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

WIDTH = 63  # a signed number's, without its sign


@dataclass(frozen=True, slots=True)
class Masks:
    """The competencies of a board in a fixed order; bit `n % 63` of word `n // 63` stands for the n-th."""

    competencies: tuple[str, ...]
    places: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {name: place for place, name in enumerate(self.competencies)})

    @property
    def words(self) -> range:
        """The numbers of the words that are needed, at least one."""
        return range(max(1, -(-len(self.competencies) // WIDTH)))

    def pack(self, competencies: Iterable[str]) -> tuple[int, ...]:
        """A set of competencies as one number a word. Raises KeyError for an unknown one."""
        found = [0 for _ in self.words]
        for competency in competencies:
            place = self.places[competency]
            found[place // WIDTH] |= 1 << place % WIDTH
        return tuple(found)

    def unpack(self, words: Sequence[int]) -> frozenset[str]:
        """The competencies whose bits are set."""
        return frozenset(
            name for place, name in enumerate(self.competencies) if words[place // WIDTH] >> place % WIDTH & 1
        )

    def bits(self) -> Iterator[tuple[str, int, int]]:
        """Each competency with its word and its bit."""
        for place, name in enumerate(self.competencies):
            yield name, place // WIDTH, place % WIDTH

    def columns(self, *names: str) -> list[str]:
        """The columns that hold masks of these names, one a word: `need_0`, `need_1`, ..."""
        return [f"{name}_{word}" for name in names for word in self.words]

    def each(self, template: str) -> str:
        """A piece of SQL once a word, `#` standing for the word's number, joined by commas."""
        return ", ".join(template.replace("#", str(word)) for word in self.words)

    def any(self, template: str) -> str:
        """SQL that is true when the mask is not empty in any word."""
        return "(" + " or ".join(f"({template.replace('#', str(word))}) <> 0" for word in self.words) + ")"

    def has(self, template: str, bits: str = "b") -> str:
        """SQL that is true when the bit of the row of the `bits` table is set in the mask."""
        if len(self.words) == 1:
            picked = template.replace("#", "0")
        else:
            cases = " ".join(f"when {word} then {template.replace('#', str(word))}" for word in self.words)
            picked = f"case {bits}.word {cases} end"
        return f"((({picked}) >> {bits}.bit) & 1 = 1)"
