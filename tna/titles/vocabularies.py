"""The names and words of a role graph, made ready for reading titles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tna.titles.words import Speller, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tna.model.roles import PostFunction, Role, Roles

How = Literal["label", "synonym", "abbreviation", "head", ""]
LINKING = frozenset({"and", "of", "in"})  # harmless beside a name, but part of many names


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a role; `work` when it names the work and not the worker."""

    role: str
    text: str
    how: How
    work: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What titles are read with: names by their words, harmless words by role, words of post functions."""

    roles: Roles
    speller: Speller
    names: Mapping[Words, tuple[Name, ...]]
    written: Mapping[Words, str]
    asked: frozenset[Words]
    plain: frozenset[str]
    harmless: Mapping[str, frozenset[str]]
    functions: Mapping[Words, PostFunction]
    above: Mapping[str, frozenset[str]]
    post: Mapping[str, frozenset[str]]

    def is_plain(self, word: str) -> bool:
        """Whether a word changes nothing in any title: a grade, a number, hours, a contract."""
        return word in self.plain or word.isdigit()

    def is_harmless(self, word: str, role: str) -> bool:
        """Whether a word changes nothing beside a name of this role."""
        return word in LINKING or self.is_plain(word) or word in self.harmless[role]

    def is_asked(self, name: Name) -> bool:
        """Whether a name also means something else."""
        return self.speller.words(name.text) in self.asked

    def function(self, words: Words, role: str) -> PostFunction | None:
        """The function of the post that these words say beside a name of this role."""
        found = self.functions.get(words)
        return found if found and self.above[role].intersection(found.within) else None


@lru_cache(maxsize=8)
def vocabulary(roles: Roles) -> Vocabulary:
    """Everything needed to read titles against a role graph; built once for each, in some tens of milliseconds."""
    speller = Speller(roles.spellings)
    above = {role: frozenset(roles.ancestors(role)) for role in roles.nodes}
    names = _names(roles, above, speller)
    return Vocabulary(
        roles=roles,
        speller=speller,
        names=names,
        written={words: " ".join(words) for words, some in names.items() if not some[0].work},
        asked=frozenset(map(speller.words, roles.asked)),
        plain=frozenset(word for text in roles.plain_words for word in speller.words(text)) - LINKING,
        harmless=_harmless(roles, above, speller),
        functions={speller.words(text): function for function in roles.functions for text in function.words},
        above=above,
        post={
            role: frozenset(function.id for function in roles.functions if function.role in upper)
            for role, upper in above.items()
        },
    )


def _names(
    roles: Roles, above: Mapping[str, frozenset[str]], speller: Speller
) -> dict[Words, tuple[Name, ...]]:
    """Every name with the roles it means; of a role and a narrower one, only the broader is certain."""
    found: dict[Words, dict[str, Name]] = {}
    several: dict[Words, dict[str, Name]] = {}
    for role in roles.nodes.values():
        for name in _named(role):
            if words := speller.words(name.text):
                found.setdefault(words, {}).setdefault(role.id, name)
            if name.how == "abbreviation":
                several.setdefault(speller.words(name.text + "s"), {}).setdefault(role.id, name)
    found = several | found  # "GPs", unless it is itself a name: "DCS" is not two detectives
    return {
        words: tuple(name for name in names.values() if not _covered(name, names, above))
        for words, names in found.items()
    }


def _covered(name: Name, names: Mapping[str, Name], above: Mapping[str, frozenset[str]]) -> bool:
    """Whether a broader role has the same name for the same thing, worker or work."""
    broader = (names[role] for role in above[name.role] & names.keys() if role != name.role)
    return any(other.work == name.work for other in broader)


def _named(role: Role) -> Iterator[Name]:
    yield Name(role.id, role.label, "label")
    yield from (Name(role.id, text, "synonym") for text in role.also)
    yield from (Name(role.id, text, "abbreviation") for text in role.abbreviations)
    yield from (Name(role.id, text, "head", work=True) for text in role.work)


def _harmless(
    roles: Roles, above: Mapping[str, frozenset[str]], speller: Speller
) -> dict[str, frozenset[str]]:
    """The harmless words beside each role: those of the groups that it or a broader role is `with`."""
    groups = {
        group: frozenset(word for text in texts for word in speller.words(text))
        for group, texts in roles.modifiers.items()
    }
    own = {
        role.id: frozenset[str]().union(*(groups.get(group, ()) for group in role.harmless))
        for role in roles.nodes.values()
    }
    return {role: frozenset[str]().union(*(own[one] for one in upper)) for role, upper in above.items()}
