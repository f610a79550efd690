"""Pace: how long reading a file may go on, and who is told which part of it is being read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf

from gengang.findings import Finding
from gengang.tempo import Moment, moment, slowness, worked_seconds


def _nobody(_part: str) -> None:
    return None


def _as_it_is() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Pace:
    """seconds: after which no part is begun, counted from `began` as gengang.tempo counts them.

    told: called with each part before it is read, and with '' after the last; a part is a member of a container, or a
    page. avoided: parts that are not to be read, each with what to say of it; pictured: called before print is
    recognised, which takes memory.
    """

    seconds: float = inf
    told: Callable[[str], None] = _nobody
    avoided: Mapping[str, Finding] = field(default_factory=dict)
    pictured: Callable[[], None] = _as_it_is
    began: Moment = field(default_factory=moment)

    @property
    def over(self) -> bool:
        """Whether no further part may be begun."""
        return self.seconds < inf and worked_seconds(self.began, moment(), slowness()) > self.seconds

    def begins(self, part: str) -> Finding | None:
        """To be called before a part is read; the finding that stands for it when it is to be left alone."""
        self.told(part)
        if self.over:
            return Finding("too_large", f"前面的内容读得太久，“{part}”未读取。请拆分后再放入。", severity="error")
        return self.avoided.get(part)

    def begins_page(self, part: str) -> Finding | None:
        """The same for a page that is a picture; whoever reads pages looks himself whether it is too late."""
        self.told(part)
        self.pictured()
        return self.avoided.get(part)

    def ends(self) -> None:
        """To be called when no single part is read any more."""
        self.told("")


UNHURRIED = Pace()
