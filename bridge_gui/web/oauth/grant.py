"""What a sign-in leaves behind, as it lies in the keychain; access tokens are never part of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from bridge_gui.errors import SetupError
from bridge_gui.web.decode import UNREADABLE
from bridge_gui.web.oauth.terms import OAuth


class Grant(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The right to renew: the newest value, and the one before it while its grace lasts.

    `session` tells one sign-in from another; `extra` is what the vendor's last page brought along.
    """

    session: str
    refresh: str
    at: datetime
    before: str = ""
    before_at: datetime | None = None
    extra: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"Grant({self.session!r}, at={self.at:%Y-%m-%d})"

    def dump(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()

    def renewed(self, refresh: str, used: str, now: datetime) -> Grant:
        """With the value that came of using `used`; an empty one means that it stays as it is."""
        new = refresh or used
        if new == self.refresh:
            return msgspec.structs.replace(self, at=now)
        replaced = now if used == self.refresh else self.before_at
        return msgspec.structs.replace(self, refresh=new, at=now, before=used, before_at=replaced)

    def usable(self, grace: timedelta, now: datetime) -> tuple[str, ...]:
        """The values that may still work, the newest first."""
        lasts = self.before_at is not None and now - self.before_at < grace
        return (self.refresh, self.before) if self.before and lasts else (self.refresh,)


def load(text: str) -> Grant:
    """What was kept; `SetupError` keychain.damaged if it is something else."""
    try:
        return msgspec.json.decode(text, type=Grant)
    except UNREADABLE:
        raise SetupError("keychain.damaged") from None


def ends_on(oauth: OAuth, used: datetime, now: datetime) -> date | None:
    """The day a sign-in ends for lack of use, once it is time to tell; None before."""
    if oauth.disuse is None or oauth.warn_after is None or now - used < oauth.warn_after:
        return None
    return (used + oauth.disuse).date()
