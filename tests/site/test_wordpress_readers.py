"""What readers of a real WordPress see of each change: page, front page, rubric, feed and REST."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from newsroom.domain.errors import SiteDiverged, SiteRefused
from newsroom.domain.states import Operation
from newsroom.site.port import Delivery, Effect, SitePhoto
from newsroom.site.wordpress import WordPressSite
from newsroom.site.wordpress_settings import WordPressSettings
from newsroom.sql.engine import open_engine, parse_url
from tests.photos.pictures import encoded, picture
from tests.site.material import NOON, OTHER_UID, photo, publication, removal, unwatched
from tests.site.wordpress_house import WordPress

SLUG = "naberezhnuyu-otkroyut-k-subbote"
PRETTY = "/%year%/%monthnum%/%postname%/"


def jpeg(number: int, width: int = 1200) -> SitePhoto:
    """A photo that PHP can measure."""
    like = photo(number)
    return replace(like, data=encoded(picture(width, 800)), width=width, height=800)


LEAD, SECOND = jpeg(1), jpeg(2, 900)
BODY = (
    "<p>Плиты везли из соседнего района &amp; с завода.</p>\n<h2>Что дальше</h2>\n"
    f'<figure class="photo"><img src="/photos/{SECOND.file_name}" alt="Плиты" loading="lazy">'
    '<figcaption>Плиты у воды <span class="credit">Фото: Ольга Речная</span></figcaption></figure>\n'
    "<blockquote><p>Успеем к субботе.</p><footer>— прораб</footer></blockquote>\n<ul><li>раз</li><li>два</li></ul>"
)


def story(sequence: int = 1, **changes: Any) -> Delivery:
    """An article with everything; 12:00 in Vladivostok."""
    return publication(
        sequence, **({"body_html": BODY, "photos": (LEAD, SECOND), "note": "По заказу города"} | changes)
    )


@pytest.fixture
def site(wordpress: WordPress) -> Iterator[WordPressSite]:
    settings = WordPressSettings(prefix="vb_", uploads=str(wordpress.uploads), author="desk")
    site = WordPressSite(parse_url(wordpress.url), settings)
    yield site
    site.close()


@pytest.fixture
def database(wordpress: WordPress) -> Iterator[Engine]:
    """The site's database as its owner reaches it."""
    engine = open_engine(parse_url(wordpress.owner_url))
    yield engine
    engine.dispose()


def deliver(site: WordPressSite, delivery: Delivery) -> str:
    """Deliver, read back, and give the article's path."""
    delivered = site.deliver(delivery, unwatched)
    assert delivered.effect is Effect.APPLIED
    assert site.read_back(delivery) == []
    return site.article_path(delivery, delivered.receipt.site_pk)


def words(page: str) -> str:
    """The page's text as a reader reads it."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def only_post(wordpress: WordPress) -> dict[str, Any]:
    """The article as REST shows it; the installer's own post aside."""
    (post,) = [post for post in wordpress.json("/wp/v2/posts?_embed=1") if post["id"] != 1]
    return dict(post)


def on_front_page(wordpress: WordPress) -> bool:
    return "Набережную откроют" in words(wordpress.get("/").text)


@pytest.mark.parametrize(
    "structure", ["", PRETTY, "/%category%/%post_id%-%postname%", "/index.php/%author%/%postname%/"]
)
def test_article_is_found_where_the_site_would_have_it(
    structure: str, wordpress: WordPress, site: WordPressSite
) -> None:
    wordpress.permalinks(structure)
    path = deliver(site, story())
    page = wordpress.get(path)
    assert page.status == 200
    assert page.url == wordpress.home + path
    assert only_post(wordpress)["link"] == wordpress.home + path
    assert "Плиты везли из соседнего района & с завода." in words(page.text)


def test_article_is_whole_on_its_page(wordpress: WordPress, site: WordPressSite) -> None:
    wordpress.permalinks(PRETTY)
    page = wordpress.get(deliver(site, story()))
    shown = words(page.text)
    for text_ in (
        "Набережную откроют к субботе",
        "Строители укладывают последние плиты.",
        "Набережная утром. Фото: Пётр Заречный",
        "Плиты у воды Фото: Ольга Речная",
        "Успеем к субботе. — прораб",
        "Анна Лугова",
        "По заказу города",
        "6+",
        "22.11.2026 12:00",
        "Общество",
        "набережная",
    ):
        assert text_ in shown, text_
    images = re.findall(r'<img[^>]*src="([^"]+)"[^>]*>', page.text)
    assert len(images) == 2
    for image, sent in zip(images, (LEAD, SECOND), strict=True):
        served = wordpress.uploads / image.partition("/uploads/")[2]
        assert served.read_bytes() == sent.data
        assert wordpress.get(image.removeprefix(wordpress.home)).status == 200
    assert 'alt="Пустая набережная и стопка плит"' in page.text
    assert 'width="1200" height="800"' in page.text
    assert "<!-- wp:" not in page.text


