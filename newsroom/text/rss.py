"""RSS with full text, as aggregators of news read it (Yandex's and Media RSS names). Any text gives well-formed XML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

YANDEX: Final = "http://news.yandex.ru"
MEDIA: Final = "http://search.yahoo.com/mrss/"

#: What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets).
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    #: Bytes.
    length: int
    mime: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    #: Stays the same when the article is corrected or gets another address.
    guid: str
    title: str
    link: str
    lead: str
    full_text: str
    author: str
    category: str
    published_at: datetime
    #: Whether it is for adults alone (18+).
    adult: bool
    enclosures: tuple[Enclosure, ...] = ()


def write_rss(title: str, link: str, description: str, items: Sequence[FeedItem]) -> bytes:
    """The feed in UTF-8, items in the order given."""
    register_namespace("yandex", YANDEX)
    register_namespace("media", MEDIA)
    rss = Element("rss", version="2.0")
    channel = SubElement(rss, "channel")
    for name, text in (("title", title), ("link", link), ("description", description or title), ("language", "ru")):
        _add(channel, name, text)
    for item in items:
        _add_item(channel, item)
    data: bytes = tostring(rss, "utf-8", xml_declaration=True)
    return data


def _add_item(channel: Element, item: FeedItem) -> None:
    place = SubElement(channel, "item")
    _add(place, "title", item.title)
    _add(place, "link", item.link)
    _add(place, "pdalink", item.link)
    _add(place, "guid", item.guid).set("isPermaLink", "false")
    _add(place, "description", item.lead)
    if item.author:
        _add(place, "author", item.author)
    if item.category:
        _add(place, "category", item.category)
    for enclosure in item.enclosures:
        SubElement(place, "enclosure", url=_writable(enclosure.url), length=str(enclosure.length), type=enclosure.mime)
    _add(place, "pubDate", format_datetime(item.published_at.astimezone(UTC)))
    _add(place, f"{{{YANDEX}}}full-text", item.full_text)
    _add(place, f"{{{MEDIA}}}rating", "adult" if item.adult else "nonadult").set("scheme", "urn:simple")


def _add(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _writable(text)
    return element


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
