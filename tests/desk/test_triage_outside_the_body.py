"""Mistakes outside the body: what readers select in headline, lead, the lead photo's words, byline and note."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.desk import reading
from newsroom.desk.pictures import add_photo
from newsroom.desk.scheduling import publish_now
from newsroom.desk.triage import TriageReader, accept, take_back
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, PhotoId, SiteName
from newsroom.domain.reports import IncomingReport
from newsroom.domain.triage import Mistake, Standing
from newsroom.text.page_text import page_text, texts_of, with_words
from tests.newsrooms import GOOD, Desks, newsroom_in
from tests.photos.pictures import encoded, picture

HEADLINE = "Мост через пратоку откроют в пятницу"
LEAD = "Движение начнётся в полдень, автобусы пайдут по новому пути."
BODY = (
    "Подрядчик закончил ремонт на месяц раньше срока.\n\n"
    '![Причал](photo:{photo} "Причал в устье протоки Фото: пресс-слжба района")\n\n'
    "Первым по мосту пройдёт рейсовый автобус."
)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home") as newsroom:
        yield Desks(newsroom)


def page(desks: Desks) -> Content:
    """An article whose caption repeats its headline, slips and all, as captions do."""
    photo = add_photo(desks.editor, encoded(picture()), "most.jpg").value
    lead_photo = LeadPhoto(photo.id, HEADLINE, "предоставлено Зареченским музем", "Мост утром")
    return GOOD.with_(
        headline=HEADLINE,
        lead=LEAD,
        body=BODY.format(photo=photo.id),
        photo=lead_photo,
        byline="Анна Ким, корреспондет",
        note="Подготовлено по матереалам музея.",
    )


def live(desks: Desks, content: Content) -> ArticleId:
    article = desks.approved(content)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    return article


def reported(desks: Desks, article: ArticleId, before: str, selected: str, after: str, comment: str) -> Mistake:
    uid = reading.read_article(desks.chief, article).uid
    incoming = IncomingReport("1", uid, "http://x/1", before, selected, after, comment, datetime.now(UTC))
    with desks.newsroom.database.write() as work:
        work.reports.add(SiteName("main"), [incoming])
    (mistake,) = TriageReader().read(desks.proofreader).mistakes
    return mistake


@pytest.mark.parametrize(
    ("field", "before", "selected", "after", "new"),
    [
        (Field.HEADLINE, "Мост через ", "пратоку", " откроют в пятницу\nДвижение начнётся в полдень", "протоку"),
        (Field.LEAD, "в полдень, автобусы ", "пайдут", " по новому пути.", "пойдут"),
        (Field.CAPTION, "по новому пути.\nМост через ", "пратоку", " откроют в пятницу Фото: предоставлено", "протоку"),
        (Field.CREDIT, "в пятницу Фото: предоставлено Зареченским ", "музем", "\nПодрядчик закончил", "музеем"),
        (Field.BYLINE, "рейсовый автобус.\nАнна Ким, ", "корреспондет", "\nПодготовлено", "корреспондент"),
        (Field.NOTE, "корреспондет\nПодготовлено по ", "матереалам", " музея.", "материалам"),
        (Field.BODY, "в устье протоки Фото: ", "пресс-слжба", " района\nПервым по мосту", "пресс-служба"),
    ],
)
def test_it_is_found_and_corrected_in_its_own_field(
    desks: Desks, field: Field, before: str, selected: str, after: str, new: str
) -> None:
    content = page(desks)
    article = live(desks, content)
    mistake = reported(desks, article, before, selected, after, new)
    assert mistake.standing is Standing.FOUND
    assert mistake.spot
    assert (mistake.spot.place.field, mistake.spot.words.endswith(selected)) == (field, True)
    assert mistake.spot.new.endswith(new)
    decision = accept(desks.proofreader, mistake.ref, mistake.spot.place, mistake.spot.new).value
    assert decision.goes_out
    assert desks.publish() == ["verified"]
    shown = reading.live_content(desks.chief, article)
    assert shown is not None
    was, now = texts_of(content), texts_of(shown)
    assert now.pop(field) == was.pop(field).replace(selected, new)
    assert now == was, "nothing else of the page has changed"
    take_back(desks.proofreader, decision)
    assert desks.publish() == ["verified"]
    assert reading.live_content(desks.chief, article) == content


def test_words_that_reach_into_the_next_field_belong_to_where_most_of_them_stand() -> None:
    photo = LeadPhoto(PhotoId("1" * 64), "Каток", "Иван Петров")
    whole = page_text(texts_of(GOOD.with_(photo=photo)))
    begin = whole.text.index("Фото: Иван Петров")
    assert whole.within(begin, begin + len("Фото: Иван Петров")) == (Field.CREDIT, 0, len("Иван Петров"))
    assert whole.within(begin, begin + len("Фото:")) is None
    assert page_text(texts_of(Content())).within(0, 1) is None


def test_a_speaker_or_a_caption_may_lose_words_whole() -> None:
    speaker = GOOD.with_(body="> Ждали.\n>\n> — Ольга Ольга Пирогова")
    at = texts_of(speaker)[Field.BODY].index("Ольга ")
    assert with_words(speaker, Field.BODY, at, at + len("Ольга "), "").body.endswith("> — Ольга Пирогова")
