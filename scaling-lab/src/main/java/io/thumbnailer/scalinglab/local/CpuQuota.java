package io.thumbnailer.scalinglab.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Limits a process to a share of a core, as Kubernetes limits the CPU of a container: with the
 * bandwidth control of a cgroup, version 2 or 1.
 */
public final class CpuQuota implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final long PERIOD_MICROS = 100_000;

  private final Path group;

  private CpuQuota(Path group) {
    this.group = group;
  }

  /**
   * Creates a group with a limit.
   *
   * @param name of the group, unique on this machine
   * @param cores above 0
   * @throws IOException if the user lacks permission or the kernel lacks support; then nothing is
   *     limited
   */
  public static CpuQuota of(String name, double cores) throws IOException {
    long quota = Math.round(cores * PERIOD_MICROS);
    if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
      Path group = Files.createDirectories(ROOT.resolve("scaling-lab-" + name));
      Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      return new CpuQuota(group);
    }
    Path group = Files.createDirectories(ROOT.resolve("cpu").resolve("scaling-lab-" + name));
    Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
    Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
    return new CpuQuota(group);
  }

  /** Puts a process with its future threads and children into the group. */
  public void hold(Process process) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
  }

  /** Removes the group; its processes must have ended. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      System.getLogger(CpuQuota.class.getName())
          .log(
              System.Logger.Level.WARNING,
              String.format(Locale.ROOT, "%s stays behind: %s", group, e.getMessage()));
    }
  }
}
