package io.thumbnailer.ingest.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.List;

/** The caller of the current request, and the decisions of its limits. */
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
