"""Makes one archive from which an office PC without internet installs and upgrades gengang: `make bundle`.

Wheels of requirements.lock for this Python and machine, held to the lock's hashes; the program with templates, fonts
and pages; pip as this Python carries it; the Debian packages of packages.txt with what they need, where apt can fetch
them.
Which index and which mirror serve is what pip and apt were told on this machine; none is named here.
"""

import argparse
import ensurepip
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gengang.doctor import PACKAGES, packages_in
from scripts.installer import APP, DEBS, LOCK, MANIFEST, WHEELS, machine_here, python_here

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("gengang", "extractors", "flows", "templates", "docs", "packages.txt", "pyproject.toml", "README.md",
           "CHANGELOG.md", "LICENSE", LOCK)  # fmt: skip
PIP_PLACES = (Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels"))
SYSTEM = ("required", "important")  # priorities of packages that every Debian has
DAY_ZERO = 315532800  # 1980-01-01, so that an unchanged tree gives an unchanged archive

HOW = """安装（不用联网）：
  python3 install.py check                    核对安装包是否完整
  python3 install.py install 文件夹            安装；以后用新的安装包再运行一次就是升级
  python3 install.py install 文件夹 --workspace 工作区    升级前用新版本检查这个工作区，有问题就退回
  python3 文件夹/install.py rollback 文件夹     换回上一个版本
安装后的程序是 文件夹/gengang。工作区不放在这个文件夹里，安装和升级都不改动工作区。
这个包只在 Debian 12（x86_64）上试过。Windows 需要另外的安装文件，见 windows.txt，没有试过。
"""


class BundleError(Exception):
    """The bundle cannot be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes into a bundle. debs: may be none; debian: names of the packages that the program asks for."""

    app: bytes
    lock: str
    wheels: tuple[Path, ...]
    pip: Path
    debs: tuple[Path, ...]
    debian: tuple[str, ...]
    version: str


def main() -> int:
    """The command line: bundle.py [--out DIR] [--wheels DIR] [--no-debs]."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--wheels", type=Path, help="a folder that keeps the wheels between two bundles")
    parser.add_argument("--no-debs", action="store_true", help="list the Debian packages only")
    asked = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="gengang-bundle-") as folder:
            archive = packed(
                _parts(asked.wheels or Path(folder, WHEELS), Path(folder, DEBS), not asked.no_debs), asked.out
            )
    except (BundleError, OSError, subprocess.CalledProcessError) as fault:
        print(f"bundle: {fault} {getattr(fault, 'stderr', '') or ''}", file=sys.stderr)
        return 2
    print(f"{archive}  {archive.stat().st_size // 1_000_000} MB")
    print(f"{archive.name}.sha256 goes another way than the archive, so that both are not changed by one hand.")
    return 0


def _parts(wheels: Path, debs: Path, with_debs: bool) -> Parts:
    lock = (ROOT / LOCK).read_text(encoding="utf-8")
    names = [path for path in _git("ls-files", "-z", "--", *PROGRAM).split("\0") if path]
    asked = tuple(one.name for one in packages_in(PACKAGES.read_text(encoding="utf-8")) if one.purpose == "run")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return Parts(
        app_of(ROOT, names), lock, fetched_wheels(ROOT / LOCK, wheels), pip_wheel(),
        fetched_debs(asked, debs) if with_debs else (), asked, version,
    )  # fmt: skip


def _git(*words: str) -> str:
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


# --- the program ---


def app_of(root: Path, names: Iterable[str]) -> bytes:
    """Files of the tree as .tar.gz: the same tree, the same bytes."""
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for name in sorted(names):
            _add(tar, name, (root / name).read_bytes())
    return data.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mtime, about.mode = len(data), DAY_ZERO, 0o644
    tar.addfile(about, io.BytesIO(data))


# --- wheels ---


def pip_wheel() -> Path:
    """pip as this Python carries it to fill new environments; no download."""
    found = [path for place in PIP_PLACES for path in sorted(place.glob("pip-*.whl"))]
    if not found:
        raise BundleError("this Python carries no pip; on Debian: apt-get install python3-venv")
    return found[-1]


def fetched_wheels(lock: Path, folder: Path) -> tuple[Path, ...]:
    """The wheels of a lock for this Python and machine, from where this machine's pip gets its packages.

    Each is held to the lock's hashes, also one that lay there; one that the lock no longer names is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    quietly: list[str | Path] = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--find-links",
        folder,
        "-d",
        folder,
    ]
    held: list[str | Path] = ["--require-hashes", "--only-binary", ":all:", "-r", lock]
    command = [sys.executable, pip_wheel() / "pip", "download", *quietly, *held]
    subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", errors="replace")
    known = {*re.findall(r"--hash=sha256:([0-9a-f]{64})", lock.read_text(encoding="utf-8"))}
    return tuple(path for path in sorted(folder.glob("*.whl")) if _sha256(path) in known)


