"""Takes each file given into the database, by whoever reads its format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tna.problems import Place
from tna.sources.csv_text import read_csv
from tna.sources.headers import lacks
from tna.sources.intake import Half, Intake, Origin
from tna.sources.looks import Look, look
from tna.sources.mappings import load as load_mapping
from tna.sources.parquet import read_parquet
from tna.sources.rows import take_sheets
from tna.sources.stamps import CHECKSUM, Edition
from tna.sources.texts import counted, listed
from tna.sources.workbooks import read_workbook

if TYPE_CHECKING:
    from tna.model.registers import SourceFormat
    from tna.problems import Problems

FILE_BYTES = 16 << 30  # larger than the registers of a whole nation
Reader = Callable[[Intake, Origin, Path, Look], None]

READERS: Mapping[str, Reader] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".parquet": read_parquet,
}

LOCKED = "EncryptedPackage".encode("utf-16-le")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")

# How files begin, the suffixes that such files may have, and what they are.
LOOKS: Mapping[bytes, tuple[tuple[str, ...], str]] = {
    b"PK\x03\x04": ((".xlsx", ".xlsm"), "a workbook or another zip archive"),
    b"PAR1": ((".parquet",), "a Parquet file"),
    b"\xd0\xcf\x11\xe0": ((), "an old or password-protected workbook"),
    b"%PDF": ((), "a PDF document"),
    b"\x1f\x8b": ((), "a compressed file"),
    b"<!doctype": ((), "a web page"),
    b"<html": ((), "a web page"),
    b"<?xml": ((), "an XML document"),
}


def take_files(
    intake: Intake,
    files: Mapping[str, Sequence[Path]],
    formats: Mapping[str, SourceFormat],
    mapping: Path | None = None,
) -> None:
    """Take every file of every kind, as a mapping says if there is one; `inputs` says which, with checksum, bytes and rows."""
    columns = "kind VARCHAR, file VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT"
    intake.run(f"CREATE TABLE {intake.account}inputs ({columns})")
    if mapping:
        take_mapping(intake, mapping)
    names = printed([path for paths in files.values() for path in paths])
    for kind, paths in files.items():
        for path in dict.fromkeys(paths):
            file = Origin(kind, names[path])
            if list(paths).count(path) > 1:
                intake.problems.add("tables.given-twice", file.place, kind=kind)
            elif usable(path, file, intake.problems):
                take_file(intake, file, path, formats)
    report_unread(intake)


def take_mapping(intake: Intake, path: Path) -> None:
    """Read a mapping and keep it among the inputs. Raises `Unusable` when it cannot be used: nothing is read then."""
    intake.maps = load_mapping(path, intake.problems)
    seen = look(path)
    values = ["mapping", printed([path])[path], seen.digest, seen.size, 0]
    intake.run(f"INSERT INTO {intake.account}inputs VALUES (?, ?, ?, ?, ?)", values)


def printed(paths: Sequence[Path]) -> dict[Path, str]:
    """How files are named in print: as given, or the shortest end of a path from the root that names just one."""
    return {path: ending(path, paths) if path.is_absolute() else path.as_posix() for path in paths}


def ending(path: Path, paths: Sequence[Path]) -> str:
    """The shortest end of a path that no other of the paths shares."""
    rest = [other.parts for other in paths if other != path]
    for length in range(1, len(path.parts)):
        if all(other[-length:] != path.parts[-length:] for other in rest):
            return "/".join(path.parts[-length:])
    return path.as_posix()


def usable(path: Path, file: Origin, problems: Problems) -> bool:
    """Whether there is a file with something in it; says what is wrong when not."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            problems.add("tables.not-a-file", file.place)
        elif not size:
            problems.add("tables.empty", file.place)
        elif size > FILE_BYTES:
            gigabytes = f"{size / (1 << 30):,.1f} GB"
            problems.add("tables.too-big", file.place, size=gigabytes, limit=f"{FILE_BYTES >> 30} GB")
        else:
            return True
    except FileNotFoundError:
        problems.add("tables.missing-file", file.place)
    except OSError as fault:
        problems.add("tables.unreadable-file", file.place, why=reason(fault))
    return False


def reason(fault: OSError) -> str:
    """Why the system refuses, as the middle of a sentence."""
    return (fault.strerror or "the system does not say why").lower()


