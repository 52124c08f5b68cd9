"""Addresses of links that came from outside: which ones a link may carry, and what is cut from them.

What counts as tracking is listed in ``resources/text/tracking.toml``.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, unquote

from newsroom.text.fragments import clean, safe_address
from resources import FOLDER

#: Browsers and databases agree on addresses up to here.
MAX_ADDRESS = 2_000
#: Wrappers within wrappers.
_UNWRAPPINGS = 4

_LINK = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s])[^\s]*", re.IGNORECASE)
_PARTS = re.compile(
    r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:]*)(?::\d*)?(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?P<rest>#.*)?", re.I
)
_DAMAGED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Tracking:
    """The listed parameters and wrappers; every name in small letters."""

    everywhere: re.Pattern[str]
    at: Mapping[str, re.Pattern[str]]
    redirects: Mapping[str, str]


def is_link(text: str) -> bool:
    """Whether *text* is one web or mail address."""
    return len(text) <= MAX_ADDRESS and _LINK.fullmatch(text) is not None


def link_address(address: str) -> str:
    """*address* as a link of ours carries it, without wrappers and tracking; empty where it leads nowhere.

    Only listed parameters go; the rest of the address stays letter by letter.
    """
    address = safe_address(clean(_DAMAGED.sub("", address[: 8 * MAX_ADDRESS])))
    for _unwrapping in range(_UNWRAPPINGS):
        inner = _unwrapped(address)
        if not inner:
            break
        address = inner
    address = _without_tracking(address)
    return address if is_link(address) else ""


@cache
def tracking() -> Tracking:
    """The list of the house."""
    read = tomllib.loads((FOLDER / "text" / "tracking.toml").read_text("utf-8"))
    return Tracking(
        _pattern(read["everywhere"]),
        {host: _pattern(names) for host, names in read["at"].items()},
        dict(read["redirects"]),
    )


def _pattern(names: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names), re.IGNORECASE)


def _unwrapped(address: str) -> str:
    """The web address to which a listed wrapper leads; empty where *address* is no wrapper."""
    parts = _PARTS.fullmatch(address)
    if not parts or not parts["query"]:
        return ""
    path = (parts["path"] or "").rstrip("/")
    for host in _hosts(parts["host"]):
        name = tracking().redirects.get(host + path) or tracking().redirects.get(host)
        if name:
            found = dict(parse_qsl(parts["query"][1:], max_num_fields=100)).get(name, "")
            return found if is_link(found) and found.lower().startswith("http") else ""
    return ""


def _without_tracking(address: str) -> str:
    parts = _PARTS.fullmatch(address)
    if not parts or not parts["query"]:
        return address
    patterns = [tracking().everywhere]
    patterns += [found for host in _hosts(parts["host"]) if (found := tracking().at.get(host))]

    def kept(parameter: str) -> bool:
        name = unquote(parameter.partition("=")[0])
        return not any(pattern.fullmatch(name) for pattern in patterns)

    old = parts["query"][1:].split("&")
    new = [parameter for parameter in old if kept(parameter)]
    if len(new) == len(old):
        return address
    query = "?" + "&".join(new) if new else ""
    return address[: parts.start("query")] + query + (parts["rest"] or "")


def _hosts(host: str) -> list[str]:
    """*host* and what it lies below, to the second level."""
    labels = host.lower().rstrip(".").split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 0))]
