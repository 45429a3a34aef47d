package io.thumbnailer.scalinglab.study;

/**
 * The extra cost of a policy over the cheapest one, run by run on the same jobs.
 *
 * @param policy its name
 * @param podHours mean of the differences of the pod-hours of a run, over shapes
 * @param low lower end of its confidence interval
 * @param high upper end
 * @param equal whether it counts as equal to the cheapest: not significant, or below 1 %
 */
public record Difference(String policy, double podHours, double low, double high, boolean equal) {}
