package io.thumbnailer.scalinglab.simulation;

/**
 * The room that the cluster has for workers.
 *
 * @param readyPlaces workers that fit on the nodes that are there
 * @param placesPerNode workers that fit on a new node, above 0
 * @param nodeSeconds until a new node takes pods
 */
public record NodeModel(int readyPlaces, int placesPerNode, double nodeSeconds) {
  /** So much room that no node is ever waited for. */
  public static final NodeModel AMPLE = new NodeModel(Integer.MAX_VALUE, 1, 0);
}
