"""Writing: revisions, addresses, two editors on one article."""

import pytest

from newsroom.desk import reading
from newsroom.desk.review import approve
from newsroom.desk.scheduling import kill, publish_now
from newsroom.desk.writing import create_article, save_article
from newsroom.domain.article import ArticleFilter, Content, LeadPhoto
from newsroom.domain.errors import InvalidInput, NotNow, StaleEdit
from newsroom.domain.ids import PhotoId, RubricSlug
from newsroom.domain.states import Label, QueueState, ReviewState
from tests.newsrooms import GOOD, Desks


def test_an_empty_draft_may_be_saved(desks: Desks) -> None:
    article = create_article(desks.editor, Content(headline="Набросок")).value
    assert reading.read_article(desks.editor, article).label is Label.DRAFT


def test_each_save_is_a_revision_and_an_equal_one_is_none(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD).value
    second = GOOD.with_(lead="Движение начнётся в час.")
    assert save_article(desks.proofreader, article, second, base_revision=1, reason="время").value == 2
    assert save_article(desks.editor, article, second, base_revision=2).value == 2
    revisions = reading.read_revisions(desks.editor, article)
    assert [(one.number, one.content, one.author_name, one.reason) for one in revisions] == [
        (2, second, "Корректор", "время"),
        (1, GOOD, "Редактор", ""),
    ]


def test_the_second_of_two_editors_is_refused_and_overwrites_nothing(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD).value
    save_article(desks.editor, article, GOOD.with_(headline="Первый"), base_revision=1)
    with pytest.raises(StaleEdit, match="Редактор"):
        save_article(desks.proofreader, article, GOOD.with_(headline="Второй"), base_revision=1)
    assert reading.read_article(desks.editor, article).content.headline == "Первый"


def test_two_articles_of_one_headline_get_two_addresses(desks: Desks) -> None:
    first, second = (create_article(desks.editor, GOOD).value for _ in range(2))
    slugs = [reading.read_article(desks.editor, one).slug for one in (first, second)]
    assert slugs[0].isascii()
    assert slugs[1] == f"{slugs[0]}-2"


def test_a_chosen_address_that_is_taken_is_refused_and_names_the_owner(desks: Desks) -> None:
    owner = create_article(desks.editor, GOOD.with_(slug="most")).value
    with pytest.raises(InvalidInput, match=f"статьёй {owner}"):
        create_article(desks.editor, GOOD.with_(slug="most"))
    assert len(reading.article_ids(desks.editor, ArticleFilter())) == 1


@pytest.mark.parametrize("slug", ["Мост", "a b", "../x", "-most", "a--b"])
def test_a_malformed_address_is_refused(desks: Desks, slug: str) -> None:
    with pytest.raises(InvalidInput, match="не годится"):
        create_article(desks.editor, GOOD.with_(slug=slug))


def test_the_address_follows_the_headline_until_readers_know_it(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD.with_(headline="Первый")).value
    save_article(desks.editor, article, GOOD.with_(headline="Второй"), base_revision=1)
    assert reading.read_article(desks.editor, article).slug == "vtoroj"


def test_the_address_of_a_live_article_is_frozen(desks: Desks) -> None:
    article = desks.approved()
    publish_now(desks.chief, article)
    desks.publish()
    slug = reading.read_article(desks.editor, article).slug
    save_article(desks.editor, article, GOOD.with_(headline="Совсем другой заголовок"), base_revision=1)
    assert reading.read_article(desks.editor, article).slug == slug
    with pytest.raises(InvalidInput, match="знают читатели"):
        save_article(desks.editor, article, GOOD.with_(slug="novyy-adres"), base_revision=2)


def test_editing_after_approval_voids_it_and_cancels_the_queue(desks: Desks) -> None:
    article = desks.approved()
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    now = reading.read_article(desks.editor, article)
    assert (now.review, now.approved_revision, now.label) == (ReviewState.DRAFT, None, Label.DRAFT)
    assert [item.state for item in reading.read_queue(desks.editor)] == [QueueState.CANCELLED]
    assert desks.publish() == []


def test_a_killed_article_cannot_be_edited(desks: Desks) -> None:
    article = desks.approved()
    kill(desks.chief, article, "ошибка источника")
    with pytest.raises(NotNow, match="аннулирована"):
        save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)


@pytest.mark.parametrize(
    "content",
    [
        GOOD.with_(lead="нуль \0"),
        GOOD.with_(body="половинка \ud83d"),
        GOOD.with_(headline="две\nстроки"),
        GOOD.with_(rubric=RubricSlug("net-takoy")),
        GOOD.with_(photo=LeadPhoto(PhotoId("00" * 32))),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(desks: Desks, content: Content) -> None:
    with pytest.raises(InvalidInput):
        create_article(desks.editor, content)
    assert reading.article_ids(desks.editor, ArticleFilter()) == []


def test_an_approval_of_a_text_that_was_not_read_is_refused(desks: Desks) -> None:
    article = desks.submitted()
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    with pytest.raises(StaleEdit):
        approve(desks.chief, article, revision=1)
    assert reading.read_article(desks.chief, article).review is ReviewState.SUBMITTED
