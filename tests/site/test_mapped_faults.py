"""A described site whose database is not what the description says: stopped before writing, and told in words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.domain.errors import InvalidInput, SiteDiverged, SiteRefused, SiteSchemaMismatch, SiteUnavailable
from newsroom.domain.states import Operation
from newsroom.site.kinds import open_site
from newsroom.site.port import Effect, Site
from newsroom.site.rehearsal import Rehearsing
from tests.site.material import NOON, OTHER_UID, photo, publication, removal, unwatched
from tests.site.schemas import SUBJECTS, Made, made


@pytest.fixture
def wagtail(postgresql_url: str, tmp_path: Path) -> Iterator[Made]:
    with made(SUBJECTS["wagtail"], postgresql_url, tmp_path) as place:
        yield place


@pytest.fixture
def cyrillic(mariadb_url: str, tmp_path: Path) -> Iterator[Made]:
    with made(SUBJECTS["cyrillic"], mariadb_url, tmp_path) as place:
        yield place


@pytest.fixture
def rights(postgresql_url: str, tmp_path: Path) -> Iterator[Made]:
    with made(SUBJECTS["rights"], postgresql_url, tmp_path) as place:
        yield place


@pytest.fixture
def opened() -> Iterator[list[Site]]:
    sites: list[Site] = []
    yield sites
    for site in sites:
        site.close()


def _open(place: Made, opened: list[Site]) -> Site:
    opened.append(place.open())
    return opened[-1]


def _described(place: Made, tmp_path: Path, *changes: tuple[str, str]) -> Made:
    """The same site under a changed description."""
    words = Path(place.options["mapping"]).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in words, old
        words = words.replace(old, new)
    file = tmp_path / "changed.toml"
    file.write_text(words, encoding="utf-8")
    return replace(place, options={"mapping": str(file)})


# --- The structure has changed since yesterday ---


@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER TABLE news_articlepage DROP COLUMN intro", "article.columns.intro: в таблице .* нет столбца «intro»"),
        (
            "ALTER TABLE news_articlepage RENAME COLUMN intro TO intro2",
            r"строка \d+, article.columns.intro: .*нет столбца «intro» \(похоже на «intro2»\)",
        ),
        ("ALTER TABLE news_typoreport RENAME TO typos", r"reports.table: нет таблицы «news_typoreport»"),
    ],
)
def test_column_that_went_between_two_deliveries_stops_them_before_writing(
    database: str, change: str, words: str, request: pytest.FixtureRequest, tmp_path: Path, opened: list[Site]
) -> None:
    with made(SUBJECTS["wagtail"], request.getfixturevalue(f"{database}_url"), tmp_path) as place:
        site = _open(place, opened)
        site.deliver(publication(1), unwatched)
        place.run(change)
        with pytest.raises(SiteSchemaMismatch, match=words):
            site.deliver(publication(2), unwatched)
        with pytest.raises(SiteSchemaMismatch):
            site.read_back(publication(1))
        assert place.trail() == (1, 0, 0)
        place.run(
            *{
                "ALTER TABLE news_articlepage DROP COLUMN intro": [
                    "ALTER TABLE news_articlepage ADD COLUMN intro TEXT NOT NULL DEFAULT ''"
                ],
                "ALTER TABLE news_typoreport RENAME TO typos": ["ALTER TABLE typos RENAME TO news_typoreport"],
            }.get(change, ["ALTER TABLE news_articlepage RENAME COLUMN intro2 TO intro"])
        )
        if "DROP" not in change:
            assert site.deliver(publication(2), unwatched).effect is Effect.APPLIED


def test_changed_type_is_named_with_what_it_gets(wagtail: Made, opened: list[Site]) -> None:
    site = _open(wagtail, opened)
    site.deliver(publication(1), unwatched)
    wagtail.run(
        "ALTER TABLE news_articlepage ALTER COLUMN live TYPE text USING live::text",
        "ALTER TABLE news_articlepage ALTER COLUMN first_published_at TYPE integer USING 0",
    )
    with pytest.raises(SiteSchemaMismatch) as caught:
        site.deliver(publication(2), unwatched)
    assert "news_articlepage.live имеет тип text, а получает да или нет" in str(caught.value)
    assert "news_articlepage.first_published_at имеет тип integer, а получает время" in str(caught.value)
    assert wagtail.trail() == (1, 0, 0)


def test_shortened_column_refuses_only_what_is_too_long_for_it(cyrillic: Made, opened: list[Site]) -> None:
    site = _open(cyrillic, opened)
    site.deliver(publication(1), unwatched)
    cyrillic.run("ALTER TABLE novosti MODIFY zagolovok VARCHAR(30) NOT NULL")
    with pytest.raises(SiteRefused, match="«заголовок»: 40 знаков, а помещается 30"):
        site.deliver(publication(2, headline="о" * 40), unwatched)
    assert site.deliver(publication(2, headline="Коротко"), unwatched).effect is Effect.APPLIED


def test_new_column_that_demands_a_value_is_named(wagtail: Made, opened: list[Site]) -> None:
    site = _open(wagtail, opened)
    wagtail.run("ALTER TABLE news_articlepage ADD COLUMN owner_id integer NOT NULL")
    with pytest.raises(SiteSchemaMismatch, match=r"news_articlepage.owner_id требует значения"):
        site.deliver(publication(1), unwatched)


def test_status_word_that_the_column_does_not_know_is_named(cyrillic: Made, tmp_path: Path, opened: list[Site]) -> None:
    place = _described(cyrillic, tmp_path, ('"состояние" = "снято"', '"состояние" = "спрятано"'))
    site = _open(place, opened)
    with pytest.raises(SiteSchemaMismatch, match="состояние принимает только «черновик», «опубликовано», «снято»"):
        site.deliver(publication(1), unwatched)


def test_kill_that_could_not_be_written_is_found_before_any_publication(wagtail: Made, opened: list[Site]) -> None:
    """On the day of a kill it is too late to learn that the photo's column takes no NULL."""
    site = _open(wagtail, opened)
    wagtail.run("ALTER TABLE news_articlepage ALTER COLUMN lead_image_id SET NOT NULL")
    with pytest.raises(SiteSchemaMismatch, match=r"lead_image_id требует значения"):
        site.deliver(publication(1), unwatched)


