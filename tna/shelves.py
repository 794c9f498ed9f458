"""Where packs and rules lie: on the shelves shipped with tna, a plugin's, and the planner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

PACK_FILE = "framework.yaml"
CROSSWALKS = "crosswalks"


def shelf(name: str) -> Path:
    """The shipped folder `frameworks` or `rules`: inside the installed package, else beside it in a checkout."""
    here = Path(__file__).parent
    shipped = here / "_shipped" / name
    return shipped if shipped.is_dir() else here.parent / name


def packs(shelves: Iterable[Path] = ()) -> Mapping[str, Path]:
    """Pack folders by folder name, shipped ones first; a later shelf may not hide an earlier one's pack."""
    found: dict[str, Path] = {}
    for place in (shelf("frameworks"), *shelves):
        for file in sorted(place.glob(f"*/{PACK_FILE}")):
            found.setdefault(file.parent.name, file.parent)
    return found


def crosswalks(shelves: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Every file of a `crosswalks` folder on a shelf, shipped first, by name; a shelf named twice counts once."""
    places = dict.fromkeys(place.resolve() for place in (shelf("frameworks"), *shelves))
    return tuple(file for place in places for file in sorted((place / CROSSWALKS).glob("*.yaml")))


def crosswalks_beside(pack: Path) -> tuple[Path, ...]:
    """Every file of the `crosswalks` folder on the shelf on which a pack's folder stands, by name."""
    return tuple(sorted((pack.resolve().parent / CROSSWALKS).glob("*.yaml")))


def holds_pack(folder: Path) -> bool:
    """Whether a folder is that of a pack; a name too long for the machine is not."""
    try:
        return (folder / PACK_FILE).is_file()
    except OSError:
        return False


def around(*boards: str | Path) -> tuple[Path, ...]:
    """The shelves on which packs stand that are given by their folders: the folders around them."""
    folders = [Path(one) for one in boards if one and holds_pack(Path(one))]
    return tuple(dict.fromkeys(one.resolve().parent for one in folders))


def around_crosswalk(file: Path) -> tuple[Path, ...]:
    """The shelf on which a crosswalk stands: the folder around its `crosswalks` folder, or none when it lies elsewhere."""
    folder = file.resolve().parent
    return (folder.parent,) if folder.name == CROSSWALKS else ()


def rule_files(name: str, shelves: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Every file of one name (`roles.yaml`, `policies.yaml`, ...) on the rules shelves, shipped first."""
    places = (shelf("rules"), *shelves)
    return tuple(place / name for place in places if (place / name).is_file())
