"""Spelling on the page: the lists are read behind the window, doubtful words are marked, mended and gone through.

The house dictionary follows what any desk changes in it; the words passed over are those of the article, and kept with
it from the moment that it is kept itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QFont, QTextBlock
from PySide6.QtWidgets import QMenu, QTextEdit

from newsroom.domain.vocabulary import HouseWord, Yo
from newsroom.text.spelling.house import HouseWords
from newsroom.text.spelling.judging import Lexicons
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.tokens import CHUNK, as_written, has_yo
from newsroom.words import _
from ui.context import Context
from ui.editor.commands import one_step
from ui.editor.page_view import PageView
from ui.editor.spelling_marks import Mark, SpellingMarks, cursor_over
from ui.fields.text_fields import MarkedField

if TYPE_CHECKING:
    from newsroom.domain.article import Article
    from newsroom.domain.changes import Changes
    from newsroom.domain.ids import ArticleId

#: Suggestions in the menu.
_OFFERED: Final = 5
#: Seconds of going through the text in one turn.
_TURN: Final = 0.008


class Spelling(QObject):
    """Watches over *fields* of *page*, in the order of reading, while it is switched on.

    Signals:
        none_left(): no doubtful word was found where one was looked for.
    """

    none_left = Signal()

    def __init__(self, fields: Sequence[MarkedField], page: PageView, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._page, self._ctx = tuple(fields), page, ctx
        self.marks = SpellingMarks(fields, self)
        self._on = self._loading = False
        self._lexicons: Lexicons | None = None
        self._house = HouseWords()
        self._speller: Speller | None = None
        #: The article whose passed over words are known or asked for.
        self._article: ArticleId | None = None
        self._stop = Event()
        self._going: Iterator[tuple[QTextEdit, QTextBlock, Mark] | None] | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        for field in self._fields:
            field.menu_made.connect(partial(self._fill_menu, field))
        ctx.changed.connect(self._changed)
        ctx.signed_in.connect(self._read_house)

    def set_on(self, on: bool) -> None:
        """Check the spelling, or not; the word lists are read when they are first wanted."""
        self._on = on
        if on and self._lexicons is None:
            self._load()
        self.marks.use(self._speller if on else None)

    def begin(self) -> None:
        """Another article is on the page."""
        self._turn.stop()
        self._article = None
        self.marks.begin()

    def follow(self, article: Article | None) -> None:
        """*article* is what the page holds, None is a new one that is not kept yet."""
        opened = article.id if article is not None else None
        if opened is None or opened == self._article:
            return
        self._article = opened
        for word in self.marks.passed:
            # Passed over before the article was kept.
            self._keep_passed(word)
        self._read_passed()

    def end(self) -> None:
        """The window closes: lists that are still being built are given up."""
        self._stop.set()
        self._turn.stop()

    def _load(self) -> None:
        if self._loading:
            return
        self._loading = True
        stop = self._stop

        def work() -> Lexicons:
            from newsroom.settings import default_cache
            from newsroom.text.spelling.storing import open_lexicons

            return open_lexicons(default_cache() / "dictionaries", apart=True, stop=stop)

        def done(lexicons: Lexicons) -> None:
            self._loading = False
            self._lexicons = lexicons
            self._use_house(self._house)
            self._read_house()

        def failed(error: Exception) -> None:
            self._loading = False
            if not stop.is_set():
                self._ctx.tasks.failed.emit(error)

        self._ctx.tasks.background(work, done, failed)

    # -- the house

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.words:
            self._read_house()
        if self._article in changes.articles:
            self._read_passed()

    def _read_house(self) -> None:
        if self._lexicons is None:
            return

        from newsroom.desk import vocabulary

        self._ctx.read(vocabulary.read_house_words, self._take_house)

    def _take_house(self, house: HouseWords) -> None:
        if house != self._house:
            self._use_house(house)

    def _use_house(self, house: HouseWords) -> None:
        assert self._lexicons is not None
        self._house = house
        self._speller = Speller(self._lexicons, house)
        self.set_on(self._on)

    def _read_passed(self) -> None:
        article = self._article
        if article is None:
            return

        from newsroom.desk import vocabulary

        def done(words: frozenset[str]) -> None:
            if article == self._article:
                self.marks.pass_over_all(words)

        self._ctx.read(lambda desk: vocabulary.read_ignored(desk, article), done)

    # -- what is done with one word

    def pass_over(self, word: str) -> None:
        """Mark *word* no more in this article; other desks and days too, once the article is kept."""
        self.marks.pass_over(word)
        self._keep_passed(word)

    def _keep_passed(self, word: str) -> None:
        article = self._article
        if article is not None:
            from newsroom.desk.vocabulary import ignore_word

            self._ctx.act(lambda desk: ignore_word(desk, article, word), self)

    def mark_again(self, word: str) -> None:
        """Mark *word* in this article again."""
        self.marks.mark_again(word)
        article = self._article
        if article is not None:
            from newsroom.desk.vocabulary import heed_word

            self._ctx.act(lambda desk: heed_word(desk, article, word), self)

    def enter(self, word: str) -> None:
        """Ask how *word* is to be entered in the house dictionary."""
        from ui.dialogs.word import WordDialog

        WordDialog(self._page.window(), self._ctx, HouseWord(as_written(word)), met=as_written(word)).open()

    def word_at_cursor(self) -> str:
        """The word that the cursor stands in, selected or not; empty where there is none."""
        field = next((field for field in self._fields if field.hasFocus()), None)
        if field is None:
            return ""
        cursor = field.textCursor()
        block = field.document().findBlock(cursor.selectionStart())
        return _word_in(block.text(), cursor.selectionStart() - block.position())

    # -- the menu

    def _fill_menu(self, field: QTextEdit, menu: QMenu, at: QPoint) -> None:
        """Put on top of *menu* what can be done with the doubtful word at *at*."""
        found = self.marks.mark_at(field, at)
        speller = self.marks.speller
        if speller is None or field.isReadOnly():
            return
        first = menu.actions()[0] if menu.actions() else None
        if found is None:
            cursor = field.cursorForPosition(at)
            word = _word_in(cursor.block().text(), cursor.positionInBlock())
            if word and self.marks.is_passed_over(word):
                menu.insertAction(first, menu.addAction(_("Снова отмечать это слово"), partial(self.mark_again, word)))
                menu.insertSeparator(first)
            return
        block, mark = found
        offered = speller.suggest(mark.word, yo=self._writes_yo(field))[:_OFFERED]
        for other in offered:
            action = menu.addAction(other.replace("&", "&&"), partial(self._put, field, block, mark, other))
            font = QFont(menu.font())
            font.setBold(True)
            action.setFont(font)
            menu.insertAction(first, action)
        if not offered:
            nothing = menu.addAction(_("Похожих слов нет"))
            nothing.setEnabled(False)
            menu.insertAction(first, nothing)
        menu.insertSeparator(first)
        for words, call in (
            (_("Пропускать в этой статье"), partial(self.pass_over, mark.word)),
            (_("Внести в словарь редакции…"), partial(self.enter, mark.word)),
        ):
            menu.insertAction(first, menu.addAction(words, call))
        menu.insertSeparator(first)

    def _writes_yo(self, field: QTextEdit) -> bool:
        if self._house.yo is Yo.FREE:
            return has_yo(field.toPlainText())
        return self._house.yo is Yo.ALWAYS

    @staticmethod
    def _put(field: QTextEdit, block: QTextBlock, mark: Mark, other: str) -> None:
        cursor = cursor_over(block, mark)
        if cursor is None:
            return
        with one_step(cursor):
            cursor.insertText(other)
        field.setTextCursor(cursor)
        field.setFocus()

    # -- going from word to word

    def step(self, by: int) -> None:
        """Select the next doubtful word (1) or the one before (-1); from the end it goes on at the beginning."""
        self._go(self._words_from_here(by))

    def step_once(self, by: int, *, anew: bool) -> None:
        """`step` that begins *anew* at the beginning (with -1 at the end), and at the end finds none."""
        self._go(self._words_from_edge(by) if anew else self._words_from_here(by, around=False))

    def _go(self, words: Iterator[tuple[QTextEdit, QTextBlock, Mark] | None]) -> None:
        if self.marks.speller is None:
            self.none_left.emit()
            return
        self._going = words
        self._turn.start()
        self._go_on()

    def _go_on(self) -> None:
        deadline = perf_counter() + _TURN
        while self._going is not None and perf_counter() < deadline:
            found = next(self._going, False)
            if found is None:
                continue
            self._turn.stop()
            self._going = None
            if found is False:
                self.none_left.emit()
            elif isinstance(found, tuple):
                self._select(*found)

    def _select(self, field: QTextEdit, block: QTextBlock, mark: Mark) -> None:
        cursor = cursor_over(block, mark)
        if cursor is not None:
            field.setFocus()
            field.setTextCursor(cursor)
            self._page.show_cursor_of(field)

    def _words_from_here(self, by: int, *, around: bool = True) -> Iterator[tuple[QTextEdit, QTextBlock, Mark] | None]:
        """Doubtful words in the order of reading from the cursor on; None for each paragraph looked at.

        With *around* those before it come at the end.
        """
        fields = self._fields
        here = next((place for place, field in enumerate(fields) if field.hasFocus()), len(fields) - 1)
        cursor = fields[here].textCursor()
        position = cursor.selectionEnd() if by > 0 else cursor.selectionStart()
        start = fields[here].document().findBlock(position)
        place = position - start.position()
        for found in self._words_of(fields[here], start, by):
            if found is None or found[1] != start or (found[2].begin >= place if by > 0 else found[2].end <= place):
                yield found
        others = _turned(fields, here, by)[1:]
        if not around:
            others = [field for field in others if (fields.index(field) - here) * by > 0]
        for field in [*others, *([fields[here]] if around else ())]:
            yield from self._words_of(field, _edge(field, by), by)

    def _words_from_edge(self, by: int) -> Iterator[tuple[QTextEdit, QTextBlock, Mark] | None]:
        for field in self._fields[::by]:
            yield from self._words_of(field, _edge(field, by), by)

    def _words_of(
        self, field: QTextEdit, block: QTextBlock, by: int
    ) -> Iterator[tuple[QTextEdit, QTextBlock, Mark] | None]:
        """The doubtful words of *field* from *block* on; None for each paragraph."""
        while block.isValid():
            for mark in self.marks.marks_of(block.text())[::by]:
                yield field, block, mark
            yield None
            block = block.next() if by > 0 else block.previous()


def _word_in(text: str, place: int) -> str:
    """The word of *text* that *place* is in or at, in UTF-16 units as Qt counts."""
    letters = text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "replace")
    return next((found[0] for found in CHUNK.finditer(text) if found.start() <= len(letters) <= found.end()), "")


def _turned(fields: Sequence[QTextEdit], here: int, by: int) -> list[QTextEdit]:
    """*fields* in the order in which they are gone through from the one *here*."""
    return [fields[(here + by * step) % len(fields)] for step in range(len(fields))]


def _edge(field: QTextEdit, by: int) -> QTextBlock:
    return field.document().begin() if by > 0 else field.document().lastBlock()