def test_missing_table_of_receipts_is_told_with_the_way_out(wagtail: Made, opened: list[Site]) -> None:
    wagtail.run("DROP TABLE newsroom_receipt")
    with pytest.raises(SiteSchemaMismatch, match="newsroom site create"):
        _open(wagtail, opened).deliver(publication(1), unwatched)


# --- Rights ---


def test_columns_that_our_account_may_not_write_are_left_alone(rights: Made, opened: list[Site]) -> None:
    site = _open(rights, opened)
    site.deliver(publication(1), unwatched)
    rights.run("UPDATE content SET featured = true")
    site.deliver(publication(2, headline="Другой"), unwatched)
    assert rights.read("SELECT featured, rank, kind FROM content") == [(True, 3, "news")]


def test_right_taken_away_is_named_before_writing(rights: Made, opened: list[Site]) -> None:
    site = _open(rights, opened)
    site.deliver(publication(1), unwatched)
    role = rights.work_url.split("//")[1].split("@")[0]
    rights.run(f"REVOKE UPDATE (head) ON content FROM {role}")
    with pytest.raises(SiteSchemaMismatch, match=r"article.columns.head: .*нет права UPDATE на столбец content.head"):
        site.deliver(publication(2), unwatched)
    assert rights.trail() == (1, 0, 0)


def test_mapping_of_a_read_only_column_is_refused(rights: Made, tmp_path: Path, opened: list[Site]) -> None:
    place = _described(rights, tmp_path, ('html = "body"', 'html = "body"\nfeatured = { constant = false }'))
    with pytest.raises(SiteSchemaMismatch, match=r"нет права INSERT, UPDATE на столбец content.featured"):
        _open(place, opened).deliver(publication(1), unwatched)


def test_mariadb_account_with_column_rights_is_told_what_it_lacks(cyrillic: Made, opened: list[Site]) -> None:
    user = "w_" + cyrillic.url.rsplit("_", 1)[1][:12]
    base = cyrillic.url.rsplit("/", 1)[1]
    cyrillic.run(f"CREATE USER {user}@'%%'", f"GRANT SELECT, INSERT ON `{base}`.* TO {user}@'%%'")
    cyrillic.run(f"GRANT UPDATE (zagolovok) ON `{base}`.novosti TO {user}@'%%'")
    try:
        place = replace(cyrillic, work_url=cyrillic.url.replace("root@", f"{user}@"))
        with pytest.raises(SiteSchemaMismatch, match=r"нет права UPDATE на столбец novosti.anons"):
            _open(place, opened).deliver(publication(1), unwatched)
    finally:
        cyrillic.run(f"DROP USER {user}@'%%'")


