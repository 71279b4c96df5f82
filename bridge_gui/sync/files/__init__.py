"""Files as a source in place of an interface: reading them, knowing their columns, taking out days."""
