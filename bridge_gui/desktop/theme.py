"""Light and dark from the same tokens: one palette and one short style sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from bridge_gui.desktop.sheet import sheet

FONT_PX = 13


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Every colour of the window. Amber only where a person is needed, red only for what is wrong."""

    dark: bool
    window: str
    side: str
    surface: str
    hover: str
    line: str
    edge: str
    field: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    quiet_soft: str
    amber: str
    amber_soft: str
    red: str
    red_soft: str
    chart_sales: str


LIGHT = Tokens(
    dark=False,
    window="#F5F5F3",
    side="#EDEFEC",
    surface="#FFFFFF",
    hover="#F1F4F2",
    line="#E2E5E1",
    edge="#D3D8D3",
    field="#848D88",
    text="#1C2220",
    muted="#59635F",
    accent="#0B6E5F",
    accent_hover="#095A4E",
    on_accent="#FFFFFF",
    accent_soft="#DCEAE5",
    quiet_soft="#ECEEEC",
    amber="#8A5200",
    amber_soft="#FCEFD9",
    red="#A8232B",
    red_soft="#FBE5E4",
    chart_sales="#7FB3A6",
)
DARK = Tokens(
    dark=True,
    window="#171A19",
    side="#1C1F1E",
    surface="#202423",
    hover="#272C2A",
    line="#2F3533",
    edge="#3C4441",
    field="#6F7A75",
    text="#E8ECEA",
    muted="#A0AAA6",
    accent="#4FC3AE",
    accent_hover="#6BD2BF",
    on_accent="#0B1F1B",
    accent_soft="#25403A",
    quiet_soft="#2C3230",
    amber="#F3B75C",
    amber_soft="#3B2C15",
    red="#F48F87",
    red_soft="#422021",
    chart_sales="#3A7167",
)


def palette(tokens: Tokens) -> QPalette:
    """The tokens as Qt's roles, so that plain widgets look right without a style sheet."""
    roles = QPalette.ColorRole
    chosen = {
        roles.Window: tokens.window,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.hover,
        roles.Button: tokens.surface,
        roles.ToolTipBase: tokens.surface,
        roles.WindowText: tokens.text,
        roles.Text: tokens.text,
        roles.ButtonText: tokens.text,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Highlight: tokens.accent_soft,
        roles.HighlightedText: tokens.text,
        roles.Accent: tokens.accent,
        roles.Link: tokens.accent,
        roles.Mid: tokens.line,
    }
    result = QPalette()
    for role, colour in chosen.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return result


def system_is_dark(app: QApplication) -> bool:
    """Whether the desktop asks for dark colours."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def figures(font: QFont) -> QFont:
    """The same font with figures of one width, for columns of numbers."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


class Theme(QObject):
    """The tokens in use; follows the system unless told otherwise."""

    changed = Signal()

    def __init__(self, app: QApplication, *, dark: bool | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._fixed = dark
        self.tokens = LIGHT
        self._colours: dict[str, QColor] = {}
        font = app.font()
        font.setPixelSize(FONT_PX)
        app.setStyle("Fusion")
        app.setFont(font)
        self._follow()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def colour(self, name: str) -> QColor:
        """A token's value as a colour, made once."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(name)
        return found

    def choose(self, *, dark: bool | None) -> None:
        """Light, dark, or (None) as the system has it."""
        self._fixed = dark
        self._follow()

    @Slot()
    def _follow(self) -> None:
        dark = system_is_dark(self._app) if self._fixed is None else self._fixed
        self.tokens = DARK if dark else LIGHT
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(sheet(self.tokens))
        self.changed.emit()
