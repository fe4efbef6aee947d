"""Let `python -m fe_contracts_cli` stand for the command `fe-contracts`."""

from fe_contracts_cli.main import main

if __name__ == "__main__":
    main()
