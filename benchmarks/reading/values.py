"""Invented people and what they write: each value in the normal form of docs/read.schema.json, with its spellings.

The truth is drawn first and spelt afterwards, so the judge never asks the product's codecs what a spelling means.
"""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image

from benchmarks.reading.model import Slot
from benchmarks.reading.pools import (
    CLOSERS,
    DOUBLE,
    FAMILY_NAMES,
    GIVEN,
    HEADS,
    MIDDLES,
    MINORITY,
    OPENERS,
    POOLS,
    PRAISE,
    RARE,
    SCHOOLS,
    SUBJECTS,
    TITLED,
    TOWNS,
    VERDICTS,
)
from gengang.codecs import Period, Value


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented teacher; what several places of one form ask for agrees."""

    name: str
    gender: str
    born: str
    start_work: str
    id_number: str
    phone: str
    school: str
    subject: str


def somebody(chance: random.Random) -> Somebody:
    """One invented teacher; the ID number is of no region and its check digit is right."""
    born = f"{chance.randint(1958, 1994)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    order = chance.randint(1, 999)
    first = f"000000{born.replace('-', '')}{order:03d}"
    phone = f"{chance.choice(('138', '150', '186', '177', '199'))}0000{chance.randint(0, 9999):04d}"
    started = f"{int(born[:4]) + chance.randint(19, 21)}-{chance.choice(('03', '08', '09'))}"
    return Somebody(person_name(chance), "男" if order % 2 else "女", born, started, first + _check(first), phone,
                    school_name(chance), chance.choice(SUBJECTS))  # fmt: skip


def _check(first: str) -> str:
    """GB 11643: weights are powers of two modulo 11."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return "10X98765432"[total % 11]


def person_name(chance: random.Random) -> str:
    """Two to four characters, at times a rare one, at times a minority name with its dot."""
    draw = chance.random()
    if draw < 0.06:
        return chance.choice(MINORITY)
    family = chance.choice(DOUBLE) if draw < 0.12 else chance.choice(FAMILY_NAMES)
    given = "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    return family + (chance.choice(RARE) if draw > 0.94 else given)


def school_name(chance: random.Random) -> str:
    """A school of the county, at times with a long name."""
    return chance.choice(SCHOOLS).format(t=chance.choice(TOWNS), n=chance.choice("一二三四"))


def prose(chance: random.Random, most: int = 4) -> str:
    """One to several paragraphs, at times with a title line or numbered ones."""
    count = chance.randint(1, most)
    titled = [chance.choice(TITLED)] if most > 1 and chance.random() < 0.08 else []
    heads = chance.choice(HEADS) if count > 1 and chance.random() < 0.5 else ()
    paragraphs = []
    for number in range(count):
        head = heads[number] if number < len(heads) else ""
        middles = "，".join(chance.sample(MIDDLES, chance.randint(1, 3)))
        text = f"{head}{chance.choice(OPENERS)}，{middles}。{chance.choice(CLOSERS)}"
        paragraphs.append(_filled(text, chance))
    return "\n".join([*titled, *paragraphs])


def _filled(text: str, chance: random.Random) -> str:
    return text.format(n=chance.randint(2, 30), m=chance.randint(1, 9), t=chance.choice(("背影", "春", "圆的面积")),
                       p=chance.choice(FAMILY_NAMES))  # fmt: skip


def opinion(chance: random.Random, who: Somebody) -> str:
    """What somebody else writes of a teacher: a word of consent, or some sentences."""
    if chance.random() < 0.4:
        return chance.choice(VERDICTS)
    praise = "，".join(chance.sample(PRAISE, chance.randint(2, 4)))
    return _filled(f"{who.name}{chance.choice(('老师', '同志'))}{praise}。{chance.choice(VERDICTS)}", chance)


def a_day(chance: random.Random) -> str:
    """A day of the season, YYYY-MM-DD."""
    return f"2016-{chance.randint(9, 12):02d}-{chance.randint(1, 30):02d}"


