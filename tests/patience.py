"""How long tests let a reader work: what a machine that is busy with other tests needs."""

from gengang.settings import Limits

PATIENT = Limits(page_seconds=200, file_seconds=400)
