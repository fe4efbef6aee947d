"""Share the small library with the tests of this folder."""

from tests.cli.small import _cache_of_the_tests, library, look, spec_file

__all__ = ["_cache_of_the_tests", "library", "look", "spec_file"]
