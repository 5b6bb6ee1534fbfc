"""The version, as pyproject.toml and CHANGELOG.md have it."""

__version__ = "0.1.0"
