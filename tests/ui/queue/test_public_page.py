"""What readers find at an article's address, told beside its delivery: a warning, never a failure."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from newsroom.desk import reading
from newsroom.desk.house import save_site
from newsroom.desk.scheduling import publish_now
from newsroom.domain.article import Content
from newsroom.domain.ids import QueueItemId, SiteName
from newsroom.domain.pages import PageState
from newsroom.domain.queue import SiteConfig
from newsroom.domain.states import QueueState
from tests.newsrooms import approve_seen
from tests.ui.house import READY, Window, open_window
from tests.ui.queue.test_page import make_page
from ui.queue.delegate import tooltip_lines
from ui.queue.entries import Group
from ui.queue.page import QueuePage
from ui.widgets import PlainLabel


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        save_site(window.newsroom.sign_in("chief"), SiteConfig(SiteName("main"), "standard", "https://vesti.example"))
        yield window


def published(window: Window, content: Content = READY) -> QueueItemId:
    chief = window.newsroom.sign_in("chief")
    article = window.submitted(content)
    approve_seen(chief, article)
    publish_now(chief, article)
    publisher = window.newsroom.publisher("ночной")
    assert [outcome.state for outcome in publisher.run_once()] == [QueueState.VERIFIED]
    publisher.close()
    return max(item.id for item in reading.read_queue(chief))


def found(window: Window, item: QueueItemId, state: PageState, problem: str = "") -> None:
    """What a publisher records."""
    [article] = {one.article for one in reading.read_queue(window.newsroom.sign_in("chief")) if one.id == item}
    with window.newsroom.database.write() as work:
        work.activity.add(work.now, "ночной", state.value, article=article, queue_item=item, detail=problem)


def texts(page: QueuePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel))


def test_a_wrong_page_is_a_warning_on_what_went_out(window: Window, qtbot: QtBot) -> None:
    item = published(window)
    problem = "Страница показывает прежнее: «<b>Каток</b> закрыт»."
    found(window, item, PageState.STALE, problem)
    page = make_page(window, qtbot)
    told = texts(page)
    assert problem in told
    assert "Страница на сайте показывает не то" in told
    assert "очистите кэш" in told
    [entry] = page.model.entries()
    assert (entry.group, entry.page_is_wrong) == (Group.OUT, True)
    assert problem in tooltip_lines(entry, UTC)


def test_a_page_that_came_right_takes_the_warning_back(window: Window, qtbot: QtBot) -> None:
    item = published(window)
    found(window, item, PageState.SILENT, "Страница не отвечает: сайт молчит.")
    found(window, item, PageState.CHECKED)
    page = make_page(window, qtbot)
    told = texts(page)
    assert "проверена, " in told
    assert "очистите кэш" not in told
    # What was found before stays in the history.
    assert "Страница не отвечает: сайт молчит." in told
    assert not page.model.entries()[0].page_is_wrong


def test_what_nobody_has_looked_at_says_nothing(window: Window, qtbot: QtBot) -> None:
    published(window)
    page = make_page(window, qtbot)
    assert "Страница" not in texts(page)
