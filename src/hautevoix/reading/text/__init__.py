"""Lines as printed → units: pages, wrapping, layout and hyphens made sense of."""
