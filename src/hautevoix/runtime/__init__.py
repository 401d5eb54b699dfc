"""What a command needs of Python and of the system: processes, this installation, imports."""
