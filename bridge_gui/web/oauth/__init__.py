"""OAuth 2 for a desktop program: a page in the user's browser, an answer on loopback or pasted, renewal."""
