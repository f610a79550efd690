"""Which letters of a Chinese text make words, and which other letters would; by jieba's dictionary, nothing guessed.

A letter that was misread hardly ever makes a word with its neighbours: 课当 and 学司 are none.
"""

import re
from collections.abc import Sequence

import rjieba

from gengang.characters import common_look_alikes
from gengang.codecs import HAN

SHORTEST_TEXT = 4  # letters; a shorter one may be a name, and names are no words
_RUN = re.compile(f"[{HAN}]{{{SHORTEST_TEXT},}}")


def in_words(text: str) -> frozenset[int]:
    """The places of those letters of a text that stand in a word of two letters or more."""
    places: set[int] = set()
    at = 0
    for word in rjieba.cut(text, hmm=False):
        if len(word) > 1 and not word.isascii():
            places.update(range(at, at + len(word)))
        at += len(word)
    return frozenset(places)


def may_be_another_word(text: str, at: int, usual: int = 0) -> bool:
    """Whether a letter stands outside all words, and one that looks like it would make a word with those beside it.

    usual: how often that word stands in a corpus of some sixty million at least, by the dictionary.
    """
    run = next((run for run in _RUN.finditer(text) if run.start() <= at < run.end()), None)
    if run is None or len(_word_at(run[0], at - run.start())) > 1:
        return False
    before, behind = text[run.start() : at], text[at + 1 : run.end()]
    words = (_word_at(f"{before}{other}{behind}", len(before)) for other in common_look_alikes(text[at]))
    return any(len(word) > 1 and rjieba.suggest_freq(word) >= usual for word in words)


def mended(text: str, others: Sequence[str]) -> str:
    """The text of which a letter outside all words is another one where that makes a word.

    others: for each letter those that it may be instead, likeliest first; none where it is not in doubt.
    """
    for run in _RUN.finditer(text):
        start, letters = run.start(), run[0]
        for at in range(len(letters)):
            letters = _with_word(letters, at, others[start + at])
        text = text[:start] + letters + text[run.end() :]
    return text


def _with_word(letters: str, at: int, others: str) -> str:
    """The letters with another one at a place, the likeliest of those that make the longest word there."""
    if not others or at in in_words(letters):
        return letters
    tried = [letters[:at] + other + letters[at + 1 :] for other in others]
    best = max(tried, key=lambda one: len(_word_at(one, at)))
    return best if len(_word_at(best, at)) > 1 else letters


def _word_at(letters: str, at: int) -> str:
    """The word in which a letter stands, by itself where it makes none."""
    end = 0
    for word in rjieba.cut(letters, hmm=False):
        end += len(word)
        if at < end:
            return word
    return ""
