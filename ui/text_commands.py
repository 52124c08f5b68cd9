"""What the menus do with the text of the open article: find, go from remark to remark, comment, spell, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from newsroom.domain.findings import Field
from newsroom.words import _, n_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from newsroom.domain.article import Article, Content
    from newsroom.domain.findings import Finding
    from ui.articles.page import ArticlesPage
    from ui.context import Context
    from ui.editor.article_pane import ArticlePane
    from ui.pages import Pages
    from ui.preferences import Preferences
    from ui.sweep.met import Met

#: Milliseconds from the pane for writing to the word lists of spelling.
_SPELLING_LATER = 1000


class TextCommands(QObject):
    """Answers in the status line of *window* where there is nothing to do it with; dialogs stand above *window*.

    Signals:
        fields_wanted(): what stands beside the text is to be seen.
        search_wanted(): no text is open to find anything in; an article is to be found.
    """

    fields_wanted = Signal()
    search_wanted = Signal()

    def __init__(
        self, ctx: Context, pages: Pages, articles: ArticlesPage, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._ctx, self._pages, self._articles = ctx, pages, articles
        self._preferences, self._window = preferences, window
        #: Whether F8 goes through doubtful words now, not through remarks.
        self._among_words = False
        articles.prepared.connect(self._begin_spelling)

    def shown_pane(self) -> ArticlePane | None:
        """The pane for writing where an article is open in it and the window shows it."""
        return self._articles.shown_pane() if self._pages.shown == "articles" else None

    def _written_pane(self) -> ArticlePane | None:
        """`shown_pane`; the status line says where there is none."""
        pane = self.shown_pane()
        if pane is None:
            self._tell(_("Сначала откройте статью."))
        return pane

    def _tell(self, words: str) -> None:
        self._ctx.message.emit(words, None)

    # Finding

    def find(self, *, replacing: bool = False) -> None:
        """Find, and replace, in the text of the open article; where none is open, find an article."""
        pane = self.shown_pane()
        if pane is not None:
            pane.searching.open(replacing=replacing)
        else:
            self.search_wanted.emit()

    def find_next(self, step: int) -> None:
        """The next place found in the text (1) or the one before (-1)."""
        pane = self.shown_pane()
        if pane is not None:
            pane.searching.step(step)

    # Remarks

    def go_to_remark(self, step: int) -> None:
        """Go to where the next remark on the open article is mended (1), or the one before (-1).

        Behind the last remark come the words whose spelling is doubted, behind those the first remark again.
        """
        pane = self.shown_pane()
        if pane is None:
            return
        if self._among_words:
            pane.spelling.step_once(step, anew=False)
            return
        findings = pane.inspector.findings
        found = findings.step(step)
        if found is None:
            self._among_words = True
            pane.header.preview.setChecked(False)
            pane.spelling.step_once(step, anew=True)
            return
        remark, number = found
        if remark.field not in (Field.HEADLINE, Field.LEAD, Field.BODY):
            self.fields_wanted.emit()
        pane.go_to(remark)
        words = _("Замечание {number} из {count}: {text}")
        self._tell(words.format(number=number, count=len(findings.findings), text=remark.message))

    def mend_remark(self) -> None:
        """Put in the fix of the remark that was gone to last, and go to the next one."""
        self._with_remark(self._mend)

    def _mend(self, pane: ArticlePane, remark: Finding) -> None:
        if pane.mending.mend(remark):
            self._tell(_("Исправлено: {text}").format(text=remark.message))

    def pass_over_remark(self) -> None:
        """Ask why, and pass over the remark that was gone to last."""
        self._with_remark(lambda pane, remark: pane.mending.pass_over(remark, self._window))

    def _with_remark(self, do: Callable[[ArticlePane, Finding], None]) -> None:
        pane = self._written_pane()
        remark = pane.inspector.findings.current if pane is not None else None
        if pane is None or remark is None:
            self._tell(_("Замечаний нет."))
        else:
            do(pane, remark)

    def mend_marks(self) -> None:
        """Put in every required mark that is missing in the open article."""
        pane = self._written_pane()
        if pane is not None:
            count = pane.mend_marks()
            self._tell(n_("Поставлена {n} пометка", "Поставлено {n} пометок", count))

    def set_typography(self) -> None:
        """Show what the house would set otherwise in the open article."""
        pane = self._written_pane()
        if pane is not None and not pane.typography():
            self._tell(_("Типографика в порядке."))

    def selected(self) -> Met | None:
        """The words that are selected in the open article."""
        pane = self.shown_pane()
        return pane.ruling.selected() if pane is not None else None

    def make_rule(self) -> None:
        """Make a rule of the house of the words that are selected."""
        pane, met = self._written_pane(), self.selected()
        if pane is not None and met is not None:
            pane.ruling.make_rule(met)
        elif pane is not None:
            self._tell(_("Выделите слова, о которых правило."))

    # Comments

    def write_comment(self) -> None:
        """Write a comment on the words that are selected in the open article."""
        pane = self._written_pane()
        if pane is not None:
            pane.comments.begin()

    def go_to_comment(self, step: int) -> None:
        """Go to the words of the next comment on the open article (1), or of the one before (-1)."""
        pane = self._written_pane()
        if pane is not None and not pane.comments.step(step):
            self._tell(_("Комментариев нет."))

    def resolve_comment(self) -> None:
        """Mark the comment at the cursor as resolved."""
        pane = self._written_pane()
        if pane is not None and not pane.comments.resolve_current():
            self._tell(_("Поставьте курсор в слова с комментарием."))

    # Spelling

    def go_to_doubtful_word(self, step: int) -> None:
        """Select the next word of the open article whose spelling is doubted (1), or the one before (-1)."""
        pane = self.shown_pane()
        if pane is not None:
            pane.header.preview.setChecked(False)
            pane.spelling.step(step)

    def enter_word(self) -> None:
        """Enter the word at the cursor in the house dictionary."""
        self._with_word(lambda pane, word: pane.spelling.enter(word))

    def pass_over_word(self) -> None:
        """Mark the word at the cursor no more in this article, or again."""
        self._with_word(self._pass_over_or_not)

    def _pass_over_or_not(self, pane: ArticlePane, word: str) -> None:
        spelling = pane.spelling
        if spelling.marks.is_passed_over(word):
            spelling.mark_again(word)
            self._tell(_("«{word}» в этой статье снова проверяется.").format(word=word))
        else:
            spelling.pass_over(word)
            self._tell(_("«{word}» в этой статье пропускается.").format(word=word))

    def _with_word(self, do: Callable[[ArticlePane, str], None]) -> None:
        pane = self._written_pane()
        if pane is None:
            return
        word = pane.spelling.word_at_cursor()
        if word:
            do(pane, word)
        else:
            self._tell(_("Поставьте курсор в слово."))

    def set_spelling(self, on: bool) -> None:
        """Mark doubtful words, or not; remembered."""
        self._preferences.spelling = on
        if self._articles.pane is not None:
            self._articles.pane.spelling.set_on(on)

    def _begin_spelling(self) -> None:
        pane = self._articles.pane
        if pane is not None:
            pane.spelling.none_left.connect(self._no_word_left)
            pane.article_opened.connect(self._walk_anew)
            # The newsroom is opened first.
            QTimer.singleShot(_SPELLING_LATER, self, lambda: pane.spelling.set_on(self._preferences.spelling))

    def _no_word_left(self) -> None:
        walking, self._among_words = self._among_words, False
        self._tell(_("Замечаний и сомнительных слов больше нет.") if walking else _("Сомнительных слов нет."))

    def _walk_anew(self, _article: int) -> None:
        self._among_words = False

    # Paper

    def print_article(self) -> None:
        """Print the open article as readers see it."""
        from ui.review.output import ask_for_printer

        self._with_content(lambda content, article: ask_for_printer(self._ctx, self._window, content, article))

    def save_pdf(self) -> None:
        """Write the open article as readers see it into a PDF file."""
        from ui.review.output import ask_for_pdf

        self._with_content(lambda content, article: ask_for_pdf(self._ctx, self._window, content, article))

    def _with_content(self, use: Callable[[Content, Article | None], None]) -> None:
        pane = self._written_pane()
        if pane is not None:
            pane.read_content(use)
