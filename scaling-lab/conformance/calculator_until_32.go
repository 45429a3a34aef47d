package podautoscaler

import (
	"context"
	"fmt"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	corelisters "k8s.io/client-go/listers/core/v1"
)

// propose calls the replica calculator of 1.31 and 1.32.
func propose(c testCase, metrics fakeMetrics, pods corelisters.PodLister) (int32, int64, error) {
	calculator := NewReplicaCalculator(metrics, pods, c.Tolerance, 5*time.Minute, 30*time.Second)
	everything := labels.Everything()
	switch c.Kind {
	case "utilization":
		replicas, utilization, _, _, err := calculator.GetResourceReplicas(context.Background(), c.Current, int32(c.Target), v1.ResourceCPU, namespace, everything, "")
		return replicas, int64(utilization), err
	case "resource":
		replicas, usage, _, err := calculator.GetRawResourceReplicas(context.Background(), c.Current, c.Target, v1.ResourceCPU, namespace, everything, "")
		return replicas, usage, err
	case "pods":
		replicas, usage, _, err := calculator.GetMetricReplicas(c.Current, c.Target, "metric", namespace, everything, nil)
		return replicas, usage, err
	case "external":
		replicas, usage, _, err := calculator.GetExternalPerPodMetricReplicas(c.Current, c.Target, "metric", namespace, nil)
		return replicas, usage, err
	case "externalValue":
		replicas, usage, _, err := calculator.GetExternalMetricReplicas(c.Current, c.Target, "metric", namespace, nil, everything)
		return replicas, usage, err
	}
	return 0, 0, fmt.Errorf("no such kind: %s", c.Kind)
}
