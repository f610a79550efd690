"""What `read --json` says, as a program that runs it has it."""

import json
from collections.abc import Iterable
from typing import Any

from gengang.reading import FileReading, json_texts_of_files


def document_of(files: Iterable[FileReading]) -> dict[str, Any]:
    """The read contract's document of these files."""
    document: dict[str, Any] = json.loads("".join(json_texts_of_files(tuple(files))))
    return document
