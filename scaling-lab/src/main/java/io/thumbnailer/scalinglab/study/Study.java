package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import io.thumbnailer.scalinglab.simulation.Simulation;
import io.thumbnailer.scalinglab.simulation.SimulationResult;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Runs every policy on every shape with every seed, on all processors. */
public final class Study {
  /** The seed of the run that a schedule knows; it is used for nothing else. */
  private static final long HISTORY_SEED = Long.MIN_VALUE;

  private final StudyPlan plan;
  private final int threads;

  /**
   * Creates a study that has not begun.
   *
   * @param threads at least 1
   */
  public Study(StudyPlan plan, int threads) {
    this.plan = plan;
    this.threads = threads;
  }

  /**
   * The results.
   *
   * @param outcomes every run
   * @param timelines of the first seed, of every policy and shape
   */
  public record Runs(List<Outcome> outcomes, List<Timeline> timelines) {}

  private record Piece(List<Outcome> outcomes, List<Timeline> timelines) {}

  /**
   * For each shape the fewest workers, always the same number, that keep the objective in the mean
   * over the seeds.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public Map<String, Integer> bestStatic() throws InterruptedException {
    Map<String, Integer> best = new LinkedHashMap<>();
    List<Integer> found =
        inParallel(
            plan.shapes().stream().<Work<Integer>>map(shape -> () -> bestStatic(shape)).toList());
    for (int i = 0; i < found.size(); i++) {
      best.put(plan.shapes().get(i).name(), found.get(i));
    }
    return best;
  }

  private int bestStatic(LoadShape shape) {
    List<Workload> workloads = seeds().limit(5).mapToObj(seed -> draw(shape, seed)).toList();
    int enough = plan.maxReplicas();
    int few = 0;
    while (enough - few > 1) {
      int middle = (enough + few) / 2;
      double late =
          workloads.stream()
              .mapToDouble(
                  workload ->
                      new Simulation(
                              workload,
                              new FixedScaler(middle),
                              plan.settings().withInitialReplicas(middle),
                              workload.seed())
                          .run()
                          .lateShare())
              .average()
              .orElse(1);
      if (late <= 1 - plan.settings().objective().share()) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return enough;
  }

  /**
   * Runs the study.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public Runs run(List<Policy> policies, Progress progress) throws InterruptedException {
    progress.begin((long) policies.size() * plan.shapes().size() * plan.seeds());
    List<Work<Piece>> works = new ArrayList<>();
    for (LoadShape shape : plan.shapes()) {
      seeds().forEach(seed -> works.add(() -> piece(policies, shape, seed, progress)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<Timeline> timelines = new ArrayList<>();
    for (Piece piece : inParallel(works)) {
      outcomes.addAll(piece.outcomes);
      timelines.addAll(piece.timelines);
    }
    progress.end();
    return new Runs(outcomes, timelines);
  }

  private LongStream seeds() {
    return LongStream.range(plan.firstSeed(), plan.firstSeed() + plan.seeds());
  }

  private Workload draw(LoadShape shape, long seed) {
    return Workload.draw(shape, plan.seconds(), plan.service(), seed);
  }

  private Piece piece(List<Policy> policies, LoadShape shape, long seed, Progress progress) {
    Workload workload = draw(shape, seed);
    StepFunction history = Simulation.demand(draw(shape, HISTORY_SEED), plan.settings());
    boolean first = seed == plan.firstSeed();
    SimulationSettings settings = plan.settings().withTimeline(first);
    StepFunction demand = Simulation.demand(workload, settings);
    List<Outcome> outcomes = new ArrayList<>();
    List<Timeline> timelines = new ArrayList<>();
    for (Policy policy : policies) {
      // One seed for all policies: their control loops have the same phases.
      SplittableRandom random = new SplittableRandom(seed * 31);
      SimulationResult result =
          new Simulation(
                  workload,
                  policy.scalers().create(new Policy.Run(demand, history, shape.name(), random)),
                  settings.withInitialReplicas(initial(demand)),
                  seed)
              .run();
      outcomes.add(Outcome.of(policy.name(), shape.name(), seed, result, plan.podHourPrice()));
      if (first) {
        timelines.add(Timeline.of(policy.name(), workload, result));
      }
      progress.step();
    }
    return new Piece(outcomes, timelines);
  }

  /** The workers that the load needs at the start, so that no run starts with a backlog. */
  private int initial(StepFunction demand) {
    return (int) Math.min(plan.maxReplicas(), Math.max(1, demand.value(0)));
  }

  /** The verdict on each policy and shape, in the order of the study. */
  public static Map<String, Map<String, Verdict>> passes(
      List<SummaryRow> summary, Objective objective) {
    double allowed = 100 * (1 - objective.share());
    Map<String, Map<String, Verdict>> passes = new LinkedHashMap<>();
    for (SummaryRow row : summary) {
      if (!row.shape().equals(SummaryRow.ALL)) {
        passes
            .computeIfAbsent(row.policy(), name -> new LinkedHashMap<>())
            .put(row.shape(), Verdict.of(row.latePercent(), allowed));
      }
    }
    return passes;
  }

  /** Summarizes each policy on each shape, and over all shapes. */
  public static List<SummaryRow> summarize(List<Policy> policies, List<Outcome> outcomes) {
    List<String> shapes = outcomes.stream().map(Outcome::shape).distinct().toList();
    List<Long> seeds = outcomes.stream().map(Outcome::seed).distinct().sorted().toList();
    List<SummaryRow> rows = new ArrayList<>();
    for (Policy policy : policies) {
      List<Outcome> own =
          outcomes.stream().filter(outcome -> outcome.policy().equals(policy.name())).toList();
      List<List<Outcome>> complete =
          bySeed(own, seeds).stream().filter(runs -> runs.size() == shapes.size()).toList();
      rows.add(SummaryRow.of(policy.name(), SummaryRow.ALL, policy.kind(), complete));
      for (String shape : shapes) {
        List<Outcome> ofShape =
            own.stream().filter(outcome -> outcome.shape().equals(shape)).toList();
        rows.add(SummaryRow.of(policy.name(), shape, policy.kind(), bySeed(ofShape, seeds)));
      }
    }
    return rows;
  }

  private static List<List<Outcome>> bySeed(List<Outcome> outcomes, List<Long> seeds) {
    Map<Long, List<Outcome>> bySeed =
        outcomes.stream().collect(Collectors.groupingBy(Outcome::seed));
    return seeds.stream().map(seed -> bySeed.getOrDefault(seed, List.of())).toList();
  }

  private interface Work<T> {
    T get();
  }

  /** The results in the order of the tasks. */
  private <T> List<T> inParallel(List<Work<T>> works) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Work<T> work : works) {
        futures.add(pool.submit(work::get));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
