"""What the roster workbook says beside each proposal: the office's word and what is wrong, written and read back.

It knows columns, rows and keys; what a row means is `rosterfile`'s.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from gengang.eligibility import pair_key
from gengang.proposals import WORDS, State
from gengang.roster import Roster
from gengang.workbook import Column, Line

# What the office decides of somebody whom papers propose, and what is wrong with them beside it.
REVIEW = (
    Column("mark", ("审核意见", "是否录取", "录取意见"), choices=tuple(WORDS.values())),
    Column("note", ("核对提示",)),
)
_COLONS = str.maketrans(dict.fromkeys(":，,；;", "："))
_MARKS: Mapping[str, State] = {
    **dict.fromkeys(("同意", "是", "√", "☑", "录取", "通过"), "accepted"),
    **dict.fromkeys(("不同意", "否", "×", "不录取", "不予录取", "不通过"), "refused"),
    **dict.fromkeys(("待定", "待审", "待审核"), "proposed"),
}


Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the office wrote beside somebody: None for nothing; why: its reason, after a colon."""

    state: State | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A roster workbook as it stands.

    everyone: every row, whatever the office decided; marks: key of a person or pair -> the mark in a row of ours.
    others: whether something of the office's own stands beside our columns. faults: of rows that are to count.
    mark_faults: marks that say neither yes nor no.
    """

    everyone: Roster
    marks: Mapping[str, Mark]
    others: bool = False
    faults: tuple[str, ...] = ()
    mark_faults: tuple[str, ...] = ()

    def members(self, left_out: Collection[str] = ()) -> Roster:
        """The roster that it states: without those marked otherwise, and without these keys."""
        out = {key for key, mark in self.marks.items() if mark.state in ("refused", "proposed")} | set(left_out)
        return Roster(
            self.everyone.schools,
            tuple(one for one in self.everyone.trainees if one.key not in out),
            tuple(one for one in self.everyone.mentors if one.key not in out),
            tuple(one for one in self.everyone.pairs if not {pair_key(one), one.trainee, one.mentor} & out),
        )


def mark_of(line: Line) -> Mark:
    """What the office wrote in a row: a word, and behind a colon its reason."""
    word, _, why = line["mark"].translate(_COLONS).partition("：")
    return Mark(_MARKS.get(word.strip()), why.strip())


def counts(line: Line) -> bool:
    """Whether a row is to be of the roster, so that it has to be whole."""
    return mark_of(line).state not in ("refused", "proposed")


@dataclass(frozen=True, slots=True)
class Review:
    """What stands beside a proposal in the workbook: the office's word, and what is wrong."""

    state: State
    note: str


def reviewed(columns: Sequence[Column], reviews: Mapping[str, Review] | None) -> tuple[Column, ...]:
    """A proposal's review stands after its name, a pair's after both names."""
    if reviews is None:
        return tuple(columns)
    after = max(index for index, column in enumerate(columns) if column.field in ("name", "mentor_name")) + 1
    return (*columns[:after], *REVIEW, *columns[after:])


def beside_of(reviews: Mapping[str, Review] | None) -> Callable[[str], Cells]:
    """The cells of the two columns for a key, none where nothing is reviewed."""

    def beside(key: str) -> Cells:
        review = (reviews or {}).get(key)
        return {} if review is None else {"mark": WORDS[review.state], "note": review.note}

    return beside