def windows_list(lock: str, wheels: Iterable[Path]) -> str:
    """What an installation on Windows would need: names of the lock, and which wheels here would serve there too."""
    pure = {_plain(path.name.split("-")[0]) for path in wheels if path.name.endswith("-none-any.whl")}
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==(\S+)( ;.*?)? \\$", lock, flags=re.MULTILINE)
    wanted = [(name, version) for name, version, marker in pinned if "sys_platform != 'win32'" not in marker]
    head = (
        "Windows 没有试过。要在 Windows 上安装，另需：Python（与本包同一版）、LibreOffice、能解 rar/7z 的 unar、"
        "思源宋体/黑体和霞鹜文楷字体，以及下列各包；标“通用”的本包里就有，标“win_amd64”的要另取，"
        "以 requirements.lock 的散列核对。\n"
    )
    lines = (f"{name}=={version}  {'通用' if _plain(name) in pure else 'win_amd64'}\n" for name, version in wanted)
    return head + "".join(lines)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# --- Debian packages ---


def fetched_debs(packages: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """The packages and all they need that not every Debian has; none, with a word, where apt cannot fetch them."""
    if shutil.which("apt-get") is None:
        print("bundle: no apt-get here; the Debian packages are only listed", file=sys.stderr)
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        wanted = _beyond_the_system(_needed(packages))
        fetch = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", *wanted]
        subprocess.run(fetch, check=True, cwd=folder, capture_output=True, text=True)
    except subprocess.CalledProcessError as fault:
        print(
            f"bundle: apt could not fetch the Debian packages; they are only listed. {fault.stderr[-500:]}",
            file=sys.stderr,
        )
        return ()
    return tuple(sorted(folder.glob("*.deb")))


def _needed(packages: Sequence[str]) -> list[str]:
    leave = [f"--no-{kind}" for kind in ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")]
    said = _apt("depends", "--recurse", *leave, *packages)
    return sorted({line for line in said.splitlines() if re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", line)})


def _beyond_the_system(names: Sequence[str]) -> list[str]:
    """Those of their names that are packages and no part of every Debian."""
    wanted = []
    for entry in _apt("show", "--no-all-versions", *names).split("\n\n"):
        about = dict(re.findall(r"^(Package|Priority|Essential): (.*)$", entry, flags=re.MULTILINE))
        if about.get("Package") in names and about.get("Priority") not in SYSTEM and about.get("Essential") != "yes":
            wanted.append(about["Package"])
    return sorted({*wanted})


def _apt(*words: str) -> str:
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(["apt-cache", *words], check=True, capture_output=True, text=True, env=environment).stdout


# --- the archive ---


def packed(parts: Parts, out: Path) -> Path:
    """The archive in a folder, with its hash beside it; named after the version and what it holds."""
    files: dict[str, bytes | Path] = {
        APP: parts.app,
        LOCK: parts.lock.encode(),
        "debian.txt": "".join(f"{name}\n" for name in parts.debian).encode(),
        "windows.txt": windows_list(parts.lock, parts.wheels).encode(),
        "安装说明.txt": HOW.encode(),
        "install.py": (ROOT / "scripts" / "installer.py").read_bytes(),
        f"{WHEELS}/{parts.pip.name}": parts.pip,
        **{f"{WHEELS}/{path.name}": path for path in parts.wheels},
        **{f"{DEBS}/{path.name.replace('%3a', '-')}": path for path in parts.debs},
    }
    measured = {name: _measured(content) for name, content in sorted(files.items())}
    held = hashlib.sha256(json.dumps(measured, sort_keys=True).encode()).hexdigest()[:10]
    name = f"gengang-{parts.version}-{held}"
    about = {"schema": 1, "name": name, "python": python_here(), "machine": machine_here(), "files": measured}
    out.mkdir(parents=True, exist_ok=True)
    archive, half = out / f"{name}.tar", out / f".{name}.tar.half"
    with tarfile.open(half, "w") as tar:
        for inside, content in [
            (MANIFEST, json.dumps(about, ensure_ascii=False, indent=1).encode()),
            *sorted(files.items()),
        ]:
            _add(tar, f"{name}/{inside}", content.read_bytes() if isinstance(content, Path) else content)
    half.replace(archive)
    Path(f"{archive}.sha256").write_text(f"{_sha256(archive)}  {archive.name}\n", encoding="utf-8")
    return archive


def _measured(content: bytes | Path) -> dict[str, object]:
    if isinstance(content, Path):
        return {"size": content.stat().st_size, "sha256": _sha256(content)}
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
