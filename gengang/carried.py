"""What a closed season leaves to the next, in `carried.json` of the new workspace: the numbers that go on."""

import json
from collections.abc import Mapping
from pathlib import Path

from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact

CARRIED = "carried.json"


def carried_bytes(source: str, seal: str, numbers: Mapping[str, int]) -> bytes:
    """The file. source: id of the scheme before; seal: of its ledger's last line; numbers: series -> last one spent.

    A series that begins anew has 0.
    """
    said = {"schema": 1, "from": source, "seal": seal, "numbers": dict(numbers)}
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


def carried_facts(path: Path, actor: Actor, at: str) -> tuple[Fact, ...]:
    """The ledger's line of it, none where there is no such file. WorkspaceError when it cannot be read."""
    if not path.exists():
        return ()
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
        numbers = {str(series): int(last) for series, last in said["numbers"].items()}
        if min(numbers.values(), default=0) < 0:
            raise ValueError(numbers)
        data = {"numbers": numbers, "from": str(said["from"]), "seal": str(said["seal"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise WorkspaceError(f"{path.name} 读不出来：它是上一期封存时写的，不要改动。请从备份里找回。") from fault
    return (Fact("carried_over", "season", data, actor, at),)
