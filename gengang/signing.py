"""Certificates get their code: signed once by the office's key, kept in the ledger, and printed again from there.

The key is made when the first certificate is signed. A key that was lost is replaced, with a word to the office; what
it signed is still checked by its public key.
"""

from collections.abc import Iterable

from gengang.certificate_numbers import NumberLine
from gengang.facts import Fact
from gengang.keyring import KEY_KIND, SigningKey, key_facts, key_in_use, new_key
from gengang.papers.certificate_code import facts_on, has_place, unsigned, with_code
from gengang.papers.draft import Draft
from gengang.press import in_print, writer_for
from gengang.signed import Signed, signed_of_text
from gengang.under_way import Pass

MADE = "已生成证书签名密钥，在工作区的 keys 里：请运行 gengang backup，并保管好备份。"
REPLACED = (
    "证书签名密钥不见了，已换用新密钥。以前的证书仍按留存的公钥核验；密钥若在别处，请查清有无外泄，不要再放回来。"
)
NO_PLACE = "证书模板里没有方块码的位置（{{ code | picture }}），这些证书不带签名。"


class Signer:
    """Signs for one pass. told: what the office has to know of it, in Chinese."""

    def __init__(self, under_way: Pass) -> None:
        self.under_way = under_way
        self.told: list[str] = []
        self._key: SigningKey | None = None

    def signed(self, draft: Draft, kept: str) -> Draft:
        """The final certificate with its code. kept: the code that the number has, empty for none yet.

        Without a code it stays where the template has no place for one, and where a closed season never had one.
        """
        writer = writer_for(self.under_way.templates.writers, draft)
        if writer is None:
            return draft
        if not has_place(writer.form):
            self._tell(NO_PLACE)
            return draft
        said, before = facts_on(in_print(draft, writer.form), writer.form), signed_of_text(kept)
        if before is not None and unsigned(before) == unsigned(said):
            return with_code(draft, before.text)
        return draft if self.under_way.closed else with_code(draft, self._sign(said).text)

    def _sign(self, said: Signed) -> Signed:
        if self._key is None:
            self._key = self._ready()
        return self._key.signed(said)

    def _ready(self) -> SigningKey:
        folder, ledger = self.under_way.settings.keys, self.under_way.ledger
        key = key_in_use(folder)
        if key is None:
            had_one = any(True for _ in ledger.read(kinds=(KEY_KIND,)))
            key = new_key(folder, self.under_way.at)
            self._tell(REPLACED if had_one else MADE)
        ledger.append(self._facts())
        return key

    def _facts(self) -> tuple[Fact, ...]:
        return key_facts(self.under_way.settings.keys, self.under_way.actor, self.under_way.at)

    def _tell(self, line: str) -> None:
        if line not in self.told:
            self.told.append(line)


def renewed_key(under_way: Pass) -> str:
    """Gives the key in use up for a new one; what to tell."""
    folder = under_way.settings.keys
    key = new_key(folder, under_way.at)
    under_way.ledger.append(key_facts(folder, under_way.actor, under_way.at))
    return f"已换用新的证书签名密钥（{key.public.id}）。以前的证书仍按留存的公钥核验。请运行 gengang backup。"


def kept_codes(lines: Iterable[NumberLine]) -> dict[tuple[str, int], str]:
    """Series and number -> the code with which it was printed, empty for none."""
    return {(one.series, one.number): one.code for one in lines}
