"""Triage: reports grouped by mistake and found in the text; one decision patches the words and closes them all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.desk import house_lists, reading
from newsroom.desk.house import allow_minor_corrections
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import publish_now, retry, schedule
from newsroom.desk.triage import Triage, TriageReader, accept, close, take_back
from newsroom.desk.writing import save_article
from newsroom.domain.changes import Done
from newsroom.domain.corrections import is_minor
from newsroom.domain.errors import InvalidInput, NotNow
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import QueueState, ReviewState
from newsroom.domain.triage import Decision, Mistake, Standing
from tests.newsrooms import GOOD, Desks, newsroom_in

BODY = (
    "Подрядчик закончил ремонт на месяц раньше срока.\n\n"
    "Срок **облуживания** покрытия — пять лет, потом облуживание возьмёт на себя город.\n\n"
    "> Ждали долго.\n>\n> — Ольга Пирогова, жительница"
)
PAGE = GOOD.with_(body=BODY)


@pytest.fixture
def desks(tmp_path: Path, newsroom_database_url: str) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home", newsroom_database_url) as newsroom:
        yield Desks(newsroom)


def live(desks: Desks) -> ArticleId:
    article = desks.approved(PAGE)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    return article


_numbers = iter(range(1, 1_000_000))


def report(
    desks: Desks,
    article: ArticleId | None,
    selected: str = "облуживания",
    before: str = "Срок ",
    after: str = " покрытия — пять лет",
    comment: str = "обслуживания",
) -> None:
    number = next(_numbers)
    uid = reading.read_article(desks.chief, article).uid if article else ""
    at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=number)
    incoming = IncomingReport(str(number), uid, f"http://x/{number}", before, selected, after, comment, at)
    with desks.newsroom.database.write() as work:
        work.reports.add(SiteName("main"), [incoming])


def look(desks: Desks) -> Triage:
    return TriageReader().read(desks.proofreader)


def only(desks: Desks) -> Mistake:
    (mistake,) = look(desks).mistakes
    return mistake


def accepted(desks: Desks, mistake: Mistake | None = None, new: str = "") -> Done[Decision]:
    mistake = mistake or only(desks)
    assert mistake.spot
    return accept(desks.proofreader, mistake.ref, mistake.spot.place, new or mistake.spot.new)


def states(desks: Desks) -> list[ReportState]:
    found = reading.read_reports(desks.chief, open_only=False)
    return [one.state for one in sorted(found, key=lambda one: one.id)]


def on_site(desks: Desks, article: ArticleId) -> str:
    content = reading.live_content(desks.chief, article)
    assert content
    return content.body


MENDED = BODY.replace("облуживания", "обслуживания")


def test_reports_of_one_mistake_are_one_however_it_was_selected(desks: Desks) -> None:
    article = live(desks)
    report(desks, article, comment="")
    report(desks, article, "луживан", "Срок об", "ия покрытия", comment="обслуживания, наверное")
    report(desks, article, "Срок облуживания", "", " покрытия", comment="")
    report(desks, article, "облуживание", "потом ", " возьмёт", comment="обслуживание")
    first, second = look(desks).mistakes
    assert (first.count, second.count) == (3, 1)
    assert first.spot
    assert (first.spot.words, first.spot.new) == ("облуживания", "обслуживания")
    assert first.comment == "обслуживания, наверное"
    assert f"{first.spot.before}{first.spot.words}{first.spot.after}".startswith("Срок облуживания покрытия")
    assert second.spot
    assert second.spot.words == "облуживание"


def test_one_decision_patches_the_words_closes_all_and_goes_to_the_site(desks: Desks) -> None:
    article = live(desks)
    for comment in ("", "обслуживания", ""):
        report(desks, article, comment=comment)
    done = accepted(desks)
    assert done.value.goes_out
    assert states(desks) == [ReportState.FIXED] * 3
    current = reading.read_article(desks.chief, article)
    assert (current.content.body, current.revision, current.review) == (MENDED, 2, ReviewState.APPROVED)
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == MENDED
    lines = {(line.who, line.what): line.detail for line in reading.read_activity(desks.chief, article)}
    assert lines["proofreader", "close-report"] == "fixed · облуживания → обслуживания · × 3"
    assert lines["proofreader", "approve"] == "minor: опечатка: облуживания → обслуживания"
    assert look(desks).mistakes == ()


def test_a_text_that_the_lists_of_today_doubt_goes_to_the_chief(desks: Desks) -> None:
    article = live(desks)
    report(desks, article)
    own = HouseRule("опечатка", "облуживания", "обслуживания", finds=("облуживания → обслуживания",))
    house_lists.save_rule(desks.proofreader, own)
    done = accepted(desks)
    assert done.value.goes_out, "the correction mends what the list is about"
    take_back(desks.proofreader, done.value)
    rule = HouseRule("покрытие", "покрытия", None, "Покрытия чего?", finds=("срок покрытия",))
    house_lists.save_rule(desks.proofreader, rule)
    assert not accepted(desks).value.goes_out
    assert reading.read_article(desks.chief, article).review is ReviewState.SUBMITTED


def test_by_the_newsrooms_policy_the_chief_decides(desks: Desks) -> None:
    article = live(desks)
    allow_minor_corrections(desks.chief, False)
    report(desks, article)
    assert not accepted(desks).value.goes_out
    assert desks.publish() == []
    assert reading.read_article(desks.chief, article).review is ReviewState.SUBMITTED
    assert on_site(desks, article) == BODY
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == MENDED


def test_what_changes_the_meaning_goes_to_the_chief(desks: Desks) -> None:
    article = live(desks)
    report(desks, article, "пять", "покрытия — ", " лет", comment="")
    assert not accepted(desks, new="15").value.goes_out
    assert reading.read_article(desks.chief, article).review is ReviewState.SUBMITTED


def test_unfinished_work_of_an_editor_never_goes_out_and_gets_the_correction_too(desks: Desks) -> None:
    article = live(desks)
    draft = PAGE.with_(body=BODY + "\n\nНедописанный абзац про облуживание")
    save_article(desks.editor, article, draft, base_revision=1)
    report(desks, article)
    assert accepted(desks).value.goes_out
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == MENDED
    current = reading.read_article(desks.chief, article)
    assert current.content.body == MENDED + "\n\nНедописанный абзац про облуживание"
    assert current.review is ReviewState.DRAFT


def test_a_correction_that_failed_on_its_way_is_tried_again_though_a_newer_text_is_being_written(desks: Desks) -> None:
    article = live(desks)
    save_article(desks.editor, article, PAGE.with_(body=BODY + "\n\nНедописано."), base_revision=1)
    report(desks, article)
    accepted(desks)
    (item,) = reading.open_items(desks.chief, article)
    with desks.newsroom.database.write() as work:
        work.queue.set_state(item.id, QueueState.NEEDS_PERSON, problem="сайт не принял")
        work.articles.refresh_label(article)
    retry(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == MENDED


def test_a_word_that_the_newer_text_no_longer_has_is_mended_on_the_site_alone(desks: Desks) -> None:
    article = live(desks)
    report(desks, article)
    mistake = only(desks)
    draft = PAGE.with_(body="Совсем другой текст.")
    save_article(desks.editor, article, draft, base_revision=1)
    accepted(desks, mistake)
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == MENDED
    assert reading.read_article(desks.chief, article).content == draft


def test_a_planned_text_keeps_its_time_and_gets_the_correction(desks: Desks) -> None:
    article = live(desks)
    draft = PAGE.with_(body=BODY + "\n\nПродолжение завтра.")
    save_article(desks.editor, article, draft, base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    due = datetime.now(UTC) + timedelta(days=1)
    schedule(desks.chief, article, due)
    report(desks, article)
    accepted(desks)
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == MENDED
    (item,) = reading.open_items(desks.chief, article)
    assert (item.state, item.due_at) == (QueueState.SCHEDULED, due)
    current = reading.read_article(desks.chief, article)
    assert current.content.body == MENDED + "\n\nПродолжение завтра."
    assert (item.revision, current.approved_revision) == (current.revision, current.revision)


def test_a_text_not_out_yet_stays_approved_for_its_time(desks: Desks) -> None:
    article = desks.approved(PAGE)
    due = datetime.now(UTC) + timedelta(days=1)
    schedule(desks.chief, article, due)
    report(desks, article)
    assert not accepted(desks).value.goes_out
    (item,) = reading.open_items(desks.chief, article)
    assert (item.due_at, item.revision) == (due, 2)
    assert reading.read_article(desks.chief, article).content.body == MENDED


def test_an_editor_who_saved_on_the_old_text_is_told_and_nothing_is_lost(desks: Desks) -> None:
    from newsroom.domain.errors import StaleEdit

    article = live(desks)
    report(desks, article)
    accepted(desks)
    with pytest.raises(StaleEdit):
        save_article(desks.editor, article, PAGE.with_(lead="Иначе"), base_revision=1)


def test_a_correction_is_taken_back_on_the_site_too(desks: Desks) -> None:
    article = live(desks)
    report(desks, article)
    decision = accepted(desks).value
    desks.publish()
    take_back(desks.proofreader, decision)
    assert desks.publish() == ["verified"]
    assert on_site(desks, article) == BODY
    assert states(desks) == [ReportState.NEW]
    assert only(desks).spot


@pytest.mark.parametrize("state", [ReportState.REJECTED, ReportState.DUPLICATE, ReportState.ALREADY_FIXED])
def test_a_decision_without_a_correction_leaves_the_text_and_can_be_taken_back(
    desks: Desks, state: ReportState
) -> None:
    article = live(desks)
    report(desks, article)
    decision = close(desks.proofreader, only(desks).ref, state, "так и надо").value
    assert states(desks) == [state]
    assert reading.read_article(desks.chief, article).revision == 1
    with pytest.raises(NotNow):
        close(desks.editor, decision.ref, state, "ещё раз")
    take_back(desks.proofreader, decision)
    assert states(desks) == [ReportState.NEW]


def test_a_rejection_needs_a_reason_and_keeps_it(desks: Desks) -> None:
    report(desks, live(desks))
    with pytest.raises(InvalidInput):
        close(desks.proofreader, only(desks).ref, ReportState.REJECTED, " ")
    close(desks.proofreader, only(desks).ref, ReportState.REJECTED, "слово верное")
    assert reading.read_reports(desks.chief, open_only=False)[0].reason == "слово верное"


def test_a_report_of_an_unknown_page_is_apart_and_only_closed(desks: Desks) -> None:
    report(desks, None)
    report(desks, live(desks))
    known, unknown = look(desks).mistakes
    assert (known.standing, unknown.standing) == (Standing.FOUND, Standing.UNKNOWN)
    assert known.spot
    with pytest.raises(NotNow):
        accept(desks.proofreader, unknown.ref, known.spot.place, "да")
    close(desks.proofreader, unknown.ref, ReportState.REJECTED, "не наша")
    assert look(desks).mistakes == (known,)


def test_what_was_mended_meanwhile_is_told(desks: Desks) -> None:
    article = live(desks)
    save_article(desks.editor, article, PAGE.with_(body=MENDED), base_revision=1)
    around = " покрытия — пять лет, потом облуживание возьмёт на себя город."
    report(desks, article, before="ремонт на месяц раньше срока.\nСрок ", after=around[:60])
    assert only(desks).standing is Standing.CHANGED
    save_article(desks.editor, article, PAGE.with_(body="Другое."), base_revision=2)
    assert only(desks).standing is Standing.GONE


def test_what_readers_see_most_comes_first(desks: Desks) -> None:
    old, pinned, many = live(desks), live(desks), live(desks)
    with desks.newsroom.database.write() as work:
        from newsroom.storage.tables import articles as rows

        connection = work.articles._connection
        connection.execute(
            rows.update().where(rows.c.id == pinned).values(pinned_until=datetime.now(UTC) + timedelta(hours=1))
        )
    for article in (old, pinned, many, many, many):
        report(desks, article)
    assert [mistake.ref.article for mistake in look(desks).mistakes] == [pinned, many, old]


@pytest.mark.parametrize(
    ("old", "new", "minor"),
    [
        ("облуживания", "обслуживания", True),
        ("в течении", "в течение", True),
        ("запятая нет", "запятая, нет", True),
        ("пять", "пятьдесят", False),
        ("25", "26", False),
        ("(12+)", "(16+)", False),
        ("Иванов", "Иванова", False),
        ("москва", "Москва", False),
        ("реестр*", "реестр", False),
        ("слово", " ", False),
        ("слово", "другое", False),
    ],
)
def test_what_is_minor(old: str, new: str, minor: bool) -> None:
    assert is_minor(old, new) is minor
