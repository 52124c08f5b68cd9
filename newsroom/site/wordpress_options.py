"""What a WordPress says of itself in its options: where readers find it, its zone, the form of its addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, select

from newsroom.domain.errors import SiteSchemaMismatch
from newsroom.site.wordpress_tables import Tables
from newsroom.words import _

_NAMES = (
    "home",
    "siteurl",
    "permalink_structure",
    "timezone_string",
    "gmt_offset",
    "default_comment_status",
    "default_ping_status",
    "upload_url_path",
    "upload_path",
    "uploads_use_yearmonth_folders",
)
_TAG = re.compile(r"%(\w+)%")


@dataclass(frozen=True, slots=True)
class SiteOptions:
    #: Address of the site for readers, without a slash at the end.
    home: str
    #: Address of its ``uploads`` folder, without a slash at the end.
    uploads_url: str
    #: Whether uploads lie in folders by year and month.
    by_month: bool
    #: Form of the addresses; empty for ``/?p=ID``.
    permalinks: str
    zone: tzinfo
    #: ``open`` or ``closed``.
    comments: str
    pings: str

    def local(self, instant: datetime) -> datetime:
        """The aware *instant* as a naive time of the site, in whole seconds."""
        return instant.astimezone(self.zone).replace(tzinfo=None, microsecond=0)

    def path(self, post: "Address") -> str:
        """Path and query of a published article under `home`."""
        if not self.permalinks:
            return f"/?p={post.id}"
        when = self.local(post.published_at)
        values = {
            "year": f"{when:%Y}",
            "monthnum": f"{when:%m}",
            "day": f"{when:%d}",
            "hour": f"{when:%H}",
            "minute": f"{when:%M}",
            "second": f"{when:%S}",
            "post_id": str(post.id),
            "postname": post.slug,
            "category": "/".join(post.category),
            "author": post.author,
        }
        path = _TAG.sub(lambda found: values.get(found[1], found[0]), self.permalinks)
        return "/" + quote(path.lstrip("/"), safe="/%?=&")


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of an article may be made of."""

    id: int
    slug: str
    published_at: datetime
    #: Slugs from the outermost rubric inwards.
    category: Sequence[str]
    #: ``user_nicename``.
    author: str


def utc(naive: datetime) -> datetime:
    """A naive UTC time of the database as an instant."""
    return naive.replace(tzinfo=UTC)


def read_options(connection: Connection, tables: Tables, uploads_url: str = "") -> SiteOptions:
    """The site's options; *uploads_url* wins over what WordPress thinks.

    Raises `SiteSchemaMismatch` where the site has no address or a zone that is unknown here.
    """
    options = tables.options
    query = select(options.c.option_name, options.c.option_value).where(options.c.option_name.in_(_NAMES))
    found = {str(row.option_name): str(row.option_value) for row in connection.execute(query)}
    home = found.get("home", "").rstrip("/")
    if not home:
        raise SiteSchemaMismatch(_("Ничего не записано: в таблице {table} нет home.").format(table=options.name))
    return SiteOptions(
        home=home,
        uploads_url=(uploads_url or found.get("upload_url_path") or _default_uploads(found, home)).rstrip("/"),
        by_month=found.get("uploads_use_yearmonth_folders", "1") not in ("", "0"),
        permalinks=found.get("permalink_structure", ""),
        zone=_zone(found.get("timezone_string", ""), found.get("gmt_offset", "")),
        comments="open" if found.get("default_comment_status") == "open" else "closed",
        pings="open" if found.get("default_ping_status") == "open" else "closed",
    )


def _default_uploads(found: dict[str, str], home: str) -> str:
    base = found.get("siteurl", "").rstrip("/") or home
    folder = found.get("upload_path", "").strip("/")
    # An absolute folder says nothing of its address; WordPress then needs upload_url_path as well.
    return f"{base}/{folder}" if folder and not found["upload_path"].startswith("/") else f"{base}/wp-content/uploads"


def _zone(name: str, offset: str) -> tzinfo:
    if name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise SiteSchemaMismatch(
                _("Ничего не записано: часовой пояс сайта «{zone}» неизвестен этой машине.").format(zone=name)
            ) from None
    try:
        return timezone(timedelta(hours=float(offset or 0)))
    except ValueError:
        raise SiteSchemaMismatch(
            _("Ничего не записано: часовой пояс сайта «{zone}» неизвестен этой машине.").format(zone=offset)
        ) from None
