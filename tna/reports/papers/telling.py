"""What flags and plans may say to others than the team: no number of people, and nobody's id."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tna.reports.papers.material import Material
from tna.wording import MONTHS

SOME = "some"
PEOPLE = (
    "people|persons?|jobs?|posts?|rows?|records?|attendances?|titles?|cells?|forms?|individuals?|practitioners?|"
    "workers?|staff|members?|answers?"
)
WORDS = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4}
NUMBER = r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])"
OF_PEOPLE = re.compile(
    rf"(?<![\w.,-])(\d[\d,]*|{'|'.join(WORDS)})(?: more)?(?: of (?:the )?\d[\d,]*)?(?: [a-z-]+)? (?:{PEOPLE})\b",
    re.IGNORECASE,
)
SAFE = re.compile(
    rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b"
    r"|\b(?:19|20)\d\d(?:[-/]\d\d){0,2}\b"
    r"|(?<!\w)'[^']*'(?!\w)"
    r"|\b(?:pp?\.|pages?|lines?|levels?|groups?|tiers?|stages?|parts?|sections?|appendix|rule|policy) \d[\d.]*\b"
    r"|\b(?:target|floor) of \d[\d.]*%"
    rf"|{NUMBER}(?: of (?:the )?{NUMBER})?(?: more)?(?: of the)?(?: [a-z-]+)? "
    r"(?:agenc(?:y|ies)|days?|weeks?|months?|years?|hours?|lines?|sessions?|competenc(?:y|ies)|courses?|levels?|groups?|kinds?|dates?|files?)\b"
    rf"|\band {NUMBER} more(?=[:;.)]|$)",
    re.IGNORECASE,
)
BESIDE = re.compile(
    rf" \({NUMBER}(?: of {NUMBER})?%?\)"
)  # a count after a name, a percentage after its parts
SHARE = re.compile(rf"{NUMBER}(?: of (?:the )?{NUMBER})?")
PRIVATE = 0xE000  # characters that no text has stand for what is left as it is


class Teller:
    """Tells messages to the audience of a paper: to the team as they are, to others in a sentence without numbers of people."""

    def __init__(self, material: Material) -> None:
        self.material = material
        named = material.named
        names = {*named.levels.values(), *named.competencies.values(), *named.courses.values()}
        names |= {agency for agency, _ in material.ratings}
        names |= {role for (role,) in material.rows("select distinct role from placements")}
        self.names = sorted(
            (one for one in names if re.search(r"\d|\. ", one)), key=lambda one: (-len(one), one)
        )

    def tell(self, message: str) -> str:
        """A message as it may be told; "" when it is about a few people, or names one."""
        if self.material.internal:
            return message
        kept: list[str] = []
        masked = self._mask(message, kept)
        sentence = masked.split(". ")[0].rstrip(".") + "."
        loose = BESIDE.sub("", sentence)
        if (
            few(self.material, masked)
            or self._names(masked)
            or self._small(SHARE.findall(loose))
            or "%" in loose
        ):
            return ""
        words = SHARE.sub(SOME, loose)
        for place, name in reversed(list(enumerate(kept))):
            words = words.replace(chr(PRIVATE + place), name)
        return words[:1].upper() + words[1:]

    def _mask(self, message: str, kept: list[str]) -> str:
        """The message with names, dates and numbers of other things than people put away."""

        def put(text: str) -> str:
            kept.append(text)
            return chr(PRIVATE + len(kept) - 1)

        for name in self.names:
            if name in message:
                message = message.replace(name, put(name))
        return SAFE.sub(lambda found: put(found[0]), message)

    def _small(self, shares: Iterable[str]) -> bool:
        return any(
            self.material.small(_count(one)) for share in shares for one in re.findall(r"\d[\d,]*", share)
        )

    def _names(self, text: str) -> bool:
        """Whether somebody's id stands in the text; ids that are numbers only are told of nowhere, like all numbers."""
        words = {word for word in re.findall(r"[\w./-]*\w", text) if not word.isdigit()}
        return bool(
            self.material.rows(
                "select 1 from people where person_id in (select unnest($words)) limit 1", words=sorted(words)
            )
        )


def few(material: Material, text: str) -> bool:
    """Whether a text counts a few people, in figures or in words; never so to the team."""
    counts = [WORDS.get(one.lower()) or _count(one) for one in OF_PEOPLE.findall(text)]
    return any(material.small(count) for count in counts)


def _count(text: str) -> int:
    return int(text.replace(",", ""))
