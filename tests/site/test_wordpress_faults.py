"""Deliveries to a WordPress under faults and bad input: what is stopped before writing, and by what words."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from newsroom.domain.errors import InvalidInput, SiteDiverged, SiteRefused, SiteSchemaMismatch, SiteUnavailable
from newsroom.domain.ids import ArticleUid
from newsroom.domain.states import Operation
from newsroom.site import php
from newsroom.site.kinds import check_site
from newsroom.site.port import Effect, SiteStep
from newsroom.site.wordpress import WordPressSite
from newsroom.site.wordpress_settings import WordPressSettings, settings_from
from newsroom.sql import engine as engine_module
from newsroom.sql.engine import open_engine, parse_url
from tests.site.material import NOON, OTHER_UID, UID, photo, publication, removal, unwatched
from tests.site.proxy import Proxy, proxy_to
from tests.site.wordpress_schema import create_wordpress

_ROOT = Path(__file__).parents[2]

_CHILD = """
import os, signal, sys
from newsroom.site.kinds import open_site
from tests.site.material import publication

def die(step):
    if step.value == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

open_site("wordpress", sys.argv[1], {"uploads": sys.argv[3]}).deliver(publication(), die)
"""

Maker = Callable[..., WordPressSite]


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir()
    return folder


@pytest.fixture
def database(mariadb_url: str) -> Iterator[Engine]:
    engine = open_engine(parse_url(mariadb_url))
    create_wordpress(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def make(mariadb_url: str, database: Engine, uploads: Path) -> Iterator[Maker]:
    """Opens the site under other settings or another address."""
    opened = []

    def open_(url: str = mariadb_url, **settings: str) -> WordPressSite:
        site = WordPressSite(parse_url(url), WordPressSettings(**({"uploads": str(uploads)} | settings)))
        opened.append(site)
        return site

    yield open_
    for site in opened:
        site.close()


@pytest.fixture
def site(make: Maker) -> WordPressSite:
    return make()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in {"CONNECT": 1, "LOCK": 1, "STATEMENT": 2, "ANSWER": 2}.items():
        monkeypatch.setattr(engine_module, f"{name}_SECONDS", seconds)


def rows(database: Engine, query: str) -> list[tuple[object, ...]]:
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def count(database: Engine) -> int:
    """Everything that a delivery might write."""
    (number,) = rows(database, "SELECT (SELECT COUNT(*) FROM wp_posts) + (SELECT COUNT(*) FROM wp_postmeta)")
    return int(str(number[0]))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("step", list(SiteStep))
def test_killed_at_any_step_and_repeated_has_one_effect(
    step: SiteStep, mariadb_url: str, site: WordPressSite, database: Engine, uploads: Path
) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, mariadb_url, step.value, str(uploads)],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        timeout=60,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    repeated = site.deliver(publication(), unwatched)
    assert repeated.effect is (Effect.ALREADY_DONE if step is SiteStep.AFTER_COMMIT else Effect.APPLIED)
    assert site.read_back(publication()) == []
    assert rows(database, "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'post'") == [(1,)]
    assert len(list(uploads.rglob("*.jpg"))) == 2


class TestOverABrokenLine:
    """The adapter reaches its server through a proxy."""

    @pytest.fixture
    def proxy(self, mariadb_url: str) -> Iterator[Proxy]:
        url = make_url(mariadb_url)
        with proxy_to(url.host or "127.0.0.1", url.port or 3306) as proxy:
            yield proxy

    @pytest.fixture
    def far(self, make: Maker, mariadb_url: str, proxy: Proxy, impatient: None) -> WordPressSite:
        url = make_url(mariadb_url).set(host="127.0.0.1", port=proxy.port)
        return make(url.render_as_string(hide_password=False))

    def test_lost_reply_to_the_commit_is_settled_by_the_receipt(
        self, far: WordPressSite, proxy: Proxy, database: Engine
    ) -> None:
        def lose(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                proxy.lose_next_reply()

        with pytest.raises(SiteUnavailable):
            far.deliver(publication(), lose)
        assert far.deliver(publication(), unwatched).effect is Effect.ALREADY_DONE
        assert rows(database, "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'post'") == [(1,)]

    def test_lost_commit_is_settled_by_repeating(self, far: WordPressSite, proxy: Proxy, database: Engine) -> None:
        def lose(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                proxy.lose_next_request()

        with pytest.raises(SiteUnavailable):
            far.deliver(publication(), lose)
        assert count(database) == 0
        assert far.deliver(publication(), unwatched).effect is Effect.APPLIED

    def test_frozen_server_is_given_up(self, far: WordPressSite, proxy: Proxy) -> None:
        def freeze(step: SiteStep) -> None:
            if step is SiteStep.INSIDE_TRANSACTION:
                proxy.freeze()

        with pytest.raises(SiteUnavailable):
            far.deliver(publication(), freeze)


@pytest.mark.usefixtures("impatient")
def test_article_being_delivered_by_another_is_waited_for_and_then_reported(make: Maker, database: Engine) -> None:
    first, second = make(), make()

    def meanwhile(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            with pytest.raises(SiteUnavailable, match="доставляет другой публикатор"):
                second.deliver(publication(), unwatched)

    first.deliver(publication(), meanwhile)
    assert second.deliver(publication(), unwatched).effect is Effect.ALREADY_DONE


def test_counts_are_right_after_many_deliveries_at_once(make: Maker, database: Engine) -> None:
    problems: list[Exception] = []

    def work(worker: int) -> None:
        site = make()
        try:
            for number in range(5):
                uid = ArticleUid(f"{worker}{number}{UID[2:]}")
                own = {"uid": uid, "slug": f"a-{worker}-{number}", "tags": ("общая", f"метка {number}"), "photos": ()}
                site.deliver(publication(1, lead_photo=None, **own), unwatched)
                if number % 2:
                    site.deliver(removal(Operation.WITHDRAW, 2, uid), unwatched)
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    counts = dict(
        rows(
            database,
            "SELECT t.name, tt.count FROM wp_terms t JOIN wp_term_taxonomy tt USING (term_id) ORDER BY t.term_id",
        )
    )
    assert counts == {"Общество": 12, "Спорт": 0, "общая": 12} | {
        f"метка {number}": 0 if number % 2 else 4 for number in range(5)
    }


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP TABLE wp_postmeta", "нет таблицы wp_postmeta"),
        ("ALTER TABLE wp_posts RENAME COLUMN post_excerpt TO lead", "в таблице wp_posts нет столбца post_excerpt"),
        ("ALTER TABLE wp_term_relationships ENGINE=MyISAM", "wp_term_relationships хранится в MyISAM"),
        ("ALTER TABLE wp_posts ADD COLUMN owner VARCHAR(9) NOT NULL", "owner"),
        ("UPDATE wp_options SET option_value = 'Mars/Base' WHERE option_name = 'timezone_string'", "«Mars/Base»"),
        ("DELETE FROM wp_users", "учётной записи «—» в WordPress нет"),
    ],
    ids=["table", "column", "myisam", "demanding", "zone", "nobody"],
)
def test_site_that_is_not_in_order_is_named_before_anything_is_written(
    statement: str, what: str, make: Maker, database: Engine
) -> None:
    with database.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(SiteSchemaMismatch, match=what):
        make().deliver(publication(), unwatched)
    assert rows(database, "SELECT COUNT(*) FROM wp_posts") == [(0,)]


def test_column_dropped_between_two_deliveries_is_named(site: WordPressSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE wp_posts RENAME COLUMN post_excerpt TO lead"))
    with pytest.raises(SiteSchemaMismatch, match="в таблице wp_posts нет столбца post_excerpt"):
        site.deliver(publication(2), unwatched)


_NEEDED = [
    ("INSERT", "wp_postmeta"),
    ("DELETE", "wp_term_relationships"),
    ("UPDATE", "wp_options"),
    ("SELECT", "wp_users"),
]


def test_missing_right_is_named(mariadb_url: str, make: Maker, database: Engine) -> None:
    url = parse_url(mariadb_url)
    account = f"u{(url.database or '')[-12:]}"
    tables = [name for (name,) in rows(database, "SHOW TABLES")]
    with database.begin() as connection:
        connection.exec_driver_sql(f"CREATE USER '{account}'@'%%'")
        for table in tables:
            connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO '{account}'@'%%'")
    try:
        for right, table in _NEEDED:
            with database.begin() as connection:
                connection.exec_driver_sql(f"REVOKE {right} ON {table} FROM '{account}'@'%%'")
            limited = make(url.set(username=account, drivername="mariadb").render_as_string(hide_password=False))
            with pytest.raises(SiteSchemaMismatch, match=f"{right} на таблицу {table}|нет таблицы {table}"):
                limited.deliver(publication(), unwatched)
            with database.begin() as connection:
                connection.exec_driver_sql(f"GRANT {right} ON {table} TO '{account}'@'%%'")
    finally:
        with database.begin() as connection:
            connection.exec_driver_sql(f"DROP USER '{account}'@'%%'")
    assert count(database) == 0


_REFUSED: list[tuple[dict[str, object], str]] = [
    ({"rubric_slug": "weather", "rubric_title": "Погода"}, r"Рубрики «Погода» \(ярлык weather\) на сайте нет"),
    ({"slug": "12345"}, "«12345» WordPress не откроет"),
    ({"slug": "feed"}, "«feed» WordPress не откроет"),
    ({"slug": "Набережная"}, "WordPress не откроет"),
    ({"headline": "до\0после"}, "«заголовок» есть знак, который база не хранит"),
    ({"byline": "до\ud83cпосле"}, "«автор» есть знак, который база не хранит"),
    ({"headline": "о" * 33_000}, "«заголовок»: 66000 байт, а помещается 65535"),
    ({"tags": ("м" * 201,)}, "«теги»: 201 знаков, а помещается 200"),
    ({"body_html": "<p>" + "слово " * 1_600_000 + "</p>"}, "max_allowed_packet"),
]


def test_what_the_site_cannot_take_is_refused_in_words(site: WordPressSite, database: Engine, uploads: Path) -> None:
    for changes, words in _REFUSED:
        with pytest.raises(SiteRefused, match=words):
            site.deliver(publication(**changes), unwatched)
    assert count(database) == 0
    assert list(uploads.rglob("*.jpg")) == []


def test_rubric_is_found_by_its_name_where_its_address_differs(site: WordPressSite, database: Engine) -> None:
    site.deliver(publication(rubric_slug="obshchestvo"), unwatched)
    assert site.read_back(publication(rubric_slug="obshchestvo")) == []
    with database.begin() as connection:
        connection.execute(text("INSERT INTO wp_terms (name, slug) VALUES ('Общество', 'society-2')"))
        connection.execute(
            text(
                "INSERT INTO wp_term_taxonomy (term_id, taxonomy, description) "
                "SELECT MAX(term_id), 'category', '' FROM wp_terms"
            )
        )
    with pytest.raises(SiteRefused, match="«Общество» на сайте несколько"):
        site.deliver(publication(2, rubric_slug="obshchestvo"), unwatched)


def test_emoji_for_an_old_encoding_is_refused_and_other_text_is_not(
    mariadb_url: str, make: Maker, uploads: Path
) -> None:
    engine = open_engine(parse_url(mariadb_url))
    create_wordpress(engine, "old_", charset="utf8mb3")
    site = make(prefix="old_")
    with pytest.raises(SiteRefused, match="«заголовок»: знака «🎄» в его кодировке utf8mb3 нет"):
        site.deliver(publication(headline="Ёлка 🎄"), unwatched)
    with pytest.raises(SiteRefused, match=r"«описание фото»: знака «🎄».*\n.*«теги»: знака «🎄»"):
        site.deliver(publication(tags=("🎄",), photo_alt="🎄"), unwatched)
    site.deliver(publication(headline="Ёлка"), unwatched)
    assert site.read_back(publication(headline="Ёлка")) == []
    engine.dispose()


def test_text_of_any_script_reads_back_equal(site: WordPressSite) -> None:
    words = "Ёлка 🎄 е\u0308лка 👩‍👩‍👧 ' \" \\ %s %(x)s :name ? ; -- строка\nстрока\u00a0 \u202eсправа\u202c <b> &amp;"
    delivery = publication(headline=words, lead=words, body_html=words, byline=words, note=words, photo_alt=words)
    site.deliver(delivery, unwatched)
    assert site.read_back(delivery) == []


def test_photos_without_a_folder_hold_that_article_alone(make: Maker) -> None:
    site = make(uploads="")
    with pytest.raises(SiteRefused, match="uploads"):
        site.deliver(publication(1), unwatched)
    bare = publication(1, photos=(), lead_photo=None)
    assert site.deliver(bare, unwatched).effect is Effect.APPLIED


def test_folder_that_is_gone_is_waited_for(make: Maker, tmp_path: Path, database: Engine) -> None:
    site = make(uploads=str(tmp_path / "not-mounted"))
    with pytest.raises(SiteUnavailable, match="не подключён ли диск"):
        site.deliver(publication(1), unwatched)
    assert count(database) == 0


def test_file_of_another_photo_under_the_name_is_not_written_over(site: WordPressSite, uploads: Path) -> None:
    folder = uploads / "2026" / "11"
    folder.mkdir(parents=True)
    file = folder / f"{photo(1).file_name.partition('.')[0]}-{UID[:8]}.jpg"
    file.write_bytes(b"somebody else's")
    with pytest.raises(SiteRefused, match="занято другим фото"):
        site.deliver(publication(1), unwatched)
    assert file.read_bytes() == b"somebody else's"


def test_lost_file_is_found_and_brought_again(site: WordPressSite, uploads: Path) -> None:
    site.deliver(publication(1), unwatched)
    lost = sorted(uploads.rglob("*.jpg"))[0]
    lost.unlink()
    assert site.read_back(publication(1)) == [f"файла {lost.relative_to(uploads)} на сайте нет"]
    site.deliver(publication(2), unwatched)
    assert site.read_back(publication(2)) == []


def test_photo_that_two_articles_share_stays_with_the_other(site: WordPressSite, uploads: Path) -> None:
    site.deliver(publication(1), unwatched)
    other = publication(1, uid=ArticleUid("a" + UID[1:]), slug="other")
    site.deliver(other, unwatched)
    site.deliver(removal(Operation.KILL, 2), unwatched)
    assert site.read_back(other) == []
    assert len(list(uploads.rglob("*.jpg"))) == 2


def test_times_are_those_of_the_site_with_whole_seconds(site: WordPressSite, database: Engine) -> None:
    site.deliver(publication(published_at=datetime(2026, 6, 30, 20, 30, 15, 999_999, tzinfo=UTC)), unwatched)
    query = "SELECT post_date, post_date_gmt FROM wp_posts WHERE post_type = 'post'"
    assert [str(value) for value in rows(database, query)[0]] == ["2026-07-01 06:30:15", "2026-06-30 20:30:15"]
    with database.begin() as connection:
        connection.execute(
            text("UPDATE wp_options SET option_value = 'Europe/Moscow' WHERE option_name = 'timezone_string'")
        )
    site.deliver(publication(2, published_at=NOON), unwatched)
    assert str(rows(database, query)[0][0]) == "2026-11-22 05:00:00"


@pytest.mark.parametrize("where", ["post_id = 0", "post_id > 0"])
def test_either_copy_of_the_receipt_is_enough(where: str, site: WordPressSite, database: Engine) -> None:
    """WordPress removes one with the post, cleaning plugins the other."""
    site.deliver(publication(3), unwatched)
    with database.begin() as connection:
        connection.execute(text(f"DELETE FROM wp_postmeta WHERE meta_key LIKE '\\_newsroom\\_6f%' AND {where}"))
    assert site.deliver(publication(2), unwatched).effect is Effect.SUPERSEDED
    assert site.deliver(publication(3), unwatched).effect is Effect.ALREADY_DONE
    assert site.deliver(publication(4), unwatched).effect is Effect.APPLIED
    assert len(rows(database, "SELECT 1 FROM wp_postmeta WHERE meta_key LIKE '\\_newsroom\\_6f%'")) == 2


def test_broken_receipt_stops_its_article(site: WordPressSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(text("UPDATE wp_postmeta SET meta_value = 'x' WHERE meta_key LIKE '\\_newsroom\\_6f%'"))
    with pytest.raises(SiteDiverged, match="испорчена"):
        site.deliver(publication(2), unwatched)
    other = publication(1, uid=OTHER_UID, slug="other")
    assert site.deliver(other, unwatched).effect is Effect.APPLIED


def test_photo_left_behind_by_a_kill_is_told(make: Maker, site: WordPressSite, uploads: Path) -> None:
    """A machine without the folder takes the text off at once, and says what is left."""
    site.deliver(publication(1), unwatched)
    kill = removal(Operation.KILL, 2)
    elsewhere = make(uploads="")
    assert elsewhere.deliver(kill, unwatched).effect is Effect.APPLIED
    (remark,) = elsewhere.read_back(kill)
    assert remark.startswith("файлы фото не удалены: 2026/11/")
    assert site.deliver(kill, unwatched).effect is Effect.ALREADY_DONE
    assert site.read_back(kill) == []
    assert list(uploads.rglob("*.jpg")) == []


def test_list_of_what_is_on_top_that_cannot_be_read_is_left_alone(site: WordPressSite, database: Engine) -> None:
    site.deliver(publication(1), unwatched)
    with database.begin() as connection:
        connection.execute(
            text("INSERT INTO wp_options (option_name, option_value) VALUES ('sticky_posts', 'O:3:\"Bad\":0:{}')")
        )
    site.deliver(removal(Operation.WITHDRAW, 2), unwatched)
    assert rows(database, "SELECT option_value FROM wp_options WHERE option_name = 'sticky_posts'") == [
        ('O:3:"Bad":0:{}',)
    ]


def test_wrong_password_is_unavailable_and_not_told(make: Maker, mariadb_url: str) -> None:
    url = make_url(mariadb_url).set(username="nobody_here", password="s3cr3t-w0rd")
    with pytest.raises(SiteUnavailable, match="не приняла имя или пароль") as caught:
        make(url.render_as_string(hide_password=False)).deliver(publication(), unwatched)
    assert "s3cr3t" not in str(caught.value)


def test_modified_time_is_now_even_for_an_old_date(make: Maker, mariadb_url: str, database: Engine) -> None:
    """Feed readers ask for what was changed since their last visit."""
    now = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    site = WordPressSite(parse_url(mariadb_url), clock=lambda: now)
    bare = publication(1, published_at=NOON - timedelta(days=900), photos=(), lead_photo=None)
    site.deliver(bare, unwatched)
    assert [str(value) for value in rows(database, "SELECT post_modified, post_modified_gmt FROM wp_posts")[0]] == [
        "2026-11-23 11:02:03",
        "2026-11-23 01:02:03",
    ]
    site.close()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"prefix": "wp`; DROP"}, "prefix"),
        ({"uploads": "uploads"}, "нужен полный путь"),
        ({"uploads_url": "ftp://x"}, "http или https"),
        ({"template": "{lead}"}, "нет {body}"),
        ({"template": "{body} {text}"}, "неизвестно {text}"),
        ({"age_field": "_hidden"}, "age_field"),
        ({"age_field": "x", "credit_field": "x"}, "одно имя"),
        ({"upload": "/x"}, "Настройки upload у сайта WordPress нет; бывает: prefix, uploads"),
    ],
)
def test_settings_that_are_not_fit_are_named(options: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        settings_from(options)
    assert words in str(caught.value)


def test_only_mariadb_and_mysql_hold_a_wordpress(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="mariadb://"):
        check_site("wordpress", f"sqlite:///{tmp_path / 'x.db'}")


def test_rehearsal_shows_what_would_change_and_changes_nothing(
    site: WordPressSite, database: Engine, uploads: Path
) -> None:
    first = site.rehearse(publication(1))
    shown = {(change.table, change.column): change.after for change in first.changes}
    assert shown["wp_posts", "post_title"] == "Набережную откроют к субботе"
    assert shown["wp_posts", "post_date"] == "2026-11-22 12:00:00"
    assert shown["wp_term_relationships", "term_taxonomy_id"] == "Общество, благоустройство, набережная"
    assert shown["wp_postmeta", "age_rating"] == "6+"
    assert len(first.files) == 2
    assert (count(database), list(uploads.rglob("*.jpg"))) == (0, [])
    site.deliver(publication(1), unwatched)
    assert site.rehearse(publication(1)).nothing
    second = site.rehearse(publication(2, headline="Поправка", tags=("набережная",)))
    assert [(change.column, change.before, change.after) for change in second.changes] == [
        ("post_title", "Набережную откроют к субботе", "Поправка"),
        ("term_taxonomy_id", "Общество, благоустройство, набережная", "Общество, набережная"),
    ]
    (gone,) = site.rehearse(removal(Operation.WITHDRAW, 2)).changes
    assert (gone.before, gone.after) == ("publish", "draft")
    assert site.rehearse(removal(Operation.WITHDRAW, 1, OTHER_UID)).nothing
    assert site.read_back(publication(1)) == []


def test_check_tells_what_a_person_ought_to_know(mariadb_url: str, database: Engine, uploads: Path) -> None:
    with database.begin() as connection:
        connection.execute(
            text("INSERT INTO wp_postmeta (meta_key, meta_value) VALUES ('_wp_attached_file', '2020/01/a.jpg')")
        )
    (uploads.parent / "object-cache.php").touch()
    (uploads.parent / "advanced-cache.php").touch()
    remarks = "\n".join(check_site("wordpress", mariadb_url, {"uploads": str(uploads)}))
    for words in (
        "Сайт для читателей: https://vesti.example; фото: https://vesti.example/wp-content/uploads.",
        "Часовой пояс сайта: UTC+10:00.",
        "Вид адресов: /%postname%/.",
        "учётная запись admin",
        "похоже, она другого сайта",
        "постоянный кеш объектов",
        "кеш страниц",
        "Закрепление",
    ):
        assert words in remarks
    assert "не настроена" in "\n".join(check_site("wordpress", mariadb_url))
    assert count(database) == 1


@pytest.mark.parametrize("value", [{}, [3, 1], {"а": "ёлка;}", "b": [None, True, -7]}, 's:1:"x";'])
def test_php_reads_what_was_written(value: php.Value) -> None:
    read = php.loads(php.dumps(value))
    as_mapping = dict(enumerate(value)) if isinstance(value, list) else value
    assert php.dumps(read) == php.dumps(as_mapping)


@pytest.mark.parametrize(
    "text_",
    ["", "a:1:{i:0;i:1;", "a:9:{}", 's:9:"x";', "i:1;i:2;", 'O:1:"x":0:{}', "i:x;", "a:1:{a:0:{}i:1;}", "a:1:{" * 99],
)
def test_broken_php_is_refused(text_: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        php.loads(text_)
