"""Generators of values and submissions in normal form, one for each codec of the table."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gengang.codecs import CODECS, Period, Value, id_check_character, parse, prose_normal, text_normal
from gengang.form import FieldType, Form
from gengang.submission import Submission

NASTY = ["&", "<", ">", '"', "'", "{{", "}}", "{%", "%}", "{_{", "{_%", "{#", "\\", "姓名", "指导教师", "签名：",
         "签名:", "2016年9月5日", "□合格", "☑", "年  月  日", "（盖章）", "𬱖", "頔",
         "阿卜杜热合曼·买买提", "A", "é", "0", "，", "。",
         "合格", "20", "天", "应到", "节", "\u3000", " ", "￥", "·"]  # fmt: skip
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5)


PRINTED_LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
ANY = st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"])


def _written(normal: Callable[[str], str], others: st.SearchStrategy[str] = ANY) -> st.SearchStrategy[str]:
    """Odd pieces and runs of letters; a run is one draw, so that a text of twelve characters does not cost twelve."""
    runs = (st.text(letters, min_size=1, max_size=3) for letters in (HAN, others))
    pieces = st.one_of(st.sampled_from(NASTY), *runs)
    return st.lists(pieces, min_size=1, max_size=6).map(lambda parts: normal("".join(parts)))


def _normal(codec: str, options: tuple[str, ...] = ()) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        found = parse(codec, text, options)
        return found.state == "value" and found.value == text

    return holds


DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31))
DATES = DAYS.map(lambda day: day.isoformat())


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """ID numbers with region 000000, which no real person has, and a right check digit."""
    born = draw(DAYS)
    first17 = f"000000{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + id_check_character(first17)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Periods whose end is not before their start."""
    first, last = sorted([draw(DATES), draw(DATES)])
    return Period(first, last)


def _decimals(places: int, largest: int, step: str = "") -> st.SearchStrategy[str]:
    if step:
        return st.integers(0, largest * 2).map(lambda n: format((Decimal(n) / 2).normalize(), "f"))
    decimals = st.decimals(0, largest, places=places, allow_nan=False)
    return decimals.map(lambda number: format(number.normalize(), "f"))


TEXTS = _written(text_normal).filter(_normal("text"))
PROSE = st.lists(_written(prose_normal), min_size=1, max_size=3).map("\n".join).map(prose_normal)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "text": TEXTS,
    "prose": PROSE.filter(_normal("prose")),
    "id_number": id_numbers(),
    "phone": st.integers(3_000_000_000, 9_999_999_999).map(lambda n: f"1{n}"),
    "date": DATES,
    "month": DATES.map(lambda day: day[:7]),
    "period": periods(),
    "count": st.integers(0, 99_999),
    "days": _decimals(1, 99, "0.5"),
    "score": _decimals(2, 100),
    "money": _decimals(2, 999_999),
}

# What the fonts of a print hold: a character that no font draws is not on the paper, so no reader can be asked for it.
# A paragraph ends as people end them; a page cannot show where one ended that filled its last line.
PRINTED_PROSE = st.lists(_written(prose_normal, PRINTED_LATIN).map(lambda text: text + "。"), min_size=1, max_size=3)
PRINTED_VALUES = VALUES | {
    "text": _written(text_normal, PRINTED_LATIN).filter(_normal("text")),
    "prose": PRINTED_PROSE.map("\n".join).map(prose_normal).filter(_normal("prose")),
}
Generators = dict[str, st.SearchStrategy[Value]]


def values_of(kind: FieldType, generators: Generators = VALUES) -> st.SearchStrategy[Value | None]:
    """A value in normal form for a field of this type, or None for an empty place."""
    if kind.codec in ("choice", "tick"):
        return st.none() | st.sampled_from(kind.options)
    return st.none() | generators[kind.codec]


def submissions(form: Form, longest_list: int = 5, generators: Generators = VALUES) -> st.SearchStrategy[Submission]:
    """A filled form: every field drawn by its codec; rows of which nothing is filled are left out.

    Made once for many examples: putting a form's generators together costs more than a draw.
    """
    values = st.fixed_dictionaries(
        {name: values_of(kind, generators) for name, kind in form.fields().items() if kind.codec != "picture"}
    )
    lists = st.fixed_dictionaries(
        {name: st.lists(_rows(columns, generators), max_size=longest_list).map(tuple)
         for name, columns in form.lists().items()}
    )  # fmt: skip
    return st.builds(Submission, st.just(form.stem), values, lists)


def _rows(columns: Mapping[str, FieldType], generators: Generators) -> st.SearchStrategy[dict[str, Value | None]]:
    row = st.fixed_dictionaries({column: values_of(kind, generators) for column, kind in columns.items()})
    return row.filter(lambda drawn: any(value is not None for value in drawn.values()))


CODECS_WITH_GENERATOR = {*VALUES, "choice", "tick"}
CODECS_WITHOUT_TEXT = {"picture"}
assert {*CODECS} == CODECS_WITH_GENERATOR | CODECS_WITHOUT_TEXT, "a codec without a generator escapes the laws"
