"""What is committed: locks with hashes and no address, a reason for every dependency, no real ID number, true docs."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.typed import typed

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-province.lock", "requirements-uv.lock")
REGISTRY_HOST = re.compile(
    r"(?i)\b(?:[\w-]+\.)*(?:pypi|pythonhosted|debian|npmjs|huggingface|modelscope|tuna\.tsinghua)\.(?:org|net|com|cn|co|edu\.cn)\b"
)
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|home/\w{3,}|tmp/bare|opt/wheels|Users)/[\w.-]")
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
DEPENDENCY = re.compile(r'^\s+"[A-Za-z][\w.-]*(?:\[\w+\])?(?:[<>=!~].*)?",')


def git(*arguments: str) -> str:
    """Standard output of a git command in this repository, whoever owns the folder."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def tracked() -> list[Path]:
    return [ROOT / name for name in git("ls-files", "-z").split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Tracked text files by their name in the repository."""
    read = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in tracked()}
    return {name: data.decode("utf-8") for name, data in read.items() if b"\0" not in data[:8192] and is_utf8(data)}


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {found.group()}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        for found in pattern.finditer(line)
    ]


def requirements(lock: str) -> list[str]:
    """The requirements of a lock, each with its continuation lines."""
    lines = [
        line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    return [entry for entry in re.split(r"\n(?=\S)", "\n".join(lines)) if entry.strip()]


def faults_of(requirement: str) -> list[str]:
    name = requirement.split(maxsplit=1)[0]
    faults = [] if re.match(r"[a-z0-9][\w.-]*==[\w.!+]+( ;.*)? \\\n", requirement) else [f"{name}: no exact version"]
    faults += [] if "--hash=sha256:" in requirement else [f"{name}: no hash"]
    return faults + ([f"{name}: an address"] if "://" in requirement or "--index" in requirement else [])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_exact_versions_hashes_and_no_address(lock: str) -> None:
    entries = requirements(lock)
    assert entries
    assert [fault for entry in entries for fault in faults_of(entry)] == []


def test_a_requirement_without_a_hash_would_be_seen() -> None:
    assert faults_of("lxml>=5 ; https://x.invalid") == [
        "lxml>=5: no exact version",
        "lxml>=5: no hash",
        "lxml>=5: an address",
    ]


def test_the_test_lock_holds_the_run_lock() -> None:
    run, dev, province = ({entry.split(maxsplit=1)[0] for entry in requirements(lock)} for lock in LOCKS[:3])
    assert run <= province <= dev


def test_the_locks_answer_pyproject() -> None:
    names = {plain(re.split(r"[=\[ ]", entry, maxsplit=1)[0]) for entry in requirements("requirements-dev.lock")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *extras["dev"], *extras["province"]]
    wanted += project["build-system"]["requires"]
    assert {plain(re.split(r"[\[<>=!~ ]", each, maxsplit=1)[0]) for each in wanted} <= names


def test_the_headless_opencv_replaces_the_one_that_wants_a_screen() -> None:
    for lock in LOCKS[:3]:
        names = {entry.partition("==")[0] for entry in requirements(lock)}
        assert "opencv-python-headless" in names
        assert "opencv-python" not in names


def test_every_dependency_has_its_reason() -> None:
    project, _, _ = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.scripts]")
    dependencies = [line for line in project.splitlines() if DEPENDENCY.match(line)]
    assert len(dependencies) > 20
    assert [line for line in dependencies if not re.search(r"#\s*\S.{8,}", line)] == []


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_the_code_imports_is_asked_for_by_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (*project["dependencies"], *project["optional-dependencies"]["province"])
    asked = {plain(re.split(r"[\[<>=!~ ]", each, maxsplit=1)[0]) for each in wanted}
    homes = packages_distributions()
    imports = {name for path in house_files() for name in top_imports(path) if name not in sys.stdlib_module_names}
    others = {name: homes.get(name, []) for name in sorted(imports - {"gengang", "extractors", "flows"})}
    assert others
    assert {name: given for name, given in others.items() if not asked & {plain(each) for each in given}} == {}


def house_files() -> list[Path]:
    return [path for package in ("gengang", "extractors", "flows") for path in (ROOT / package).rglob("*.py")]


def top_imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plainly = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    taken_from = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plainly | taken_from}


def test_nothing_names_a_registry_or_a_path_of_a_machine() -> None:
    assert places(REGISTRY_HOST) + places(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY_HOST, "see files." + "pythonhosted" + ".org for it"),
        (MACHINE_PATH, "cd /" + "work/main"),
        (LONG_NUMBER, "身份证号" + "11010119900307" + "781X"),
    ],
)
def test_what_must_not_be_committed_would_be_seen(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_no_id_number_is_of_a_real_region() -> None:
    # A number that a spreadsheet holds as a number cannot begin with zeros: 99 is no province either.
    nobodys = ("000000", "990000")
    assert [place for place in places(LONG_NUMBER) if not place.rpartition(": ")[2].startswith(nobodys)] == []


def test_no_personal_workspace_data_is_committed() -> None:
    kept = {"inbox/.gitkeep", "outbox/.gitkeep"}
    data = {name for name in texts() if name.startswith(("inbox/", "outbox/", "archive/", "sample-workspace/"))}
    assert data == kept
    assert git("check-ignore", "inbox/a.docx", "roster.xlsx", "gengang.db").split() == [
        "inbox/a.docx",
        "roster.xlsx",
        "gengang.db",
    ]


def test_file_names_are_legal_on_windows() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if re.search(r'[:*?"<>|\\]|[. ](/|$)', name) or len(name) >= 120] == []


def commands_in(markdown: str) -> set[str]:
    """Sub-commands of gengang in the fenced blocks of a Markdown text, `forms check` as one."""
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(
        r"^\s*(?:\$ )?(?:\.venv/bin/)?gengang ((?:(?:forms|papers|verify|scheme) )?[a-z]+)", "\n".join(fenced), re.M
    )
    return {command.strip() for command in found}


def test_commands_are_found_in_fenced_blocks_alone() -> None:
    text = "gengang nowhere\n```sh\n$ gengang run --workspace x\n.venv/bin/gengang forms check a.docx\n```\n"
    assert commands_in(text) == {"run", "forms check"}


def documented() -> list[str]:
    pages = [*ROOT.glob("README.md"), *sorted((ROOT / "docs").glob("*.md"))]
    return sorted({command for page in pages for command in commands_in(page.read_text(encoding="utf-8"))})


def test_the_readme_shows_commands() -> None:
    assert {"run", "issue"} <= commands_in((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", documented())
def test_every_documented_command_exists(command: str) -> None:
    answer = typed([*shlex.split(command), "--help"])
    assert answer.code == 0, answer.err
