"""Finds plugins, asks them one by one, signs their answers, and names the one that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from inspect import signature
from typing import Any, get_args

import pluggy

from tna import hooks
from tna.model import Flag
from tna.model.answers import Severity
from tna.problems import Place, Problems, nearest, refuse
from tna.wording import listed

GROUP = "tna"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that takes part: its name, and the distribution and version it came in."""

    name: str
    distribution: str = ""
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.distribution} {self.version})" if self.distribution else self.name


@dataclass(frozen=True, slots=True)
class Plugins:
    """The plugins that take part in a run, in order of name, and the names of those left out of it."""

    manager: pluggy.PluginManager
    members: tuple[Plugin, ...]
    left_out: tuple[str, ...] = ()

    def ask(self, hook: str, **facts: Any) -> Iterator[tuple[str, Any]]:
        """Each plugin's answer to one hook, signed with its name. Raises `Unusable` naming one that fails."""
        for member in self.members:
            others = [one for name, one in self.manager.list_name_plugin() if name != member.name]
            caller = self.manager.subset_hook_caller(hook, others)
            try:
                answers = [_checked(hook, answer) for answer in caller(**facts) if answer is not None]
            except (Exception, SystemExit) as error:
                refuse(
                    "plugins.failed", Place(f"plugin {member}"), name=member.name, hook=hook, why=_why(error)
                )
            for answer in answers:
                yield member.name, answer

    def answers(self, name: str) -> tuple[str, ...]:
        """The hooks that one plugin answers."""
        callers = self.manager.get_hookcallers(self.manager.get_plugin(name)) or []
        return tuple(sorted(caller.name for caller in callers))

    def all(self, hook: str, **facts: Any) -> list[Any]:
        """The answers of all plugins to one hook, joined."""
        return [item for _, answer in self.ask(hook, **facts) for item in answer]


def only(members: Mapping[str, Any]) -> Plugins:
    """Just these plugins by name, whatever is installed: for tests and scripts. Raises `Unusable` as `find` does."""
    problems = Problems()
    found = _gathered([], {}, members, problems)
    problems.stop_on_errors()
    return found


def find(without: Iterable[str] = (), more: Mapping[str, Any] | None = None) -> Plugins:
    """The installed plugins but those left out, and `more` by name (for tests and scripts).

    Raises `Unusable` when one cannot be loaded, has a hook that tna does not ask, or shares its name.
    """
    problems = Problems()
    found = survey(problems, without, more)
    problems.stop_on_errors()
    return found


def survey(problems: Problems, without: Iterable[str] = (), more: Mapping[str, Any] | None = None) -> Plugins:
    """The installed plugins that can take part; why another cannot is noted. Raises `Unusable` for an unknown name to leave out."""
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    left_out = frozenset(without)
    _check_left_out(points, left_out, frozenset(more or ()))
    kept = [point for point in points if point.name not in left_out]
    twice = _same_names(kept, problems)
    kept = [point for point in kept if point.name not in twice]
    found = _gathered(kept, {point.name: _member(point) for point in kept}, more or {}, problems)
    return replace(found, left_out=tuple(sorted(left_out)))


def _gathered(
    points: Sequence[EntryPoint], known: Mapping[str, Plugin], more: Mapping[str, Any], problems: Problems
) -> Plugins:
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    members = {**known, **{name: Plugin(name) for name in more}}
    loaders = {
        **{point.name: point.load for point in points},
        **{name: _loader(plugin) for name, plugin in more.items()},
    }
    taking_part = [
        name for name in sorted(loaders) if _register(manager, members[name], loaders[name], problems)
    ]
    return Plugins(manager, tuple(members[name] for name in taking_part))


def _loader(plugin: Any) -> Callable[[], Any]:
    return lambda: plugin


