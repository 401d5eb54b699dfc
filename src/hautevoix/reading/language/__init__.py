"""What French words and marks say, whatever they stand in."""
