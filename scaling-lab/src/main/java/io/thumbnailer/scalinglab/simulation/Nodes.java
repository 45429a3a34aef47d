package io.thumbnailer.scalinglab.simulation;

import java.util.ArrayList;
import java.util.List;

/** The places for pods. Nodes that were added stay until the run's end. */
final class Nodes {
  private static final int READY_NODE = 0;

  private static final class Node {
    final double availableAt;
    int free;

    Node(double availableAt, int free) {
      this.availableAt = availableAt;
      this.free = free;
    }
  }

  private final NodeModel model;
  private final List<Node> nodes = new ArrayList<>();

  Nodes(NodeModel model) {
    this.model = model;
    nodes.add(new Node(0, model.readyPlaces()));
  }

  /** Takes a place, on a new node if there is no other, and returns the node. */
  int take(double now) {
    for (int i = READY_NODE; i < nodes.size(); i++) {
      if (nodes.get(i).free > 0) {
        nodes.get(i).free--;
        return i;
      }
    }
    nodes.add(new Node(now + model.nodeSeconds(), model.placesPerNode() - 1));
    return nodes.size() - 1;
  }

  double availableAt(int node, double now) {
    return Math.max(now, nodes.get(node).availableAt);
  }

  void giveBack(int node) {
    nodes.get(node).free++;
  }
}
