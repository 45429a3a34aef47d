package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.decode.DecodeThread;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that were created to do harm. */
class HostileFilesTest {
  /** Kinds of files that are not in the corpus. */
  private static final List<String> ODD =
      List.of(
          "D07-bmp-rle8-delta.bmp",
          "E03f-bmp-os2-rle24.bmp",
          "E05-psd-transparent-on-white.psd",
          "E08-tiff-float-with-profile-of-light.tif",
          "E11-tiff-old-jpeg-tables-in-tags.tif",
          "E11d-tiff-old-jpeg-strips-with-scan-headers.tif",
          "E13-png-PQ-of-many-colours.png");

  @TempDir private Path directory;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aDecoderThatIgnoresItsTimeoutDoesNotDelayTheJob() throws Exception {
    DecodeThread threads = new DecodeThread();
    DecodeMemoryBudget permits = new DecodeMemoryBudget(1 << 20);
    CountDownLatch release = new CountDownLatch(1);
    try (DecodeMemoryBudget.Grant grant = permits.acquire(1 << 19)) {
      assertThatThrownBy(
              () ->
                  threads.run(
                      Duration.ofMillis(50),
                      grant,
                      () -> {
                        while (release.getCount() > 0) {
                          Thread.onSpinWait(); // reads nothing and ignores interrupts
                        }
                        return null;
                      },
                      () -> {}))
          .isInstanceOf(TimeoutException.class);
    }

    assertThat(threads.abandoned()).isEqualTo(1);
    assertThat(permits.available()).as("its memory is still taken").isLessThan(1 << 20);
    release.countDown();
    await().atMost(Duration.ofSeconds(30)).until(() -> threads.abandoned() == 0);
    await().atMost(Duration.ofSeconds(30)).until(() -> permits.available() == 1 << 20);
  }

  @Test
  void decodesBeyondTheMemoryLimitWait() throws Exception {
    DecodeMemoryBudget permits = new DecodeMemoryBudget(3 << 20);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (DecodeMemoryBudget.Grant grant = permits.acquire((1 << 20) + (1 << 19))) {
                  assertThat(grant).isNotNull();
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  Thread.sleep(20);
                  running.decrementAndGet();
                } catch (ImagingException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most.get()).isEqualTo(1);
    assertThat(permits.available()).isEqualTo(3 << 20);
  }

