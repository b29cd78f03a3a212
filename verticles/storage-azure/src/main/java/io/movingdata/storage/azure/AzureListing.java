package io.movingdata.storage.azure;

import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Listings of a container, a page at a time, in the order of keys. */
final class AzureListing {
  /** Largest page that Azure gives. */
  static final int LARGEST_PAGE = 5_000;

  private final BlobContainerAsyncClient container;
  private final AzureCalls calls;

  AzureListing(BlobContainerAsyncClient container, AzureCalls calls) {
    this.container = container;
    this.calls = calls;
  }

  /** One page; common prefixes where a delimiter is given. */
  Future<ListPage> page(ListRequest request) {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(emptyToNull(request.prefix()))
            .setMaxResultsPerPage(request.limit())
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    String delimiter = emptyToNull(request.delimiter());
    return fetch(
            request.token(),
            request.limit(),
            () ->
                delimiter == null
                    ? container.listBlobs(options)
                    : container.listBlobsByHierarchy(delimiter, options))
        .map(AzureListing::toPage);
  }

  /** One page of everything there is, blobs that were never committed included. */
  Future<PagedResponse<BlobItem>> withUncommitted(String token) {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setMaxResultsPerPage(LARGEST_PAGE)
            .setDetails(
                new BlobListDetails().setRetrieveUncommittedBlobs(true).setRetrieveMetadata(true));
    return fetch(token, LARGEST_PAGE, () -> container.listBlobs(options));
  }

  private Future<PagedResponse<BlobItem>> fetch(
      String token, int limit, java.util.function.Supplier<PagedFlux<BlobItem>> listing) {
    return calls.retried(
        "list objects",
        () -> {
          PagedFlux<BlobItem> pages = listing.get();
          // Asked for a page after null, the SDK takes the listing to be over.
          return (token == null ? pages.byPage(limit) : pages.byPage(token, limit))
              .next()
              .switchIfEmpty(Mono.error(() -> AzureErrors.nonsense("list objects", "no page")));
        });
  }

  private static ListPage toPage(PagedResponse<BlobItem> found) {
    List<ObjectStat> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (BlobItem item : found.getValue()) {
      if (Boolean.TRUE.equals(item.isPrefix())) {
        prefixes.add(item.getName());
      } else {
        objects.add(AzureStats.ofItem(item));
      }
    }
    return new ListPage(objects, prefixes, emptyToNull(found.getContinuationToken()));
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
