"""What a systemd unit of ours names, and what in it cannot work; pure but for the question whether a path is there."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

WORKSPACE = "--workspace"


def unit_faults(name: str, text: str, home: Path, is_there: Callable[[Path], bool]) -> Iterator[str]:
    """Chinese, what has to be mended in a unit file, each with how. home: what `%h` stands for."""
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith(("#", ";")))
    if name.endswith(".timer") and said.get("Persistent", "").strip().lower() not in ("true", "yes", "on", "1"):
        yield f"{name} 里没有 Persistent=true：关机那一晚不会补办。请加上这一行。"
    words = said.get("ExecStart", "").replace("%h", str(home)).split()
    if words and not is_there(Path(words[0])):
        yield f"{name} 里写的程序 {words[0]} 不在：请把 ExecStart 改成 gengang 现在的位置。"
    folders = [word for before, word in itertools.pairwise(words) if before == WORKSPACE]
    for folder in folders:
        if not is_there(Path(folder) / "scheme.toml"):
            yield f"{name} 里写的工作区 {folder} 不在，或不是工作区：请改正 ExecStart 里的 {WORKSPACE}。"
