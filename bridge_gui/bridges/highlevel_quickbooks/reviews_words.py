"""How a review can be asked for, as the settings keep it."""

NO, EMAIL, TEXT, WORKFLOW, TAG = "no", "email", "sms", "workflow", "tag"
BEFORE = "before"
