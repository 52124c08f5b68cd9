"""Photos that nothing on a site uses any more: found, listed and removed, and nothing but them."""

import hashlib
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.cli import main
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve
from newsroom.desk.scheduling import schedule
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import InvalidInput, SiteUnavailable
from newsroom.domain.ids import ArticleUid, PhotoId
from newsroom.domain.states import Operation
from newsroom.publishing.delivery import site_photo
from newsroom.site.kinds import open_site
from newsroom.site.port import Delivery, Site, SitePhoto, SiteStep
from newsroom.site.standard_schema import photos
from newsroom.site.wordpress import WordPressSite
from newsroom.site.wordpress_settings import WordPressSettings
from newsroom.sql.engine import open_engine, parse_url
from tests.newsrooms import GOOD, Desks, newsroom_in
from tests.photos.pictures import encoded, picture
from tests.site import material
from tests.site.material import UID, publication, removal, unwatched
from tests.site.schemas import SUBJECTS, Made, made
from tests.site.wordpress_house import WordPress

#: Everything that was written before this moment counts as old.
NOW = timedelta(0)
DAY = timedelta(days=1)

#: Its first digits, which files are named by, are not those of `UID`.
OTHER_UID = ArticleUid("a04c1f5e-2b1a-4a53-9d57-0c4f2f1f7a02")


def photo(number: int) -> SitePhoto:
    """A photo under the name that deliveries give."""
    like = material.photo(number)
    return replace(like, file_name=f"{like.id[:32]}.jpg")


USED, SECOND, LOST = photo(1), photo(2), photo(3)


def with_photos(sequence: int, *shown: SitePhoto, uid: ArticleUid = UID, slug: str = "most-otkryt") -> Delivery:
    body = "".join(f'<figure class="photo"><img src="/photos/{one.file_name}" alt=""></figure>' for one in shown[1:])
    return publication(
        sequence, uid=uid, slug=slug, photos=shown, lead_photo=shown[0].id, body_html=f"<p>Мост открыт.</p>{body}"
    )


def _die_delivering(made: tuple[str, str, dict[str, str]], delivery: Delivery) -> None:
    def watch(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            os.kill(os.getpid(), signal.SIGKILL)

    open_site(*made).deliver(delivery, watch)


def kill_before_commit(place: Made, delivery: Delivery) -> None:
    """A publisher of its own is killed when all of *delivery* is written and nothing committed."""
    target = (place.subject.kind, place.work_url, place.options)
    doomed = multiprocessing.get_context("spawn").Process(target=_die_delivering, args=(target, delivery))
    doomed.start()
    doomed.join(60)
    assert doomed.exitcode == -signal.SIGKILL


def names(site: Site, age: timedelta = NOW) -> list[str]:
    return [orphan.file_name for orphan in site.orphans(age)]


def remove_all(site: Site) -> list[bool]:
    return [site.remove_orphan(orphan, NOW) for orphan in site.orphans(NOW)]


def files(place: Made, folder: Path) -> set[str]:
    return {file.name for file in (folder / "media").rglob("*") if file.is_file()}


def _cases(*subjects: str) -> list[object]:
    return [
        pytest.param((name, kind), id=f"{name}-{kind}", marks=[] if kind == "sqlite" else getattr(pytest.mark, kind))
        for name in subjects
        for kind in SUBJECTS[name].databases
    ]


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    name, database = request.param
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), tmp_path) as place:
        yield place


@pytest.fixture
def site(place: Made) -> Iterator[Site]:
    site = place.open()
    yield site
    site.close()


IN_FOLDERS = pytest.mark.parametrize("place", _cases("wagtail", "cyrillic", "wordpress"), indirect=True)
IN_ROWS = pytest.mark.parametrize("place", _cases("standard"), indirect=True)


