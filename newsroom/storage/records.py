"""What changes seldom: the house, people, rubrics, sites, photos, and the publishers' signs of life."""

import json
from collections.abc import Collection

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.domain.article import Rubric
from newsroom.domain.errors import NotFound
from newsroom.domain.house import House
from newsroom.domain.ids import PersonId, PhotoId, RubricSlug, SiteName
from newsroom.domain.people import Person, Role
from newsroom.domain.photos import Photo
from newsroom.domain.queue import PublisherAlive, SiteConfig
from newsroom.domain.style import style_from_dict, style_to_dict
from newsroom.domain.vocabulary import Yo
from newsroom.storage import tables as t
from newsroom.words import _


class Records:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # House, rubrics and sites

    def house(self, *, lock: bool = False) -> House:
        """With *lock* others who would change it wait until this transaction ends."""
        query = select(t.house).with_for_update() if lock else select(t.house)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            return House()
        return House(
            name=row["name"],
            zone=row["zone"],
            headline_limit=row["headline_limit"],
            lead_limit=row["lead_limit"],
            yo=Yo(row["yo"]),
            minor_corrections=row["minor_corrections"],
            style=style_from_dict(json.loads(row["style"])),
        )

    def save_house(self, house: House) -> None:
        """To change one thing of it, read it with its lock first."""
        values = {
            "name": house.name,
            "zone": house.zone,
            "headline_limit": house.headline_limit,
            "lead_limit": house.lead_limit,
            "yo": house.yo.value,
            "minor_corrections": house.minor_corrections,
            "style": json.dumps(style_to_dict(house.style)),
        }
        if self._connection.execute(update(t.house).values(values)).rowcount == 0:
            self._connection.execute(insert(t.house).values(id=1, **values))

    def rubrics(self) -> list[Rubric]:
        rows = self._connection.execute(select(t.rubrics).order_by(t.rubrics.c.position, t.rubrics.c.title))
        return [Rubric(**row) for row in rows.mappings()]

    def save_rubric(self, rubric: Rubric) -> None:
        values = {"title": rubric.title, "position": rubric.position}
        changed = self._connection.execute(update(t.rubrics).where(t.rubrics.c.slug == rubric.slug).values(values))
        if changed.rowcount == 0:
            self._connection.execute(insert(t.rubrics).values(slug=rubric.slug, **values))

    def rename_unused_rubric(self, slug: RubricSlug, new: RubricSlug) -> bool:
        """Give the rubric another slug where no article is in it; whether that was so."""
        used = select(t.articles.c.id).where(t.articles.c.rubric == slug).limit(1)
        if self._connection.execute(used).first() is not None:
            return False
        self._connection.execute(update(t.rubrics).where(t.rubrics.c.slug == slug).values(slug=new))
        return True

    def sites(self) -> list[SiteConfig]:
        columns = (t.sites.c.name, t.sites.c.kind, t.sites.c.public_url)
        rows = self._connection.execute(select(*columns).order_by(t.sites.c.name))
        return [SiteConfig(**row) for row in rows.mappings()]

    def save_site(self, site: SiteConfig) -> None:
        values = {"kind": site.kind, "public_url": site.public_url.rstrip("/")}
        changed = self._connection.execute(update(t.sites).where(t.sites.c.name == site.name).values(values))
        if changed.rowcount == 0:
            self._connection.execute(insert(t.sites).values(name=site.name, **values))

    def report_cursor(self, site: SiteName, *, lock: bool = False) -> str:
        """The site's number of the newest report brought in; *lock* makes others who bring in reports wait."""
        query = select(t.sites.c.report_cursor).where(t.sites.c.name == site)
        cursor: str = self._connection.execute(query.with_for_update(key_share=True) if lock else query).scalar_one()
        return cursor

    def move_report_cursor(self, site: SiteName, cursor: str) -> None:
        self._connection.execute(update(t.sites).where(t.sites.c.name == site).values(report_cursor=cursor))

    # People

    def people(self) -> list[Person]:
        rows = self._connection.execute(select(t.people).order_by(t.people.c.id)).mappings()
        return [Person(**{**row, "role": Role(row["role"])}) for row in rows]

    def person(self, login: str) -> Person:
        """Raises `NotFound`."""
        for person in self.people():
            if person.login == login:
                return person
        raise NotFound(_("Сотрудника «{login}» нет.").format(login=login))

    def add_person(self, login: str, name: str, role: Role) -> PersonId:
        added = self._connection.execute(
            insert(t.people).values(login=login, name=name, role=role.value, active=True).returning(t.people.c.id)
        )
        return PersonId(added.scalar_one())

    def save_person(self, person: Person) -> None:
        self._connection.execute(
            update(t.people)
            .where(t.people.c.id == person.id)
            .values(login=person.login, name=person.name, role=person.role.value, active=person.active)
        )

    # Photos

    def add_photo(self, photo: Photo) -> None:
        """Keep what is known of a photo; one that is known already stays as it is."""
        known = select(t.photos.c.id).where(t.photos.c.id == photo.id)
        if self._connection.execute(known).first() is None:
            values = {column.name: getattr(photo, column.name) for column in t.photos.c}
            try:
                with self._connection.begin_nested():
                    self._connection.execute(insert(t.photos).values(values))
            except IntegrityError:
                # Another desk may have added it at this very moment.
                if self._connection.execute(known).first() is None:
                    raise

    def photo(self, photo: PhotoId) -> Photo:
        """Raises `NotFound`."""
        row = self._connection.execute(select(t.photos).where(t.photos.c.id == photo)).mappings().one_or_none()
        if row is None:
            raise NotFound(_("Фото {photo} нет.").format(photo=photo[:12]))
        return Photo(**row)

    def photos(self, limit: int) -> list[Photo]:
        query = select(t.photos).order_by(t.photos.c.added_at.desc(), t.photos.c.id).limit(limit)
        return [Photo(**row) for row in self._connection.execute(query).mappings()]

    def known_photos(self, photos: Collection[PhotoId]) -> set[PhotoId]:
        """Those of *photos* that the newsroom has."""
        if not photos:
            return set()
        return {
            PhotoId(id_) for id_ in self._connection.scalars(select(t.photos.c.id).where(t.photos.c.id.in_(photos)))
        }

    def lead_photo_uses(self, photos: Collection[PhotoId]) -> dict[PhotoId, int]:
        query = (
            select(t.articles.c.photo, func.count()).where(t.articles.c.photo.in_(photos)).group_by(t.articles.c.photo)
        )
        return {PhotoId(photo): number for photo, number in self._connection.execute(query)}

    # Publishers

    def publishers(self) -> list[PublisherAlive]:
        """Those that have not said goodbye."""
        columns = (t.publishers.c.name, t.publishers.c.seen_at)
        query = select(*columns).where(t.publishers.c.stopped_at.is_(None)).order_by(t.publishers.c.seen_at.desc())
        return [PublisherAlive(**row) for row in self._connection.execute(query).mappings()]
