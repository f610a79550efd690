"""What a reader's process is asked, and what it says: plain values that go from one process to the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.identify import Kind
from gengang.findings import Finding
from gengang.form import Form
from gengang.mailed import Mailed
from gengang.reading import FileReading
from gengang.sheet import Medium


@dataclass(frozen=True, slots=True)
class Setup:
    """What a reader is told first. megabytes: what a file may take; of_pictures: more, once a picture is read."""

    forms: tuple[Form, ...]
    megabytes: int
    of_pictures: int


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read.

    name: as typed, given back as `file`; path: where its bytes lie.
    seconds: of work, as gengang.tempo counts them, after which no further page is begun.
    avoided: parts to leave alone, each with what to say of it.
    scratch: folder for old office files that are found, None when `office` says what became of them: hash -> path of
    the .docx, or why there is none.
    thumbnails: nothing is read, only its pictures are shown small.
    """

    name: str
    path: str
    seconds: float
    avoided: Mapping[str, Finding] = field(default_factory=dict)
    scratch: str | None = None
    office: Mapping[str, str | Finding] = field(default_factory=dict)
    thumbnails: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Told before a file is read: its hash, and what to call it if nothing can be read."""

    sha256: str
    medium: Medium


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the file that is read now; '' when no single part is."""

    name: str


@dataclass(frozen=True, slots=True)
class Old:
    """The file holds old office files, which have to be converted first: hash -> kind; they lie in the scratch."""

    files: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class NoRoom:
    """Scratch files cannot be written or read again: no fault of the file. message: what to do."""

    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave. last: the reader takes no further job.

    received: day of an e-mail in China, YYYY-MM-DD; mails: every mail that the file is or holds, the outermost first.
    """

    file: FileReading
    received: str | None = None
    last: bool = False
    mails: tuple[Mailed, ...] = ()