@IN_FOLDERS
def test_what_a_killed_publisher_put_is_collected_and_what_is_used_stays(
    place: Made, site: Site, tmp_path: Path
) -> None:
    site.deliver(with_photos(1, USED, SECOND), unwatched)
    used = files(place, tmp_path)
    foreign = tmp_path / "media" / "logo.jpg"
    foreign.write_bytes(b"foreign")
    kill_before_commit(place, with_photos(1, USED, LOST, uid=OTHER_UID, slug="drugoy-most"))
    left = files(place, tmp_path) - used - {foreign.name}
    assert any(name.startswith(LOST.id[:32]) for name in left)
    assert names(site, DAY) == []
    assert {name.rpartition("/")[2] for name in names(site)} == left
    assert all(remove_all(site))
    assert files(place, tmp_path) == used | {foreign.name}
    assert site.read_back(with_photos(1, USED, SECOND)) == []


@IN_FOLDERS
def test_delivery_that_was_killed_still_gets_through_after_the_tidying(place: Made, site: Site, tmp_path: Path) -> None:
    kill_before_commit(place, with_photos(1, USED))
    assert remove_all(site) == [True]
    site.deliver(with_photos(1, USED), unwatched)
    assert site.read_back(with_photos(1, USED)) == []
    assert names(site) == []


@IN_FOLDERS
def test_file_that_a_delivery_uses_between_look_and_removal_stays(place: Made, site: Site, tmp_path: Path) -> None:
    kill_before_commit(place, with_photos(1, USED))
    (orphan,) = site.orphans(NOW)
    site.deliver(with_photos(1, USED), unwatched)
    assert not site.remove_orphan(orphan, NOW)
    assert site.read_back(with_photos(1, USED)) == []


@IN_FOLDERS
def test_old_leftover_that_a_delivery_has_just_taken_up_counts_as_young(
    place: Made, site: Site, tmp_path: Path
) -> None:
    kill_before_commit(place, with_photos(1, USED))
    (file,) = (tmp_path / "media").rglob("*.jpg")
    os.utime(file, (time.time() - 9 * 86_400,) * 2)
    (orphan,) = site.orphans(DAY)
    kill_before_commit(place, with_photos(1, USED))
    assert names(site, DAY) == []
    assert not site.remove_orphan(orphan, DAY)
    assert file.exists()


@IN_FOLDERS
def test_half_written_file_is_collected(place: Made, site: Site, tmp_path: Path) -> None:
    whole = f"{LOST.id[:32]}-{UID[:8]}.jpg"
    name = f".{whole}.0a1b2c3d" if place.subject.kind == "wordpress" else ".newsroom-ab_d3fgh"
    half = tmp_path / "media" / name
    half.write_bytes(b"half")
    (tmp_path / "media" / ".htaccess").touch()
    assert names(site) == [name]
    assert remove_all(site) == [True]
    assert files(place, tmp_path) == {".htaccess"}


@IN_FOLDERS
def test_missing_folder_is_a_fault_and_not_an_empty_site(place: Made, site: Site, tmp_path: Path) -> None:
    (tmp_path / "media").rmdir()
    with pytest.raises(SiteUnavailable, match="media"):
        site.orphans(NOW)


@IN_ROWS
def test_photos_in_rows_go_with_a_killed_delivery_and_are_collected_where_the_article_was_deleted(
    place: Made, site: Site
) -> None:
    site.deliver(with_photos(1, USED, SECOND), unwatched)
    kill_before_commit(place, with_photos(1, LOST, uid=OTHER_UID, slug="drugoy-most"))
    assert names(site) == []
    site.deliver(with_photos(1, USED, LOST, uid=OTHER_UID, slug="drugoy-most"), unwatched)
    place.run(
        f"DELETE FROM article_photos WHERE article_id = (SELECT id FROM articles WHERE uid = '{OTHER_UID}')",
        f"DELETE FROM articles WHERE uid = '{OTHER_UID}'",
    )
    add_foreign_row(place.engine, "logo.jpg")
    assert names(site, DAY) == []
    assert names(site) == [LOST.file_name]
    assert remove_all(site) == [True]
    left = {str(row[0]) for row in place.read("SELECT file_name FROM photos")}
    assert left == {USED.file_name, SECOND.file_name, "logo.jpg"}
    assert site.read_back(with_photos(1, USED, SECOND)) == []


