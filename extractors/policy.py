"""When a value is accepted without a person: the one table of that policy.

Digital text is accepted when its codec is certain and its place is unique. Recognised text is accepted only with
something besides the recogniser's own confidence: OCR reads "Il1O0" as "11100" at 0.95.
"""

from dataclasses import dataclass, replace

from gengang.codecs import CODECS, Parsed
from gengang.form import FieldType
from gengang.reading import FieldReading, Status
from gengang.sheet import Medium, Place

DIGITAL: frozenset[Medium] = frozenset({"word", "pdf", "sheet"})

# Lowest confidence of every line of a field, by codec, for recognised text whose second reading agrees. Codecs that
# are not here are never accepted from a picture alone; the roster may corroborate them later (gengang.reconcile).
RECOGNISED_FLOOR = {
    "id_number": 0.90,  # the check digit catches ten misreadings in eleven by itself
    "tick": 0.0,  # its boxes are measured from pixels; a box in doubt never reaches the text
    "date": 0.95,
    "month": 0.95,
    "period": 0.95,
    "choice": 0.97,
    "phone": 0.97,
    "count": 0.97,
    "days": 0.97,
    "score": 0.97,
}

WRAP_IN_DOUBT = "\u2028"  # stands in a text where a line may have been broken by the page or by its writer


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a text was come by. confidence: lowest of its lines, None if digital; agreed: a second reading is equal."""

    medium: Medium
    sure_place: bool
    confidence: float | None = None
    agreed: bool = False
    unread_ink: bool = False


def field_reading(kind: FieldType, text: str, parsed: Parsed, evidence: Evidence, place: Place | None) -> FieldReading:
    """The reading of one field from what its codec made of the text and how the text was come by."""
    status = _status(kind, text, parsed, evidence)
    value = parsed.value if status in ("accepted", "review") else None
    return FieldReading(status, value, text.strip(), _confidence(status, evidence), place)


def _status(kind: FieldType, text: str, parsed: Parsed, evidence: Evidence) -> Status:
    if evidence.unread_ink:
        return "review" if parsed.state != "blank" else "unread"
    if parsed.state == "blank":
        return "blank" if evidence.sure_place else "review"
    if parsed.state == "doubt" or not evidence.sure_place or WRAP_IN_DOUBT in text:
        return "review"
    if evidence.medium in DIGITAL:
        return "accepted"
    floor = RECOGNISED_FLOOR.get(kind.codec)
    certain = floor is not None and evidence.agreed and (evidence.confidence or 0.0) >= floor
    return "accepted" if certain and CODECS[kind.codec].closed else "review"


def _confidence(status: Status, evidence: Evidence) -> float | None:
    if status in ("blank", "missing", "unread"):
        return None
    if evidence.confidence is None:
        return 0.99 if status == "accepted" else 0.5
    base = evidence.confidence
    return round(base if status == "accepted" else min(base, 0.5), 4)


def asked_about(found: FieldReading) -> FieldReading:
    """The same for a person to look at; what was not accepted waits already."""
    return replace(found, status="review", confidence=0.5) if found.status == "accepted" else found
