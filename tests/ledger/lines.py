"""Lines to write in tests: short makers of facts."""

from gengang.facts import Actor, Fact

ME = Actor("王老师", "office", "办公室电脑", "gengang run")
AT = "2016-12-06T08:00:00Z"
SHA = "a" * 64


def arrival(sha256: str = SHA, path: str = "张村小学/张三.docx", modified: str = AT) -> Fact:
    """Bytes that came."""
    data = {"size": 9, "received": None, "modified": modified}
    return Fact("arrival", sha256, data, ME, AT, {"path": path, "where_from": "张村小学"})


def delivered(sha256: str = SHA) -> Fact:
    """A mail as the server gave it."""
    data = {"mailbox": "0" * 16, "uidvalidity": 1, "uid": 7, "received": AT, "source": "imap", "size": 9}
    return Fact("mail", sha256, data, ME, AT, {"sender": "a@example.cn", "subject": "日志", "path": "邮件/日志.eml"})


def reading(paper: str = f"{SHA}#0", name: str = "张三") -> Fact:
    """A paper that was read."""
    data = {"form": "appraisal", "version": "0123456789ab", "medium": "word", "index": 0}
    return Fact("reading", paper, data, ME, AT, {"name": name})


def evidence(piece: str = f"{SHA}#1", name: str = "张三 听课.jpg") -> Fact:
    """A photo that is kept."""
    data = {"medium": "photo", "size": 9, "doubt": False, "picture": "9" * 64, "thumbnail": True}
    return Fact("evidence", piece, data, ME, AT, {"name": name, "member": "", "caption": "张三 听课"})


def match(paper: str = f"{SHA}#0", person: str = "P-000000000001") -> Fact:
    """A paper that belongs to somebody."""
    return Fact("match", paper, {"person": person, "status": "sure"}, ME, AT, {"evidence": ["张三"]})


def person(key: str = "P-000000000001", name: str = "张三") -> Fact:
    """One person's line of the roster."""
    return Fact("person", key, {}, ME, AT, {"name": name})


def decision(value: str, path: str = "name", paper: str = f"{SHA}#0") -> Fact:
    """What a person decided about a field."""
    return Fact("decision", paper, {"path": path}, ME, AT, {"value": value, "why": "看过原件"})


def refused(sha256: str = SHA) -> Fact:
    """Bytes that were thrown back."""
    return Fact(
        "refused", sha256, {"code": "unreadable"}, ME, AT, {"sentence": "“张三.docx”打不开，请重新保存后再放入。"}
    )
