"""The house's own rules, read from the source: who imports whom, what only one module may do, how long things are.

Each rule is a pure function from a module to the places that break it; a table of offenders proves that each can fail.
"""

import ast
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("gengang", "extractors", "flows")
CORE = frozenset(
    f"gengang.{name}"
    for name in (
        "findings",
        "facts",
        "codecs",
        "form",
        "submission",
        "reading",
        "roster",
        "scheme",
        "reconcile",
        "assess",
    )
)
OUTSIDE_WORLD = frozenset(
    ("os", "io", "shutil", "socket", "subprocess", "tempfile", "urllib", "sqlite3", "sqlalchemy", "pandas", "openpyxl")
)
READS_OR_WRITES = frozenset(
    ("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob")
)
POSIX_ONLY = frozenset(("subprocess", "fcntl", "resource", "pwd", "os.fork", "signal.SIGKILL"))
VAGUE = ("Manager", "Helper", "Util", "Utils", "Base", "Impl")


@dataclass(frozen=True, slots=True)
class Module:
    """A source file. name: dotted; tree: its syntax."""

    name: str
    is_package: bool
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The package that a relative import starts from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


def module_of(name: str, text: str, *, is_package: bool = False) -> Module:
    return Module(name, is_package, text, ast.parse(text))


def modules_under(folder: Path) -> Iterator[Module]:
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield module_of(name, path.read_text(encoding="utf-8"), is_package=is_package)


@cache  # parsed by whom a rule is run, not by every worker that collects
def modules_of_house() -> tuple[Module, ...]:
    return tuple(module for package in PACKAGES for module in modules_under(ROOT / package))


@cache
def modules_of_tests() -> tuple[Module, ...]:
    return tuple(modules_under(ROOT / "tests"))


def imported(node: ast.AST, module: Module) -> Iterator[str]:
    """Dotted names that an import statement brings in: the module, and each name taken from it."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parts = module.package.split(".")
        start = parts[: len(parts) - node.level + 1] if node.level else []
        origin = ".".join([*start, *([node.module] if node.module else [])])
        yield origin
        yield from (f"{origin}.{alias.name}" for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, docstring not counted."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def starts_with(name: str, roots: frozenset[str]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


def posix_only(module: Module) -> Iterator[str]:
    if module.name == "gengang.processes":
        return
    for node in ast.walk(module.tree):
        used = {ast.unparse(node)} if isinstance(node, ast.Attribute) else set(imported(node, module))
        yield from (name for name in used if starts_with(name, POSIX_ONLY))


def prefect_outside_flows(module: Module) -> Iterator[str]:
    if module.name.split(".")[0] != "flows":
        yield from third_party(module, "prefect")


def docxtpl_outside_rendering(module: Module) -> Iterator[str]:
    if module.name != "gengang.rendering":
        yield from third_party(module, "docxtpl")


def cluster_outside_elsewhere(module: Module) -> Iterator[str]:
    if module.name != "extractors.elsewhere":
        yield from third_party(module, "distributed")
        yield from third_party(module, "dask")


def third_party(module: Module, library: str) -> Iterator[str]:
    for node in ast.walk(module.tree):
        yield from (name for name in imported(node, module) if starts_with(name, frozenset([library])))


def outside_world_in_core(module: Module) -> Iterator[str]:
    if module.name not in CORE:
        return
    for node in ast.walk(module.tree):
        yield from (name for name in imported(node, module) if starts_with(name, OUTSIDE_WORLD))
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            yield from [called] if called in READS_OR_WRITES else []


def own_import_in_function(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        for node in ast.walk(function):
            yield from (name for name in imported(node, module) if name.split(".")[0] in PACKAGES)


def broad_except(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "BaseException"
            if "Exception" in caught.strip("()").replace("BaseException", "Exception").split(", "):
                yield f"line {node.lineno}"


def long_function(module: Module) -> Iterator[str]:
    yield from (f"{function.name}: {length(function)}" for function in functions(module.tree) if length(function) > 50)


def long_file(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > 500:
        yield f"{lines} lines"


def vague_name(module: Module) -> Iterator[str]:
    names = [node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    yield from (name for name in names if name.endswith(VAGUE))
    if module.name.rpartition(".")[2] in ("utils", "util", "helpers", "models", "common", "misc"):
        yield module.name


def says_nothing_of_itself(module: Module) -> Iterator[str]:
    if module.tree.body and not ast.get_docstring(module.tree):
        yield "no docstring"


def mutable_dataclass(module: Module) -> Iterator[str]:
    """Public ones: what goes in and out is frozen; a private one may gather while a function runs."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            dataclasses = [mark for mark in marks if mark.startswith(("dataclass", "dataclasses.dataclass"))]
            if any("frozen=True" not in mark or "slots=True" not in mark for mark in dataclasses):
                yield node.name


