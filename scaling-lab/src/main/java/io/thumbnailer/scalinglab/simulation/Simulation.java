package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.Demand;
import io.thumbnailer.scalinglab.elasticity.ElasticityMetrics;
import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.PodStatus;
import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.scaler.ClusterView;
import io.thumbnailer.scalinglab.scaler.Scaler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

/** One run with its jobs, workers and scaler. For a single use. */
public final class Simulation {
  private static final double DEMAND_WINDOW_SECONDS = 60;

  private final Workload workload;
  private final Scaler scaler;
  private final SimulationSettings settings;
  private final SplittableRandom random;
  private final Agenda agenda = new Agenda();
  private final JobLog log;
  private final Fleet fleet;
  private final CpuSamples cpu;
  private final MetricFeed metrics;
  private final List<SimulationResult.Sample> samples = new ArrayList<>();
  private double now;

  /**
   * Creates a run that has not begun.
   *
   * @param seed of everything random besides the workload: boot times, probes, phases
   */
  public Simulation(Workload workload, Scaler scaler, SimulationSettings settings, long seed) {
    this.workload = workload;
    this.scaler = scaler;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.log = new JobLog(workload, settings.objective().waitSeconds(), settings.keepTimeline());
    this.cpu = new CpuSamples(settings.pipeline(), agenda, random.split());
    this.fleet = new Fleet(workload, settings, agenda, random.split(), log, cpu);
    this.metrics = new MetricFeed(fleet, settings.pipeline(), cpu, settings.outages());
  }

  /** The demand that the run is judged by. */
  public static StepFunction demand(Workload workload, SimulationSettings settings) {
    return new Demand(
            DEMAND_WINDOW_SECONDS, settings.objective(), settings.worker().fullSpeedSlots())
        .of(workload);
  }

  /** Runs until every job is done, or for {@code drainSeconds} after the last arrival. */
  public SimulationResult run() {
    fleet.startWith(settings.initialReplicas(), settings.initialJobs());
    MetricPipeline pipeline = settings.pipeline();
    repeat(
        random.nextDouble() * pipeline.scrapeSeconds(),
        pipeline.scrapeSeconds(),
        metrics::scrapeQueue);
    repeat(
        random.nextDouble() * pipeline.resourceSeconds(),
        pipeline.resourceSeconds(),
        time -> cpu.fetch());
    if (settings.outages().nodeLostAt() < Double.POSITIVE_INFINITY) {
      agenda.plan(
          settings.outages().nodeLostAt(), () -> fleet.loseNode(settings.outages().nodeLostAt()));
    }
    if (settings.keepTimeline()) {
      repeat(0, settings.sampleSeconds(), this::sample);
    }
    planScaler();
    int next = 0;
    double last = workload.seconds() + settings.drainSeconds();
    while (true) {
      double arrival = next < workload.size() ? workload.arrival(next) : Double.POSITIVE_INFINITY;
      double departure = fleet.nextDeparture();
      double planned = agenda.nextTime();
      double soonest = Math.min(planned, Math.min(arrival, departure));
      boolean idle = next == workload.size() && fleet.isEmpty();
      if (soonest > last || (idle && soonest >= workload.seconds())) {
        break;
      }
      now = soonest;
      if (planned <= soonest) {
        agenda.runNext();
      } else if (departure <= arrival) {
        fleet.depart(now);
      } else {
        fleet.arrive(next++, now);
      }
    }
    return result(Math.max(workload.seconds(), now));
  }

  private SimulationResult result(double end) {
    StepFunction demand = demand(workload, settings);
    return new SimulationResult(
        workload.seconds(),
        end,
        workload.size(),
        workload.size() - log.doneCount(),
        log.lateCount() + workload.size() - log.doneCount(),
        log.interruptedCount(),
        log.waits(),
        log.responses(),
        fleet.paid().integral(end),
        ElasticityMetrics.of(demand, fleet.supply(), workload.seconds()),
        demand,
        fleet.wanted(),
        fleet.supply(),
        fleet.paid(),
        catchUp(demand, fleet.supply()),
        samples,
        log.waitOf());
  }

  /** 90 % of the highest demand counts as the top, because its windows are noisy. */
  private static double catchUp(StepFunction demand, StepFunction supply) {
    double top = 0.9 * demand.highest(0, Double.POSITIVE_INFINITY);
    double from = firstFrom(demand, 0, top);
    return firstFrom(supply, from, top) - from;
  }

  private static double firstFrom(StepFunction function, double from, double value) {
    if (function.at(from) >= value) {
      return from;
    }
    for (int i = 0; i < function.size(); i++) {
      if (function.time(i) >= from && function.value(i) >= value) {
        return function.time(i);
      }
    }
    return Double.NaN;
  }

  private void planScaler() {
    double next = scaler.nextSeconds();
    if (next < Double.POSITIVE_INFINITY) {
      agenda.plan(
          Math.max(next, now),
          () -> {
            fleet.scaleTo(scaler.decide(new View()), now);
            planScaler();
          });
    }
  }

  private void repeat(double first, double period, DoubleConsumer action) {
    agenda.plan(
        first,
        () -> {
          action.accept(first);
          repeat(first + period, period, action);
        });
  }

  private void sample(double time) {
    samples.add(new SimulationResult.Sample(time, fleet.backlog(), metrics.meanCpu()));
  }

  private final class View implements ClusterView {
    @Override
    public double seconds() {
      return now;
    }

    @Override
    public int specReplicas() {
      return (int) fleet.wanted().last();
    }

    @Override
    public int statusReplicas() {
      return fleet.active();
    }

    @Override
    public List<PodStatus> pods() {
      return fleet.statuses(now);
    }

    @Override
    public MetricsSource metrics() {
      return metrics.at(now);
    }
  }
}
