"""What lies on disk: the store of clips and pieces, whole files, locks."""
