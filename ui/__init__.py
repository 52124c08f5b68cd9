"""The window: Qt only. Shows, asks, and calls the desk; knows nothing of databases and sites."""
