"""Which headers and footers each section of a Word document shows: people's forms in one file have each their own.

A section that names none of a kind shows the one before it, as Word does.
"""

from collections.abc import Mapping, Sequence

from lxml import etree

from gengang.wordpackage import Package, R, W, flag


def sections_of(root: etree._Element) -> list[etree._Element]:
    """The settings of each section, in order of the document; what they were before a tracked change is no section."""
    return [one for one in root.iter(f"{W}sectPr") if next(one.iterancestors(f"{W}sectPrChange"), None) is None]


def shown_parts(package: Package, sections: Sequence[etree._Element], kind: str) -> list[tuple[str, ...]]:
    """Names of the parts that each section shows; every part of the kind in the first where no section names one.

    kind: header or footer.
    """
    named = tuple(package.of_kind(package.main, kind))
    if not any(one.find(f"{W}{kind}Reference") is not None for one in sections):
        return [named, *(() for _ in sections[1:])]
    even = any(_references(one, kind).get("even") for one in sections) and _has_even_pages(package)
    related = package.related(package.main)
    shown: dict[str, str] = {}
    found = []
    for section in sections:
        shown = shown | _references(section, kind)
        ids = [key for page, key in shown.items() if _is_shown(page, section, even)]
        targets = {related[key].target for key in ids if key in related}
        found.append(tuple(name for name in named if name in targets))
    return found


def are_apart(parts: Sequence[tuple[str, ...]], said: Mapping[str, object]) -> bool:
    """Whether sections show different words, so that what stands there is each section's own.

    said: name of a part -> what stands in it.
    """
    return len({frozenset(said[name] for name in one) for one in parts if one}) > 1


def _references(section: etree._Element, kind: str) -> dict[str, str]:
    """Kind of page (default, first, even) -> id of the relation to what it shows."""
    return {node.get(f"{W}type", "default"): node.get(f"{R}id", "") for node in section.findall(f"{W}{kind}Reference")}


def _is_shown(page: str, section: etree._Element, even: bool) -> bool:
    if page == "first":
        return flag(section.find(f"{W}titlePg"))
    return even if page == "even" else True


def _has_even_pages(package: Package) -> bool:
    names = package.of_kind(package.main, "settings")
    return bool(names) and flag(package.part(names[0]).root.find(f"{W}evenAndOddHeaders"))
