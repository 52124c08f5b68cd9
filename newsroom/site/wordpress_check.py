"""Whether a WordPress can be published to, and what its owner ought to know, in words. Nothing is written to it."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, Connection, select

from newsroom.site.attempts import faults_in_words
from newsroom.site.wordpress import WordPressSite
from newsroom.site.wordpress_options import SiteOptions, read_options
from newsroom.site.wordpress_rows import find_author
from newsroom.site.wordpress_settings import WordPressSettings, settings_from
from newsroom.site.wordpress_tables import Limits, Tables
from newsroom.site.wordpress_uploads import Uploads
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

#: How many of the newest files are looked for in the folder of uploads.
_SAMPLE = 5


def check_wordpress(url: URL, options: Mapping[str, str]) -> list[str]:
    """What a person ought to know of the site, each a sentence.

    Raises `InvalidInput` for settings that are not fit, `SiteUnavailable` where the database cannot be reached, and
    `SiteSchemaMismatch` where its tables, its rights or its own settings do not let an article be published.
    """
    settings = settings_from(options)
    WordPressSite(url, settings).close()
    tables = Tables(settings.prefix)
    engine = open_engine(url)
    try:
        with faults_in_words(brief), engine.connect() as connection:
            limits = tables.check(connection)
            site = read_options(connection, tables, settings.uploads_url)
            author = find_author(connection, tables, settings.author, "")
            known = _newest_files(connection, tables)
    finally:
        engine.dispose()
    return [
        *_facts(site, author.nicename),
        *_uploads(settings, known),
        *_caches(settings),
        *_encodings(limits),
        _("Закрепление наверху ленты на этот сайт не передаётся: WordPress не знает его срока."),
    ]


def _facts(site: SiteOptions, author: str) -> list[str]:
    return [
        _("Сайт для читателей: {home}; фото: {uploads}.").format(home=site.home, uploads=site.uploads_url),
        _("Часовой пояс сайта: {zone}.").format(zone=site.zone),
        _("Вид адресов: {form}.").format(form=site.permalinks or "/?p=ID"),
        _("Статьи получит учётная запись {author}, если подпись автора не совпадёт с чьим-то именем.").format(
            author=author
        ),
    ]


def _newest_files(connection: Connection, tables: Tables) -> list[str]:
    meta = tables.postmeta
    query = select(meta.c.meta_value).where(meta.c.meta_key == "_wp_attached_file").order_by(meta.c.meta_id.desc())
    return [str(name) for name in connection.execute(query.limit(_SAMPLE)).scalars()]


def _uploads(settings: WordPressSettings, known: list[str]) -> list[str]:
    if not settings.uploads:
        return [_("Папка uploads не настроена: статьи с фото будут ждать.")]
    folder = Path(settings.uploads)
    if not folder.is_dir():
        return [_("Папки {folder} с файлами сайта нет: не подключён ли диск?").format(folder=folder)]
    uploads = Uploads(settings.uploads)
    remarks = []
    if why := uploads.why_not_writable():
        remarks.append(_("В папку {folder} не пишется: {why}.").format(folder=folder, why=why))
    if known and not any(uploads.has(name) for name in known):
        remarks.append(
            _("В папке {folder} нет ни одного из новейших файлов сайта: похоже, она другого сайта.").format(
                folder=folder
            )
        )
    return remarks


def _caches(settings: WordPressSettings) -> list[str]:
    """The files by which WordPress itself knows of such caches lie beside the uploads."""
    content = Path(settings.uploads).parent if settings.uploads else None
    if content is None:
        return [_("Есть ли у сайта кеш, отсюда не видно: он узнал бы о статье не сразу.")]
    remarks = []
    if (content / "object-cache.php").exists():
        remarks.append(
            _("У сайта постоянный кеш объектов (object-cache.php): изменения видны, когда его очистят или срок выйдет.")
        )
    if (content / "advanced-cache.php").exists():
        remarks.append(
            _("У сайта кеш страниц (advanced-cache.php): изменения видны, когда его очистят или срок выйдет.")
        )
    return remarks


def _encodings(limits: Limits) -> list[str]:
    narrow = sorted({limit.charset for limit in limits.values() if limit.foreign("🎄")})
    if not narrow:
        return []
    return [
        _("Кодировка таблиц {charsets}: статья с эмодзи и другими редкими знаками будет остановлена.").format(
            charsets=", ".join(narrow)
        )
    ]
