"""The pane on a real newsroom: what is typed is kept, nobody's text is lost, and roles are respected."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.errors import DatabaseUnavailable
from newsroom.domain.findings import Field
from newsroom.domain.people import Action
from newsroom.domain.states import Label, ReviewState
from tests.ui.editor.conftest import press, type_text
from ui.editor.questions import Choice, ConflictDialog
from ui.editor.saving import MISREAD, SaveState
from ui.review.history import HistoryDialog


def opened(qtbot, pane, article) -> None:
    with qtbot.waitSignal(pane.article_opened):
        pane.open(article)


def saved(qtbot, pane) -> None:
    """Save and wait until the pane has read the article anew."""
    answers = []
    pane.flush(answers.append)
    qtbot.waitUntil(lambda: answers == [True] and pane.idle() and not pane._saver.dirty)
    qtbot.waitUntil(lambda: pane.article is None or pane.article.revision == pane._saver.base_revision)


def ready(office, **changes) -> Content:
    """Content that nothing keeps from publication."""
    rubric = office.ctx.settings.rubrics[0].slug
    content = Content("Дорога открыта", "Её ждали восемь лет.", "По ней едут.", rubric, age=AgeRating.SIX)
    return content.with_(**changes)


def test_a_new_article_is_kept_from_the_first_words(office, pane, qtbot):
    pane.new_article()
    type_text(pane.head.headline, "Дорога открыта")
    type_text(pane.body, "По ней едут.\n## Итог")
    with qtbot.waitSignal(pane.article_opened) as signal:
        pass
    kept = office.read(signal.args[0]).content
    assert (kept.headline, kept.body) == ("Дорога открыта", "По ней едут.\n\n## Итог")


def test_an_empty_new_article_is_not_kept(office, pane, qtbot):
    from newsroom.desk import reading
    from newsroom.domain.article import ArticleFilter

    pane.new_article()
    type_text(pane.head.headline, "Д")
    press(pane.head.headline, Qt.Key.Key_Backspace, text="\b")
    qtbot.waitUntil(pane.idle)
    assert reading.article_ids(office.desk("chief"), ArticleFilter()) == []


def test_typing_goes_on_while_a_save_is_under_way(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    type_text(pane.body, "раз ")
    answers = []
    pane.flush(answers.append)
    type_text(pane.body, "два ")
    qtbot.waitUntil(lambda: answers == [True])
    assert office.read(article).content.body == "раз два По ней едут."
    assert pane._saver.state is SaveState.SAVED


def test_opening_and_leaving_makes_no_revision(office, pane, qtbot):
    first, second = office.write(ready(office, body="*  странная   разметка*")), office.write(ready(office, slug="b"))
    opened(qtbot, pane, first)
    opened(qtbot, pane, second)
    assert office.read(first).revision == 1


def test_a_field_alone_leaves_the_markdown_as_it_was(office, pane, qtbot):
    body = "Строка  \nдругая\n\n* раз\n* два\n"
    article = office.write(ready(office, body=body))
    opened(qtbot, pane, article)
    type_text(pane.inspector.byline, "Анна")
    saved(qtbot, pane)
    assert office.read(article).content == ready(office, body=body, byline="Анна")


def test_leaving_for_another_article_saves_first(office, pane, qtbot):
    first, second = office.write(ready(office)), office.write(ready(office, slug="b"))
    opened(qtbot, pane, first)
    type_text(pane.head.lead, "И ещё. ")
    opened(qtbot, pane, second)
    assert office.read(first).content.lead == "И ещё. Её ждали восемь лет."


def test_a_colleagues_save_is_shown_where_nothing_was_typed(office, pane, qtbot):
    from newsroom.desk import writing

    article = office.write(ready(office))
    opened(qtbot, pane, article)
    done = writing.save_article(office.desk("chief"), article, ready(office, headline="Новый"), base_revision=1)
    office.ctx.changed.emit(done.changes, None)
    qtbot.waitUntil(lambda: pane.head.headline.text() == "Новый")
    assert pane._notice.text()


@pytest.mark.parametrize(
    ("choice", "stands", "revision"), [(Choice.KEEP_MINE, "Моё Дорога открыта", 3), (Choice.TAKE_THEIRS, "Новый", 2)]
)
def test_two_hands_on_one_article_lose_no_text(office, pane, qtbot, monkeypatch, choice, stands, revision):
    from newsroom.desk import reading, writing

    article = office.write(ready(office))
    opened(qtbot, pane, article)
    type_text(pane.head.headline, "Моё ")
    writing.save_article(office.desk("chief"), article, ready(office, headline="Новый"), base_revision=1)
    answers = []
    pane.flush(answers.append)
    qtbot.waitUntil(lambda: answers == [False] and bool(pane._notice.text()))
    assert office.read(article).content.headline == "Новый"
    assert pane.head.headline.text() == "Моё Дорога открыта"

    def decide(dialog: ConflictDialog) -> int:
        dialog.choice = choice
        return 1

    monkeypatch.setattr(ConflictDialog, "exec", decide)
    pane._notice._clicked()
    qtbot.waitUntil(lambda: office.read(article).revision == revision and pane._saver.state is SaveState.SAVED)
    assert office.read(article).content.headline == stands == pane.head.headline.text()
    assert {r.content.headline for r in reading.read_revisions(office.desk("chief"), article)} >= {"Новый"}
    if choice is Choice.TAKE_THEIRS:
        assert "Моё Дорога открыта" in QApplication.clipboard().text()


def test_whose_text_shall_stand_is_asked_with_what_they_differ_in(office, pane, qtbot):
    lines = "\n\n".join(f"Абзац {number}." for number in range(40))
    mine = ready(office, body=lines.replace("Абзац 20.", "Абзац двадцатый."))
    dialog = ConflictDialog(office.ctx, mine, ready(office, body=lines, tags=("мост",)), "Анна Котова", pane.text_pane)
    qtbot.addWidget(dialog)
    shown = dialog.changes.text
    qtbot.waitUntil(lambda: "двадцатый" in shown.toPlainText())
    assert "Абзац 3." not in shown.toPlainText()
    assert "мост" in shown.toPlainText()


def test_a_notice_that_goes_leaves_the_cursor_in_the_text(pane, qtbot):
    pane.body.setFocus()
    qtbot.waitUntil(pane.body.hasFocus)
    pane._notice.say("Слова.", "Понятно", lambda: pane._notice.say(""))
    qtbot.mouseClick(pane._notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert not pane._notice.isVisible()
    assert pane.body.hasFocus()


def test_a_database_that_fails_keeps_the_text_and_says_so(office, pane, qtbot, monkeypatch):
    from newsroom.desk import writing

    article = office.write(ready(office))
    opened(qtbot, pane, article)
    real = writing.save_article

    def fails(*_args, **_kwargs):
        raise DatabaseUnavailable("База данных не отвечает.")

    monkeypatch.setattr(writing, "save_article", fails)
    type_text(pane.body, "раз ")
    answers = []
    pane.flush(answers.append)
    qtbot.waitUntil(lambda: answers == [False])
    assert "База данных не отвечает." in pane.header.saved.text()
    assert pane.body.toPlainText().startswith("раз ")
    monkeypatch.setattr(writing, "save_article", real)
    qtbot.waitUntil(lambda: office.read(article).revision == 2, timeout=8000)


def test_blockers_are_listed_and_lead_to_their_fields(office, pane, qtbot):
    article = office.write(ready(office, headline="", age=None, rubric=None))
    opened(qtbot, pane, article)
    section = pane.inspector.findings
    fields = [Field.HEADLINE, Field.RUBRIC, Field.AGE]
    qtbot.waitUntil(lambda: [blocker.field for blocker in section.findings] == fields)
    places = {Field.HEADLINE: pane.head.headline, Field.RUBRIC: pane.inspector.rubric}
    for field, widget in places.items():
        section.chosen.emit(next(one for one in section.findings if one.field is field))
        qtbot.waitUntil(lambda place=widget: place.hasFocus())


@pytest.mark.parametrize("field", list(Field))
def test_every_field_can_be_jumped_to(office, pane, qtbot, field):
    pane.focus_field(field)


def test_the_journey_from_draft_to_the_queue(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    pane.header.primary.click()
    qtbot.waitUntil(lambda: pane.article.review is ReviewState.SUBMITTED)
    assert not pane.header.primary.isEnabled()
    assert "Главный редактор".lower() in pane.header.primary.toolTip().lower()
    office.sit_down("chief")
    assert pane.header.primary.text() == "Одобрить"
    pane.header.primary.click()
    qtbot.waitUntil(lambda: pane.article.review is ReviewState.APPROVED)
    pane.header.primary.click()
    qtbot.waitUntil(lambda: pane.article.label is not Label.APPROVED)


def test_submitting_what_is_blocked_says_why_and_changes_nothing(office, pane, qtbot):
    article = office.write(ready(office, age=None))
    opened(qtbot, pane, article)
    pane.header.primary.click()
    qtbot.waitUntil(lambda: bool(pane._notice.text()))
    assert Field.AGE in [blocker.field for blocker in pane.inspector.findings.findings]
    assert office.read(article).review is ReviewState.DRAFT


def test_editing_what_waits_for_its_hour_is_warned_of(office, pane, qtbot):
    from newsroom.desk import review

    article = office.write(ready(office))
    review.submit(office.desk("editor"), article)
    review.approve(office.desk("chief"), article, due=datetime.now(UTC) + timedelta(days=3))
    opened(qtbot, pane, article)
    assert "снимет одобрение и выход" in pane._warning.text()
    type_text(pane.body, "раз ")
    saved(qtbot, pane)
    qtbot.waitUntil(lambda: pane.article.review is ReviewState.DRAFT)
    assert pane._warning.text() == ""


def test_a_killed_article_is_read_only(office, pane, qtbot):
    from newsroom.desk import scheduling

    article = office.write(ready(office))
    scheduling.kill(office.desk("chief"), article, "Ошибка в имени")
    opened(qtbot, pane, article)
    assert pane.body.isReadOnly()
    assert pane.head.headline.isReadOnly()
    assert not pane.header.primary.isVisible()
    type_text(pane.body, "раз")
    assert not pane._saver.dirty


def test_text_typed_while_the_article_was_killed_becomes_a_draft_of_its_own(office, pane, qtbot):
    from newsroom.desk import scheduling

    article = office.write(ready(office))
    other = office.write(ready(office, headline="Другая"))
    opened(qtbot, pane, article)
    type_text(pane.head.headline, "Ы")
    office.ctx.act(lambda _desk: scheduling.kill(office.desk("chief"), article, "ошибка"), None)
    offer = "Отдельным черновиком"
    shown = lambda: [one for one in pane.text_pane.findChildren(QPushButton) if one.text() == offer and one.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(shown()) and pane.idle())
    pane.open(other)
    qtbot.waitUntil(lambda: not office.busy and pane.idle())
    assert pane.article.id == article
    shown()[0].click()
    saved(qtbot, pane)
    qtbot.waitUntil(lambda: pane.article is not None)  # it is read after it was made
    assert pane.article.id not in (article, other)
    assert pane.article.content.headline.startswith("Ы")
    assert not pane.body.isReadOnly()
    opened(qtbot, pane, other)


def test_a_pasted_picture_becomes_the_lead_photo_and_its_credit_is_asked_for(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    pane.inspector.photo.offered.emit(image)
    qtbot.waitUntil(lambda: pane.inspector.photo.value() is not None)
    assert pane.inspector.photo.credit.hasFocus()
    saved(qtbot, pane)
    assert office.read(article).content.photo.photo == pane.inspector.photo.value().photo
    qtbot.waitUntil(lambda: any(blocker.field is Field.CREDIT for blocker in pane.inspector.findings.findings))


def test_a_picture_dropped_into_the_text_stands_where_it_was_dropped(office, pane, qtbot):
    article = office.write(ready(office, body="раз\n\nдва\n"))
    opened(qtbot, pane, article)
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    cursor = pane.body.textCursor()
    cursor.setPosition(3)
    pane.body.photos_offered.emit([image], cursor)
    qtbot.waitUntil(lambda: len(pane.body.read_document().blocks) == 3)
    saved(qtbot, pane)
    assert office.read(article).content.body.split("\n\n")[1].startswith("![](photo:")


def test_the_planned_time_is_noted_without_touching_the_text(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    when = datetime(2030, 5, 1, 2, 30, tzinfo=UTC)
    field = pane.inspector.publication.when
    field.set_value(when)
    field.chosen.emit(when)
    qtbot.waitUntil(lambda: office.read(article).planned_at == when)
    assert office.read(article).revision == 1


def test_only_the_chief_may_kill(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    actions = {action.data(): action for action in pane.header.menu.actions() if action.data()}
    assert not actions[Action.KILL].isEnabled()
    assert "главный редактор" in actions[Action.KILL].toolTip()


def test_going_back_at_once_stays_with_the_article_that_is_wanted(office, pane, qtbot):
    first, second = office.write(ready(office, headline="Первая")), office.write(ready(office, slug="b"))
    opened(qtbot, pane, first)
    pane.open(second)
    pane.open(first)
    qtbot.waitUntil(lambda: pane.idle() and not office.busy)
    assert pane.head.headline.text() == "Первая"


def test_what_is_typed_while_the_next_article_is_read_is_kept(office, pane, qtbot):
    first, second = office.write(ready(office)), office.write(ready(office, slug="b"))
    opened(qtbot, pane, first)
    with qtbot.waitSignal(pane.article_opened):
        pane.open(second)
        type_text(pane.head.lead, "И ещё. ")
    assert pane.article.id == second
    assert office.read(first).content.lead == "И ещё. Её ждали восемь лет."


def test_a_new_article_left_at_once_is_kept(office, pane, qtbot):
    from newsroom.desk import reading
    from newsroom.domain.article import ArticleFilter

    other = office.write(ready(office))
    pane.new_article()
    type_text(pane.head.headline, "Срочно")
    pane.open(other)
    qtbot.waitUntil(lambda: pane.article is not None and pane.article.id == other and pane.idle() and not office.busy)
    assert pane.head.headline.text() == "Дорога открыта"
    ids = reading.article_ids(office.desk("chief"), ArticleFilter())
    assert {office.read(article).content.headline for article in ids} == {"Срочно", "Дорога открыта"}


def test_the_page_as_on_the_site_shows_what_is_being_written(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    type_text(pane.body, "Сегодня. ")
    pane.header.preview.click()
    qtbot.waitUntil(lambda: pane._stack.currentIndex() == 1)
    page = pane._stack.currentWidget()
    qtbot.waitUntil(lambda: "Сегодня. По ней едут." in page.toPlainText())
    pane.header.preview.click()
    assert pane._stack.currentIndex() == 0


def test_the_history_opens_with_what_was_just_typed(office, pane, qtbot):
    article = office.write(ready(office))
    opened(qtbot, pane, article)
    assert "Редактор" in pane.inspector.history._newest.text()
    pane.head.headline.setFocus()
    type_text(pane.head.headline, "Срочно: ")
    pane.inspector.history.button.click()
    qtbot.waitUntil(lambda: bool(pane.text_pane.findChildren(HistoryDialog)))
    (dialog,) = pane.text_pane.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: bool(dialog.list.numbers()))
    assert dialog.list.numbers() == (2,)
    qtbot.waitUntil(lambda: "Срочно" in dialog.changes.text.toPlainText())
    dialog.reject()


def test_markdown_that_reads_otherwise_is_saved_and_both_sides_are_kept(office, pane, qtbot, monkeypatch):
    monkeypatch.setattr("newsroom.text.writer.write", lambda _document: "> Не цитата")
    pane.new_article()
    type_text(pane.head.headline, "Дорога")
    type_text(pane.body, "Не цитата")
    saved(qtbot, pane)
    (kept,) = (office.newsroom.home / MISREAD).glob("*.json")
    assert '"markdown": "> Не цитата"' in kept.read_text()
    assert '"is": "Paragraph"' in kept.read_text()
    assert MISREAD in pane._notice.text()