def skipped_test(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("pytest."):
            yield from [node.attr] if node.attr in ("skip", "skipif", "importorskip", "xfail") else []


def mock_library(module: Module) -> Iterator[str]:
    for library in ("unittest.mock", "mock", "pytest_mock"):
        yield from third_party(module, library)


Rule = Callable[[Module], Iterator[str]]
HOUSE_RULES: tuple[Rule, ...] = (
    posix_only,
    prefect_outside_flows,
    docxtpl_outside_rendering,
    cluster_outside_elsewhere,
    outside_world_in_core,
    own_import_in_function,
    long_function,
    long_file,
    vague_name,
    says_nothing_of_itself,
    mutable_dataclass,
)
TEST_RULES: tuple[Rule, ...] = (skipped_test, mock_library, long_function, says_nothing_of_itself)
OFFENDERS: dict[Rule, tuple[str, str]] = {
    posix_only: ("gengang.night", "import os\nos.fork()"),
    prefect_outside_flows: ("gengang.night", "from prefect import flow"),
    docxtpl_outside_rendering: ("gengang.papers.report", "import docxtpl"),
    cluster_outside_elsewhere: ("gengang.night", "def f():\n    from distributed import Client"),
    outside_world_in_core: ("gengang.codecs", "def read(path): return path.read_text()"),
    own_import_in_function: ("gengang.night", "def f():\n    from gengang import form"),
    long_function: ("gengang.night", "def f():\n" + "    x = 1\n" * 50),
    long_file: ("gengang.night", "x = 1\n" * 501),
    vague_name: ("gengang.night", "class LedgerManager: ..."),
    says_nothing_of_itself: ("gengang.night", "x = 1"),
    mutable_dataclass: ("gengang.night", "@dataclass(frozen=True)\nclass X: ..."),
    skipped_test: ("tests.unit.test_x", "@pytest.mark.skip\ndef test_x(): ..."),
    mock_library: ("tests.unit.test_x", "from unittest import mock"),
    broad_except: ("gengang.night", "try: ...\nexcept (ValueError, Exception): ..."),
}


def offences(rule: Rule, modules: tuple[Module, ...]) -> list[str]:
    return [f"{module.name}: {place}" for module in modules for place in rule(module)]


@pytest.mark.parametrize("rule", HOUSE_RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert offences(rule, modules_of_house()) == []


@pytest.mark.parametrize("rule", TEST_RULES, ids=lambda rule: rule.__name__)
def test_the_tests_keep_theirs(rule: Rule) -> None:
    assert offences(rule, modules_of_tests()) == []


@pytest.mark.parametrize("rule", OFFENDERS, ids=lambda rule: rule.__name__)
def test_each_rule_finds_its_offender(rule: Rule) -> None:
    name, text = OFFENDERS[rule]
    assert list(rule(module_of(name, text)))


def test_every_rule_has_its_offender() -> None:
    assert {*HOUSE_RULES, *TEST_RULES} <= set(OFFENDERS)


def test_one_broad_except_at_most_and_only_at_the_flow_boundary() -> None:
    found = offences(broad_except, modules_of_house())
    assert len(found) <= 1
    assert all(place.startswith("flows") for place in found)


def test_nine_functions_of_ten_have_twenty_lines_at_most() -> None:
    lengths = sorted(length(function) for module in modules_of_house() for function in functions(module.tree))
    assert lengths[int(len(lengths) * 0.9)] <= 20


def test_no_import_leads_back_to_where_it_began() -> None:
    names = {module.name for module in modules_of_house()}
    direct = {
        module.name: {name for node in ast.walk(module.tree) for name in imported(node, module)} & names - {module.name}
        for module in modules_of_house()
    }
    assert [name for name in direct if name in reachable(name, direct)] == []


def reachable(start: str, direct: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [*direct[start]]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(direct[name])
    return seen


def test_a_cycle_would_be_seen() -> None:
    assert reachable("a", {"a": {"b"}, "b": {"a"}}) == {"a", "b"}


def test_the_import_contracts_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename="pyproject.toml", no_logo=True, no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_module_has_its_place_in_the_house() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    placed = frozenset(name.strip(" ()") for layer in layers for name in layer.replace(":", "|").split("|"))
    names = sorted(module.name for module in modules_of_house())
    assert [name for name in names if name != "gengang" and not starts_with(name, placed)] == []
