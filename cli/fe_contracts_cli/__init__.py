"""The command line: parse, call the library as a script would, show, exit."""