# --- What triggers do ---


def test_text_that_a_trigger_changes_is_not_stored(rights: Made, opened: list[Site]) -> None:
    rights.run(
        "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.head := left(NEW.head, 10); RETURN NEW; END $$",
        "CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON content FOR EACH ROW EXECUTE FUNCTION shout()",
    )
    with pytest.raises(SiteRefused, match="ничего не сохранено: заголовок: на сайте «Набережную»"):
        _open(rights, opened).deliver(publication(1), unwatched)
    assert rights.headlines() == []


def test_trigger_that_objects_is_heard(rights: Made, opened: list[Site]) -> None:
    rights.run(
        "CREATE FUNCTION object() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'лимит новостей на сегодня' USING ERRCODE = '23514'; END $$",
        "CREATE TRIGGER object BEFORE INSERT ON content FOR EACH ROW EXECUTE FUNCTION object()",
    )
    with pytest.raises(SiteRefused, match="лимит новостей на сегодня"):
        _open(rights, opened).deliver(publication(1), unwatched)


# --- Data ---


def test_emoji_for_three_byte_text_is_refused_by_field_and_sign(cyrillic: Made, opened: list[Site]) -> None:
    site = _open(cyrillic, opened)
    with pytest.raises(SiteRefused) as caught:
        site.deliver(publication(headline="Ёлка 🎄", body_html="<p>🙂 и 🎄</p>"), unwatched)
    assert [words[:40] for words in caught.value.reasons] == [
        "В поле «заголовок» есть «🎄», а столбец no"[:40],
        "В поле «текст» есть «🙂🎄», а столбец novo"[:40],
    ]
    assert cyrillic.headlines() == []
    site.deliver(publication(headline="Ёлка и ёж — «да»", uid=OTHER_UID), unwatched)
    assert cyrillic.headlines() == ["Ёлка и ёж — «да»"]


def test_sign_that_an_eight_bit_column_lacks_is_named(cyrillic: Made, opened: list[Site]) -> None:
    cyrillic.run("ALTER TABLE novosti MODIFY zagolovok VARCHAR(120) CHARACTER SET cp1251 NOT NULL")
    site = _open(cyrillic, opened)
    with pytest.raises(SiteRefused, match=r"«заголовок» есть «→», .* в кодировке cp1251"):
        site.deliver(publication(headline="Ёлка → ёж"), unwatched)
    delivery = publication(headline="Ёлка — «ёж»")
    site.deliver(delivery, unwatched)
    assert site.read_back(delivery) == []


def test_everything_too_long_is_told_at_once(cyrillic: Made, opened: list[Site]) -> None:
    with pytest.raises(SiteRefused) as caught:
        _open(cyrillic, opened).deliver(
            publication(headline="о" * 121, lead="я" * 32_768, byline="и" * 61, tags=("т" * 201,)), unwatched
        )
    assert caught.value.reasons == (
        "Сайт не примет поле «заголовок»: 121 знаков, а помещается 120.",
        "Сайт не примет поле «лид»: 65536 байт, а помещается 65535.",
        "Сайт не примет поле «автор»: 61 знаков, а помещается 60.",
        "Сайт не примет поле «теги»: 201 знаков, а помещается 200.",
    )


@pytest.mark.parametrize("sign", ["\0", "\ud83c"], ids=["nul", "surrogate"])
def test_what_no_database_stores_is_refused(sign: str, wagtail: Made, opened: list[Site]) -> None:
    with pytest.raises(SiteRefused, match="«заголовок» есть знак"):
        _open(wagtail, opened).deliver(publication(headline=f"до{sign}после"), unwatched)


def test_unknown_rubric_holds_only_that_article(wagtail: Made, cyrillic: Made, opened: list[Site]) -> None:
    other = {"rubric_slug": "weather", "rubric_title": "Погода"}
    site = _open(wagtail, opened)
    with pytest.raises(SiteRefused, match=r"Рубрики «weather» на сайте нет. Есть: «society», «sport»"):
        site.deliver(publication(1, **other), unwatched)
    assert site.deliver(publication(1, uid=OTHER_UID), unwatched).effect is Effect.APPLIED
    with pytest.raises(SiteRefused, match=r"Рубрики «Погода» на сайте нет. .* есть: society, sport, ёлки"):
        _open(cyrillic, opened).deliver(publication(1, **other), unwatched)


