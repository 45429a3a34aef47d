/** The servers as a real Prometheus sees them: dashboards, alerts and the autoscalers' metrics. */
package io.thumbnailer.systemtests.monitoring;
