"""Renew: the next term of a contract, the versions that have been superseded, the exact versions it was made of."""
