"""A role: a job or a family of jobs, the same for every board, carrying no level; and the graph of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tna.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Role:
    """A node of the role graph: its label, other names, abbreviations and the broader roles it belongs to.

    `harmless` names the groups of words that change nothing beside this role or a narrower one. `work` names
    the work, not the worker ("health visiting"): a title only together with a post function ("head of ...").
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class PostFunction:
    """What a post is for, as titles say it: the role it amounts to, its words, the families it goes with."""

    id: str
    role: str
    words: tuple[str, ...]
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """The role graph and the words that titles are read with; two are the same only when they are one."""

    nodes: Mapping[str, Role] = field(default_factory=dict)
    functions: tuple[PostFunction, ...] = ()
    modifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    plain_words: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def ancestors(self, role: str) -> Mapping[str, int]:
        """Every role at or above `role`, with the shortest number of steps to it; empty for an unknown id."""
        found: dict[str, int] = {}
        reached = [role] if role in self.nodes else []
        while reached:
            found.update(dict.fromkeys(reached, max(found.values(), default=-1) + 1))
            above = [upper for one in reached for upper in self.nodes[one].broader]
            reached = [one for one in dict.fromkeys(above) if one in self.nodes and one not in found]
        return found
