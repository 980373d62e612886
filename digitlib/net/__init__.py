"""Networks: layers with a memory, how they start, step, train, and are kept."""
