package io.thumbnailer.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * A worker depends on the library's interfaces, not on the products behind them, and serves no API.
 */
@AnalyzeClasses(
    packages = "io.thumbnailer.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule aWorkerKnowsNeitherLettuceNorTheAwsSdkNorCodecs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.lettuce..", "software.amazon..", "javax.imageio..", "com.twelvemonkeys..");

  @ArchTest
  static final ArchRule aWorkerServesNoApi =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "io.thumbnailer.ingest..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.thumbnailer.worker.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule outsidersSeeOnlyTheRendererAndTheModelOfImaging =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.thumbnailer.imaging.header..",
              "io.thumbnailer.imaging.decode..",
              "io.thumbnailer.imaging.codec..",
              "io.thumbnailer.imaging.raster..");
}
