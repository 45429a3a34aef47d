package io.thumbnailer.scalinglab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.thumbnailer.scalinglab",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.thumbnailer.scalinglab.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_AUTOSCALER_IS_A_PURE_MODEL =
      noClasses()
          .that()
          .resideInAPackage("..hpa..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "..scalinglab.hpa..");

  @ArchTest
  static final ArchRule THE_SIMULATION_KNOWS_NO_CLUSTER_AND_NO_SERVICE =
      noClasses()
          .that()
          .resideInAnyPackage("..simulation..", "..scaler..", "..elasticity..", "..load..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.thumbnailer.messaging..",
              "io.thumbnailer.devservices..",
              "java.net..");
}
