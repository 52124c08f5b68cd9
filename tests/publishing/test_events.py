"""The log of the publisher: whatever is in a text, one event is one line, and no password is in it."""

import json
import logging

import pytest

from newsroom.publishing import events
from newsroom.publishing.events import EventFormatter, note

HOSTILE = "Мост\n2026-11-22 ERROR подделка \u2028 \x1b[31m «" + '"'


@pytest.fixture(autouse=True)
def _enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker of imports, run by another test, switches off all loggers that it finds."""
    monkeypatch.setattr(events.log, "disabled", False)
    monkeypatch.setattr(logging.getLogger("newsroom.other"), "disabled", False)


def lines(caplog: pytest.LogCaptureFixture, *, as_json: bool) -> list[str]:
    return [EventFormatter(as_json=as_json).format(record) for record in caplog.records]


@pytest.mark.parametrize("as_json", [False, True])
def test_a_hostile_text_stays_on_its_line(caplog: pytest.LogCaptureFixture, as_json: bool) -> None:
    with caplog.at_level(logging.INFO, "newsroom"):
        note("verified", article=3, headline=HOSTILE, url="")
    [line] = lines(caplog, as_json=as_json)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "url" not in line
    if as_json:
        assert json.loads(line)["headline"] == HOSTILE
        assert json.loads(line)["article"] == 3


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "connection to postgresql://writer:s3cret@db.example/news failed",
        "mariadb+pymysql://writer:s3c:ret@db.example",
        "connection failed: host=db password=s3cret user=writer",
        "password: 's3cret word'",
    ],
)
def test_passwords_are_left_out_of_texts_and_traces(
    caplog: pytest.LogCaptureFixture, words: str, as_json: bool
) -> None:
    with caplog.at_level(logging.INFO, "newsroom"):
        note("site-paused", problem=words)
        try:
            raise RuntimeError(words)
        except RuntimeError as error:
            note("failed", error=error)
        logging.getLogger("newsroom.other").warning("%s", words)
    told = lines(caplog, as_json=as_json)
    assert len(told) == 3
    assert not [line for line in told if "s3c" in line or "ret@" in line or "\n" in line]
    assert "RuntimeError" in told[1]
