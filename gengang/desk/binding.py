"""汇编成册: what the packet still lacks, and binding it: two volumes and a bundle for each school."""

from functools import partial

from starlette.responses import Response

from gengang.desk import working
from gengang.desk.behind import age_of, looked
from gengang.desk.routing import Visit, read, show, write
from gengang.desk.running import Ended
from gengang.desk.standing import Standing
from gengang.desk.views.certificates import spent
from gengang.desk.views.packets import PacketLacks, packet_files, packet_lacks
from gengang.desk.views.printed import result_of
from gengang.errors import WorkspaceError
from gengang.night import material_from
from gengang.packeting import packet_papers
from gengang.papers.packet import FOLDER
from gengang.under_way import RunRequest


def packet(visit: Visit) -> Response:
    """The page."""
    judged = visit.now().judged
    last, lacks = visit.desk.runs.of(working.PACKET), looked(visit, "packet", _lacks, PacketLacks)
    return show(
        visit, "packet.html", preview=lacks, age=age_of(visit, lacks),
        files=packet_files(visit.desk.settings.outbox / FOLDER), may_bind=visit.may("clerk"),
        may_finish=visit.may("senior"), schools=judged.season.roster.schools, last=last,
        said=result_of(last.made if last else None, judged),
    )  # fmt: skip


def _lacks(standing: Standing) -> PacketLacks:
    return packet_lacks(standing, material_from(standing.judged, standing.templates, standing.of(spent)))


def bind(visit: Visit) -> Response:
    """Begins to bind it."""
    school, final = visit.form.get("school", ""), visit.form.get("status") == "final"
    if final and not visit.may("senior"):
        raise WorkspaceError("定稿要由负责人来印。")
    return working.begin(visit, working.PACKET, partial(_bound, school, final))


def _bound(school: str, final: bool, request: RunRequest) -> Ended:
    done = packet_papers(request, school, final)
    return Ended(done.lines, done)


ROUTES = (
    read("/issuing/packet", packet),
    write("/issuing/packet", bind),
)
