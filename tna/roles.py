"""The role graph: loads roles files, and finds the level attached to the most specific role above a job."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tna.documents import read
from tna.model.roles import PostFunction, Role, Roles
from tna.problems import Problem, Problems
from tna.problems import nearest as closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from tna.documents import Document
    from tna.problems import Place


def load(paths: Sequence[Path], problems: Problems) -> Roles:
    """The graph that roles files make together; a later file adds roles, or names to a role it repeats by id.

    What is wrong is noted in `problems`, with its place; what can be used is returned all the same.
    """
    found, wrong = _load(tuple((path, _checksum(path)) for path in paths))
    problems.extend(wrong)
    return found


def _checksum(path: Path) -> str:
    """What tells one content of a file from another; "" for one that cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, str], ...]) -> tuple[Roles, tuple[Problem, ...]]:
    """The graph and what is wrong; the same files are read once, as every board shares them."""
    problems = Problems()
    written = _Written(problems)
    for path, _ in files:
        document = read(path, "roles", problems)
        if document is not None:
            written.take(document)
    return written.together(), tuple(problems)


def nearest(
    roles: Iterable[str],
    attached: Mapping[str, frozenset[str]],
    excepted: Mapping[str, frozenset[str]],
    graph: Roles,
) -> tuple[frozenset[str], str]:
    """The levels attached to the most specific role at or above the given roles, and that role's id.

    `attached` maps a role id to levels. `excepted` maps a level to roles that, with all below them, do not
    get that level through a broader role. A role gives way to every narrower one that also applies; what
    remains may carry several levels, and then the caller asks. Nothing attached: no levels and "".
    """
    steps: dict[str, int] = {}
    for role in roles:
        for upper, distance in graph.ancestors(role).items():
            steps[upper] = min(distance, steps.get(upper, distance))
    answers = {role: _levels(role, attached, excepted, steps, graph) for role in steps}
    applying = {role: levels for role, levels in answers.items() if levels}
    passed = {upper for role in applying for upper in graph.ancestors(role) if upper != role}
    kept = sorted(applying.keys() - passed, key=lambda role: (steps[role], role))
    return frozenset().union(*(applying[role] for role in kept)), kept[0] if kept else ""


def _levels(
    role: str,
    attached: Mapping[str, frozenset[str]],
    excepted: Mapping[str, frozenset[str]],
    applying: Collection[str],
    graph: Roles,
) -> frozenset[str]:
    """The levels attached to `role` that an exception for something narrower does not take away."""
    return frozenset(
        level
        for level in attached.get(role, ())
        if not any(
            spared in applying and spared != role and role in graph.ancestors(spared)
            for spared in excepted.get(level, ())
        )
    )


@dataclass(slots=True)
class _Written:
    """What the files say so far, and where, until all are read and the whole can be checked."""

    problems: Problems
    roles: dict[str, Role] = field(default_factory=dict)
    functions: dict[str, PostFunction] = field(default_factory=dict)
    modifiers: dict[str, frozenset[str]] = field(default_factory=dict)
    plain_words: set[str] = field(default_factory=set)
    spellings: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    named: list[tuple[str, str, dict[str, str], Place]] = field(default_factory=list)

    def take(self, document: Document) -> None:
        """Add what one file says."""
        data = document.data
        self.plain_words.update(map(str, data.get("plain_words", [])))
        self.asked.update(data.get("asked", []))
        for word, others in data.get("spellings", {}).items():
            self.spellings.update(dict.fromkeys(others, word))
        for group, words in data.get("modifiers", {}).items():
            self.modifiers[group] = self.modifiers.get(group, frozenset()) | frozenset(words)
        for name, says in data.get("functions", {}).items():
            self._function(name, says, document)
        seen: dict[str, Place] = {}
        for index, entry in enumerate(data.get("roles", [])):
            self._role(entry, index, document, seen)

    def _function(self, name: str, says: dict[str, Any], document: Document) -> None:
        self.functions[name] = PostFunction(name, says["role"], tuple(says["words"]), tuple(says["within"]))
        self._names(
            "roles.unknown-function-role", says["role"], "role", document.place("functions", name, "role")
        )
        for index, role in enumerate(says["within"]):
            place = document.place("functions", name, "within", index)
            self._names("roles.unknown-function-role", role, "role", place)

    def _role(self, entry: dict[str, Any], index: int, document: Document, seen: dict[str, Place]) -> None:
        place = document.place("roles", index, "id")
        if entry["id"] in seen:
            self.problems.add("roles.duplicate", place, id=entry["id"], first=seen[entry["id"]])
            return
        seen[entry["id"]] = place
        known = self.roles.get(entry["id"])
        if known is None and "label" not in entry:
            near = closest(entry["id"], self.roles) or "."
            self.problems.add("roles.no-label", place, id=entry["id"], near=near)
            return
        if known and entry.get("label", known.label) != known.label:
            self.problems.add("roles.relabelled", place, id=known.id, label=known.label)
        self.roles[entry["id"]] = _added(known or Role(entry["id"], entry["label"], place=place), entry)
        for at, broader in enumerate(entry.get("broader", [])):
            self._names(
                "roles.unknown-broader", broader, "broader", document.place("roles", index, "broader", at)
            )
        for at, group in enumerate(entry.get("with", [])):
            self._names("roles.unknown-modifiers", group, "group", document.place("roles", index, "with", at))

    def _names(self, code: str, name: str, word: str, place: Place) -> None:
        """Remember that something is named, to be looked up when all files are read."""
        self.named.append((code, name, {word: name}, place))

    def together(self) -> Roles:
        """The whole graph, checked."""
        for code, name, facts, place in self.named:
            known: Collection[str] = self.modifiers if code == "roles.unknown-modifiers" else self.roles
            if name not in known:
                self.problems.add(code, place, near=closest(name, known) or ".", **facts)
        graph = Roles(
            nodes=self.roles,
            functions=tuple(self.functions.values()),
            modifiers=self.modifiers,
            plain_words=frozenset(self.plain_words),
            spellings=self.spellings,
            asked=frozenset(self.asked),
        )
        _check_circles(graph, self.problems)
        _check_names(graph, self.problems)
        return graph


def _added(role: Role, entry: Mapping[str, Any]) -> Role:
    def both(held: tuple[str, ...], key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*held, *entry.get(key, [])]))

    return replace(
        role,
        also=both(role.also, "also"),
        abbreviations=both(role.abbreviations, "abbreviations"),
        broader=both(role.broader, "broader"),
        harmless=both(role.harmless, "with"),
        work=both(role.work, "work"),
    )


def _check_circles(graph: Roles, problems: Problems) -> None:
    try:
        TopologicalSorter({role.id: role.broader for role in graph.nodes.values()}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        # graphlib names each role before the one that has it as broader; people read upwards
        upwards = list(reversed(circle))
        problems.add("roles.cycle", graph.nodes[upwards[0]].place, path=" → ".join(upwards))


def _check_names(graph: Roles, problems: Problems) -> None:
    """Note each name of two roles that are not one above the other, unless the file says that it is meant."""
    asked = {_plainly(name) for name in graph.asked}
    first: dict[str, Role] = {}
    for role in graph.nodes.values():
        for name in (role.label, *role.also, *role.abbreviations):
            other = first.setdefault(_plainly(name), role)
            related = other.id in graph.ancestors(role.id) or role.id in graph.ancestors(other.id)
            if not related and _plainly(name) not in asked:
                problems.add("roles.two-meanings", role.place, name=name, role=other.id, other=role.id)


def _plainly(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("'", "").split())
