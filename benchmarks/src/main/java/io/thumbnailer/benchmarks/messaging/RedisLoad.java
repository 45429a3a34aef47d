package io.thumbnailer.benchmarks.messaging;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Redis has done so far, by its own account.
 *
 * @param requests commands that clients sent; what a script calls is not counted
 * @param cpuSeconds of the server's process
 * @param memory bytes that the data takes
 */
record RedisLoad(long requests, double cpuSeconds, long memory) {
  private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

  /** What only clients call when the work is done in scripts. */
  private static final List<String> AROUND_SCRIPTS = List.of("evalsha", "eval", "blpop", "ping");

  /** What this measurement calls itself. */
  private static final List<String> OUR_OWN = List.of("info", "llen", "hlen");

  /**
   * How it is now.
   *
   * @param scripted whether the queue does all its work in scripts
   */
  static RedisLoad of(RedisCommands<String, String> commands, boolean scripted) {
    String cpu = commands.info("cpu");
    return new RedisLoad(
        requests(commands.info("commandstats"), scripted),
        number(cpu, "used_cpu_sys") + number(cpu, "used_cpu_user"),
        (long) number(commands.info("memory"), "used_memory"));
  }

  private static long requests(String statistics, boolean scripted) {
    long sum = 0;
    Matcher matcher = CALLS.matcher(statistics);
    while (matcher.find()) {
      String command = matcher.group(1);
      if (scripted ? AROUND_SCRIPTS.contains(command) : !OUR_OWN.contains(command)) {
        sum += Long.parseLong(matcher.group(2));
      }
    }
    return sum;
  }

  private static double number(String info, String key) {
    Matcher matcher = Pattern.compile("(?m)^" + key + ":([0-9.]+)").matcher(info);
    if (!matcher.find()) {
      throw new IllegalStateException("Redis does not tell " + key);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
