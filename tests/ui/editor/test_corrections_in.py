"""A reader's mistake is corrected while its article is being written: the page gets it too, and nothing is lost."""

from datetime import UTC, datetime

import pytest

from newsroom.desk import reading, review, scheduling, triage, writing
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.domain.triage import Decision
from newsroom.text.page_text import page_text, texts_of
from tests.ui.editor.conftest import Office, cursor_at, type_text
from ui.editor.saving import SaveState

BODY = "Каток **рабтает** до девяти вечера.\n\nВход стоит 250 рублей."
MENDED = BODY.replace("рабтает", "работает")


@pytest.fixture
def article(office: Office) -> ArticleId:
    """An article that readers see."""
    rubric = office.ctx.settings.rubrics[0].slug
    content = Content(
        "Открыли каток", "Прокат до девяти", BODY, rubric, age=AgeRating.SIX, byline="Анна Ким, автр «Вестника»"
    )
    article = office.write(content)
    chief = office.desk("chief")
    review.submit(office.desk("editor"), article)
    review.approve(chief, article)
    scheduling.publish_now(chief, article)
    publish(office)
    return article


def publish(office: Office) -> None:
    publisher = office.newsroom.publisher("проба")
    try:
        publisher.run_once()
    finally:
        publisher.close()


def correct(office: Office, article: ArticleId, words: str = "рабтает", comment: str = "работает") -> Decision:
    """The proofreader accepts what a reader reports, at this window or another."""
    desk = office.desk("proofreader")
    read = reading.read_article(desk, article)
    before, _words, after = page_text(texts_of(read.content)).text.partition(words)
    incoming = IncomingReport(words, read.uid, "http://x/", before[-60:], words, after[:60], comment, datetime.now(UTC))
    with office.newsroom.database.write() as work:
        work.reports.add(SiteName("main"), [incoming])
    mistake = triage.TriageReader().read(desk).mistakes[0]
    assert mistake.spot
    done = triage.accept(desk, mistake.ref, mistake.spot.place, mistake.spot.new)
    office.ctx.changed.emit(done.changes, None)
    return done.value


def opened(qtbot, pane, article) -> None:
    with qtbot.waitSignal(pane.article_opened):
        pane.open(article)


def settled(qtbot, office, pane) -> None:
    qtbot.waitUntil(lambda: pane.idle() and not office.busy and not pane._saver.dirty)


def test_what_is_being_written_and_the_correction_are_both_kept(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    cursor_at(pane.body, 0)
    type_text(pane.body, "Новый ")
    correct(office, article)
    qtbot.waitUntil(lambda: "работает" in pane.body.toPlainText())
    assert "рабтает» → «работает" in pane._notice.text()
    type_text(pane.body, "большой ")
    settled(qtbot, office, pane)
    assert office.read(article).content.body == "Новый большой " + MENDED
    publish(office)
    live = reading.live_content(office.desk("chief"), article)
    assert live.body == MENDED, "unfinished work stays at home, and the correction is not stopped by it"
    states = [one.state for one in reading.read_reports(office.desk("chief"), open_only=False)]
    assert states == [ReportState.FIXED]


def test_it_is_one_undo_step_of_the_page(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    type_text(pane.body, "Новый ")
    correct(office, article)
    qtbot.waitUntil(lambda: "работает" in pane.body.toPlainText())
    pane.body.undo()
    assert pane.body.toPlainText().startswith("Новый Каток рабтает до")
    pane.body.redo()
    assert pane.body.toPlainText().startswith("Новый Каток работает до")
    settled(qtbot, office, pane)


def test_a_save_under_way_is_refused_and_goes_on_with_the_correction_in_it(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    type_text(pane.head.headline, "В субботу. ")
    desk = office.desk("proofreader")
    correct(office, article)
    assert office.read(article).revision == 2
    pane.flush(lambda _saved: None)
    settled(qtbot, office, pane)
    content = reading.read_article(desk, article).content
    assert (content.headline, content.body) == ("В субботу. Открыли каток", MENDED)
    assert pane._saver.state is SaveState.SAVED


def test_where_nothing_was_typed_the_page_keeps_its_history_and_the_correction_its_approval(
    office, pane, qtbot, article
):
    opened(qtbot, pane, article)
    type_text(pane.body, "Новый ")
    for _each in range(2):
        pane.body.undo()
    pane.flush(lambda _saved: None)
    settled(qtbot, office, pane)
    correct(office, article)
    qtbot.waitUntil(lambda: "работает" in pane.body.toPlainText())
    settled(qtbot, office, pane)
    assert pane.body.document().isUndoAvailable()
    publish(office)
    assert reading.live_content(office.desk("chief"), article).body == office.read(article).content.body


def test_a_word_mended_by_ones_own_hand_is_not_mended_twice(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    at = pane.body.toPlainText().index("рабтает") + 2
    cursor_at(pane.body, at)
    type_text(pane.body, "о")
    assert "рабо" not in pane.body.toPlainText()
    cursor_at(pane.body, at, at + 1)
    pane.body.textCursor().removeSelectedText()
    cursor_at(pane.body, at + 1)
    type_text(pane.body, "о")
    assert "работает" in pane.body.toPlainText()
    correct(office, article)
    pane.flush(lambda _saved: None)
    settled(qtbot, office, pane)
    assert office.read(article).content.body == MENDED


def test_the_byline_is_corrected_beside_the_text(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    type_text(pane.body, "Новый ")
    correct(office, article, "автр", "автор")
    qtbot.waitUntil(lambda: pane.inspector.byline.text() == "Анна Ким, автор «Вестника»")
    settled(qtbot, office, pane)
    content = office.read(article).content
    assert (content.byline, content.body) == ("Анна Ким, автор «Вестника»", "Новый " + BODY)


def test_where_the_place_was_written_anew_somebody_is_asked(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    pane.body.selectAll()
    type_text(pane.body, "Совсем другой текст.")
    correct(office, article)
    pane.flush(lambda _saved: None)
    qtbot.waitUntil(lambda: "Ваш текст" in pane._notice.text() or "остаётся" in pane._notice.text())
    assert pane.body.toPlainText() == "Совсем другой текст."
    assert office.read(article).content.body == MENDED
    pane._saver.forget()


def test_a_colleagues_other_edit_is_still_asked_about(office, pane, qtbot, article):
    opened(qtbot, pane, article)
    type_text(pane.body, "Новый ")
    theirs = office.read(article).content.with_(body=BODY + "\n\nЕщё абзац.")
    done = writing.save_article(office.desk("chief"), article, theirs, base_revision=1)
    office.ctx.changed.emit(done.changes, None)
    qtbot.waitUntil(lambda: "Ваш текст на месте" in pane._notice.text())
    assert pane.body.toPlainText().startswith("Новый Каток рабтает")
    pane._saver.forget()
