"""Writes gengang/characters.tsv from the Unihan files of the Unicode Character Database.

Usage: python scripts/characters.py [FOLDER]
FOLDER holds Unihan_*.txt.bz2; Debian's package unicode-data puts them in /usr/share/unicode. What is taken: the
characters of GB 2312 and of the list of 2013 (通用规范汉字表), with their traditional and variant forms.
"""

import bz2
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "gengang" / "characters.tsv"
NAMES = ("DictionaryLikeData", "IRGSources", "OtherMappings", "Readings", "Variants")
READINGS = ("kTGHZ2013", "kXHC1983", "kMandarin")
FORMS = ("kSimplifiedVariant", "kTraditionalVariant", "kZVariant")
SEMANTIC = "kSemanticVariant"
SAID_BY = frozenset(("kHKGlyph", "kTang"))  # dictionaries that give a semantic variant only for the same word
HEAD = """\
# Characters of names: how they sound, their plain form, and what they look like. Written by scripts/characters.py.
# An excerpt, changed in form, of the Unihan files of the Unicode Character Database {version}.
# Copyright 1991-2022 Unicode, Inc. Terms: characters-LICENSE.txt beside this file.
# character, sounds without tones, plain form, Cangjie code, four corners, strokes
"""

Entries = Mapping[str, Mapping[str, str]]


def entries_in(folder: Path) -> tuple[str, Entries]:
    """The version, and what the files say of each character."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    version = ""
    for name in NAMES:
        text = bz2.decompress((folder / f"Unihan_{name}.txt.bz2").read_bytes()).decode("utf-8")
        for line in text.splitlines():
            if line.startswith("# Unicode version:"):
                version = line.partition(":")[2].strip()
            if line.startswith("U+"):
                point, field, value = line.split("\t")
                found[_character(point)][field] = value
    return version, found


def _character(point: str) -> str:
    return chr(int(point.partition("<")[0].removeprefix("U+"), 16))


def chosen(entries: Entries) -> list[str]:
    """The characters of the table, in order."""
    common = {one for one, said in entries.items() if "kGB0" in said or "kTGH" in said}
    return sorted(common | {other for one in common for other in forms_of(one, entries)})


def forms_of(one: str, entries: Entries) -> Iterator[str]:
    """Other forms of a character."""
    said = entries.get(one, {})
    for field in FORMS:
        yield from map(_character, said.get(field, "").split())
    for variant in said.get(SEMANTIC, "").split():
        if SAID_BY & set(variant.partition("<")[2].replace(":", ",").split(",")):
            yield _character(variant)


def plain_forms(characters: Iterable[str], entries: Entries) -> dict[str, str]:
    """One form for all forms of a character: the commonest of today's."""
    plain = {one: one for one in characters}

    def found(one: str) -> str:
        while plain[one] != one:
            one = plain[one]
        return one

    for one in list(plain):
        for other in forms_of(one, entries):
            if other in plain:
                first, second = sorted((found(one), found(other)), key=lambda form: _rank(form, entries))
                plain[second] = first
    return {one: found(one) for one in plain}


def _rank(one: str, entries: Entries) -> tuple[int, str]:
    place = entries.get(one, {}).get("kTGH", "").partition(":")[2]
    return int(place) if place else 99999, one


def sounds_of(said: Mapping[str, str]) -> str:
    """Every reading without its tone, ü as v."""
    sounds = {
        _toneless(sound)
        for field in READINGS
        for part in said.get(field, "").split()
        for sound in part.rpartition(":")[2].split(",")
    }
    return " ".join(sorted(sounds))


def _toneless(sound: str) -> str:
    letters = unicodedata.normalize("NFD", sound).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def line_of(one: str, plain: str, said: Mapping[str, str]) -> str:
    """One line of the table."""
    code, corners = (said.get(field, "").partition(" ")[0] for field in ("kCangjie", "kFourCornerCode"))
    strokes = said.get("kTotalStrokes", "").partition(" ")[0]
    return "\t".join((one, sounds_of(said), plain, code, corners[:4], strokes))


def main() -> None:
    """Writes the table."""
    version, entries = entries_in(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"))
    characters = chosen(entries)
    plain = plain_forms(characters, entries)
    lines = [line_of(one, plain[one], entries.get(one, {})) for one in characters]
    TARGET.write_text(HEAD.format(version=version) + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
