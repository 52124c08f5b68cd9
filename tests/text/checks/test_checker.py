"""The checker over whole articles: places, order, memory, the captured page."""

from datetime import UTC, datetime

from hypothesis import given

from newsroom.desk.house_lists import mark_forms
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.findings import Field, Severity
from newsroom.domain.ids import PhotoId
from newsroom.domain.marks import KeptMark, Mark
from newsroom.domain.style import HouseStyle, Quotes
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import material_of
from newsroom.text.counts import plain_text
from newsroom.text.markdown import parse
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.storing import open_lexicons
from newsroom.text.typography.setting import typeset
from newsroom.text.writer import normalise
from tests.e2e.captured_page import captured_article
from tests.text.checks.articles import NOW, around, material
from tests.text.documents import documents


@given(documents)
def test_pieces_stand_where_readers_see_them(document) -> None:
    document = normalise(document)
    plain = plain_text(document)
    for piece in material_of(Content(), document.blocks).pieces:
        assert plain[piece.begin : piece.begin + len(piece.text)] == piece.text


def test_places_are_those_of_the_field_and_the_gravest_come_first() -> None:
    body = "Первый абзац.\n\nОткрыли в в пятницу. ИНН 7707083894."
    found = Checker().check(material(body), around())
    plain = plain_text(parse(body))
    assert [one.severity for one in found] == [Severity.ERROR, Severity.WARNING]
    assert [plain[one.begin : one.end] for one in found] == [one.words for one in found] == ["7707083894", "в в"]


def test_what_was_seen_before_gives_the_same() -> None:
    checker = Checker()
    first = checker.check(material("Открыли в в пятницу."), around())
    moved = checker.check(material("Новый абзац.\n\nОткрыли в в пятницу."), around())
    assert [one.begin for one in first] == [8]
    assert [one.begin for one in moved] == [8 + len("Новый абзац.\n\n")]


def test_links_of_a_paragraph_count_though_its_words_are_the_same() -> None:
    checker = Checker()
    good = checker.check(material("Читайте [здесь](https://vesti.example/)."), around())
    bad = checker.check(material("Читайте [здесь](vesti)."), around())
    assert (len(good), [one.code for one in bad]) == (0, ["link-broken"])


def test_the_captured_article(word_lists) -> None:
    """Each finding that it is known to have, and silence where nothing is wrong."""
    page = captured_article()
    body = "\n\n".join(page.paragraphs)
    photo = LeadPhoto(PhotoId("ab" * 32), page.headline, page.credit, f"{page.headline} {page.credit}")
    written = datetime(2022, 2, 25, 7, 35, tzinfo=UTC)
    content = Content(headline=page.headline, lead=page.lead, body=body, photo=photo, date=written)
    checker = Checker(Speller(open_lexicons(word_lists)))
    found = checker.check(material_of(content, parse(body).blocks), around(now=NOW))
    assert {(one.code, one.field) for one in found} == {
        ("spelling-firm", Field.BODY),
        ("mark-glued", Field.BODY),
        ("near-names", Field.BODY),
        ("list-count", Field.BODY),
        ("number-style", Field.BODY),
        ("date-relative", Field.BODY),
        ("promotion-unlabelled", Field.NOTE),
        ("caption-is-headline", Field.CAPTION),
        ("alt-is-headline", Field.ALT),
        ("photographer-missing", Field.CREDIT),
    }
    assert len(found) == 20
    assert sum(one.code == "mark-glued" for one in found) == 9


def kept(mark: Mark) -> KeptMark:
    return KeptMark(mark, mark_forms(mark))


def test_marks_of_the_captured_article() -> None:
    """Unmarked are the first mention of the prize, which the lead makes, a later one, and the second network."""
    page = captured_article()
    body = "\n\n".join(page.paragraphs)
    content = Content(headline=page.headline, lead=page.lead, body=body, age=AgeRating.TWELVE)
    prize = Mark(
        "Global Top Ranking Performers Awards", "(16+)", ("Global Top Ranking Performance Awards",), inflected=False
    )
    networks = [Mark(name, "(12+)", inflected=False) for name in ("ВКонтакте", "Одноклассники", "Telegram", "Viber")]
    checker = Checker(kept_marks=[kept(mark) for mark in (prize, *networks)])
    found = checker.check(material_of(content, parse(body).blocks), around(now=NOW))
    missing = [(one.field, one.words) for one in found if one.code == "mark-missing"]
    assert missing == [
        (Field.LEAD, "Global Top Ranking Performers Awards"),
        (Field.BODY, "Global Top Ranking Performance Awards"),
        (Field.BODY, '"ВКонтакте"'),
    ]
    assert [one.words for one in found if one.code == "mark-above-rating"] == ["(16+)"]


def test_straight_quotes_of_the_house_are_left_alone() -> None:
    page = captured_article()
    body = "\n\n".join(page.paragraphs)
    pieces = material_of(Content(headline=page.headline, lead=page.lead), parse(body).blocks).pieces

    def straight(quotes: Quotes | None) -> int:
        texts = [typeset(piece.text, HouseStyle(quotes=quotes)) if quotes else piece.text for piece in pieces]
        return sum(text.count('"') for text in texts)

    assert straight(Quotes.STRAIGHT) == straight(None) > 0
    assert straight(Quotes.GUILLEMETS) == 0
