"""Hold a report against its contract, against itself, and against those that came before."""
