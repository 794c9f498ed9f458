"""Reads crosswalks: what two boards' levels and competencies have to do with each other, and whether that can be so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tna import shelves
from tna.documents import Document, parse, read
from tna.frameworks import nouns
from tna.frameworks.blocks import Block
from tna.model import Crosswalk, Framework, Match
from tna.model.crosswalks import Conditions, Side
from tna.problems import Place, Problems, nearest, refuse

READINGS = ("interpreted", "assumed")
OPPOSITE = {
    "exact": "exact",
    "close": "close",
    "related": "related",
    "broader": "narrower",
    "narrower": "broader",
}


def is_one(path: Path) -> bool:
    """Whether a path is a file that means to be a crosswalk: of a `crosswalks` folder, or YAML with boards and matches."""
    if path.suffix != ".yaml" or not path.is_file():
        return False
    if shelves.around_crosswalk(path):
        return True
    document = parse(path, Problems())
    return bool(
        document and isinstance(document.data, dict) and {"boards", "matches"} <= document.data.keys()
    )


def folder_of(path: Path) -> tuple[Path, ...]:
    """The files of a folder that holds crosswalks and no pack, by name; none when it is no such folder."""
    if shelves.holds_pack(path):
        return ()
    try:
        files = tuple(sorted(path.glob("*.yaml"))) if path.is_dir() else ()
    except OSError:  # a name too long for the machine, or a folder nobody may look into
        return ()
    return files if all(map(is_one, files)) else ()


def names(path: Path, board: str) -> bool:
    """Whether a crosswalk's file names a board; one that is not YAML may name any."""
    document = parse(path, Problems())
    if document is None:
        return True
    said = document.data.get("boards") if isinstance(document.data, dict) else None
    return any(
        isinstance(one, dict) and one.get("board") == board
        for one in (said if isinstance(said, list) else ())
    )


def load(path: Path, problems: Problems) -> Crosswalk | None:
    """A crosswalk from its file, or None with every problem of its words noted; what boards have is not looked at."""
    document = read(path, "crosswalk", problems, "/".join(path.parts[-2:]))
    if document is None:
        return None
    before = len(problems.errors)
    _check_words(document, problems)
    return _crosswalk(document) if len(problems.errors) == before else None


def _crosswalk(document: Document) -> Crosswalk:
    block = Block(document)
    return Crosswalk(
        id=block.text("id"),
        title=block.text("title"),
        editions={one["board"]: str(one["edition"]) for one in document.data["boards"]},
        documents=tuple(map(nouns.naming, block.blocks("documents"))),
        policies=tuple(map(nouns.policy, block.blocks("policies"))),
        matches=tuple(map(_match, block.blocks("matches"))),
        questions=tuple(map(nouns.question, block.blocks("questions"))),
        file=document.name,
        checksum=document.checksum,
        note=block.text("note"),
    )


def _match(block: Block) -> Match:
    asked = block.data.get("conditions", {})
    return Match(
        here=_side(block.data["from"]),
        relation=block.data["relation"],
        there=_side(block.data["to"]),
        origin=block.origin,
        because=block.text("because"),
        conditions=Conditions(
            asked.get("months"), tuple(asked.get("modes", ())), tuple(asked.get("evidence", ()))
        ),
    )


def _side(said: Mapping[str, Any]) -> Side:
    if "level" in said:
        return Side(said["board"], "level", said["level"])
    return Side(said["board"], "competency", said.get("competency", ""))