def test_table_without_transactions_is_refused_until_somebody_agrees(
    cyrillic: Made, tmp_path: Path, opened: list[Site]
) -> None:
    cyrillic.run("ALTER TABLE novosti ENGINE=MyISAM")
    site = _open(cyrillic, opened)
    assert site.transactional
    with pytest.raises(SiteSchemaMismatch, match=r"novosti хранится в MyISAM.*at_least_once"):
        site.deliver(publication(1), unwatched)
    assert cyrillic.headlines() == []
    agreed = _open(_described(cyrillic, tmp_path, ("page = ", "at_least_once = true\npage = ")), opened)
    assert not agreed.transactional
    assert agreed.deliver(publication(1), unwatched).effect is Effect.APPLIED
    assert agreed.deliver(publication(1), unwatched).effect is Effect.ALREADY_DONE
    assert isinstance(agreed, Rehearsing)
    with pytest.raises(InvalidInput, match="нельзя было бы откатить"):
        agreed.rehearse(publication(2, headline="Проба"))
    assert cyrillic.headlines() == ["Набережную откроют к субботе"]


def test_site_without_receipts_repeats_harmlessly_and_says_at_least_once(
    cyrillic: Made, tmp_path: Path, opened: list[Site]
) -> None:
    place = _described(
        cyrillic,
        tmp_path,
        ('place = "column"\ncolumn = "redakciya_raspiska"', 'place = "none"'),
        ("page = ", "at_least_once = true\npage = "),
    )
    site = _open(place, opened)
    assert not site.transactional
    for _ in range(2):
        assert site.deliver(publication(1), unwatched).effect is Effect.APPLIED
        assert site.read_back(publication(1)) == []
    assert len(place.headlines()) == 1
    site.deliver(removal(Operation.KILL, 2), unwatched)
    assert site.read_back(removal(Operation.KILL, 2)) == []
    assert place.headlines() == ["Материал удалён"]


# --- Photos in a folder ---


def test_photos_lie_in_the_folder_before_the_article_shows_them(
    wagtail: Made, tmp_path: Path, opened: list[Site]
) -> None:
    site = _open(wagtail, opened)
    site.deliver(publication(1, body_html=f'<p>Да</p><img src="/photos/{photo(2).file_name}" alt="">'), unwatched)
    media = tmp_path / "media"
    assert sorted(file.name for file in media.iterdir()) == sorted([photo(1).file_name, photo(2).file_name])
    assert (media / photo(1).file_name).read_bytes() == photo(1).data
    [(body, image)] = wagtail.read("SELECT body::text, lead_image_id FROM news_articlepage")
    assert f"/media/news/{photo(2).file_name}" in str(body)
    assert wagtail.read(f"SELECT file, width FROM images_image WHERE id = {image}") == [
        (f"news/{photo(1).file_name}", 1920)
    ]
    (media / photo(2).file_name).unlink()
    assert site.read_back(publication(1, body_html=f'<p>Да</p><img src="/photos/{photo(2).file_name}" alt="">')) == [
        f"фото {photo(2).file_name} на сайте нет"
    ]


def test_other_file_under_a_photos_name_is_not_overwritten(wagtail: Made, tmp_path: Path, opened: list[Site]) -> None:
    foreign = tmp_path / "media" / photo(1).file_name
    foreign.write_bytes(b"another picture")
    with pytest.raises(SiteDiverged, match="чужой файл не затёрт"):
        _open(wagtail, opened).deliver(publication(1), unwatched)
    assert foreign.read_bytes() == b"another picture"
    assert wagtail.headlines() == []


def test_folder_that_is_not_mounted_is_a_fault_that_may_pass(wagtail: Made, tmp_path: Path, opened: list[Site]) -> None:
    (tmp_path / "media").rmdir()
    site = _open(wagtail, opened)
    with pytest.raises(SiteUnavailable, match="Папка фото сайта"):
        site.deliver(publication(1), unwatched)
    assert wagtail.headlines() == []
    assert site.deliver(publication(1, photos=(), lead_photo=None), unwatched).effect is Effect.APPLIED


