"""The picture of the list that the next session begins with."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsroom.domain.ages import AgeRating
from ui.articles.snapshot import ROWS, read_snapshot, snapshot_file, write_snapshot

from .test_article_model import article_row


def test_what_is_written_is_read(tmp_path):
    row = replace(article_row(1), age=AgeRating.TWELVE, when=datetime(2026, 1, 2, tzinfo=UTC), pinned=True, comments=3)
    file = snapshot_file(tmp_path)
    write_snapshot(file, [row] * (ROWS + 5), "Asia/Vladivostok")
    snapshot = read_snapshot(file)
    assert snapshot is not None
    assert snapshot.rows == (row,) * ROWS
    assert snapshot.zone.key == "Asia/Vladivostok"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"version": 2}', '{"version": 1, "zone": "Mars/Base", "rows": []}',
     '{"version": 1, "zone": "Asia/Vladivostok", "rows": [{"id": 1}]}', '{"version": 1, "zone": 5, "rows": 7}'],
)  # fmt: skip
def test_a_broken_picture_is_passed_over(tmp_path, text):
    file = tmp_path / "articles.json"
    file.write_text(text, "utf-8")
    assert read_snapshot(file) is None


def test_no_picture_is_no_trouble(tmp_path):
    assert read_snapshot(tmp_path / "nothing.json") is None


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    write_snapshot(snapshot_file(tmp_path), [article_row(1)], "Europe/Moscow")
    assert read_snapshot(snapshot_file(tmp_path)) is None
