"""A Document or a Table in, a file out; nothing here knows of studies."""
