package io.thumbnailer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the library: each points one way. */
@AnalyzeClasses(
    packages = "io.thumbnailer",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ImportOption.DoNotIncludeJars.class,
      ArchitectureTest.LibraryOnly.class
    })
class ArchitectureTest {
  /** In some builds, the development services are a directory on the test class path. */
  static final class LibraryOnly implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/devservices/");
    }
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.thumbnailer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule partsOfImagingHaveNoCycles =
      slices().matching("io.thumbnailer.imaging.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule outsidersSeeOnlyTheRendererAndTheModelOfImaging =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.thumbnailer.imaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.thumbnailer.imaging.header..",
              "io.thumbnailer.imaging.decode..",
              "io.thumbnailer.imaging.codec..",
              "io.thumbnailer.imaging.raster..");

  @ArchTest
  static final ArchRule configurationIsAtTheBottom =
      noClasses()
          .that()
          .resideInAPackage("io.thumbnailer.config..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.thumbnailer..")
                  .and(not(resideInAPackage("io.thumbnailer.config.."))));

  @ArchTest
  static final ArchRule theLibraryKnowsNoWebAndNoServer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.ws.rs..", "jakarta.servlet..", "jakarta.enterprise..", "com.ibm..");

  @ArchTest
  static final ArchRule imagingKnowsNeitherStorageNorQueue =
      noClasses()
          .that()
          .resideInAPackage("io.thumbnailer.imaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.thumbnailer.storage..",
              "io.thumbnailer.messaging..",
              "io.thumbnailer.job..",
              "io.thumbnailer.config..",
              "software.amazon..",
              "io.lettuce..");

  @ArchTest
  static final ArchRule messagingKnowsNoThumbnails =
      noClasses()
          .that()
          .resideInAPackage("io.thumbnailer.messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.thumbnailer.imaging..", "io.thumbnailer.storage..", "io.thumbnailer.job..");

  @ArchTest
  static final ArchRule storageKnowsOnlyObjects =
      noClasses()
          .that()
          .resideInAPackage("io.thumbnailer.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.thumbnailer.imaging..", "io.thumbnailer.messaging..", "io.thumbnailer.job..");

  @ArchTest
  static final ArchRule onlyTheRedisPackageKnowsLettuce =
      noClasses()
          .that()
          .resideOutsideOfPackage("..redis..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lettuce..");

  @ArchTest
  static final ArchRule onlyStorageKnowsTheAwsSdk =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.thumbnailer.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule codecsAreUsedInImagingOnly =
      classes()
          .that()
          .resideInAPackage("io.thumbnailer..")
          .and()
          .resideOutsideOfPackage("io.thumbnailer.imaging..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("javax.imageio..", "com.twelvemonkeys..", "java.awt..");
}
