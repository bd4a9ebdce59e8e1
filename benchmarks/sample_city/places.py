"""The city's sites: thirty, of which one is closed with a date and one without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Site:
    """A building; `wave` is the wave of the migration in which it moves, `weight` its size."""

    code: str
    name: str
    address: str
    postal_code: str
    department: str
    wave: int
    weight: int
    status: str = "open"
    closed: date | None = None


_OPEN = [
    ("CITYHALL", "City Hall", "100 Court Square", "70801", "Administration", 1, 60),
    ("ANNEX", "City Hall Annex", "118 Court Square", "70801", "Finance", 1, 34),
    ("COURT", "Municipal Court", "210 Justice Street", "70801", "Courts", 1, 30),
    ("POLICE", "Police Headquarters", "401 Justice Street", "70801", "Police", 1, 40),
    ("HEALTH", "Health Unit", "55 Marigold Avenue", "70802", "Health", 1, 22),
    ("PERMITS", "Permits and Inspections", "130 Court Square", "70801", "Planning", 1, 16),
    ("LIBMAIN", "Main Library", "300 Cypress Street", "70802", "Library", 1, 20),
    ("GARAGE", "Downtown Garage", "77 Levee Road", "70801", "Public Works", 1, 4),
    ("TRANSIT", "Transit Center", "15 Depot Street", "70802", "Transit", 1, 12),
    ("CIVIC", "Civic Center", "500 Cypress Street", "70802", "Recreation", 1, 12),
    ("WORKS", "Public Works Yard", "2200 Industrial Drive", "70805", "Public Works", 2, 24),
    ("WATER", "Water Department", "1901 Reservoir Road", "70806", "Water", 2, 22),
    ("SEWER", "Wastewater Plant", "4400 River Road", "70820", "Water", 2, 10),
    ("PUMP1", "Pump Station 1", "3100 Bayou Lane", "70820", "Water", 2, 3),
    ("PUMP2", "Pump Station 2", "5150 Bayou Lane", "70820", "Water", 2, 3),
    ("FIRE1", "Fire Station 1", "90 Levee Road", "70801", "Fire", 2, 12),
    ("FIRE2", "Fire Station 2", "1450 Magnolia Road", "70806", "Fire", 2, 10),
    ("FIRE3", "Fire Station 3", "2875 Plantation Way", "70809", "Fire", 2, 10),
    ("FIRE4", "Fire Station 4", "6020 Airline Street", "70814", "Fire", 2, 10),
    ("FIRE5", "Fire Station 5", "8110 Old Ferry Road", "70820", "Fire", 2, 9),
    ("PREC2", "Second Precinct", "1600 Magnolia Road", "70806", "Police", 2, 18),
    ("PREC3", "Third Precinct", "6100 Airline Street", "70814", "Police", 2, 16),
    ("LIBEAST", "East Branch Library", "2900 Plantation Way", "70809", "Library", 2, 10),
    ("LIBWEST", "West Branch Library", "715 Sugar Mill Road", "70820", "Library", 2, 9),
    ("PARK1", "Magnolia Park", "1700 Magnolia Road", "70806", "Recreation", 2, 8),
    ("PARK2", "Lakeside Recreation Center", "40 Lakeside Drive", "70808", "Recreation", 2, 9),
    ("ANIMAL", "Animal Control", "2350 Industrial Drive", "70805", "Health", 2, 8),
]

SHORT_LIVED = Site(
    "PARK3",
    "Cane Field Park",
    "9300 Old Ferry Road",
    "70820",
    "Recreation",
    2,
    4,
    "closed",
    date(2025, 12, 5),
)
"""Closed so late that no bill period begins more than thirty days after: the audit is silent."""

OLD_JAIL = Site(
    "OLDJAIL",
    "Old Parish Jail",
    "420 Justice Street",
    "70801",
    "Police",
    1,
    0,
    "closed",
    date(2024, 4, 30),
)
DEPOT = Site("DEPOT", "Old Streetcar Depot", "9 Depot Street", "70802", "Transit", 1, 0, "closed")

SITES = [*(Site(*row) for row in _OPEN), SHORT_LIVED, OLD_JAIL, DEPOT]
BY_CODE = {site.code: site for site in SITES}
