package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.util.List;
import org.h2.mvstore.MVMap;

/** An index whose entries lie in the order of its fields. */
interface ScannableIndex {
  /** The fields in order, each with the direction in which its values lie. */
  List<IndexKey> order();

  /** From keys, which begin with the values of the fields, to positions. */
  MVMap<KeyValue, Object> entries();
}
