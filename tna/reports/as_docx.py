"""Writes a paper as a Word document: real headings and tables, header rows that repeat, English (United Kingdom)."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tna.reports import palette
from tna.reports.sections import Cell, Paper, Section, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

LANGUAGE = "en-GB"
EPOCH = (2000, 1, 1, 0, 0, 0)  # documents of the same paper are the same bytes: no clock enters them
LETTER = 54_000  # the width of a letter in a table, in the document's own unit
EDGE, MOST = 4, 200  # letters that a cell's edges take, and of a text by which width is shared out
LONGEST = 500  # rows of a table: nobody reads more on paper, and Word takes minutes over them
WIDE = 6  # columns from which a document is laid out across the page
FILLS = {
    "at-risk": "quarter-0",
    "not-known": "unknown",
    "no-return": "unknown",
    "not-stated": "unknown",
    "not-rated": "quarter-2",
}


def write(paper: Paper, path: Path) -> None:
    """The paper as one .docx file; the same paper gives the same bytes."""
    path.write_bytes(steady(whole(paper)))


def whole(paper: Paper) -> Document:
    """The paper as a document of its own."""
    import docx

    document = docx.Document()
    _set_up(document, paper)
    document.add_paragraph(paper.kind, style="Subtitle")
    document.add_heading(paper.board, 0)
    document.add_paragraph(f"{paper.title}, edition {paper.edition}. As of {paper.as_of}.")
    document.add_paragraph(" ".join(paper.banner), style="Intense Quote")
    _bold(document.add_paragraph(), paper.finding)
    for section in paper.sections:
        add_section(document, section)
    document.add_paragraph(paper.note)
    return document


def _speak_english(document: Document) -> None:
    """Says of all text in which language it is, for those who have it read to them."""
    from docx.oxml.ns import qn

    settings = document.settings.element
    for language in (*document.styles.element.iter(qn("w:lang")), *settings.iter(qn("w:themeFontLang"))):
        language.set(qn("w:val"), LANGUAGE)


def _set_up(document: Document, paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt, RGBColor

    _speak_english(document)
    facts = document.core_properties
    facts.title, facts.subject, facts.language = f"{paper.kind}: {paper.board}", paper.as_of, LANGUAGE
    facts.author, facts.last_modified_by, facts.comments = paper.board, paper.board, ""
    facts.created = facts.modified = datetime(*EPOCH[:3])  # a fixed day, in no zone
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    if any(len(table.columns) >= WIDE for section in paper.sections for table in section.tables):
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(1.2)
    page.header_distance = page.footer_distance = Cm(0.6)
    page.footer.paragraphs[0].text = " ".join(paper.banner)
    for name, size in (
        ("Normal", 9),
        ("Heading 1", 12),
        ("Heading 2", 12),
        ("Title", 18),
        ("Subtitle", 11),
        ("Caption", 10),
        ("Intense Quote", 10),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        _plain_font(style.element)
        style.font.color.rgb = RGBColor.from_string(palette.COLOURS["text"][1:].upper())
        _speak(style.element)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.space_before = Pt(7 if name.startswith("Heading") else 0)


def _plain_font(element: Any) -> None:
    """The font as named, not the theme's."""
    from docx.oxml.ns import qn

    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name or "theme" in name:
            del fonts.attrib[name]
    fonts.set(qn("w:cs"), "Arial")


def _speak(element: Any) -> None:
    """Says in which language a style's text is."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    element.get_or_add_rPr().append(language)


def _bold(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).bold = True


def add_section(document: Document, section: Section) -> None:
    """A section at the end of a document."""
    document.add_heading(section.title, 1)
    for line in section.says:
        document.add_paragraph(line).paragraph_format.keep_with_next = bool(section.tables)
    for line in section.fill_in:
        _highlighted(document.add_paragraph(style="List Bullet"), line)
    for table in section.tables:
        add_table(document, table, titled=table.caption != section.title)


def _highlighted(paragraph: Any, text: str) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    run = paragraph.add_run(text)
    run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW


def add_table(document: Document, table: Table, *, titled: bool = True) -> None:
    """A table under its caption; its header row repeats on every page, and no row breaks across two."""
    from docx.shared import Pt

    if titled:
        document.add_paragraph(table.caption, style="Caption").paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _describe(made, table.caption)
    _widen(document, made, table)
    for place, (column, cell) in enumerate(zip(table.columns, made.rows[0].cells, strict=True)):
        cell.width = made.columns[place].width
        _put(cell, Cell(column.label), column.number, bold=True)
        _shade(cell, palette.COLOURS["panel"])
    _mark_row(made.rows[0], "w:cantSplit")
    _mark_row(made.rows[0], "w:tblHeader")
    widths = [column.width for column in made.columns]
    for row in table.rows[:LONGEST]:
        added = made.add_row()
        _mark_row(added, "w:cantSplit")
        for place, (cell, at) in enumerate(zip(row, added.cells, strict=True)):
            at.width = widths[place]
            _put(at, cell, table.columns[place].number, bold=place == 0)
    if len(table.rows) > LONGEST:
        document.add_paragraph(
            f"The first {LONGEST:,} of {len(table.rows):,} rows; all of them stand in the workbook and in the CSV files."
        )
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def _widen(document: Document, made: Any, table: Table) -> None:
    """Columns as wide as what stands in them, within the page."""
    page = document.sections[0]
    whole = int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)
    texts = [
        [column.label, *(words(row[place]) for row in table.rows)]
        for place, column in enumerate(table.columns)
    ]
    least = [EDGE + max(len(word) for text in some for word in (*text.split(), "")) for some in texts]
    wanted = [min(MOST, max(map(len, some))) for some in texts]
    spare = max(0, whole // LETTER - sum(least))
    shares = [few + spare * many / sum(wanted) for few, many in zip(least, wanted, strict=True)]
    made.autofit = False
    for place, share in enumerate(shares):
        made.columns[place].width = int(whole * share / sum(shares))


def _describe(made: Any, caption: str) -> None:
    """The alternative text of a table, for those who do not see it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(name)
        said.set(qn("w:val"), caption)
        made._tbl.tblPr.append(said)


def _mark_row(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _put(at: _Cell, cell: Cell, number: bool, *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = at.paragraphs[0]
    look = paragraph.paragraph_format
    look.space_before = look.space_after = Pt(0.5)
    look.line_spacing = 1.0
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(words(cell))
    run.bold, run.font.size = bold, Pt(8)
    if cell.mark:
        colour = FILLS.get(cell.mark.state, cell.mark.state)
        if colour in palette.COLOURS:
            _shade(at, palette.COLOURS[colour])


def words(cell: Cell) -> str:
    """All that a cell says, in one line: its words, what stands quietly beside them, and its mark."""
    mark = f"{cell.mark.shape} {cell.mark.word}" if cell.mark else ""
    return " ".join(part for part in (cell.text, cell.quiet, mark) if part)


def _shade(at: _Cell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fill = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour[1:].upper())):
        fill.set(qn(name), value)
    at._tc.get_or_add_tcPr().append(fill)


def steady(document: Document) -> bytes:
    """The document as bytes that hold no time of day: every part of the file is dated alike."""
    made, again = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(again, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(ZipInfo(name, EPOCH), parts.read(name), ZIP_DEFLATED)
    return again.getvalue()
