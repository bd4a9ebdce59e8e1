"""The part of a SELECT that several rules begin with: which inventory row stands for a service."""

from __future__ import annotations

# A vendor's own row holds before one without a vendor.
OWNED = """owned AS (
    SELECT service_id, vendor_id, service_key, inventory_id, status, site, contract,
           disconnect_date, disconnect_day, disconnect_order
    FROM (
        SELECT service.id AS service_id, service.vendor_id, service.key AS service_key,
               inventory.inventory_id, inventory.status, inventory.site, inventory.contract,
               inventory.disconnect_date, inventory.disconnect_day, inventory.disconnect_order,
               row_number() OVER (
                   PARTITION BY service.id
                   ORDER BY CASE WHEN inventory.vendor_id IS NULL THEN 1 ELSE 0 END
               ) AS choice
        FROM inventory
        JOIN service ON service.vendor_id = inventory.owner_id
         AND service.key = inventory.service_key
    ) AS candidate
    WHERE choice = 1
)"""
