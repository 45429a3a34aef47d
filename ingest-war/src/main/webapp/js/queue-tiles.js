/** The tiles of the console: what each figure of `GET /admin/queue` means to an operator. */
import { rate, seconds } from "./format.js";
import { Tile } from "./tile.js";

const LANES = ["high", "normal", "low"];

export class QueueTiles {
  #backlog = new Tile({
    title: "Backlog per lane",
    series: LANES.map((lane) => ({ name: lane, style: `series-${lane}` })),
    stacked: true,
    width: "wide",
  });
  #throughput = new Tile({
    title: "Throughput",
    series: [{ name: "finished", style: "series-good" }, { name: "arriving", style: "series-second" }],
    width: "wide",
  });
  #inFlight = new Tile({ title: "In flight" });
  #oldest = new Tile({ title: "Oldest job", series: [{ name: "seconds", style: "series-main" }] });
  #workers = new Tile({ title: "Workers" });
  #delayed = new Tile({ title: "Waiting for a retry" });
  #dead = new Tile({ title: "Dead letters", series: [{ name: "dead letters", style: "series-bad" }] });

  /** @param parent takes the tiles */
  constructor(parent) {
    for (const tile of [this.#backlog, this.#throughput, this.#inFlight, this.#oldest, this.#workers, this.#delayed, this.#dead]) {
      parent.append(tile.root);
    }
  }

  show(queue, time = Date.now()) {
    const lanes = LANES.map((lane) => queue.backlog[lane] ?? 0);
    const backlog = lanes.reduce((sum, lane) => sum + lane, 0);
    this.#backlog.show({ time, value: whole(backlog), unit: backlog === 1 ? "job" : "jobs", values: lanes, legend: lanes.map(whole) });
    this.#throughput.root.hidden = queue.serviceRate === undefined;
    const rates = [queue.serviceRate ?? 0, queue.arrivalRate ?? 0];
    this.#throughput.show({ time, value: rate(rates[0]), unit: "jobs/s", values: rates, legend: rates.map((r) => `${rate(r)}/s`) });
    const waiting = Math.max(0, backlog - queue.inFlight);
    this.#inFlight.show({ time, value: whole(queue.inFlight), note: `${whole(waiting)} waiting`, values: [queue.inFlight] });
    const [age, unit] = seconds(queue.oldestAgeSeconds).split(" ");
    this.#oldest.show({ time, value: age, unit, note: backlog ? "waiting or in flight" : "the queue is empty", values: [queue.oldestAgeSeconds] });
    this.#showWorkers(queue, time);
    this.#delayed.show({ time, value: whole(queue.delayed), values: [queue.delayed] });
    this.#dead.show({ time, value: whole(queue.deadLetters), alarm: queue.deadLetters > 0, values: [queue.deadLetters] });
  }

  #showWorkers({ workers, inFlight }, time) {
    this.#workers.root.hidden = !workers;
    const count = workers?.count ?? 0;
    const capacity = workers?.capacity ?? 0;
    this.#workers.show({
      time,
      value: whole(count),
      note: capacity ? `${Math.min(100, Math.round((inFlight / capacity) * 100))} % of ${whole(capacity)} slots busy` : "none is running",
      alarm: count === 0,
      values: [count],
    });
  }
}

function whole(value) {
  return value.toLocaleString("en");
}
