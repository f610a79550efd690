"""What is known of single Chinese characters: how they sound, their plain form, what they look like.

The table is an excerpt of Unihan, made by scripts/characters.py: 11,000 characters, read once when first asked. A
character that is not in it sounds and looks like nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

# Told apart by one stroke or by how long it is, where the table's codes do not show it.
_CONFUSED = (
    "未末朱", "大太犬", "干千于", "土士", "己已巳", "侯候", "晓哓", "林杯", "莉利", "亭停", "鹏朋",
    "建健", "慧惠", "王玉主", "薇微", "郎朗", "张章", "甲由申田", "巧功", "金全", "玫玖", "孙孑",
    "丹舟", "冯马", "陈东", "岭领", "萍苹", "凤夙", "洪供", "洁浩", "琳林", "今令", "元无",
    "天夫", "石右", "刀力", "人入", "日曰", "木本术", "兴典", "历厉", "毋母",
)  # fmt: skip
_CONFUSED_WITH = {one: frozenset().union(*(group for group in _CONFUSED if one in group)) for one in "".join(_CONFUSED)}
# One surname in two spellings since the simplification of 1977 that was taken back in 1986.
_ONE_SURNAME = {"萧": "肖", "傅": "付", "阎": "闫", "戴": "代", "蓝": "兰", "邱": "丘"}
MOST_STROKES_APART = 4
FIRST_OF_COMMON, FIRST_OF_RARE = b"\xb0", b"\xd8"  # bytes of GB 2312: its first level, and its second


@dataclass(frozen=True, slots=True)
class Character:
    """sounds: without tones, ü as v; plain: the form that all its forms share; code: Cangjie; corners: four digits."""

    sounds: frozenset[str]
    plain: str
    code: str
    corners: str
    strokes: int


@cache
def characters() -> Mapping[str, Character]:
    """The table."""
    text = files("gengang").joinpath("characters.tsv").read_text(encoding="utf-8")
    return dict(_entry(line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


def _entry(cells: list[str]) -> tuple[str, Character]:
    one, sounds, plain, code, corners, strokes = cells
    return one, Character(frozenset(sounds.split()), plain, code, corners, int(strokes or 0))


def plain_form(one: str) -> str:
    """One form for all that are forms of a character, or spellings of a surname: 陈 for 陳, 于 for 於, 肖 for 萧."""
    known = characters().get(one)
    plain = known.plain if known else one
    return _ONE_SURNAME.get(plain, plain)


def is_old_form(one: str) -> bool:
    """Whether a character is another form of one that is written today: 強 for 强. All of GB 2312 is but 於."""
    known = characters().get(one)
    return known is not None and known.plain != one and (one == "於" or not one.encode("gb2312", "ignore"))


def todays_form(one: str) -> str:
    """What is written today for an old form: 强 for 強, 蓝 for 藍; itself for any other character.

    So is a rare one of which today's form is rarer still, such as 頔.
    """
    today = characters()[one].plain if is_old_form(one) else one
    return today if today.encode("gb2312", "ignore") else one


def sounds_of(one: str) -> frozenset[str]:
    """Every reading without its tone, those of its plain form too; itself for what is in no table."""
    known = [characters()[form] for form in (one, plain_form(one)) if form in characters()]
    return frozenset().union(*(form.sounds for form in known)) or frozenset([one])


def sound_alike(one: str, other: str) -> bool:
    """Whether a keyboard's pinyin may give the one for the other."""
    return not sounds_of(one).isdisjoint(sounds_of(other))


def is_variant(one: str, other: str) -> bool:
    """Whether both are forms of one character, or spellings of one surname."""
    return plain_form(one) == plain_form(other)


def is_traditional(one: str) -> bool:
    """Whether a character is written only in traditional text: GB 2312 has nearly every simplified one in use."""
    return plain_form(one) != one and not one.encode("gb2312", "ignore")


def look_alike(one: str, other: str) -> bool:
    """Whether a tired eye or a recogniser takes the one for the other: a shared part, or one stroke more."""
    if other in _CONFUSED_WITH.get(one, frozenset()):
        return True
    first, second = characters().get(one), characters().get(other)
    if first is None or second is None or abs(first.strokes - second.strokes) > MOST_STROKES_APART:
        return False
    return _codes_alike(first.code, second.code) or _corners_alike(first, second)


@cache
def common_look_alikes(one: str) -> frozenset[str]:
    """The common characters, those of GB 2312's first level, that look like one."""
    return frozenset(other for other in _common() if other != one and look_alike(one, other))


@cache
def _common() -> tuple[str, ...]:
    return tuple(one for one in characters() if is_common(one))


def is_common(one: str) -> bool:
    """Whether a character is one of the 3,755 usual ones, the first level of GB 2312."""
    code = one.encode("gb2312", "ignore")
    return FIRST_OF_COMMON <= code[:1] < FIRST_OF_RARE


def _codes_alike(one: str, other: str) -> bool:
    """Cangjie spells a character by its parts: the same but for one letter, or the same from the second part on."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter or len(longer) < 3:
        return bool(shorter) and shorter == longer
    if len(shorter) >= 2 and Levenshtein.distance(shorter, longer, score_cutoff=1) <= 1:
        return True
    return len(shorter) >= 3 and len(longer) - len(shorter) <= 2 and shorter[-2:] == longer[-2:]


def _corners_alike(one: Character, other: Character) -> bool:
    return one.corners != "" and one.corners == other.corners and abs(one.strokes - other.strokes) <= 1
