"""The content hash: approval binds to it, so everything must count and nothing else."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content, LeadPhoto, content_from_dict, content_hash, content_to_dict
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId, RubricSlug
from tests.newsrooms import GOOD

NOON = datetime(2026, 11, 22, 2, tzinfo=UTC)
CHANGED: dict[str, object] = {
    "headline": "Другой",
    "lead": "Другая",
    "body": "Другой",
    "rubric": RubricSlug("sport"),
    "tags": ("мост",),
    "byline": "Другой",
    "slug": "drugoy",
    "age": AgeRating.EIGHTEEN,
    "photo": LeadPhoto(PhotoId("ab" * 32)),
    "date": NOON,
    "pinned_until": NOON,
    "note": "На правах рекламы",
}


@pytest.mark.parametrize("field", [field.name for field in fields(Content)])
def test_every_field_counts(field: str) -> None:
    assert content_hash(GOOD.with_(**{field: CHANGED[field]})) != content_hash(GOOD)


@pytest.mark.parametrize("part", ["caption", "credit", "alt"])
def test_every_word_about_the_photo_counts(part: str) -> None:
    plain = LeadPhoto(PhotoId("ab" * 32))
    told = LeadPhoto(PhotoId("ab" * 32), **{part: "слова"})
    assert content_hash(GOOD.with_(photo=plain)) != content_hash(GOOD.with_(photo=told))


def test_one_instant_written_in_two_zones_is_the_same_content() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=10)))
    assert content_hash(GOOD.with_(date=NOON)) == content_hash(GOOD.with_(date=there))


def test_content_survives_the_way_into_the_database_and_back() -> None:
    full = Content(**CHANGED)  # type: ignore[arg-type]
    assert content_from_dict(content_to_dict(full)) == full


@pytest.mark.parametrize(
    ("text", "rating"), [("12+", AgeRating.TWELVE), ("12", AgeRating.TWELVE), (" 0+ ", AgeRating.ZERO)]
)
def test_age_ratings_are_read_as_people_write_them(text: str, rating: AgeRating) -> None:
    assert AgeRating.parse(text) is rating


@pytest.mark.parametrize("text", ["", "+", "14+", "12++", "двенадцать"])
def test_other_ages_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        AgeRating.parse(text)