def test_article_with_photos_waits_where_the_description_has_no_place_for_them(
    cyrillic: Made, tmp_path: Path, opened: list[Site]
) -> None:
    media = tmp_path / "media"
    place = _described(
        cyrillic,
        tmp_path,
        (f'[photos]\nfolder = "{media}"\naddress = "/files/"\n', ""),
        ('foto = { from = "lead_photo_address", as = "null" }\n', ""),
    )
    with pytest.raises(SiteRefused, match="раздел photos"):
        _open(place, opened).deliver(publication(1), unwatched)


# --- Times, tags, foreign hands ---


def test_local_columns_hold_the_sites_time_and_read_back(cyrillic: Made, opened: list[Site]) -> None:
    site = _open(cyrillic, opened)
    site.deliver(publication(1), unwatched)
    [(shown,)] = cyrillic.read("SELECT data FROM novosti")
    assert str(shown) == "2026-11-22 12:00:00"
    assert site.article_path(publication(1), "1") == "/2026/11/naberezhnuyu-otkroyut-k-subbote.html"
    assert NOON.hour == 2


def test_rows_of_other_kinds_in_a_common_link_table_stay(wagtail: Made, opened: list[Site]) -> None:
    """The generic relation holds tags of other content under the same key."""
    site = _open(wagtail, opened)
    site.deliver(publication(1), unwatched)
    wagtail.run(
        "INSERT INTO taggit_taggeditem (object_id, content_type_id, tag_id) "
        "SELECT object_id, 99, tag_id FROM taggit_taggeditem"
    )
    site.deliver(publication(2, tags=("город",)), unwatched)
    assert wagtail.read("SELECT content_type_id, count(*) FROM taggit_taggeditem GROUP BY 1 ORDER BY 1") == [
        (7, 1),
        (99, 2),
    ]


def test_tags_changed_on_the_site_are_foreign_hands_too(wagtail: Made, opened: list[Site]) -> None:
    site = _open(wagtail, opened)
    site.deliver(publication(1), unwatched)
    wagtail.run("DELETE FROM taggit_taggeditem WHERE id = (SELECT max(id) FROM taggit_taggeditem)")
    assert site.read_back(publication(1)) == ["теги: на сайте не то, что отправлено"]
    with pytest.raises(SiteDiverged, match="в обход редакции: теги"):
        site.deliver(publication(2), unwatched)


def test_views_counted_by_the_site_are_no_edit(wagtail: Made, cyrillic: Made, opened: list[Site]) -> None:
    for place, table in ((wagtail, "news_articlepage SET view_count"), (cyrillic, "novosti SET prosmotry")):
        site = _open(place, opened)
        site.deliver(publication(1), unwatched)
        place.run(f"UPDATE {table} = 500")
        assert site.deliver(publication(2), unwatched).effect is Effect.APPLIED


def test_way_out_after_a_foreign_edit_works(cyrillic: Made, rights: Made, opened: list[Site]) -> None:
    for place, way in (
        (cyrillic, "UPDATE novosti SET redakciya_raspiska = NULL"),
        (rights, "DELETE FROM settings"),
    ):
        site = _open(place, opened)
        site.deliver(publication(1), unwatched)
        place.edit()
        with pytest.raises(SiteDiverged, match="Чтобы всё же опубликовать"):
            site.deliver(publication(2), unwatched)
        place.run(way)
        site.deliver(publication(2), unwatched)
        assert site.read_back(publication(2)) == []


def test_spoiled_receipt_stops_the_article(cyrillic: Made, opened: list[Site]) -> None:
    site = _open(cyrillic, opened)
    site.deliver(publication(1), unwatched)
    cyrillic.run("UPDATE novosti SET redakciya_raspiska = '{\"sequence\": []}'")
    with pytest.raises(SiteDiverged, match="испорчена"):
        site.deliver(publication(2), unwatched)


def test_columns_added_to_the_description_later_are_no_foreign_edit(
    cyrillic: Made, tmp_path: Path, opened: list[Site]
) -> None:
    before = _described(cyrillic, tmp_path, ('avtor = "byline"\n', ""))
    site = _open(before, opened)
    site.deliver(publication(1), unwatched)
    later = open_site("mapped", cyrillic.url, cyrillic.options)
    opened.append(later)
    assert later.deliver(publication(2), unwatched).effect is Effect.APPLIED
    assert cyrillic.read("SELECT avtor FROM novosti") == [("Анна Лугова",)]
