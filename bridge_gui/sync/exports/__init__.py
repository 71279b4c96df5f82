"""Tables as files for people: spreadsheets and paper."""
