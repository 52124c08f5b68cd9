"""The one composition root: a home directory becomes a newsroom with its stores, sites and publisher."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.desk.session import Desk
from newsroom.domain.article import Rubric
from newsroom.domain.errors import InvalidInput, NotFound
from newsroom.domain.feed import FeedFile
from newsroom.domain.house import House, require_zones
from newsroom.domain.ids import ArticleId, RubricSlug, SiteName
from newsroom.domain.people import Person, Role
from newsroom.domain.queue import SiteConfig
from newsroom.domain.rehearsal import Rehearsal
from newsroom.domain.restored import Comparison
from newsroom.photos.store import PhotoStore
from newsroom.publishing.comparing import compare, refuse_out_of_step
from newsroom.publishing.delivery import delivery_of
from newsroom.publishing.publisher import Publisher, Step
from newsroom.publishing.service import PublisherThread
from newsroom.secrets import SecretStore
from newsroom.settings import DEFAULT_DATABASE, FILE, Settings, load_settings, save_settings
from newsroom.site.kinds import check_site, create_site, open_archive, open_site
from newsroom.site.port import Site
from newsroom.sql.addresses import join_password, split_password, within
from newsroom.sql.engine import parse_url
from newsroom.storage.database import Database, open_database
from newsroom.words import _, later

if TYPE_CHECKING:
    from newsroom.desk.merging import Merge
    from newsroom.domain.pages import ExpectedPage, PageSeen
    from newsroom.publishing.archives import ImportSummary, Progress
    from newsroom.publishing.following import Follower
    from newsroom.publishing.tidying import Tidied
    from newsroom.site.archive import Archive
    from newsroom.storage.adoptions import ReportLine

#: The people and rubrics of a fresh newsroom, to be renamed and joined by others.
FIRST_PEOPLE = (
    ("editor", later("Редактор"), Role.EDITOR),
    ("proofreader", later("Корректор"), Role.PROOFREADER),
    ("chief", later("Главный редактор"), Role.CHIEF),
)
FIRST_RUBRICS = (
    ("obshchestvo", later("Общество")),
    ("proisshestviya", later("Происшествия")),
    ("ekonomika", later("Экономика")),
    ("kultura", later("Культура")),
    ("sport", later("Спорт")),
    ("vlast", later("Власть")),
)


#: Settings of sites by name of the site, then of the setting.
Options = dict[str, dict[str, str]]


class Newsroom:
    """An open newsroom: its home directory, database, photo store, and the settings of this machine."""

    def __init__(self, home: Path, settings: Settings, database: Database) -> None:
        self.home = home
        self.settings = settings
        self.database = database
        self.photos = PhotoStore(home / "photos")
        self._secrets = SecretStore(home)
        self._thread: PublisherThread | None = None

    @property
    def embedded(self) -> bool:
        """Whether the newsroom lives on this machine alone, so that the window publishes by itself."""
        return self.database.embedded

    def people(self) -> list[Person]:
        """Active people, for signing in."""
        with self.database.read() as work:
            return [person for person in work.records.people() if person.active]

    def house(self) -> House:
        with self.database.read() as work:
            return work.records.house()

    def sites(self) -> list[SiteConfig]:
        with self.database.read() as work:
            return work.records.sites()

    def sign_in(self, login: str) -> Desk:
        """Raises `NotFound` for an unknown or switched-off login."""
        for person in self.people():
            if person.login == login:
                return Desk(self.database, self.photos, person)
        known = ", ".join(person.login for person in self.people())
        raise NotFound(_("Сотрудника «{login}» нет; есть: {known}.").format(login=login, known=known))

    def connect_site(self, name: SiteName) -> Site:
        """Raises `InvalidInput` where this machine does not know how to reach the site, `SiteUnavailable`."""
        return open_site(self._kind(name), self.site_address(name), self.site_options(name))

    def site_address(self, name: SiteName) -> str:
        """Address of the site's database with its password. Raises `InvalidInput`, not to be shown or logged."""
        address = self.settings.sites.get(name)
        if address is None:
            raise InvalidInput(_("Как достичь базы сайта «{name}», эта машина не знает.").format(name=name))
        return join_password(within(address, self.home), self._secrets.get(f"site-{name}"))

    def site_options(self, name: SiteName) -> dict[str, str]:
        """What the site's kind needs to know beside the address, as the settings of this machine say."""
        return _options_within(self.settings.options.get(name, {}), self.home)

    def rehearse(
        self, name: SiteName, article: ArticleId | None, rubric_slug: str = "", rubric_title: str = ""
    ) -> Rehearsal:
        """What publishing the newest revision of *article*, or an example, would change on the site; nothing is kept.

        Raises `InvalidInput` where the site's kind cannot tell or only another machine reaches it, and what the
        delivery itself would raise.
        """
        if name not in self.settings.sites:
            raise InvalidInput(
                _(
                    "Базу сайта «{name}» знает только машина публикатора; там это покажет newsroom site try {name} "
                    "{article}"
                ).format(name=name, article=article or "")
            )
        from newsroom.publishing.rehearsing import example, rehearse, trial_claim

        if article is None:
            delivery = example(rubric_slug, rubric_title)
        else:
            with self.database.read() as work:
                titles = {rubric.slug: rubric.title for rubric in work.records.rubrics()}
                adopted = work.adoptions.of(article, name)
                claim = trial_claim(work.articles.get(article), name, titles, work.now, adopted)
            delivery = delivery_of(claim, self.photos)
        return rehearse(self._kind(name), self.site_address(name), delivery, self.site_options(name))

    def import_site(
        self,
        desk: Desk,
        name: SiteName,
        *,
        dry_run: bool = False,
        told: "Callable[[Progress], None]" = lambda _progress: None,
    ) -> "ImportSummary":
        """Bring the site's archive into the newsroom (`newsroom.publishing.archives.import_archive`, which raises)."""
        from newsroom.publishing.archives import import_archive

        archive = self.open_archive(name)
        try:
            return import_archive(desk, name, archive, dry_run=dry_run, told=told)
        finally:
            archive.close()

    def import_report(self, name: SiteName) -> "Iterator[ReportLine]":
        """What imports of the site's archive could not bring in as it was. Raises `NotFound`."""
        self._kind(name)
        with self.database.read() as work:
            yield from work.adoptions.report(name)

    def read_merge(self, desk: Desk, article: ArticleId, name: SiteName) -> "Merge":
        """The article beside what stands on the site, to be merged (`newsroom.desk.merging.save_merge`).

        Raises `InvalidInput` where this machine does not know how to reach the site, and as
        `newsroom.publishing.merging.merge_with_site`.
        """
        from newsroom.publishing.merging import merge_with_site

        archive = self.open_archive(name)
        try:
            return merge_with_site(desk, article, name, archive)
        finally:
            archive.close()

    def open_archive(self, name: SiteName) -> "Archive":
        """What the site holds, to be read and closed. Raises as `connect_site` does."""
        return open_archive(self._kind(name), self.site_address(name), self.site_options(name))

    def change_site_options(self, name: SiteName, changes: dict[str, str]) -> None:
        """Write down settings of the site for this machine; an empty value takes one back.

        Raises `NotFound` for an unknown site, `InvalidInput` where its kind does not know a setting or cannot use it.
        """
        told = self.settings.options.get(name, {}) | changes
        told = {key: value for key, value in told.items() if value}
        open_site(self._kind(name), self.site_address(name), _options_within(told, self.home)).close()
        every = {**self.settings.options, str(name): told}
        settings = replace(self.settings, options={site: options for site, options in every.items() if options})
        save_settings(self.home, settings)
        self.settings = settings

    def check_site(self, name: SiteName) -> list[str]:
        """What a person ought to know before publishing to the site, each a sentence; nothing is written to it.

        Raises `SiteUnavailable`, `SiteSchemaMismatch` or `InvalidInput` where nothing could be published to it, and
        `OutOfStep` where it or the newsroom was restored from an older backup.
        """
        remarks = check_site(self._kind(name), self.site_address(name), self.site_options(name))
        refuse_out_of_step(self.compare_site(name))
        return remarks

    def feed(self, name: SiteName, *, limit: int, days: int | None = None) -> bytes:
        """RSS of what is live on the site. Raises as `newsroom.publishing.feed.make_feed` and `connect_site`."""
        from newsroom.publishing.feed import ReadyPhotos, make_feed

        site = self.connect_site(name)
        try:
            return make_feed(self.database, ReadyPhotos(self.photos), name, site, limit=limit, days=days)
        finally:
            site.close()

    def keep_feed(self, name: SiteName, feed: FeedFile | None) -> None:
        """Write *feed* of the site, and let publishers of this machine that start after this renew it; None ends that.

        Raises as `feed`, and `EnvironmentFault` where the file cannot be written; then nothing was changed.
        """
        from newsroom.publishing.feed import write_file

        self._kind(name)
        if feed is not None:
            write_file(self.feed(name, limit=feed.limit, days=feed.days), Path(feed.path))
        kept = {site: one for site, one in self.settings.feeds.items() if site != name}
        settings = replace(self.settings, feeds=kept | ({str(name): feed} if feed else {}))
        save_settings(self.home, settings)
        self.settings = settings

    def compare_site(self, name: SiteName) -> Comparison:
        """What the site holds more or less than the newsroom has recorded. Raises as `check_site` does."""
        site = self.connect_site(name)
        try:
            return compare(self.database, name, site)
        finally:
            site.close()

    def tidy_site(self, name: SiteName, age: timedelta, *, delete: bool) -> "Tidied":
        """Photos that nothing on the site uses (`newsroom.publishing.tidying.tidy`, which raises)."""
        from newsroom.publishing.tidying import tidy

        site = self.connect_site(name)
        try:
            return tidy(self.database, self.photos, site, age, delete=delete)
        finally:
            site.close()

    def _kind(self, name: SiteName) -> str:
        for site in self.sites():
            if site.name == name:
                return site.kind
        raise NotFound(_("Сайта «{name}» в редакции нет.").format(name=name))

    def publisher(self, name: str = "", *, watch: Callable[[Step], None] = lambda _step: None) -> Publisher:
        """A publisher over all sites that this machine can reach; *watch* hears of every step."""
        known = {site.name for site in self.sites()}
        connect = {
            SiteName(site): (lambda site=site: self.connect_site(SiteName(site)))
            for site in self.settings.sites
            if site in known
        }
        return Publisher(
            self.database, self.photos, connect, name or f"{socket.gethostname()}-{os.getpid()}", watch=watch
        )

    def follower(
        self, publisher: Publisher, told: "Callable[[ExpectedPage, PageSeen], None]" = lambda _expected, _seen: None
    ) -> "Follower":
        """What is to be done after the deliveries of *publisher*; *told* hears what was found on public pages."""
        from newsroom.publishing.feed_files import FeedKeeper
        from newsroom.publishing.following import Follower
        from newsroom.publishing.pages import PageReader

        served = [SiteName(site) for site in self.settings.sites]
        feeds = {SiteName(name): feed for name, feed in self.settings.feeds.items()}
        pages = PageReader(self.database, publisher.name, served, told=told)
        return Follower(self.database, [pages, FeedKeeper(self.database, self.photos, self.connect_site, feeds)])

    def start_publisher(self) -> None:
        """Publish from a thread of this process until `stop_publisher`."""
        if self._thread is None:
            publisher = self.publisher()
            self._thread = PublisherThread(publisher, self.follower(publisher))

    def stop_publisher(self) -> None:
        if self._thread is not None:
            self._thread.stop()
            self._thread = None

    def close(self) -> None:
        self.stop_publisher()
        self.database.close()


