"""Why a written name is near another one, in the office's words, and which of many names are near: a proposal only.

A near name is never the person: it puts them among those whom somebody looks at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Literal, get_args

from gengang.characters import is_traditional, is_variant, look_alike, plain_form, sound_alike, sounds_of
from gengang.names import hidden_pattern, may_be_name, name_skeleton, plain_name

# The nearest first.
NearKind = Literal[
    "间隔号", "曾用名", "繁体", "异体", "缺字", "截短", "同音", "形近", "少一字", "多一字", "差一字"
]  # fmt: skip
ORDER: tuple[NearKind, ...] = get_args(NearKind)
# A slip of pen or keyboard makes these of one another; 差一字 alone may be anybody's.
SLIPS = frozenset(ORDER) - {"差一字", "曾用名"}
SHORTEST_CUT = 3


def near_kinds(written: str, name: str) -> tuple[NearKind, ...]:
    """Why a written name is near a name, the strongest reason first; nothing for the name itself and for another."""
    return _near_kinds(written, name)


@lru_cache(maxsize=1 << 16)
def _near_kinds(written: str, name: str) -> tuple[NearKind, ...]:
    short, long = name_skeleton(written), name_skeleton(name)
    if not short or not long:
        return ()
    if short == long:
        return ("间隔号",) if _other_dots(written, name) else ()
    hidden = tuple(_hidden(written, name))
    found = frozenset(hidden or _of_length(short, long))
    return tuple(kind for kind in ORDER if kind in found)


def _other_dots(written: str, name: str) -> bool:
    """Whether both have middle dots, in different places; where one has none, a blank stood for it (A09)."""
    one, other = plain_name(written), plain_name(name)
    return "·" in one and "·" in other and one != other


def _hidden(written: str, name: str) -> Iterator[NearKind]:
    """A placeholder for a rare character (A07), or a long name that its box cut short (A10)."""
    if may_be_name(written, name):
        yield "缺字"
    if is_cut_short(written, name):
        yield "截短"


def is_cut_short(written: str, name: str) -> bool:
    """Whether a name is the beginning of a longer one (A10)."""
    short, long = name_skeleton(written), name_skeleton(name)
    return SHORTEST_CUT <= len(short) < len(long) and long.startswith(short)


def _of_length(written: str, name: str) -> Iterator[NearKind]:
    if len(written) == len(name):
        yield from _replaced(written, name)
    elif len(written) > 1 and len(name) > 1 and abs(len(written) - len(name)) == 1:
        short, long = sorted((_plain(written), _plain(name)), key=len)
        if short in _shortened(long):
            yield "少一字" if len(written) < len(name) else "多一字"


def _replaced(written: str, name: str) -> Iterator[NearKind]:
    """One character may be any other; several only where each is a form, or has the sound, of the one in its place."""
    pairs = [(one, other) for one, other in zip(written, name, strict=True) if one != other]
    odd = [pair for pair in pairs if not is_variant(*pair)]
    if len(written) < 2 or not (len(odd) <= 1 or all(sound_alike(*pair) for pair in odd)):
        return
    yield from ("繁体" if is_traditional(one) or is_traditional(other) else "异体"
                for one, other in pairs if (one, other) not in odd)  # fmt: skip
    if odd:
        sound, look = (all(alike(*pair) for pair in odd) for alike in (sound_alike, look_alike))
        yield from (kind for kind, holds in _like(sound, look) if holds)


def _like(sound: bool, look: bool) -> tuple[tuple[NearKind, bool], ...]:
    return ("同音", sound), ("形近", look), ("差一字", not sound and not look)


def _plain(name: str) -> str:
    return "".join(map(plain_form, name))


def _shortened(name: str) -> set[str]:
    return {name[:at] + name[at + 1 :] for at in range(len(name))}


# --- of many ---


@dataclass(frozen=True, slots=True, eq=False)
class NearNames:
    """Names under all that a near one shares with them, so that few have to be looked at.

    Keys are the plain form without one character, with its place; the plain form without one, for what lacks it; the
    length with first and last sound; the beginning; the length with one character in its place.
    """

    by_key: Mapping[tuple[object, ...], tuple[str, ...]]

    def near(self, written: str) -> dict[str, tuple[NearKind, ...]]:
        """Every name that is near a written one, and why."""
        names = dict.fromkeys(name for key in _asked(written) for name in self.by_key.get(key, ()))
        found = ((name, near_kinds(written, name)) for name in sorted(names))
        return {name: kinds for name, kinds in found if kinds}


@lru_cache(maxsize=8)
def near_names(names: tuple[str, ...]) -> NearNames:
    """The index of some names."""
    by_key: dict[tuple[object, ...], list[str]] = {}
    for name in sorted(set(names)):
        for key in dict.fromkeys(_kept(name)):
            by_key.setdefault(key, []).append(name)
    return NearNames({key: tuple(own) for key, own in by_key.items()})


def _kept(name: str) -> Iterator[tuple[object, ...]]:
    whole = name_skeleton(name)
    yield from _shared(whole)
    yield from (("lacks", short) for short in _shortened(_plain(whole)))
    yield "lacks one of this", _plain(whole)
    yield from (("begins", whole[:end]) for end in range(SHORTEST_CUT, len(whole)))
    yield from (("has", len(whole), at, one) for at, one in enumerate(whole))


def _asked(written: str) -> Iterator[tuple[object, ...]]:
    whole, pattern = name_skeleton(written), hidden_pattern(written)
    yield from _shared(whole)
    yield "lacks", _plain(whole)
    yield from (("lacks one of this", short) for short in _shortened(_plain(whole)))
    yield "begins", whole
    yield from islice((("has", len(pattern), at, one) for at, one in enumerate(pattern) if one), 1)


def _shared(whole: str) -> Iterator[tuple[object, ...]]:
    """What two names of one length share when one is near the other."""
    plain = _plain(whole)
    yield from (("but", at, short) for at, short in enumerate(plain[:at] + plain[at + 1 :] for at in range(len(plain))))
    if whole:
        ends = product(sorted(sounds_of(whole[0])), sorted(sounds_of(whole[-1])))
        yield from (("sounds", len(whole), first, last) for first, last in ends)
