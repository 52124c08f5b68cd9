"""Everything that can go wrong, in three families.

What the person can mend (`PersonError`), what the environment broke and may mend itself (`EnvironmentFault`), and our
own bugs, which are ordinary Python exceptions and are never dressed up as one of the first two.
The text of an error is a finished sentence for a person.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsroom.words import _

if TYPE_CHECKING:
    from newsroom.domain.comments import Comment
    from newsroom.domain.findings import Finding


class NewsroomError(Exception):
    """Base of all errors that are told to a person in words."""


class PersonError(NewsroomError):
    """The request cannot be carried out as it stands; the person can change it.

    ``reasons`` holds every reason, each a sentence of its own.
    """

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons: tuple[str, ...] = reasons


class InvalidInput(PersonError):
    """A field, file or argument does not hold what it must."""


class NotFound(PersonError):
    """There is no such article, person, photo or queue item."""


class Forbidden(PersonError):
    """The signed-in role may not do this."""


class NotNow(PersonError):
    """The action exists, but not in the state that the article or queue item is in."""


class StaleEdit(PersonError):
    """Somebody saved the article after this text was opened; nothing was overwritten."""


class Blocked(PersonError):
    """Publication is blocked; ``blockers`` lists everything that must be mended, at once."""

    def __init__(self, blockers: "Iterable[Finding]") -> None:
        self.blockers: tuple[Finding, ...] = tuple(blockers)
        super().__init__(*(blocker.message for blocker in self.blockers))


class Unsettled(PersonError):
    """There are comments or warnings that the one who lets the article out has not said to have seen.

    ``comments`` are all unresolved ones, ``warnings`` all that are asked about, those said to be seen included.
    """

    def __init__(self, comments: "Iterable[Comment]" = (), warnings: "Iterable[Finding]" = ()) -> None:
        self.comments: tuple[Comment, ...] = tuple(comments)
        self.warnings: tuple[Finding, ...] = tuple(warnings)
        super().__init__(
            *(
                _("Комментарий не решён — {author}, «{words}»: {text}").format(
                    author=comment.author_name, words=comment.words, text=" ".join(comment.text.split())
                )
                for comment in self.comments
            ),
            *(
                _("Проверьте, {field}: {message}").format(field=warning.field.words, message=warning.message)
                for warning in self.warnings
            ),
        )


class EnvironmentFault(NewsroomError):
    """A disk, network or server failed; the same request may succeed later. Nothing was half done."""


class DatabaseUnavailable(EnvironmentFault):
    """The newsroom database cannot be reached, is read-only, or its disk is full."""


class DatabaseLockedOut(DatabaseUnavailable):
    """The newsroom database does not let us in, or its certificate is not to be trusted: a person has to mend that."""


class SchemaNewer(EnvironmentFault):
    """The database was written by a newer version of the program, which this one must not touch."""


class ZonesMissing(EnvironmentFault):
    """The machine and this installation know no time zones at all."""


class SiteUnavailable(EnvironmentFault):
    """A site's database cannot be reached or refuses work for now; delivery is tried again."""


class SiteLockedOut(SiteUnavailable):
    """The site's database does not let us in, or its certificate is not to be trusted: a person has to mend that."""


class SiteSchemaMismatch(EnvironmentFault):
    """The site's tables are not what the adapter writes to; nothing was written. Says what differs."""


class OutOfStep(EnvironmentFault):
    """The site or the newsroom was restored from an older backup; nothing is sent until a person has decided."""


class SiteRefused(PersonError):
    """The site's database will not take this article as it is (too long, not encodable, a foreign row in its place)."""


class SiteDiverged(PersonError):
    """The site holds another content under the same sequence, or a row we did not write: stop, and ask a person."""
