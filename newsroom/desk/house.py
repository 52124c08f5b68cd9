"""The newsroom's rubrics, sites and limits."""

from dataclasses import replace

from newsroom.desk.case import use_case
from newsroom.desk.session import Desk
from newsroom.domain.article import Rubric
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput
from newsroom.domain.people import Action
from newsroom.domain.queue import SiteConfig
from newsroom.text.slugs import is_slug
from newsroom.words import _


def allow_minor_corrections(desk: Desk, allowed: bool) -> Done[None]:
    """Say whether a proofreader's correction of a few letters goes out without the chief."""
    with use_case(desk, Action.MANAGE_SITES) as case:
        house = case.work.records.house(lock=True)
        if house.minor_corrections is not allowed:
            case.work.records.save_house(replace(house, minor_corrections=allowed))
            case.note("settings", detail="house")
        return case.done(None)


def save_rubric(desk: Desk, rubric: Rubric) -> Done[None]:
    """Add a rubric, or change the title or position of the one with this slug. Raises `InvalidInput`."""
    with use_case(desk, Action.MANAGE_RUBRICS) as case:
        if not is_slug(rubric.slug) or not rubric.title.strip():
            raise InvalidInput(_("Рубрике нужны название и адрес латиницей."))
        if any(one.title == rubric.title and one.slug != rubric.slug for one in case.work.records.rubrics()):
            raise InvalidInput(_("Рубрика «{title}» уже есть.").format(title=rubric.title))
        case.work.records.save_rubric(rubric)
        case.note("settings", detail=rubric.slug)
        return case.done(None)


def save_site(desk: Desk, site: SiteConfig) -> Done[None]:
    """Add a site, or change the public address of the one with this name. Raises `InvalidInput`."""
    with use_case(desk, Action.MANAGE_SITES) as case:
        if not is_slug(site.name):
            raise InvalidInput(
                _("Имя сайта «{name}» не годится: нужны латинские буквы и цифры.").format(name=site.name)
            )
        if site.public_url and not site.public_url.startswith(("http://", "https://")):
            raise InvalidInput(_("Адрес сайта начинается с http:// или https://."))
        case.work.records.save_site(site)
        case.note("settings", detail=site.name)
        return case.done(None)
