"""Notes which line made a call that goes to the gateway. Beginning here would cost every program: see `watch`."""
