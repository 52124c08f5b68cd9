"""What the port promises of every delivery, held against every kind of site."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.domain.errors import SiteDiverged, SiteRefused
from newsroom.domain.states import Operation
from newsroom.site.port import Delivered, Effect, Site, SiteStep
from tests.site.material import OTHER_UID, UID, photo, publication, removal, unwatched
from tests.site.schemas import SUBJECTS, Made, made

_HEADLINE = "Набережную откроют к субботе"
_CASES = [
    pytest.param(
        (name, database), id=f"{name}-{database}", marks=[] if database == "sqlite" else getattr(pytest.mark, database)
    )
    for name, subject in SUBJECTS.items()
    for database in subject.databases
]


@pytest.fixture(params=_CASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    name, database = request.param
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), tmp_path) as place:
        yield place


@pytest.fixture
def site(place: Made) -> Iterator[Site]:
    site = place.open()
    yield site
    site.close()


def test_publication_appears_whole_and_reads_back_equal(site: Site, place: Made) -> None:
    steps: list[SiteStep] = []
    delivered = site.deliver(publication(), steps.append)
    assert delivered.effect is Effect.APPLIED
    assert steps == [SiteStep.BEFORE_TRANSACTION, SiteStep.INSIDE_TRANSACTION, SiteStep.AFTER_COMMIT]
    assert place.shown() == [_HEADLINE]
    assert site.read_back(publication()) == []
    assert "naberezhnuyu-otkroyut-k-subbote" in site.article_path(publication(), delivered.receipt.site_pk)
    assert place.trail() == (1, 0, 0)


def test_same_delivery_again_has_no_second_effect(site: Site, place: Made) -> None:
    first = site.deliver(publication(), unwatched)
    again = site.deliver(replace(publication(), epoch=7), unwatched)
    assert again == Delivered(Effect.ALREADY_DONE, first.receipt)
    assert place.trail() == (1, 0, 0)


def test_lower_sequence_is_left_out_and_another_hash_is_an_alarm(site: Site, place: Made) -> None:
    site.deliver(publication(3), unwatched)
    late = site.deliver(publication(2, headline="Старый заголовок"), unwatched)
    assert (late.effect, late.receipt.sequence) == (Effect.SUPERSEDED, 3)
    assert site.read_back(publication(2, headline="Старый заголовок")) == []
    other = publication(3, hash_="f" * 64, headline="Другой заголовок")
    with pytest.raises(SiteDiverged, match="под тем же номером 3"):
        site.deliver(other, unwatched)
    assert site.read_back(other) == ["под тем же номером сайт хранит другое содержание"]
    assert place.trail() == (1, 0, 0)


def test_correction_with_another_slug_tags_and_photos_changes_the_same_row(site: Site, place: Made) -> None:
    first = site.deliver(publication(1), unwatched)
    correction = publication(
        2,
        headline="Набережную откроют в пятницу",
        slug="naberezhnaya",
        tags=("город",),
        photos=(photo(3),),
        lead_photo=photo(3).id,
    )
    second = site.deliver(correction, unwatched)
    assert second.receipt.site_pk == first.receipt.site_pk
    assert (place.shown(), place.slugs()) == (["Набережную откроют в пятницу"], ["naberezhnaya"])
    assert site.read_back(correction) == []
    assert site.read_back(publication(1)) == []
    assert place.trail() == (1, 1, 0)


def test_withdrawn_article_keeps_its_row_and_may_return(site: Site, place: Made) -> None:
    first = site.deliver(publication(1), unwatched)
    withdrawal = removal(Operation.WITHDRAW, 2)
    assert site.deliver(withdrawal, unwatched).effect is Effect.APPLIED
    assert site.read_back(withdrawal) == []
    assert (place.shown(), place.headlines()) == ([], [_HEADLINE])
    back = site.deliver(publication(3), unwatched)
    assert back.receipt.site_pk == first.receipt.site_pk
    assert site.read_back(publication(3)) == []
    assert place.shown() == [_HEADLINE]
    assert place.trail() == (1, 2, 0)


def test_killed_article_is_gone_for_good(site: Site, place: Made) -> None:
    site.deliver(publication(1), unwatched)
    kill = removal(Operation.KILL, 2)
    site.deliver(kill, unwatched)
    assert site.read_back(kill) == []
    assert place.shown() == []
    assert _HEADLINE not in place.headlines()
    assert site.deliver(publication(3), unwatched).effect is Effect.SUPERSEDED
    assert site.read_back(publication(3)) == []
    assert site.deliver(kill, unwatched).effect is Effect.ALREADY_DONE
    assert place.trail() == ((1, 0, 1) if place.subject.removes else (1, 1, 0))


def test_foreign_row_under_our_slug_is_not_overwritten(site: Site, place: Made) -> None:
    site.deliver(publication(1, uid=OTHER_UID, headline="Чужая статья"), unwatched)
    with pytest.raises(SiteRefused, match=r"naberezhnuyu-otkroyut-k-subbote.*«Чужая статья»"):
        site.deliver(publication(1), unwatched)
    assert place.headlines() == ["Чужая статья"]
    assert place.trail() == (1, 0, 0)


def test_row_edited_on_the_site_is_not_overwritten_and_the_field_is_named(site: Site, place: Made) -> None:
    site.deliver(publication(1), unwatched)
    place.edit()
    assert any("Правка на сайте" in words for words in site.read_back(publication(1)))
    with pytest.raises(SiteDiverged, match="правили в обход редакции"):
        site.deliver(publication(2), unwatched)
    assert place.headlines() == ["Правка на сайте"]


def test_row_edited_on_the_site_can_be_withdrawn_but_not_returned_and_then_killed(site: Site, place: Made) -> None:
    site.deliver(publication(1), unwatched)
    place.edit()
    site.deliver(removal(Operation.WITHDRAW, 2), unwatched)
    assert place.shown() == []
    with pytest.raises(SiteDiverged):
        site.deliver(publication(3), unwatched)
    site.deliver(removal(Operation.KILL, 4), unwatched)
    assert "Правка на сайте" not in place.headlines()


def test_deleted_row_is_not_resurrected(site: Site, place: Made) -> None:
    site.deliver(publication(1), unwatched)
    place.delete()
    if place.subject.name == "cyrillic":
        pytest.skip("the receipt was in the row that is gone")
    assert site.read_back(publication(1)) == ["на сайте нет строки статьи"]
    with pytest.raises(SiteDiverged, match="удалили с сайта"):
        site.deliver(publication(2), unwatched)
    assert place.headlines() == []
    kill = removal(Operation.KILL, 3)
    assert site.deliver(kill, unwatched).effect is Effect.APPLIED
    assert site.read_back(kill) == []


def test_failure_inside_the_transaction_leaves_nothing_behind(site: Site, place: Made) -> None:
    def fail(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            raise RuntimeError("the plug was pulled")

    with pytest.raises(RuntimeError):
        site.deliver(publication(), fail)
    assert place.headlines() == []
    assert site.deliver(publication(), unwatched).effect is Effect.APPLIED
    assert place.trail() == (1, 0, 0)


def test_two_deliveries_of_one_change_at_once_have_one_effect(site: Site, place: Made) -> None:
    """The second, begun while the first has written and not yet committed, waits and finds the receipt."""
    rival = place.open()
    inside, answers = threading.Event(), []

    def deliver_late() -> None:
        assert inside.wait(10)
        answers.append(rival.deliver(publication(), unwatched).effect)

    thread = threading.Thread(target=deliver_late)
    thread.start()

    def linger(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            inside.set()
            thread.join(0.3)
            assert thread.is_alive()

    assert site.deliver(publication(), linger).effect is Effect.APPLIED
    thread.join(20)
    rival.close()
    assert answers == [Effect.ALREADY_DONE]
    assert place.trail() == (1, 0, 0)


def test_rivals_for_one_slug_end_with_one_owner(site: Site, place: Made) -> None:
    rivals = [place.open() for _ in range(4)]
    barrier, answers = threading.Barrier(len(rivals)), []

    def deliver(number: int, rival: Site) -> None:
        barrier.wait(10)
        try:
            answers.append(rival.deliver(publication(1, uid=UID[:-2] + f"{number:02d}"), unwatched).effect)
        except SiteRefused:
            answers.append("refused")
        rival.close()

    threads = [threading.Thread(target=deliver, args=pair) for pair in enumerate(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [Effect.APPLIED, "refused", "refused", "refused"]
    assert place.trail() == (1, 0, 0)


@pytest.mark.parametrize("reached", [1, 5])
def test_a_kill_goes_over_a_sequence_that_is_not_lower(site: Site, place: Made, reached: int) -> None:
    site.deliver(publication(reached), unwatched)
    kill = replace(removal(Operation.KILL, 1), hash="0" * 64)
    assert site.deliver(kill, unwatched).receipt.sequence == reached
    assert place.shown() == []
    assert site.deliver(kill, unwatched).effect is Effect.ALREADY_DONE
    assert site.deliver(publication(reached + 1), unwatched).effect is Effect.SUPERSEDED
