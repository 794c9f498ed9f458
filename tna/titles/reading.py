"""Says which roles a title names, what function the post has, and in what words it knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tna.titles.vocabularies import How, Name, Vocabulary
    from tna.titles.words import Words

Several = Literal["", "both", "either"]

_JOBS = re.compile(r"[/;&+|]|\s(?:and|cum)\s", re.IGNORECASE)  # between two jobs in one title
_AGAIN = re.compile(
    r"[,()\[\]{}:–—/]|\s-+|-+\s"
)  # before the same job said again: "General Practitioner (GP)"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A role that a title resembles, for a person to confirm; never an answer."""

    role: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a title says.

    `roles` are the roles it names: none when nothing is certain. When `several` is "both", the title is two
    jobs, each read in `jobs`; when it is "either", the name belongs to all of them, and the title is asked.
    `post` are the functions it states; `posts` are the roles that functions stated beside the name amount to
    ("health visitor *team leader*"), which outrank `roles` wherever a board gives them a level. `matched`
    is the name found, and `how` its kind: "head" when other, harmless words stand beside it.
    """

    title: str
    roles: Words = ()
    several: Several = ""
    matched: str = ""
    how: How = ""
    post: frozenset[str] = frozenset()
    posts: Words = ()
    because: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    jobs: tuple[Reading, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the title is read without doubt."""
        return bool(self.roles) and self.several != "either"


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the words beside a name say: functions of the post, and whether any word is this role's own."""

    functions: frozenset[str] = frozenset()
    telling: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    name: Name
    words: Words
    whole: bool
    beside: _Beside


def read(title: str, vocabulary: Vocabulary, *, suggest: bool = True) -> Reading:
    """What a title means, certainly or not at all: every word of it must be accounted for.

    A title of which only some words are known, or which is only similar to a name, is never certain; it comes
    back without roles and, unless told not to `suggest` (which takes longer than reading), with up to three
    suggestions.
    """
    found = _as_one(title, vocabulary) or _as_one_twice(title, vocabulary) or _as_two(title, vocabulary)
    return found or Reading(
        title,
        because=f"nothing known accounts for every word of '{title}'",
        suggestions=_similar(title, vocabulary) if suggest else (),
    )


def _as_one(title: str, vocabulary: Vocabulary) -> Reading | None:
    """The title as one job, whichever way round its parts stand; the longest name found wins."""
    orders = tuple(dict.fromkeys(vocabulary.speller.orders(title)))
    best = _longest(orders, vocabulary)
    if not best:  # plain words may stand inside a name: "school (band 6) nurse"
        shorter = (tuple(word for word in words if not vocabulary.is_plain(word)) for words in orders)
        best = _longest((words for words in dict.fromkeys(shorter) if words), vocabulary)
    return _told(title, best, vocabulary) if best else None


def _longest(orders: Iterable[Words], vocabulary: Vocabulary) -> list[_Match]:
    """The longest names found in any of the orders; a name of all the words ends the search."""
    best: list[_Match] = []
    for words in orders:
        longest = len(best[0].words) if best else 1
        found = list(_matches(words, longest, vocabulary))
        if found and len(found[0].words) > longest:
            best = []
        best += found
        if best and best[0].whole:
            break
    return best


def _matches(words: Words, shortest: int, vocabulary: Vocabulary) -> Iterator[_Match]:
    """The longest names in `words` beside which every other word is accounted for."""
    found = False
    for length in range(len(words), shortest - 1, -1):
        for start in range(len(words) - length + 1):
            inside = words[start : start + length]
            for name in vocabulary.names.get(inside, ()):
                beside = _beside((words[:start], words[start + length :]), name, vocabulary)
                if beside is not None:
                    found = True
                    yield _Match(name, inside, inside == words, beside)
        if found:
            return


def _beside(sides: Iterable[Words], name: Name, vocabulary: Vocabulary) -> _Beside | None:
    """What the words beside a name say; None when one is neither harmless nor part of a function."""
    stated: set[str] = set()
    telling = False
    for words in sides:
        at = 0
        while at < len(words):
            said = _function_at(words, at, name.role, vocabulary)
            if said:
                stated.add(said[0])
            elif not vocabulary.is_harmless(words[at], name.role):
                return None
            else:
                telling = telling or words[at] in vocabulary.harmless[name.role]
            at += said[1] if said else 1
    return None if name.work and not stated else _Beside(frozenset(stated), telling)


