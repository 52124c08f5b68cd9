"""The model of the list: all ids, few rows, one request at a time, and lines that stay where they are."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from newsroom.domain.article import ArticleRow
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label
from ui.articles.model import PAGE, ArticleListModel, Role


def article_row(number: int, headline: str = "") -> ArticleRow:
    now = datetime(2026, 11, 22, 5, tzinfo=UTC)
    headline = headline or f"Статья {number}"
    return ArticleRow(ArticleId(number), headline, "Общество", Label.DRAFT, "Автор", now, None, None, False, False, 0)


class Shelf:
    """Answers requests when it is told to, as a slow database does."""

    def __init__(self) -> None:
        self.requests: list[Sequence[ArticleId]] = []
        self.answers: list[Callable[[], None]] = []
        self.texts: dict[int, str] = {}
        self.lost: set[int] = set()

    def fetch(self, ids, on_done, on_error) -> None:
        self.requests.append(ids)
        self.answers.append(
            lambda: on_done([article_row(one, self.texts.get(one, "")) for one in ids if one not in self.lost])
        )
        self.fail = lambda: on_error(OSError("no connection"))

    def answer(self) -> None:
        self.answers.pop(0)()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(qtbot, shelf):
    model = ArticleListModel(shelf.fetch)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    tester.deleteLater()
    model.deleteLater()


def numbers(count: int, start: int = 1) -> list[ArticleId]:
    return [ArticleId(number) for number in range(start, start + count)]


def settle(qtbot, shelf: Shelf, requests: int) -> None:
    qtbot.waitUntil(lambda: len(shelf.requests) >= requests, timeout=2000)


def test_only_pages_that_are_looked_at_are_fetched(qtbot, model, shelf):
    model.set_ids(numbers(2_000))
    assert model.rowCount() == 2_000
    shelf.requests.clear()
    shelf.answers.clear()
    model._wanted.clear()
    model._asking = False
    assert model.index(1020).data(Role.ROW) is None
    settle(qtbot, shelf, 1)
    assert list(shelf.requests[0]) == numbers(PAGE, 1001)
    with qtbot.waitSignal(model.dataChanged):
        shelf.answer()
    assert model.index(1020).data(Role.ROW).headline == "Статья 1021"
    assert len(model._rows) == PAGE


def test_whoever_scrolls_fast_gets_the_last_page_first(qtbot, model, shelf):
    model.set_ids(numbers(2_000))
    for place in range(0, 2_000, PAGE):
        model.index(place).data(Role.ROW)
    settle(qtbot, shelf, 1)
    shelf.requests.clear()
    for _answers in range(3):
        if shelf.answers:
            shelf.answer()
        qtbot.wait(5)
    asked = {one for request in shelf.requests for one in request}
    assert ArticleId(1_500) not in asked
    assert len(shelf.requests) <= 4


def test_rows_looked_at_long_ago_are_forgotten(qtbot, model, shelf, monkeypatch):
    monkeypatch.setattr("ui.articles.model.KEPT_ROWS", 2 * PAGE)
    model.set_ids(numbers(5 * PAGE))
    for place in range(0, 5 * PAGE, PAGE):
        model.index(place).data(Role.ROW)
        qtbot.waitUntil(lambda: bool(shelf.answers), timeout=2000)
        while shelf.answers:
            shelf.answer()
    assert len(model._rows) == 2 * PAGE


def test_a_changed_line_keeps_its_old_words_until_the_new_ones_come(qtbot, model, shelf):
    model.prime([article_row(1), article_row(2)])
    shelf.texts[2] = "Поправлено"
    model.mark_changed([ArticleId(2)])
    assert model.index(1).data() == "Статья 2"
    settle(qtbot, shelf, 1)
    assert list(shelf.requests[0]) == [2]
    shelf.answer()
    assert model.index(1).data() == "Поправлено"


def test_lines_that_stay_are_not_reset(qtbot, model, shelf):
    model.prime([article_row(number) for number in (1, 2, 3)])
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    model.set_ids([ArticleId(4), ArticleId(1), ArticleId(3)])
    assert list(model.ids) == [4, 1, 3]
    assert not resets


def test_a_changed_line_moves_to_its_new_place(qtbot, model, shelf):
    model.prime([article_row(number) for number in (1, 2, 3)])
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    model.mark_changed([ArticleId(3)])
    model.set_ids([ArticleId(3), ArticleId(1), ArticleId(2)])
    assert list(model.ids) == [3, 1, 2]
    assert not resets


def test_an_article_that_is_gone_is_not_asked_for_again_and_again(qtbot, model, shelf):
    shelf.lost.add(2)
    model.set_ids(numbers(3))
    model.index(1).data(Role.ROW)
    settle(qtbot, shelf, 1)
    while shelf.answers:
        shelf.answer()
    asked = len(shelf.requests)
    model.index(1).data(Role.ROW)
    qtbot.wait(20)
    assert len(shelf.requests) == asked


def test_after_a_fault_the_next_look_asks_again(qtbot, model, shelf):
    model.set_ids(numbers(3))
    model.index(0).data(Role.ROW)
    settle(qtbot, shelf, 1)
    shelf.fail()
    model.index(0).data(Role.ROW)
    settle(qtbot, shelf, 2)
    shelf.answers.pop(0)
    shelf.answer()
    assert model.index(0).data() == "Статья 1"


def test_a_line_can_be_heard(model):
    model.prime([article_row(1)])
    from PySide6.QtCore import Qt

    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Статья 1, Общество, Черновик, Автор"
    assert not model.index_of(ArticleId(7)).isValid()
    assert model.rowCount(model.index(0)) == 0
    assert model.rowCount(QModelIndex()) == 1
