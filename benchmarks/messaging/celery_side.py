"""Celery's part of benchmarks/messaging/run: an empty task, and threads that send it.

    celery_side.py send NUMBER THREADS     prints the seconds it took
    celery -A celery_side worker           runs what was sent
    celery_side.py sleep                   sends one task that sleeps and tells when it begins

The broker is BENCHMARK_REDIS, the text of a task has BENCHMARK_TEXT characters.
"""

import os
import sys
import threading
import time

from celery import Celery

app = Celery("side", broker=os.environ["BENCHMARK_REDIS"])
# Makes Celery keep a message until its work is done, as our queue always does.
app.conf.task_acks_late = True
app.conf.task_reject_on_worker_lost = True
app.conf.task_ignore_result = True
app.conf.broker_pool_limit = 64


@app.task(name="empty")
def empty(text):
    pass


@app.task(name="sleep")
def sleep(seconds):
    print("TAKEN", time.time(), flush=True)
    time.sleep(seconds)


def send(number, threads):
    text = "x" * int(os.environ["BENCHMARK_TEXT"])

    def some():
        for _ in range(number // threads):
            empty.delay(text)

    senders = [threading.Thread(target=some) for _ in range(threads)]
    began = time.perf_counter()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return time.perf_counter() - began


if __name__ == "__main__":
    # Under the name by which the workers know it.
    sys.modules["celery_side"] = sys.modules["__main__"]
    if sys.argv[1] == "sleep":
        sleep.delay(600)
    else:
        print(send(int(sys.argv[2]), int(sys.argv[3])))
