package io.thumbnailer.imaging.raster;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Memory outside the heap for one call of a native library. It is kept for later calls, because
 * allocating new pages takes longer than a typical call.
 */
public final class NativeArena implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  /** A larger arena is returned to the system at once. */
  private static final long KEPT_BYTES = 16 << 20;

  private static final ArrayBlockingQueue<Memory> FREE =
      new ArrayBlockingQueue<>(Math.max(2, Runtime.getRuntime().availableProcessors()));

  private final Memory memory;
  private long used;

  private NativeArena(Memory memory) {
    this.memory = memory;
  }

  /**
   * Creates an arena of that many bytes, plus the bytes that {@code parts} parts lose to alignment.
   */
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

  /** Allocates a part. Access beyond its end is refused, and so is a part that does not fit. */
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
