"""How names, ID numbers and telephone numbers are typed: group A of the catalogue."""

import re
from random import Random

from gengang.codecs import HAN, Value, id_check_character
from gengang.sample.habits_document import Document, Spot
from gengang.sample.habits_typing import (
    NAMES,
    ROSTER_NAMES,
    HabitRow,
    everywhere,
    once,
    otherwise,
    way,
)

_PLAIN_NAME = re.compile(f"[{HAN}]{{2,4}}")
_PINYIN = {
    "建": "jian", "国": "guo", "志": "zhi", "强": "qiang", "海": "hai", "涛": "tao", "永": "yong", "军": "jun",
    "文": "wen", "博": "bo", "新": "xin", "春": "chun", "生": "sheng", "学": "xue", "峰": "feng", "明": "ming",
    "辉": "hui", "燕": "yan", "丽": "li", "华": "hua", "英": "ying", "兰": "lan", "梅": "mei", "霞": "xia",
    "红": "hong", "慧": "hui", "敏": "min", "静": "jing", "芳": "fang", "芬": "fen", "頔": "di", "鋆": "yun",
    "喆": "zhe", "𬱖": "di",
}  # fmt: skip
_IN_PARTS = {"鋆": "（金匀）", "喆": "（吉吉）", "頔": "（由页）", "𬱖": "（由页）"}
_TRADITIONAL = dict(zip(
    "张刘陈杨赵黄吴孙马罗郑谢韩冯于萧邓许苏卢蒋贾叶阎钟范吕闫肖",
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮於肖鄧許蘇盧蔣賈葉閻鍾範呂閆蕭", strict=True))  # fmt: skip
_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)} | {ord("X"): ord("Ｘ")}


# --- names ---


def _is_name(spot: Spot) -> bool:
    return spot.slot.name in NAMES and spot.slot.type.codec == "text"


def _spaced(spot: Spot, style: int) -> str | None:
    if not _is_name(spot) or not _PLAIN_NAME.fullmatch(spot.text) or len(spot.text) > 3:
        return None
    return way(("　", " ", "  "), style).join(spot.text)


def _character_replaced(spot: Spot, style: int) -> str | None:
    """郭□, 郭口, 郭*, 郭jun, 郭（金匀）: what people type for a character that their input method lacks."""
    if spot.slot.name not in ROSTER_NAMES or not _PLAIN_NAME.fullmatch(spot.text):
        return None
    kept, last = spot.text[:-1], spot.text[-1]
    return kept + way(("□", "口", "*", _PINYIN.get(last, "□"), _IN_PARTS.get(last, "*")), style)


def _private_character(spot: Spot, style: int) -> str | None:
    if spot.slot.name not in ROSTER_NAMES or not _PLAIN_NAME.fullmatch(spot.text):
        return None
    return spot.text[:-1] + chr(0xE5E5 + style % 1800)


def _other_dot(spot: Spot, style: int) -> str | None:
    return spot.text.replace("·", way(("•", "‧", "・"), style)) if "·" in spot.text else None


def _dot_of_a_keyboard(spot: Spot, style: int) -> str | None:
    return spot.text.replace("·", way((".", "．", "。"), style)) if "·" in spot.text else None


def _hyphen_for_dot(spot: Spot, _style: int) -> Value | None:
    return spot.text.replace("·", "-") if spot.slot.name in ROSTER_NAMES and "·" in spot.text else None


def _cut_name(spot: Spot, _style: int) -> Value | None:
    return spot.text[:4] if spot.slot.name in ROSTER_NAMES and "·" in spot.text[4:] else None


def _traditional(spot: Spot, _style: int) -> Value | None:
    family = spot.text[:1]
    if spot.slot.name not in ROSTER_NAMES or family not in _TRADITIONAL or not _PLAIN_NAME.fullmatch(spot.text):
        return None
    return _TRADITIONAL[family] + spot.text[1:]


# --- ID numbers ---


def _id_spelled(spot: Spot, style: int) -> str:
    number = spot.text
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    last = (number.lower(), number[:17] + "Ｘ") if number[17] == "X" else (f"{number} ",)
    return way((spaced, number.translate(_FULL_WIDTH), *last), style)


def _id_of_excel(spot: Spot, style: int) -> str | None:
    """A worksheet keeps 15 figures of a number and shows it with an exponent."""
    if not spot.text.isdigit():
        return None
    rounded = f"{spot.text[:15]}000"
    wrong = id_check_character(rounded[:17]) != rounded[17]
    return rounded if style % 2 and wrong else f"{int(spot.text):.5E}"


