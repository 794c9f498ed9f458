"""Moodle's competency framework CSV: read by position, written as its importer takes it, parents first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from tna.exchange.cells import Row, csv_rows, text_of
from tna.exchange.moodle_rows import COLUMNS, NOT_REQUIRED, OUTCOMES, RULES, SCALE, SHORT, arranged, unmarked
from tna.exchange.moodle_rules import numbered
from tna.exchange.readings import Reading
from tna.exchange.statements import REQUIRED, Item, Package, Relation
from tna.exchange.texts import as_cell, from_html, guarded, lines, to_html, unguarded
from tna.exchange.written import as_it_came, kept, rest
from tna.names import tidy
from tna.problems import Place, Problems, refuse

PARENT, KEY, LABEL, TEXT, FORMAT, SCALE_VALUES, SCALE_SETTING, RULE, OUTCOME, RULE_SETTING, CROSS, EXPORTED, TOP, TAXONOMY = range(14)  # fmt: skip
HTML = "1"
PLAIN = ("2", "4")  # plain text and Markdown
MORE = "…"


def read(reading: Reading) -> Package:
    """The framework of a file. Raises `Unusable` when it has not exactly one row for the framework itself."""
    rows = csv_rows(text_of(reading), reading.place())[1:]
    top = _framework(rows, reading)
    words = [tidy(word) for word in top.cell(TAXONOMY).split(",") if tidy(word)]
    if len(tidy(top.cell(KEY))) > SHORT:
        whole = tidy(top.cell(KEY))
        refuse("exchange.too-long", reading.place(f"B{top.number}"), id=whole, length=len(whole), limit=SHORT)
    reading.ledger.note(f"row {top.number}", "accepted")
    items: list[Item] = []
    relations: list[Relation] = []
    for row in rows:
        if row is not top and (item := _item(row, tidy(top.cell(KEY)), reading)):
            items.append(item)
            relations += _crossed(row, item, reading)
    items = _worded(numbered(items, reading), words)
    title, text = _whole(" ".join(from_html(top.cell(LABEL)).split()), _text(top))
    written = _written(top, partial(reading.ledger.note, f"row {top.number}", "changed"))
    return Package(
        title=title,
        key=tidy(top.cell(KEY)),
        text=text,
        items=tuple(items),
        relations=tuple(relations),
        said={"taxonomy": words, **_scale(top, reading), **written},
    )


def _framework(rows: Sequence[Row], reading: Reading) -> Row:
    """The one row that is the framework; it may be anywhere."""
    marked = [row for row in rows if tidy(row.cell(TOP)) == "1"]
    if len(marked) != 1:
        at = f"M{marked[1].number}" if marked else "M2"
        refuse("exchange.one-framework", reading.place(at), count=len(marked))
    return marked[0]


def _item(row: Row, framework: str, reading: Reading) -> Item | None:
    """One competency, None for a row that names none."""
    key, label, told = tidy(row.cell(KEY)), from_html(row.cell(LABEL)), f"row {row.number}"
    where = reading.place(f"B{row.number}")
    if not key or not label:
        reading.problems.add("exchange.no-key", where, column="an ID number or a short name")
        reading.ledger.note(told, "refused", "it has no ID number, or no short name", label or key)
        reading.refused[key] = key
        return None
    if len(key) > SHORT:
        reading.problems.add("exchange.too-long", where, id=key, length=len(key), limit=SHORT)
        reading.ledger.note(told, "refused", "its ID number is longer than Moodle takes", key)
        reading.refused[key] = key
        return None
    parent = tidy(row.cell(PARENT))
    if parent == framework and parent:
        reading.ledger.note(told, "changed", "its parent is the framework itself, which is the top", parent)
        parent = ""
    else:
        reading.ledger.note(told, "accepted")
    label, text = _whole(" ".join(label.split()), _text(row))
    written = _written(row, partial(reading.ledger.note, told, "changed"))
    for extra in row.cells[len(COLUMNS) :]:
        if tidy(extra):
            reading.ledger.note(told, "changed", "a cell beyond the last column is left out", extra)
    return Item(
        key=key,
        label=label,
        text=text,
        parent=parent,
        kind="heading" if key == NOT_REQUIRED else "competency",
        said={**_scale(row, reading), **_rule(row, reading), **written},
        row=told,
        where=where,
    )


def _text(row: Row) -> str:
    """The description; HTML where the file says so or does not say."""
    text, _ = unmarked(row.cell(TEXT))
    return lines(text) if tidy(row.cell(FORMAT)) in PLAIN else from_html(text)


def _written(row: Row, tell: Callable[[str], None]) -> dict[str, Any]:
    """The description as the file wrote it, where that is more than its lines, and in which format."""
    form = tidy(row.cell(FORMAT))
    text = unguarded(unmarked(row.cell(TEXT))[0])
    found = kept({"description": text}, str if form in PLAIN else to_html, tell, form not in PLAIN)
    return found | ({"description_format": form} if form not in ("", HTML) else {})


def _scale(row: Row, reading: Reading) -> dict[str, str]:
    """The scale of a row, as the file has it."""
    found = {"scale_values": row.cell(SCALE_VALUES), "scale_configuration": row.cell(SCALE_SETTING)}
    return {name: _read_json(tidy(value), name, row, reading) for name, value in found.items() if tidy(value)}


def _read_json(value: str, name: str, row: Row, reading: Reading) -> str:
    if name != "scale_values" and value != "null":
        try:
            json.loads(value)
        except (ValueError, RecursionError):
            column = "G" if name == "scale_configuration" else "J"
            reading.problems.add("exchange.not-json-cell", reading.place(f"{column}{row.number}"))
            reading.ledger.note(
                f"row {row.number}", "changed", "a setting is no JSON; kept as written", value
            )
    return value


def _rule(row: Row, reading: Reading) -> dict[str, str]:
    """The rule of a row in words; a configuration of `null` says nothing."""
    rule, outcome = tidy(row.cell(RULE)), tidy(row.cell(OUTCOME))
    found = {"rule": RULES.get(rule.replace("\\\\", "\\").lstrip("\\"), rule)} if rule else {}
    if outcome and (rule or outcome != "0"):
        found["outcome"] = OUTCOMES.get(outcome, outcome)
        if outcome not in OUTCOMES:
            reading.problems.add(
                "exchange.unknown-word", reading.place(f"I{row.number}"), found=outcome, known="0 none, 1 evidence, 2 complete, 3 recommend"
            )  # fmt: skip
            reading.ledger.note(f"row {row.number}", "changed", "its rule outcome is not known; kept as written", outcome)  # fmt: skip
    setting = tidy(row.cell(RULE_SETTING))
    if setting not in ("", "null"):
        found["rule_configuration"] = _read_json(setting, "rule_configuration", row, reading)
    exported = tidy(row.cell(EXPORTED))
    return found | ({"exported": exported} if exported else {})


def _crossed(row: Row, item: Item, reading: Reading) -> Iterator[Relation]:
    where = reading.place(f"K{row.number}")
    _, required = unmarked(row.cell(TEXT))
    for part in row.cell(CROSS).split(","):
        if key := tidy(part.replace("%2C", ",").replace("%2c", ",")):
            said = {REQUIRED: True} if key in required else {}
            yield Relation("crossed", item.key, key, said=said, row=item.row, where=where)


def _worded(items: Sequence[Item], words: Sequence[str]) -> list[Item]:
    """Each item with the taxonomy's word for its depth."""
    parents = {item.key: item.parent for item in items}

    def depth(key: str) -> int:
        count, seen = 0, {key}
        while (key := parents.get(key, "")) and key not in seen and count < len(words):
            seen.add(key)
            count += 1
        return count

    return [
        item
        if item.kind == "heading" or (at := depth(item.key)) >= len(words)
        else replace(item, word=words[at])
        for item in items
    ]


