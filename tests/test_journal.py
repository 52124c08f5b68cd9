"""The local journal: atomic, durable, and never thrown away because it cannot be understood."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.domain.anchors import Anchor
from newsroom.domain.comments import Place
from newsroom.domain.errors import EnvironmentFault
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.journal import CommentEntry, Entry, Journal, new_key
from tests.newsrooms import GOOD

NOON = datetime(2026, 11, 22, 2, tzinfo=UTC)


def entry(key: str = "a", **changes: object) -> Entry:
    values: dict[str, object] = {
        "key": key,
        "article": ArticleId(7),
        "base_revision": 3,
        "base_hash": "ab" * 32,
        "content": GOOD,
        "login": "editor",
        "written_at": NOON,
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]


def test_what_is_written_is_read_back_the_oldest_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal" / new_key())
    later = entry("a", written_at=NOON + timedelta(minutes=1), article=None)
    journal.write(later)
    journal.write(entry("b"))
    journal.write(entry("b", content=GOOD.with_(headline="Полслова \ud83d")))
    assert [(one.key, one.content.headline) for one in journal.entries()] == [
        ("b", "Полслова \ud83d"),
        ("a", GOOD.headline),
    ]
    assert journal.entries()[1] == later


def test_a_comment_begun_is_kept_beside_the_texts_and_forgotten_like_them(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    place = Place(Field.LEAD, Anchor("перед ", "слова \ud83d", " после", 7))
    new = CommentEntry("c", ArticleId(7), place, None, "Кто\nэто?", "editor", NOON)
    reworded = CommentEntry("b", None, place, CommentId(3), "Кто?", "chief", NOON - timedelta(minutes=1))
    journal.write(new)
    journal.write(reworded)
    journal.write(entry())
    (journal.folder / "d.comment").write_text('{"article": 1}')
    assert journal.comments() == [reworded, new]
    assert [one.key for one in journal.entries()] == ["a"]
    assert (journal.folder / "d.broken").exists()
    journal.forget("c")
    assert journal.comments() == [reworded]


def test_a_forgotten_entry_is_gone_and_an_empty_folder_goes_too(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.write(entry())
    journal.remove_if_empty()
    assert journal.entries()
    journal.forget("a")
    journal.forget("a")
    journal.remove_if_empty()
    assert not journal.folder.exists()
    assert journal.entries() == []


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"article": 1}', b"\xff\xfe", b"null"])
def test_a_broken_file_is_put_aside_and_kept(tmp_path: Path, data: bytes) -> None:
    journal = Journal(tmp_path)
    journal.write(entry())
    (tmp_path / "b.json").write_bytes(data)
    assert [one.key for one in journal.entries()] == ["a"]
    assert (tmp_path / "b.broken").read_bytes() == data


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are POSIX")
def test_a_full_disk_is_told_and_leaves_the_text_before_whole(tmp_path: Path) -> None:
    Journal(tmp_path).write(entry())
    script = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from pathlib import Path
from tests.test_journal import entry, Journal, GOOD
from newsroom.domain.errors import EnvironmentFault
try:
    Journal(Path({str(tmp_path)!r})).write(entry(content=GOOD.with_(body="слово " * 5000)))
except EnvironmentFault as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "остаётся в окне" in told.stdout
    assert [one.content for one in Journal(tmp_path).entries()] == [GOOD]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("это файл")
    with pytest.raises(EnvironmentFault, match="не записана"):
        Journal(tmp_path / "journal").write(entry())
