package io.thumbnailer.scalinglab.simulation;

import java.util.ArrayList;
import java.util.List;

/** The nodes' places for pods. Added nodes stay until the end of the run. */
final class Nodes {
  private static final class Node {
    final double availableAt;
    double imageAt;
    int used;
    boolean lost;

    Node(double availableAt, double imageAt) {
      this.availableAt = availableAt;
      this.imageAt = imageAt;
    }
  }

  private final NodeModel model;
  private final List<Node> nodes = new ArrayList<>();

  Nodes(NodeModel model) {
    this.model = model;
    for (int i = 0; i < model.readyNodes(); i++) {
      nodes.add(new Node(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }
  }

  /**
   * Takes a place on the emptiest ready node, as the scheduler spreads pods, else on a starting
   * node, else on a new one; returns the node.
   */
  int take(double now) {
    int best = -1;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (!node.lost && node.used < model.placesPerNode() && better(node, best, now)) {
        best = i;
      }
    }
    if (best < 0) {
      double availableAt = now + model.nodeSeconds();
      nodes.add(new Node(availableAt, availableAt + model.imagePullSeconds()));
      best = nodes.size() - 1;
    }
    nodes.get(best).used++;
    return best;
  }

  private boolean better(Node node, int best, double now) {
    if (best < 0) {
      return true;
    }
    Node other = nodes.get(best);
    boolean there = node.availableAt <= now;
    boolean otherThere = other.availableAt <= now;
    return there == otherThere ? node.used < other.used : there;
  }

  /** When a pod on the node is scheduled. */
  double availableAt(int node, double now) {
    return Math.max(now, nodes.get(node).availableAt);
  }

  /** When the node has the image. */
  double imageAt(int node) {
    return nodes.get(node).imageAt;
  }

  /** The node takes no more pods. */
  void lose(int node) {
    nodes.get(node).lost = true;
  }

  void giveBack(int node) {
    nodes.get(node).used--;
  }
}
