package io.thumbnailer.ingest.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.List;

/** Who makes the present request, and what its limits said. */
@RequestScoped
class CurrentCaller {
  private Caller caller = Caller.ANYONE;
  private final List<LimitReport> reports = new ArrayList<>();

  Caller get() {
    return caller;
  }

  void set(Caller found) {
    caller = found;
  }

  void report(LimitReport report) {
    reports.removeIf(earlier -> earlier.policy().equals(report.policy()));
    reports.add(report);
  }

  List<LimitReport> reports() {
    return List.copyOf(reports);
  }
}
