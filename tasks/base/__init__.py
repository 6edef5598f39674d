"""What every part uses, and what uses none of them: words, moments, errors, files, and what one run is asked to do."""
