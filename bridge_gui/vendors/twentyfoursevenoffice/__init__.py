"""24SevenOffice (Finago Office): accounting and orders in Norway and Sweden."""
