"""Which letters of a Chinese text make words, and which other letters would; by dictionary, nothing guessed.

A letter that was misread hardly ever makes a word with its neighbours: 课当 and 学司 are none. The dictionary is
jieba's, with the words of schools and of teachers' training that it lacks (terms.txt): 跟岗, 评课, 一贯制.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

import rjieba

from gengang.characters import common_look_alikes
from gengang.codecs import HAN

MUCH_RARER = 10  # times less usual a word has to be than the one that was read, by the dictionary's counts
SHORTEST_TEXT = 4  # letters; a shorter one may be a name, and names are no words
_RUN = re.compile(f"[{HAN}]{{{SHORTEST_TEXT},}}")
_SCHOOL = re.compile("九年一贯|学校|小学|中学|初级中学|高级中学|完全小学|中心|教学点|幼儿园")
USUAL, NOUN = 20, "n"  # how often a word of the trade stands among the 60 million that jieba counted

for _term in (Path(__file__).parent / "terms.txt").read_text("utf-8").splitlines()[1:]:
    rjieba.add_word(_term, USUAL, NOUN)


def in_words(text: str) -> frozenset[int]:
    """The places of those letters of a text that stand in a word of two letters or more."""
    places: set[int] = set()
    at = 0
    for word in rjieba.cut(text, hmm=False):
        if len(word) > 1 and not word.isascii():
            places.update(range(at, at + len(word)))
        at += len(word)
    return frozenset(places)


def word_at(letters: str, at: int) -> tuple[int, str]:
    """Where the word begins in which a letter stands, and that word; the letter itself where it makes none."""
    start = 0
    for word in rjieba.cut(letters, hmm=False):
        if at < start + len(word):
            return start, word
        start += len(word)
    return start, ""


def is_told_by_word(text: str, at: int, rivals: Iterable[str] = ()) -> bool:
    """Whether a letter stands in a word of two or more, and none like it would make one there that is nearly as usual.

    第二 and 第三, 三年级 and 二年级 are words all of them, and tell nothing of their figure. rivals: more letters that
    it may be, whatever they look like.
    """
    start, word = word_at(text, at)
    if len(word) < 2 or word.isascii():
        return False
    before, behind = text[start:at], text[at + 1 : start + len(word)]
    others = (f"{before}{other}{behind}" for other in {*common_look_alikes(text[at]), *rivals})
    own = rjieba.suggest_freq(word)
    return not any(rjieba.has_word(other) and MUCH_RARER * rjieba.suggest_freq(other) >= own for other in others)


def before_schools(text: str) -> frozenset[int]:
    """The places of letters of no word between a word and one for a school: where the 乡 of 双河乡小学 stands."""
    words = [*rjieba.cut(text, hmm=False)]
    starts = [0, *accumulate(map(len, words))]
    return frozenset(starts[at] for at in range(1, len(words) - 1)
                     if len(words[at]) == 1 < len(words[at - 1]) and _SCHOOL.match(words[at + 1]))  # fmt: skip


def likelier_by(text: str, at: int, others: Iterable[str] | None = None) -> float:
    """How many times likelier a word is that one like the letter would make, than what stands there; 0 for none.

    Of a letter outside all words among Chinese ones; by the dictionary's counts 材料 is 9,000 times likelier than 材科.
    others: the letters that it may be instead, of which one may stand in a word too, as 人学 is one; all that look like
    it where none are given.
    """
    run = next((run for run in _RUN.finditer(text) if run.start() <= at < run.end()), None)
    if run is None or (others is None and len(word_at(run[0], at - run.start())[1]) > 1):
        return 0.0
    before, own, behind = text[run.start() : at], text[at], text[at + 1 : run.end()]
    return max((_gain(before + own + behind, before + other + behind, len(before))
                for other in (common_look_alikes(own) if others is None else others)), default=0.0)  # fmt: skip


def _gain(letters: str, changed: str, at: int) -> float:
    start, word = word_at(changed, at)
    if len(word) < 2:
        return 0.0
    return float(rjieba.suggest_freq(word) / rjieba.suggest_freq(letters[start : start + len(word)]))


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
    best = max(tried, key=lambda one: len(word_at(one, at)[1]))
    return best if len(word_at(best, at)[1]) > 1 else letters
