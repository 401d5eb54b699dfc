"""``python -m hautevoix``: the command, where its script is not on the PATH."""

from hautevoix.cli import main

if __name__ == "__main__":
    main()
