"""Made-up packs of any shape, for what must hold of every pack that is moved out and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from tna.exchange import Asked, Imported, export, import_file
from tna.exchange.texts import lines
from tna.frameworks import load_pack
from tna.model import Pack
from tna.problems import Problems

SOURCE = {"document": "made", "at": "a page"}
SAMPLES = Path(__file__).parent
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
WORDS = st.text(LETTERS, min_size=1, max_size=150).map(lambda text: " ".join(lines(text).split()))
MARKED = st.sampled_from(
    ["<b>bold</b> & co", "a &amp; b", "=1+1", "- a dash", "'quoted'", "no", "12", "x: y #z", "[1] {2}"]
)
NAMES = st.one_of(WORDS, MARKED).filter(
    lambda text: lines(text) == text and any(letter.isalnum() for letter in text)
)
TEXTS = st.lists(NAMES, max_size=3).map("\n".join).filter(lambda text: lines(text) == text)


@st.composite
def packs(draw: st.DrawFn) -> dict[str, Any]:
    """A pack's framework and courses: levels that include and require, competencies that build on each other."""
    levels, competencies = draw(st.integers(1, 4)), draw(st.integers(1, 6))
    names = [f"c{number}" for number in range(competencies)]
    some = st.lists(st.sampled_from(names), unique=True, max_size=4)
    framework: dict[str, Any] = {
        "id": "pack", "board": draw(NAMES), "title": draw(NAMES), "edition": "2020", "level_word": "level",
        "documents": [{"id": "made", "title": "Made up"}],
        "levels": [_level(draw, number, draw(some)) for number in range(levels)],
        "competencies": [_competency(draw, number) for number in range(competencies)],
    }  # fmt: skip
    courses = [_course(draw, number, levels, draw(some)) for number in range(draw(st.integers(0, 2)))]
    return {"framework": framework, "catalogue": {"courses": courses}}


def _level(draw: st.DrawFn, number: int, required: list[str]) -> dict[str, Any]:
    lower = draw(st.lists(st.integers(0, number - 1), unique=True)) if number else []
    months = draw(st.sampled_from([{}, {"months": 36}]))
    return {
        "id": f"level-{number}", "label": f"Level {number}", "number": str(number), "source": dict(SOURCE), "basis": "stated",
        **_text("descriptor", draw(TEXTS)),
        "requires": [{"competencies": required, **months}] if required else [],
        "includes": [{"levels": [f"level-{one}" for one in lower]}] if lower else [],
    }  # fmt: skip


def _text(key: str, text: str) -> dict[str, str]:
    return {key: text} if text else {}


def _competency(draw: st.DrawFn, number: int) -> dict[str, Any]:
    needs = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=2)) if number else []
    found = {"id": f"c{number}", "label": draw(NAMES), "source": dict(SOURCE), "basis": "stated"}
    return {**found, **_text("note", draw(TEXTS)), "needs": [f"c{one}" for one in needs]}


def _course(draw: st.DrawFn, number: int, levels: int, given: list[str]) -> dict[str, Any]:
    return {
        "id": f"k{number}", "title": draw(NAMES), "kind": "workshop", "audience": "workforce", "mode": "online",
        "source": dict(SOURCE), "basis": "stated", "gives": [{"competencies": given}] if given else [],
        "open_to": [{"levels": [f"level-{draw(st.integers(0, levels - 1))}"]}], "after": [f"k{number - 1}"] if number else [],
    }  # fmt: skip


def write(folder: Path, files: dict[str, Any]) -> Path:
    """A pack's files in a folder."""
    folder.mkdir(parents=True)
    for kind, data in files.items():
        text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
        (folder / f"{kind}.yaml").write_text(text, "utf-8")
    return folder


def load(folder: Path) -> Pack:
    """A pack that loads."""
    problems = Problems()
    pack = load_pack(folder, problems)
    assert pack, list(problems)
    return pack


def brought(kind: str, file: Path, folder: Path, **asked: Any) -> tuple[Imported, Problems]:
    """A file brought into a pack, with what was said of it."""
    problems = Problems()
    return import_file(Asked(kind, file, folder, **asked), problems), problems


def sent(folder: Path, kind: str, file: Path) -> tuple[str, ...]:
    """A pack written as a file; what that could not carry."""
    done = export(folder, folder.name, kind, Problems())
    file.write_bytes(done.raw)
    return tuple(map(str, done.losses))


def ties(pack: Pack) -> set[tuple[str, str, str]]:
    """Every relation of a pack, as what it is and between which ids."""
    found = set()
    for level in pack.framework.levels:
        found |= {("requires", level.id, one) for grant in level.requires for one in grant.competencies}
        found |= {("includes", level.id, one) for link in level.includes for one in link.levels}
    found |= {("needs", one.id, other) for one in pack.framework.competencies for other in one.needs}
    for course in pack.courses:
        found |= {("gives", course.id, one) for grant in course.gives for one in grant.competencies}
        found |= {("open-to", course.id, one) for link in course.open_to for one in link.levels}
        found |= {("after", course.id, one) for one in course.after}
    return found
