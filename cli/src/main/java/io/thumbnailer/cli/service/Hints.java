package io.thumbnailer.cli.service;

/** Remedies for the problems that users can solve themselves. */
final class Hints {
  private Hints() {}

  /** One sentence, or null. */
  static String forCode(String code) {
    return switch (code) {
      case "unreachable" ->
          "Is the service running? Its address is set by --server or THUMBNAILER_SERVER.";
      case "unexpected-answer" ->
          "Is this the address of a thumbnail service? It is set by --server or"
              + " THUMBNAILER_SERVER.";
      case "no-answer" -> "Allow more time with --request-timeout.";
      case "connection-lost" -> "Run the command again.";
      case "unauthorized" ->
          "Set the key in THUMBNAILER_API_KEY, or name its file with" + " --api-key-file.";
      case "forbidden" -> "Use a key with the admin role.";
      case "rate-limited",
          "quota-exceeded",
          "queue-full",
          "overloaded",
          "storage-unavailable",
          "queue-unavailable" ->
          "Try again later, or allow more attempts with --retries.";
      case "timed-out" -> "Follow it with 'thumbnailer watch', or allow more time with --timeout.";
      case "not-done" -> "Wait for it with --wait.";
      default -> null;
    };
  }
}
