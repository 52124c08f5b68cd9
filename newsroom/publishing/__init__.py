"""The publisher: claim, deliver, settle, verify. Carries what was approved into the sites' databases, once, on time."""
