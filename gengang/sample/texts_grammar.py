"""How a sentence of the banks becomes one person's sentence: `<a|b>` is a choice, `{word}` a word of that person.

It knows no text; every choice is made by the random generator that is passed in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import TypeVar

Words = Mapping[str, str]
Bank = Sequence[str]
Some = TypeVar("Some")

_MARK = re.compile(r"<([^<>]*)>|\{(\w+)\}")


def pick(rng: Random, options: Sequence[Some]) -> Some:
    """One of the options; much faster than Random.choice."""
    return options[int(rng.random() * len(options))]


@cache
def _pieces(template: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Literal text, the alternatives after it, the word after it; one of the last two is empty."""
    parts, start = [], 0
    for mark in _MARK.finditer(template):
        options = tuple(mark[1].split("|")) if mark[1] is not None else ()
        parts.append((template[start : mark.start()], options, mark[2] or ""))
        start = mark.end()
    return (*parts, (template[start:], (), ""))


def worded(rng: Random, template: str, words: Words) -> str:
    """The sentence with its choices made and its words filled in. Raises KeyError for a word that is not known."""
    made = []
    for literal, options, word in _pieces(template):
        made.append(literal)
        if options:
            chosen = pick(rng, options)
            made.append(worded(rng, chosen, words) if "{" in chosen else chosen)
        elif word:
            made.append(words[word])
    return "".join(made)


def chain(rng: Random, banks: Iterable[Bank], words: Words) -> str:
    """One sentence of each bank, joined."""
    return "".join(worded(rng, pick(rng, bank), words) for bank in banks)


def paragraphs(rng: Random, groups: Iterable[Iterable[Bank]], words: Words) -> str:
    """A paragraph for each group of banks, joined by line feeds."""
    return "\n".join(chain(rng, group, words) for group in groups)


def some_of(rng: Random, bank: Bank, number: int, words: Words) -> tuple[str, ...]:
    """That many different sentences of a bank, in the bank's order."""
    return tuple(worded(rng, bank[index], words) for index in sorted(rng.sample(range(len(bank)), number)))


def numbered(sentences: Iterable[str], style: str = "1.") -> str:
    """Sentences as a list of paragraphs; style: `1.`, `一、` or `（1）`."""
    han = "一二三四五六七八九十"
    marks = {"1.": "{}.", "一、": "{}、", "（1）": "（{}）"}
    return "\n".join(
        marks[style].format(han[index] if style == "一、" else index + 1) + sentence
        for index, sentence in enumerate(sentences)
    )
