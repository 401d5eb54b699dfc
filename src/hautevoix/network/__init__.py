"""What goes over the network, and how its failures are named."""
