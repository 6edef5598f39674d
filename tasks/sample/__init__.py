"""Made-up portfolios, to try the system on: register and inbox of any size, clean or with errors."""
