"""Why a year's amount differs from the ledger's: causes whose amounts add up to the payable amount."""
