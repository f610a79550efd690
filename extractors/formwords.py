"""The printed words of all known forms as one index, so that a paper is compared with every form at once.

Words that an office counts as the same stand for the form's own where they can mean only one of its labels.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from extractors.align import Plan, plan_of
from extractors.respelled import other_words
from gengang.form import Form

Found = TypeVar("Found")
SURELY_SHOWN, CLOSE_TO_BEST = 0.75, 0.6
LONG_WORD = 4  # words this long between fields are a form's own, wherever they stand in a line


@dataclass(frozen=True, slots=True)
class FormIndex:
    """Some forms by their words. holders: a word -> numbers of the forms that print it; others: a word that stands for
    a label of some forms -> each with that label; titles: where forms print their titles, by the title.
    """

    plans: tuple[Plan, ...]
    holders: Mapping[str, tuple[int, ...]]
    others: Mapping[str, tuple[tuple[int, str], ...]]
    titles: Mapping[str, tuple[tuple[Plan, int], ...]]

    def shares(self, words: Set[str], text: str) -> list[float]:
        """Of each form the share of its printed words that a paper shows; a short one inside a longer text counts half.

        words: what stands in whole cells; text: all of them.
        """
        whole: list[set[str]] = [set() for _ in self.plans]
        for word in words & self.holders.keys():
            for number in self.holders[word]:
                whole[number].add(word)
        for word in words & self.others.keys():
            for number, label in self.others[word]:
                whole[number].add(label)
        shares = [len(found) / max(len(plan.words), 1) for found, plan in zip(whole, self.plans, strict=True)]
        most = max(shares, default=0.0)
        # Where a form shows nearly all its words in cells of their own, only those like it are worth a closer look.
        least = CLOSE_TO_BEST * most if most >= SURELY_SHOWN else 0.0
        return [share + _inside(plan, found, text) if share >= least else share
                for share, found, plan in zip(shares, whole, self.plans, strict=True)]  # fmt: skip


def _inside(plan: Plan, whole: Set[str], text: str) -> float:
    """The share of the form's other words that stand inside a longer text."""
    worth = sum(1.0 if len(word) >= LONG_WORD else 0.5 for word in plan.words - whole if word in text)
    return worth / max(len(plan.words), 1)


def index_of(forms: Sequence[Form]) -> FormIndex:
    """The index of some forms; made once for each set of them."""
    return _index(tuple(forms))


@lru_cache(maxsize=16)
def _index(forms: tuple[Form, ...]) -> FormIndex:
    plans = tuple(map(plan_of, forms))
    holders: dict[str, list[int]] = {}
    others: dict[str, list[tuple[int, str]]] = {}
    titles: dict[str, list[tuple[Plan, int]]] = {}
    for number, plan in enumerate(plans):
        for word in plan.words:
            holders.setdefault(word, []).append(number)
        for word, label in other_words(plan.form).items():
            if label in plan.words and word not in plan.words:
                others.setdefault(word, []).append((number, label))
        for row in _title_rows(plan):
            titles.setdefault(plan.form.title, []).append((plan, row))
    return FormIndex(plans, _fixed(holders), _fixed(others), _fixed(titles))


def _title_rows(plan: Plan) -> Iterator[int]:
    return (number for number, row in enumerate(plan.rows) if row.labels == (plan.form.title,))


def _fixed(lists: Mapping[str, list[Found]]) -> dict[str, tuple[Found, ...]]:
    return {key: tuple(found) for key, found in lists.items()}
