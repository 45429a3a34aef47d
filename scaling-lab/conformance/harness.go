// The conformance harness: replays cases through the functions of the HorizontalPodAutoscaler
// controller of one version of Kubernetes. The script "run" puts it into a copy of the package
// podautoscaler, because most of these functions are not exported.

package podautoscaler

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	autoscaling "k8s.io/api/autoscaling/v2"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	defaults "k8s.io/kubernetes/pkg/apis/autoscaling/v2"
	metricsclient "k8s.io/kubernetes/pkg/controller/podautoscaler/metrics"
)

const namespace = "conformance"

// A pod's times are milliseconds before the decision.
type casePod struct {
	Phase       string `json:"phase"`
	Terminating bool   `json:"terminating"`
	Started     int64  `json:"started"` // -1 for unknown
	Ready       string `json:"ready"`   // True, False, or empty for no condition
	Changed     int64  `json:"changed"`
	Request     int64  `json:"request"`
	Value       int64  `json:"value"` // -1 for no sample
	Sampled     int64  `json:"sampled"`
	Window      int64  `json:"window"`
}

type caseRules struct {
	Window    *int32     `json:"window"`
	Select    string     `json:"select"`
	Policies  [][3]int32 `json:"policies"` // type (0 pods, 1 per cent), value, period
	Tolerance float64    `json:"tolerance"`
}

// A calculator case has a kind of metric; a sequence has steps of {milliseconds, desired replicas}.
type testCase struct {
	Kind      string     `json:"kind"`
	Current   int32      `json:"current"`
	Target    int64      `json:"target"`
	Total     int64      `json:"total"`
	Tolerance float64    `json:"tolerance"`
	Pods      []casePod  `json:"pods"`
	Min       int32      `json:"min"`
	Max       int32      `json:"max"`
	Behavior  bool       `json:"behavior"`
	Up        *caseRules `json:"up"`
	Down      *caseRules `json:"down"`
	Steps     [][2]int64 `json:"steps"`
}

type fakeMetrics struct {
	pods  metricsclient.PodMetricsInfo
	total int64
}

func (f fakeMetrics) GetResourceMetric(context.Context, v1.ResourceName, string, labels.Selector, string) (metricsclient.PodMetricsInfo, time.Time, error) {
	return f.some()
}

func (f fakeMetrics) GetRawMetric(string, string, labels.Selector, labels.Selector) (metricsclient.PodMetricsInfo, time.Time, error) {
	return f.some()
}

func (f fakeMetrics) some() (metricsclient.PodMetricsInfo, time.Time, error) {
	if len(f.pods) == 0 {
		return nil, time.Time{}, fmt.Errorf("no metrics returned")
	}
	return f.pods, time.Now(), nil
}

func (f fakeMetrics) GetObjectMetric(string, string, *autoscaling.CrossVersionObjectReference, labels.Selector) (int64, time.Time, error) {
	return f.total, time.Now(), nil
}

func (f fakeMetrics) GetExternalMetric(string, string, labels.Selector) ([]int64, time.Time, error) {
	return []int64{f.total}, time.Now(), nil
}

// Conform reads one case per line and writes a line of numbers for each: a calculator's replicas and
// current value, or -1 for an error; the replicas after each step of a sequence.
func Conform() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var c testCase
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			panic(err)
		}
		if c.Kind == "sequence" {
			fmt.Fprintln(out, spaced(sequence(c)))
		} else {
			replicas, current, err := calculate(c)
			if err != nil {
				fmt.Fprintln(out, "-1")
			} else {
				fmt.Fprintf(out, "%d %d\n", replicas, current)
			}
		}
	}
	if err := in.Err(); err != nil {
		panic(err)
	}
}

func spaced(numbers []int32) string {
	text := fmt.Sprint(numbers)
	return text[1 : len(text)-1]
}

func calculate(c testCase) (int32, int64, error) {
	now := time.Now()
	pods := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	metrics := fakeMetrics{pods: metricsclient.PodMetricsInfo{}, total: c.Total}
	for i, p := range c.Pods {
		name := fmt.Sprintf("pod-%d", i)
		if err := pods.Add(pod(name, p, now)); err != nil {
			panic(err)
		}
		if p.Value >= 0 {
			metrics.pods[name] = metricsclient.PodMetric{
				Value:     p.Value,
				Timestamp: before(now, p.Sampled),
				Window:    time.Duration(p.Window) * time.Millisecond,
			}
		}
	}
	return propose(c, metrics, corelisters.NewPodLister(pods))
}

func before(now time.Time, milliseconds int64) time.Time {
	return now.Add(-time.Duration(milliseconds) * time.Millisecond)
}

