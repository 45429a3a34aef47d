package io.thumbnailer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A remote host as far as TCP can tell: a Linux network namespace behind a separate link. While it
 * is lost it drops all packets that arrive, without a reset, and so does not respond.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");
  private static final String ESTABLISHED = "01";

  private final String name;
  private final int subnet;
  private final List<Process> processes = new ArrayList<>();

  private NetworkNamespace(String name, int subnet) {
    this.name = name;
    this.subnet = subnet;
  }

  /** Creates a namespace; empty if the permissions or programs for it are missing. */
  static Optional<NetworkNamespace> create() throws InterruptedException {
    int subnet = ThreadLocalRandom.current().nextInt(256);
    NetworkNamespace namespace = new NetworkNamespace("lost%02x".formatted(subnet), subnet);
    try {
      namespace.build();
      return Optional.of(namespace);
    } catch (IOException e) {
      namespace.close();
      return Optional.empty();
    }
  }

  private void build() throws IOException, InterruptedException {
    run("ip", "netns", "add", name);
    run("ip", "link", "add", name, "type", "veth", "peer", "name", "cable", "netns", name);
    run("ip", "addr", "add", "10.213.%d.1/30".formatted(subnet), "dev", name);
    run("ip", "link", "set", name, "up");
    inside("ip", "addr", "add", address() + "/30", "dev", "cable");
    inside("ip", "link", "set", "cable", "up");
    inside("ip", "link", "set", "lo", "up");
    lose();
    find();
  }

  /** The address of the host. */
  String address() {
    return "10.213.%d.2".formatted(subnet);
  }

  /** Runs a Java class in it, and returns when the class has printed a line. */
  void start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                name,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    processes.add(process);
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (line != null && !line.equals("READY")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("nothing was started");
    }
  }

  /** Drops all packets that arrive from now on. */
  void lose() throws IOException, InterruptedException {
    inside("nft", "add table inet lost");
    inside("nft", "add chain inet lost input { type filter hook input priority 0; }");
    inside("nft", "add rule inet lost input iif cable counter drop");
  }

  /** The packets that were dropped since it was lost. */
  long dropped() throws IOException, InterruptedException {
    Matcher packets = PACKETS.matcher(inside("nft", "list table inet lost"));
    if (!packets.find()) {
      throw new IOException("no counter");
    }
    return Long.parseLong(packets.group(1));
  }

  /** Lets packets through again. */
  void find() throws IOException, InterruptedException {
    inside("nft", "delete table inet lost");
  }

  /** This machine's connections to it that are neither being opened nor closed. */
  long connections() throws IOException {
    String address = "02%02XD50A:".formatted(subnet);
    long count = 0;
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[2].contains(address) && fields[3].equals(ESTABLISHED)) {
          count++;
        }
      }
    }
    return count;
  }

  private String inside(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
    whole.addAll(List.of(command));
    return run(whole.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (String[] command :
        new String[][] {{"ip", "link", "del", name}, {"ip", "netns", "del", name}}) {
      try {
        run(command);
      } catch (IOException e) {
        // it was not there
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
