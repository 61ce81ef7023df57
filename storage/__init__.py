"""Where everything is kept: the archive of fetched bytes, the database, its exports and its browser."""