def test_front_page_rubric_feed_and_rest_show_it(wordpress: WordPress, site: WordPressSite) -> None:
    wordpress.permalinks(PRETTY)
    path = deliver(site, story())
    assert on_front_page(wordpress)
    for address in ("/category/city/society/", "/category/city/", "/tag/" + only_tag(wordpress)):
        rubric = wordpress.get(address)
        assert rubric.status == 200
        assert "Набережную откроют к субботе" in words(rubric.text), address
    feed = wordpress.get("/feed/").text
    assert "<title>Набережную откроют к субботе</title>" in feed
    assert f"<link>{wordpress.home}{path}</link>" in feed
    assert "<pubDate>Sun, 22 Nov 2026 02:00:00 +0000</pubDate>" in feed
    assert "<![CDATA[Общество]]>" in feed
    assert "Строители укладывают последние плиты." in feed
    assert "Плиты везли из соседнего района &amp; с завода." in feed
    post = only_post(wordpress)
    assert (post["date"], post["date_gmt"]) == ("2026-11-22T12:00:00", "2026-11-22T02:00:00")
    assert post["title"]["rendered"] == "Набережную откроют к субботе"
    assert post["excerpt"]["rendered"] == "<p>Строители укладывают последние плиты.</p>\n"
    assert post["guid"]["rendered"] == f"{wordpress.home}/?p={post['id']}"
    embedded = post["_embedded"]
    assert embedded["author"][0]["name"] == "Редакция"
    lead = embedded["wp:featuredmedia"][0]
    assert lead["caption"]["rendered"] == "<p>Набережная утром. Фото: Пётр Заречный</p>\n"
    assert lead["alt_text"] == "Пустая набережная и стопка плит"
    assert (lead["media_details"]["width"], lead["media_details"]["height"]) == (1200, 800)
    assert [term["name"] for terms in embedded["wp:term"] for term in terms] == [
        "Общество",
        "благоустройство",
        "набережная",
    ]
    assert [rubric["count"] for rubric in wordpress.json("/wp/v2/categories?slug=society")] == [1]


def only_tag(wordpress: WordPress) -> str:
    (tag,) = [tag for tag in wordpress.json("/wp/v2/tags") if tag["name"] == "набережная"]
    return str(tag["slug"])


def test_age_and_credit_are_custom_fields(wordpress: WordPress, site: WordPressSite) -> None:
    deliver(site, story())
    post = only_post(wordpress)["id"]
    shown = wordpress.run(
        f"echo json_encode([get_post_meta({post}, 'age_rating', true), get_post_meta({post}, 'photo_credit', true)],"
        " JSON_UNESCAPED_UNICODE);"
    )
    assert shown == '["6+","Пётр Заречный"]'


def test_correction_changes_the_same_article_and_its_old_address_leads_to_the_new(
    wordpress: WordPress, site: WordPressSite
) -> None:
    wordpress.permalinks(PRETTY)
    old = deliver(site, story(1))
    before = only_post(wordpress)
    new = deliver(
        site,
        story(
            2,
            headline="Набережную откроют в пятницу",
            slug="naberezhnaya",
            tags=("спорт",),
            rubric_slug="sport",
            photos=(LEAD,),
            body_html="<p>Новый текст.</p>",
            published_at=NOON - timedelta(days=40),
        ),
    )
    after = only_post(wordpress)
    assert (after["id"], after["guid"]) == (before["id"], before["guid"])
    assert new.endswith("/2026/10/naberezhnaya/")
    redirected = wordpress.get(old)
    assert (redirected.status, redirected.url) == (200, wordpress.home + new)
    assert "Новый текст." in words(redirected.text)
    assert wordpress.get("/category/city/society/").status == 200
    assert "Набережную" not in words(wordpress.get("/category/city/society/").text)
    assert [rubric["count"] for rubric in wordpress.json("/wp/v2/categories?slug=society,sport")] == [0, 1]
    assert [media["mime_type"] for media in wordpress.json("/wp/v2/media")] == ["image/jpeg"]
    assert len(list(wordpress.uploads.rglob("*.jpg"))) == 1