def hooks_known() -> dict[str, str]:
    """Each hook with the first sentence of what it asks."""
    return {
        name: (getattr(hooks, name).__doc__ or "").split("\n", 1)[0]
        for name in sorted(vars(hooks))
        if name.startswith("tna_")
    }


def _check_left_out(points: Iterable[EntryPoint], left_out: frozenset[str], more: frozenset[str]) -> None:
    known = {point.name for point in points}
    problems = Problems()
    for name in sorted(left_out - known - more):
        problems.add("plugins.unknown", Place("--without"), name=name, near=nearest(name, known))
    problems.stop_on_errors()


def _same_names(points: Iterable[EntryPoint], problems: Problems) -> frozenset[str]:
    """The names that two different plugins have."""
    seen: dict[str, EntryPoint] = {}
    twice: set[str] = set()
    for point in points:
        other = seen.setdefault(point.name, point)
        if other is not point and other.value != point.value:
            twice.add(point.name)
            problems.add("plugins.same-name", Place(f"plugin {_member(point)}"), name=point.name,
                         other=str(_member(other)))  # fmt: skip
    return frozenset(twice)


def _member(point: EntryPoint) -> Plugin:
    dist = point.dist
    return Plugin(point.name, dist.name if dist else "", dist.version if dist else "")


def _register(manager: pluggy.PluginManager, member: Plugin, load: Any, problems: Problems) -> bool:
    """Whether a plugin takes part; why not is noted."""
    place = Place(f"plugin {member}")
    try:
        plugin = load()
    except (Exception, SystemExit) as error:
        problems.add("plugins.cannot-load", place, name=member.name, why=_why(error))
        return False
    try:
        manager.register(plugin, member.name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        if not _arguments(plugin, member, problems):
            why = _first_line(error).split(" in plugin <")[0]
            problems.add("plugins.wrong-hook", place, name=member.name, why=why)
        manager.unregister(name=member.name)
        return False
    except ValueError:
        names = [name for name, other in manager.list_name_plugin() if other is plugin]
        problems.add(
            "plugins.cannot-load", place, name=member.name, why=f"it is {names[0]} under another name"
        )
        return False
    return True


def _arguments(plugin: Any, member: Plugin, problems: Problems) -> bool:
    """Whether a plugin asks for something that a hook does not give; each is noted."""
    wrong = False
    for hook in hooks_known():
        given = list(signature(getattr(hooks, hook)).parameters)
        asked = signature(getattr(plugin, hook)).parameters if callable(getattr(plugin, hook, None)) else {}
        wanted = (one for one in asked.values() if one.kind is one.POSITIONAL_OR_KEYWORD)
        unknown = [one.name for one in wanted if one.name not in given and one.default is one.empty]
        if unknown:
            wrong = True
            problems.add(
                "plugins.wrong-argument",
                Place(f"plugin {member}"),
                name=member.name,
                hook=hook,
                unknown=listed([f"'{name}'" for name in unknown]),
                given=listed(given) or "nothing",
                near=nearest(unknown[0], given),
            )
    return wrong


def _checked(hook: str, answer: Any) -> list[Any]:
    """An answer as a list. Raises TypeError or ValueError when it is not what the hook asks for."""
    found = list(answer)
    for one in found:
        if not isinstance(one, hooks.ANSWERS[hook]):
            wanted = " or ".join(_one(kind) for kind in hooks.ANSWERS[hook])
            raise TypeError(f"it answered with {_one(type(one))}, not {wanted}")
        if isinstance(one, Flag) and one.severity not in get_args(Severity):
            raise ValueError(f"a flag cannot be '{one.severity}', only {', '.join(get_args(Severity))}")
    return found


def _one(kind: type) -> str:
    """ "a Flag", "an Advice"."""
    return f"{'an' if kind.__name__[0] in 'AEIOUaeiou' else 'a'} {kind.__name__}"


def _why(error: BaseException) -> str:
    return f"{type(error).__name__}: {_first_line(error)}"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "no reason given").rstrip(".")
