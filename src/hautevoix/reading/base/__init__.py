"""What every room of reading stands on: blocks, archives, XML, charsets, the sidecar."""
