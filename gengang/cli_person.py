"""`gengang person`: what a person's verdict rests on, as a page to print or as JSON."""

from typing import Annotated

import typer

from gengang.cli_shared import HERE, AsOfOption, JsonOption, WorkspaceOption, progress, say, settings_here
from gengang.persons import person_pages, persons_document, text_of_document
from gengang.under_way import day_of_request


def person(
    persons: Annotated[list[str] | None, typer.Argument(help="Names or keys; every trainee when none.")] = None,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> None:
    """A page for each into outbox/: verdict, rule, value and its place in the source; with --json the same as data."""
    settings, day = settings_here(workspace), day_of_request(as_of)
    if as_json:
        print(text_of_document(persons_document(settings, tuple(persons or ()), day)))
        return
    with progress() as told:
        say(person_pages(settings, tuple(persons or ()), day, told))
