"""A municipality's own check of one delivery before it hands it in: the settlement's verdict, in memory and at once."""
