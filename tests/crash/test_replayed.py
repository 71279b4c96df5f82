"""Every answer a vendor gives, twisted in every way, in every call that reads it: a value or a code, never a lie.

What is checked stands in `meaning`; what may pass because the vendor means it so, in `reviewed`. In CI a few hundred
answers of each vendor; `BRIDGE_LONG_TESTS=100000` has so many in all.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bridge_gui.app import registry
from bridge_gui.wording.render import Wording
from tests.crash.fuzzing import Fuzzer, Score
from tests.crash.recording import Archive
from tests.crash.replaying import pattern
from tests.crash.reviewed import REVIEWED, is_reviewed
from tests.longer import LONG

VENDORS = tuple(registry().vendors)
ANSWERS = LONG // len(VENDORS) or 250
SLOW = {"salescloud": 60, "sharefox": 120, "uniconta": 80}
"""Fewer in CI where one answer holds a hundred orders."""


@pytest.fixture(scope="module")
def knows() -> Callable[[str], bool]:
    """Whether a code has a sentence."""
    return Wording(registry().messages()).knows


@pytest.fixture(scope="module")
def fuzzers(archives: dict[str, Archive], knows: Callable[[str], bool]) -> dict[str, Fuzzer]:
    """One for each vendor."""
    return {key: Fuzzer(archive, knows) for key, archive in archives.items()}


def told(vendor: str, score: Score, seconds: float) -> str:
    codes = ", ".join(f"{code} {count}" for code, count in score.codes.most_common())
    return f"{vendor}: {score.answers} answers, {score.decoded} decoded, {codes}; {seconds:.0f} s"


@pytest.mark.timeout(max(120, LONG // 20))
@pytest.mark.logs_errors
@pytest.mark.parametrize("vendor", VENDORS)
def test_no_twisted_answer_is_half_understood(vendor: str, fuzzers: dict[str, Fuzzer]):
    began = time.process_time()
    answers = ANSWERS if LONG else SLOW.get(vendor, ANSWERS)
    score = fuzzers[vendor].run(LONG or 1, answers)
    print(told(vendor, score, time.process_time() - began))  # noqa: T201 - the long run's figures
    wrong = {str(one): None for one in score.found if not is_reviewed(vendor, one)}
    assert not wrong, "\n".join(list(wrong)[:60])
    assert score.answers == answers == score.decoded + score.codes.total()
    assert score.codes.total() > answers // 20, "hardly anything was refused"


def test_every_kind_of_answer_is_twisted(archives: dict[str, Archive], fuzzers: dict[str, Fuzzer]):
    """Each kind that was recorded within a call is asked for again, and each call gives what it gave."""
    for vendor, archive in archives.items():
        within = {
            pattern(archive.exchanges[number].request)
            for call in archive.calls
            for number in range(call.first, call.last)
        }
        assert within == {target.asked for target in fuzzers[vendor].targets}, vendor
        assert set(VENDORS) == set(archives)


def test_a_review_covers_no_exception_and_no_unknown_vendor():
    assert {one.vendor for one in REVIEWED} <= set(VENDORS)
    assert all(one.why and one.place for one in REVIEWED)