def _check_words(document: Document, problems: Problems) -> None:
    """Note what the file itself shows to be wrong: its boards, documents, policies, and matches that contradict."""
    data = document.data
    boards = [one["board"] for one in data["boards"]]
    if boards[0] == boards[1]:
        problems.add("crosswalk.one-board", document.place("boards", 1, "board"), board=boards[0])
    known = {kind: [one["id"] for one in data.get(kind, ())] for kind in ("documents", "policies")}
    for n, one in enumerate(data["matches"]):
        place = document.place("matches", n)
        for key in ("from", "to"):
            if one[key]["board"] not in boards:
                problems.add("crosswalk.unknown-board", document.place("matches", n, key, "board"),
                             board=one[key]["board"], near=nearest(one[key]["board"], boards))  # fmt: skip
        if one["from"]["board"] == one["to"]["board"] or ("level" in one["from"]) != ("level" in one["to"]):
            problems.add("crosswalk.not-across", place)
        if one["source"]["document"] not in known["documents"]:
            problems.add("framework.unknown-document", document.place("matches", n, "source", "document"),
                         id=one["source"]["document"], near=nearest(one["source"]["document"], known["documents"]))  # fmt: skip
        if one["basis"] in READINGS and "policy" not in one:
            problems.add("framework.no-policy", place, basis=one["basis"])
        if "policy" in one and one["policy"] not in known["policies"]:
            problems.add("framework.unknown-policy", document.place("matches", n, "policy"),
                         id=one["policy"], near=nearest(one["policy"], known["policies"]))  # fmt: skip
    _check_pairs(document, problems)


def _check_pairs(document: Document, problems: Problems) -> None:
    """Note pairs that are told of twice, and pairs whose two directions cannot both be so."""
    told: dict[tuple[Side, Side], tuple[int, str]] = {}
    for n, one in enumerate(document.data["matches"]):
        here, there = _side(one["from"]), _side(one["to"])
        place = document.place("matches", n)
        if (here, there) in told:
            first = document.place("matches", told[here, there][0]).line
            problems.add("crosswalk.twice", place, here=here, there=there, line=first)
            continue
        told[here, there] = n, one["relation"]
        back = told.get((there, here))
        if back and OPPOSITE[back[1]] != one["relation"]:
            line = document.place("matches", back[0]).line
            problems.add("crosswalk.contradiction", place, here=here, there=there, relation=one["relation"],
                         back=back[1], line=line)  # fmt: skip


def check_sides(crosswalk: Crosswalk, frameworks: Mapping[str, Framework], problems: Problems) -> None:
    """Note every level and competency that a board's framework does not have, and editions other than those read."""
    for board, edition in crosswalk.editions.items():
        framework = frameworks.get(board)
        if framework and framework.edition != edition:
            problems.add("crosswalk.other-edition", Place(crosswalk.file), board=board, read=edition,
                         found=framework.edition)  # fmt: skip
    for match in crosswalk.matches:
        for side in (match.here, match.there):
            if framework := frameworks.get(side.board):
                nouns_of = framework.levels if side.kind == "level" else framework.competencies
                known = [one.id for one in nouns_of]
                if side.id not in known:
                    problems.add(f"framework.unknown-{side.kind}", match.origin.place, id=side.id,
                                 near=nearest(side.id, known))  # fmt: skip


def between(here: str, there: str, places: Sequence[Path] = ()) -> tuple[Crosswalk, ...]:
    """Every crosswalk on the shelves between two boards. Raises `Unusable` for one that cannot be read, or when none is."""
    problems = Problems()
    files = shelves.crosswalks(places)
    found = [one for path in files if (one := load(path, problems)) and {here, there} == {*one.boards}]
    problems.stop_on_errors()
    if not found:
        known = sorted({" and ".join(sorted(one.boards)) for path in files if (one := load(path, problems))})
        refuse("crosswalk.none", Place(), here=here, there=there, known="; ".join(known) or "none")
    return tuple(found)


def matches(
    crosswalks: Iterable[Crosswalk], here: str, there: str, off: Iterable[str] = ()
) -> Iterator[Match]:
    """The matches from one board to the other, in the order they are written, but for those whose policy is off."""
    switched = frozenset(off)
    for crosswalk in crosswalks:
        for match in crosswalk.matches:
            across = (match.here.board, match.there.board) == (here, there)
            if across and match.origin.policy not in switched:
                yield match
