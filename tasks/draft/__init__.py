"""The draft: the files of a settlement, its fingerprint, and the record that a release relies on."""
