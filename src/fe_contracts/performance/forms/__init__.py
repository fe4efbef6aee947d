"""What one report asks for, and what came back under its keys: no file format."""
