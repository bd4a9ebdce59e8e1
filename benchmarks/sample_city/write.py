"""The files of the city: bills, inventories, contracts, sites, payments, plan and truth."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from benchmarks.sample_city.accounts import BAYOU, CIRRUS, GULF, PELICAN
from benchmarks.sample_city.model import CITY, City, Invoice, Line, Payment, Service, dollars
from benchmarks.sample_city.places import BY_CODE, SITES
from benchmarks.sample_city.prices import Price, price_list, price_on
from benchmarks.sample_city.scenario import order_text, scenario_text
from benchmarks.sample_city.truth import truth_text

BILL = (
    "vendor,account,invoice,bill_date,due_date,previous_balance,payments,invoice_total,service,"
    "service_type,charge_code,description,class,quantity,rate,amount,from,thru,site,jurisdiction"
)
INVENTORY = (
    "service,service_type,status,site,department,user,use,vendor,account,contract,system,channels,"
    "bandwidth_mbps,monthly_cost,install_date,disconnect_date,disconnect_order,last_verified,"
    "cost_center"
)
CONTRACT = (
    "contract,vendor,charge_code,description,site,rate,unit,effective_from,effective_to,auto_renew,"
    "notice_days,dispute_window_days,early_termination,annual_commitment,shortfall_percent"
)
SITE = "site,name,address,city,state,postal_code,status,closed_date,department"
PAYMENT = "vendor,account,invoice,payment_date,amount,reference,department,payer"

SLUGS = {PELICAN: "pelican", GULF: "gulf", BAYOU: "bayou", CIRRUS: "cirrus"}
BANDWIDTH = {"EVC100": "100", "MPLS10": "10", "BB100": "100", "DSL12": "12", "T1": "1.544"}
EDITIONS = {
    "inventory-2024-12.csv": date(2024, 12, 31),
    "inventory-2025-12.csv": date(2025, 12, 31),
}


def contents(city: City) -> dict[str, str]:
    """The text of each file by its name, before compression; newlines are LF."""
    files = _bill_files(city)
    bills = list(files)
    prices = price_list(sorted(ethernet_sites(city.services)))
    files["sites.csv"] = _csv(SITE, _sites())
    files["contracts.csv"] = _csv(CONTRACT, (_contract(price) for price in prices))
    for name, day in EDITIONS.items():
        rows = (_inventory(one, day, prices) for one in city.services if one.listed)
        files[name] = _csv(INVENTORY, sorted(row for row in rows if row))
    for year in (2024, 2025):
        paid = (one for one in city.payments if one.paid.year == year)
        files[f"payments-{year}.csv"] = _csv(PAYMENT, (_payment(one) for one in paid))
    files["scenario.toml"] = scenario_text(city.plan)
    files["order.toml"] = order_text(CITY, bills)
    files["truth.json"] = truth_text(city)
    return files


def ethernet_sites(services: Iterable[Service]) -> set[str]:
    """The sites for which the contract has a price of a circuit."""
    return {one.site for one in services if one.code == "EVC100"}


def write(files: dict[str, str], folder: Path) -> None:
    """Write the files; compressed ones bear neither a name nor a time."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = text.encode("utf-8")
        if name.endswith(".gz"):
            content = gzip.compress(content, compresslevel=9, mtime=0)
        path.write_bytes(content)


def digest(path: Path) -> str:
    """SHA-256 of a file's content, uncompressed."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return hashlib.sha256(content).hexdigest()


def _csv(header: str, rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    out.write(header + "\n")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _bill_files(city: City) -> dict[str, str]:
    """One file a vendor and half-year."""
    rows: dict[str, list[list[str]]] = {}
    for invoice in sorted(city.invoices, key=lambda one: (one.month, one.number)):
        half = f"{2024 + invoice.month // 12}H{invoice.month % 12 // 6 + 1}"
        name = f"bills/{SLUGS[invoice.account.vendor]}-{half}.csv.gz"
        rows.setdefault(name, []).extend(_charge(invoice, line) for line in invoice.lines)
    return {name: _csv(BILL, rows[name]) for name in sorted(rows)}


def _charge(invoice: Invoice, line: Line) -> list[str]:
    account, service = invoice.account, line.service
    head = [account.vendor, account.number, invoice.number, invoice.billed.isoformat()]
    head += [_day(invoice.due), dollars(invoice.previous), dollars(invoice.payments)]
    head += [dollars(invoice.total)]
    what = [_billed(service) if service else "", service.kind if service else ""]
    what += [line.code, line.text, line.kind]
    quantity = "" if line.quantity is None else str(line.quantity)
    rate = "" if line.rate is None else dollars(line.rate)
    site = service.site if service and account.vendor == GULF else ""
    place = "" if account.vendor == BAYOU else "LA"
    return [
        *head, *what, quantity, rate, dollars(line.amount), _day(line.start), _day(line.thru),
        site, place,
    ]  # fmt: skip


def _billed(service: Service) -> str:
    """The identifier as the carrier spells it."""
    number, vendor = service.number, service.account.vendor
    if not number.isdigit() or vendor == BAYOU:
        return number
    if vendor == CIRRUS:
        return f"+1{number}"
    return f"{number[:3]} {number[3:6]}-{number[6:]}"


def _listed(service: Service) -> str:
    """The identifier as the city's inventory spells it."""
    number, vendor = service.number, service.account.vendor
    if not number.isdigit():
        return number.replace("/", ".") if vendor == GULF else number.replace("//", "/ /")
    area, exchange, station = number[:3], number[3:6], number[6:]
    if service.kind == "toll-free":
        return f"1-{area}-{exchange}-{station}"
    if vendor == PELICAN:
        return f"({area}) {exchange}-{station}"
    return ("." if vendor == CIRRUS else "-").join((area, exchange, station))


def _inventory(service: Service, day: date, prices: list[Price]) -> list[str]:
    """A service's row in the edition of a day; empty when it was not yet installed."""
    if service.installed > day:
        return []
    site = BY_CODE[service.site]
    gone = service.disconnected is not None and service.disconnected <= day
    status = "disconnected" if gone or service.undated else "active"
    cents = price_on(prices, service.code, service.site, day).cents
    return [
        _listed(service), service.kind, status, service.site, site.department,
        service.user, service.use, "" if service.blank_vendor else service.account.vendor,
        service.account.number, service.contract, "",
        str(service.channels or ""), BANDWIDTH.get(service.code, ""), dollars(cents),
        service.installed.isoformat(), _day(service.disconnected) if gone else "",
        service.order if gone else "", day.replace(day=1).isoformat(),
        f"{1000 + 10 * list(BY_CODE).index(service.site)}",
    ]  # fmt: skip


def _contract(price: Price) -> list[str]:
    return [
        price.contract, price.vendor, price.code, price.text, price.site, dollars(price.cents),
        "month", price.since.isoformat(), price.until.isoformat(), price.auto_renew,
        str(price.notice_days), "180", price.early_termination, "", "",
    ]  # fmt: skip


def _sites() -> Iterable[list[str]]:
    for site in SITES:
        yield [
            site.code, site.name, site.address, "Marlow", "LA", site.postal_code, site.status,
            _day(site.closed), site.department,
        ]  # fmt: skip


def _payment(one: Payment) -> list[str]:
    account = one.account
    return [
        account.vendor, account.number, one.invoice, one.paid.isoformat(), dollars(one.amount),
        one.reference, "Finance", "City of Marlow Parish",
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