def rehearse_example(
    kind: str, address: str, options: dict[str, str], rubric_slug: str = "", rubric_title: str = ""
) -> Rehearsal:
    """`Newsroom.rehearse` of an example on a site that no newsroom knows yet."""
    from newsroom.publishing.rehearsing import example, rehearse

    return rehearse(kind, address, example(rubric_slug, rubric_title), options)


def draft_description(address: str, schema: str = "") -> str:
    """The draft of a description, as TOML, for the site whose database is at *address*.

    Raises `InvalidInput` where no table looks like one of articles, `SiteUnavailable`, `SiteSchemaMismatch`.
    """
    from newsroom.site.mapped_draft import draft_mapping

    return draft_mapping(parse_url(address), schema)


def open_newsroom(home: Path) -> Newsroom:
    """Open the newsroom kept in *home*, bringing its schema up to date.

    Raises `NotFound` where there is none, `InvalidInput` for broken settings, `SchemaNewer`, `DatabaseUnavailable`, and
    `ZonesMissing` where this machine knows no time zones.
    """
    require_zones()
    settings = load_settings(home)
    _log_to(home)
    address = join_password(within(settings.database, home), SecretStore(home).get("database"))
    return Newsroom(home, settings, open_database(address))


def create_newsroom(
    home: Path,
    *,
    database_url: str | None = None,
    sites: dict[str, str] | None = None,
    options: Options | None = None,
    house: House | None = None,
) -> Newsroom:
    """Make a newsroom with one person of each role (``editor``, ``proofreader``, ``chief``).

    *sites* maps names to ``KIND:URL``, for example ``{"main": "standard:postgresql://…"}``; without any, a site
    ``main`` on an SQLite file in *home*. Tables of a standard site are created where the right to do so exists.
    *options* says by the same names what a kind of site needs beside its address.
    Raises `InvalidInput` where *home* or the database holds a newsroom already; then nothing was changed.
    """
    require_zones()
    if (home / FILE).exists():
        raise InvalidInput(_("В папке {home} уже есть редакция.").format(home=home))
    wanted = [_site_from_text(name, text) for name, text in (sites or {"main": "standard:sqlite:///site.db"}).items()]
    # Reached before anything is made, so that a slip in an address leaves nothing half made.
    for config, address in wanted:
        create_site(config.kind, within(address, home), _options_within((options or {}).get(config.name, {}), home))
    address, password = split_password(database_url or DEFAULT_DATABASE)
    database = open_database(within(join_password(address, password), home), create=True)
    try:
        _furnish(database, house or House(), [config for config, _address in wanted])
    except BaseException:
        database.close()
        raise
    return _remember(home, database, address, password, wanted, options or {})


