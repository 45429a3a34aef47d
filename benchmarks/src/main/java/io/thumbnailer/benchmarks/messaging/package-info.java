/** The queue beside Celery on the same Redis: rates, load on Redis, memory, recovery. */
package io.thumbnailer.benchmarks.messaging;
