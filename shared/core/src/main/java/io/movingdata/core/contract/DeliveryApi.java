package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.model.Delivery;
import java.util.List;

/**
 * What the catalog keeps of what external mirrors were told: the collection {@code
 * mirror_deliveries}. Errors as in {@link CatalogApi}.
 */
public final class DeliveryApi {
  private static final String OWNER = "catalog";

  private DeliveryApi() {}

  /** What mirrors were told of some files. */
  public static final Address<InsightApi.FileIdList, DeliveryList> GET_DELIVERIES =
      Address.of(OWNER, "delivery-get", InsightApi.FileIdList.class, DeliveryList.class);

  /** A page, by file id. */
  public static final Address<DeliveryQuery, DeliveryPage> LIST_DELIVERIES =
      Address.of(OWNER, "delivery-list", DeliveryQuery.class, DeliveryPage.class);

  /**
   * Adds what mirrors were told since; of each mirror the later counts. Then forgets documents that
   * have not changed since they were read. Idempotent.
   */
  public static final Address<DeliveryBatch, Done> SAVE_DELIVERIES =
      Address.of(OWNER, "delivery-save", DeliveryBatch.class, Done.class);

  /** Documents. */
  public record DeliveryList(List<Delivery> deliveries) {
    public DeliveryList {
      deliveries = deliveries == null ? List.of() : List.copyOf(deliveries);
    }
  }

  /** A page; {@code cursor}: the last file id of the page before, null for the first. */
  public record DeliveryQuery(String cursor, int limit) {}

  /** Documents; {@code next} null on the last page. */
  public record DeliveryPage(List<Delivery> deliveries, String next) {
    public DeliveryPage {
      deliveries = deliveries == null ? List.of() : List.copyOf(deliveries);
    }
  }

  /** What to add, and what to forget; at most {@link InsightApi#MOST} of each. */
  public record DeliveryBatch(List<Delivery> save, List<Delivery> forget) {
    public DeliveryBatch {
      save = save == null ? List.of() : List.copyOf(save);
      forget = forget == null ? List.of() : List.copyOf(forget);
    }
  }
}
