"""Finds plugins, asks them one by one, signs their answers, and names the one that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any, get_args

import pluggy

from tna import hooks
from tna.model import Flag
from tna.model.answers import Severity
from tna.problems import Place, Problems, nearest, refuse

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
    return _gathered([], {}, members)


def find(without: Iterable[str] = (), more: Mapping[str, Any] | None = None) -> Plugins:
    """The installed plugins but those left out, and `more` by name (for tests and scripts).

    Raises `Unusable` when one cannot be loaded, has a hook that tna does not ask, or shares its name.
    """
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    left_out = frozenset(without)
    problems = Problems()
    _check_names(points, left_out, frozenset(more or ()), problems)
    problems.stop_on_errors()
    kept = [point for point in points if point.name not in left_out]
    found = _gathered(kept, {point.name: _member(point) for point in kept}, more or {})
    return replace(found, left_out=tuple(sorted(left_out)))


def _gathered(points: Sequence[EntryPoint], known: Mapping[str, Plugin], more: Mapping[str, Any]) -> Plugins:
    problems = Problems()
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    members = {**known, **{name: Plugin(name) for name in more}}
    loaders = {
        **{point.name: point.load for point in points},
        **{name: _loader(plugin) for name, plugin in more.items()},
    }
    for name in sorted(loaders):
        _register(manager, members[name], loaders[name], problems)
    problems.stop_on_errors()
    return Plugins(manager, tuple(members[name] for name in sorted(members)))


def _loader(plugin: Any) -> Callable[[], Any]:
    return lambda: plugin


def hooks_known() -> dict[str, str]:
    """Each hook with the first sentence of what it asks."""
    return {
        name: (getattr(hooks, name).__doc__ or "").split("\n", 1)[0]
        for name in sorted(vars(hooks))
        if name.startswith("tna_")
    }


def _check_names(
    points: Iterable[EntryPoint], left_out: frozenset[str], more: frozenset[str], problems: Problems
) -> None:
    seen: dict[str, EntryPoint] = {}
    for point in points:
        other = seen.setdefault(point.name, point)
        if other is not point and other.value != point.value and point.name not in left_out:
            problems.add("plugins.same-name", Place(f"plugin {_member(point)}"), name=point.name,
                         other=str(_member(other)))  # fmt: skip
    for name in sorted(left_out - set(seen) - more):
        problems.add("plugins.unknown", Place("--without"), name=name, near=nearest(name, seen))


def _member(point: EntryPoint) -> Plugin:
    dist = point.dist
    return Plugin(point.name, dist.name if dist else "", dist.version if dist else "")


def _register(manager: pluggy.PluginManager, member: Plugin, load: Any, problems: Problems) -> None:
    place = Place(f"plugin {member}")
    try:
        plugin = load()
    except (Exception, SystemExit) as error:
        problems.add("plugins.cannot-load", place, name=member.name, why=_why(error))
        return
    try:
        manager.register(plugin, member.name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        problems.add(
            "plugins.wrong-hook", place, name=member.name, why=_first_line(error).split(" in plugin <")[0]
        )
        manager.unregister(name=member.name)
    except ValueError:
        names = [name for name, other in manager.list_name_plugin() if other is plugin]
        problems.add(
            "plugins.cannot-load", place, name=member.name, why=f"it is {names[0]} under another name"
        )


def _checked(hook: str, answer: Any) -> list[Any]:
    """An answer as a list. Raises TypeError or ValueError when it is not what the hook asks for."""
    found = list(answer)
    for one in found:
        if not isinstance(one, hooks.ANSWERS[hook]):
            wanted = " or ".join(kind.__name__ for kind in hooks.ANSWERS[hook])
            raise TypeError(f"it answered with a {type(one).__name__}, not a {wanted}")
        if isinstance(one, Flag) and one.severity not in get_args(Severity):
            raise ValueError(f"a flag cannot be '{one.severity}', only {', '.join(get_args(Severity))}")
    return found


def _why(error: BaseException) -> str:
    return f"{type(error).__name__}: {_first_line(error)}"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "no reason given").rstrip(".")
