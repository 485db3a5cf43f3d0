from __future__ import annotations

import datetime as dt
import email.utils
import pickle
import socket

import pytest

from synth import __version__
from synth.errors import AccessDenied, QueryRejected, RateLimited, SourceError
from synth.sources.http import PoliteClient
from synth.sources.limiter import Limiter
from synth.sources.wire import (
    NotFound,
    TooLarge,
    Unreachable,
    retry_after,
    user_agent,
    without_downgrade,
)
from tests.sources.conftest import make_client
from tests.sources.server import Answer

GOOD = Answer(body=b"whole body", kind="Text/Plain; charset=utf-8")


def test_a_whole_answer_over_one_kept_connection(fake, client, naps):
    fake.answers(GOOD)
    for _ in range(3):
        response = client.get(f"{fake.url}/x")
    assert (response.body, response.content_type) == (b"whole body", "text/plain")
    assert fake.connections == 1
    assert naps == []
    assert client.requests == 3


def test_the_user_agent_is_honest(fake, client):
    fake.answers(GOOD)
    client.get(f"{fake.url}/x")
    assert fake.agents == [f"synth/{__version__} (claim-verification literature synthesizer)"]
    assert user_agent("me@example.org").endswith("; +me@example.org)")
    assert "\n" not in user_agent("a@b\r\nX-Evil: 1")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again_later_and_later(fake, client, naps, status):
    fake.answers(*[Answer(status=status)] * 3, GOOD)
    assert client.get(f"{fake.url}/x").body == b"whole body"
    assert naps == [2.0, 4.0, 8.0]


def test_retry_after_in_seconds_and_as_a_date_is_honoured(fake, client, naps):
    soon = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=50), usegmt=True)
    fake.answers(
        Answer(status=429, headers={"Retry-After": "20"}), Answer(status=503, headers={"Retry-After": soon}), GOOD
    )
    client.get(f"{fake.url}/x")
    assert naps[0] == 20.0
    assert 45 < naps[1] <= 50


def test_a_long_retry_after_ends_at_once_and_says_how_long(fake, client, naps):
    fake.answers(Answer(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(RateLimited, match=r"asks for a pause of 3,600 s.*asked once") as caught:
        client.get(f"{fake.url}/x")
    assert caught.value.facts["retry_after_s"] == 3600
    assert len(fake.paths) == 1
    assert naps == []


@pytest.mark.parametrize(
    ("answer", "kind", "closed_s"),
    [
        (Answer(status=403), AccessDenied, 3600),
        (Answer(status=403, headers={"Retry-After": "7200"}), AccessDenied, 7200),
        (Answer(status=429, headers={"Retry-After": "600"}), RateLimited, 600),
        (Answer(status=503, headers={"Retry-After": "1000000"}), RateLimited, 86_400),
    ],
)
def test_nothing_more_is_asked_until_the_time_that_the_message_names(fake, tmp_path, answer, kind, closed_s):
    now = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC).timestamp()
    until = f"{dt.datetime.fromtimestamp(now + closed_s, dt.UTC):%Y-%m-%d %H:%M} UTC"

    def another() -> PoliteClient:
        return PoliteClient(fake.url, limiter=Limiter(0.0, folder=tmp_path, clock=lambda: now))

    fake.answers(answer, GOOD)
    with another() as first, pytest.raises(kind, match=rf"nothing before {until}"):
        first.get(f"{fake.url}/x")
    now += closed_s - 1
    with another() as second, pytest.raises(kind, match=rf"nothing before {until}"):
        second.get(f"{fake.url}/y")
    assert (fake.paths, second.requests) == (["/x"], 0)
    now += 2
    with another() as third:
        assert third.get(f"{fake.url}/z").body == b"whole body"


@pytest.mark.parametrize(("status", "kind"), [(429, RateLimited), (503, RateLimited), (500, SourceError)])
def test_five_attempts_and_no_more(fake, client, status, kind):
    fake.answers(Answer(status=status))
    with pytest.raises(kind, match=rf"kept answering {status}.*asked 5 times") as caught:
        client.get(f"{fake.url}/x")
    assert len(fake.paths) == client.requests == 5
    assert type(caught.value) is kind
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("how", ["truncate", "reset"])
def test_cut_answers_are_asked_again(fake, client, how):
    fake.answers(Answer(body=b"x" * 1000, how=how), GOOD)
    assert client.get(f"{fake.url}/x").body == b"whole body"
    fake.answers(Answer(body=b"x" * 1000, how=how))
    with pytest.raises(SourceError, match="did not answer in full"):
        client.get(f"{fake.url}/x")


def test_a_stall_times_out_is_asked_again_and_given_up_after_three(fake, client):
    fake.answers(Answer(how="hang", seconds=1.0), GOOD)
    assert client.get(f"{fake.url}/x").body == b"whole body"
    fake.paths.clear()
    fake.answers(Answer(how="hang", seconds=1.0))
    with pytest.raises(SourceError, match=r"timed out.*asked 3 times"):
        client.get(f"{fake.url}/x")
    assert len(fake.paths) == 3


def test_a_slow_body_runs_into_the_total_limit(fake, naps, tmp_path):
    fake.answers(GOOD)
    with make_client(fake.url, naps, tmp_path, total_s=-1.0) as hasty, pytest.raises(SourceError, match="timed out"):
        hasty.get(f"{fake.url}/x")


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        (400, QueryRejected, "not understood"),
        (403, AccessDenied, "refused access"),
        (404, NotFound, "holds nothing"),
        (410, NotFound, "holds nothing"),
        (418, SourceError, "answered 418; expected 200"),
    ],
)
def test_what_will_not_pass_is_asked_once(fake, client, naps, status, kind, message):
    fake.answers(Answer(status=status, body=b"why not"))
    with pytest.raises(kind, match=message):
        client.get(f"{fake.url}/x")
    assert len(fake.paths) == 1
    assert naps == []