def take_file(intake: Intake, file: Origin, path: Path, formats: Mapping[str, SourceFormat]) -> None:
    """Take one file by its suffix; a plugin's format comes before ours."""
    suffix = path.suffix.lower()
    reader = plugged(formats[suffix]) if suffix in formats else READERS.get(suffix)
    if reader is None:
        known = listed(sorted({*READERS, *formats}), "or")
        code = "tables.old-workbook" if suffix in OTHER_WORKBOOKS else "tables.unknown-suffix"
        intake.problems.add(code, file.place, suffix=suffix or "no suffix", known=known)
        return
    if suffix == ".parquet" and intake.map_of(file):
        intake.problems.add("mapping.not-this-format", file.place)
        return
    try:
        seen = look(path)
        if suffix in formats or not mislabelled(intake, file, suffix, seen.head):
            reader(intake, file, path, seen)
    except OSError as fault:
        intake.problems.add("tables.unreadable-file", file.place, why=reason(fault))
        return
    rows = sum(one.rows for one in intake.of(file.kind) if one.origin.file == file.file)
    values = [file.kind, file.file, seen.digest, seen.size, rows]
    intake.run(f"INSERT INTO {intake.account}inputs VALUES (?, ?, ?, ?, ?)", values)


def mislabelled(intake: Intake, file: Origin, suffix: str, head: bytes) -> bool:
    """Whether a file is something else than its suffix says; says what it is."""
    for start, (suffixes, really) in LOOKS.items():
        if (
            head.lstrip(b"\xef\xbb\xbf \t\r\n")[: len(start)].lower() == start.lower()
            and suffix not in suffixes
        ):
            if LOCKED in head:
                really = "a workbook protected by a password"
            better = f"Give it the suffix {suffixes[0]}, or save" if suffixes else "Save"
            intake.problems.add("tables.mislabelled", file.place, suffix=suffix, really=really, better=better)
            return True
    return False


def plugged(added: SourceFormat) -> Reader:
    """A reader made of a plugin's format; what the plugin raises becomes a problem that names the format."""

    def read(intake: Intake, file: Origin, path: Path, _: Look) -> None:
        try:
            sheets = added.read(path, intake.problems)
            take_sheets(intake, file, ((one.name, chain([(0, one.columns)], one.rows)) for one in sheets))
        except Exception as fault:
            why = str(fault) or type(fault).__name__
            intake.problems.add("tables.format-failed", file.place, suffix=added.suffix, why=why)

    return read


def report_unread(intake: Intake) -> None:
    """Say which sheets no register was read from."""
    used = {(one.origin.file, one.origin.sheet) for one in intake.tables}
    left = {(one.file, one.sheet): one for one in intake.unread if (one.file, one.sheet) not in used}
    halves = nearest_halves(intake, used)
    intake.halves[:] = halves.values()
    intake.unread[:] = {**left, **{place: half.origin for place, half in halves.items()}}.values()
    for half in halves.values():
        report_half(intake, half)
    for place, origin in left.items():
        if origin.sheet and place not in halves:
            intake.problems.add("tables.sheet-not-read", origin.place)
    for origin in intake.others:
        if (origin.file, origin.sheet) not in used and not failed(intake, origin):
            intake.problems.add("tables.other-register", origin.place, kind=origin.kind)


def nearest_halves(intake: Intake, used: Collection[tuple[str, str]]) -> dict[tuple[str, str], Half]:
    """Of each sheet that no register was read from and that looks like one, the register it is most like."""
    found: dict[tuple[str, str], Half] = {}
    for half in sorted(intake.halves, key=lambda one: -len(one.headings.meaning)):
        place = (half.origin.file, half.origin.sheet)
        if place not in used:
            found.setdefault(place, half)
    return found


def failed(intake: Intake, origin: Origin) -> bool:
    """Whether it was said already why a sheet could not be read."""
    return any(one.place == origin.place for one in intake.problems.errors)


def report_half(intake: Intake, half: Half) -> None:
    """Say what a sheet lacks that was left out, unless that was said already."""
    origin = half.origin
    if failed(intake, origin):
        return
    facts = lacks(origin.kind, half.headings.missing, half.headings)
    rows = counted(half.rows, "row")
    intake.problems.add("tables.half-a-register", origin.place, kind=origin.kind, rows=rows, **facts)


def report_forms(intake: Intake, edition: Edition | None) -> None:
    """Say which forms were made for another board, or from another edition of this board's pack."""
    if edition is None:
        return
    for file, made in intake.stamps.items():
        for one in made:
            facts = {
                "board": one.board,
                "edition": one.edition,
                "this": edition.board,
                "now": edition.edition,
            }
            if one.board != edition.board:
                intake.problems.add("tables.form-of-another-board", Place(file=file), **facts)
            elif one.checksum != edition.checksum[:CHECKSUM]:
                code = "tables.form-changed" if one.edition == edition.edition else "tables.form-older"
                intake.problems.add(code, Place(file=file), **facts)
