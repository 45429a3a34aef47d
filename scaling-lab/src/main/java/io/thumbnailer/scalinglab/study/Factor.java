package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.simulation.ControlPlane;
import io.thumbnailer.scalinglab.simulation.MetricPipeline;
import io.thumbnailer.scalinglab.simulation.NodeModel;
import io.thumbnailer.scalinglab.simulation.Outages;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An assumption of a study and its alternatives. The policies are unchanged: their settings are for
 * the assumed value.
 *
 * @param name for people
 * @param low the lower value, in words
 * @param high the higher value, in words
 * @param toLow changes a plan
 * @param toHigh changes a plan
 */
public record Factor(
    String name,
    String low,
    String high,
    UnaryOperator<StudyPlan> toLow,
    UnaryOperator<StudyPlan> toHigh) {

  /** All factors of a sensitivity analysis. */
  public static List<Factor> standard(StudyPlan plan) {
    WorkerModel worker = plan.settings().worker();
    NodeModel nodes = plan.settings().nodes();
    MetricPipeline pipeline = plan.settings().pipeline();
    return List.of(
        cpuShare(worker, 0.25, 0.95),
        service(0.7, 1.3),
        heavyTail(),
        boot(worker, 0.5, 2),
        worker(
            "warm-up of a worker",
            "none",
            "twice as long",
            model -> with(model, WorkerModel.WarmUp.NONE),
            model ->
                with(
                    model,
                    new WorkerModel.WarmUp(
                        model.warmUp().first(),
                        model.warmUp().factor(),
                        2 * model.warmUp().jobs()))),
        pipeline(
            "Prometheus' scrape interval",
            "5 s",
            "30 s",
            new MetricPipeline(5, 1, pipeline.resourceSeconds(), pipeline.housekeepingSeconds()),
            new MetricPipeline(30, 1, pipeline.resourceSeconds(), pipeline.housekeepingSeconds())),
        pipeline(
            "age of CPU samples",
            "none",
            "metrics-server every 60 s",
            new MetricPipeline(pipeline.scrapeSeconds(), pipeline.lagSeconds(), 5, 1),
            new MetricPipeline(pipeline.scrapeSeconds(), pipeline.lagSeconds(), 60, 10)),
        nodes(
            "number of nodes",
            "half",
            "unlimited",
            new NodeModel(
                Math.max(1, nodes.readyNodes() / 2),
                nodes.placesPerNode(),
                nodes.nodeSeconds(),
                nodes.imagePullSeconds()),
            NodeModel.AMPLE),
        nodes(
            "start of a further node",
            "30 s",
            "180 s",
            new NodeModel(nodes.readyNodes(), nodes.placesPerNode(), 25, 5),
            new NodeModel(nodes.readyNodes(), nodes.placesPerNode(), 140, 40)),
        settings(
            "delay of the controllers",
            "none",
            "up to 5 s",
            s -> s.withControlPlane(ControlPlane.IMMEDIATE),
            s -> s.withControlPlane(new ControlPlane(2, 5, false))),
        settings(
            "workers removed by scale-down",
            "idle ones first",
            "any",
            s -> s.withControlPlane(new ControlPlane(0.2, 1, true)),
            s -> s),
        settings(
            "failures",
            "Prometheus down for 5 min",
            "a node lost",
            s -> s.withOutages(Outages.prometheus(1500, 300)),
            s -> s.withOutages(Outages.node(2400))),
        settings(
            "attempts that fail and are retried",
            "2 %",
            "20 %",
            s -> s.withOutages(Outages.attempts(0.02)),
            s -> s.withOutages(Outages.attempts(0.2))));
  }

  /** The standard loads of a study, with the same rates for a shorter or a longer time. */
  public static Factor length() {
    return new Factor(
        "length of the loads",
        "30 min",
        "24 h",
        plan -> stretched(plan, 0.25),
        plan -> stretched(plan, 12));
  }

  private static StudyPlan stretched(StudyPlan plan, double factor) {
    double rate = plan.settings().worker().fullSpeedSlots() / plan.service().mean();
    List<String> names = plan.shapes().stream().map(LoadShape::name).toList();
    return plan.withLoads(
        StandardShapes.of(rate, factor).stream().filter(s -> names.contains(s.name())).toList(),
        factor * StandardShapes.SECONDS);
  }

  private static Factor cpuShare(WorkerModel worker, double low, double high) {
    UnaryOperator<StudyPlan> toLow = plan -> plan.withSettings(share(plan, worker, low));
    UnaryOperator<StudyPlan> toHigh = plan -> plan.withSettings(share(plan, worker, high));
    return new Factor("CPU share of a job", "" + low, "" + high, toLow, toHigh);
  }

  private static SimulationSettings share(StudyPlan plan, WorkerModel worker, double share) {
    WorkerModel.Cpu cpu = worker.cpu();
    return plan.settings()
        .withWorker(
            new WorkerModel(
                worker.slots(),
                new WorkerModel.Cpu(cpu.requestMilli(), cpu.limit(), share, cpu.idle()),
                worker.start(),
                worker.warmUp(),
                worker.end()));
  }

  private static Factor service(double low, double high) {
    return new Factor(
        "time per job",
        Math.round(100 * (low - 1)) + " %",
        "+" + Math.round(100 * (high - 1)) + " %",
        plan -> plan.withService(plan.service().scaled(low)),
        plan -> plan.withService(plan.service().scaled(high)));
  }

  private static Factor heavyTail() {
    return new Factor(
        "spread of the time per job",
        "almost none",
        "heavy tail (lognormal, coefficient of variation 2)",
        plan -> plan.withService(ServiceTimes.lognormal(plan.service().mean(), 0.05)),
        plan -> plan.withService(ServiceTimes.lognormal(plan.service().mean(), 2)));
  }

  private static Factor boot(WorkerModel worker, double low, double high) {
    return worker(
        "start of a worker",
        Math.round(low * worker.start().bootSeconds()) + " s",
        Math.round(high * worker.start().bootSeconds()) + " s",
        model -> with(model, low),
        model -> with(model, high));
  }

  private static WorkerModel with(WorkerModel model, double bootFactor) {
    WorkerModel.Start start = model.start();
    return new WorkerModel(
        model.slots(),
        model.cpu(),
        new WorkerModel.Start(
            start.containerSeconds(),
            bootFactor * start.bootSeconds(),
            start.bootVariation(),
            start.bootCpu(),
            start.startupProbeSeconds(),
            start.readinessProbeSeconds()),
        model.warmUp(),
        model.end());
  }

  private static WorkerModel with(WorkerModel model, WorkerModel.WarmUp warmUp) {
    return new WorkerModel(model.slots(), model.cpu(), model.start(), warmUp, model.end());
  }

  private static Factor worker(
      String name,
      String low,
      String high,
      UnaryOperator<WorkerModel> toLow,
      UnaryOperator<WorkerModel> toHigh) {
    return settings(
        name,
        low,
        high,
        s -> s.withWorker(toLow.apply(s.worker())),
        s -> s.withWorker(toHigh.apply(s.worker())));
  }

  private static Factor pipeline(
      String name, String low, String high, MetricPipeline toLow, MetricPipeline toHigh) {
    return settings(name, low, high, s -> s.withPipeline(toLow), s -> s.withPipeline(toHigh));
  }

  private static Factor nodes(
      String name, String low, String high, NodeModel toLow, NodeModel toHigh) {
    return settings(name, low, high, s -> s.withNodes(toLow), s -> s.withNodes(toHigh));
  }

  private static Factor settings(
      String name,
      String low,
      String high,
      UnaryOperator<SimulationSettings> toLow,
      UnaryOperator<SimulationSettings> toHigh) {
    return new Factor(
        name,
        low,
        high,
        plan -> plan.withSettings(toLow.apply(plan.settings())),
        plan -> plan.withSettings(toHigh.apply(plan.settings())));
  }
}
