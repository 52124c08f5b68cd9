"""A WordPress without PHP: its tables with their columns, keys and character sets, and the little that a site needs."""

from sqlalchemy import Engine

_TABLES = """
CREATE TABLE {p}posts (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, post_author BIGINT UNSIGNED NOT NULL DEFAULT 0,
    post_date DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    post_date_gmt DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    post_content LONGTEXT NOT NULL, post_title TEXT NOT NULL, post_excerpt TEXT NOT NULL,
    post_status VARCHAR(20) NOT NULL DEFAULT 'publish', comment_status VARCHAR(20) NOT NULL DEFAULT 'open',
    ping_status VARCHAR(20) NOT NULL DEFAULT 'open', post_password VARCHAR(255) NOT NULL DEFAULT '',
    post_name VARCHAR(200) NOT NULL DEFAULT '', to_ping TEXT NOT NULL, pinged TEXT NOT NULL,
    post_modified DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    post_modified_gmt DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    post_content_filtered LONGTEXT NOT NULL, post_parent BIGINT UNSIGNED NOT NULL DEFAULT 0,
    guid VARCHAR(255) NOT NULL DEFAULT '', menu_order INT NOT NULL DEFAULT 0,
    post_type VARCHAR(20) NOT NULL DEFAULT 'post', post_mime_type VARCHAR(100) NOT NULL DEFAULT '',
    comment_count BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (ID), KEY post_name (post_name(191)),
    KEY type_status_date (post_type, post_status, post_date, ID), KEY post_parent (post_parent))
CREATE TABLE {p}postmeta (
    meta_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, post_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    meta_key VARCHAR(255) NULL, meta_value LONGTEXT NULL, KEY post_id (post_id), KEY meta_key (meta_key(191)))
CREATE TABLE {p}terms (
    term_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(200) NOT NULL DEFAULT '',
    slug VARCHAR(200) NOT NULL DEFAULT '', term_group BIGINT NOT NULL DEFAULT 0, KEY slug (slug(191)),
    KEY name (name(191)))
CREATE TABLE {p}term_taxonomy (
    term_taxonomy_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, term_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    taxonomy VARCHAR(32) NOT NULL DEFAULT '', description LONGTEXT NOT NULL,
    parent BIGINT UNSIGNED NOT NULL DEFAULT 0, count BIGINT NOT NULL DEFAULT 0,
    UNIQUE KEY term_id_taxonomy (term_id, taxonomy))
CREATE TABLE {p}term_relationships (
    object_id BIGINT UNSIGNED NOT NULL DEFAULT 0, term_taxonomy_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    term_order INT NOT NULL DEFAULT 0, PRIMARY KEY (object_id, term_taxonomy_id),
    KEY term_taxonomy_id (term_taxonomy_id))
CREATE TABLE {p}options (
    option_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, option_name VARCHAR(191) NOT NULL DEFAULT '',
    option_value LONGTEXT NOT NULL, autoload VARCHAR(20) NOT NULL DEFAULT 'yes', UNIQUE KEY option_name (option_name))
CREATE TABLE {p}users (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, user_login VARCHAR(60) NOT NULL DEFAULT '',
    user_nicename VARCHAR(50) NOT NULL DEFAULT '', display_name VARCHAR(250) NOT NULL DEFAULT '')
"""

_CONTENTS = """
INSERT INTO {p}users (user_login, user_nicename, display_name) VALUES ('admin', 'admin', 'Администратор')
INSERT INTO {p}terms (name, slug) VALUES ('Общество', 'society'), ('Спорт', 'sport')
INSERT INTO {p}term_taxonomy (term_id, taxonomy, description) SELECT term_id, 'category', '' FROM {p}terms
INSERT INTO {p}options (option_name, option_value) VALUES ('home', 'https://vesti.example'),
    ('siteurl', 'https://vesti.example'), ('permalink_structure', '/%postname%/'),
    ('timezone_string', ''), ('gmt_offset', '10'), ('default_comment_status', 'open'),
    ('default_ping_status', 'closed'), ('uploads_use_yearmonth_folders', '1')
"""


def statements(script: str, prefix: str) -> list[str]:
    return [("CREATE" if "TABLE" in part[:9] else "INSERT") + part for part in _split(script.format(p=prefix))]


def _split(script: str) -> list[str]:
    script = script.replace("\nCREATE", "\0").replace("\nINSERT", "\0")
    return [part for part in script.split("\0") if part.strip()]


def create_wordpress(engine: Engine, prefix: str = "wp_", *, storage: str = "InnoDB", charset: str = "utf8mb4") -> None:
    """The tables and their first contents; *storage* and *charset* as an older site may have them."""
    collation = " COLLATE utf8mb4_unicode_520_ci" if charset == "utf8mb4" else ""
    with engine.begin() as connection:
        for statement in statements(_TABLES, prefix):
            connection.exec_driver_sql(f"{statement} ENGINE={storage} CHARSET={charset}{collation}")
        for statement in statements(_CONTENTS, prefix):
            connection.exec_driver_sql(statement.replace("%", "%%"))
