"""What tests are written with: small portfolios in plain words, and settling them without a server."""
