"""The newsroom's rubrics, sites and limits."""

from newsroom.desk.session import Desk
from newsroom.domain.article import Rubric
from newsroom.domain.changes import Done
from newsroom.domain.house import House
from newsroom.domain.queue import SiteConfig


def change_house(desk: Desk, house: House) -> Done[None]:
    raise NotImplementedError


def save_rubric(desk: Desk, rubric: Rubric) -> Done[None]:
    """Add a rubric, or change the title or position of the one with this slug."""
    raise NotImplementedError


def save_site(desk: Desk, site: SiteConfig) -> Done[None]:
    """Add a site, or change the public address of the one with this name."""
    raise NotImplementedError
