"""A Document or Table in, a file out; knows nothing of studies."""