def test_withdrawn_article_is_gone_everywhere_and_returns_to_its_address(
    wordpress: WordPress, site: WordPressSite
) -> None:
    wordpress.permalinks(PRETTY)
    path = deliver(site, story(1))
    post = only_post(wordpress)["id"]
    wordpress.run(f"stick_post(1); stick_post({post});")
    assert deliver(site, removal(Operation.WITHDRAW, 2)) == path
    assert wordpress.get(path).status == 404
    assert not on_front_page(wordpress)
    assert "Набережную" not in wordpress.get("/feed/").text
    assert [post["id"] for post in wordpress.json("/wp/v2/posts")] == [1]
    assert wordpress.json("/wp/v2/categories?slug=society")[0]["count"] == 0
    assert wordpress.run("echo json_encode(get_option('sticky_posts'));") == "[1]"
    assert deliver(site, story(3)) == path
    assert wordpress.get(path).status == 200
    assert on_front_page(wordpress)


def test_killed_article_leaves_no_text_and_no_photo(wordpress: WordPress, site: WordPressSite) -> None:
    wordpress.permalinks(PRETTY)
    first = deliver(site, story(1))
    path = deliver(site, story(2, slug="drugoj-adres"))
    post = only_post(wordpress)["id"]
    # As a plugin makes it of every photo.
    (lead,) = wordpress.uploads.rglob(f"{LEAD.file_name.partition('.')[0]}*")
    lead.with_name(f"{lead.stem}-300x200.jpg").write_bytes(b"x")
    deliver(site, removal(Operation.KILL, 3))
    assert (wordpress.get(path).status, wordpress.get(first).status) == (404, 404)
    assert wordpress.get(f"/?p={post}").status == 404
    assert not on_front_page(wordpress)
    assert wordpress.json("/wp/v2/media") == []
    assert [file for file in wordpress.uploads.rglob("*") if file.is_file()] == []
    assert site.deliver(story(4), unwatched).effect is Effect.SUPERSEDED
    assert wordpress.get(path).status == 404


@pytest.mark.parametrize(
    "meddle",
    [
        "wp_update_post(['ID' => POST, 'post_content' => 'Правка на сайте']);",
        "wp_update_post(['ID' => POST, 'post_title' => 'Правка на сайте']);",
        "wp_set_post_tags(POST, 'своя метка', true);",
        "wp_set_post_categories(POST, [1], true);",
        "delete_post_thumbnail(POST);",
        "wp_trash_post(POST);",
        "wp_delete_post(POST, true);",
    ],
    ids=["text", "headline", "tag", "rubric", "photo", "trash", "deleted"],
)
def test_what_was_changed_in_wordpress_is_not_written_over(
    meddle: str, wordpress: WordPress, site: WordPressSite, database: Engine
) -> None:
    deliver(site, story(1))
    post = only_post(wordpress)["id"]
    wordpress.run(meddle.replace("POST", str(post)))
    with database.connect() as connection:
        before = connection.execute(text("SELECT * FROM vb_posts ORDER BY ID")).all()
    with pytest.raises(SiteDiverged, match=r"(?s)в обход редакции.*\n.*_newsroom_"):
        site.deliver(story(2, headline="Поправка"), unwatched)
    with database.connect() as connection:
        assert connection.execute(text("SELECT * FROM vb_posts ORDER BY ID")).all() == before


def test_saving_in_wordpress_without_a_change_stops_nothing(wordpress: WordPress, site: WordPressSite) -> None:
    deliver(site, story(1))
    post = only_post(wordpress)["id"]
    wordpress.run(f"wp_update_post(['ID' => {post}]); update_post_meta({post}, 'views', 7);")
    deliver(site, story(2))
    assert wordpress.run(f"echo get_post_meta({post}, 'views', true);") == "7"


def test_person_may_allow_to_write_over_a_change(wordpress: WordPress, site: WordPressSite, database: Engine) -> None:
    deliver(site, story(1))
    post = only_post(wordpress)["id"]
    wordpress.run(f"wp_update_post(['ID' => {post}, 'post_content' => 'Правка на сайте']);")
    with database.begin() as connection:
        connection.execute(text("UPDATE vb_postmeta SET meta_value = '' WHERE meta_key LIKE '\\_newsroom\\_6f%'"))
    deliver(site, story(2))
    assert only_post(wordpress)["id"] == post


