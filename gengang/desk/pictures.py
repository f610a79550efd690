"""Pages of originals as pictures."""

from gengang.settings import Settings


class PictureRoom:
    """Where pages are drawn, once each."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def close(self) -> None:
        """Ends the process that draws."""
