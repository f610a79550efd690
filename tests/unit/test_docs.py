"""What README and docs show is true: commands have those options, files exist, the worked example prints just that."""

import importlib.util
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from docx import Document
from docx.document import Document as WordDocument

from extractors.guarded import ENGINE_MEGABYTES, ENGINE_MEGABYTES_A_THREAD, LAST_PAGE_SHARE, MOST_THREADS
from gengang.codecs import CODECS
from gengang.rendering import writer_of
from gengang.sample.habits import HABITS
from gengang.sample.stories import Kind
from gengang.settings import MAIL_NAMES, SMTP_NAMES, settings_of
from gengang.submission import Submission
from scripts.desk_pictures import LARGEST
from tests.typed import typed

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md")
TOP = r"(?:benchmarks|docs|extractors|flows|gengang|scripts|templates|tests)"
PATH = re.compile(rf"(?<![\w./-])({TOP}/[\w./*-]*|[\w-]+\.(?:md|toml|txt|lock))(?![\w/])")
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
# Files of a workspace or of an example; no file of this repository.
OTHERS = frozenset({"scheme.toml", "说明.txt", "催交短信.txt", "校验清单.txt", "基地校管理.txt", "主要做法.txt"})


def blocks(text: str, label: str = r"[^\n]*") -> list[str]:
    """The fenced blocks of a Markdown text whose opening line carries this label."""
    return re.findall(rf"^```{label}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def block(label: str) -> str:
    [only] = blocks(README.read_text(encoding="utf-8"), f"text {label}")
    return str(only)


def prompted(page: Path, program: str) -> list[list[str]]:
    """What is typed at a prompt, or stands alone on a line of a fenced block, for one program; its words after it."""
    pattern = re.compile(rf"^\s*(?:\$ )?(?:\S+/)?{program} +([^|#\n]*?)\s*(?:[|#].*)?$", re.MULTILINE)
    return [shlex.split(found) for text in blocks(page.read_text(encoding="utf-8")) for found in pattern.findall(text)]


COMMANDS = sorted({tuple(words) for page in PAGES for words in prompted(page, "gengang") if words})


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_documented_command_has_its_options(words: tuple[str, ...]) -> None:
    assert accepts(words)


def accepts(words: tuple[str, ...]) -> bool:
    """Whether each option of a command line stands in the help of its sub-command."""
    groups = ("forms", "papers", "readers", "record", "roster", "scheme")
    depth = 2 if words[0] in groups or (words[0] == "desk" and not words[1].startswith("-")) else 1
    shown = typed([*words[:depth], "--help"]).out
    return all(word.partition("=")[0] in shown for word in words[depth:] if word.startswith("--"))


def test_an_option_that_is_not_there_would_be_seen() -> None:
    assert not accepts(("run", "--quickly"))
    assert accepts(("run", "--as-of=2016-12-10"))


# --- adding a form, as the README does it ---


def word_of(drawn: str) -> WordDocument:
    """The README's drawing as a Word document: lines as paragraphs, rows between bars as one table."""
    lines = [line.strip() for line in drawn.strip().splitlines()]
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in lines if line.startswith("│")]
    document = Document()
    for line in (line for line in lines if not line.startswith("│")):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        cells[len(row) - 1].merge(cells[-1])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    return document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the reader of the README has it: the tagged document, also in `forms`, and a filled copy."""
    (tmp_path / "forms").mkdir()
    template = tmp_path / "forms" / "leave_request.docx"
    for path in (template, tmp_path / template.name):
        word_of(block("form")).save(str(path))
    values = dict(re.findall(r"^    (\w+): (.*)  \(accepted\)$", block("read"), re.MULTILINE))
    filled = writer_of(template.read_bytes(), template.stem).fill_submission(Submission(template.stem, values))
    (tmp_path / "请假.docx").write_bytes(filled)
    return tmp_path


@pytest.mark.parametrize("label", ["check", "read"])
def test_the_worked_example_prints_what_the_readme_shows(label: str, folder: Path) -> None:
    shown = block(label)
    command, _, output = shown.partition("\n")
    answer = typed(shlex.split(command.removeprefix("$ gengang ")), folder)
    assert (answer.out, answer.code) == (output, 0)


def test_the_worked_fault_prints_what_the_readme_shows(tmp_path: Path) -> None:
    faulty = block("form").replace("reason | prose", "reason | 文字")
    faulty = faulty.replace("{{ name | text }}", "{{ name | text }}{{ nick | text }}")
    word_of(faulty).save(str(tmp_path / "leave_request.docx"))
    command, _, output = block("faulty").partition("\n")
    answer = typed(shlex.split(command.removeprefix("$ gengang ")), tmp_path)
    assert (answer.out, answer.code) == (output, 2)


# --- what the pages name ---


def named(page: Path) -> set[str]:
    text = re.sub(r"\[[^]\n]*\]\([^)\n]*\)", "", page.read_text(encoding="utf-8"))
    return {found.rstrip("./") for found in PATH.findall(text)} - OTHERS


def test_paths_are_found_in_words_and_tables() -> None:
    found = {
        path.rstrip("./") for path in PATH.findall("see `tests/laws/test_no.py`, docs/x.md. pyproject.toml ./a/docs/")
    }
    assert found == {"tests/laws/test_no.py", "docs/x.md", "pyproject.toml"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    assert sorted(name for name in named(page) if not any(ROOT.glob(name))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_is_there(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).is_file()] == []


def test_a_variable_that_a_page_names_is_read() -> None:
    source = (ROOT / "gengang" / "settings.py").read_text(encoding="utf-8")
    told = {name for page in PAGES for name in re.findall(r"GENGANG_\w+", page.read_text(encoding="utf-8"))}
    assert told == set(re.findall(r'"(GENGANG_\w+)"', source))


def test_the_table_of_settings_says_the_defaults() -> None:
    usual = settings_of(Path(), {})
    rows = re.findall(r"^\| `(GENGANG_\w+)` \| (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: None if said == "none" else float(said) for name, said in rows} == {
        "GENGANG_DATABASE_URL": usual.database_url,
        "GENGANG_ORIGINALS": usual.originals or None,
        "GENGANG_READERS_AT": usual.readers_at or None,
        "GENGANG_SETTLE_SECONDS": usual.settle_seconds,
        "GENGANG_PATIENCE_SECONDS": usual.patience_seconds,
        "GENGANG_WATCH_SECONDS": usual.watch_seconds,
        "GENGANG_MAIL_SECONDS": usual.mail_seconds,
        "GENGANG_READERS": usual.limits.readers,
        "GENGANG_PAGE_SECONDS": usual.limits.page_seconds,
        "GENGANG_FILE_SECONDS": usual.limits.file_seconds,
        "GENGANG_MEMORY_MB": usual.limits.megabytes,
        **dict.fromkeys(SMTP_NAMES, usual.outgoing),
        **dict.fromkeys(MAIL_NAMES, usual.mailbox),  # without a host there is none, and no default of it counts
    }
    told = re.findall(r"`(GENGANG_\w+)` \((\d+)\)", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    assert dict(told) == {
        name: said
        for name, said in rows
        if name.endswith(("SETTLE_SECONDS", "PATIENCE_SECONDS", "WATCH_SECONDS", "MAIL_SECONDS"))
    }


def test_the_memory_for_recognising_print_is_what_the_readme_says() -> None:
    least, most = (ENGINE_MEGABYTES + ENGINE_MEGABYTES_A_THREAD * threads for threads in (1, MOST_THREADS))
    assert f"has {least} to {most} more" in README.read_text(encoding="utf-8")
    assert LAST_PAGE_SHARE == 4 / 5


def test_pages_count_forms_and_ways_of_mistyping_right() -> None:
    forms = len([*(ROOT / "templates" / "forms").glob("*.docx")])
    kinds = len(get_args(Kind))
    counted = {
        README: f"All {forms} forms,",
        ROOT / "CHANGELOG.md": f"\n- {forms} forms,",
        ROOT / "docs" / "使用手册.md": f"程序带着 {forms} 种表",
        ROOT
        / "docs"
        / "operating.md": f"all {kinds} kinds of\npaper as Word (mistyped and rearranged in {len(HABITS)} ways)",
    }
    assert [page.name for page, said in counted.items() if said not in page.read_text(encoding="utf-8")] == []


def test_the_readme_names_every_type_of_a_field() -> None:
    [said] = re.findall(r"Types:\s+([a-z_,\s]+)\.", README.read_text(encoding="utf-8"))
    assert re.split(r",\s+", said) == [*CODECS]


QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)+)”")


def test_a_message_that_the_manual_quotes_is_one_of_the_program() -> None:
    """What varies stands as …… or as an example between quotation marks; figures vary too."""
    manual = (ROOT / "docs" / "使用手册.md").read_text(encoding="utf-8")
    titles = re.findall(r"^\*\*\d+．(“.*)\*\*$", manual, re.MULTILINE)
    pieces = [piece for title in titles for said in QUOTED.findall(title)
              for piece in re.split(r"……|“[^“”]*”|：|\d+", said) if len(piece) >= 4]  # fmt: skip
    source = "".join(path.read_text(encoding="utf-8") for top in ("gengang", "extractors")
                     for path in sorted((ROOT / top).rglob("*.py")))  # fmt: skip
    source = re.sub(r'"\s*\n\s*f?"', "", source)
    assert len(pieces) >= 30
    assert [piece for piece in pieces if piece not in source] == []


def test_the_readme_names_every_benchmark_that_is_run_together() -> None:
    [loop] = re.findall(r"^bench:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert "for file in benchmarks/[a-z]*.py" in loop
    run = {f"-m benchmarks.{path.stem}" for path in (ROOT / "benchmarks").glob("[a-z]*.py")}
    run |= {f"-m {words}" for words in re.findall(r"-m (benchmarks\.\w+.*)", loop)}
    readme = README.read_text(encoding="utf-8")
    assert sorted(one for one in run if one not in readme) == []


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    manual = (ROOT / "docs" / "使用手册.md").read_text(encoding="utf-8")
    desk = set(re.findall(r"\(pictures/(desk-\w+\.png)\)", manual))
    assert set(sizes) == {"certificate.png", "forms.png", "morning-note.png", "sample-media.jpg", *desk}
    assert max(sizes.values()) < 500_000
    assert max(sizes[name] for name in desk) <= LARGEST


# --- figures ---


def test_every_figure_says_its_command() -> None:
    shown = blocks(README.read_text(encoding="utf-8"))
    figures = [text for text in shown if re.search(r"seed \d+", text)]
    assert len(figures) >= 2
    assert [text for text in figures if not text.startswith("$ python -m benchmarks.")] == []


@pytest.mark.parametrize("words", [words for words in prompted(README, "python") if words[:1] == ["-m"]], ids=" ".join)
def test_a_figure_s_command_can_be_typed(words: list[str]) -> None:
    module = words[1]
    found = importlib.util.find_spec(module)
    if found is not None and found.origin is None:
        found = importlib.util.find_spec(f"{module}.__main__")  # a folder of modules begins there
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).read_text(encoding="utf-8")
    assert [word for word in words[2:] if word.startswith("--") and f'"{word}"' not in source] == []
