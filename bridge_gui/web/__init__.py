"""Speaking to vendors: pace, sign-in, sending, repeating what is safe to repeat, and the keychain."""
