"""A fake of the hub's errors."""
