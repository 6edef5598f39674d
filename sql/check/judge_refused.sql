-- Lets what could be read of the refused delivery $delivery_no be judged all the same.
UPDATE core_receipts SET is_accepted = true WHERE delivery_no = $delivery_no
