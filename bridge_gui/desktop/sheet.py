"""The style sheet, short on purpose: the palette and Fusion do the rest."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge_gui.desktop.theme import Tokens

_SHEET = Template("""
QToolTip { color: $text; background: $surface; border: 1px solid $edge; padding: 4px 8px; }
QPushButton { background: $surface; border: 1px solid $edge; border-radius: 6px; padding: 7px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { color: $muted; background: transparent; border-color: $line; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
    font-weight: 600; padding: 7px 18px; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: 6px 17px; }
QPushButton[look="primary"]:disabled { background: $quiet_soft; color: $muted; border-color: $quiet_soft; }
QPushButton[look="plain"] { background: transparent; border: 1px solid transparent; color: $accent;
    font-weight: 600; text-align: left; padding: 7px 8px; }
QPushButton[look="plain"]:hover { background: $accent_soft; }
QPushButton[look="plain"]:focus { border: 1px solid $accent; }
QPushButton[look="plain"]:disabled { color: $muted; }
QPushButton[look="figure"] { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 0; }
QPushButton[look="figure"]:hover { border-color: $muted; }
QPushButton[look="figure"]:focus { border: 1px solid $accent; }
QLineEdit, QComboBox { background: $surface; border: 1px solid $field; border-radius: 6px; padding: 6px 10px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus { border: 1px solid $accent; }
QComboBox { padding-right: 28px; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }
QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[look="side"] { background: $side; border: 0; border-right: 1px solid $line; }
QFrame[look="ribbon"] { background: $accent_soft; border: 0; border-bottom: 1px solid $line; }
QFrame[look="ribbon"] QLabel[look="pill"] { background: $accent; color: $on_accent; font-weight: 600;
    border-radius: 9px; padding: 1px 10px; }
QFrame[look="strip"] { background: transparent; border: 0; }
QFrame[look="code"] { background: $hover; border: 1px solid $line; border-radius: 6px; }
QLabel[look="title"] { font-size: 19px; font-weight: 600; }
QLabel[look="heading"] { font-size: 15px; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="figure"] { font-size: 22px; font-weight: 600; }
QLabel[look="muted"] { color: $muted; }
QLabel[tone="amber"] { color: $amber; }
QLabel[tone="red"] { color: $red; }
QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 9px 14px 8px 14px;
    border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; top: -1px; padding-top: 16px; }
QProgressBar { background: $line; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QAbstractItemView[look="list"], QTableView { background: $surface; border: 1px solid $line;
    border-radius: 8px; outline: 0; gridline-color: transparent; }
QAbstractItemView[look="side"] { background: transparent; border: 0; outline: 0; }
QTableView QTableCornerButton::section { background: transparent; border: 0; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; color: $muted; font-size: 11px; font-weight: 600;
    border: 0; border-bottom: 1px solid $line; padding: 0 12px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: transparent; }
""")


def sheet(tokens: Tokens) -> str:
    """The style sheet in the colours of these tokens."""
    return _SHEET.substitute(asdict(tokens))
