"""The reader answers beside the window: newest first, replaced questions to nobody."""

from __future__ import annotations

import threading

import pytest

from bridge_gui.desktop.jobs import Done, Failure
from bridge_gui.desktop.reader import Reader
from bridge_gui.errors import SetupError


@pytest.fixture
def reader(qapp):
    made = Reader()
    yield made
    assert made.close()


def test_answers_in_the_windows_thread(reader, qtbot):
    answers = []
    reader.ask("a", threading.get_ident, lambda result: answers.append((result.value, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    asked, answered = answers[0]
    assert asked != answered == threading.get_ident()


def test_the_newest_question_is_answered_first(reader, qtbot):
    gate, order = threading.Event(), []
    reader.ask("gate", lambda: gate.wait(5), lambda _result: None)
    qtbot.wait(50)
    for key in "abc":
        reader.ask(key, lambda key=key: order.append(key), lambda _result: None)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["c", "b", "a"]


def test_a_replaced_question_is_answered_to_nobody(reader, qtbot):
    gate, answers = threading.Event(), []
    reader.ask("a", lambda: gate.wait(5), lambda _result: answers.append("old, under way"))
    qtbot.wait(50)
    reader.ask("a", lambda: 1, lambda _result: answers.append("old, waiting"))
    reader.ask("a", lambda: 2, answers.append)
    reader.ask("b", lambda: 3, lambda _result: answers.append("forgotten"))
    reader.forget("b")
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    qtbot.wait(50)
    assert answers == [Done(2)]


def test_an_error_becomes_plain_data(reader, qtbot):
    def broken():
        raise SetupError("store.locked")

    answers = []
    reader.ask("a", broken, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [Failure(code="store.locked")]


def test_after_closing_nothing_is_asked(qapp):
    reader = Reader()
    assert reader.close()
    reader.ask("a", lambda: 1, lambda _result: pytest.fail("answered"))
    assert not reader.isRunning()
