"""What programs put on the clipboard (written by hand after them, see the files beside) as the editor's blocks."""

from pathlib import Path

import pytest

from newsroom.text.document import HardBreak, Heading, Item, List, Paragraph, Quote, Raw, Run
from newsroom.text.html_import import document_from_html

FOLDER = Path(__file__).parent / "clipboards"

TITLE = Heading(2, (Run("Мост открыли"),))


def news(link: str, words: str = "план") -> Paragraph:
    """The paragraph that most of them hold."""
    return Paragraph(
        (
            Run("Движение пустили "),
            Run("в полдень", bold=True),
            Run(", как и "),
            Run("обещали", italic=True),
            Run(" ("),
            Run(words, link=f"https://gorod.example/most{link}"),
            Run(")."),
        )
    )


def item(text: str, *children: List) -> Item:
    return Item((Run(text),), children)


def lanes(*, ordered: bool) -> List:
    return List((item("две полосы;", List((item("для автобусов;"),), ordered)), item("тротуар.")))


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        (
            "word",
            (
                TITLE,
                news("?id=7", "план работ"),
                lanes(ordered=True),
                Paragraph((Run("Мост утром. Фото: Анна Ким"),)),
                Raw("| Год | Машин |\n| --- | --- |\n| 2025 | 900 |"),
            ),
        ),
        (
            "writer",
            (
                TITLE,
                news(""),
                lanes(ordered=True),
                Quote(((Run("«Ждали три года», — сказала Ольга."),),)),
                Paragraph((Run("Конец 1"),)),
            ),
        ),
        ("google-docs", (TITLE, news(""), lanes(ordered=False))),
        (
            "chrome",
            (
                TITLE,
                Paragraph((Run("20 ноября, 12:00"),)),
                Paragraph((Run("Мост утром"),)),
                news("?id=7#plan"),
                List((item("две полосы;"), item("тротуар."))),
                Quote(((Run("Ждали три года."),),), "Ольга Пирогова"),
            ),
        ),
        ("firefox", (TITLE, news("?id=7"), List((item("раз"), item("два")), ordered=True, start=3))),
        (
            "whatsapp",
            (
                Paragraph(
                    (
                        Run("Мост "),
                        Run("открыли", bold=True),
                        Run(" 🎉"),
                        HardBreak(),
                        Run("Движение с полудня: "),
                        Run("https://gorod.example/most", link="https://gorod.example/most"),
                    )
                ),
            ),
        ),
        (
            "vk",
            (
                Paragraph((Run("Мост открыли 🎉"),)),
                Paragraph((Run("Движение пустили в полдень"), HardBreak(), Run("и без пробок."))),
                Paragraph(
                    (
                        Run("gorod.example/most", link="https://gorod.example/most?id=7"),
                        HardBreak(),
                        Run("#мост", link="https://vk.com/feed?section=search&q=%23%D0%BC%D0%BE%D1%81%D1%82"),
                    )
                ),
            ),
        ),
        (
            "telegram-web",
            (
                Paragraph((Run("Мост открыли", bold=True), Run(" 🎉"))),
                Paragraph(
                    (
                        Run("Движение пустили в "),
                        Run("полдень", italic=True),
                        Run(". "),
                        Run("План", link="https://gorod.example/most"),
                    )
                ),
            ),
        ),
    ],
)
def test_structure_stays_and_everything_else_goes(name, blocks):
    html = (FOLDER / f"{name}.html").read_text("utf-8")
    assert document_from_html(html).blocks == blocks
