"""The office's signing keys (Ed25519) in the workspace's `keys/`; the only importer of cryptography.

`<made>_<id>.pem` is the private key in use, `<made>_<id>.pub` each public one there ever was: what an old key signed is
checked by it for ever, also after that key was lost or given up. Their lines in the ledger say the same once more.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from gengang.errors import MachineError
from gengang.facts import Actor, Fact
from gengang.originals import flush_folder
from gengang.signed import KEY_BYTES, Signed

KEY_KIND = "signing_key"
_STAMP = re.compile(r"[^0-9TZ]")
_NAME = re.compile(r"([0-9TZ]+)_([0-9a-f]{10})")
_RAW_BYTES = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """id: ten hex digits; raw: its 32 bytes; made: UTC, without punctuation."""

    id: str
    raw: bytes
    made: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key in use."""

    public: PublicKey
    private: Ed25519PrivateKey

    def signed(self, said: Signed) -> Signed:
        """The same facts, signed by this key."""
        mine = Signed(self.public.id, said.series, said.facts)
        return Signed(mine.key, mine.series, mine.facts, self.private.sign(mine.message))


def is_genuine(said: Signed, keys: Mapping[str, PublicKey]) -> bool | None:
    """Whether the signature fits the facts; None when nobody knows the key that it names."""
    key = keys.get(said.key)
    if key is None:
        return None
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(said.signature, said.message)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- what is known ---


def keys_known(folder: Path, facts: Iterable[Fact]) -> dict[str, PublicKey]:
    """Every public key of the folder and of the ledger by its id, the oldest first."""
    found = [*_in_folder(folder), *(key for fact in facts if fact.kind == KEY_KIND for key in _of_bytes(
        bytes.fromhex(str(fact.data["public"])), str(fact.data["made"])))]  # fmt: skip
    return {key.id: key for key in sorted(found, key=lambda key: (key.made, key.id))}


def key_facts(folder: Path, actor: Actor, at: str) -> tuple[Fact, ...]:
    """The ledger's lines of the folder's public keys."""
    return tuple(Fact(KEY_KIND, f"key-{key.id}", {"public": key.raw.hex(), "made": key.made}, actor, at)
                 for key in _in_folder(folder))  # fmt: skip


def _in_folder(folder: Path) -> Iterator[PublicKey]:
    for path in sorted(folder.glob("*.pub")):
        named = _NAME.fullmatch(path.stem)
        try:
            raw = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            continue
        yield from (key for key in _of_bytes(raw, named[1] if named else "") if named and key.id == named[2])


def _of_bytes(raw: bytes, made: str) -> Iterator[PublicKey]:
    if len(raw) == _RAW_BYTES:
        yield PublicKey(hashlib.sha256(raw).hexdigest()[: 2 * KEY_BYTES], raw, made)


def key_in_use(folder: Path) -> SigningKey | None:
    """The newest private key that can be read, None where there is none."""
    for path in sorted(folder.glob("*.pem"), reverse=True):
        named = _NAME.fullmatch(path.stem)
        try:
            private = load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError):
            continue
        if named and isinstance(private, Ed25519PrivateKey):
            [public] = _of_bytes(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), named[1])
            return SigningKey(public, private)
    return None


# --- making one ---


def new_key(folder: Path, at: str) -> SigningKey:
    """A key of its own, made and kept; those before it can sign no more, and are still known. at: UTC.

    MachineError when the folder cannot be written; then the key in use stays.
    """
    private = Ed25519PrivateKey.generate()
    [public] = _of_bytes(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), _STAMP.sub("", at))
    older = list(folder.glob("*.pem"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        # The public key first: what is signed by a key that nobody knows is worth nothing.
        _put(folder / f"{public.made}_{public.id}.pub", f"{public.raw.hex()}\n".encode(), 0o644)
        _put(folder / f"{public.made}_{public.id}.pem", secret, 0o600)
        flush_folder(folder)
        for path in older:
            path.unlink()
    except OSError as fault:
        why = fault.strerror or fault
        raise MachineError(f"签名密钥写不进 {folder.name}（{why}）：请检查磁盘空间和权限。") from fault
    return SigningKey(public, private)


def _put(path: Path, data: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others in between."""
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())
    half.replace(path)
