"""Articles from files that strangers may have written."""

from pathlib import Path

import pytest

from newsroom.desk import reading
from newsroom.desk.exchange import import_article
from newsroom.domain.article import ArticleFilter
from newsroom.domain.errors import InvalidInput
from tests.newsrooms import Desks


@pytest.mark.parametrize("photo", [r"\\server\share\x.jpg", "//server/share/x.jpg"])
def test_a_file_cannot_send_the_program_to_another_computer(desks: Desks, tmp_path: Path, photo: str) -> None:
    file = tmp_path / "статья.md"
    file.write_text(f"---\nheadline: Мост\nphoto: '{photo}'\n---\nТекст.\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="на другом компьютере"):
        import_article(desks.editor, file)
    assert reading.article_ids(desks.editor, ArticleFilter()) == []
