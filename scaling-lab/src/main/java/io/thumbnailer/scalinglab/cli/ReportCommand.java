package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.report.HtmlReport;
import io.thumbnailer.scalinglab.report.LabFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates the report again from the data files, for example after a real run was added. */
@Command(
    name = "report",
    description = "Creates report.html anew from the data files of a study.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "DIRECTORY",
      description =
          "Directory with study.json and any calibration-*.json (default: ${DEFAULT-VALUE}).",
      defaultValue = "scaling-lab/target/study")
  Path directory;

  @Override
  public Integer call() throws Exception {
    LabFiles files = new LabFiles(directory);
    Path report =
        files.writeText("report.html", new HtmlReport(files.study(), files.calibrations()).page());
    spec.commandLine().getOut().println("Report: " + report);
    return 0;
  }
}
