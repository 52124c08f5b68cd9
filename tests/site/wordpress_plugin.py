"""The plugin by which readers report typos, put into a real WordPress for one test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from resources import FOLDER
from tests.site.wordpress_house import WordPress

_NAME = "newsroom-typos"


@contextmanager
def typo_plugin(wordpress: WordPress) -> Iterator[None]:
    """The plugin, copied and activated as its owner would; its table and files go with the ``with``."""
    place = wordpress.uploads.parent / "plugins" / _NAME
    place.mkdir()
    try:
        for name in (f"{_NAME}.php", "typo.js"):
            shutil.copy(FOLDER / "site" / name, place)
        activate = f"echo is_wp_error(activate_plugin('{_NAME}/{_NAME}.php')) ? 'refused' : 'active';"
        told = wordpress.run(f"require_once ABSPATH . 'wp-admin/includes/plugin.php'; {activate}")
        assert told == "active", told
        yield
    finally:
        wordpress.run('global $wpdb; $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}newsroom_typos");')
        shutil.rmtree(place)
