"""Dialogs: rare, with words of their own on the buttons."""
