"""Installs, upgrades and rolls back gengang from a bundle, on a machine without internet. Python alone is needed.

It lies in each bundle as `install.py`. A version is made beside the one in use, proved, and only then switched to by
replacing one small file; a failed or killed installation leaves the old version as it was. A workspace is only read:
an older ledger would be brought up to date by whoever opens it, so a new version is proved on a copy.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"
APP = "app.tar.gz"
LOCK = "requirements.lock"
WHEELS = "wheels"
DEBS = "debs"
VERSIONS = "versions"
CURRENT = "current"  # first line: the version in use; second: the one before it
WORKSPACES = "workspaces.txt"
COMPLETE = "complete.json"
ROOM = 5  # an environment takes about four times the room of its wheels
LEDGER = "gengang.db"
Command = Sequence[str | Path]


class InstallError(Exception):
    """Nothing was changed; the message says, in Chinese, what to do next."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle on the disk. files: name -> size in bytes and hex SHA-256."""

    folder: Path
    name: str
    python: str
    machine: str
    files: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is installed. current, previous: names of versions, empty where there is none."""

    current: str = ""
    previous: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 done with something to mend, 2 nothing was changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    install = commands.add_parser("install", help="install or upgrade into a folder")
    install.add_argument("target", type=Path)
    install.add_argument("--workspace", type=Path, action="append", default=[], help="proved before the switch")
    commands.add_parser("rollback", help="back to the version before").add_argument("target", type=Path)
    commands.add_parser("versions", help="what is installed").add_argument("target", type=Path)
    commands.add_parser("check", help="whether this bundle is whole")
    asked = parser.parse_args(arguments)
    try:
        return _done(asked)
    except InstallError as fault:
        print(fault, file=sys.stderr)
        return 2


def _done(asked: argparse.Namespace) -> int:
    here = Path(__file__).resolve().parent
    if asked.command == "check":
        print(f"安装包完整：{checked_bundle(here).name}。")
        return 0
    if asked.command == "versions":
        print(versions_told(asked.target))
        return 0
    with _alone(asked.target):
        if asked.command == "rollback":
            print(f"已换回 {rolled_back(asked.target)}。")
            return 0
        return installed(checked_bundle(here), asked.target.resolve(), [path.resolve() for path in asked.workspace])


# --- the bundle ---


def checked_bundle(folder: Path) -> Bundle:
    """The bundle in a folder, every file held to its hash. InstallError names what is missing or changed."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {name: (int(one["size"]), str(one["sha256"])) for name, one in said["files"].items()}
        bundle = Bundle(folder, said["name"], said["python"], said["machine"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InstallError(f"安装包不完整：{MANIFEST} 读不出来。请重新复制安装包。") from fault
    wrong = [name for name, stated in files.items() if _measured(folder / name) != stated]
    if wrong:
        raise InstallError(
            f"安装包有{len(wrong)}个文件缺失或已损坏（{'、'.join(wrong[:5])}），未作改动。请重新复制安装包。"
        )
    return bundle


def _measured(path: Path) -> tuple[int, str] | None:
    try:
        with path.open("rb") as file:
            return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _refuse_machine(bundle: Bundle, target: Path) -> None:
    """InstallError where its wheels would not run, or do not fit."""
    ours = python_here(), machine_here()
    if ours != (bundle.python, bundle.machine):
        raise InstallError(
            f"这个安装包要 Python {bundle.python}（{bundle.machine}），现在是 Python {ours[0]}（{ours[1]}）。"
            f"请用那一版运行，例如 python{bundle.python} install.py install 文件夹。"
        )
    need = ROOM * sum(size for size, _ in bundle.files.values())
    nearest = next(path for path in (target, *target.parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    if free < need:
        raise InstallError(f"磁盘只剩 {free // 1_000_000} MB，安装要 {need // 1_000_000} MB。请先清理磁盘。")


def python_here() -> str:
    """Major and minor version of this Python: wheels are made for one."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def machine_here() -> str:
    """`linux-x86_64`."""
    return sysconfig.get_platform()


# --- installing ---


def installed(bundle: Bundle, target: Path, workspaces: Sequence[Path]) -> int:
    """Install or upgrade. 0, or 1 when a first installation still lacks something that the check-up names.

    InstallError when nothing was changed. workspaces: proved now and at each later upgrade.
    """
    _refuse_machine(bundle, target)
    before = standing_of(target)
    known = _workspaces(target, workspaces)
    if before.current == bundle.name:
        print(f"{bundle.name} 已经在用，未作改动。")
        return 0
    _told_of_packages(bundle)
    version = target / VERSIONS / bundle.name
    if not (version / COMPLETE).exists():
        _made(bundle, version)
    faults = _faults_of(version, target, before, known)
    if faults and before.current:
        shutil.rmtree(version)
        raise InstallError("\n".join([f"新版本没有通过检查，已退回，仍用 {before.current}：", *faults]))
    _launchers(bundle, target)
    _put(target / WORKSPACES, "".join(f"{path}\n" for path in known))
    _put(target / CURRENT, f"{bundle.name}\n{before.current}\n")
    _prune(target, standing_of(target))
    print(
        f"已安装 {bundle.name}{f'，原来的 {before.current} 留作退路' if before.current else ''}：{target / 'gengang'}"
    )
    for fault in faults:
        print(fault)
    return int(bool(faults))


def _made(bundle: Bundle, version: Path) -> None:
    """A version's folder, whole or not there."""
    shutil.rmtree(version, ignore_errors=True)
    try:
        version.mkdir(parents=True)
        with tarfile.open(bundle.folder / APP) as packed:
            packed.extractall(version / "app", filter="data")
        _environment(bundle, version)
        _put(version / COMPLETE, json.dumps({"name": bundle.name, "python": platform.python_version()}))
    except (OSError, tarfile.TarError, subprocess.CalledProcessError) as fault:
        shutil.rmtree(version, ignore_errors=True)
        why = fault.stderr if isinstance(fault, subprocess.CalledProcessError) else str(fault)
        raise InstallError(f"安装没有成功，已清理，原来的版本没有动：\n{str(why).strip()[-2000:]}") from fault
    except BaseException:
        shutil.rmtree(version, ignore_errors=True)
        raise


def _environment(bundle: Bundle, version: Path) -> None:
    """The wheels of the lock in an environment of their own; a wheel that the lock does not know is refused."""
    wheels = bundle.folder / WHEELS
    [pip] = wheels.glob("pip-*.whl")
    environment = version / ".venv"
    _ran([sys.executable, "-I", "-m", "venv", "--without-pip", environment])
    python = environment / "bin" / "python"
    quietly: list[str | Path] = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
        "--find-links",
        wheels,
    ]
    held: list[str | Path] = ["--require-hashes", "--only-binary", ":all:", "-r", bundle.folder / LOCK]
    _ran([python, "-I", pip / "pip", "install", *quietly, *held])
    [packages] = environment.glob("lib/python*/site-packages")
    (packages / "gengang.pth").write_text(f"{version / 'app'}\n", encoding="utf-8")
    program = environment / "bin" / "gengang"
    program.write_text(f"#!{python}\nfrom gengang.start import main\n\nmain()\n", encoding="utf-8")
    program.chmod(0o755)


def _ran(command: Command) -> None:
    environment = {**_surroundings(), "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_NO_CACHE_DIR": "1"}
    subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8", errors="replace", env=environment
    )


def _surroundings() -> dict[str, str]:
    """Without what would lead another Python's modules, or another index, into ours."""
    strange = ("PIP_", "PYTHON", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(strange)} | {"PYTHONUTF8": "1"}


def _launchers(bundle: Bundle, target: Path) -> None:
    """`gengang` starts the version in use; `install.py` can roll back without the bundle."""
    script = f"""#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
read -r version < "$here/{CURRENT}"
unset PYTHONPATH PYTHONHOME
exec "$here/{VERSIONS}/$version/.venv/bin/gengang" "$@"
"""
    _put(target / "gengang", script, mode=0o755)
    _put(target / "install.py", (bundle.folder / "install.py").read_text(encoding="utf-8"))


def _put(path: Path, text: str, mode: int = 0o644) -> None:
    """The whole new text or the whole old one, whatever happens."""
    half = path.with_name(f".{path.name}.half")
    with half.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.chmod(mode)
    half.replace(path)


def _prune(target: Path, standing: Standing) -> None:
    for version in (target / VERSIONS).iterdir():
        if version.name not in (standing.current, standing.previous):
            shutil.rmtree(version, ignore_errors=True)


# --- proving ---


def _faults_of(version: Path, target: Path, before: Standing, workspaces: Sequence[Path]) -> list[str]:
    """What the new version's check-up and verification say, where the old one had nothing to say."""
    program = version / ".venv" / "bin" / "gengang"
    with tempfile.TemporaryDirectory(prefix="gengang-install-") as folder:
        faults = _said(program, "doctor", Path(folder), 0, "检查")
    for workspace in workspaces:
        faults += _said(program, "doctor", workspace, 0, f"检查工作区 {workspace}")
        if not (workspace / LEDGER).exists():
            continue
        old = target / VERSIONS / before.current / ".venv" / "bin" / "gengang"
        if before.current and _code(old, "verify", workspace)[0] != 0:
            print(f"注意：工作区 {workspace} 在升级之前核对就有问题，请运行 gengang verify。")
            continue
        with _copy_of(workspace) as copy:
            faults += _said(program, "verify", copy, 0, f"核对工作区 {workspace} 的副本")
    return faults


def _said(program: Path, command: str, workspace: Path, good: int, what: str) -> list[str]:
    code, output = _code(program, command, workspace)
    lines = [line for line in output.splitlines() if line.startswith("✗")] or output.splitlines()[-5:]
    return [] if code == good else [f"{what}（gengang {command}，退出码 {code}）：", *(f"  {line}" for line in lines)]


def _code(program: Path, command: str, workspace: Path) -> tuple[int, str]:
    try:
        ran = subprocess.run(
            [program, command, "--workspace", workspace], capture_output=True, text=True, encoding="utf-8",
            errors="replace", check=False, env=_surroundings(),
        )  # fmt: skip
    except OSError as fault:
        return 127, str(fault)
    return ran.returncode, ran.stdout + ran.stderr


@contextmanager
def _copy_of(workspace: Path) -> Iterator[Path]:
    """A workspace with its own copy of the ledger, the rest by reference: opening a ledger may bring it up to date."""
    with tempfile.TemporaryDirectory(prefix="gengang-install-") as folder:
        copy = Path(folder)
        for path in workspace.iterdir():
            if not path.name.startswith(LEDGER):
                (copy / path.name).symlink_to(path)
        with (
            closing(sqlite3.connect(f"{(workspace / LEDGER).as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy / LEDGER)) as target,
        ):
            source.backup(target)
        yield copy


# --- what is installed ---


def standing_of(target: Path) -> Standing:
    """The versions of a folder, as its `current` says."""
    try:
        lines = (target / CURRENT).read_text(encoding="utf-8").splitlines()
    except OSError:
        return Standing()
    return Standing(*[*lines, "", ""][:2])


def rolled_back(target: Path) -> str:
    """The version before, in use again; the other one is kept. InstallError where there is none."""
    standing = standing_of(target)
    if not standing.previous or not (target / VERSIONS / standing.previous / COMPLETE).exists():
        raise InstallError("没有可以换回的版本，未作改动。")
    _put(target / CURRENT, f"{standing.previous}\n{standing.current}\n")
    return standing.previous


def versions_told(target: Path) -> str:
    """What is installed, in words."""
    standing = standing_of(target)
    return f"在用：{standing.current or '无'}；可以换回：{standing.previous or '无'}"


def _workspaces(target: Path, more: Sequence[Path]) -> list[Path]:
    """Those named now and before, as long as they are there."""
    listed = target / WORKSPACES
    before = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    missing = [path for path in more if not path.is_dir()]
    if missing:
        raise InstallError(f"找不到工作区 {missing[0]}，未作改动。")
    return [path for path in dict.fromkeys([*map(Path, before), *more]) if path.is_dir()]


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """One installation at a time; the system lets go of the lock of one that was killed."""
    target.mkdir(parents=True, exist_ok=True)
    with (target / ".lock").open("w") as file:
        try:
            import fcntl
        except ImportError:  # Windows, where this was never tried
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise InstallError("另一个安装正在进行，未作改动。请等它结束再试。") from fault
        yield


def _told_of_packages(bundle: Bundle) -> None:
    """Which Debian packages are still missing, and the one command that installs them from the bundle."""
    if shutil.which("dpkg-query") is None:
        return
    listed = (bundle.folder / "debian.txt").read_text(encoding="utf-8").split()
    missing = [name for name in listed if not _is_there(name)]
    if missing:
        debs = bundle.folder / DEBS
        print(f"还缺系统软件包：{'、'.join(missing)}。请管理员执行（不用联网）：")
        print(f"  apt-get install --no-download --no-install-recommends -y {debs}/*.deb")


def _is_there(package: str) -> bool:
    asked = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout == "installed"


if __name__ == "__main__":
    sys.exit(main())
