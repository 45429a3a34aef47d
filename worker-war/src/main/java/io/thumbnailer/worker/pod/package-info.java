/** Reports to Kubernetes how busy this worker's pod is. */
package io.thumbnailer.worker.pod;
