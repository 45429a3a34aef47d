package io.thumbnailer.scalinglab.simulation;

/**
 * The cluster's capacity for workers.
 *
 * @param readyNodes nodes that are there at the start, at least 1
 * @param placesPerNode workers that fit on a node, above 0
 * @param nodeSeconds until a further node takes pods
 * @param imagePullSeconds that the first worker of a further node waits for its image
 */
public record NodeModel(
    int readyNodes, int placesPerNode, double nodeSeconds, double imagePullSeconds) {
  /** Capacity so large that no pod ever waits for a node. */
  public static final NodeModel AMPLE = new NodeModel(1, Integer.MAX_VALUE, 0, 0);

  /** Throws {@link IllegalArgumentException} if there is no node. */
  public NodeModel {
    if (readyNodes < 1 || placesPerNode < 1) {
      throw new IllegalArgumentException("there must be at least one node with room for a pod");
    }
  }
}
