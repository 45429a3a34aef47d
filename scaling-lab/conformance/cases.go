// Writes random cases, one JSON object per line: go run cases.go SEED CALCULATIONS SEQUENCES
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strconv"
)

var kinds = []string{"utilization", "resource", "pods", "external", "externalValue"}

func main() {
	r := rand.New(rand.NewSource(number(1)))
	for i := int64(0); i < number(2); i++ {
		write(calculation(r, kinds[int(i)%len(kinds)]))
	}
	for i := int64(0); i < number(3); i++ {
		write(sequence(r))
	}
}

func number(argument int) int64 {
	n, err := strconv.ParseInt(os.Args[argument], 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func write(c map[string]any) {
	line, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

func calculation(r *rand.Rand, kind string) map[string]any {
	current := int64(1 + r.Intn(12))
	target := []int64{50, 70, 100, 140}[r.Intn(4)]
	if kind != "utilization" {
		target = []int64{100, 350, 500, 1000, 10000}[r.Intn(5)]
	}
	// Often the mean is at the target, exactly or nearly: there the rules change.
	around := target
	if kind == "utilization" {
		around = target * 5 // thousandths of a core, with requests of 500
	}
	factor := []float64{1, 1, 0.9, 1.1, 0.5, 0.85, 1.15, 2, 4, 0}[r.Intn(10)]
	pods := []map[string]any{}
	count := int(current) + r.Intn(4) - r.Intn(2)
	exact := r.Intn(2) == 0
	for i := 0; i < count; i++ {
		value := int64(float64(around) * factor)
		if !exact {
			value = int64(float64(value) * (0.5 + r.Float64()))
		}
		pods = append(pods, pod(r, value))
	}
	if kind == "externalValue" && r.Intn(10) == 0 {
		current = 0
	}
	return map[string]any{
		"kind": kind, "current": current, "target": target, "tolerance": 0.1, "pods": pods,
		"total": int64(float64(target*current) * factor * (0.9 + 0.2*r.Float64())),
	}
}

func pod(r *rand.Rand, value int64) map[string]any {
	phase := []string{"Running", "Running", "Running", "Running", "Running", "Running", "Running", "Pending", "Failed", "Succeeded"}[r.Intn(10)]
	started := int64(500 + 1000*r.Intn(600))
	if r.Intn(20) == 0 {
		started = -1
	}
	if r.Intn(6) == 0 {
		value = -1
	}
	return map[string]any{
		"phase": phase, "terminating": r.Intn(12) == 0, "started": started,
		"ready":   []string{"True", "True", "True", "True", "True", "False", ""}[r.Intn(7)],
		"changed": int64(250 + 1000*r.Intn(400)), "request": 500, "value": value,
		"sampled": int64(1000 * r.Intn(40)), "window": int64(1000 * (5 + r.Intn(30))),
	}
}

func sequence(r *rand.Rand) map[string]any {
	min := int64(r.Intn(3))
	max := min + 1 + int64(r.Intn(30))
	c := map[string]any{
		"kind": "sequence", "min": min, "max": max, "current": min + r.Int63n(max-min+1) + int64(r.Intn(2)),
		"behavior": r.Intn(4) != 0,
	}
	if r.Intn(4) != 0 {
		c["up"] = rules(r)
	}
	if r.Intn(4) != 0 {
		c["down"] = rules(r)
	}
	steps := [][2]int64{}
	desired := r.Int63n(max + 3)
	for i := 0; i < 40; i++ {
		if r.Intn(3) == 0 {
			desired = r.Int63n(max + 3)
		}
		steps = append(steps, [2]int64{15000 + 1 + r.Int63n(600), desired})
	}
	c["steps"] = steps
	return c
}

func rules(r *rand.Rand) map[string]any {
	result := map[string]any{"select": []string{"", "Max", "Min", "Disabled"}[[]int{0, 1, 1, 2, 2, 3}[r.Intn(6)]]}
	if r.Intn(3) != 0 {
		result["window"] = []int{0, 30, 60, 120, 300}[r.Intn(5)]
	}
	policies := [][3]int{}
	for i := r.Intn(4); i > 0; i-- {
		policies = append(policies, [3]int{r.Intn(2), []int{1, 2, 4, 10, 50, 100, 200}[r.Intn(7)], []int{15, 30, 60, 120, 300}[r.Intn(5)]})
	}
	result["policies"] = policies
	return result
}
