"""Reads job titles as agencies write them: which roles a title means, or that nobody can tell from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from tna.model.roles import PostFunction, Role, Roles

How = Literal["label", "synonym", "abbreviation", "head", ""]
Several = Literal["", "both", "either"]
Words = tuple[str, ...]

_DOTTED = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?")
_POSSESSIVE = re.compile(r"['’‘`´]s?\b")
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_BREAK = re.compile(
    r"[,;:()\[\]{}|/\\]|\s[-–—]+|[-–—]+\s|[–—]|\s(?:of|for|in|at|within|with|on|from)\s", re.I
)
_JOBS = re.compile(r"[/;&+,|]|\s(?:and|cum)\s", re.I)
_SILENT = frozenset({"the", "an", "for", "in", "at", "within", "with", "on", "from", "by"})
_PLURALS = {"children": "child", "people": "person", "women": "woman", "men": "man", "wives": "wife"}
_LONGEST = 16  # words; more is a sentence, not a title, and is asked


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A role that a title resembles, for a person to confirm; never an answer."""

    role: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a title says.

    `roles` are the roles it names: none when nothing is certain; when `several` is "both", the title is two jobs;
    when it is "either", the name belongs to all of them and the title is asked. `post` are the functions it states.
    `posts` are the roles those functions amount to, where words beside the name say so ("health visitor *team
    leader*"): they outrank `roles` wherever a board attaches a level to them. `matched` is the name that was found.
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
class _Name:
    role: str
    text: str
    how: How
    work: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    name: _Name
    length: int
    whole: bool
    functions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names and words of a role graph, made ready for reading titles; build it once with `vocabulary`."""

    roles: Roles
    names: Mapping[Words, tuple[_Name, ...]]
    asked: frozenset[Words]
    plain: frozenset[str]
    harmless: Mapping[str, frozenset[str]]
    functions: Mapping[Words, PostFunction]
    within: Mapping[str, frozenset[str]]
    post: Mapping[str, frozenset[str]]
    spellings: Mapping[str, str]
    misspelt: re.Pattern[str]


def normalise(title: str) -> Words:
    """The words of a title without case, accents, punctuation, possessives, plurals and small words; "&" is "and"."""
    folded = unicodedata.normalize("NFKD", title.casefold()).casefold()
    text = "".join(letter for letter in folded if not unicodedata.combining(letter))
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _POSSESSIVE.sub("", text).replace("&", " and ").replace("+", " and ")
    words = (_singular(word) for word in _TOKEN.findall(text))
    return tuple(word for word in words if word not in _SILENT)


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith("sses") else word[:-1]


def vocabulary(roles: Roles) -> Vocabulary:
    """Everything needed to read titles against a role graph. Takes some tens of milliseconds; reading takes none."""
    spellings = {
        " ".join(normalise(other)): " ".join(normalise(word)) for other, word in roles.spellings.items()
    }
    misspelt = re.compile(
        r"(?<!\S)(?:" + "|".join(sorted(map(re.escape, spellings), key=len, reverse=True)) + r")(?!\S)"
    )

    def words(text: str) -> Words:
        return _spelt(normalise(text), spellings, misspelt)

    groups = {
        group: frozenset(word for one in some for word in words(one))
        for group, some in roles.modifiers.items()
    }
    above = {role: frozenset(roles.ancestors(role)) for role in roles.nodes}
    return Vocabulary(
        roles=roles,
        names=_names(roles, above, words),
        asked=frozenset(map(words, roles.asked)),
        plain=frozenset(word for text in roles.plain_words for word in words(text)) | {"and", "of"},
        harmless={
            role: frozenset().union(
                *(groups.get(g, frozenset()) for one in upper for g in roles.nodes[one].harmless)
            )
            for role, upper in above.items()
        },
        functions={words(text): function for function in roles.functions for text in function.words},
        within=above,
        post={
            role: frozenset(one.id for one in roles.functions if one.role in upper)
            for role, upper in above.items()
        },
        spellings=spellings,
        misspelt=misspelt,
    )


def _names(
    roles: Roles, above: Mapping[str, frozenset[str]], words: Callable[[str], Words]
) -> Mapping[Words, tuple[_Name, ...]]:
    """Every name with the roles it means; where one of those is broader than another, only the broader is certain."""
    found: dict[Words, dict[str, _Name]] = {}
    for role in roles.nodes.values():
        for name in _named(role):
            if key := words(name.text):
                found.setdefault(key, {}).setdefault(role.id, name)
    return {
        key: tuple(name for name in names.values() if not (above[name.role] - {name.role}) & names.keys())
        for key, names in found.items()
    }


def _named(role: Role) -> Iterator[_Name]:
    yield _Name(role.id, role.label, "label")
    yield from (_Name(role.id, text, "synonym") for text in role.also)
    yield from (_Name(role.id, text, "abbreviation") for text in role.abbreviations)
    yield from (_Name(role.id, text, "head", work=True) for text in role.work)


def _spelt(words: Words, spellings: Mapping[str, str], misspelt: re.Pattern[str]) -> Words:
    if not spellings:
        return words
    return tuple(misspelt.sub(lambda found: spellings[found[0]], " ".join(words)).split())


def read(title: str, vocabulary: Vocabulary) -> Reading:
    """What a title means, certainly or not at all: every word of it must be accounted for.

    A title of which only some words are known is never certain; it comes back without roles and with up to three
    suggestions, by similarity.
    """
    found = _read_one(title, vocabulary) or _read_two(title, vocabulary)
    return found or Reading(
        title,
        because=f"nothing known accounts for every word of '{title}'",
        suggestions=_similar(title, vocabulary),
    )


def _read_one(title: str, vocabulary: Vocabulary) -> Reading | None:
    """The title as one job, whichever way round its parts stand; the longest name found wins."""
    best: list[_Match] = []
    for words in _orders(title, vocabulary):
        for match in _matches(words, vocabulary):
            if not best or match.length > best[0].length:
                best = [match]
            elif match.length == best[0].length:
                best.append(match)
        if best and best[0].whole:
            break
    return _told(title, best, vocabulary) if best else None


def _orders(title: str, vocabulary: Vocabulary) -> Iterator[Words]:
    """The words as written, then with the parts that commas, brackets, dashes, "of" and "for" divide turned round."""
    words = _words(title, vocabulary)
    if not 0 < len(words) <= _LONGEST:
        return
    yield words
    parts = [part for part in (_words(one, vocabulary) for one in _BREAK.split(title)) if part]
    orders: list[Words] = [words]
    if 1 < len(parts) <= 4:
        orders += [tuple(word for part in order for word in part) for order in permutations(parts)]
    elif parts:
        orders.append(tuple(word for part in reversed(parts) for word in part))
    yield from dict.fromkeys(orders[1:])
    yield from dict.fromkeys(
        tuple(word for word in order if not _is_plain(word, vocabulary)) for order in orders
    )


def _words(text: str, vocabulary: Vocabulary) -> Words:
    return _spelt(normalise(text), vocabulary.spellings, vocabulary.misspelt)


def _is_plain(word: str, vocabulary: Vocabulary) -> bool:
    return (word in vocabulary.plain or word.isdigit()) and word not in {"and", "of"}


def _matches(words: Words, vocabulary: Vocabulary) -> Iterator[_Match]:
    """The names of the greatest length in `words` beside which every other word is accounted for."""
    for length in range(len(words), 0, -1):
        found = False
        for start in range(len(words) - length + 1):
            for name in vocabulary.names.get(words[start : start + length], ()):
                beside = [words[:start], words[start + length :]]
                functions = _accounted(name, beside, vocabulary)
                if functions is not None:
                    found = True
                    yield _Match(name, length, length == len(words), functions)
        if found:
            return


def _accounted(name: _Name, beside: Iterable[Words], vocabulary: Vocabulary) -> frozenset[str] | None:
    """The functions that the words beside a name state, or None when a word is neither that nor harmless."""
    stated: set[str] = set()
    for words in beside:
        at = 0
        while at < len(words):
            phrase = _function_at(words, at, name.role, vocabulary)
            if phrase:
                stated.add(vocabulary.functions[phrase].id)
                at += len(phrase)
            elif _is_harmless(words[at], name.role, vocabulary):
                at += 1
            else:
                return None
    return None if name.work and not stated else frozenset(stated)


def _function_at(words: Words, at: int, role: str, vocabulary: Vocabulary) -> Words:
    """The longest words from here on that say a function a post of this role can have."""
    for end in range(min(len(words), at + 4), at, -1):
        function = vocabulary.functions.get(words[at:end])
        if function and vocabulary.within[role] & set(function.within):
            return words[at:end]
    return ()


def _is_harmless(word: str, role: str, vocabulary: Vocabulary) -> bool:
    return word.isdigit() or word in vocabulary.plain or word in vocabulary.harmless[role]


def _told(title: str, matches: list[_Match], vocabulary: Vocabulary) -> Reading:
    """The reading that matches of equal length make together: the narrowest role, or either of several."""
    by_role = {match.name.role: match for match in reversed(matches)}
    broader = {upper for role in by_role for upper in vocabulary.within[role] if upper != role}
    kept = [match for role, match in by_role.items() if role not in broader]
    first, *others = sorted(kept, key=lambda match: match.name.role)
    if others or _words(first.name.text, vocabulary) in vocabulary.asked:
        return _either(title, kept, vocabulary)
    name, roles = first.name, vocabulary.roles
    posts = tuple(sorted(one.role for one in roles.functions if one.id in first.functions))
    because = f"'{name.text}' is {_article(name)} of {roles.nodes[name.role].label}"
    if posts:
        because += ", and the title says " + " and ".join(roles.nodes[post].label.lower() for post in posts)
    return Reading(
        title,
        roles=(name.role,),
        matched=name.text,
        how=name.how if first.whole else "head",
        post=first.functions | vocabulary.post[name.role],
        posts=posts,
        because=because,
    )


def _article(name: _Name) -> str:
    named = {"label": "the name", "synonym": "another name", "abbreviation": "an abbreviation"}
    return "the work" if name.work else named[name.how]


def _either(title: str, matches: list[_Match], vocabulary: Vocabulary) -> Reading:
    nodes = sorted((vocabulary.roles.nodes[match.name.role] for match in matches), key=lambda node: node.id)
    text = matches[0].name.text
    labels = " or ".join(node.label for node in nodes)
    because = f"'{text}' may be {labels}" + ("" if len(nodes) > 1 else ", or something else")
    return Reading(
        title,
        roles=tuple(node.id for node in nodes),
        several="either",
        matched=text,
        how=matches[0].name.how,
        because=because,
        suggestions=tuple(
            Suggestion(node.id, node.label, f"'{text}' is one of its names") for node in nodes[:3]
        ),
    )


def _read_two(title: str, vocabulary: Vocabulary) -> Reading | None:
    """The title as two or more jobs, each of them certain by itself."""
    parts = [part for part in _JOBS.split(title) if part.strip()]
    if not 1 < len(parts) <= 3:
        return None
    jobs = [_read_one(part, vocabulary) for part in parts]
    sure = tuple(job for job in jobs if job and job.certain)
    if len(sure) != len(parts):
        return None
    roles = tuple(dict.fromkeys(role for job in sure for role in job.roles))
    return Reading(
        title,
        roles=roles,
        several="both" if len(roles) > 1 else "",
        matched=" and ".join(job.matched for job in sure),
        how=sure[0].how,
        post=frozenset().union(*(job.post for job in sure)),
        posts=tuple(dict.fromkeys(post for job in sure for post in job.posts)),
        because="; ".join(job.because for job in sure),
        jobs=sure,
    )


def _similar(title: str, vocabulary: Vocabulary) -> tuple[Suggestion, ...]:
    """Up to three roles with a name like the title."""
    from rapidfuzz import fuzz, process

    words = " ".join(word for word in _words(title, vocabulary) if not _is_plain(word, vocabulary))
    if not words:
        return ()
    texts = {key: " ".join(key) for key, names in vocabulary.names.items() if not names[0].work}
    found = process.extract(words, texts, scorer=fuzz.token_sort_ratio, limit=12, score_cutoff=60)
    suggested: dict[str, Suggestion] = {}
    for _, _, key in found:
        name = vocabulary.names[key][0]
        label = vocabulary.roles.nodes[name.role].label
        suggested.setdefault(name.role, Suggestion(name.role, label, f"like its name '{name.text}'"))
    return tuple(suggested.values())[:3]
