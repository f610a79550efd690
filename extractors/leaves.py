"""A file as it was sent to the files in it: containers opened, their members named, pictures put together as pages."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from extractors.archive import Contents, Member, Room, contents_of_zip, few_named, is_litter, too_large
from extractors.identify import Kind, ending_finding, kind_of
from extractors.mail import Mail, is_without_attachment, mail_of
from extractors.outlook import mail_of_msg
from extractors.packed import contents_of_gz, contents_of_packed
from extractors.tnef import mail_of_tnef
from gengang.filenames import honest_name
from gengang.findings import Finding
from gengang.mailed import Mailed, text_beside, words_about

DEEPEST_CONTAINER = 3
MAILS: Mapping[Kind, Callable[[bytes], Mail]] = {"eml": mail_of, "msg": mail_of_msg, "tnef": mail_of_tnef}
CONTAINERS: frozenset[Kind] = frozenset({"zip", "rar", "7z", "tar", "gz", *MAILS})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file that is no container. name: its own path in its container, or as typed; member: `a.zip!p1.jpg`, or ''.

    mails: those that it came in, the outermost first; none where it did not come by mail.
    """

    name: str
    member: str
    data: bytes
    kind: Kind
    mails: tuple[Mailed, ...] = ()

    @property
    def words(self) -> str:
        """How the text of its mail begins, '' where it did not come by mail."""
        return text_beside(self.mails)

    @property
    def named(self) -> str:
        """Every name that may say what it is and whose: of its sender, its container, its folders, its own."""
        return "/".join(part for part in (words_about(self.mails), self.member or self.name) if part)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files in a file, what was wrong with the container or the name, and every mail that was opened."""

    leaves: tuple[Leaf, ...]
    findings: tuple[Finding, ...] = ()
    mails: tuple[Mailed, ...] = ()


def unpacked(name: str, data: bytes) -> Unpacked:
    """The file itself, or what its container holds."""
    kind = kind_of(data, name)
    named = ending_finding(kind, PurePosixPath(name).name)
    findings = () if named is None else (named,)
    if kind not in CONTAINERS:
        return Unpacked((Leaf(name, "", data, kind),), findings)
    own = re.split(r"[/\\]", name)[-1]
    inside = _inside(Leaf(name, own, data, kind), DEEPEST_CONTAINER, Room())
    if inside.closed:
        findings = (*findings, too_large(f"压缩包套得太深或内容太多，里面的{few_named(inside.closed)}未读取"))
    return Unpacked(inside.leaves, findings + inside.findings, inside.mails)


@dataclass(frozen=True, slots=True)
class _Inside:
    """What a container held. room: for those beside it; closed: names of those in it that were not opened."""

    room: Room
    leaves: tuple[Leaf, ...] = ()
    findings: tuple[Finding, ...] = ()
    closed: tuple[str, ...] = ()
    mails: tuple[Mailed, ...] = ()

    def with_more(self, more: "_Inside") -> "_Inside":
        """This and what came after it."""
        return _Inside(
            more.room,
            self.leaves + more.leaves,
            self.findings + more.findings,
            self.closed + more.closed,
            self.mails + more.mails,
        )


def _inside(container: Leaf, depth: int, room: Room) -> _Inside:
    if depth <= 0 or room.is_full:
        return _Inside(room, closed=(container.name,))
    if container.kind in MAILS:
        return _inside_mail(container, MAILS[container.kind](container.data), depth, room)
    contents = _contents_of_archive(container, room)
    told = (
        contents.findings if depth == DEEPEST_CONTAINER else tuple(_named(container, one) for one in contents.findings)
    )
    held = _Inside(room.without(contents.members), findings=told)
    return _members_inside(held, container, contents.members, depth - 1)


def _members_inside(held: _Inside, container: Leaf, members: Sequence[Member], depth: int) -> _Inside:
    """What the members are and hold, opened while there is room. held: the container itself so far."""
    for member in members:
        name = honest_name(member.name)
        leaf = Leaf(name, f"{container.member}!{name}", member.data, kind_of(member.data, name), container.mails)
        if leaf.kind in CONTAINERS:
            held = held.with_more(_inside(leaf, depth, held.room))
        else:
            held = held.with_more(_Inside(held.room, (leaf,)))
    return held


def _named(archive: Leaf, finding: Finding) -> Finding:
    """What is said of an archive in a container says which of them it means."""
    return replace(finding, message=f"“{archive.name}”：{finding.message}", place=archive.member)


def _contents_of_archive(container: Leaf, room: Room) -> Contents:
    contents = _unpacked(container, room)
    if not contents.members and not contents.findings:
        return Contents(findings=(Finding("empty_file", "压缩包里没有文件。请对方重新发送。", severity="error"),))
    return contents


def _inside_mail(container: Leaf, mail: Mail, depth: int, room: Room) -> _Inside:
    """A mail's attachments, and those of the mails inside it.

    A winmail.dat is the mail around it once more. Beside papers, a mail inside that has none needs nobody.
    """
    wrapped = container.kind == "tnef" and container.mails
    own = () if wrapped else (_mailed(container.member, mail),)
    here = Leaf(container.name, container.member, b"", container.kind, container.mails + own)
    members = tuple(one for one in mail.attachments if not is_litter(one.name))
    if len(members) + len(mail.mails) > room.members:
        many = too_large(f"邮件里的附件超过 {room.members} 个")
        return _Inside(room, findings=(*mail.findings, many), mails=own)
    held = _Inside(room.without(members), findings=mail.findings, mails=own)
    for name, carried in mail.mails:
        passed_on = Leaf(name, f"{here.member}!{name}", b"", "eml", here.mails)
        held = held.with_more(_inside_mail(passed_on, carried, depth, held.room))
    held = _members_inside(held, here, members, depth if wrapped else depth - 1)
    if held.leaves:
        told = tuple(one for one in held.findings if not is_without_attachment(one))
        return _Inside(held.room, held.leaves, told, held.closed, held.mails)
    return held


def _mailed(place: str, mail: Mail) -> Mailed:
    day = mail.received and mail.received.date()
    return Mailed(place, mail.sender, mail.sender_name, mail.subject, mail.text, day, mail.source)


def _unpacked(archive: Leaf, room: Room) -> Contents:
    match archive.kind:
        case "rar" | "7z" | "tar":
            return contents_of_packed(archive.data, archive.kind, room)
        case "gz":
            return contents_of_gz(archive.data, archive.name, room)
        case _:
            return contents_of_zip(archive.data, room)


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
