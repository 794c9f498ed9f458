"""Makes the files that break naive readers, and reads small registers for the tests."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import openpyxl

from tna.model.registers import Sheet, SourceFormat
from tna.problems import Problems
from tna.sources import Edition, read_registers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


AS_OF = date(2016, 1, 31)
COURSES = {"c1": "c1", "basic awareness": "c1", "c2": "c2", "one day course": "c2"}
PEOPLE = "person_id,agency,role\n001,School A,Teacher\n002,School A,School nurse\n"
MEGABYTE = 1 << 20


@dataclass
class Read:
    """What came of reading registers: the database and the problems."""

    connection: duckdb.DuckDBPyConnection
    problems: Problems
    account: str = ""

    def rows(self, question: str) -> list[tuple[object, ...]]:
        """The answer to a question about the tables."""
        return self.connection.execute(question).fetchall()

    def codes(self) -> list[str]:
        """The codes of the problems found, in order of place."""
        return [problem.code for problem in self.problems]

    def said(self) -> str:
        """The problems as printed."""
        return "\n".join(map(str, self.problems))

    def accounted(self) -> bool:
        """Whether the ledger's lines and counts sum to the rows read."""
        [(lines, counts, rows)] = self.rows(
            "SELECT count(*) FILTER (outcome <> 'accepted'), sum(try_cast(value AS BIGINT)) FILTER (outcome = 'accepted'),"
            f" (SELECT sum(rows) FROM {self.account}inputs) FROM {self.account}ledger"
        )
        return int(str(lines)) + int(str(counts or 0)) == int(str(rows or 0))


def read(
    people: Sequence[Path] = (),
    records: Sequence[Path] = (),
    agencies: Sequence[Path] = (),
    courses: Mapping[str, str] = COURSES,
    as_of: date = AS_OF,
    formats: Sequence[SourceFormat] = (),
    edition: Edition | None = None,
) -> Read:
    """Read registers into a fresh database, as the analysis does."""
    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    found = Read(duckdb.connect(config=settings), Problems())
    read_registers(
        found.connection, people, records, agencies, courses, as_of, found.problems, formats, edition
    )
    return found


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """A text file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, name: str, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def small(folder: Path) -> Path:
    """A workbook with a register of two people."""
    rows = [line.split(",") for line in PEOPLE.splitlines()]
    return workbook(folder, "people.xlsx", {"People": rows})


def repacked(
    path: Path, change: Callable[[str, bytes], bytes], extra: Mapping[str, bytes] | None = None
) -> Path:
    """A workbook with its parts changed and others added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {**parts, **(extra or {})}.items():
            archive.writestr(name, content)
    return path


def sheet_changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """A workbook with its first sheet's XML changed."""
    return repacked(path, lambda name, content: change(content) if name.endswith("sheet1.xml") else content)


