import threading
import time
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QThread

from telecom_audit.errors import RefusedError
from telecom_audit.progress import CancelledError, Step
from ui.status import progress_text, time_left
from ui.work import Job, Work, was_cancelled


@pytest.fixture
def work(qtbot):
    made = Work()
    yield made
    made.stop()


def start(work, run, name=""):
    answers, errors = [], []
    job = work.start(run, answers.append, failed=errors.append, name=name)
    return job, answers, errors


def test_a_job_works_in_another_thread_and_answers_in_this_one(work, qtbot):
    threads = []

    def done(worked_in):
        threads.extend([worked_in, threading.get_ident()])

    work.start(lambda progress: threading.get_ident(), done, failed=pytest.fail)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()


def test_jobs_are_worked_off_one_after_the_other(work, qtbot):
    order = []
    for number in range(20):
        work.start(lambda progress, number=number: order.append(number), id, failed=pytest.fail)
    qtbot.waitUntil(lambda: not work.jobs)
    assert order == list(range(20))


def test_an_answer_larger_than_a_c_int_arrives_whole(work, qtbot):
    _, answers, _ = start(work, lambda progress: {3_000_000_000: 9 * 10**18})
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [{3_000_000_000: 9 * 10**18}]


class Rows(list):
    """Something large that a job works on."""


def test_a_job_that_was_handed_over_keeps_alive_nothing_that_it_worked_on(work, qtbot):
    given, answer = Rows(), Rows()
    kept = [weakref.ref(rows) for rows in (given, answer)]
    job = work.start(
        partial(lambda rows, answer, progress: answer, given, answer),
        partial(lambda rows, answer: None, given),
        failed=pytest.fail,
    )
    del given, answer
    qtbot.waitUntil(lambda: not work.jobs)
    qtbot.waitUntil(lambda: [one() for one in kept] == [None, None])
    assert not job.is_cancelled


def test_an_error_is_handed_over_and_the_next_job_runs(work, qtbot):
    def refuse(progress):
        raise RefusedError("no", "Try another.")

    _, _, errors = start(work, refuse)
    _, answers, _ = start(work, lambda progress: 1)
    qtbot.waitUntil(lambda: bool(answers))
    assert [str(error) for error in errors] == ["no"]


def test_a_cancelled_job_stops_at_its_next_check(work, qtbot):
    is_running = threading.Event()

    def endless(progress):
        while True:
            is_running.set()
            progress.check()
            time.sleep(0.001)

    job, _, errors = start(work, endless)
    qtbot.waitUntil(is_running.is_set)
    job.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert was_cancelled(errors[0])


def test_a_job_that_is_cancelled_in_the_queue_never_begins(work, qtbot):
    gate = threading.Event()
    start(work, lambda progress: gate.wait(5))
    begun = []
    job, _, errors = start(work, lambda progress: begun.append(1))
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert begun == []
    assert isinstance(errors[0], CancelledError)


def test_stopping_waits_for_the_thread(qtbot):
    work = Work()
    start(work, lambda progress: [progress.check() or time.sleep(0.001) for _ in range(10_000)])
    work.stop()
    assert not any(thread.isRunning() for thread in work.findChildren(QThread))


def job_at(step, began_at=0.0):
    job = Job(lambda progress: None, id, id, "Import")
    job.step, job.began_at = step, began_at
    return job


def test_the_time_left_follows_the_part_that_is_done():
    job = job_at(Step("Import bills.csv", 25, 100, "bytes", 1_234_567))
    assert time_left(job, 2.0) == ""  # too early to tell
    assert time_left(job, 10.0) == "about 30 s left"
    assert time_left(job, 100.0) == "about 5 min left"
    text = progress_text(job, 10.0)
    assert text == "Import bills.csv  ·  1,234,567 rows  ·  about 30 s left"


def test_a_job_without_a_known_end_tells_what_it_did():
    assert progress_text(job_at(Step("Audit", 3, 8, "rules")), 1.0) == "Audit  ·  3 of 8 rules"
    assert progress_text(job_at(Step("Read", 1_000)), 9.0) == "Read  ·  1,000 rows"
    assert progress_text(job_at(None), 9.0) == "Import"


def test_a_long_job_shows_itself_and_its_cancel_button_stops_it(window, qtbot):
    is_running = threading.Event()

    def endless(progress):
        count = 0
        while True:
            count += 1
            is_running.set()
            progress.at(Step("Count", count, None))
            time.sleep(0.001)

    status = window.statusBar()
    job = window.desk.run("Count", endless)
    qtbot.waitUntil(is_running.is_set)
    qtbot.waitUntil(status._running.isVisible)
    qtbot.waitUntil(lambda: "rows" in status._text.text())
    status._cancel.click()
    qtbot.waitUntil(lambda: not window.desk.work.jobs)
    assert job.is_cancelled
    assert not status._running.isVisible()
