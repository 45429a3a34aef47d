package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mode of a Redis process.
 *
 * @param arguments after the configuration file
 * @param configuration additional configuration lines
 * @param cluster whether it is a cluster's only node
 */
record RedisMode(List<String> arguments, List<String> configuration, boolean cluster) {
  private static final int SLOTS = 16_384;

  /** A single server. */
  static final RedisMode ALONE = new RedisMode(List.of(), List.of(), false);

  /** The only node of a cluster. */
  static final RedisMode CLUSTER = new RedisMode(List.of(), List.of("cluster-enabled yes"), true);

  /** A sentinel of a local server. */
  static RedisMode sentinel(String name, int port) {
    return new RedisMode(
        List.of("--sentinel"),
        List.of("sentinel monitor " + name + " 127.0.0.1 " + port + " 1"),
        false);
  }

  List<String> command(Path program, Path configurationFile) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.add(configurationFile.toString());
    command.addAll(arguments);
    return command;
  }

  /** Whether it is ready; a cluster without slots is given its slots. */
  boolean isReady(RedisConnection connection) throws IOException {
    if (!cluster || connection.call("GET", "none").startsWith("$")) {
      return true;
    }
    String unused =
        connection.call(
            Stream.concat(
                    Stream.of("CLUSTER", "ADDSLOTS"),
                    IntStream.range(0, SLOTS).mapToObj(Integer::toString))
                .toArray(String[]::new));
    return false;
  }
}
