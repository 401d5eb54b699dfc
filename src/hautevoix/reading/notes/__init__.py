"""Where notes stand, what calls them, and which call goes with which note."""
