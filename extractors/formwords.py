"""The printed words of all known forms as one index, so that a paper is compared with every form at once.

Words that an office counts as the same stand for the form's own where they can mean only one of its labels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from extractors.align import Plan, plan_of
from extractors.respelled import other_words
from gengang.form import Form

Found = TypeVar("Found")
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

    def best(self, words: Set[str], text: str, bonus: Sequence[float]) -> tuple[float, Plan] | None:
        """The form of whose printed words a paper shows the largest share, with that share; a short word inside a
        longer text counts half. Of equals the one with the later name counts; of one name the one that explains more
        words, since a row less may be another version's, then the first.

        words: what stands in whole cells; text: all of them; bonus: of each form, added to its share.
        """
        whole = self._whole(words)
        least = [len(found) / max(len(plan.words), 1) + more
                 for found, plan, more in zip(whole, self.plans, bonus, strict=True)]  # fmt: skip
        best: tuple[float, str, int, Plan] | None = None
        for number in sorted(range(len(self.plans)), key=lambda one: -least[one]):
            plan = self.plans[number]
            others = plan.words - whole[number]
            # A form that could not be the best even with all its other words is not looked for any closer.
            if best is None or least[number] + _worth(others) / max(len(plan.words), 1) >= best[0]:
                inside = [word for word in others if word in text]
                score = least[number] + _worth(inside) / max(len(plan.words), 1)
                shown = len(whole[number]) + len(inside)
                if best is None or (score, plan.form.stem, shown) > best[:3]:
                    best = score, plan.form.stem, shown, plan
        return None if best is None else (best[0], best[3])

    def _whole(self, words: Set[str]) -> list[set[str]]:
        """Of each form the printed words that fill a cell, or that others stand for."""
        whole: list[set[str]] = [set() for _ in self.plans]
        for word in words & self.holders.keys():
            for number in self.holders[word]:
                whole[number].add(word)
        for word in words & self.others.keys():
            for number, label in self.others[word]:
                whole[number].add(label)
        return whole


def _worth(words: Iterable[str]) -> float:
    return sum(1.0 if len(word) >= LONG_WORD else 0.5 for word in words)


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
