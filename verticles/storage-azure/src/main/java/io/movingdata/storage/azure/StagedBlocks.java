package io.movingdata.storage.azure;

import com.azure.storage.blob.models.Block;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The blocks of one upload, from the first on as far as they reach without a gap.
 *
 * @param names in order
 * @param sizes in bytes, of each
 * @param any whether there are blocks of the upload at all, be they behind a gap
 */
record StagedBlocks(List<String> names, List<Long> sizes, boolean any) {
  private static final long UNKNOWN_CHECKSUM = -1;

  StagedBlocks {
    names = List.copyOf(names);
    sizes = List.copyOf(sizes);
  }

  /** Of an upload, out of a list that may hold blocks of others. */
  static StagedBlocks of(AzureUploadId id, List<Block> listed) {
    Map<Integer, Long> byNumber = new TreeMap<>();
    for (Block block : listed) {
      AzureUploadId.blockOf(block.getName())
          .filter(name -> name.generation().equals(id.generation()))
          .ifPresent(name -> byNumber.put(name.number(), block.getSizeLong()));
    }
    List<String> names = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (int number = 1; byNumber.containsKey(number); number++) {
      names.add(id.block(number));
      sizes.add(byNumber.get(number));
    }
    return new StagedBlocks(names, sizes, !byNumber.isEmpty());
  }

  /** That the parts of an upload must have become: an empty part is no block. */
  static StagedBlocks of(AzureUploadId id, UploadedParts parts) {
    List<String> names = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (String tag : parts.tags()) {
      long size = Long.parseLong(tag);
      if (size > 0) {
        names.add(id.block(names.size() + 1));
        sizes.add(size);
      }
    }
    return new StagedBlocks(names, sizes, !names.isEmpty());
  }

  /** Their bytes together. */
  long size() {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  /** As parts that an upload can go on from; empty where there are none of it. */
  Optional<UploadedParts> parts() {
    if (!any) {
      return Optional.empty();
    }
    List<String> tags = sizes.stream().map(String::valueOf).collect(Collectors.toList());
    return Optional.of(new UploadedParts(size(), tags, UNKNOWN_CHECKSUM));
  }
}
