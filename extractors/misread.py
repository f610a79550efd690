"""As which letters which others were read by two recognisers alike, and of which names that makes another's.

misread.txt is written by `python -m benchmarks.scans.misread`: each line the letter that was read, those that were
printed and read for it as surely as a rare name has to be, a blank, and those that were never read so surely. What
earlier runs saw in other sizes stays, as surely as they did not say, and ? where they kept no more. Letters
that given names usually have are held against those of gengang/characters.tsv alone: the others name nearly nobody.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from gengang.characters import is_common
from gengang.surnames import is_surname, is_usual_in_given_names, is_usual_name

ABOUT = (
    "Each line a letter as which two recognisers alike read others, those that were printed, and after a blank those "
    "that were never read so surely as a rare name has to be; written by python -m benchmarks.scans.misread."
)
UNKNOWN = "?"  # a letter of which it was not kept


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed where a letter was read. surely: and read for it with 0.99 or more."""

    surely: frozenset[str]
    seldom: frozenset[str]

    def of(self, kind: Callable[[str], bool]) -> "Printed":
        """What of it is of a kind; what is not known is of any."""
        return Printed(*(frozenset(one for one in printed if one == UNKNOWN or kind(one))
                         for printed in (self.surely, self.seldom)))  # fmt: skip

    @property
    def both(self) -> frozenset[str]:
        """All of them."""
        return self.surely | self.seldom


def misread_of(lines: Iterable[str]) -> dict[str, Printed]:
    """The letters of a file of misread ones, from its lines without the first."""
    parted = ((line[0], *line[1:].split(" ", 1), "") for line in lines)
    return {letter: Printed(frozenset(surely), frozenset(seldom) - {*surely})
            for letter, surely, seldom, *_ in parted}  # fmt: skip


def file_of(misread: Mapping[str, Printed]) -> str:
    """The text of such a file."""
    rows = (f"{letter}{''.join(sorted(of.surely))} {''.join(sorted(of.seldom))}".rstrip()
            for letter, of in sorted(misread.items()))  # fmt: skip
    return "\n".join([ABOUT, *rows, ""])


def with_pairs(known: Mapping[str, Printed], pairs: Set[tuple[str, str, bool]]) -> dict[str, Printed]:
    """Such letters with more of them. pairs: the letter, the one that was printed, whether it was read so surely."""
    found = dict(known)
    for letter, printed, surely in pairs:
        before = found.get(letter, Printed(frozenset(), frozenset()))
        added = before.surely | {printed} if surely else before.surely
        found[letter] = Printed(added, (before.seldom | {printed}) - added)
    return found


# That 皛 was read as 晶 is from `python -m benchmarks.scans`, in black and white.
MISREAD = misread_of((Path(__file__).parent / "misread.txt").read_text("utf-8").splitlines()[1:])

# Of what was printed, such as name nobody: sounds, tools, elements, parts of plants, what is said of things alone.
_NAMES_NOBODY = frozenset(
    "仨伫葰狺俔萁勱勸仳垈牮囝垅夭剞孓丌髟黴吣戋尥叨咉舂眷哓贔眢暧嗳兽杈鬆忪啉楓桕猱棖裉祧棼踅櫆汊讧澐泫詖浲誨瀹沏𫞩謾"
    "蛃坽埋廿甪磴铷幅料桯裎稈穇䅟橞笊粵耱鮆猡糶煽肓脞骯莢䓬莿茔袷褡誊魆躇跻轷裈迸䓕嗵鬱暈锕𫓧铗锒镋镱苌窿苜謦呜伧內觊"
    "蜇馓恚秫嗨瀣殄簦绖荚芨诫踣鯕夤𨓜郞"
)


# What is left of letters whose lying strokes, which print has thin, black and white took away: of 大 it left 人.
_THINNED = {
    "人": "大", "大": "天太夫", "木": "本未末", "日": "目白", "十": "干千土", "口": "日目", "了": "子", "白": "百自",
    "正": "王", "止": "正", "内": "丙", "工": "王", "土": "王", "下": "不", "见": "贝", "贝": "页", "午": "牛",
    "牛": "生", "干": "平", "小": "少", "丁": "于", "米": "来", "古": "占",
}  # fmt: skip


def thinned_to(letter: str) -> str:
    """The letters of which this one is left without their lying strokes."""
    return _THINNED.get(letter, "")


def printed_for(letter: str) -> frozenset[str]:
    """What was printed where a letter was read, UNKNOWN where nobody kept it; nothing for one that is in no list."""
    return MISREAD[letter].both if letter in MISREAD else frozenset()


def may_be_another_name(name: str) -> bool:
    """Whether a letter of a name, surname first, is one as which two recognisers alike read a letter of another name,
    and as surely as the letters of a rare name have to be read.
    """
    return any(printed.surely for printed in _in_name(name).values())


def letters_of_others(name: str) -> frozenset[str]:
    """The letters of a name, surname first, that may be another's, however seldom they were read so surely.

    Few characters write the names of other peoples by their sound, and what is read as one of these is none of them.
    """
    return frozenset(_in_name(name))


def has_strange_letter(name: str) -> bool:
    """Whether a letter of a given name is a usual one that names seldom have: a hand's 习 was read as 司, surely.

    What nobody uses but in names is hardly read where it does not stand.
    """
    return any(is_common(letter) and not is_usual_in_given_names(letter) for letter in name[1:])


def _in_name(name: str) -> dict[str, Printed]:
    """What was printed where letters of a name were read, of that what may stand in one: a surname at its beginning."""
    if "·" in name and is_usual_name(name):
        return {}
    found = {letter: _that_may_stand(letter, at) for at, letter in enumerate(name) if letter in MISREAD}
    return {letter: printed for letter, printed in found.items() if printed.both}


def _that_may_stand(letter: str, at: int) -> Printed:
    """Of a letter that given names seldom have all counts."""
    if at == 0:
        return MISREAD[letter].of(is_surname)
    return MISREAD[letter].of(_names_somebody) if is_usual_in_given_names(letter) else MISREAD[letter]


def _names_somebody(letter: str) -> bool:
    return letter not in _NAMES_NOBODY
