"""A file as it was sent to the files in it: containers opened, their members named, pictures put together as pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from extractors.archive import Contents, Member, Room, contents_of_zip, is_litter, too_large
from extractors.identify import Kind, ending_finding, kind_of
from extractors.mail import mail_of
from gengang.findings import Finding

DEEPEST_CONTAINER = 3
CONTAINERS: frozenset[Kind] = frozenset({"zip", "eml"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file that is no container. name: its own path in its container, or as typed; member: `a.zip!p1.jpg`, or ''.

    about: who sent it and under which subject, '' where it did not come by mail; words: how the mail's text begins.
    """

    name: str
    member: str
    data: bytes
    kind: Kind
    about: str = ""
    words: str = ""

    @property
    def named(self) -> str:
        """Every name that may say what it is and whose: of its sender, its container, its folders, its own."""
        return "/".join(part for part in (self.about, self.member or self.name) if part)


def leaves_of(name: str, data: bytes) -> tuple[tuple[Leaf, ...], tuple[Finding, ...]]:
    """The file itself, or what its container holds, and what was wrong with the container or the name."""
    kind = kind_of(data, name)
    named = ending_finding(kind, PurePosixPath(name).name)
    findings = () if named is None else (named,)
    if kind not in CONTAINERS:
        return (Leaf(name, "", data, kind),), findings
    own = re.split(r"[/\\]", name)[-1]
    inside = _inside(Leaf(name, own, data, kind), DEEPEST_CONTAINER, Room())
    if inside.closed:
        findings = (*findings, too_large(f"压缩包套得太深或内容太多，里面有 {inside.closed} 个压缩包未读取"))
    return inside.leaves, findings + inside.findings


@dataclass(frozen=True, slots=True)
class _Inside:
    """What a container held. room: for those beside it; closed: how many in it were not opened."""

    room: Room
    leaves: tuple[Leaf, ...] = ()
    findings: tuple[Finding, ...] = ()
    closed: int = 0


def _inside(container: Leaf, depth: int, room: Room) -> _Inside:
    if depth == 0 or room.is_full:
        return _Inside(room, closed=1)
    contents = _contents(container, room)
    room = room.without(contents.members)
    about, words = contents.about or container.about, contents.words or container.words
    leaves: list[Leaf] = []
    findings = list(contents.findings)
    closed = 0
    for member in contents.members:
        place = f"{container.member}!{member.name}"
        leaf = Leaf(member.name, place, member.data, kind_of(member.data, member.name), about, words)
        if leaf.kind in CONTAINERS:
            deeper = _inside(leaf, depth - 1, room)
            room = deeper.room
            leaves += deeper.leaves
            findings += deeper.findings
            closed += deeper.closed
        else:
            leaves.append(leaf)
    return _Inside(room, tuple(leaves), tuple(findings), closed)


def _contents(container: Leaf, room: Room) -> Contents:
    if container.kind == "zip":
        contents = contents_of_zip(container.data, room)
        if not contents.members and not contents.findings:
            return Contents(findings=(Finding("empty_file", "压缩包里没有文件。请对方重新发送。", severity="error"),))
        return contents
    mail = mail_of(container.data)
    members = tuple(Member(m.name, m.data) for m in mail.attachments if not is_litter(m.name))
    if len(members) > room.members:
        return Contents(findings=(too_large(f"邮件里的附件超过 {room.members} 个"),))
    about = "/".join(part for part in (mail.sender_name, mail.subject) if part)
    return Contents(members, mail.findings, about, mail.words)


def groups_of(leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, ...]]:
    """Leaves to read together: the pictures of a container are the pages of its papers, all else stands alone."""
    pictures = [leaf for leaf in leaves if leaf.kind == "image" and leaf.member]
    if pictures:
        yield tuple(sorted(pictures, key=lambda leaf: _natural(leaf.member)))
    for leaf in leaves:
        if leaf not in pictures:
            yield (leaf,)


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts p2 before p10."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"([0-9]+)", name)]
