"""The site as a reader meets it: in headless Chromium, with keyboard and mouse, on a desk and on a phone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsroom.reference_site.serve import BackgroundServer
from resources import FOLDER
from tests.reference_site.conftest import SiteDatabase

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from tests.browser import Keys, Reader, chromium, resize, webdriver

pytestmark = pytest.mark.browser

HOSTILE = "<script>document.title='взлом'</script> \u202eзадом\u202c <img src=x onerror=alert(1)> " + "д" * 90

BODY = """<p>Работы начались в понедельник:
  подрядчик снял старое ограждение.</p>
<ul><li>первый пункт;</li><li>второй <b>важный</b> пункт.</li></ul>
<p>Срок <em>облуживания</em> покрытия — пять лет. Второй этап начнётся весной,<br>когда сойдёт лёд.</p>"""

#: What a reader reads there, headline and lead included.
TEXT = """Свежая новость
Подводка.
Работы начались в понедельник: подрядчик снял старое ограждение.
первый пункт;
второй важный пункт.
Срок облуживания покрытия — пять лет. Второй этап начнётся весной,
когда сойдёт лёд."""


def around(words: str) -> tuple[str, str, str]:
    """The texts that a report of *words* holds."""
    start = TEXT.index(words)
    end = start + len(words)
    return TEXT[max(0, start - 60) : start], words, TEXT[end : end + 60]


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def reader(driver: Any, site: SiteDatabase) -> Iterator[Reader]:
    now = datetime.now(UTC)
    site.add("Первая новость", now - timedelta(hours=2))
    site.add("Свежая новость", now - timedelta(minutes=1), body_html=BODY)
    site.add("Закреплённая", now - timedelta(hours=5), pinned_until=now + timedelta(hours=1))
    resize(driver, 1280, 900, is_phone=False)
    with BackgroundServer(site.url, name="Заречные новости", zone="Asia/Vladivostok") as server:
        reader = Reader(driver, server.address)
        yield reader
        reader.run("window.stop()")
        assert reader.complaints() == []


def texts_of(site: SiteDatabase) -> list[tuple[str, str, str, str]]:
    return [(row["before_text"], row["selected_text"], row["after_text"], row["comment"]) for row in site.reports()]


def test_the_feed_has_the_pinned_headline_on_top_and_leads_to_the_article(reader: Reader) -> None:
    reader.open("/")
    assert reader.texts("main h3") == ["Закреплённая", "Свежая новость", "Первая новость"]
    reader.find(".day h3 a").click()
    reader.wait("the article opens", lambda: reader.texts("h1") == ["Свежая новость"])
    assert reader.find(".typo").is_displayed()


def test_selected_words_are_reported_with_what_stands_around_them(reader: Reader, site: SiteDatabase) -> None:
    reader.open("/article/story-2")
    reader.select("облуживания")
    reader.press(Keys.ENTER, control=True)
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    assert reader.find("#typo-shown mark").text == "облуживания"
    assert not reader.find("#typo-words").is_displayed()
    reader.press("пропущена буква «с»")
    reader.find("#typo-send").click()
    reader.wait("the report is thanked for", lambda: "Спасибо" in reader.find("#typo-answer").text)
    assert texts_of(site) == [(*around("облуживания"), "пропущена буква «с»")]
    [row] = site.reports()
    assert row["article_uid"] == "uid-2"
    assert row["page_url"] == f"{reader.address}/article/story-2"


def test_a_selection_over_paragraphs_keeps_their_parting(reader: Reader, site: SiteDatabase) -> None:
    reader.open("/article/story-2")
    reader.run(
        """const [first, second] = document.querySelectorAll(".body li");
        getSelection().setBaseAndExtent(first.firstChild, 7, second, 2);"""
    )
    reader.press(Keys.ENTER, control=True)
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    reader.press(Keys.ENTER, control=True)
    reader.wait("the report arrives", site.reports)
    assert texts_of(site) == [(*around("пункт;\nвторой важный"), "")]


def test_blanks_at_the_ends_of_a_selection_stay_outside(reader: Reader, site: SiteDatabase) -> None:
    reader.send("/article/story-2", " пять лет. ")
    assert texts_of(site) == [(*around("пять лет."), "")]


def test_a_report_can_be_made_without_a_mouse_and_without_selecting(reader: Reader, site: SiteDatabase) -> None:
    reader.open("/article/story-2")
    for _ in range(40):
        reader.press(Keys.TAB)
        if reader.run("return document.activeElement.matches('.typo button')"):
            break
    reader.press(Keys.ENTER)
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-words")
    reader.press(Keys.ENTER)
    reader.wait("it asks for the words", lambda: "нет таких слов" in reader.find("#typo-error").text)
    reader.press("Срок обслуживания", Keys.ENTER)
    reader.wait("it does not find them", lambda: "нет таких слов" in reader.find("#typo-error").text)
    reader.run("document.activeElement.select()")
    reader.press("Срок облуживания", Keys.TAB, "обслуживания", Keys.TAB, Keys.ENTER)
    reader.wait("the report is thanked for", lambda: "Спасибо" in reader.find("#typo-answer").text)
    assert texts_of(site) == [(*around("Срок облуживания"), "обслуживания")]
    assert reader.run("return document.activeElement.matches('.typo button')"), "the focus returns to the button"


def test_escape_closes_the_dialog_and_nothing_is_sent(reader: Reader, site: SiteDatabase) -> None:
    reader.open("/article/story-2")
    reader.select("облуживания")
    reader.find(".typo button").click()
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    assert reader.find("#typo-shown mark").text == "облуживания", "a press on the button keeps the selection"
    reader.press(Keys.ESCAPE)
    reader.wait("the dialog closes", lambda: not reader.find("#typo-dialog").is_displayed())
    assert site.reports() == []


def test_too_much_selected_is_told_in_words(reader: Reader, site: SiteDatabase) -> None:
    site.add("Длинная", body_html=f"<p>{'слово ' * 60}</p>")
    reader.open("/article/story-4")
    reader.run("getSelection().selectAllChildren(document.querySelector('.body'))")
    reader.press(Keys.ENTER, control=True)
    reader.wait("it asks for less", lambda: "слишком много" in reader.find("#typo-answer").text)
    assert not reader.find("#typo-dialog").is_displayed()


def test_a_refusal_is_told_in_the_dialog_and_the_comment_stays(reader: Reader, site: SiteDatabase) -> None:
    for number in range(5):
        reader.send("/article/story-2", "облуживания", comment=str(number))
    reader.open("/article/story-2")
    reader.select("облуживания")
    reader.press(Keys.ENTER, control=True)
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    reader.press("шестое", Keys.TAB, Keys.ENTER)
    reader.wait("it refuses", lambda: "много сообщений" in reader.find("#typo-error").text)
    assert reader.find("#typo-comment").get_attribute("value") == "шестое"
    assert len(site.reports()) == 5
    assert [complaint for complaint in reader.complaints() if "429" not in complaint] == []


def test_hostile_text_is_inert_everywhere(reader: Reader, site: SiteDatabase) -> None:
    site.add(
        HOSTILE,
        lead=HOSTILE,
        photo_caption=HOSTILE,
        byline=HOSTILE,
        note=HOSTILE,
        body_html="<p>Текст с &lt;script&gt;alert(2)&lt;/script&gt; внутри.</p>",
    )
    reader.open("/")
    assert HOSTILE in reader.texts("main h3")
    reader.send("/article/story-4", "<script>alert(2)</script>", comment="<img src=x>")
    assert reader.driver.title.startswith("<script>")
    assert reader.run("return document.querySelectorAll('main script, main img, dialog img').length") == 0
    _, selected, _, comment = texts_of(site)[0]
    assert (selected, comment) == ("<script>alert(2)</script>", "<img src=x>")


def test_no_script_of_an_article_runs(reader: Reader, site: SiteDatabase) -> None:
    """The publisher lets none through; should one get into the database all the same, the policy stops it."""
    site.add("Зараза", body_html="<p onclick='x()'>Текст</p><script>document.title = 'взлом'</script>")
    reader.open("/article/story-4")
    assert reader.driver.title.startswith("Зараза")
    assert all("Content Security Policy" in complaint for complaint in reader.complaints())


@pytest.mark.parametrize("path", ["/", "/article/story-4", "/nothing"])
def test_a_phone_never_scrolls_sideways(reader: Reader, site: SiteDatabase, path: str) -> None:
    wide = "<table><tr>" + "<td>ячейка таблицы</td>" * 20 + "</tr></table><pre>" + "ш" * 200 + "</pre>"
    site.add(HOSTILE, lead=HOSTILE, tags='["' + "метка" * 20 + '"]', body_html=f"<p>{'щ' * 200}</p>{wide}")
    resize(reader.driver, 360, 740, is_phone=True)
    reader.open(path)
    assert reader.run("return document.documentElement.scrollWidth") == 360
    assert reader.run("return innerWidth") == 360
    reader.complaints()


def test_on_a_phone_the_button_takes_the_place_of_the_keys(reader: Reader) -> None:
    resize(reader.driver, 360, 740, is_phone=True)
    reader.open("/article/story-2")
    assert reader.find(".typo button").is_displayed()
    assert not reader.find(".typo-hint").is_displayed()
    assert "нажмите кнопку" in reader.find(".typo").text
    assert not reader.find("#typo-touch").is_displayed()
    reader.select("облуживания")
    reader.wait("a button appears at the selection", lambda: reader.find("#typo-touch").is_displayed())
    reader.find("#typo-touch").click()
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    assert reader.find("#typo-shown mark").text == "облуживания"


def test_the_key_of_a_mac_opens_and_sends(reader: Reader, site: SiteDatabase) -> None:
    reader.open("/article/story-2")
    reader.select("облуживания")
    for _each in range(2):
        chain = webdriver.ActionChains(reader.driver)
        chain.key_down(Keys.META).send_keys(Keys.ENTER).key_up(Keys.META).perform()
        reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment" or site.reports())
    reader.wait("the report arrives", site.reports)


def test_the_dialog_says_what_is_sent_in_the_language_of_the_page(reader: Reader, site: SiteDatabase) -> None:
    reader.open("/article/story-2")
    assert "IP-адрес" in reader.run("return document.getElementById('typo-sent').textContent")
    reader.run(
        """for (const old of document.querySelectorAll("#typo-dialog, #typo-answer, #typo-touch")) old.remove();
        document.documentElement.lang = "en";
        const script = document.createElement("script");
        Object.assign(script, { src: "/typo.js" });
        Object.assign(script.dataset, { endpoint: "/reports", text: "#story" });
        document.body.append(script);"""
    )
    reader.wait("the dialog is English", lambda: reader.texts("#typo-send") != [])
    assert "salted hash" in reader.run("return document.getElementById('typo-sent').textContent")


@pytest.mark.parametrize("thanks", ["Поправим, <b>благодарим</b>!", ""])
def test_a_site_thanks_in_words_of_its_own_or_not_at_all(reader: Reader, site: SiteDatabase, thanks: str) -> None:
    reader.open("/article/story-2")
    reader.run(f"document.querySelector('script[src=\"/typo.js\"]').dataset.thanks = '{thanks}'")
    reader.select("облуживания")
    reader.press(Keys.ENTER, control=True)
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    reader.press(Keys.ENTER, control=True)
    reader.wait("it is sent", lambda: not reader.find("#typo-dialog").is_displayed())
    assert reader.find("#typo-answer").text == thanks
    assert len(site.reports()) == 1


def test_the_script_is_small_and_needs_nothing_else() -> None:
    script = (FOLDER / "site" / "typo.js").read_bytes()
    assert len(script) < 6 * 1024
    assert b"import" not in script
    assert b"http" not in script


def test_without_scripts_the_article_reads_and_promises_nothing(reader: Reader) -> None:
    reader.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.open("/article/story-2")
        page = reader.find("main").text
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "Работы начались в понедельник" in page
    assert "опечатк" not in page