def _id_wrong_check(spot: Spot, style: int) -> str:
    """Another last character, or one figure of the running number another."""
    number = spot.text
    if style % 2:
        return number[:17] + ("1" if number[17] != "1" else "2")
    return number[:16] + str((int(number[16]) + 1 + style // 2 % 9) % 10) + number[17]


def _id_short(spot: Spot, style: int) -> str:
    cut = 14 + style % 3
    return spot.text[:cut] + spot.text[cut + 1 :]


def _id_letter(spot: Spot, style: int) -> str:
    zeros = [place for place, char in enumerate(spot.text) if char == "0"]
    place = zeros[style % len(zeros)]
    return spot.text[:place] + "O" + spot.text[place + 1 :]


def _id_of_fifteen(spot: Spot, _style: int) -> str | None:
    number = spot.text
    return number[:6] + number[8:17] if number[6:8] == "19" else None


def _born_otherwise(spot: Spot, style: int) -> Value | None:
    if spot.slot.name != "born":
        return None
    year, month = map(int, str(spot.value).split("-"))
    return f"{year + (1, -1, 10)[style % 3]}-{month:02d}" if style % 2 else f"{year}-{month % 12 + 1:02d}"


def _other_gender(spot: Spot, _style: int) -> Value | None:
    return {"男": "女", "女": "男"}[str(spot.value)] if spot.slot.name == "gender" else None


# --- telephone numbers ---


def _phone_spelled(spot: Spot, style: int) -> str | None:
    number = spot.text
    if len(number) != 11:
        return None
    ways = (f"{number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:7]}-{number[7:]}", f"+86{number}",
            f"+86 {number}", number.translate(_FULL_WIDTH), f"{number[:3]}　{number[3:7]}　{number[7:]}",
            f"{number}/0371-66{number[-5:]}")  # fmt: skip
    return way(ways, style)


def _phone_short(spot: Spot, style: int) -> str:
    other = spot.text[:-1] + ("7" if spot.text[-1] != "7" else "8")
    return way((f"66{spot.text[-4:]}", spot.text[:-1], f"{spot.text}、{other}"), style)


def _swapped(document: Document, rng: Random) -> bool:
    pairs = [(one, other) for one in document.free("id_number") if (other := document.beside(one, "phone"))]
    if not pairs:
        return False
    number, phone = rng.choice(pairs)
    texts = number.text, phone.text
    document.write(number, texts[1])
    document.write(phone, texts[0])
    document.asked |= {number.key, phone.key}
    return True


IDENTITY: tuple[HabitRow, ...] = (
    ("A01", "spaced_names", "harmless", everywhere(_spaced, "text")),
    ("A07", "rare_character_replaced", "asks", once(_character_replaced, "text", asked=True)),
    ("A08", "private_character", "asks", once(_private_character, "text", asked=True)),
    ("A09", "other_middle_dot", "harmless", everywhere(_other_dot, "text")),
    ("A09", "keyboard_middle_dot", "harmless", everywhere(_dot_of_a_keyboard, "text")),
    ("A09", "hyphen_for_dot", "typed", otherwise(_hyphen_for_dot, "text")),
    ("A10", "long_name_cut", "typed", otherwise(_cut_name, "text")),
    ("A12", "traditional_family_name", "typed", otherwise(_traditional, "text")),
    ("A13", "id_spelled", "harmless", once(_id_spelled, "id_number")),
    ("A14", "id_of_excel", "asks", once(_id_of_excel, "id_number", asked=True)),
    ("A15", "id_wrong_check", "asks", once(_id_wrong_check, "id_number", asked=True)),
    ("A15", "id_seventeen", "asks", once(_id_short, "id_number", asked=True)),
    ("A15", "id_letter", "asks", once(_id_letter, "id_number", asked=True)),
    ("A16", "born_differs", "typed", otherwise(_born_otherwise, "month")),
    ("A16", "gender_differs", "typed", otherwise(_other_gender, "choice", "tick")),
    ("A17", "id_fifteen", "asks", once(_id_of_fifteen, "id_number", asked=True)),
    ("A18", "phone_spelled", "harmless", once(_phone_spelled, "phone")),
    ("A18", "phone_short", "asks", once(_phone_short, "phone", asked=True)),
    ("A19", "id_and_phone_swapped", "asks", _swapped),
)
