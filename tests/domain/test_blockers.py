"""What blocks publication is listed all at once, each with its field."""

from datetime import UTC, datetime, timedelta

from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.blockers import find_blockers
from newsroom.domain.findings import Field, Finding
from newsroom.domain.house import House
from newsroom.domain.ids import PhotoId, RubricSlug
from tests.newsrooms import GOOD

PHOTO = PhotoId("ab" * 32)
RUBRICS = [RubricSlug("obshchestvo")]


def blockers(content: Content, **more: object) -> list[Finding]:
    given: dict[str, object] = {"rubrics": RUBRICS, "photos": [PHOTO]} | more
    return find_blockers(content, House(), **given)  # type: ignore[arg-type]


def fields(found: list[Finding], *, blocks: bool = True) -> list[Field]:
    return [blocker.field for blocker in found if blocker.blocks is blocks]


def test_good_content_is_not_blocked() -> None:
    assert blockers(GOOD) == []


def test_an_empty_article_names_everything_that_is_missing() -> None:
    found = blockers(Content())
    assert fields(found) == [Field.HEADLINE, Field.LEAD, Field.BODY, Field.RUBRIC, Field.AGE]


def test_a_headline_of_ninety_characters_passes_and_one_more_does_not() -> None:
    assert blockers(GOOD.with_(headline="а" * 90)) == []
    assert fields(blockers(GOOD.with_(headline="а" * 91))) == [Field.HEADLINE]


def test_a_photo_needs_a_credit_and_asks_for_a_description() -> None:
    found = blockers(GOOD.with_(photo=LeadPhoto(PHOTO, caption="Мост")))
    assert fields(found) == [Field.CREDIT]
    assert fields(found, blocks=False) == [Field.ALT]


def test_a_photo_that_is_gone_blocks_wherever_it_stands() -> None:
    gone = PhotoId("cd" * 32)
    content = GOOD.with_(photo=LeadPhoto(gone, "Мост", "Анна Ким", "Мост утром"))
    assert fields(blockers(content, body_photos=[gone])) == [Field.BODY, Field.PHOTO]


def test_a_date_after_the_publication_blocks() -> None:
    due = datetime(2026, 11, 22, 2, tzinfo=UTC)
    content = GOOD.with_(date=due + timedelta(minutes=1))
    assert fields(blockers(content, due=due)) == [Field.DATE]
    assert blockers(content, due=due + timedelta(minutes=1)) == []


def test_a_rubric_that_was_removed_blocks() -> None:
    assert fields(blockers(GOOD.with_(rubric=RubricSlug("pogoda")))) == [Field.RUBRIC]
