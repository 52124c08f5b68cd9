"""What a site does that can show a delivery beforehand."""

from typing import Protocol, runtime_checkable

from newsroom.domain.rehearsal import Rehearsal
from newsroom.site.port import Delivery


@runtime_checkable
class Rehearsing(Protocol):
    """A site that can show what a delivery would change on it."""

    def rehearse(self, delivery: Delivery) -> Rehearsal:
        """Do all of it and roll it back. Raises what the delivery itself would raise."""
        ...
