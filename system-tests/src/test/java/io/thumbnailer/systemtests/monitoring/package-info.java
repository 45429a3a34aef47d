/** What a real Prometheus makes of the servers: dashboards, alerts and the autoscalers' numbers. */
package io.thumbnailer.systemtests.monitoring;
