"""The checker over whole articles: places, order, memory, the captured page."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given

from newsroom.demo.sample import sample_folder
from newsroom.desk.house_lists import mark_forms
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.findings import Field, Severity, in_order
from newsroom.domain.ids import PhotoId
from newsroom.domain.marks import KeptMark, Mark
from newsroom.domain.rules import HouseRule
from newsroom.domain.style import HouseStyle, Quotes
from newsroom.text.checks.checker import FACTS, MATERIAL_CHECKS, PIECE_CHECKS, Checker
from newsroom.text.checks.material import Material, material_of
from newsroom.text.checks.rules import Rules
from newsroom.text.checks.style import typography
from newsroom.text.counts import plain_text
from newsroom.text.front_matter import read_front_matter
from newsroom.text.mark_files import read_mark_file
from newsroom.text.markdown import parse
from newsroom.text.marks import Marks, check_marks
from newsroom.text.spelling.house import inflect
from newsroom.text.spelling.judging import Kind
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.storing import open_lexicons
from newsroom.text.typography.setting import seen_edits, typeset
from newsroom.text.word_files import read_word_file
from newsroom.text.writer import normalise
from tests.e2e.captured_page import PAGE, captured_article
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


def sample_materials() -> list[Material]:
    read = [read_front_matter(file.read_bytes()) for file in sorted(sample_folder().glob("*.md"))]
    texts = [(str(one.fields.get("headline", "")), str(one.fields.get("lead", "")), one.body) for one in read]
    return [material(body, headline=headline, lead=lead, age=AgeRating.SIX) for headline, lead, body in texts]


def test_bit_by_bit_the_same_is_found_as_by_every_check_at_once() -> None:
    rule = HouseRule("мост", "мост", whole_word=True)
    kept_marks, style = [kept(Mark("Мост", "(12+)", inflected=False))], HouseStyle()
    frame = around(now=NOW)
    for one in sample_materials():
        checker = Checker(kept_marks=kept_marks, rules=[rule], house_style=style)
        steps = [found for step in checker.steps(one, frame) for found in step]
        at_once = [
            *(found for piece in one.pieces for check in PIECE_CHECKS for found in check(piece)),
            *(found for piece in one.pieces for found in Rules([rule]).check(piece)),
            *(found for check in MATERIAL_CHECKS for found in check(one, frame)),
            *check_marks(Marks(kept_marks), one, frame),
            *typography(one, style),
        ]
        assert in_order(steps) == in_order(at_once) == checker.check(one, frame)


def test_no_step_looks_at_more_than_one_paragraph() -> None:
    """What checks of the article ask of a paragraph has been asked in a step of its own."""
    remembered = (*FACTS, seen_edits)
    for one in remembered:
        one.cache_clear()
    for article in sample_materials():
        steps = Checker(house_style=HouseStyle()).steps(article, around(now=NOW))
        asked = [[one.cache_info().misses for one in remembered] for _step in steps]
        for before, after in pairwise(asked):
            assert sum(after) - sum(before) <= 1
    assert min(asked[-1]) > 0


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


def test_the_captured_article_with_the_lists_of_the_sample_newsroom(word_lists) -> None:
    """With everything on: what the page is known to have, what the house has decided, and nothing else."""
    page = captured_article()
    body = "\n\n".join(page.paragraphs)
    content = Content(
        headline=page.headline,
        lead=page.lead,
        body=body,
        photo=LeadPhoto(PhotoId("ab" * 32), page.headline, page.credit, f"{page.headline} {page.credit}"),
        date=datetime(2022, 2, 25, 7, 35, tzinfo=UTC),
        age=AgeRating.TWELVE,
    )
    words = read_word_file((sample_folder() / "words.toml").read_bytes(), ".toml")
    marks = read_mark_file((sample_folder() / "marks.toml").read_bytes(), ".toml")
    speller = Speller(open_lexicons(word_lists), inflect(words))
    style = HouseStyle(quotes=Quotes.STRAIGHT)
    checker = Checker(speller, kept_marks=[kept(mark) for mark in marks], house_style=style)
    article = material_of(content, parse(body).blocks)
    found = checker.check(article, around(now=NOW))
    assert Counter(one.code for one in found) == {
        "spelling-confusable": 1,
        "spelling-forbidden": 1,
        "near-names": 1,
        "mark-glued": 9,
        "mark-missing": 1,
        "mark-above-rating": 1,
        "list-count": 1,
        "number-style": 1,
        "date-relative": 3,
        "typography": 1,
        "promotion-unlabelled": 1,
        "caption-is-headline": 1,
        "alt-is-headline": 1,
        "photographer-missing": 1,
    }
    words_of = {one.code: one.words for one in found}
    assert words_of["spelling-confusable"].startswith("облуж")
    assert (words_of["spelling-forbidden"], words_of["mark-missing"]) == ("Tik-Tok", '"ВКонтакте"')
    # Of the good words only names that the house has not entered are marked, softly.
    soft = {one.word for piece in article.pieces for one in speller.check(piece.text) if one.kind is Kind.SOFT}
    assert soft == {"Instagram", "WhatsApp", "Viber"}


def test_blanks_at_the_ends_of_lines_of_the_captured_page_are_taken_away() -> None:
    captured_article()
    lines = [line for line in PAGE.read_text(encoding="utf-8").split("\n") if line.endswith("\u00a0")]
    assert len(lines) == 3
    assert not [line for line in lines if typeset(line, HouseStyle())[-1:].isspace()]


def test_straight_quotes_of_the_house_are_left_alone() -> None:
    page = captured_article()
    body = "\n\n".join(page.paragraphs)
    pieces = material_of(Content(headline=page.headline, lead=page.lead), parse(body).blocks).pieces

    def straight(quotes: Quotes | None) -> int:
        texts = [typeset(piece.text, HouseStyle(quotes=quotes)) if quotes else piece.text for piece in pieces]
        return sum(text.count('"') for text in texts)

    assert straight(Quotes.STRAIGHT) == straight(None) > 0
    assert straight(Quotes.GUILLEMETS) == 0