def drawn_value(slot: Slot, who: Somebody, chance: random.Random) -> Value:
    """A value for a place, in normal form. In a list each entry is somebody else's."""
    if slot.loop and slot.concept in ("name", "id_number", "phone", "school", "gender", "born"):
        who = somebody(chance)
    if slot.codec == "tick" or slot.options:
        return who.gender if slot.concept == "gender" else chance.choice(slot.options)
    match slot.codec:
        case "prose":
            return opinion(chance, who) if slot.concept == "opinion" else prose(chance)
        case "id_number":
            return who.id_number
        case "phone":
            return who.phone if chance.random() < 0.94 else f"0371{chance.randint(10_000_000, 99_999_999)}"
        case "date":
            return who.born if slot.concept == "birthday" else a_day(chance)
        case "month":
            known = {"born": who.born[:7], "start_work": who.start_work}
            return known.get(slot.concept, f"{chance.randint(2000, 2015)}-{chance.randint(1, 12):02d}")
        case "period":
            first, last = sorted((a_day(chance), a_day(chance)))
            return Period(first, last)
        case "picture":
            return "present"
    return _number(slot, chance) if slot.codec != "text" else _text(slot, who, chance)


def _number(slot: Slot, chance: random.Random) -> Value:
    match slot.codec:
        case "count":
            low, high = {"lesson_no": (1, 8), "year": (2016, 2017), "month": (9, 12), "monthday": (1, 28)}.get(
                slot.concept, (0, 40)
            )
            return chance.randint(low, high)
        case "days":
            return _plain(chance.randint(0, 30) / 2)
        case "score":
            return _plain(chance.randint(0, 200) / 2)
    return _plain(chance.randint(1, 4000) / 2)


def _plain(number: float) -> str:
    return f"{number:g}"


def _text(slot: Slot, who: Somebody, chance: random.Random) -> str:
    match slot.concept:
        case "name":
            return who.name
        case "gender":
            return who.gender
        case "school" | "base_school":
            return who.school if slot.concept == "school" else school_name(chance)
        case "subject":
            return chance.choice(("", "初中", "小学")) + who.subject
        case "stage":
            return chance.choice(("小学", "初中"))
        case "email":
            return chance.choice((f"{chance.randint(10000, 99999999)}@qq.example", f"wx_{chance.randint(100, 999)}abc"))
    if slot.concept in ("mentor", "speaker", "signer", "witness"):
        return person_name(chance)
    return chance.choice(POOLS[slot.concept])


# --- how people spell ---

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN_DIGITS = "〇一二三四五六七八九"


def spelt(slot: Slot, value: Value, chance: random.Random) -> str:
    """The value as somebody types it into the blank form."""
    if isinstance(value, Period):
        return _spelt_period(value, chance)
    match slot.codec:
        case "date":
            return _spelt_day(slot, str(value), chance)
        case "month":
            return _spelt_month(str(value), chance)
        case "id_number":
            return _spelt_id(str(value), chance)
        case "phone":
            return _spelt_phone(str(value), chance)
        case "count" if slot.concept == "lesson_no" and chance.random() < 0.3:
            return f"第{value}节"
        case "count" | "days" | "score":
            return _spelt_number(str(value), slot.codec, chance)
        case "money":
            return chance.choice(("{}", "{}元", "¥{}", "{}")).format(value)
        case "tick":
            return ticked(slot.options, str(value), chance)
    return _spelt_text(slot, str(value), chance)


def _spelt_day(slot: Slot, value: str, chance: random.Random) -> str:
    """In a list at times with the day of the week behind it."""
    text = spelt_date(value, chance)
    if slot.loop and text.endswith("日") and chance.random() < 0.2:
        day = "一二三四五六日"[date.fromisoformat(value).weekday()]
        return f"{text}（星期{day}）" if chance.random() < 0.5 else f"{text} 星期{day}"
    return text


def _spelt_text(slot: Slot, text: str, chance: random.Random) -> str:
    draw = chance.random()
    if slot.concept == "name" and len(text) == 2 and draw < 0.25:
        return chance.choice((" ", "　", "  ")).join(text)
    if "·" in text and draw < 0.4:
        return text.replace("·", chance.choice("•・‧"))
    if slot.codec == "text" and draw < 0.05:
        return chance.choice((f" {text}", f"{text} ", f"　{text}"))
    if slot.codec == "text" and draw < 0.1:
        return text.translate(_FULL)
    return text


