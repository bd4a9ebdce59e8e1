"""The four carriers and their accounts; every name is invented."""

from __future__ import annotations

from benchmarks.sample_city.model import Account

PELICAN = "Pelican State Telephone"
GULF = "Gulf Fiber Networks"
BAYOU = "Bayou Wireless"
CIRRUS = "Cirrus Voice"

CENTREX = Account(PELICAN, "225 555-1000 100", 1, 24, "PST100")
LINES = Account(PELICAN, "225 555-1000 215", 15, 24, "PST215", service_surcharges=True)
TRUNKS = Account(PELICAN, "225 555-1000 328", 28, 24, "PST328", service_surcharges=True)
ALARMS = Account(PELICAN, "225 555-1000 431", 31, 24, "PST431")
METRO = Account(GULF, "GF-20417", 10, 25, "GF17")
CIRCUITS = Account(GULF, "GF-20418", 1, 25, "GF18", early=frozenset({5, 15, 19}))
ACCESS = Account(GULF, "GF-20455", 22, None, "GF55")
SAFETY = Account(BAYOU, "8840012-5", 5, 23, "BW5", service_surcharges=True)
MOBILE = Account(BAYOU, "8840012-20", 20, 23, "BW20", service_surcharges=True)
CLOUD = Account(CIRRUS, "CV-77120", 3, 24, "CV")

ACCOUNTS = [
    CENTREX,
    LINES,
    TRUNKS,
    ALARMS,
    METRO,
    CIRCUITS,
    ACCESS,
    SAFETY,
    MOBILE,
    CLOUD,
]
