import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.savings.projects import TestProject, new_project
from tests.tasks.verified import (
    CONTRACTS,
    INVENTORY,
    PAYMENTS,
    SCENARIO,
    failed,
    month_of,
    replayed,
)

MONTHS = st.integers(1, 12)
AMOUNTS = st.sampled_from(["40.00", "38.00", "44.50", "-3.00"])
NUMBERS = st.integers(1, 6)
ACTIONS = st.one_of(
    st.tuples(st.just("bill"), MONTHS, AMOUNTS),
    st.tuples(st.just("payments"), MONTHS),
    st.tuples(st.just("inventory"), st.sampled_from(["HALL", "ANNEX", "fax"])),
    st.tuples(st.just("retire"), NUMBERS),
    st.tuples(st.just("audit"), st.sampled_from(["", "2024-06-30"])),
    st.tuples(st.just("finding"), NUMBERS, st.sampled_from(["muted", "validated", "detected"])),
    st.tuples(st.just("freeze"), MONTHS),
    st.tuples(st.just("scenario"), st.sampled_from(["add", "remove"])),
    st.tuples(st.just("end-account"), MONTHS),
)


def act(project: TestProject, number: int, action: tuple) -> None:
    """Do something that may be refused."""
    file = project.path.parent / f"{number}.csv"
    if action[0] in ("bill", "payments", "inventory", "scenario"):
        file.write_text(text_of(action))
    match action:
        case ("bill" | "payments" | "inventory", *_):
            project.ask("import", str(file))
        case ("retire", import_id):
            project.ask("retire", str(import_id), "--reason", "not ours")
        case ("audit", day):
            project.ask("audit", *(("--as-of", day) if day else ()))
        case ("finding", finding, status):
            project.ask("finding", str(finding), "--status", status, "--note", "seen")
        case ("freeze", month):
            project.ask("baseline", "freeze", "--through", f"2024-{month:02d}", "--by", "J. Ruiz")
        case ("scenario", word):
            project.ask("scenario", word, str(file) if word == "add" else "Hosted")
        case ("end-account", month):
            account = ("Acme", "100", f"2024-{month:02d}")
            project.ask("end-account", *account, "--by", "J. Ruiz")


def text_of(action: tuple) -> str:
    """The file that an action brings."""
    match action:
        case ("bill", month, amount):
            return bill(month, amount)
        case ("payments", month):
            return PAYMENTS.replace("2024-03", f"2024-{month:02d}")
        case ("inventory", word):
            return INVENTORY.replace("HALL", word)
    return SCENARIO


def bill(month: int, amount: str) -> str:
    heads = "vendor,account,invoice,bill_date,service,charge_code,description,class,amount"
    lines = [",".join(line.text.split(",")[:9]) for line in month_of(2024, month, amount)]
    return "\n".join([heads, *lines, ""])


@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(ACTIONS, min_size=4, max_size=14))
def test_a_project_that_only_this_program_wrote_is_whole(actions):
    with tempfile.TemporaryDirectory() as name:
        project = new_project(Path(name))
        project.bring("contracts.csv", CONTRACTS)
        for month in range(1, 5):
            project.bring_bills(month_of(2024, month), f"first-{month}.csv")
        for number, action in enumerate(actions):
            act(project, number, action)
        assert failed(replayed(project.path)) == {}
