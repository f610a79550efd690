"""What this machine and workspace need before a run: each need one Check, a state and how to mend it.

It looks and never mends. What is wrong with a template is found elsewhere and passed in.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gengang.papers.faces import borrowed_words
from gengang.tools import probe_fonts, probe_soffice

State = Literal["ok", "note", "warning", "error"]

PACKAGES = Path(__file__).resolve().parent.parent / "packages.txt"
MEGABYTE = 1_000_000
TOO_LITTLE = 200 * MEGABYTE
LITTLE = 2_000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Check:
    """One need. name: what was looked at; sentence: Chinese, what was found and, unless ok, what to do."""

    name: str
    state: State
    sentence: str


@dataclass(frozen=True, slots=True)
class Package:
    """A line of packages.txt. kind and probe: `program` and its name, or `font` and its family."""

    name: str
    purpose: Literal["run", "test"]
    kind: Literal["program", "font"]
    probe: str
    reason: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What was found. programs: name -> version or path, None when missing; fonts: family asked -> family used."""

    programs: Mapping[str, str | None]
    fonts: Mapping[str, str]
    free_bytes: int
    writable: bool


def packages_in(text: str) -> tuple[Package, ...]:
    """The lines of packages.txt in order. Raises ValueError with the line that is not of its form."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_package(line) for line in lines if line and not line.startswith("#"))


def _package(line: str) -> Package:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 4 or not all(parts):
        raise ValueError(f"not `package | class | probe | reason`: {line}")
    name, purpose, probe, reason = parts
    kind, _, target = probe.partition(":")
    if purpose not in ("run", "test") or kind not in ("program", "font") or not target:
        raise ValueError(f"unknown class or probe: {line}")
    return Package(name, "run" if purpose == "run" else "test", "font" if kind == "font" else "program", target, reason)


def faces_check(used: Mapping[str, str]) -> tuple[Check, ...]:
    """Whether a print has the faces that office papers name; others in their stead stop nothing. used: face -> font."""
    words = borrowed_words(used)
    return (Check("公文字体", "note", words),) if words else ()


def checkup(workspace: Path, template_faults: Sequence[str] = (), packages: Path = PACKAGES) -> tuple[Check, ...]:
    """Look at this machine and judge it. template_faults: Chinese, one a template that cannot be used."""
    needed = tuple(package for package in packages_in(packages.read_text(encoding="utf-8")) if package.purpose == "run")
    return judge(needed, look(workspace, needed), template_faults)


def look(workspace: Path, packages: Sequence[Package]) -> Machine:
    """Probe the programs and fonts of the packages, and the folder. Changes nothing that stays."""
    programs = [package.probe for package in packages if package.kind == "program"]
    return Machine(
        programs={name: probe_soffice() if name == "soffice" else shutil.which(name) for name in programs},
        fonts=probe_fonts([package.probe for package in packages if package.kind == "font"]),
        free_bytes=shutil.disk_usage(workspace).free if workspace.is_dir() else 0,
        writable=_is_writable(workspace),
    )


def _is_writable(folder: Path) -> bool:
    # Asking for permission bits says yes on a read-only mount and to root; a file tells the truth.
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def judge(packages: Sequence[Package], machine: Machine, template_faults: Sequence[str] = ()) -> tuple[Check, ...]:
    """The checks, pure: packages in their order, then the folder, then the templates."""
    programs = [_program(package, machine) for package in packages if package.kind == "program"]
    fonts = [_font(package, machine) for package in packages if package.kind == "font"]
    return (*programs, *fonts, *_folder(machine), *_templates(template_faults))


def _program(package: Package, machine: Machine) -> Check:
    found = machine.programs.get(package.probe)
    if found:
        return Check(package.probe, "ok", f"已安装：{found}")
    return Check(package.probe, "error", f"找不到程序 {package.probe}。请安装 {package.name}，或运行 make setup。")


def _font(package: Package, machine: Machine) -> Check:
    used = machine.fonts.get(package.probe, "")
    if used == package.probe:
        return Check(package.probe, "ok", "字体已安装。")
    instead = f"，现以“{used}”代替" if used else ""
    return Check(
        package.probe, "warning", f"缺少字体{instead}，打印效果会不同。请安装 {package.name}，或运行 make setup。"
    )


def _folder(machine: Machine) -> Iterator[Check]:
    if not machine.writable:
        yield Check(
            "workspace", "error", "工作文件夹不存在或无法写入。请换一个文件夹，或请管理员给当前用户写入的权限。"
        )
        return
    yield Check("workspace", "ok", "工作文件夹可以写入。")
    free = f"磁盘剩余 {machine.free_bytes // MEGABYTE} MB"
    if machine.free_bytes < TOO_LITTLE:
        yield Check("disk", "error", f"{free}，不够运行一次。请先清理磁盘。")
    elif machine.free_bytes < LITTLE:
        yield Check("disk", "warning", f"{free}，偏少。请尽快清理磁盘。")
    else:
        yield Check("disk", "ok", f"{free}。")


def _templates(faults: Sequence[str]) -> Iterator[Check]:
    if not faults:
        yield Check("templates", "ok", "表格模板都能使用。")
    for fault in faults:
        yield Check("templates", "error", f"{fault} 请用 gengang forms check 查看并修改模板。")