def far_cell(folder: Path) -> None:
    """One cell in the last row and column there is."""
    cell = (
        b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    sheet_changed(small(folder), lambda xml: xml[: xml.index(b"<sheetData>")] + cell + after_data(xml))


def after_data(xml: bytes) -> bytes:
    """What follows the rows of a sheet."""
    return xml[xml.index(b"</sheetData>") + len(b"</sheetData>") :]


def cell_far_below(folder: Path) -> None:
    """A register, and one cell in the last row and column there is."""
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    sheet_changed(small(folder), lambda xml: xml.replace(b"</sheetData>", cell))


def ghost_rows(folder: Path, something: bytes = b"", count: int = 1_000_000) -> Path:
    """A register with a million formatted rows that hold nothing, and perhaps something after them."""
    rows = b"".join(
        b'<row r="%d" spans="1:3" ht="15" customHeight="1"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>'
        % (row, row, row)
        for row in range(4, count + 4)
    )
    return sheet_changed(
        small(folder), lambda xml: xml.replace(b"</sheetData>", rows + something + b"</sheetData>")
    )


def ghosts_then_a_cell(folder: Path) -> None:
    """A register, fifty thousand empty rows, and one more person."""
    last = b'<row r="60000"><c r="A60000" t="inlineStr"><is><t>003</t></is></c></row>'
    ghost_rows(folder, last, 50_000)


def zip_bomb(folder: Path) -> None:
    """A small workbook that unpacks to more than a gigabyte."""
    path = small(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(11):
            archive.writestr(f"xl/media/image{number}.bin", bytes(100 * MEGABYTE))


def long_text(folder: Path) -> None:
    """A workbook whose one text has 600 million characters."""
    path = small(folder)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/long/sharedStrings.xml", "w", force_zip64=True) as part,
    ):
        part.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>')
        for _ in range(600):
            part.write(b"A" * 1_000_000)
        part.write(b"</t></si></sst>")


def many_parts(folder: Path) -> None:
    """A workbook with fifty thousand parts."""
    repacked(
        small(folder), lambda _, content: content, {f"xl/media/{number}.bin": b"" for number in range(50_000)}
    )


def overlapping(folder: Path) -> None:
    """A workbook two of whose parts begin at the same byte."""
    path = small(folder)
    content = bytearray(path.read_bytes())
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    path.write_bytes(content)


def document_type(folder: Path) -> None:
    """A workbook whose sheet defines entities that grow when they are read."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    sheet_changed(
        small(folder), lambda xml: xml[: xml.index(b"<worksheet")] + bomb + xml[xml.index(b"<worksheet") :]
    )


def cut_short(folder: Path) -> None:
    """A workbook of which only the first half arrived."""
    path = small(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def broken_xml(folder: Path) -> None:
    """A workbook whose sheet ends in the middle of a row."""
    sheet_changed(small(folder), lambda xml: xml[: xml.index(b"</row>")])


def old_workbook(folder: Path) -> None:
    """An .xls workbook, or another compound document, named .xlsx."""
    (folder / "people.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def locked_workbook(folder: Path) -> None:
    """A workbook that asks for a password."""
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    (folder / "people.xlsx").write_bytes(start + "EncryptedPackage".encode("utf-16-le") + bytes(512))


def locked_parts(folder: Path) -> None:
    """A workbook whose parts are encrypted one by one."""
    path = small(folder)
    content = bytearray(path.read_bytes())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        flags = struct.unpack_from("<H", content, at + 8)[0]
        struct.pack_into("<H", content, at + 8, flags | 1)
    path.write_bytes(content)


def wide_sheet(folder: Path) -> None:
    """A register with six hundred columns."""
    headings = ["person_id", "agency", "role", *(f"column {number}" for number in range(597))]
    workbook(folder, "people.xlsx", {"People": [headings, ["001", "School A", "Teacher", *["x"] * 597]]})


def uncalculated(folder: Path) -> None:
    """A workbook written by a program that does not calculate: a formula where the date should be."""
    rows = [["person_id", "course", "completed"], ["001", "c1", "=TODAY()"], ["002", "c1", "#N/A"]]
    workbook(folder, "records.xlsx", {"Records": rows})


def missing_person_cells(folder: Path) -> None:
    """A register whose staff numbers are looked up in a file that is not there."""
    rows = [["person_id", "agency", "role"], ["#REF!", "School A", "Teacher"], ["002", "School A", "Teacher"]]
    workbook(folder, "people.xlsx", {"People": rows})


def two_sheets(folder: Path) -> None:
    """A register and a sheet of notes."""
    people = [line.split(",") for line in PEOPLE.splitlines()]
    workbook(folder, "people.xlsx", {"People": people, "Notes": [["Please return by Friday"]]})


def half_a_register(folder: Path) -> None:
    """A workbook of two registers, one of which does not say whose its people are."""
    sheets = {
        "Riverside": [["Staff number", "Job title", "Agency", "Level"], ["R1", "Teacher", "Riverside", "Level 3"]],
        "Hillside": [["Staff number", "Job title", "Whose", "Level"], ["H1", "Teacher", "Hillside", "Level 3"],
                     ["H2", "Cook", "Hillside", "Level 1"]],
    }  # fmt: skip
    workbook(folder, "people.xlsx", sheets)


def form_of_two_sheets(folder: Path) -> None:
    """A form whose sheet of training was filled in too."""

    def above(register: str) -> list[list[str]]:
        return [["Agency", "School A"], ["Form", f"tna/{register}/tiny/0123456789ab/1"]]

    people = [*above("people"), ["staff number", "job title"], ["001", "Teacher"]]
    training = [*above("records"), ["staff number", "course", "date completed"], ["001", "c1", "2015-03-04"]]
    workbook(folder, "people.xlsx", {"People": people, "Training": training})


def endless_line(folder: Path) -> None:
    """A text file without line ends."""
    (folder / "people.csv").write_bytes(b"person_id,agency,role " * 100_000)


def long_cell(folder: Path) -> None:
    """A register with one cell of two hundred thousand characters."""
    written(folder, "people.csv", f"person_id,agency,role\n001,School A,{'x' * 200_000}\n")


def picture(folder: Path) -> None:
    """A picture named .csv."""
    (folder / "people.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" + bytes(range(256)) * 4)


def older_text(folder: Path) -> None:
    """A register saved by an older spreadsheet program."""
    written(
        folder,
        "people.csv",
        "person_id,agency,role\n001,Ysgol Dŵr,Teacher – part time\n".replace("ŵ", "ê"),
        "cp1252",
    )


def broken_parquet(folder: Path) -> None:
    """A Parquet file whose end is missing."""
    (folder / "people.parquet").write_bytes(b"PAR1" + bytes(64))


def folder_of_returns(folder: Path) -> None:
    """A folder where a file should be."""
    (folder / "returns.csv").mkdir()


def huge_file(folder: Path) -> None:
    """A file that says it has 17 GB, most of it never written."""
    with (folder / "people.csv").open("wb") as handle:
        handle.truncate(17 << 30)


def failing_format() -> SourceFormat:
    """A plugin's reader that breaks on every file."""

    def broken(path: Path, problems: Problems) -> Iterable[Sheet]:
        raise ZeroDivisionError("division by zero")

    return SourceFormat(".hr", broken)


def empty_file(folder: Path) -> None:
    """A file with nothing in it."""
    (folder / "people.csv").touch()
