"""The newsroom database: engine, tables, migrations, and one repository a subject. Rows never leave this room."""