def test_article_open_in_wordpress_waits_for_a_person_but_can_be_withdrawn(
    wordpress: WordPress, site: WordPressSite
) -> None:
    deliver(site, story(1))
    post = only_post(wordpress)["id"]
    lock = f"update_post_meta({post}, '_edit_lock', (time() - AGO) . ':' . get_user_by('login', 'desk')->ID);"
    wordpress.run(lock.replace("AGO", "20"))
    with pytest.raises(SiteRefused, match="правит в WordPress Редакция"):
        site.deliver(story(2), unwatched)
    deliver(site, removal(Operation.WITHDRAW, 3))
    wordpress.run(lock.replace("AGO", "200"))
    deliver(site, story(4))


def test_address_of_a_page_is_not_taken(wordpress: WordPress, site: WordPressSite) -> None:
    wordpress.run(f"wp_insert_post(['post_type' => 'page', 'post_title' => 'О нас', 'post_name' => '{SLUG}']);")
    with pytest.raises(SiteRefused, match=r"занят: «О нас» \(page, № \d+\)"):
        site.deliver(story(1), unwatched)
    assert list(wordpress.uploads.rglob("*.jpg")) == []


def test_nothing_in_a_text_sets_wordpress_to_work(wordpress: WordPress, site: WordPressSite) -> None:
    """Shortcodes, embedded addresses, tags and quotes are words."""
    path = deliver(
        site,
        story(
            headline='Курс "A & B" <script>alert(1)</script> [audio]',
            lead="<b>Лид</b> [gallery] -- и всё",
            body_html="<p>[gallery ids=1] и [audio src=x]</p>\n<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>\n"
            "<pre>\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n</pre>\nhttps://vimeo.com/76979871",
            byline="<i>Автор</i>",
            photo_caption='Подпись "в кавычках" <img src=x>',
        ),
    )
    page = wordpress.get(path)
    assert "<script>alert" not in page.text
    assert "<img src=x>" not in page.text
    assert "<iframe" not in page.text
    shown = words(page.text.replace("&lt;", "‹").replace("&gt;", "›"))
    assert "[gallery ids=1] и [audio src=x]" in shown
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in shown
    assert "‹b›Лид‹/b› [gallery]" in shown
    assert "‹i›Автор‹/i›" in shown


def test_template_of_the_site_is_followed(wordpress: WordPress) -> None:
    settings = WordPressSettings(
        prefix="vb_",
        uploads=str(wordpress.uploads),
        template='<p class="age">Знак: {age}</p>\n{photo}\n{body}\n<p>Примечание: {note}</p>',
    )
    site = WordPressSite(parse_url(wordpress.url), settings)
    page = wordpress.get(deliver(site, story(note="", body_html="<p>Текст.</p>")))
    site.close()
    assert '<p class="age">Знак: 6+</p>' in page.text
    assert "Примечание" not in page.text
    assert '<figcaption class="wp-element-caption">Набережная утром. Фото: Пётр Заречный</figcaption>' in page.text
    assert only_post(wordpress)["_embedded"]["author"][0]["name"] == "admin"


def test_byline_of_an_account_makes_the_article_theirs(wordpress: WordPress, site: WordPressSite) -> None:
    wordpress.run("wp_insert_user(['user_login' => 'al', 'user_pass' => 'x', 'display_name' => 'Анна Лугова']);")
    deliver(site, story())
    assert only_post(wordpress)["_embedded"]["author"][0]["name"] == "Анна Лугова"


def test_tag_is_the_same_whoever_makes_it(wordpress: WordPress, site: WordPressSite) -> None:
    made = wordpress.run("echo wp_insert_term('Благоустройство & «ёлки»', 'post_tag')['term_id'];")
    deliver(site, story(1, tags=("благоустройство & «елки»", "новое  слово")))
    assert str(made) in map(str, only_post(wordpress)["tags"])
    again = wordpress.run("echo wp_insert_term('новое слово', 'post_tag')->get_error_code();")
    assert again == "term_exists"
    slug = wordpress.run("echo get_term_by('name', 'новое слово', 'post_tag')->slug;")
    assert slug == wordpress.run("echo sanitize_title('новое слово');")
    deliver(site, story(1, uid=OTHER_UID, slug="other", tags=("Новое слово",)))
    assert wordpress.run("echo get_term_by('name', 'новое слово', 'post_tag')->count;") == "2"


def test_metadata_of_a_photo_is_what_php_reads(wordpress: WordPress, site: WordPressSite) -> None:
    deliver(site, story())
    post = only_post(wordpress)["featured_media"]
    assert wordpress.run(f"echo wp_get_attachment_metadata({post})['width'];") == "1200"
    assert wordpress.run(f"echo get_attached_file({post});").startswith(str(wordpress.uploads / "2026" / "11"))
