"""Sites of every kind with an archive that no newsroom has written, and a newsroom beside each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from newsroom.app import Newsroom, create_newsroom
from newsroom.desk.reading import read_article
from newsroom.desk.review import submit
from newsroom.desk.scheduling import publish_now
from newsroom.desk.writing import save_article
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, PhotoId, SiteName
from newsroom.publishing.archives import ImportSummary
from newsroom.publishing.publisher import Outcome
from newsroom.site.port import Delivery, SitePhoto
from tests.newsrooms import Desks, approve_seen
from tests.photos.pictures import encoded, picture
from tests.site.material import publication, unwatched
from tests.site.schemas import SUBJECTS, Made, made

#: What makes a delivered row look as if the newsroom had never seen it.
_FORGET = {
    "standard": ("DELETE FROM newsroom_receipt",),
    "wagtail": ("DELETE FROM newsroom_receipt",),
    "cyrillic": ("UPDATE novosti SET redakciya_raspiska = NULL, redakciya_uid = NULL",),
    "rights": ("DELETE FROM settings", "UPDATE content SET newsroom_uid = NULL"),
    "wordpress": ("DELETE FROM wp_postmeta WHERE meta_key LIKE '\\_newsroom\\_%%'",),
}
PLACES = [
    pytest.param(
        (name, database), id=f"{name}-{database}", marks=[] if database == "sqlite" else getattr(pytest.mark, database)
    )
    for name, subject in SUBJECTS.items()
    for database in subject.databases
]
MAIN = SiteName("main")


@dataclass
class Adopting:
    """A newsroom whose site had an archive before it."""

    newsroom: Newsroom
    site: Made

    @property
    def desks(self) -> Desks:
        return Desks(self.newsroom)

    def bring(self, *, dry_run: bool = False) -> ImportSummary:
        return self.newsroom.import_site(self.desks.chief, MAIN, dry_run=dry_run)

    def correct(self, article: int, **changes: object) -> list[Outcome]:
        """An editor changes it, the chief lets it out, a publisher carries it."""
        desks, number = self.desks, ArticleId(article)
        current = read_article(desks.editor, number)
        save_article(desks.editor, number, current.content.with_(**changes), base_revision=current.revision)
        return self.release(article)

    def release(self, article: int) -> list[Outcome]:
        desks, number = self.desks, ArticleId(article)
        submit(desks.editor, number)
        approve_seen(desks.chief, number)
        publish_now(desks.chief, number)
        return self.publish()

    def publish(self) -> list[Outcome]:
        publisher = self.newsroom.publisher("проба")
        try:
            return publisher.run_once()
        finally:
            publisher.close()


def real_photo(width: int = 64) -> SitePhoto:
    """A picture that the newsroom takes."""
    data = encoded(picture(width, 48))
    digest = sha256(data).hexdigest()
    return SitePhoto(PhotoId(digest), "image/jpeg", width, 48, f"{digest[:16]}.jpg", data)


LEAD, INSIDE = real_photo(64), real_photo(72)


def archived() -> Delivery:
    """The article that stands in the archive of every site here."""
    body = (
        "<p>Плиты везли из <strong>соседнего</strong> района.</p>"
        f'<figure class="photo"><img src="/photos/{INSIDE.file_name}" alt="Плиты">'
        '<figcaption>Плиты <span class="credit">Фото: Анна Ким</span></figcaption></figure>'
        "<p>Работы идут ночью.</p>"
    )
    return publication(body_html=body, lead_photo=LEAD.id, photos=(LEAD, INSIDE))


def put(site: Made, *deliveries: Delivery) -> None:
    """Articles of an archive: rows as this kind of site has them, of which no newsroom knows."""
    adapter = site.open()
    for delivery in deliveries or (archived(),):
        adapter.deliver(delivery, unwatched)
    adapter.close()
    site.run(*_FORGET[site.subject.name])


@contextmanager
def adopting(site: Made, home: Path) -> Iterator[Adopting]:
    newsroom = create_newsroom(
        home,
        sites={"main": f"{site.subject.kind}:{site.work_url}"},
        options={"main": site.options} if site.options else {},
        house=House("Проба", "Asia/Vladivostok"),
    )
    try:
        yield Adopting(newsroom, site)
    finally:
        newsroom.close()


@pytest.fixture(params=PLACES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Adopting]:
    """Every kind of site on every kind of database, with one article in its archive."""
    name, database = request.param
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), tmp_path) as site:
        put(site)
        if name == "rights":
            role = site.work_url.partition("//")[2].partition("@")[0]
            site.run(f"GRANT UPDATE (newsroom_uid) ON content TO {role}")
        with adopting(site, tmp_path / "home") as brought:
            yield brought
