"""Addresses of links: what cannot be followed, and what tells somebody else who follows it. No network is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsroom.domain.findings import Finding, Severity
from newsroom.text.addresses import link_address
from newsroom.text.checks.material import Piece
from newsroom.words import _

_WEB: Final = re.compile(r"https?://(?:[^\s/?#@]*@)?(?P<host>[^\s/?#:]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_MAIL: Final = re.compile(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+", re.IGNORECASE)
_BARE: Final = re.compile(r"https?://[^\s«»\"<>]*[^\s«»\"<>.,;:!?)]", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+|\d+(?:\.\d+){3}")
_INSIDE: Final = re.compile(r"localhost|127\.|10\.|192\.168\.", re.IGNORECASE)


def broken(piece: Piece) -> Iterator[Finding]:
    for link in piece.links:
        if problem := _problem(link.address):
            yield piece.finding(
                "link-broken",
                Severity.WARNING,
                link.begin,
                link.end,
                _("Ссылка никуда не ведёт: {address} ({problem}).").format(address=link.address, problem=problem),
            )


def tracked(piece: Piece) -> Iterator[Finding]:
    """Labels of campaigns and clicks, in links and in addresses that stand in the text."""
    for link in piece.links:
        clean = link_address(link.address)
        if clean and clean != link.address:
            yield piece.finding(
                "link-tracked",
                Severity.WARNING,
                link.begin,
                link.end,
                _("В ссылке метки слежки: {address}").format(address=link.address),
                reason=_("Метки выдают, откуда взята ссылка, и портят чужую статистику."),
                link_fix=clean,
            )
    for place in _BARE.finditer(piece.text):
        clean = link_address(place[0])
        if clean and clean != place[0]:
            yield piece.finding(
                "link-tracked",
                Severity.WARNING,
                *place.span(),
                _("В адресе метки слежки."),
                reason=_("Метки выдают, откуда взята ссылка, и портят чужую статистику."),
                fix=clean,
            )


def _problem(address: str) -> str:
    """Why *address* leads nowhere, in a few words; empty where it may lead somewhere."""
    if address.startswith(("#", "/")):
        return ""
    if address.lower().startswith("mailto:"):
        return "" if _MAIL.fullmatch(address) else _("не похоже на почту")
    if re.match(r"(?:tel|tg|sms):", address, re.IGNORECASE):
        return ""
    web = _WEB.fullmatch(address)
    if web is None:
        return _("нет http:// или есть пробелы")
    if _INSIDE.match(web["host"]):
        return _("адрес виден только внутри редакции")
    if web["host"].lower() in ("http", "https"):
        return _("http:// написано дважды")
    return "" if _HOST.fullmatch(web["host"]) else _("такого сайта быть не может")
