"""What both databases, the newsroom's and the site's, need from SQL: engines, the type of instants, faults in words."""
