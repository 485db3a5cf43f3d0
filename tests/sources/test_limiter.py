from __future__ import annotations

import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from synth.errors import AccessDenied, RateLimited, SourceError
from synth.sources.limiter import MAX_CLOSED_S, MAX_POSTPONE_S, Limiter, group, is_loopback


class Clock:
    """A clock that only sleeping and working move."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def limiter(tmp_path: Path, clock: Clock, delay_s: float = 3.0, **options) -> Limiter:
    return Limiter(delay_s, folder=tmp_path, clock=clock, sleep=clock.sleep, **options)


def test_the_first_request_goes_at_once_and_the_next_waits_from_the_end_of_the_first(tmp_path):
    clock = Clock()
    polite = limiter(tmp_path, clock)
    with polite.turn("export.arxiv.org"):
        clock.now += 7.0
    with polite.turn("export.arxiv.org"):
        pass
    assert clock.slept == [pytest.approx(3.0)]


def test_time_that_has_passed_counts(tmp_path):
    clock = Clock()
    with limiter(tmp_path, clock).turn("export.arxiv.org"):
        pass
    clock.now += 1.0
    with limiter(tmp_path, clock).turn("arxiv.org"):  # another object and host, the same group
        pass
    clock.now += 60.0
    with limiter(tmp_path, clock).turn("export.arxiv.org"):
        pass
    assert clock.slept == [pytest.approx(2.0)]


def test_no_setting_goes_under_three_seconds_for_arxiv(tmp_path):
    clock = Clock()
    hasty = limiter(tmp_path, clock, delay_s=0.0)
    assert hasty.delay_for("export.arxiv.org") == hasty.delay_for("arxiv.org:443") == 3.0
    assert hasty.delay_for("papers.example.org") == 3.0
    assert hasty.delay_for("127.0.0.1:8809") == 0.0
    assert limiter(tmp_path, clock, delay_s=5.0).delay_for("export.arxiv.org") == 5.0


def test_a_loopback_host_honours_the_setting_and_has_a_limit_of_its_own(tmp_path):
    clock = Clock()
    hasty = limiter(tmp_path, clock, delay_s=0.5)
    for host in ("127.0.0.1:1", "127.0.0.1:1", "127.0.0.1:2", "export.arxiv.org"):
        with hasty.turn(host):
            pass
    assert clock.slept == [pytest.approx(0.5)]


def test_waits_are_told(tmp_path):
    clock = Clock()
    told: list[tuple[float, str]] = []
    polite = limiter(tmp_path, clock, on_wait=lambda seconds, reason: told.append((round(seconds, 1), reason)))
    for _ in range(2):
        with polite.turn("export.arxiv.org"):
            clock.now += 0.9
        clock.now += 0.9
    assert told == [(2.1, "waiting 2.1 s for arxiv.org")]


def test_a_pause_that_the_server_asked_for_holds_for_every_process(tmp_path):
    clock = Clock()
    with limiter(tmp_path, clock).turn("arxiv.org") as turn:
        turn.postpone(30.0)
    with limiter(tmp_path, clock).turn("arxiv.org"):
        pass
    assert clock.slept == [pytest.approx(30.0)]


def test_of_two_pauses_the_longer_one_holds(tmp_path):
    clock = Clock()
    with limiter(tmp_path, clock).turn("arxiv.org") as turn:
        turn.postpone(30.0)
        turn.postpone(10.0)
    with limiter(tmp_path, clock).turn("arxiv.org"):
        pass
    assert clock.slept == [pytest.approx(30.0)]


def test_the_time_that_is_named_is_not_before_the_host_opens(tmp_path):
    clock = Clock()  # 1970-01-12 13:46:40
    with limiter(tmp_path, clock).turn("arxiv.org") as turn:
        assert "nothing before 1970-01-12 13:48 UTC" in str(turn.close(30.0, 429).error("arxiv.org is busy"))


def test_a_clock_set_back_costs_two_minutes_at_most(tmp_path):
    clock = Clock()
    with limiter(tmp_path, clock).turn("arxiv.org") as turn:
        turn.postpone(1e9)
    clock.now -= 1e6
    with limiter(tmp_path, clock).turn("arxiv.org"):
        pass
    assert clock.slept == [pytest.approx(MAX_POSTPONE_S)]


@pytest.mark.parametrize(("status", "kind"), [(403, AccessDenied), (429, RateLimited)])
def test_a_closed_host_is_closed_to_every_process_at_once_and_opens_again(tmp_path, status, kind):
    clock = Clock()
    with limiter(tmp_path, clock).turn("arxiv.org") as turn:
        turn.close(3600.0, status)
    clock.now += 3599.0
    closed = pytest.raises(kind, match=rf"^arxiv\.org .*\({status}\); Synth asks arxiv\.org nothing before 1970-01-12")
    with closed as caught, limiter(tmp_path, clock).turn("export.arxiv.org"):
        raise AssertionError("a turn while it is closed")
    assert caught.value.facts["retry_after_s"] == pytest.approx(1.0)
    with limiter(tmp_path, clock).turn("elsewhere.org"):
        pass
    clock.now += 2.0
    for _ in range(2):
        with limiter(tmp_path, clock).turn("arxiv.org"):
            pass
    assert clock.slept == [pytest.approx(3.0)]


def test_nothing_is_closed_for_more_than_a_day_nor_by_a_clock_set_back(tmp_path):
    clock = Clock()
    with limiter(tmp_path, clock).turn("arxiv.org") as turn:
        assert turn.close(1e9, 429).until == clock.now + MAX_CLOSED_S
    clock.now -= 1e6
    with limiter(tmp_path, clock).turn("arxiv.org"):
        pass


@pytest.mark.parametrize(
    "damage", [b"", b"not a time", b"\xff\xfe", b"nan", b"1\nsoon 403", b"1\n2", b"1\nnan 403", b"1\n9e99 429"]
)
def test_a_damaged_stamp_is_no_crash(tmp_path, damage):
    (tmp_path / "arxiv.org.lock").write_bytes(damage)
    clock = Clock()
    with limiter(tmp_path, clock).turn("arxiv.org"):
        pass
    assert sum(clock.slept) <= MAX_POSTPONE_S


def test_an_error_inside_a_turn_still_leaves_the_stamp(tmp_path):
    clock = Clock()
    with pytest.raises(KeyError), limiter(tmp_path, clock).turn("arxiv.org"):
        raise KeyError
    with limiter(tmp_path, clock).turn("arxiv.org"):
        pass
    assert clock.slept == [pytest.approx(3.0)]


def test_two_threads_never_hold_a_turn_together(tmp_path):
    inside = 0
    most = 0
    guard = threading.Lock()

    def ask() -> None:
        nonlocal inside, most
        with Limiter(0.0, folder=tmp_path).turn("127.0.0.1:9"):
            with guard:
                inside += 1
                most = max(most, inside)
            time.sleep(0.01)
            with guard:
                inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def _hold(folder: Path, entered, leave) -> None:
    with Limiter(0.0, folder=folder).turn("arxiv.org"):
        entered.set()
        leave.wait(20)


def test_another_process_is_waited_for_and_told_of(tmp_path):
    context = multiprocessing.get_context("spawn")
    entered, leave = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path, entered, leave))
    other.start()
    assert entered.wait(20)
    told: list[str] = []
    clock = Clock()

    def sleep(seconds: float) -> None:
        if seconds < 1:  # a poll of the lock: real time must pass
            leave.set()
            time.sleep(0.02)
        clock.sleep(seconds)

    polite = Limiter(3.0, folder=tmp_path, clock=clock, sleep=sleep, on_wait=lambda _, reason: told.append(reason))
    with polite.turn("export.arxiv.org"):
        pass
    other.join(20)
    assert other.exitcode == 0
    assert told[0] == "another Synth is asking arxiv.org"


def test_a_lock_that_is_never_given_back_ends_in_one_line(tmp_path):
    clock = Clock()
    busy = pytest.raises(SourceError, match=r"has kept arxiv\.org busy for 15 minutes")
    with Limiter(0.0, folder=tmp_path).turn("arxiv.org"), busy, limiter(tmp_path, clock).turn("arxiv.org"):
        raise AssertionError("two turns at once")


def test_a_lock_that_cannot_be_opened_is_one_line(tmp_path):
    (tmp_path / "arxiv.org.lock").mkdir()
    with (
        pytest.raises(SourceError, match="the lock of arXiv's rate limit cannot be written"),
        Limiter(0.0, folder=tmp_path).turn("arxiv.org"),
    ):
        raise AssertionError("no turn without a lock")


def test_groups_and_loopback_hosts():
    assert group("Export.arXiv.org:443") == "arxiv.org"
    assert group("notarxiv.org") == "notarxiv.org"
    assert group("arxiv.org.example.org") == "arxiv.org.example.org"
    assert group("127.0.0.1:88") == "127.0.0.1:88"
    assert all(is_loopback(host) for host in ("localhost", "127.0.0.1", "127.0.0.1:80", "[::1]:80", "localhost:1"))
    assert not any(is_loopback(host) for host in ("arxiv.org", "10.0.0.1", "localhost.example.org"))
