"""How titles, degrees and subjects are worded, and how boxes are ticked: the rest of group B of the catalogue."""

from collections.abc import Mapping
from random import Random

from gengang.codecs import Value
from gengang.sample.habits_document import Document, Spot
from gengang.sample.habits_runs import Element, made, run_like
from gengang.sample.habits_typing import Change, HabitRow, once, otherwise, way

_TITLES = {
    "小学高级教师": ("小高", "小学高级"),
    "中学一级教师": ("中一", "中学一级"),
    "一级教师": ("一级", "中小学一级教师"),
    "高级教师": ("中小学高级教师", "副高"),
    "二级教师": ("二级", "小学一级"),
}
_DEGREES = {"本科": ("大学", "大学本科", "本科（函授）", "学士"), "专科": ("大专", "专科（函授）")}
_SUBJECTS = {"政治": ("思想品德", "道德与法治", "思品"), "语文": ("语文、品德", "语"), "数学": ("数学（八年级）", "数"),
             "英语": ("外语",), "生物": ("生物学",)}  # fmt: skip


# --- fixed words ---


def _worded(ways: Mapping[str, tuple[str, ...]], *names: str) -> Change:
    def change(spot: Spot, style: int) -> Value | None:
        able = ways.get(spot.text, ())
        return way(able, style) if able and spot.slot.name in names else None

    return change


def _stage_subject(spot: Spot, style: int) -> Value | None:
    """语文 or 语文（小学） for 小学语文."""
    stage, subject = spot.text[:2], spot.text[2:]
    if spot.slot.name != "stage_subject" or stage not in ("小学", "初中"):
        return None
    return way((subject, f"{subject}（{stage}）", f"{stage}、{subject}"), style)


# --- ticks ---


def _boxes(spot: Spot, ticked: str, unticked: str) -> str:
    return " ".join((ticked if option == spot.value else unticked) + option for option in spot.slot.type.options)


def _all_ticked(spot: Spot, _style: int) -> str:
    return " ".join(f"☑{option}" for option in spot.slot.type.options)


def _tick_spelled(spot: Spot, style: int) -> str:
    marks = (
        ("√", "□"),
        ("✓", "□"),
        ("■", "□"),
        ("☒", "☐"),
        ("●", "○"),
        ("（√）", "（　）"),
        ("(√)", "( )"),
        ("□√", "□"),
    )
    return _boxes(spot, *marks[style % len(marks)])


def _tick_behind(spot: Spot, style: int) -> str:
    mark = way(("☑", "√", "（√）"), style)
    unticked = "（　）" if mark == "（√）" else "□"
    return " ".join(f"{option}{mark if option == spot.value else unticked}" for option in spot.slot.type.options)


def _word_alone(spot: Spot, _style: int) -> str:
    return str(spot.value)


def _tick_between(spot: Spot, _style: int) -> str:
    """A mark beside words that have lost their boxes: it may belong to either neighbour."""
    return " √ ".join(spot.slot.type.options)


def _no_tick(document: Document, rng: Random) -> bool:
    able = document.free("tick")
    if not able:
        return False
    spot = rng.choice(able)
    document.write(spot, _boxes(spot, "□", "□"))
    document.values[spot.key] = None
    return True


def _tick_of_a_font(document: Document, rng: Random) -> bool:
    """One box was replaced by the ticked one of a symbol font: inserted as a symbol, or R set in Wingdings 2."""
    able = document.free("tick")
    if not able:
        return False
    spot = rng.choice(able)
    before, word, after = _boxes(spot, "\n", "□").partition(f"\n{spot.value}")
    spot.write(before)
    run = spot.runs()[0]
    run.addnext(run_like(run, word[1:] + after))
    run.addnext(rng.choice((_inserted_symbol, _letter_in_font))())
    spot.line.close()
    return True


def _inserted_symbol() -> Element:
    return made("r", made("sym", font="Wingdings", char="F0FE"))


def _letter_in_font() -> Element:
    letter = run_like(None, "R")
    letter.insert(0, made("rPr", made("rFonts", ascii="Wingdings 2", hAnsi="Wingdings 2")))
    return letter


WORDS_AND_TICKS: tuple[HabitRow, ...] = (
    ("B12", "subject_otherwise", "typed", otherwise(_worded(_SUBJECTS, "subject", "mentor_subject"), "text")),
    ("B12", "stage_subject_otherwise", "typed", otherwise(_stage_subject, "text")),
    ("B14", "title_otherwise", "typed", otherwise(_worded(_TITLES, "title", "mentor_title"), "text")),
    ("B15", "degree_otherwise", "typed", otherwise(_worded(_DEGREES, "degree"), "text")),
    ("B18", "all_ticked", "asks", once(_all_ticked, "tick", asked=True)),
    ("B18", "none_ticked", "typed", _no_tick),
    ("B19", "tick_spelled", "harmless", once(_tick_spelled, "tick")),
    ("B19", "tick_behind", "harmless", once(_tick_behind, "tick")),
    ("B19", "tick_of_a_font", "harmless", _tick_of_a_font),
    ("B19", "word_without_boxes", "harmless", once(_word_alone, "tick")),
    ("B19", "tick_between", "asks", once(_tick_between, "tick", asked=True)),
)
