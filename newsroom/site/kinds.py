"""The kinds of site that can be opened or created by name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import URL

from newsroom.domain.errors import InvalidInput, SiteSchemaMismatch, SiteUnavailable
from newsroom.site.archive import Archive
from newsroom.site.port import Site
from newsroom.site.standard import StandardSite
from newsroom.site.standard_schema import create_schema, schema_differences
from newsroom.sql.engine import open_engine, parse_url
from newsroom.words import _, system_words

#: What a machine that publishes has to know beside the address, by name: the settings of one site.
Options = Mapping[str, str]


def mapped_site(url: URL, options: Options) -> Site:
    """Described sites are a large room of their own: loaded only where there is one."""
    from newsroom.site import mapped

    return mapped.mapped_site(url, options)


def create_mapped(url: URL, options: Options) -> None:
    from newsroom.site import mapped

    mapped.create_mapped(url, options)


def check_mapped(url: URL, options: Options) -> list[str]:
    from newsroom.site import mapped

    return mapped.check_mapped(url, options)


def wordpress_site(url: URL, options: Options) -> Site:
    """WordPress likewise."""
    from newsroom.site import wordpress

    return wordpress.wordpress_site(url, options)


def check_wordpress(url: URL, options: Options) -> list[str]:
    from newsroom.site import wordpress_check

    return wordpress_check.check_wordpress(url, options)


def _mapped_archive(url: URL, options: Options) -> Archive:
    from newsroom.site import mapped_archive

    return mapped_archive.mapped_archive(url, options)


def _wordpress_archive(url: URL, options: Options) -> Archive:
    from newsroom.site import wordpress_archive

    return wordpress_archive.wordpress_archive(url, options)


def _standard_archive(url: URL, _options: Options) -> Archive:
    from newsroom.site import standard_archive

    return standard_archive.StandardArchive(url)


_ARCHIVES: dict[str, Callable[[URL, Options], Archive]] = {
    "standard": _standard_archive,
    "mapped": _mapped_archive,
    "wordpress": _wordpress_archive,
}

_KINDS: dict[str, Callable[[URL, Options], Site]] = {
    "standard": lambda url, _options: StandardSite(url),
    "mapped": mapped_site,
    "wordpress": wordpress_site,
}

KINDS: tuple[str, ...] = tuple(_KINDS)


def open_site(kind: str, url: str, options: Options = MappingProxyType({})) -> Site:
    """The site of *kind* whose database is at *url*; nothing is connected yet.

    Raises `InvalidInput` for an unknown kind, an address that cannot be read, or *options* that do not fit the kind.
    """
    return _opener(kind)(parse_url(url), options)


def open_archive(kind: str, url: str, options: Options = MappingProxyType({})) -> Archive:
    """What the site of *kind* at *url* holds, to be read; nothing is connected yet. Raises as `open_site` does."""
    _opener(kind)
    return _ARCHIVES[kind](parse_url(url), options)


def create_site(kind: str, url: str, options: Options = MappingProxyType({})) -> None:
    """Create the tables of *kind* in the database at *url*, and for SQLite the file and its folder; safe to repeat.

    Of a site with tables of its own only the table of receipts is created, where its description wants one; a WordPress
    is only looked at.

    Raises `InvalidInput` as `open_site` does, `SiteUnavailable` where the database does not exist or cannot be
    reached, and `SiteSchemaMismatch` where it may not be changed or holds other tables of these names.
    """
    _opener(kind)
    address = parse_url(url)
    if kind == "mapped":
        create_mapped(address, options)
        return
    if kind == "wordpress":
        check_wordpress(address, options)
        return
    if address.get_backend_name() == "sqlite":
        folder = Path(address.database or "").absolute().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SiteUnavailable(
                _("Папка {folder} для базы сайта не создана: {why}.").format(folder=folder, why=system_words(error))
            ) from error
    engine = open_engine(address)
    try:
        create_schema(engine)
    except SiteUnavailable as fault:
        if address.get_backend_name() == "sqlite":
            raise
        where = _("База «{database}» на сервере {host}").format(database=address.database, host=address.host)
        raise SiteUnavailable(f"{where}: {fault}") from fault
    finally:
        engine.dispose()


def check_site(kind: str, url: str, options: Options = MappingProxyType({})) -> list[str]:
    """What a person ought to know of the site before publishing to it, each a sentence; nothing is written to it.

    Raises as `create_site` does where nothing could be published.
    """
    _opener(kind)
    if kind == "wordpress":
        return check_wordpress(parse_url(url), options)
    if kind == "mapped":
        return check_mapped(parse_url(url), options)
    engine = open_engine(parse_url(url), create=False)
    try:
        differences = schema_differences(engine)
    finally:
        engine.dispose()
    if differences:
        raise SiteSchemaMismatch(_("Таблицы сайта не те: {what}.").format(what="; ".join(differences)))
    return []


def _opener(kind: str) -> Callable[[URL, Options], Site]:
    try:
        return _KINDS[kind]
    except KeyError:
        raise InvalidInput(
            _("Вид сайта «{kind}» неизвестен; бывает: {kinds}.").format(kind=kind, kinds=", ".join(KINDS))
        ) from None
