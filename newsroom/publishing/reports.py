"""Carries readers' reports from a site into the newsroom, once each, and the newsroom's decisions back."""

from itertools import groupby

from newsroom.domain.ids import SiteName
from newsroom.site.port import Site
from newsroom.storage.database import Database
from newsroom.storage.report_sources import Arrived
from newsroom.text.report_mail import MAIL

#: Reports brought in at one pass, so that a flood does not keep articles waiting.
_PAGE = 500
#: Decisions told to the site at one pass: each is a transaction of the site's own.
_TOLD = 100


class ReportCarrier:
    def __init__(self, database: Database) -> None:
        self._database = database

    def carry(self, name: SiteName, site: Site) -> None:
        """One page of new reports in, decisions not told yet out. Raises `SiteUnavailable`, `DatabaseUnavailable`."""
        self._bring_in(name, site)
        self._tell_decisions(name, site)

    def _bring_in(self, name: SiteName, site: Site) -> None:
        with self._database.read() as work:
            cursor = work.records.report_cursor(name)
        incoming = site.reports_after(cursor, _PAGE)
        if not incoming:
            return
        with self._database.write() as work:
            work.records.report_cursor(name, lock=True)  # two publishers bring in one page after the other
            arrived = work.reports.add(name, incoming)
            # One line for each article: a flood must not become as many lines that every desk reads.
            for _article, own in groupby(sorted(arrived, key=_number), _number):
                added = list(own)
                work.activity.add(
                    work.now, name, "reported", article=added[0].article, report=added[-1].id, detail=str(len(added))
                )
            work.records.move_report_cursor(name, incoming[-1].site_report_id)

    def _tell_decisions(self, name: SiteName, site: Site) -> None:
        with self._database.read() as work:
            untold = work.reports.untold(name, _TOLD)
        for report, site_report_id, state in untold:
            if not site_report_id.startswith(MAIL):  # what came by mail is in no table of the site
                site.close_report(site_report_id, state)
            with self._database.write() as work:
                work.reports.told(report, state)


def _number(arrived: Arrived) -> int:
    return arrived.article or 0
