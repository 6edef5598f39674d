"""Why a year comes to another amount than the ledger holds for it: causes whose amounts add up to what is payable."""
