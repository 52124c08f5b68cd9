"""What the desk decides while a change is on its way: heard before the site commits, or the change is found there."""

from newsroom.site.port import Delivered, Delivery, Effect, Site, SiteStep


class Revoked(Exception):
    """The desk, or another publisher, has decided over the item since it was claimed."""


def last_moment(site: Site) -> SiteStep:
    """The last step at which an exception keeps *site* as it was."""
    return SiteStep.INSIDE_TRANSACTION if site.transactional else SiteStep.BEFORE_TRANSACTION


def found_on(site: Site, delivery: Delivery) -> Delivered | None:
    """What the site holds of *delivery*, None where it did not come through; nothing is changed.

    It is delivered as far as the commit, which waits for whoever else is carrying it at this moment. Raises what
    `Site.deliver` does.
    """
    refused_at = last_moment(site)

    def refuse(step: SiteStep) -> None:
        if step is refused_at:
            raise Revoked

    try:
        delivered = site.deliver(delivery, refuse)
    except Revoked:
        return None
    return delivered if delivered.effect is Effect.ALREADY_DONE else None
