/** Rebuilds the queue from storage. */
package io.thumbnailer.worker.reconcile;