def spelt_date(value: str, chance: random.Random) -> str:
    """A day in one of the spellings that offices see."""
    year, month, day = value.split("-")
    m, d = int(month), int(day)
    han = "".join(_HAN_DIGITS[int(digit)] for digit in year)
    return chance.choice((
        f"{year}年{m}月{d}日", f"{year}年{m}月{d}日", f"{year}.{m}.{d}", f"{year}-{month}-{day}", f"{year}/{m}/{d}",
        f"{year}年{month}月{day}日", f"{year} 年 {m} 月 {d} 日", f"{han}年{han_number(m)}月{han_number(d)}日",
        f"{year}年{m}月{d}日".translate(_FULL), f"{year}.{month}.{day}",
    ))  # fmt: skip


def han_number(number: int) -> str:
    """十二, 二十, 三十一; up to 99."""
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{_HAN_DIGITS[tens]}十"
    return front + (_HAN_DIGITS[ones] if ones or not tens else "")


def _spelt_month(value: str, chance: random.Random) -> str:
    year, month = value.split("-")
    han = "".join(_HAN_DIGITS[int(digit)] for digit in year)
    return chance.choice((
        f"{year}年{int(month)}月", f"{year}.{month}", f"{year}-{month}", f"{year}年{month}月",
        f"{year} 年 {int(month)} 月", f"{han}年{han_number(int(month))}月", f"{year}.{month}".translate(_FULL),
        f"{year}/{month}", f"{year}年{int(month)}月15日",
    )) if int(month) != 1 else f"{year}年1月"  # fmt: skip


def _spelt_period(value: Period, chance: random.Random) -> str:
    fy, fm, fd = (int(part) for part in value.start.split("-"))
    y, m, d = (int(part) for part in value.end.split("-"))
    first, last = f"{fy}年{fm}月{fd}日", f"{y}年{m}月{d}日"
    return chance.choice((
        f"{first}至{last}", f"{first}—{last}", f"{fy}.{fm}.{fd}—{y}.{m}.{d}", f"{first}－{m}月{d}日",
        f"{value.start}至{value.end}", f"{first}-{last}", f"{first}到{m}月{d}日", f"{fy}.{fm}.{fd}-{y}.{m}.{d}",
        f"{first} 至 {last}".translate(_FULL),
    ))  # fmt: skip


def _spelt_id(value: str, chance: random.Random) -> str:
    parted = f"{value[:6]} {value[6:14]} {value[14:]}"
    wide = value.translate(_FULL)
    return chance.choice((value, value, value.lower(), parted, wide, wide.replace("X", "Ｘ")))


def _spelt_phone(value: str, chance: random.Random) -> str:
    if value.startswith("0"):
        return chance.choice((value, f"{value[:4]}-{value[4:]}"))
    parts = value[:3], value[3:7], value[7:]
    return chance.choice(
        (value, value, value, " ".join(parts), "-".join(parts), value.translate(_FULL), f"+86 {value}")
    )


def _spelt_number(value: str, codec: str, chance: random.Random) -> str:
    whole = value.isdigit()
    ways = [value, value, value, value.translate(_FULL), f" {value} "]
    if whole and 0 < int(value) < 100 and codec != "score":
        ways.append(han_number(int(value)))
    return chance.choice(ways)


def ticked(options: Sequence[str], chosen: str, chance: random.Random) -> str:
    """Boxes as a person marks them; an empty `chosen` leaves all as printed."""
    mark = chance.choice(("☑", "☑", "√", "■", "☒", "□√", "✓", "✔"))
    return " ".join((mark if option == chosen else "□") + option for option in options)


def portrait(chance: random.Random) -> bytes:
    """A photo: any picture will do."""
    picture = Image.new("RGB", (22, 30), (chance.randint(60, 220), chance.randint(60, 220), chance.randint(60, 220)))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
