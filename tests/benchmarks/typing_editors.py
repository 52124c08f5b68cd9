"""The editors that `bench_typing` compares, each opened in a process of its own.

``python -m tests.benchmarks.typing_editors NAME FOLDER ORDERS``, ORDERS as JSON: ``sizes`` of the texts, whether to
``blame``, and, except for the newsroom, which says it, the ``look`` of its page.
"""

import json
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.typist import Heart, serve

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from newsroom.domain.ids import ArticleId
    from ui.editor.article_pane import ArticlePane

WINDOW = (1440, 900)
_SHORT = ["Одна строка."]
_WORDS = ("мост", "город", "река", "утро", "школа", "автобус", "причал", "ремонт", "снег", "вечер", "каток", "берег")
_WRONG = ("гоорд", "рмонт", "бергг")


def paragraphs(size: int) -> list[str]:
    """Some 500 characters each, *size* in all; one word of fifty is misspelled. For 0 one line."""
    chance = random.Random(size)
    made, length = [], 0
    while length < size:
        words = [chance.choice(_WRONG if chance.random() < 0.02 else _WORDS) for _ in range(70)]
        made.append(" ".join(words).capitalize() + ".")
        length += len(made[-1]) + 2
    return made or _SHORT


class Bare:
    """A QTextEdit in a window of its own that shows the lines which the newsroom's page shows, in the same letters."""

    def __init__(self, orders: dict[str, Any]) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QApplication, QFrame, QTextEdit

        from ui import theme

        self.app = QApplication([])
        theme.choose_look(self.app, "light")
        self._texts = {size: "\n".join(paragraphs(size)) for size in (0, *orders["sizes"])}
        self.widget = QTextEdit()
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        self.widget.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.widget.setFont(theme.ui_font(theme.tokens().article))
        self.widget.document().setDocumentMargin(0)
        self.widget.show()
        look, bar = orders["look"], self.widget.verticalScrollBar().sizeHint().width()
        self.widget.setFixedSize(look["width"] + bar, look["height"])

    def open(self, size: int) -> None:
        self.widget.setPlainText(self._texts[size])

    def dress(self) -> None:
        """Give the paragraphs the leading and the margins of the newsroom's, so that as many lines are painted."""
        from PySide6.QtGui import QTextCursor

        from ui.editor.blocks import Style, block_format

        cursor = QTextCursor(self.widget.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(block_format(Style()))

    def close(self) -> None:
        self.widget.close()


class Newsroom:
    """The whole program, with a newsroom that holds the texts as articles."""

    def __init__(self, folder: Path, orders: dict[str, Any]) -> None:
        from PySide6.QtWidgets import QApplication

        from newsroom.app import create_newsroom
        from newsroom.desk.writing import create_article
        from newsroom.domain.article import Content
        from ui.app import Program

        newsroom = create_newsroom(folder / "home")
        desk = newsroom.sign_in("editor")
        self._articles: dict[int, ArticleId] = {}
        for size in (0, *orders["sizes"]):  # the newest is opened first, and shows how much room a long text has
            content = Content(headline=f"Текст в {size} знаков", body="\n\n".join(paragraphs(size)))
            self._articles[size] = create_article(desk, content).value
        newsroom.close()
        self.app = QApplication([])
        self._program = Program(self.app, folder / "home", login="editor", theme="light")
        self._program.window.resize(*WINDOW)
        self._program.show()
        articles = self._program.window.articles
        self._heart = Heart(self.app, blame=False)
        self._heart.until(lambda: articles.pane is not None and articles.pane.article is not None, "an article")
        self._heart.rest(1.0)

    @property
    def _pane(self) -> "ArticlePane":
        pane = self._program.window.articles.pane
        assert pane is not None
        return pane

    @property
    def widget(self) -> "QTextEdit":
        return self._pane.body

    @property
    def look(self) -> dict[str, Any]:
        """What others need to look the same; all in pixels but the ``points`` of letters."""
        from PySide6.QtGui import QFontInfo

        from ui import theme

        letters = QFontInfo(self.widget.font())
        return {
            "family": letters.family(),
            "points": letters.pointSize(),
            "leading": theme.ARTICLE_LEADING,
            "width": self.widget.viewport().width(),
            "height": self._pane.page.viewport().height(),
        }

    def open(self, size: int) -> None:
        self._pane.open(self._articles[size])

    def dress(self) -> None:
        """It is."""

    def close(self) -> None:
        self._program.window.close()
        self._heart.until(lambda: self._program.session.closed, "the end of the session")
        self._program.tasks.wait()


class NovelWriter:
    """The whole of novelWriter, with a project that holds the texts as documents, checked for spelling if it can.

    Its letters and column are those of the newsroom's page, everything else is as it is installed.
    """

    def __init__(self, folder: Path, orders: dict[str, Any]) -> None:
        from novelwriter import CONFIG, SHARED
        from PyQt6.QtGui import QFont

        self._folder, self._sizes = folder, orders["sizes"]
        look, self._window = orders["look"], SHARED.mainGui
        CONFIG.setTextFont(QFont(look["family"], look["points"]))
        CONFIG.textWidth = look["width"]
        CONFIG.lineHeight = look["leading"] / 100
        self.widget = self._window.docEditor
        self.widget.initEditor()
        self._handles = self._make_project(folder / "project")
        self._window.resize(*WINDOW)
        self._window.openProject(folder / "project")
        spelling = SHARED.spelling.spellLanguage
        self.about = f"spelling checked by {spelling}" if spelling else "spelling unchecked: no enchant with Russian"

    def _make_project(self, folder: Path) -> dict[int, str]:
        from novelwriter.core.project import NWProject
        from novelwriter.enum import nwItemClass

        project = NWProject()
        project.storage.createNewProject(folder)
        project.data.setName("Тексты")
        project.data.setSpellCheck(True)
        project.data.setSpellLang("ru_RU")
        project.setDefaultStatusImport()
        root = project.newRoot(nwItemClass.NOVEL)
        handles = {}
        for size in (0, *self._sizes):
            handles[size] = project.newFile(f"{size}", root)
            project.storage.getDocument(handles[size]).writeDocument("\n\n".join(paragraphs(size)))
        project.index.rebuild()
        project.saveProject()
        project.closeProject()
        return handles

    def open(self, size: int) -> None:
        self._window.openDocument(self._handles[size])

    def dress(self) -> None:
        """It is."""

    def close(self) -> None:
        self._window.saveDocument()


def _run_novelwriter(folder: Path, orders: dict[str, Any]) -> None:
    """novelWriter's own start; where it would begin to wait for its user, the measuring begins."""
    import novelwriter
    from novelwriter.guimain import GuiMain
    from PyQt6.QtWidgets import QApplication

    def measure(*_app: object) -> int:
        editor = NovelWriter(folder, orders)
        serve(QApplication.instance(), editor, {"about": editor.about}, blame=orders["blame"])
        return 0

    QApplication.exec = measure
    # Dialogs that would wait for somebody: which project to open, what is new, and that nothing checks Russian.
    GuiMain.showWelcomeDialog = lambda _window: None
    type(novelwriter.SHARED).warn = lambda _shared, *words, **_more: print(*words, file=sys.stderr)
    novelwriter.CONFIG.lastNotes = novelwriter.__hexversion__
    config = folder / "config"
    config.mkdir()
    novelwriter.main(["--config", str(config), "--data", str(folder / "data")])


def main() -> None:
    name, folder, orders = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    if name == "bare":
        bare = Bare(orders)
        serve(bare.app, bare, {}, blame=orders["blame"])
    elif name == "newsroom":
        newsroom = Newsroom(folder, orders)
        serve(newsroom.app, newsroom, {"look": newsroom.look}, blame=orders["blame"])
    else:
        _run_novelwriter(folder, orders)
    sys.stdout.flush()
    os._exit(0)  # the answers are given; what the toolkits take down at exit is not measured


if __name__ == "__main__":
    main()