  @Test
  void anImageThatNeedsMoreThanTheWholeMemoryIsRefusedBeforeDecoding() throws Exception {
    ThumbnailRenderer small =
        new ThumbnailRenderer(
            new PixelBudget(100_000_000), new DecodeMemoryBudget(8 << 20), Duration.ofSeconds(60));
    Path file = write(TestImages.pngHeader(3000, 3000));

    assertThatThrownBy(() -> small.render(file, List.of(Rendition.parse("r", "10x10"))))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.TOO_MANY_PIXELS));
  }

  @Test
  void aJpegWithThousandsOfScansIsRefusedBeforeDecoding() throws Exception {
    byte[] jpeg = Corpus.files().get("progressive.jpeg");
    int lastScan = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xDA) {
        lastScan = i;
      }
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(jpeg, 0, lastScan);
    for (int i = 0; i < 5000; i++) {
      bomb.write(jpeg, lastScan, jpeg.length - 2 - lastScan);
    }
    Path file = write(bomb.toByteArray());

    for (Optional<NativeJpeg> jpegCodec :
        List.of(NativeJpeg.find(), Optional.<NativeJpeg>empty())) {
      assertThatThrownBy(
              () -> renderer(jpegCodec).render(file, List.of(Rendition.parse("r", "10x10"))))
          .isInstanceOf(ImagingException.class)
          .rootCause()
          .hasMessageContaining("scans");
    }
  }

  /**
   * Decoders differ in which of two frames they use; none may use more memory than was admitted.
   */
  @Test
  void aJpegWithASecondLargerFrameTakesNoMoreMemoryThanItsFirst() throws Exception {
    for (String name : List.of("profile.jpeg", "progressive.jpeg")) {
      byte[] jpeg = Corpus.files().get(name);
      int frame = indexOfFrame(jpeg);
      int length = 2 + ((jpeg[frame + 2] & 0xFF) << 8 | (jpeg[frame + 3] & 0xFF));
      byte[] larger = Arrays.copyOfRange(jpeg, frame, frame + length);
      Arrays.fill(larger, 5, 9, (byte) 0x7F); // 32,639 pixels each way
      for (boolean largerFirst : new boolean[] {false, true}) {
        int at = largerFirst ? frame : frame + length;
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(jpeg, 0, at);
        both.writeBytes(larger);
        both.write(jpeg, at, jpeg.length - at);
        Path file = write(both.toByteArray());
        for (Optional<NativeJpeg> codec :
            List.of(NativeJpeg.find(), Optional.<NativeJpeg>empty())) {
          try {
            renderer(codec).render(file, List.of(Rendition.parse("r", "10x10")));
            assertThat(largerFirst).as("%s rendered though too large", name).isFalse();
          } catch (ImagingException e) {
            assertThat(e.reason())
                .as(name)
                .isEqualTo(
                    largerFirst
                        ? ImagingException.Reason.TOO_MANY_PIXELS
                        : ImagingException.Reason.UNREADABLE_IMAGE);
          }
        }
        assertThat(new ImageProbe().probe(file).width() == 32_639).isEqualTo(largerFirst);
      }
    }
  }

  private static int indexOfFrame(byte[] jpeg) {
    for (int i = 0; ; i++) {
      if (jpeg[i] == -1 && (jpeg[i + 1] == (byte) 0xC0 || jpeg[i + 1] == (byte) 0xC2)) {
        return i;
      }
    }
  }

  @Test
  void aWebpFrameLargerThanItsImageIsRefusedBeforeAllocation() throws Exception {
    byte[] webp = Corpus.files().get("animated.webp");
    int bitstream = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8 ");
    Arrays.fill(webp, bitstream + 14, bitstream + 18, (byte) 0xFF);
    Path file = write(webp);

    assertThatThrownBy(
            () -> renderer(NativeJpeg.find()).render(file, List.of(Rendition.parse("r", "10x10"))))
        .isInstanceOf(ImagingException.class)
        .rootCause()
        .hasMessageContaining("16383 x 16383");
  }

  @Test
  void anAnimationOnAHugeCanvasTakesNoMoreMemoryThanItsFrame() throws Exception {
    byte[] webp = Corpus.files().get("animated.webp");
    int canvas = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8X") + 12;
    webp[canvas + 5] = (byte) 0x8E; // 9 million rows
    Path file = write(webp);

    assertThat(renderer(NativeJpeg.find()).render(file, List.of(Rendition.parse("r", "10x10"))))
        .hasSize(1);
  }

  @Test
  void mutatedFilesOfEveryFormatEndInAThumbnailOrADocumentedException() throws Exception {
    int inputs = Integer.getInteger("thumbnailer.fuzz.inputs", 1000);
    long seed = Long.getLong("thumbnailer.fuzz.seed", 20261124);
    Map<String, byte[]> corpus = new LinkedHashMap<>(Corpus.files());
    for (String name : ODD) {
      corpus.put(name, Corpus.resource("/sample-images/" + name));
    }
    List<String> names = List.copyOf(corpus.keySet());
    ThumbnailRenderer fast = renderer(NativeJpeg.find());
    ThumbnailRenderer pure = renderer(Optional.empty());
    List<Rendition> renditions =
        List.of(
            Rendition.parse("a", "40x40,auto"), Rendition.parse("b", "9x9,cover,attention,png"));
    int rendered = 0;
    Set<ImagingException.Reason> refused = EnumSet.noneOf(ImagingException.Reason.class);
    for (int i = 0; i < inputs; i++) {
      Random random = new Random(seed + i);
      String name = names.get(random.nextInt(names.size()));
      byte[] mutated = mutate(corpus.get(name), random);
      long start = System.nanoTime();
      try {
        Path file = write(mutated);
        (random.nextBoolean() ? fast : pure).render(file, renditions);
        rendered++;
      } catch (ImagingException e) {
        refused.add(e.reason());
        assertThat(e.getMessage())
            .as("input %d, a mutation of %s", i, name)
            .isNotBlank()
            .doesNotContain(directory.toString(), "Exception");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("input " + i + ", a mutation of " + name, e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("input %d, a mutation of %s", i, name)
          .isLessThan(Duration.ofSeconds(40));
    }
    assertThat(rendered).as("mutations that still show something").isPositive();
    assertThat(refused).as("kinds of refusal").hasSizeGreaterThanOrEqualTo(3);
    assertThat(fast.abandonedDecodes() + pure.abandonedDecodes()).isZero();
  }

  private static byte[] mutate(byte[] whole, Random random) {
    byte[] bytes =
        random.nextInt(4) == 0
            ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length))
            : whole.clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      // Headers matter most, so half of the changes are there.
      int range = random.nextBoolean() ? Math.min(bytes.length, 96) : bytes.length;
      int at = random.nextInt(range);
      bytes[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xFF;
            case 1 -> 0;
            case 2 -> (byte) (bytes[at] ^ (1 << random.nextInt(8)));
            default -> (byte) random.nextInt();
          };
    }
    return bytes;
  }

  private static ThumbnailRenderer renderer(Optional<NativeJpeg> jpeg) {
    return new ThumbnailRenderer(
        new PixelBudget(4_000_000),
        new DecodeMemoryBudget(128 << 20),
        Duration.ofSeconds(20),
        jpeg);
  }

  private Path write(byte[] content) throws Exception {
    return Files.write(directory.resolve("image"), content);
  }
}
