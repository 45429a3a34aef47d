package io.thumbnailer.scalinglab.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.csv.CsvMapper;

/** The data files in a directory of results. Numbers in JSON have at most six decimals. */
public final class LabFiles {
  private static final String STUDY = "study.json";
  private static final String CALIBRATION = "calibration-";
  private static final String JSON = ".json";

  private final Path directory;
  private final JsonMapper json =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new SixDecimals())
                  .addSerializer(Double.class, new SixDecimals()))
          .build();
  private final CsvMapper csv =
      CsvMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  /** In a directory, which is made when something is written. */
  public LabFiles(Path directory) {
    this.directory = directory;
  }

  /** Writes a study. */
  public Path write(StudyRecord study) throws IOException {
    return writeJson(STUDY, study);
  }

  /** Writes a real run with its simulation. */
  public Path write(Calibration calibration) throws IOException {
    return writeJson(CALIBRATION + calibration.shape() + JSON, calibration);
  }

  /** Writes any record as a JSON file. */
  public <T> Path writeJson(String name, T value) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(name);
    json.writeValue(file.toFile(), value);
    return file;
  }

  /**
   * Reads a record of {@link #writeJson}.
   *
   * @throws IOException when it is missing or not such a record
   */
  public <T> T readJson(String name, Class<T> type) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing");
    }
    return read(file, type);
  }

  /** Writes records as CSV with a header. */
  public <T> Path writeCsv(String name, Class<T> type, List<T> rows) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(name);
    csv.writer(csv.schemaFor(type).withHeader()).writeValue(file.toFile(), rows);
    return file;
  }

  /**
   * Reads records of {@link #writeCsv}.
   *
   * @throws IOException when the file is missing or has other columns
   */
  public <T> List<T> readCsv(String name, Class<T> type) throws IOException {
    Path file = directory.resolve(name);
    try (MappingIterator<T> rows =
        csv.readerFor(type)
            .with(csv.schemaFor(type).withHeader().withStrictHeaders(true))
            .readValues(file.toFile())) {
      return rows.readAll();
    } catch (JacksonException e) {
      throw new IOException(file + " is not as this version writes it: " + e.getMessage(), e);
    }
  }

  /** Writes text. */
  public Path writeText(String name, String text) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve(name), text);
  }

  /**
   * Reads the study.
   *
   * @throws IOException when there is none or it is not one
   */
  public StudyRecord study() throws IOException {
    return readJson(STUDY, StudyRecord.class);
  }

  /** Reads the real runs, in the order of their names; there may be none. */
  public List<Calibration> calibrations() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Calibration> calibrations = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(CALIBRATION) && name.endsWith(JSON)) {
          calibrations.add(read(file, Calibration.class));
        }
      }
    }
    return calibrations;
  }

  private <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return json.readValue(file.toFile(), type);
    } catch (JacksonException e) {
      throw new IOException(file + " is not as this version writes it: " + e.getMessage(), e);
    }
  }

  /** Microseconds are exact enough for times in seconds. */
  private static final class SixDecimals extends ValueSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator generator, SerializationContext context) {
      generator.writeNumber(
          Double.isFinite(value)
              ? BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).doubleValue()
              : value);
    }
  }
}