def _function_at(words: Words, at: int, role: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """The function that the most words from here on say, and how many words those are."""
    for end in range(len(words), at, -1):
        function = vocabulary.function(words[at:end], role)
        if function:
            return function.id, end - at
    return None


def _told(title: str, matches: list[_Match], vocabulary: Vocabulary) -> Reading:
    """The reading that names of equal length make together: the narrowest role, or either of several."""
    by_role = {match.name.role: match for match in reversed(matches)}
    kept = [by_role[role] for role in _narrowest(by_role, vocabulary)]
    if len(kept) > 1 or (vocabulary.is_asked(kept[0].name) and not kept[0].beside.telling):
        return _either(title, kept, vocabulary)
    match, nodes, stated = kept[0], vocabulary.roles.nodes, kept[0].beside.functions
    posts = tuple(sorted(one.role for one in vocabulary.roles.functions if one.id in stated))
    because = f"'{match.name.text}' is {_kind(match.name)} {nodes[match.name.role].label}"
    if posts:
        because += ", and the title says " + " and ".join(nodes[post].label.lower() for post in posts)
    return Reading(
        title,
        roles=(match.name.role,),
        matched=match.name.text,
        how=match.name.how if match.whole else "head",
        post=stated | vocabulary.post[match.name.role],
        posts=posts,
        because=because,
    )


def _narrowest(roles: Iterable[str], vocabulary: Vocabulary) -> Words:
    """Those of the roles that have none of the others below them, in order of id."""
    some = set(roles)
    broader = {upper for role in some for upper in vocabulary.above[role] if upper != role}
    return tuple(sorted(some - broader))


def _kind(name: Name) -> str:
    if name.work:
        return "the work of"
    return {"label": "the name of", "synonym": "another name of"}.get(name.how, "an abbreviation of")


def _either(title: str, matches: list[_Match], vocabulary: Vocabulary) -> Reading:
    """A name that several roles share, or that also means something the graph does not know: asked."""
    name = matches[0].name
    nodes = [vocabulary.roles.nodes[match.name.role] for match in matches]
    shared = len(nodes) > 1
    labels = " or ".join(node.label for node in nodes) if shared else f"{nodes[0].label}, or something else"
    return Reading(
        title,
        roles=tuple(node.id for node in nodes) if shared else (),
        several="either" if shared else "",
        matched=name.text if shared else "",
        how=name.how if shared else "",
        because=f"'{name.text}' may be {labels}",
        suggestions=tuple(
            Suggestion(match.name.role, node.label, f"'{match.name.text}' is one of its names")
            for match, node in zip(matches[:3], nodes, strict=False)
        ),
    )


def _as_one_twice(title: str, vocabulary: Vocabulary) -> Reading | None:
    """The title as one job said twice, in full and shortened or more closely: "General Practitioner (GP)"."""
    parts = [_as_one(part, vocabulary) for part in _AGAIN.split(title) if part.strip()]
    jobs = [job for job in parts if job]
    roles = _narrowest((role for job in jobs for role in job.roles), vocabulary)
    closest = next((job for job in jobs if job.certain and job.roles == roles), None)
    if closest is None or len(jobs) < max(2, len(parts)):
        return None
    return Reading(
        title,
        roles=roles,
        matched=closest.matched,
        how=closest.how,
        post=closest.post.union(*(job.post for job in jobs)),
        posts=tuple(dict.fromkeys(post for job in jobs for post in job.posts)),
        because=closest.because,
    )


def _as_two(title: str, vocabulary: Vocabulary) -> Reading | None:
    """The title as two or three jobs, each of them certain by itself."""
    parts = [part for part in _JOBS.split(title) if part.strip()]
    if not 1 < len(parts) <= 3:
        return None
    jobs = tuple(job for part in parts if (job := _as_one(part, vocabulary)) and job.certain)
    if len(jobs) < len(parts):
        return None
    return Reading(
        title,
        roles=tuple(dict.fromkeys(role for job in jobs for role in job.roles)),
        several="both",
        matched=" and ".join(job.matched for job in jobs),
        how=jobs[0].how,
        post=frozenset[str]().union(*(job.post for job in jobs)),
        posts=tuple(dict.fromkeys(post for job in jobs for post in job.posts)),
        because="; ".join(job.because for job in jobs),
        jobs=jobs,
    )


def _similar(title: str, vocabulary: Vocabulary) -> tuple[Suggestion, ...]:
    """Up to three roles with a name like the title."""
    from rapidfuzz import fuzz, process

    words = " ".join(word for word in vocabulary.speller.words(title) if not vocabulary.is_plain(word))
    if not words:
        return ()
    near = process.extract(
        words, vocabulary.written, scorer=fuzz.token_sort_ratio, processor=None, limit=12, score_cutoff=60
    )
    suggested: dict[str, Suggestion] = {}
    for _, _, key in near:
        name = vocabulary.names[key][0]
        label = vocabulary.roles.nodes[name.role].label
        suggested.setdefault(name.role, Suggestion(name.role, label, f"like its name '{name.text}'"))
    return tuple(suggested.values())[:3]