func pod(name string, p casePod, now time.Time) *v1.Pod {
	pod := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace},
		Spec: v1.PodSpec{Containers: []v1.Container{{
			Name: "worker",
			Resources: v1.ResourceRequirements{Requests: v1.ResourceList{
				v1.ResourceCPU: *resource.NewMilliQuantity(p.Request, resource.DecimalSI),
			}},
		}}},
		Status: v1.PodStatus{Phase: v1.PodPhase(p.Phase)},
	}
	if p.Terminating {
		deleted := metav1.NewTime(now)
		pod.DeletionTimestamp = &deleted
	}
	if p.Started >= 0 {
		started := metav1.NewTime(before(now, p.Started))
		pod.Status.StartTime = &started
	}
	if p.Ready != "" {
		pod.Status.Conditions = []v1.PodCondition{{
			Type:               v1.PodReady,
			Status:             v1.ConditionStatus(p.Ready),
			LastTransitionTime: metav1.NewTime(before(now, p.Changed)),
		}}
	}
	return pod
}

// The calls of reconcileAutoscaler, with the proposal given instead of measured.
func sequence(c testCase) []int32 {
	const key = "conformance/worker"
	hpa := &autoscaling.HorizontalPodAutoscaler{
		Spec: autoscaling.HorizontalPodAutoscalerSpec{MinReplicas: &c.Min, MaxReplicas: c.Max},
	}
	if c.Behavior {
		hpa.Spec.Behavior = &autoscaling.HorizontalPodAutoscalerBehavior{
			ScaleUp: rules(c.Up), ScaleDown: rules(c.Down),
		}
	}
	defaults.SetDefaults_HorizontalPodAutoscalerBehavior(hpa)
	a := &HorizontalController{
		eventRecorder:                &record.FakeRecorder{},
		downscaleStabilisationWindow: 5 * time.Minute,
		recommendations:              map[string][]timestampedRecommendation{},
		scaleUpEvents:                map[string][]timestampedScaleEvent{},
		scaleDownEvents:              map[string][]timestampedScaleEvent{},
	}
	current := c.Current
	var results []int32
	for _, step := range c.Steps {
		a.age(key, time.Duration(step[0])*time.Millisecond)
		if len(a.recommendations[key]) == 0 {
			a.recommendations[key] = []timestampedRecommendation{{current, time.Now()}}
		}
		// As in reconcileAutoscaler the window of scaling down has its default before it is used.
		if hpa.Spec.Behavior != nil && hpa.Spec.Behavior.ScaleDown.StabilizationWindowSeconds == nil {
			window := int32(a.downscaleStabilisationWindow.Seconds())
			hpa.Spec.Behavior.ScaleDown.StabilizationWindowSeconds = &window
		}
		var desired int32
		switch {
		case current == 0 && c.Min != 0:
			desired = 0
		case current > c.Max:
			desired = c.Max
		case current < c.Min:
			desired = c.Min
		default:
			desired = int32(step[1])
			if hpa.Spec.Behavior == nil {
				desired = a.normalizeDesiredReplicas(hpa, key, current, desired, c.Min)
			} else {
				desired = a.normalizeDesiredReplicasWithBehaviors(hpa, key, current, desired, c.Min)
			}
		}
		if desired != current {
			a.storeScaleEvent(hpa.Spec.Behavior, key, current, desired)
		}
		current = desired
		results = append(results, current)
	}
	return results
}

// Time passes: everything that is remembered becomes older.
func (a *HorizontalController) age(key string, passed time.Duration) {
	for i := range a.recommendations[key] {
		a.recommendations[key][i].timestamp = a.recommendations[key][i].timestamp.Add(-passed)
	}
	for i := range a.scaleUpEvents[key] {
		a.scaleUpEvents[key][i].timestamp = a.scaleUpEvents[key][i].timestamp.Add(-passed)
	}
	for i := range a.scaleDownEvents[key] {
		a.scaleDownEvents[key][i].timestamp = a.scaleDownEvents[key][i].timestamp.Add(-passed)
	}
}

func rules(r *caseRules) *autoscaling.HPAScalingRules {
	if r == nil {
		return nil
	}
	result := &autoscaling.HPAScalingRules{StabilizationWindowSeconds: r.Window}
	if r.Select != "" {
		choice := autoscaling.ScalingPolicySelect(r.Select)
		result.SelectPolicy = &choice
	}
	for _, p := range r.Policies {
		kind := autoscaling.PodsScalingPolicy
		if p[0] == 1 {
			kind = autoscaling.PercentScalingPolicy
		}
		result.Policies = append(result.Policies, autoscaling.HPAScalingPolicy{Type: kind, Value: p[1], PeriodSeconds: p[2]})
	}
	return result
}