@pytest.mark.parametrize("how", ["whole", "flood"])
def test_the_byte_cap_holds_with_and_without_an_announced_length(fake, client, how):
    fake.answers(Answer(body=b"x" * 5000, how=how))
    assert len(client.get(f"{fake.url}/x", max_bytes=5000).body) == 5000
    with pytest.raises(TooLarge, match="holds more than"):
        client.get(f"{fake.url}/x", max_bytes=4999)
    assert len(fake.paths) == 2


def test_a_redirect_on_the_host_is_followed_and_counted(fake, client):
    fake.answers(Answer(status=302, headers={"Location": "/there"}), GOOD)
    response = client.get(f"{fake.url}/here")
    assert response.url == f"{fake.url}/there"
    assert fake.paths == ["/here", "/there"]
    assert client.requests == 2


@pytest.mark.parametrize(
    "target",
    ["https://example.org/x", "http://127.0.0.1:1/x", "file:///etc/passwd", "http://me@127.0.0.1/", "//evil.example/x"],
)
def test_a_redirect_off_the_list_is_refused(fake, client, target):
    fake.answers(Answer(status=301, headers={"Location": target}))
    with pytest.raises(SourceError, match="Synth asks no other host"):
        client.get(f"{fake.url}/x")
    assert len(fake.paths) == 1


def test_redirects_in_a_circle_end(fake, client):
    fake.answers(Answer(status=302, headers={"Location": "/x"}))
    with pytest.raises(SourceError, match="redirects more than 5 times"):
        client.get(f"{fake.url}/x")


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://127.0.0.1/", "/relative", "http://[::1", "https://arxiv.org:99/"]
)
def test_no_other_address_is_asked(client, url):
    with pytest.raises(SourceError, match=r"Synth asks no other host|is no address"):
        client.get(url)
    assert client.requests == 0


def test_https_is_never_left():
    https = "https://arxiv.org/pdf/2005.13013.pdf"
    assert without_downgrade(https, "http://arxiv.org/pdf/2005.13013") == "https://arxiv.org/pdf/2005.13013"
    assert without_downgrade("http://127.0.0.1/a", "http://127.0.0.1/b") == "http://127.0.0.1/b"
    with pytest.raises(SourceError, match="without encryption"):
        without_downgrade(https, "http://arxiv.org:8080/x")


def test_nobody_listening_is_told_after_two_attempts(naps, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with make_client(url, naps, tmp_path) as alone, pytest.raises(Unreachable, match=r"check the network.*2 times"):
        alone.get(f"{url}/x")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("7", 7.0), ("soon", None), ("-3", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("", None)],
)
def test_retry_after_headers(value, expected):
    assert retry_after(value) == expected


def test_a_date_of_another_time_zone_names_the_same_moment():
    there, here = retry_after("Wed, 21 Oct 2099 09:28:00 +0200"), retry_after("Wed, 21 Oct 2099 07:28:00 GMT")
    assert there == pytest.approx(here, abs=60)
