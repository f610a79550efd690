"""Files that hold tables of cells, each kind with its reader; a text or a page that is no table of ours is none."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from extractors.fields import SheetReadings
from extractors.grids import Grids
from extractors.grids_markup import grids_of_html, grids_of_xml
from extractors.grids_text import grids_of_text
from extractors.grids_xls import grids_of_xls
from extractors.grids_xlsx import grids_of_workbook
from extractors.identify import Kind
from extractors.sheets import readings_of_grids
from gengang.form import Form

TABLES: frozenset[Kind] = frozenset({"xlsx", "xls", "xml-sheet", "html", "text"})
_MAY_BE_OTHER: frozenset[Kind] = frozenset({"html", "text"})
_ENDINGS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".et"})


def readings_of_table(kind: Kind, data: bytes, name: str, forms: Sequence[Form]) -> SheetReadings | None:
    """What a file of tables gave. None for a text or a page with no form on it that nobody called a table."""
    path = PurePosixPath(name.replace("\\", "/"))
    found = readings_of_grids(_grids(kind, data, path.stem), forms)
    other = kind in _MAY_BE_OTHER and path.suffix.lower() not in _ENDINGS
    return None if other and not found.readings else found


def _grids(kind: Kind, data: bytes, name: str) -> Grids:
    match kind:
        case "xlsx":
            return grids_of_workbook(data)
        case "xls":
            return grids_of_xls(data)
        case "xml-sheet":
            return grids_of_xml(data)
        case "html":
            return grids_of_html(data, name)
    return grids_of_text(data, name)
