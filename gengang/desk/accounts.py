"""Who may sign in: a file beside the ledger, readable by its owner alone, with hashes of passwords.

It is no part of the ledger, which is kept for ever: a password never stands there, nor anywhere in words.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gengang.errors import WorkspaceError

Role = Literal["school", "reader", "clerk", "senior"]
ROLE_WORDS: Mapping[Role, str] = {
    "school": "学校（只看本校派出、接收的人）",
    "reader": "查看",
    "clerk": "经办",
    "senior": "负责人",
}
LEAST_LETTERS = 10  # of a password
FILE = "accounts.json"
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """name: as it is typed at sign-in and stands in the history; school: key of the one school that a school sees."""

    name: str
    role: Role
    hashed: str
    school: str = ""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The file of a workspace; it is read at each question, so that a new account needs no new start."""

    path: Path

    def all(self) -> tuple[Account, ...]:
        """In the order in which they were made. Raises WorkspaceError for a file that is none."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            return tuple(Account(one["name"], _role(one["role"]), one["hashed"], one["school"]) for one in kept)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError) as fault:
            raise WorkspaceError(f"{FILE} 读不出来：请从备份恢复，或删去它后重新建立账号。") from fault

    def named(self, name: str) -> Account | None:
        """The account of a name."""
        return next((one for one in self.all() if one.name == name), None)

    def admits(self, name: str, password: str) -> Account | None:
        """The account whose password this is. A name that nobody has takes as long as a wrong password."""
        account = self.named(name)
        known = _matches(account.hashed if account else _NOBODYS, password)
        return account if account and known else None

    def put(self, name: str, role: Role, password: str, school: str = "") -> None:
        """A new account, or another role or password of one. Raises WorkspaceError for a name or password too short."""
        if not name.strip() or len(name) > 40 or not name.isprintable():
            raise WorkspaceError("账号要有名字，最多40个字。")
        if len(password) < LEAST_LETTERS:
            raise WorkspaceError(f"密码至少{LEAST_LETTERS}个字符。")
        if (role == "school") != bool(school):
            raise WorkspaceError("学校账号要写明是哪一所学校，其他账号不写。")
        made = Account(name.strip(), role, _HASHER.hash(password), school)
        others = [one for one in self.all() if one.name != made.name]
        self._write((*others, made))

    def drop(self, name: str) -> None:
        """No account any more. Raises WorkspaceError for a name that nobody has."""
        if self.named(name) is None:
            raise WorkspaceError(f"没有叫“{name}”的账号。")
        self._write(tuple(one for one in self.all() if one.name != name))

    def _write(self, accounts: tuple[Account, ...]) -> None:
        """Nobody else may read it at any moment: it is made with its mode, then put in place of the old one."""
        staged = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump([asdict(one) for one in accounts], file, ensure_ascii=False, indent=1)
        staged.replace(self.path)


def new_password() -> str:
    """One to be told once and changed: four groups of letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _role(text: object) -> Role:
    if text not in get_args(Role):
        raise ValueError(text)
    return cast(Role, text)


_NOBODYS = _HASHER.hash(secrets.token_hex(16))
