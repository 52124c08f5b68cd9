"""The sweep of the archive: a mistake looked for in everything that readers see, and mended place by place."""
