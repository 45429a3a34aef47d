package io.thumbnailer.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Ingest depends on the library's interfaces, not on the products behind them. */
@AnalyzeClasses(
    packages = "io.thumbnailer.ingest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ingestKnowsNeitherLettuceNorTheAwsSdkNorCodecs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.lettuce..", "software.amazon..", "javax.imageio..", "com.twelvemonkeys..");

  @ArchTest
  static final ArchRule ingestKnowsNoWorker =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.thumbnailer.worker..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.thumbnailer.ingest.(**)").should().beFreeOfCycles();

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
