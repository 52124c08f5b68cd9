"""Readers' typo reports: a first plain list that can be closed and opened again."""

from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.ids import ReportId
from newsroom.domain.reports import ReportState


def close_report(desk: Desk, report: ReportId, state: ReportState) -> Done[None]:
    """Close as fixed or rejected."""
    raise NotImplementedError


def reopen_report(desk: Desk, report: ReportId) -> Done[None]:
    raise NotImplementedError
