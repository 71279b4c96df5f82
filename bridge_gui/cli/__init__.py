"""Every job that needs no window: the same checks and the same sentences as the window's."""
