"""What every part uses, and uses no part itself: words, moments, errors, files, and what one run is asked to do."""
