"""Dates, times and amounts as the user's own system writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale

from bridge_gui.errors import Param
from bridge_gui.wording.catalogue import Catalogue
from bridge_gui.wording.plain import as_amount, as_day, as_instant, places

MINUTE = 60.0


def system_locale() -> QLocale:
    """The system's locale, or a day-month-year one where the system has none."""
    found = QLocale.system()
    return QLocale("en_GB") if found.language() == QLocale.Language.C else found


class Formats:
    """Everything that reads differently in another country."""

    def __init__(self, words: Catalogue, locale: QLocale | None = None) -> None:
        self._words = words
        self._locale = locale or system_locale()
        self._days: dict[date, str] = {}
        short = self._locale.dateFormat(QLocale.FormatType.ShortFormat)
        self._day_format = short if "yyyy" in short else short.replace("yy", "yyyy")

    def day(self, value: date) -> str:
        """A day in figures."""
        if value not in self._days:
            self._days[value] = self._locale.toString(_qdate(value), self._day_format)
        return self._days[value]

    def short_day(self, value: date, now: datetime) -> str:
        """A day with its month in short, and with its year where that is another."""
        same = value.year == now.astimezone().year
        return self._locale.toString(_qdate(value), "d MMM" if same else "d MMM yyyy")

    def long_day(self, value: date) -> str:
        """A day with its month in words."""
        return self._locale.toString(_qdate(value), "d MMMM yyyy")

    def month(self, value: date) -> str:
        """A month with its year."""
        name = self._locale.standaloneMonthName(value.month)
        return f"{name[:1].upper()}{name[1:]} {value.year}"

    def amount(self, value: Decimal, currency: str = "") -> str:
        """An amount, exact, grouped and with the currency's decimals; no currency behind it."""
        sign = "-" if value < 0 else ""
        return self._written(f"{sign}{abs(value):.{places(value, currency)}f}")

    def plain(self, value: Decimal) -> str:
        """A number that is no amount, such as a quantity: with the decimals it needs."""
        return self._written(f"{value.normalize():f}")

    def money(self, value: Decimal, currency: str) -> str:
        """An amount with its currency."""
        return f"{self.amount(value, currency)} {currency}".rstrip()

    def number(self, value: int) -> str:
        """A count."""
        return self._locale.toString(value)

    def rate(self, value: Decimal) -> str:
        """A tax rate in per cent."""
        text = f"{value.normalize():f}".replace(".", self._locale.decimalPoint())
        return f"{text} %"

    def time(self, value: datetime) -> str:
        """The time of day, here."""
        return f"{value.astimezone():%H:%M}"

    def clock(self, value: datetime) -> str:
        """Day and time to the second, here; for the log."""
        local = value.astimezone()
        return f"{self.day(local.date())} {local:%H:%M:%S}"

    def when(self, value: datetime, now: datetime) -> str:
        """An instant as one says it: today, yesterday, tomorrow, or the day."""
        local, today = value.astimezone(), now.astimezone().date()
        time = self.time(value)
        if local.date() == today:
            return self._words.text("today {time}", time=time)
        if local.date() == today - timedelta(days=1):
            return self._words.text("yesterday {time}", time=time)
        if local.date() == today + timedelta(days=1):
            return self._words.text("tomorrow {time}", time=time)
        return self._words.text("{day} {time}", day=self.day(local.date()), time=time)

    def duration(self, seconds: float) -> str:
        """How long something takes, roughly."""
        if seconds < MINUTE:
            return self._words.text("under a minute")
        minutes = round(seconds / MINUTE)
        return self._words.many("about {count} minute", "about {count} minutes", minutes)

    def figure(self, value: Param) -> str:
        """An amount within a sentence; anything else as it is shown elsewhere."""
        if as_amount(value) is None:
            return self.shown(value)
        return self._written(str(value))

    def shown(self, value: Param) -> str:
        """A parameter of a message as a person reads it."""
        if not isinstance(value, str):
            return "" if value is None else str(value)
        moment, day = as_instant(value), as_day(value)
        if moment is not None:
            local = moment.astimezone()
            return f"{self.day(local.date())} {self.time(moment)}"
        return self.day(day) if day else value

    def _written(self, text: str) -> str:
        """Digits with a point, as the user's system writes them."""
        whole, _, rest = text.lstrip("-").partition(".")
        sign = self._locale.negativeSign() if text.startswith("-") else ""
        return (
            f"{sign}{self._locale.toString(int(whole))}{self._locale.decimalPoint() + rest if rest else ''}"
        )


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)