@IN_ROWS
def test_photo_in_the_text_of_an_article_of_other_hands_stays(place: Made, site: Site) -> None:
    site.deliver(with_photos(1, USED), unwatched)
    orphaned = photo(4)
    add_row(place.engine, orphaned, datetime.now(UTC))
    (orphan,) = site.orphans(NOW)
    place.run(f"UPDATE articles SET body_html = '<img src=\"/photos/{orphaned.file_name}\">'")
    assert names(site) == []
    assert not site.remove_orphan(orphan, NOW)
    place.run("UPDATE articles SET body_html = ''")
    assert remove_all(site) == [True]


def add_row(engine: Engine, one: SitePhoto, at: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(
            photos.insert().values(
                id=one.id, file_name=one.file_name, mime=one.mime, width=1, height=1, data=one.data, added_at=at
            )
        )


def add_foreign_row(engine: Engine, name: str) -> None:
    data = name.encode()
    digest = hashlib.sha256(data).hexdigest()
    foreign = SitePhoto(PhotoId(digest), "image/jpeg", 1, 1, name, data)
    add_row(engine, foreign, datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("place", _cases("rights"), indirect=True)
def test_site_that_keeps_photos_in_tables_of_its_own_says_so(site: Site) -> None:
    with pytest.raises(InvalidInput, match="нет папки фото"):
        site.orphans(NOW)


_FIELDS_WITHOUT_POST = """
global $wpdb;
echo $wpdb->get_var("SELECT count(*) FROM $wpdb->postmeta m LEFT JOIN $wpdb->posts p ON p.ID = m.post_id
    WHERE p.ID IS NULL AND m.post_id > 0");
"""


@pytest.mark.mariadb
class TestWordPress:
    """A real WordPress, in which people delete and reuse things."""

    @pytest.fixture
    def site(self, wordpress: WordPress) -> Iterator[WordPressSite]:
        settings = WordPressSettings(prefix="vb_", uploads=str(wordpress.uploads), author="desk")
        site = WordPressSite(parse_url(wordpress.url), settings)
        yield site
        site.close()

    @pytest.fixture
    def deleted(self, wordpress: WordPress, site: WordPressSite) -> WordPress:
        """One article stands, another was deleted for good in WordPress, which keeps the photos of a deleted post."""
        site.deliver(with_photos(1, USED), unwatched)
        gone = site.deliver(with_photos(1, USED, LOST, uid=OTHER_UID, slug="drugoy-most"), unwatched)
        wordpress.run(f"wp_delete_post({gone.receipt.site_pk}, true);")
        return wordpress

    def test_attachments_of_a_deleted_post_go_with_rows_files_and_sizes(
        self, deleted: WordPress, site: WordPressSite
    ) -> None:
        found = site.orphans(NOW)
        assert {orphan.photo for orphan in found} == {USED.id[:32], LOST.id[:32]}
        assert all(OTHER_UID[:8] in orphan.file_name for orphan in found)
        first = deleted.uploads / found[0].file_name
        first.with_name(f"{first.stem}-300x200.jpg").write_bytes(b"another size")
        assert site.orphans(DAY) == []
        assert all(site.remove_orphan(orphan, NOW) for orphan in found)
        assert not list(deleted.uploads.rglob(f"*{OTHER_UID[:8]}*"))
        assert deleted.run("echo count(get_posts(['post_type' => 'attachment', 'numberposts' => -1]));") == "1"
        assert deleted.run(_FIELDS_WITHOUT_POST) == "0"
        assert site.read_back(with_photos(1, USED)) == []

    @pytest.mark.parametrize(
        "use",
        [
            "wp_insert_post(['post_title' => 'x', 'post_content' => wp_get_attachment_image({id}, 'full')]);",
            "wp_insert_post(['post_title' => 'x', 'post_content' => '[gallery ids=\"1,{id},3\"]']);",
            "set_post_thumbnail(1, {id});",
            "wp_update_post(['ID' => {id}, 'post_parent' => 1]);",
            "update_option('site_icon', {id});",
            "set_theme_mod('custom_logo', {id});",
        ],
        ids=["text", "gallery", "thumbnail", "attached", "icon", "logo"],
    )
    def test_photo_that_a_person_uses_elsewhere_stays(self, use: str, deleted: WordPress, site: WordPressSite) -> None:
        lost = next(orphan for orphan in site.orphans(NOW) if orphan.photo == LOST.id[:32])
        deleted.run(use.replace("{id}", lost.key))
        assert lost not in site.orphans(NOW)
        assert not site.remove_orphan(lost, NOW)
        assert (deleted.uploads / lost.file_name).is_file()
        assert len(site.orphans(NOW)) == 1

    def test_photos_of_a_withdrawn_article_stay_and_those_of_a_killed_one_do_not(
        self, wordpress: WordPress, site: WordPressSite
    ) -> None:
        site.deliver(with_photos(1, USED), unwatched)
        site.deliver(removal(Operation.WITHDRAW, 2), unwatched)
        assert site.orphans(NOW) == []
        (file,) = wordpress.uploads.rglob("*.jpg")
        site.deliver(removal(Operation.KILL, 3), unwatched)
        # As where the publisher was killed after the commit, before it removed the files.
        file.write_bytes(USED.data)
        assert [site.remove_orphan(orphan, NOW) for orphan in site.orphans(NOW)] == [True]
        assert not file.exists()

    def test_folder_that_this_machine_does_not_know_is_asked_for(self, wordpress: WordPress) -> None:
        site = WordPressSite(parse_url(wordpress.url), WordPressSettings(prefix="vb_"))
        with pytest.raises(InvalidInput, match="uploads"):
            site.orphans(NOW)
        site.close()


def test_command_lists_first_removes_when_told_and_keeps_what_the_queue_waits_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("NEWSROOM_HOME", str(home))
    with newsroom_in(home) as newsroom:
        desks = Desks(newsroom)
        added = add_photo(desks.editor, encoded(picture(1200, 800)), "мост.jpg").value
        lead = LeadPhoto(added.id, "Мост утром", "Анна Ким", "Вантовый мост")
        article = desks.submitted(GOOD.with_(photo=lead))
        approve(desks.chief, article)
        schedule(desks.chief, article, datetime.now(UTC) + timedelta(days=2))
        awaited = site_photo(added.id, newsroom.photos)
        engine = open_engine(parse_url(newsroom.site_address(newsroom.sites()[0].name)))
    long_ago = datetime.now(UTC) - timedelta(days=8)
    add_row(engine, awaited, long_ago)
    add_row(engine, LOST, long_ago)
    add_row(engine, SECOND, datetime.now(UTC) - timedelta(days=2))

    def left() -> set[str]:
        with engine.connect().execution_options(newsroom_read=True) as connection:
            return set(connection.scalars(text("SELECT file_name FROM photos")))

    assert main(["site", "tidy", "main"]) == 0
    out = capsys.readouterr().out
    assert LOST.file_name in out
    assert awaited.file_name not in out
    assert SECOND.file_name not in out
    assert len(left()) == 3
    assert main(["site", "tidy", "main", "--delete", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["file"], told["bytes"], told["removed"]) == (LOST.file_name, len(LOST.data), True)
    assert left() == {awaited.file_name, SECOND.file_name}
    assert main(["site", "tidy", "main", "--older-than", "1", "--delete"]) == 0
    assert SECOND.file_name in capsys.readouterr().out
    assert left() == {awaited.file_name}
    with pytest.raises(SystemExit):
        main(["site", "tidy", "main", "--older-than", "0"])
    engine.dispose()