def write(package: Package, problems: Problems) -> bytes:
    """The file Moodle's importer takes: the framework, then parents before children, nothing cut.

    Problems: an ID number that Moodle would cut; a short name that had to be shortened, whose whole is then the first
    line of the description.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    words = package.said.get("taxonomy") or (
        ["level", "competency"] if package.of("level") else ["competency"]
    )
    head = Item(key=package.key, label=package.title, text=package.text, said={**SCALE, **package.said})
    writer.writerow([*_cells(head, problems), "", "", "1", ",".join(words)])
    rows = list(arranged(package))
    exported = _exported([row[0] for row in rows])
    for item, parent, crossed, mark in rows:
        cells = _cells(item, problems, mark)
        writer.writerow([guarded(parent), *cells[1:], guarded(crossed), exported[item.key], "", ""])
    return out.getvalue().encode()


def _exported(items: Sequence[Item]) -> Mapping[str, str]:
    """The number that rules name each row by: the file's own, or the next one free."""
    given = {item.key: str(item.said.get("exported", "")) for item in items}
    last = max((int(one) for one in given.values() if one.isdecimal()), default=0)
    for key, one in given.items():
        if not one:
            last += 1
            given[key] = str(last)
    return given


def _cells(item: Item, problems: Problems, mark: str = "") -> list[str]:
    """The cells of a row up to its rule, without a parent."""
    said = {key: str(value) for key, value in rest(item.said).items()}
    label, text = _short(item, problems)
    came, form = as_it_came(item.said, "description", text), said.get("description_format", HTML)
    if form in PLAIN and not mark:
        came = text if came is None else came
    elif form in PLAIN or (text and came is None):
        came, form = None, HTML
    rule, outcome = said.get("rule", ""), said.get("outcome", "none")
    return [
        "",
        guarded(item.key),
        as_cell(label),
        guarded((to_html(text) if came is None else came) + mark),
        form,
        guarded(said.get("scale_values", "")),
        said.get("scale_configuration", ""),
        _back(RULES, rule),
        _back(OUTCOMES, outcome),
        said.get("rule_configuration", "null"),
    ]


def _back(words: Mapping[str, str], word: str) -> str:
    """The code behind one of our words; any other as it was written."""
    return next((code for code, one in words.items() if one == word), word)


def _short(item: Item, problems: Problems) -> tuple[str, str]:
    """The short name and the description; a name that is too long is shortened at a word and stands whole below."""
    place = Place(item.id or item.key)
    if len(item.key) > SHORT:
        problems.add("exchange.too-long", place, id=item.key, length=len(item.key), limit=SHORT)
    if len(item.label) <= SHORT:
        return item.label, item.text
    problems.add("exchange.shortened", place, id=item.key, length=len(item.label), limit=SHORT)
    short = item.label[: SHORT - 1].rpartition(" ")[0] or item.label[: SHORT - 1]
    return f"{short}{MORE}", "\n".join(filter(None, (item.label, item.text)))


def _whole(label: str, text: str) -> tuple[str, str]:
    """A name and description as they were before the name was shortened."""
    first, _, rest = text.partition("\n")
    if label.endswith(MORE) and len(first) > SHORT and first.startswith(label[:-1]):
        return first, rest
    return label, text
