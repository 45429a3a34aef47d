package io.thumbnailer.ingest.thumbnail;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;

/**
 * The thumbnail that the current request sends. It stops counting when the request has ended, for
 * whatever reason.
 */
@RequestScoped
class CurrentDelivery {
  private DeliveryBudget.Delivery delivery;

  byte[] send(DeliveryBudget.Delivery read) {
    delivery = read;
    return read.content();
  }

  @PreDestroy
  void end() {
    if (delivery != null) {
      delivery.close();
    }
  }
}
