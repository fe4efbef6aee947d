"""The assembled contract as a tree of frozen values, with the origin of every character."""
