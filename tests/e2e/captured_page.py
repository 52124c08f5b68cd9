"""The captured page, found beside the project, as an article file; its sentences are not kept in the project."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.photos.pictures import encoded, picture

PAGE = Path(__file__).parents[3] / "shared" / "seed" / "page.txt"


@dataclass(frozen=True)
class CapturedArticle:
    headline: str
    lead: str
    date: str
    rubric: str
    credit: str
    paragraphs: tuple[str, ...]

    def write(self, folder: Path) -> Path:
        """The article as front matter and Markdown with its photo, as an editor would type it."""
        (folder / "photo.jpg").write_bytes(encoded(picture(1600, 1000)))
        file = folder / "article.md"
        fields = {
            "headline": self.headline,
            "lead": self.lead,
            "rubric": self.rubric,
            "date": self.date,
            "age": "12+",
            "photo": "photo.jpg",
            "caption": self.headline,
            "credit": self.credit,
            "alt": "Сотрудники контактного центра за работой",
        }
        matter = "".join(f"{key}: {value}\n" for key, value in fields.items())
        file.write_text(f"---\n{matter}---\n" + "\n\n".join(self.paragraphs) + "\n", encoding="utf-8")
        return file


def captured_article() -> CapturedArticle:
    """Skips the test where the page is not at hand."""
    if not PAGE.exists():
        pytest.skip(f"the captured page is not at {PAGE}")
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    after_feed = lines[lines.index("") :]
    headline, lead, dateline = [line.strip() for line in after_feed if line.strip()][:3]
    date, _comma, rest = dateline.partition(", ")
    clock, _blank, rubric = rest.partition(" ")
    credit = next(line for line in lines if line.startswith("Фото: ")).removeprefix("Фото: ")
    body = lines[lines.index("Ctrl+Enter") + 1 :]
    paragraphs = [line.strip() for line in body if line.strip() and not line.strip().isdigit()]
    *text, speaker, words = paragraphs
    quote = f"> {words}\n>\n> — {speaker.rstrip(':')}"
    return CapturedArticle(headline, lead, f"{date}, {clock}", rubric, credit, (*text, quote))
