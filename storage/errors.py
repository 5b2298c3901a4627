"""What can go wrong with the store, named by what the caller should do.

No driver error crosses the boundary: each becomes one of these, with the driver's own words in ``detail`` and the
original as its cause. ``detail`` is for the operator's log, never for the person in the chat.
"""

from __future__ import annotations


class StoreError(Exception):
    """Anything the names below do not cover: a fault in the program. Report it."""

    def __init__(self, detail: str = "") -> None:
        """Keep the driver's words."""
        super().__init__(detail)
        self.detail = detail


class LostRace(StoreError):
    """Someone else was faster or holds the lock. Read again and try again."""


class StoreUnreadable(StoreError):
    """Not a database, not ours, or damaged. Restore a copy or name another."""


class StoreTooNew(StoreError):
    """Written by a newer version of the program. Install that version."""


class StoreOutdated(StoreError):
    """The schema is older than the program. Run ``cocok db upgrade``."""


class StoreFull(StoreError):
    """The disk or the quota is full. Make room; nothing was written."""


class StoreUnreachable(StoreError):
    """It cannot be opened, connected to or written. Check the URL, the server and the permissions."""
