package io.thumbnailer.scalinglab.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Bursts of random length at random times: a Markov-modulated Poisson process with two states
 * (Fischer and Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Performance
 * Evaluation 18, 1993). The times in either state are exponential.
 *
 * @param base arrivals per second outside bursts, above 0
 * @param burst arrivals per second in a burst, at least {@code base}
 * @param quietSeconds mean time between bursts, above 0
 * @param burstSeconds mean length of a burst, above 0
 */
public record BurstShape(double base, double burst, double quietSeconds, double burstSeconds)
    implements LoadShape {

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public BurstShape {
    if (!(base > 0 && burst >= base && quietSeconds > 0 && burstSeconds > 0)) {
      throw new IllegalArgumentException("rates and times of a burst must be positive");
    }
  }

  @Override
  public String name() {
    return "bursts";
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%.4g jobs/s, bursts of %.4g, mean length %.4g s, mean pause %.4g s",
        base,
        burst,
        burstSeconds,
        quietSeconds);
  }

  @Override
  public double[] arrivals(double seconds, RandomGenerator random) {
    double[] changes = new double[16];
    int count = 0;
    double at = 0;
    while (at < seconds) {
      at += random.nextExponential() * (count % 2 == 0 ? quietSeconds : burstSeconds);
      if (count == changes.length) {
        changes = Arrays.copyOf(changes, count * 2);
      }
      changes[count++] = at;
    }
    return PoissonArrivals.draw(seconds, burst, new Alternating(changes)::rateAt, random);
  }

  /** Remembers its position, because it is called with ascending times. */
  private final class Alternating {
    private final double[] changes;
    private int place;

    Alternating(double[] changes) {
      this.changes = changes;
    }

    double rateAt(double now) {
      while (changes[place] <= now) {
        place++;
      }
      return place % 2 == 0 ? base : burst;
    }
  }
}
