"""The public document of every public thing: its shape, its builder, its bytes."""
