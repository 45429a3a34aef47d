package io.thumbnailer.devservices;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The arguments of {@link DevServicesMain}.
 *
 * @param settings what to start
 * @param foreground whether to run until Ctrl+C instead of until the end of the input
 */
record CommandLine(DevServicesSettings settings, boolean foreground) {
  static final String USAGE =
      "Options: --data=DIRECTORY --redis-port=PORT --s3-port=PORT --bucket=NAME"
          + " --no-redis --no-s3 --foreground";

  /**
   * Parses the arguments; S3 credentials come from the environment, so that a server and an
   * application started by the same user agree.
   *
   * @throws DevServicesException if an argument is unknown or invalid
   */
  static CommandLine parse(List<String> arguments, Map<String, String> environment, Path data) {
    DevServicesSettings settings = withCredentials(DevServicesSettings.in(data), environment);
    boolean foreground = false;
    for (String argument : arguments) {
      if (argument.equals("--foreground")) {
        foreground = true;
      } else {
        settings = withOption(settings, argument);
      }
    }
    return new CommandLine(settings, foreground);
  }

  private static DevServicesSettings withCredentials(
      DevServicesSettings settings, Map<String, String> environment) {
    String accessKey = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secretKey = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    return accessKey.isBlank() || secretKey.isBlank()
        ? settings
        : settings.withCredentials(accessKey, secretKey);
  }

  private static DevServicesSettings withOption(DevServicesSettings settings, String argument) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    String value = equals < 0 ? "" : argument.substring(equals + 1);
    return switch (name) {
      case "--no-redis" -> settings.withoutRedis();
      case "--no-s3" -> settings.withoutS3();
      case "--data" -> settings.withDataDirectory(Path.of(value));
      case "--bucket" -> settings.withBucket(value);
      case "--redis-port" -> settings.withPorts(port(argument, value), settings.s3Port());
      case "--s3-port" -> settings.withPorts(settings.redisPort(), port(argument, value));
      default -> throw new DevServicesException("Unknown option " + argument + ". " + USAGE);
    };
  }

  private static int port(String argument, String value) {
    if (value.matches("\\d{1,5}")) {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw new DevServicesException(argument + " must give a port from 1 to 65535. " + USAGE);
  }
}
