"""A whole newsroom for a test: real database, photo store and site, and content that nothing blocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from newsroom.app import Newsroom, create_newsroom
from newsroom.desk.review import approve, submit
from newsroom.desk.session import Desk
from newsroom.desk.writing import create_article
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.changes import Done
from newsroom.domain.errors import Unsettled
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, RubricSlug

GOOD = Content(
    headline="Мост через протоку откроют в пятницу",
    lead="Движение начнётся в полдень, автобусы пойдут по новому пути.",
    body="Подрядчик закончил ремонт на месяц раньше срока.\n\nПервым по мосту пройдёт рейсовый автобус.",
    rubric=RubricSlug("obshchestvo"),
    age=AgeRating.SIX,
    byline="Анна Ким",
)


@contextmanager
def newsroom_in(home: Path, database_url: str | None = None, **sites: str) -> Iterator[Newsroom]:
    """A fresh newsroom in Vladivostok's zone; *sites* are ``name="kind:url"``, by default one SQLite file."""
    newsroom = create_newsroom(
        home, database_url=database_url, sites=sites or None, house=House("Проба", "Asia/Vladivostok")
    )
    try:
        yield newsroom
    finally:
        newsroom.close()


def approve_seen(chief: Desk, article: ArticleId, *, due: datetime | None = None) -> Done[int]:
    """Approve with all warnings seen: articles of tests are much alike, and their headlines are the same."""
    try:
        return approve(chief, article, due=due)
    except Unsettled as error:
        return approve(chief, article, due=due, warnings_seen=[warning.key for warning in error.warnings])


class Desks:
    """The three people at their desks."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.editor = newsroom.sign_in("editor")
        self.proofreader = newsroom.sign_in("proofreader")
        self.chief = newsroom.sign_in("chief")

    def submitted(self, content: Content = GOOD, desk: Desk | None = None) -> ArticleId:
        article = create_article(desk or self.editor, content).value
        submit(self.editor, article)
        return article

    def approved(self, content: Content = GOOD) -> ArticleId:
        article = self.submitted(content)
        approve_seen(self.chief, article)
        return article

    def publish(self) -> list[str]:
        """One pass of a publisher; the states it left, in order."""
        publisher = self.newsroom.publisher("проба")
        try:
            return [outcome.state.value for outcome in publisher.run_once()]
        finally:
            publisher.close()
