package io.thumbnailer.ingest.thumbnail;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;

/** What the present request sends; it stops counting when the request is over, however it ends. */
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
