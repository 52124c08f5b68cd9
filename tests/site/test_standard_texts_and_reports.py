"""What readers get is what was sent, whatever it is written in; what they report comes back in order."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from newsroom.domain.errors import SiteRefused
from newsroom.domain.reports import ReportState
from newsroom.site.port import iterate_reports
from newsroom.site.standard import StandardSite
from newsroom.site.standard_schema import articles, typo_reports
from tests.site.material import NOON, OTHER_UID, UID, photo, publication, unwatched

_TEXTS = [
    pytest.param("Ёлка 🎄 и семья 👩‍👩‍👧", id="emoji"),
    pytest.param("е\u0308лка и ёлка, й и и\u0306", id="combining"),
    pytest.param("  в начале и в конце  ", id="blanks"),
    pytest.param("кавычки ' \" \\ %s %(x)s :name ? ; --", id="quotes"),
    pytest.param("строка\nстрока\r\nтаб\t неразрывный\u00a0пробел", id="lines"),
    pytest.param("\u202eсправа\u202c \ufeff\U000e0001\ufffe", id="invisible"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("words", _TEXTS)
def test_text_reads_back_equal(words: str, site: StandardSite, database: Engine) -> None:
    delivery = publication(
        headline=words, lead=words, body_html=words, byline=words, note=words, photo_alt=words, tags=(words, "тег")
    )
    site.deliver(delivery, unwatched)
    assert site.read_back(delivery) == []
    with database.connect() as connection:
        assert connection.execute(select(articles.c.headline)).scalar_one() == words


def test_body_of_a_megabyte_and_large_photo_read_back_equal(site: StandardSite) -> None:
    large = photo(3, 4_000_000)
    delivery = publication(body_html="<p>Слово ё🎄</p>" * 60_000, lead_photo=large.id, photos=(large,))
    site.deliver(delivery, unwatched)
    assert site.read_back(delivery) == []


@pytest.mark.parametrize("field", ["headline", "body_html", "rubric_title"])
@pytest.mark.parametrize("sign", ["\0", "\ud83c"], ids=["nul", "surrogate"])
def test_what_no_database_stores_is_refused_by_name(
    field: str, sign: str, site: StandardSite, database: Engine
) -> None:
    title = {"headline": "заголовок", "body_html": "текст", "rubric_title": "рубрика"}[field]
    with pytest.raises(SiteRefused, match=f"«{title}» есть знак"):
        site.deliver(publication(**{field: f"до{sign}после"}), unwatched)
    with database.connect() as connection:
        assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == 0


def test_too_long_is_refused_with_every_reason_and_never_cut(site: StandardSite, database: Engine) -> None:
    with pytest.raises(SiteRefused) as caught:
        site.deliver(publication(headline="о" * 301, slug="a" * 201), unwatched)
    assert caught.value.reasons == (
        "Сайт не примет поле «адрес»: 201 знаков, а помещается 200.",
        "Сайт не примет поле «заголовок»: 301 знаков, а помещается 300.",
    )
    longest = publication(headline="🎄" * 300, slug="a" * 200)
    site.deliver(longest, unwatched)
    assert site.read_back(longest) == []


def test_slugs_that_differ_by_case_or_yo_are_different(site: StandardSite) -> None:
    site.deliver(publication(1, slug="elka", rubric_slug="ёлки", rubric_title="Ёлки"), unwatched)
    site.deliver(publication(1, uid=OTHER_UID, slug="Elka", rubric_slug="елки", rubric_title="Елки"), unwatched)
    assert site.read_back(publication(1, slug="elka", rubric_slug="ёлки", rubric_title="Ёлки")) == []


def test_difference_shows_the_place_where_texts_part(site: StandardSite, database: Engine) -> None:
    body = "слово " * 200 + "город" + " слово" * 200
    site.deliver(publication(body_html=body), unwatched)
    with database.begin() as connection:
        connection.execute(articles.update().values(body_html=body.replace("город", "посёлок")))
    (difference,) = site.read_back(publication(body_html=body))
    assert "посёлок" in difference
    assert "город" in difference
    assert len(difference) < 200


def _report(database: Engine, number: int, selected: str = "облуживания") -> None:
    with database.begin() as connection:
        connection.execute(
            typo_reports.insert().values(
                article_uid=UID,
                page_url="http://127.0.0.1/article/x",
                before_text="после ",
                selected_text=selected,
                after_text=" дорог",
                comment=f"сообщение {number} 🙂",
                reporter_hash="0" * 64,
                created_at=NOON + timedelta(seconds=number),
            )
        )


def test_reports_come_in_order_after_the_cursor(site: StandardSite, database: Engine) -> None:
    for number in range(7):
        _report(database, number)
    first = site.reports_after("", 3)
    assert [report.comment for report in first] == [f"сообщение {number} 🙂" for number in range(3)]
    assert first[0].reported_at == NOON
    assert first[0].selected == "облуживания"
    assert [report.comment for report in site.reports_after(first[-1].site_report_id, 100)] == [
        f"сообщение {number} 🙂" for number in range(3, 7)
    ]
    assert len(list(iterate_reports(site, "", 2))) == 7
    assert site.reports_after("7", 10) == []


def test_numbers_beyond_nine_keep_their_order(site: StandardSite, database: Engine) -> None:
    """The cursor is a text, and still a number."""
    for number in range(12):
        _report(database, number)
    assert [report.site_report_id for report in site.reports_after("9", 10)] == ["10", "11", "12"]


def test_closed_report_bears_the_decision(site: StandardSite, database: Engine) -> None:
    _report(database, 1)
    site.close_report("1", ReportState.FIXED)
    with database.connect() as connection:
        row = connection.execute(select(typo_reports.c.state, typo_reports.c.closed_at)).one()
    assert row.state == "fixed"
    assert row.closed_at is not None
    site.close_report("1", ReportState.NEW)
    with database.connect() as connection:
        assert connection.execute(select(typo_reports.c.state, typo_reports.c.closed_at)).one() == ("new", None)
    site.close_report("999", ReportState.REJECTED)


class TestOnServers:
    """SQLite has one writer: there numbers are given in the order of commits."""

    @pytest.fixture
    def any_database_url(self, any_server_url: str) -> str:
        return any_server_url

    def test_report_inserted_but_not_committed_does_not_slip_behind_the_cursor(
        self, site: StandardSite, database: Engine
    ) -> None:
        """Report 1 is committed after report 2; whoever reads meanwhile sees both or neither of them first."""
        slow = database.connect()
        slow.execute(
            typo_reports.insert().values(
                article_uid=UID,
                page_url="",
                before_text="",
                selected_text="медленное",
                after_text="",
                comment="",
                reporter_hash="",
                created_at=NOON,
            )
        )
        _report(database, 2, "быстрое")
        commit = threading.Timer(0.3, slow.commit)
        commit.start()
        assert [report.selected for report in site.reports_after("", 10)] == ["медленное", "быстрое"]
        commit.join()
        slow.close()
