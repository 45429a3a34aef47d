package io.thumbnailer.imaging.raster;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Memory outside the heap for one call of a native library. It is kept for later calls, since the
 * pages of new memory cost more time than what a call does with them.
 */
public final class NativeArena implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  /** More than that is given back to the system at once. */
  private static final long KEPT_BYTES = 16 << 20;

  private static final ArrayBlockingQueue<Memory> FREE =
      new ArrayBlockingQueue<>(Math.max(2, Runtime.getRuntime().availableProcessors()));

  private final Memory memory;
  private long used;

  private NativeArena(Memory memory) {
    this.memory = memory;
  }

  /** An arena of that many bytes and those that {@code parts} parts lose to alignment. */
  public static NativeArena of(long bytes, int parts) {
    long needed = bytes + (long) (parts + 1) * ALIGNMENT;
    Memory free = FREE.poll();
    if (free != null && free.size() >= needed) {
      return new NativeArena(free);
    }
    if (free != null) {
      free.close();
    }
    return new NativeArena(new Memory(needed));
  }

  /** A part; reading and writing beyond it is refused, and so is a part that the arena lacks. */
  public Pointer part(long bytes) {
    Pointer part = memory.share(used, bytes);
    used += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return part;
  }

  @Override
  public void close() {
    if (memory.size() > KEPT_BYTES || !FREE.offer(memory)) {
      memory.close();
    }
  }
}
