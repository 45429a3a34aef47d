package io.thumbnailer.scalinglab.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.thumbnailer.scalinglab.record.ClusterRecorder;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.record.IngestBacklog;
import io.thumbnailer.scalinglab.record.LocalRecorder;
import io.thumbnailer.scalinglab.record.Recorder;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;

/** Records a live cluster or local workers. Writes one row per sync period, immediately. */
@Command(
    name = "record",
    description =
        "Records an autoscaler, its pods, CPU and backlog in the cluster of the current kubectl"
            + " context, or of worker servers without a cluster, until it is stopped or the time is"
            + " over.",
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--namespace",
      description = "The namespace of the autoscaler (default: ${DEFAULT-VALUE}).",
      defaultValue = "thumbnailer")
  String namespace;

  @Option(
      names = "--hpa",
      description = "The name of the autoscaler (default: ${DEFAULT-VALUE}).",
      defaultValue = "worker")
  String name;

  @Option(
      names = "--workers",
      paramLabel = "URL",
      split = ",",
      description = "Addresses of worker servers to record instead of a cluster.")
  List<URI> workers = List.of();

  @Option(
      names = "--ingest",
      paramLabel = "URL",
      description =
          "URL of ingest's management port, to read the backlog from /metrics (default: none).")
  URI ingest;

  @Option(
      names = "--period-seconds",
      description = "Time between two rows (default: ${DEFAULT-VALUE}).",
      defaultValue = "15")
  int periodSeconds;

  @Option(
      names = "--seconds",
      description = "The length of the recording (default: ${DEFAULT-VALUE}).",
      defaultValue = "3600")
  int seconds;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The CSV file (default: ${DEFAULT-VALUE}).",
      defaultValue = "recording.csv")
  Path out;

  @Override
  public Integer call() throws Exception {
    if (periodSeconds < 1) {
      throw new IllegalArgumentException("--period-seconds must be at least 1");
    }
    DoubleSupplier backlog = ingest == null ? () -> Double.NaN : new IngestBacklog(ingest);
    Files.createDirectories(out.toAbsolutePath().getParent());
    try (Writer file = Files.newBufferedWriter(out)) {
      if (workers.isEmpty()) {
        recordCluster(backlog, file);
      } else {
        record(new LocalRecorder(workers, backlog), file);
      }
    }
    spec.commandLine().getOut().println("Recording: " + out);
    return 0;
  }

  private void recordCluster(DoubleSupplier backlog, Writer file)
      throws IOException, InterruptedException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      record(new ClusterRecorder(client, namespace, name, backlog), file);
    } catch (KubernetesClientException e) {
      throw new IOException("cannot query the cluster: " + e.getMessage(), e);
    }
  }

  private void record(Recorder recorder, Writer file) throws IOException, InterruptedException {
    CsvMapper csv =
        CsvMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
    ObjectWriter head = csv.writer(csv.schemaFor(ClusterRow.class).withHeader());
    ObjectWriter rest = csv.writer(csv.schemaFor(ClusterRow.class));
    long began = System.nanoTime();
    for (int row = 0; (long) row * periodSeconds < seconds; row++) {
      long due = began + (long) row * periodSeconds * 1_000_000_000L;
      long left = (due - System.nanoTime()) / 1_000_000;
      if (left > 0) {
        Thread.sleep(left);
      }
      double now = (System.nanoTime() - began) / 1e9;
      file.write((row == 0 ? head : rest).writeValueAsString(recorder.look(now)));
      file.flush();
    }
  }
}
