"""Templates as odd as people tag them: words, blanks and fields in any order, lists beside labels, tables in tables.

Not how a form should look: whatever is usable must be read back, or the doctor must say that it cannot be.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.laws.foreign import CLOSED, HEADINGS, LABELS, OPTIONS, TITLES, Names
from tests.unit.wordfiles import docx, p, run, sdt, tbl, tc, tr

ODD_OPTIONS = [
    ("合格", "不合格"), ("A", "AB", "B"), ("□是", "否"), ("市级(一)", "县级(二)"), ("甲、乙", "丙/丁"), ("是",),
    ("1", "11", "111"), ("参加", "组织", "参加组织"), ("√", "×"), ("A•B", "C"), ("其他：", "无"),
]  # fmt: skip
CODECS = [*["text", "text", "prose", *CLOSED] * 3, "picture"]
BETWEEN = [
    "", " ", "    ", "、", "，", "；", "/", "-", "—", "至", "（", ")", "年", "分", "节 ", "：", "____", "\n", "。",
    "共", " 签名：", " 日期：", "第", "□", "☑", "同志于", "，性别", ".",
]  # fmt: skip
ROWS = ["free", "free", "pairs", "list", "list", "down", "bare", "head", "blank", "nested", "same"]
WORD = st.sampled_from(LABELS)
DOWN = tc("", merge="continue")


@dataclass(frozen=True, slots=True)
class Odd:
    """A template. data: the .docx; blocks: its XML, to be shown."""

    data: bytes
    blocks: tuple[str, ...]


@st.composite
def _tags(draw: st.DrawFn, names: Names, loop: str = "") -> str:
    codec = draw(st.sampled_from(CODECS))
    options = draw(st.sampled_from([*OPTIONS, *ODD_OPTIONS])) if codec in ("choice", "tick") else ()
    words = f"({','.join(f'{chr(34)}{word}{chr(34)}' for word in options)})" if options else ""
    return f"{{{{ {f'{loop}.' if loop else ''}{names.next()} | {codec}{words} }}}}"


@st.composite
def _lines(draw: st.DrawFn, names: Names, loop: str = "") -> str:
    pieces = [
        draw(st.sampled_from([*BETWEEN, *LABELS])) + draw(_tags(names, loop)) for _ in range(draw(st.integers(1, 3)))
    ]
    return "".join(pieces) + draw(st.sampled_from(BETWEEN))


@st.composite
def _cells(draw: st.DrawFn, names: Names, loop: str = "") -> str:
    match draw(st.sampled_from(["tag", "tag", "tag", "line", "lines", "label", "label", "blank", "control"])):
        case "tag":
            return tc(draw(_tags(names, loop)))
        case "line":
            return tc(draw(_lines(names, loop)))
        case "lines":
            some = st.one_of(_lines(names, loop), _tags(names, loop), st.sampled_from(["", "说明：", *LABELS]))
            return tc(*draw(st.lists(some, min_size=1, max_size=3)))
        case "control":
            return tc(p(sdt(run(draw(_tags(names, loop))))))
        case kind:
            return tc(draw(WORD) if kind == "label" else "")


@st.composite
def _rows(draw: st.DrawFn, names: Names) -> list[str]:
    width = draw(st.integers(1, 4))
    match draw(st.sampled_from(ROWS)):
        case "free":
            return [tr(*[draw(_cells(names)) for _ in range(width)])]
        case "pairs":
            return [tr(*[cell for _ in range(width) for cell in (draw(WORD), draw(_tags(names)))])]
        case "bare":
            return [tr(*[draw(_tags(names)) for _ in range(width)]) for _ in range(draw(st.integers(1, 2)))]
        case "head":
            return [tr(tc(draw(st.sampled_from(HEADINGS)), span=width))]
        case "blank":
            return [tr(*[""] * width)]
        case "same":
            word = draw(WORD)
            return [tr(word, draw(_tags(names))) for _ in range(2)]
        case "nested":
            return [tr(draw(WORD), tc(p(), tbl(*[tr(draw(WORD), draw(_tags(names))) for _ in range(2)]), p()))]
        case kind:
            return draw(_lists(names, width, kind == "down"))


@st.composite
def _lists(draw: st.DrawFn, names: Names, width: int, down: bool) -> list[str]:
    """A list with or without column names, or beside a label that is merged downwards."""
    name = f"list{names.next()}"
    body = [draw(_cells(names, "one")) if draw(st.booleans()) else tc(draw(_tags(names, "one"))) for _ in range(width)]
    begin = f"{{%tr for one in {name} %}}"
    heads = [draw(WORD) for _ in range(width)]
    if not down:
        return [*([tr(*heads)] if draw(st.booleans()) else []), tr(begin), tr(*body), tr("{%tr endfor %}")]
    fill = [""] * (width - 1)
    rows = [tr(tc(draw(WORD), merge="restart"), *heads), tr(DOWN, begin, *fill), tr(DOWN, *body),
            tr(DOWN, "{%tr endfor %}", *fill)]  # fmt: skip
    return [*rows, *([tr(DOWN, *[draw(_tags(names)) for _ in range(width)])] if draw(st.booleans()) else [])]


@st.composite
def odd_templates(draw: st.DrawFn) -> Odd:
    """A title, paragraphs and tables, now and then a header."""
    names = Names()
    blocks = [p(draw(st.sampled_from([*TITLES, ""])))]
    for _ in range(draw(st.integers(1, 2))):
        blocks += [p(draw(st.one_of(_lines(names), _tags(names))))] if draw(st.booleans()) else []
        blocks.append(tbl(*[row for _ in range(draw(st.integers(1, 4))) for row in draw(_rows(names))]))
        blocks += [p(draw(st.one_of(_lines(names), st.just("说明：一式三份。"))))] if draw(st.booleans()) else []
    header = p(draw(_lines(names))) if draw(st.integers(0, 5)) == 0 else ""
    return Odd(docx(*blocks, header=header), (*blocks, header))
