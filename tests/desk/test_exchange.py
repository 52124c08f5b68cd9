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


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("глубоко.md", "> " * 1000 + "дно", "слишком глубоко"),
        ("лестница.md", "\n".join("  " * depth + "- пункт" for depth in range(1000)), "слишком глубоко"),
        ("книга.md", "Мост\n\n" + "слово " * 400_000, "не больше"),
        ("книга.txt", "Мост\n\n" + "слово " * 400_000, "не больше"),
        ("поля.md", "---\nheadline: Мост\n---\n" + "слово " * 400_000, "не больше"),
        ("нули.md", "Мост\n\nоткрыт\0", r"U\+0000"),
        ("нули.txt", "Мост\n\nоткрыт\0", r"U\+0000"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_in_words(
    desks: Desks, tmp_path: Path, name: str, text: str, part: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=part):
        import_article(desks.editor, file)
    assert reading.article_ids(desks.editor, ArticleFilter()) == []
