"""A workspace on disk: whether it can be worked in, its scheme and templates, and a new one from a preset."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gengang.errors import WorkspaceError
from gengang.form import Fault, Form
from gengang.forms_in_use import forms_in_use
from gengang.rendering import RenderingError, Writer, writer_of
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Wish, moved
from gengang.settings import Settings
from gengang.synonyms import FILE_NAME
from gengang.template import forms_of_folder, template_files

NO_WISH = Wish()
BUILT_IN = Path(__file__).parents[1] / "templates"
OWN = "own"  # folder of the office's own papers, one folder in it for each of OWN_PER
OWN_PER = ("person", "school", "cohort")
SCHOOL_TABLES = ("学校一览表.xlsx", "学校一览表.csv")


@dataclass(frozen=True, slots=True)
class Templates:
    """forms: readable ones; left_out: faults of those that are not; writers: by (folder, stem), forms and papers.

    older: forms that were handed out and are in use no more, the newest first.
    """

    forms: tuple[Form, ...]
    left_out: tuple[Fault, ...]
    writers: Mapping[tuple[str, str], Writer]
    older: tuple[Form, ...] = ()

    @property
    def titles(self) -> dict[str, str]:
        """Form stem -> title."""
        return {form.stem: form.title for form in self.forms}

    @property
    def readable(self) -> tuple[Form, ...]:
        """What a returned paper may be: today's forms before older ones."""
        return self.forms + self.older


def checked_workspace(settings: Settings, needs_roster: bool = True) -> Settings:
    """The settings, when a run can start there. Raises WorkspaceError that says what is missing.

    needs_roster: False for what the office does before anybody has signed up.
    """
    absent = [path.name for path in (settings.scheme, settings.inbox) if not path.exists()]
    if absent:
        raise WorkspaceError(
            f"“{settings.workspace.name or settings.workspace}”不是工作区：缺少 {'、'.join(absent)}。"
            "请先运行 gengang init 文件夹 --scheme county-2016，或用 --workspace 指到工作区。"
        )
    if needs_roster and not settings.roster.exists() and school_table(settings) is None:
        raise WorkspaceError(
            "缺少学员花名册：请把 roster.xlsx 放进工作区；"
            "还没有花名册时，请放入 学校一览表.xlsx，收到报名表后自动生成。"
        )
    return settings


def school_table(settings: Settings) -> Path | None:
    """The office's table of schools, where the season begins."""
    return next((settings.workspace / name for name in SCHOOL_TABLES if (settings.workspace / name).exists()), None)


def scheme_of(settings: Settings) -> Scheme:
    """The rules in force. Raises SchemeError with every fault, WorkspaceError when the file cannot be read."""
    return scheme_from_toml(scheme_text(settings))


def scheme_text(settings: Settings) -> str:
    """The scheme file as it stands."""
    try:
        return settings.scheme.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise WorkspaceError("scheme.toml 读不出来：请核对权限，并以 UTF-8 编码保存。") from fault


def templates_of(settings: Settings, scheme: Scheme | None = None) -> Templates:
    """The office's own templates where it has them, else the built-in ones. Raises TemplatesError when none is left.

    scheme: leaves out built-in forms that it does not use; all that lie in a folder of the office are used.
    """
    folder = folder_of(settings, "forms")
    forms, left_out = forms_of_folder(folder, [settings.templates / FILE_NAME])
    if scheme is not None and folder == BUILT_IN / "forms":
        forms = forms_in_use(forms, scheme)
    return Templates(forms, left_out, {})


def with_writers(settings: Settings, templates: Templates) -> Templates:
    """The same, ready to write: each usable form and each paper compiled once. Raises RenderingError for a paper."""
    writers: dict[tuple[str, str], Writer] = {}
    for folder in ("forms", "papers"):
        usable = {form.stem for form in templates.forms}
        for path in sorted(folder_of(settings, folder).glob("*.docx")):
            if not path.name.startswith("~$") and (folder == "papers" or path.stem in usable):
                writers[folder, path.stem] = writer_of(path.read_bytes(), path.stem)
    own, broken = own_papers_of(settings)
    return Templates(templates.forms, (*templates.left_out, *broken), {**writers, **own})


def own_papers_of(settings: Settings) -> tuple[dict[tuple[str, str], Writer], tuple[Fault, ...]]:
    """The office's own papers, (`own`, `person/<stem>`) -> its writer, and why others cannot be used."""
    writers: dict[tuple[str, str], Writer] = {}
    broken = []
    for per in OWN_PER:
        for path in template_files(settings.templates / OWN / per):
            try:
                writers[OWN, f"{per}/{path.stem}"] = writer_of(path.read_bytes(), path.stem)
            except RenderingError as fault:
                broken.append(Fault("error", "own_paper", f"templates/{OWN}/{per}/{path.name}", str(fault)))
    return writers, tuple(broken)


def folder_of(settings: Settings, kind: str) -> Path:
    """`templates/<kind>` of the workspace, or the built-in one."""
    own = settings.templates / kind
    return own if own.is_dir() else BUILT_IN / kind


def presets() -> tuple[tuple[str, str], ...]:
    """Name and title of each built-in scheme."""
    files = sorted((BUILT_IN / "schemes").glob("*.toml"))
    return tuple((path.stem, scheme_from_toml(path.read_text(encoding="utf-8")).title) for path in files)


def preset_text(preset: str) -> str:
    """The file of a built-in scheme, or of one that a path ending in .toml names.

    Raises WorkspaceError for an unknown one, SchemeError with every fault of a file.
    """
    if preset.endswith(".toml"):
        return _own_preset(Path(preset))
    known = {path.stem: path for path in (BUILT_IN / "schemes").glob("*.toml")}
    if preset not in known:
        raise WorkspaceError(f"没有名为“{preset}”的方案，可用的有：{'、'.join(sorted(known))}。")
    return known[preset].read_text(encoding="utf-8")


def _own_preset(path: Path) -> str:
    """Proved at once: what is wrong is told before a folder is made from it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise WorkspaceError(f"方案文件“{path}”读不出来：请核对路径，并以 UTF-8 编码保存。") from fault
    scheme_from_toml(text)
    return text


def new_workspace(target: Path, preset: str, wish: Wish = NO_WISH) -> tuple[str, ...]:
    """An empty workspace with a preset's scheme, and what a person should look at in it.

    Raises WorkspaceError for a folder in use, an unknown preset, and a wish that the preset cannot take.
    """
    made = moved(preset_text(preset), wish)
    if (target / "scheme.toml").exists():
        raise WorkspaceError(f"“{target}”已经是工作区，未作改动。请换一个文件夹。")
    for folder in ("inbox", "outbox", "templates"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    (target / "scheme.toml").write_text(made.text, encoding="utf-8", newline="\n")
    return made.notes
