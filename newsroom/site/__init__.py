"""Site databases: one port (`newsroom.site.port`), one file per kind of site. Strangers to the newsroom database."""