def join_newsroom(
    home: Path, *, database_url: str, sites: dict[str, str] | None = None, options: Options | None = None
) -> Newsroom:
    """Make *home* one more desk of the newsroom at *database_url*.

    *sites* gives addresses, for a desk that publishes, and *options* what their kinds need beside them.

    Raises `InvalidInput` where *home* holds a newsroom already, `NotFound` where the database holds none.
    """
    require_zones()
    if (home / FILE).exists():
        raise InvalidInput(_("В папке {home} уже есть редакция.").format(home=home))
    address, password = split_password(database_url)
    database = open_database(within(join_password(address, password), home))
    wanted = [_site_from_text(*pair) for pair in (sites or {}).items()]
    return _remember(home, database, address, password, wanted, options or {})


def _remember(
    home: Path,
    database: Database,
    address: str,
    password: str,
    sites: list[tuple[SiteConfig, str]],
    options: Options,
) -> Newsroom:
    """Write down how this machine reaches the databases; passwords go to the secrets."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        secrets, plain = SecretStore(home), dict[str, str]()
        if password:
            secrets.set("database", password)
        for config, site_address in sites:
            plain[str(config.name)], site_password = split_password(site_address)
            if site_password:
                secrets.set(f"site-{config.name}", site_password)
        settings = Settings(address, plain, {name: options[name] for name in plain if options.get(name)})
        save_settings(home, settings)
    except BaseException:
        database.close()
        raise
    _log_to(home)
    return Newsroom(home, settings, database)


def _furnish(database: Database, house: House, sites: list[SiteConfig]) -> None:
    with database.write() as work:
        work.records.save_house(house)
        for login, name, role in FIRST_PEOPLE:
            work.records.add_person(login, _(name), role)
        for position, (slug, title) in enumerate(FIRST_RUBRICS):
            work.records.save_rubric(Rubric(RubricSlug(slug), _(title), position))
        for site in sites:
            work.records.save_site(site)


def _options_within(options: dict[str, str], folder: Path) -> dict[str, str]:
    """*options*, where a relative path of a description is meant to lie in *folder*."""
    return {name: str(folder / value) if name == "mapping" and value else value for name, value in options.items()}


def _site_from_text(name: str, text: str) -> tuple[SiteConfig, str]:
    kind, colon, address = text.partition(":")
    if not colon or not address:
        raise InvalidInput(
            _("Сайт «{name}» описан не так: нужно вид:адрес, например standard:sqlite:///site.db.").format(name=name)
        )
    return SiteConfig(SiteName(name), kind), address


def _log_to(home: Path) -> None:
    """Send the program's log into *home*; a disk that cannot take it must not keep the newsroom from opening."""
    root = logging.getLogger("newsroom")
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        (home / "logs").mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            home / "logs" / "newsroom.log", maxBytes=1_000_000, backupCount=3, delay=True, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
