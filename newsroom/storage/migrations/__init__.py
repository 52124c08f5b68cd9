"""Alembic migrations of the newsroom database."""
