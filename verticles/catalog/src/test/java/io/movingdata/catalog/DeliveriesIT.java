package io.movingdata.catalog;

import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.DeliveryApi;
import io.movingdata.core.contract.DeliveryApi.DeliveryBatch;
import io.movingdata.core.contract.DeliveryApi.DeliveryPage;
import io.movingdata.core.contract.DeliveryApi.DeliveryQuery;
import io.movingdata.core.contract.InsightApi.FileIdList;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.Delivery;
import io.movingdata.core.model.Delivery.Told;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The addresses of what mirrors were told, on a real store. */
class DeliveriesIT extends OnAStore {
  private static Delivery told(String file, Told... told) {
    return new Delivery(file, 0, List.of(told), null);
  }

  private void save(List<Delivery> save, List<Delivery> forget) {
    node.ask(DeliveryApi.SAVE_DELIVERIES, new DeliveryBatch(save, forget));
  }

  private List<Delivery> get(String... files) {
    return node.ask(DeliveryApi.GET_DELIVERIES, new FileIdList(List.of(files))).deliveries();
  }

  @Test
  void whatWasToldIsAddedUpAndTheLaterCounts() {
    save(List.of(told("f"), told("g", new Told("one", 0, 3))), List.of());
    save(List.of(told("g", new Told("one", 0, 2), new Told("two", 1, 9))), List.of());
    assertThat(get("f", "nothing")).hasSize(1).allMatch(one -> one.told().isEmpty());
    assertThat(get("g").get(0).told())
        .containsExactlyInAnyOrder(new Told("one", 0, 3), new Told("two", 1, 9));
  }

  @Test
  void itIsForgottenOnlyAsItWasRead() {
    save(List.of(told("h", new Told("one", 0, 1))), List.of());
    Delivery read = get("h").get(0);
    save(List.of(told("h", new Told("one", 0, 2))), List.of());
    save(List.of(), List.of(read));
    assertThat(get("h")).as("it has changed since").hasSize(1);
    save(List.of(), get("h"));
    assertThat(get("h")).isEmpty();
  }

  @Test
  void itIsListedByPages() {
    List<Delivery> many = new ArrayList<>();
    for (int i = 100; i < 125; i++) {
      many.add(told("page/" + i));
    }
    save(many, List.of());
    List<String> listed = new ArrayList<>();
    String cursor = "page/";
    do {
      DeliveryPage page = node.ask(DeliveryApi.LIST_DELIVERIES, new DeliveryQuery(cursor, 10));
      page.deliveries().forEach(one -> listed.add(one.fileId()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(listed.stream().filter(id -> id.startsWith("page/")))
        .containsExactlyElementsOf(many.stream().map(Delivery::fileId).toList());
    refusal(
        node.bus.request(DeliveryApi.LIST_DELIVERIES, new DeliveryQuery(null, 0)),
        ErrorCode.INVALID_REQUEST);
  }
}
