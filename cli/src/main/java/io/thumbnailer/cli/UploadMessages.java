package io.thumbnailer.cli;

import io.thumbnailer.cli.UploadTally.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The messages about an upload: while it runs, at its end, and when it is interrupted. */
final class UploadMessages {
  private static final int BAR = 20;
  private static final int MOST_IDS = 8; // a line is limited
  private static final double SHORTEST_ESTIMATE_SECONDS = 1;

  private final boolean following;
  private final Optional<String> directory;
  private final String invocation;

  /**
   * Creates the messages of one upload.
   *
   * @param following whether the jobs are followed to their end
   * @param directory where thumbnails are saved
   * @param invocation the beginning of a command for the same server
   */
  UploadMessages(boolean following, Optional<String> directory, String invocation) {
    this.following = following;
    this.directory = directory;
    this.invocation = invocation;
  }

  /** One line with at most the given number of ASCII characters. */
  String status(Snapshot now, int columns) {
    double share =
        now.isSent()
            ? (double) now.ended() / now.files()
            : Math.min(1, (double) now.sentBytes() / now.totalBytes());
    List<String> parts = new ArrayList<>();
    int filled = (int) (BAR * share);
    parts.add("[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "]");
    if (now.isSent()) {
      parts.add("%d/%d jobs".formatted(now.ended(), now.files()));
      parts.add(format("%.1f/s", rate(now.done() + now.failed(), now.seconds())));
    } else {
      parts.add("%3.0f%%".formatted(Math.floor(share * 100)));
      parts.add("%d/%d files".formatted(now.accepted() + now.refused(), now.files()));
      parts.add(bytes((long) rate((double) now.sentBytes(), now.seconds())) + "/s");
    }
    if (share > 0 && share < 1 && now.seconds() >= SHORTEST_ESTIMATE_SECONDS) {
      parts.add(duration(now.seconds() * (1 - share) / share) + " left");
    }
    int bad = now.refused() + now.failed() + now.unknown();
    if (bad > 0) {
      parts.add(bad + " failed");
    }
    String line = String.join("  ", parts);
    if (line.length() > columns) {
      line = String.join("  ", parts.subList(1, parts.size()));
    }
    return line.substring(0, Math.min(line.length(), Math.max(0, columns)));
  }

  /** The closing line. */
  String summary(Snapshot end) {
    List<String> parts = new ArrayList<>();
    if (following) {
      parts.add(end.done() + " done");
      add(parts, end.failed(), "failed");
      add(parts, end.unknown(), "not followed to the end");
    } else {
      parts.add(end.accepted() + " accepted");
    }
    add(parts, end.refused(), "not accepted");
    add(parts, end.unsent(), "not sent");
    if (end.accepted() == 0) {
      return "%s of %s in %s"
          .formatted(String.join(", ", parts), files(end.files()), seconds(end.seconds()));
    }
    return "%s of %s in %s (%s, %s, %s)%s"
        .formatted(
            String.join(", ", parts),
            files(end.files()),
            seconds(end.seconds()),
            bytes(end.sentBytes()),
            bytes((long) rate((double) end.sentBytes(), end.seconds())) + "/s",
            format(
                "%.1f files/s",
                rate(following ? end.done() + end.failed() : end.accepted(), end.seconds())),
            directory
                .map(name -> "; %d thumbnails saved in %s".formatted(end.saved(), name))
                .orElse(""));
  }

  /** How to follow the jobs that have not ended. */
  Optional<String> next(Snapshot now) {
    if (now.open().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        now.open().size() <= MOST_IDS
            ? "Follow: %s watch %s".formatted(invocation, String.join(" ", now.open()))
            : "Follow: %s watch ID... with the ids above".formatted(invocation));
  }

  /** The last message of an interrupted program. */
  String interrupted(Snapshot now) {
    StringBuilder text = new StringBuilder("Interrupted: ");
    text.append(now.accepted()).append(" of ").append(files(now.files())).append(" accepted");
    if (following && now.accepted() > 0) {
      text.append(", of which ").append(now.accepted() - now.open().size()).append(" have ended");
    }
    text.append('.');
    if (now.uploading() > 0) {
      text.append(' ').append(now.uploading()).append(" more may have been accepted.");
    }
    if (!now.open().isEmpty()) {
      text.append(" The service continues with the accepted files.");
    }
    return text.toString();
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private static String files(int count) {
    return count == 1 ? "1 file" : count + " files";
  }

  private static double rate(double amount, double seconds) {
    return amount / Math.max(seconds, 0.001);
  }

  private static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    if (bytes < 1_000_000) {
      return format("%.1f kB", bytes / 1e3);
    }
    return bytes < 1_000_000_000 ? format("%.1f MB", bytes / 1e6) : format("%.1f GB", bytes / 1e9);
  }

  private static String seconds(double seconds) {
    return seconds < 60 ? format("%.1f s", seconds) : duration(seconds);
  }

  private static String duration(double exact) {
    long seconds = Math.round(exact);
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
