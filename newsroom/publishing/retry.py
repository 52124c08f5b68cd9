"""When a failed delivery is tried again: forever, soon, and never all at the same instant."""

from datetime import timedelta

from newsroom.domain.errors import EnvironmentFault, OutOfStep, SiteLockedOut, SiteSchemaMismatch

#: A site that returns after hours gets its first article within this time.
LONGEST = timedelta(seconds=8)
#: What must be mended by a person is looked at less often.
LONGEST_FOR_A_PERSON = timedelta(seconds=60)
_FOR_A_PERSON = (SiteSchemaMismatch, OutOfStep)


def pause_after(fault: EnvironmentFault, attempts: int, chance: float) -> timedelta:
    """How long to wait after *attempts* failures, the last by *fault*.

    Doubles from half a second up to a limit, then is shortened by up to a half by *chance* (0 to 1), so that publishers
    which failed together do not return together. A site that does not let us in gets the longest pause at once: some
    servers shut out for good whoever tries a wrong password many times.
    """
    if isinstance(fault, SiteLockedOut):
        return LONGEST_FOR_A_PERSON
    limit = LONGEST_FOR_A_PERSON if isinstance(fault, _FOR_A_PERSON) else LONGEST
    full = min(timedelta(seconds=0.5 * 2 ** min(attempts, 16)), limit)
    return full * (1 - chance / 2)
