"""One board, whole: its pack, the policies in force, the role graph, and the graph of everything it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from tna import crosswalks, decisions, editions, graph, policies, recognition, roles, rules, shelves
from tna.frameworks import load_pack
from tna.model import Board, Condition, Pack, Policy
from tna.model.roles import Roles
from tna.problems import Place, Problems, nearest, refuse


def load(
    board: str | Path,
    settings: Mapping[str, str] | None = None,
    problems: Problems | None = None,
    places: Sequence[Path] = (),
    needs: Sequence[Path] = (),
    decided: Sequence[Path] = (),
    recognise: Sequence[str] = (),
) -> Board:
    """A board by its id or by the path of its folder, with `settings` (policy id to value) in force.

    It is the edition that lies in the folder itself; the others are its `editions`, and `on` picks the one of a day.

    `places` are more shelves to look on, such as a plugin's; `needs` and `decided` are files of needs and of decisions
    that a planner keeps beside the pack; `recognise` are boards whose training counts here as far as a crosswalk says.
    Raises `Unusable` with every problem found; what is only a warning is left in `problems`.
    """
    problems = Problems() if problems is None else problems
    folder, name = find(board, places)
    near = (*places, *shelves.around(folder, *recognise))
    beside = _Beside(settings or {}, places, needs, decided, recognise, near)
    latest = _edition(folder, name, beside, problems)
    others = [
        _edition(one, f"{name}/{editions.FOLDER}/{one.name}", replace(beside, lenient=True), problems)
        for one in editions.folders(folder)
    ]
    editions.check((latest, *others), problems)
    problems.stop_on_errors()
    return replace(latest, editions=tuple(others))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a planner gives beside a pack; `lenient` leaves out what an edition does not know.

    Other boards and crosswalks are looked for `near`: on the shelves, and around packs given by their folders.
    """

    settings: Mapping[str, str]
    places: Sequence[Path]
    needs: Sequence[Path]
    decided: Sequence[Path]
    recognise: Sequence[str]
    near: Sequence[Path]
    lenient: bool = False


def _edition(folder: Path, name: str, beside: _Beside, problems: Problems) -> Board:
    """One edition of a pack as a board, with the policies in force. Raises `Unusable` when it cannot be read."""
    places = beside.places
    pack = load_pack(folder, problems, name, beside.needs)
    role_files = shelves.rule_files("roles.yaml", (*places, folder))
    policy_files = shelves.rule_files("policies.yaml", (*places, folder))
    known = roles.load(role_files, problems)
    common = policies.common(policy_files, problems)
    if pack:
        check_roles(pack, known, problems)
    problems.stop_on_errors()
    assert pack is not None
    files = decisions.files_of(folder, name, () if beside.lenient else beside.decided)
    made = decisions.load(files, pack.framework.levels, problems)
    problems.stop_on_errors()
    homes = [_as_it_stands(other, known, common, problems, beside.near) for other in beside.recognise]
    walks = {home.id: crosswalks.between(home.id, pack.framework.id, beside.near) for home in homes}
    declared = {**policies.of_crosswalks([one for found in walks.values() for one in found]), **common}
    chosen = policies.in_force(pack, declared, _settings(pack, declared, beside), problems)
    for home, found in zip(homes, walks.values(), strict=True):
        for walk in found:
            crosswalks.check_sides(
                walk, {one.id: one for one in (pack.framework, home.pack.framework)}, problems
            )
        problems.stop_on_errors()
        pack = recognition.recognising(pack, home, found, chosen)
    whole = assemble(pack, known, chosen, problems)
    sums = checksums((*role_files, *policy_files, *(path for path, _ in files)))
    sums |= {one.file: one.checksum for found in walks.values() for one in found}
    return replace(whole, rule_files=sums, decisions=made)


def _settings(pack: Pack, declared: Mapping[str, Policy], beside: _Beside) -> Mapping[str, str]:
    if not beside.lenient:
        return beside.settings
    known = {*declared, *(policy.id for policy in pack.framework.policies)}
    return {name: value for name, value in beside.settings.items() if name in known}


def _as_it_stands(
    board: str, known: Roles, common: Mapping[str, Policy], problems: Problems, places: Sequence[Path]
) -> Board:
    """Another board with its own policies in force. Raises `Unusable` when it cannot be read."""
    folder, name = find(board, places)
    pack = load_pack(folder, problems, name)
    problems.stop_on_errors()
    assert pack is not None
    return assemble(pack, known, policies.in_force(pack, common, {}, problems), problems)


def checksums(files: Iterable[Path]) -> dict[str, str]:
    """The sha-256 of each file, under its folder's name and its own."""
    return {f"{file.parent.name}/{file.name}": sha256(file.read_bytes()).hexdigest() for file in files}


def assemble(pack: Pack, known: Roles, chosen: Mapping[str, Policy], problems: Problems) -> Board:
    """A board from its parts: what is switched off is left out, and the rest becomes one graph."""
    kept = policies.switched(pack, chosen)
    whole = graph.build(kept, known.nodes.values())
    graph.check_circles(whole, problems)
    problems.stop_on_errors()
    return Board(kept, chosen, known, whole)


def on(board: Board, day: date) -> Board:
    """The board as it stands on a day: in the edition then in force, without the rules that are not."""
    found = editions.in_force((board, *board.editions), day)
    others = tuple(one for one in (board, *board.editions) if one is not found)
    current = tuple(rule for rule in found.pack.rules if rules.in_force(rule, day))
    return replace(
        found,
        pack=replace(found.pack, rules=current),
        editions=tuple(replace(one, editions=()) for one in others),
    )


def find(board: str | Path, places: Iterable[Path] = ()) -> tuple[Path, str]:
    """The folder of a board and what to call it in messages. Raises `Unusable` for a board nobody knows."""
    known = shelves.packs(places)
    text = str(board)
    if text in known:
        return known[text], f"frameworks/{text}"
    if text and _is_folder(Path(board)):
        return Path(board), text.rstrip("/") or text
    return refuse(
        "paths.unknown-board", Place(), board=text, near=nearest(text, known), known=", ".join(sorted(known))
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the machine, or a folder nobody may look into
        return False


def asked_roles(condition: Condition) -> Iterator[str]:
    """The role ids that a condition compares with."""
    for test in condition.tests:
        if test.fact == "roles" and test.operator in ("is", "in", "includes"):
            yield from [test.value] if isinstance(test.value, str) else test.value
    for one in (*condition.all_of, *condition.any_of, *condition.none_of):
        yield from asked_roles(one)


def check_roles(pack: Pack, known: Roles, problems: Problems) -> None:
    """Note every role a pack names that the role graph does not have."""
    framework = pack.framework
    named = [
        *(
            (role, one.origin)
            for level in framework.levels
            for one in level.examples
            for role in (*one.roles, *one.except_roles)
        ),
        *((role, one.origin) for one in framework.cohorts for role in (*one.roles, *one.except_roles)),
        *((role, one.origin) for one in pack.courses for role in one.roles),
        *((role, one.origin) for one in pack.rules for role in asked_roles(one.when)),
        *((role, one.origin) for one in framework.cohorts if one.when for role in asked_roles(one.when)),
    ]
    for role, origin in named:
        if role not in known.nodes:
            problems.add("framework.unknown-role", origin.place, id=role, near=nearest(role, known.nodes))
