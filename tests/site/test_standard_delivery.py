"""What the port promises of every delivery, held against the standard site on every kind of database."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, func, select

from newsroom.domain.errors import SiteDiverged, SiteRefused, SiteUnavailable
from newsroom.domain.ids import ArticleUid
from newsroom.domain.states import Operation
from newsroom.site.port import Delivered, Delivery, Effect, SiteStep
from newsroom.site.standard import StandardSite
from newsroom.site.standard_schema import article_photos, articles, newsroom_receipt, photos, rubrics
from newsroom.sql.engine import parse_url
from tests.site.material import NOON, OTHER_UID, UID, photo, publication, removal, trail, unwatched


def _row(database: Engine, uid: str = UID) -> dict[str, object]:
    with database.connect() as connection:
        return dict(connection.execute(select(articles).where(articles.c.uid == uid)).mappings().one())


def _count(database: Engine, table: object) -> int:
    with database.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_publication_appears_whole(site: StandardSite, database: Engine) -> None:
    steps: list[SiteStep] = []
    delivery = publication(pinned_until=NOON + timedelta(days=1))
    delivered = site.deliver(delivery, steps.append)
    assert delivered.effect is Effect.APPLIED
    assert steps == [SiteStep.BEFORE_TRANSACTION, SiteStep.INSIDE_TRANSACTION, SiteStep.AFTER_COMMIT]
    row = _row(database)
    assert row["headline"] == "Набережную откроют к субботе"
    assert row["published_at"] == NOON
    assert row["pinned_until"] == NOON + timedelta(days=1)
    assert row["tags"] == '["набережная", "благоустройство"]'
    assert delivered.receipt.site_pk == str(row["id"])
    assert site.read_back(delivery) == []
    assert site.article_path(delivery, delivered.receipt.site_pk) == "/article/naberezhnuyu-otkroyut-k-subbote"
    assert trail(database) == ["insert published 1"]


def test_same_delivery_again_has_no_second_effect(site: StandardSite, database: Engine) -> None:
    """Not even under another epoch: the receipt answers."""
    first = site.deliver(publication(), unwatched)
    steps: list[SiteStep] = []
    again = site.deliver(replace(publication(), epoch=7), steps.append)
    assert again == Delivered(Effect.ALREADY_DONE, first.receipt)
    assert steps == [SiteStep.BEFORE_TRANSACTION]
    assert trail(database) == ["insert published 1"]


def test_lower_sequence_is_left_out(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(3), unwatched)
    late = site.deliver(publication(2, headline="Старый заголовок"), unwatched)
    assert late.effect is Effect.SUPERSEDED
    assert late.receipt.sequence == 3
    assert site.read_back(publication(2, headline="Старый заголовок")) == []
    assert trail(database) == ["insert published 3"]


def test_same_sequence_with_another_hash_is_an_alarm(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(), unwatched)
    other = publication(hash_="f" * 64, headline="Другой заголовок")
    with pytest.raises(SiteDiverged, match="под тем же номером 1"):
        site.deliver(other, unwatched)
    assert site.read_back(other) == ["под тем же номером сайт хранит другое содержание"]
    assert trail(database) == ["insert published 1"]


def test_correction_changes_the_same_row(site: StandardSite, database: Engine) -> None:
    first = site.deliver(publication(1), unwatched)
    correction = publication(
        2, headline="Набережную откроют в пятницу", rubric_title="Город", slug="naberezhnaya", published_at=NOON
    )
    second = site.deliver(correction, unwatched)
    assert second.receipt.site_pk == first.receipt.site_pk
    assert _row(database)["slug"] == "naberezhnaya"
    assert site.read_back(correction) == []
    assert site.read_back(publication(1)) == []
    assert trail(database) == ["insert published 1", "update published 2"]


def test_published_time_follows_the_delivery(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    site.deliver(publication(2, published_at=NOON - timedelta(days=3)), unwatched)
    assert _row(database)["published_at"] == NOON - timedelta(days=3)


def test_photo_left_out_of_a_correction_is_removed_unless_another_article_shows_it(
    site: StandardSite, database: Engine
) -> None:
    one, two, three = photo(1), photo(2), photo(3)
    site.deliver(publication(1, lead_photo=one.id, photos=(one, two, three)), unwatched)
    site.deliver(publication(1, uid=OTHER_UID, slug="other", lead_photo=two.id, photos=(two,)), unwatched)
    site.deliver(publication(2, lead_photo=three.id, photos=(three,)), unwatched)
    with database.connect() as connection:
        assert set(connection.execute(select(photos.c.id)).scalars()) == {two.id, three.id}


def test_withdrawn_article_keeps_its_row_and_may_return(site: StandardSite, database: Engine) -> None:
    first = site.deliver(publication(1), unwatched)
    withdrawal = removal(Operation.WITHDRAW, 2)
    gone = site.deliver(withdrawal, unwatched)
    assert gone.effect is Effect.APPLIED
    assert site.read_back(withdrawal) == []
    assert _row(database)["status"] == "withdrawn"
    assert site.article_path(withdrawal, gone.receipt.site_pk) == "/article/naberezhnuyu-otkroyut-k-subbote"
    back = site.deliver(publication(3), unwatched)
    assert back.receipt.site_pk == first.receipt.site_pk
    assert site.read_back(publication(3)) == []
    assert trail(database) == ["insert published 1", "update withdrawn 2", "update published 3"]


def test_withdrawal_of_what_was_never_there_leaves_a_receipt_only(site: StandardSite, database: Engine) -> None:
    withdrawal = removal(Operation.WITHDRAW, 2)
    delivered = site.deliver(withdrawal, unwatched)
    assert delivered.receipt.site_pk == ""
    assert site.article_path(withdrawal, "") == "/"
    assert site.read_back(withdrawal) == []
    assert site.deliver(publication(1), unwatched).effect is Effect.SUPERSEDED
    assert trail(database) == []
    assert site.deliver(publication(3), unwatched).effect is Effect.APPLIED


def test_killed_article_is_an_empty_tombstone_for_good(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    kill = removal(Operation.KILL, 2)
    site.deliver(kill, unwatched)
    assert site.read_back(kill) == []
    row = _row(database)
    assert row["status"] == "killed"
    assert (row["headline"], row["lead"], row["body_html"], row["byline"]) == ("", "", "", "")
    assert row["slug"] == "naberezhnuyu-otkroyut-k-subbote"
    assert _count(database, photos) == _count(database, article_photos) == 0
    assert site.deliver(publication(3), unwatched).effect is Effect.SUPERSEDED
    assert site.read_back(publication(3)) == []
    assert site.deliver(kill, unwatched).effect is Effect.ALREADY_DONE
    assert trail(database) == ["insert published 1", "update killed 2"]


def test_kill_of_what_was_never_there_still_stops_later_publications(site: StandardSite, database: Engine) -> None:
    site.deliver(removal(Operation.KILL, 1), unwatched)
    assert site.deliver(publication(2), unwatched).effect is Effect.SUPERSEDED
    assert trail(database) == []


def test_foreign_row_under_our_slug_is_not_overwritten(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1, uid=OTHER_UID, headline="Чужая статья"), unwatched)
    with pytest.raises(SiteRefused, match=r"naberezhnuyu-otkroyut-k-subbote.*«Чужая статья»"):
        site.deliver(publication(1), unwatched)
    assert _count(database, newsroom_receipt) == 1
    assert trail(database) == ["insert published 1"]


def test_deleted_row_is_not_resurrected(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(article_photos.delete())
        connection.execute(articles.delete())
    assert site.read_back(publication(1)) == ["на сайте нет строки статьи"]
    with pytest.raises(SiteDiverged, match="удалили с сайта"):
        site.deliver(publication(2), unwatched)
    assert trail(database) == ["insert published 1", "delete published 1"]


def test_row_edited_on_the_site_is_not_overwritten(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(articles.update().values(headline="Правка на сайте"))
    (difference,) = site.read_back(publication(1))
    assert difference == "заголовок: на сайте «Правка на сайте», отправлено «Набережную откроют к субботе»"
    with pytest.raises(SiteDiverged, match="правили в обход редакции"):
        site.deliver(publication(2), unwatched)
    assert _row(database)["headline"] == "Правка на сайте"


def test_deleting_the_receipt_lets_a_person_publish_over_a_foreign_edit(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(articles.update().values(headline="Правка на сайте"))
        connection.execute(newsroom_receipt.delete())
    site.deliver(publication(2), unwatched)
    assert site.read_back(publication(2)) == []
    assert _count(database, articles) == 1


def test_row_edited_on_the_site_can_still_be_withdrawn_and_killed_but_not_returned(
    site: StandardSite, database: Engine
) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(articles.update().values(headline="Правка на сайте"))
    site.deliver(removal(Operation.WITHDRAW, 2), unwatched)
    assert _row(database)["status"] == "withdrawn"
    with pytest.raises(SiteDiverged):
        site.deliver(publication(3), unwatched)
    site.deliver(removal(Operation.KILL, 4), unwatched)
    assert _row(database)["headline"] == ""


def test_deleted_row_can_be_killed(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(article_photos.delete())
        connection.execute(articles.delete())
    kill = removal(Operation.KILL, 2)
    assert site.deliver(kill, unwatched).effect is Effect.APPLIED
    assert site.read_back(kill) == []


def test_photo_changed_on_the_site_is_found(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    name = photo(1).file_name
    with database.begin() as connection:
        connection.execute(photos.update().where(photos.c.file_name == name).values(data=b"x" * 3000))
    assert site.read_back(publication(1)) == [f"фото {name} на сайте другое"]
    with database.begin() as connection:
        connection.execute(photos.update().where(photos.c.file_name == name).values(data=b"x"))
    with pytest.raises(SiteDiverged, match="1 байт вместо 3000"):
        site.deliver(publication(2), unwatched)


def test_file_name_of_another_photo_is_refused(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    impostor = replace(photo(9), file_name=photo(1).file_name)
    with pytest.raises(SiteRefused, match="занято другим фото"):
        site.deliver(publication(2, lead_photo=impostor.id, photos=(impostor,)), unwatched)
    assert trail(database) == ["insert published 1"]


def test_two_deliveries_of_one_change_at_once_have_one_effect(
    site_url: str, site: StandardSite, database: Engine
) -> None:
    """The second, begun while the first has written and not yet committed, waits and finds the receipt."""
    rival = StandardSite(parse_url(site_url))
    inside, answers = threading.Event(), []

    def deliver_late() -> None:
        assert inside.wait(10)
        answers.append(rival.deliver(publication(), unwatched).effect)

    thread = threading.Thread(target=deliver_late)
    thread.start()

    def linger(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            inside.set()
            # Long enough for the rival to reach the lock; whether it does, the outcome must be the same.
            thread.join(0.3)
            assert thread.is_alive()

    assert site.deliver(publication(), linger).effect is Effect.APPLIED
    thread.join(20)
    rival.close()
    assert answers == [Effect.ALREADY_DONE]
    assert trail(database) == ["insert published 1"]


def test_rivals_for_one_slug_and_one_new_rubric_end_with_one_owner(
    site_url: str, site: StandardSite, database: Engine
) -> None:
    rivals = [StandardSite(parse_url(site_url)) for _ in range(4)]
    barrier, answers = threading.Barrier(len(rivals)), []

    def deliver(number: int, rival: StandardSite) -> None:
        uid = UID[:-2] + f"{number:02d}"
        barrier.wait(10)
        try:
            answers.append(rival.deliver(publication(1, uid=uid), unwatched).effect)
        except SiteRefused:
            answers.append("refused")
        rival.close()

    threads = [threading.Thread(target=deliver, args=pair) for pair in enumerate(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [Effect.APPLIED, "refused", "refused", "refused"]
    assert _count(database, rubrics) == _count(database, newsroom_receipt) == 1
    assert trail(database) == ["insert published 1"]


def test_many_deliveries_at_once_all_arrive(site_url: str, database: Engine) -> None:
    """Articles that share rubrics and photos, published, corrected and killed by several publishers.

    One that is told "not now" repeats its delivery, as a publisher does.
    """
    problems: list[Exception] = []

    def deliver(rival: StandardSite, delivery: Delivery) -> None:
        for _ in range(10):
            with suppress(SiteUnavailable):
                rival.deliver(delivery, unwatched)
                return
        raise AssertionError(f"never delivered: {delivery}")

    def work(worker: int) -> None:
        rival = StandardSite(parse_url(site_url))
        try:
            for number in range(6):
                uid = ArticleUid(f"{UID[:-4]}{worker:02d}{number:02d}")
                own = {"uid": uid, "slug": f"a-{worker}-{number}", "rubric_slug": f"r-{number % 3}"}
                shown = photo(number)
                deliver(rival, publication(1, **own))
                deliver(rival, publication(2, lead_photo=shown.id, photos=(shown,), **own))
                if number % 2:
                    deliver(rival, removal(Operation.KILL, 3, uid))
        except Exception as error:
            problems.append(error)
        rival.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert _count(database, articles) == _count(database, newsroom_receipt) == 24
    assert len(trail(database)) == 24 + 24 + 12
    with database.connect() as connection:
        assert set(connection.execute(select(photos.c.id)).scalars()) == {photo(number).id for number in (0, 2, 4)}


def test_failure_inside_the_transaction_leaves_nothing_behind(site: StandardSite, database: Engine) -> None:
    def fail(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            raise RuntimeError("the plug was pulled")

    with pytest.raises(RuntimeError):
        site.deliver(publication(), fail)
    for table in (articles, photos, article_photos, rubrics, newsroom_receipt):
        assert _count(database, table) == 0
    assert site.deliver(publication(), unwatched).effect is Effect.APPLIED
    assert trail(database) == ["insert published 1"]


def test_rubrics_take_their_places_in_order_of_appearance(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    site.deliver(
        publication(
            1, uid=OTHER_UID, slug="other", rubric_slug="sport", rubric_title="Спорт", photos=(), lead_photo=None
        ),
        unwatched,
    )
    with database.connect() as connection:
        places = connection.execute(select(rubrics.c.slug, rubrics.c.position)).all()
    assert sorted(map(tuple, places)) == [("society", 0), ("sport", 1)]


def test_renamed_rubric_is_no_difference_of_its_older_articles(site: StandardSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    site.deliver(publication(1, uid=OTHER_UID, slug="other", rubric_title="Город"), unwatched)
    with database.connect() as connection:
        assert connection.execute(select(rubrics.c.title)).scalars().all() == ["Город"]
    assert site.read_back(publication(1)) == []


def test_change_delivered_while_an_earlier_one_is_read_back_is_no_difference(
    site_url: str, site: StandardSite, database: Engine
) -> None:
    site.deliver(publication(1), unwatched)
    rival = StandardSite(parse_url(site_url))
    delivered: list[Effect] = []

    @event.listens_for(site._engine, "before_cursor_execute")
    def deliver_in_between(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if not delivered and "FROM articles" in statement and database.dialect.name != "sqlite":
            delivered.append(rival.deliver(publication(2, headline="Новый заголовок"), unwatched).effect)

    assert site.read_back(publication(1)) == []
    assert delivered == ([] if database.dialect.name == "sqlite" else [Effect.APPLIED])
    rival.close()


def test_nothing_on_the_site_reads_back_as_a_difference(site: StandardSite) -> None:
    assert site.read_back(publication()) == ["на сайте нет записи о доставке этой статьи"]
    site.deliver(publication(1), unwatched)
    assert site.read_back(publication(2)) == ["сайт хранит изменение 1, а отправлено 2"]


def test_article_without_photos_is_published(site: StandardSite) -> None:
    delivery = publication(photos=(), lead_photo=None)
    site.deliver(delivery, unwatched)
    assert site.read_back(delivery) == []


@pytest.mark.parametrize("reached", [1, 5])
def test_a_kill_goes_over_a_sequence_that_is_not_lower(site: StandardSite, database: Engine, reached: int) -> None:
    """As of a newsroom restored from an old backup: what must be off the site is off, once, and stays off."""
    site.deliver(publication(reached), unwatched)
    kill = replace(removal(Operation.KILL, 1), hash="0" * 64)
    assert site.deliver(kill, unwatched).receipt.sequence == reached
    assert _row(database)["status"] == "killed"
    assert site.read_back(kill) == []
    assert site.deliver(kill, unwatched).effect is Effect.ALREADY_DONE
    assert site.deliver(publication(reached + 1), unwatched).effect is Effect.SUPERSEDED
    assert trail(database) == [f"insert published {reached}", "update killed 1"]
    with database.begin() as connection:
        connection.execute(articles.update().values(status="published"))
    assert site.read_back(kill) != []
