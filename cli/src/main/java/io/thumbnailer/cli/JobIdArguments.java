package io.thumbnailer.cli;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.JobIds;
import io.thumbnailer.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads job ids from arguments or from a pipe. */
final class JobIdArguments {
  private JobIdArguments() {}

  /** The ids, each once. {@code -} stands for the first word of each line of standard input. */
  static List<String> read(List<String> arguments) throws CliException {
    Set<String> ids = new LinkedHashSet<>();
    for (String argument : arguments) {
      if (argument.equals("-")) {
        ids.addAll(fromStandardInput());
      } else {
        ids.add(checked(argument));
      }
    }
    if (ids.isEmpty()) {
      throw CliException.usage("standard input contains no id");
    }
    return List.copyOf(ids);
  }

  private static Set<String> fromStandardInput() throws CliException {
    if (Terminal.is(Terminal.Stream.INPUT)) {
      throw CliException.usage(
          "standard input is a terminal", "Pipe ids to it: thumbnailer list | thumbnailer watch -");
    }
    Set<String> ids = new LinkedHashSet<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          ids.add(checked(line.strip().split("\\s+", 2)[0]));
        }
      }
    } catch (IOException e) {
      throw CliException.usage("standard input cannot be read: " + e.getMessage());
    }
    return ids;
  }

  private static String checked(String id) throws CliException {
    if (!JobIds.isValid(id)) {
      throw CliException.usage(
          "not the id of a job: " + id,
          "Ids look like 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b; 'thumbnailer list' shows them.");
    }
    return id;
  }
}
