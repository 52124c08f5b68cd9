"""Reports that came by mail: found among other mail, once each, and never believed."""

import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from newsroom.domain.errors import InvalidInput
from newsroom.text.report_mail import read_report_mail

BODY = "Страница: https://vesti.example/a\n\n«Срок <!!!>облуживания<!!!> покрытия\n\nКомментарий: пропущена «с»\n"


def message(body: str = BODY, *, number: int = 1, html: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Orphus: опечатка"
    mail["Message-ID"] = f"<{number}@example>"
    mail["Date"] = "Sun, 22 Nov 2026 12:00:00 +1000"
    mail.set_content(body, subtype="html" if html else "plain")
    return mail


@pytest.fixture(params=["mbox", "maildir"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Two reports among other mail."""
    place = tmp_path / "почта"
    box: mailbox.mbox | mailbox.Maildir = mailbox.mbox(place) if request.param == "mbox" else mailbox.Maildir(place)
    for mail in (message("Просто письмо"), message(), message(BODY.replace("Срок", "Срок\tэто"), number=2)):
        box.add(mail)
    box.flush()
    box.close()
    return place


def test_reports_are_found_among_other_mail(place: Path) -> None:
    first, second = sorted(read_report_mail(place), key=lambda report: len(report.before))
    assert (first.before, first.selected, first.after) == ("Срок ", "облуживания", " покрытия")
    assert (first.page_url, first.comment) == ("https://vesti.example/a", "пропущена «с»")
    assert first.reported_at == datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert first.site_report_id != second.site_report_id
    assert [report.site_report_id for report in read_report_mail(place)] == [
        report.site_report_id for report in read_report_mail(place)
    ]


def test_hostile_mail_is_cut_to_size_and_read_as_text(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    box.add(message("x" * 300_000))
    box.add(message("https://a/" + "б" * 5000 + f" \n{'в' * 500}<!!!>{'г' * 500}<!!!>{'д' * 500}", number=2))
    box.add(message("<p>https://a/</p><p>до &lt;!!!&gt;<img src=x>где<!!!> после</p>", number=3, html=True))
    broken = message(number=4)
    broken.replace_header("Content-Type", "text/plain; charset=no-such-thing")
    broken.replace_header("Date", "вчера")
    box.add(broken)
    box.close()
    long, html, broken_one = read_report_mail(tmp_path / "box")
    lengths = [len(text) for text in (long.page_url, long.before, long.selected, long.after)]
    assert lengths == [1000, 60, 256, 60]
    assert (html.selected, html.after) == ("где", " после")
    assert broken_one.page_url == "https://vesti.example/a"


def test_what_is_no_mailbox_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="нет ни файла mbox"):
        list(read_report_mail(tmp_path / "нет"))
